"""What the index holds of one photograph: the words, facets and sort keys of its record.

`document()` is pure: a record and an access go in, a `SearchDocument` comes out. The invariant:
`public` holds only what `catalogue.record.public()` leaves of a photograph that readers may see,
and is None when they may not; so nothing private can be counted, suggested or matched for them.
Not here: the form in which an engine keeps a document.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from archive import dates
from archive.catalogue.record import public as public_record
from archive.search.analysis import identifier

VERSION = 2  # an index of documents of another version is made anew
LANGUAGES: tuple[dates.Language, ...] = ("hu", "en")
FIRST_HOUR, LAST_HOUR = 0, 10_000 * 366 * 24

# How much a word counts, by who said it (describe.md 1.5): archivist > original > agency > public.
CAPTION_WEIGHTS = {
    "archivist_title": 3.0,
    "archivist_description": 2.0,
    "original_inscription": 1.6,
    "agency_caption": 1.2,
    "publication_caption": 1.2,
    "donor_account": 1.0,
    "witness_account": 1.0,
    "public_contribution": 0.8,
    "machine": 0.4,
}
DISPROVED_WEIGHT = 0.3
NAME_WEIGHT, SUBJECT_WEIGHT, DATE_WEIGHT, CONTEXT_WEIGHT = 2.0, 1.5, 1.0, 0.5
DEPICTED, CREATOR = ("depicted", "subject"), ("creator", "studio", "agency")
MAX_YEARS, MAX_DAYS, MAX_HOURS = 10, 10, 12  # a wider date is not counted one by one


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text with the field it stands in (`title`, `caption`, `person` …)."""

    field: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that results can be narrowed by: a stable key and what people read."""

    value: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Face:
    """One side of a photograph: what an audience may search, count and see."""

    passages: tuple[Passage, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    identifiers: tuple[str, ...]
    hit: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Access:
    """What the rights decision says of one photograph: the facts the index needs.

    `uses` are the things a reader may do: `view`, `download`, `licence`.
    """

    public_visible: bool
    max_px: int = 0
    badge: str = ""
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One photograph as an engine receives it.

    `when` are the first and last hour it may have been taken, counted from 0001-01-01T00;
    None when nothing is known. `newest` is seconds since 1970, `order` sorts by reference code.
    """

    id: str
    seq: int
    version: int
    public: Face | None
    staff: Face
    when: tuple[int, int] | None
    newest: int
    order: str


def document(record: Mapping[str, Any], *, seq: int, access: Access) -> SearchDocument:
    """The document of a staff record; `seq` is the change it follows from."""
    when = _when(chosen_date(record["dates"]))
    return SearchDocument(
        id=record["id"],
        seq=seq,
        version=record["version"],
        public=_face(public_record(dict(record)), access, when) if access.public_visible else None,
        staff=_face(record, access, when, staff=True),
        when=when,
        newest=_seconds(record["published_at"] or record["updated_at"]),
        order=natural(record["ref_code"] or record["id"]),
    )


def natural(text: str) -> str:
    """A key under which `X-9` sorts before `X-10`."""
    return re.sub(r"\d+", lambda found: found[0].zfill(10), identifier(text))


def chosen_date(statements: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The date a photograph is sorted by: the preferred one of those that say when it was taken."""
    created = [d for d in statements if d["role"] == "created" and d["kind"] not in _NO_DATE]
    return max(created, key=lambda d: d["preferred"], default=None)


_NO_DATE = ("undated", "unread")
_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT(\d\d)[:\d]*")


def hours(edtf: str, earliest: date | None, latest: date | None) -> tuple[int, int] | None:
    """The first and last hour of a date; an open side reaches as far as time does."""
    if earliest is None and latest is None:
        return None
    begin, _, end = edtf.partition("/")
    first = earliest.toordinal() * 24 + _clock(begin, 0) if earliest else FIRST_HOUR
    last = latest.toordinal() * 24 + _clock(end or begin, 23) if latest else LAST_HOUR
    return first, last


def _clock(edtf: str, otherwise: int) -> int:
    """The hour of a day that is certain to the hour."""
    found = _CLOCK.fullmatch(edtf)
    return int(found[1]) if found else otherwise


def _when(chosen: Mapping[str, Any] | None) -> tuple[int, int] | None:
    if chosen is None:
        return None
    earliest, latest = (
        date.fromisoformat(day) if day else None for day in (chosen["earliest"], chosen["latest"])
    )
    return hours(chosen["edtf"], earliest, latest)


def _seconds(moment: str | None) -> int:
    return int(datetime.fromisoformat(moment).timestamp()) if moment else 0


def _face(
    record: Mapping[str, Any],
    access: Access,
    when: tuple[int, int] | None,
    *,
    staff: bool = False,
) -> Face:
    facets = _facets(record, access, when)
    if staff:
        facets |= _staff_facets(record)
    return Face(
        passages=tuple(dict.fromkeys(p for p in _passages(record) if p.text.strip())),
        facets={name: values for name, values in facets.items() if values},
        identifiers=tuple(dict.fromkeys(_identifiers(record))),
        hit=_hit(record, access, staff=staff),
    )


def _passages(record: Mapping[str, Any]) -> Iterator[Passage]:
    for text in record["title"].values():
        yield Passage("title", text, CAPTION_WEIGHTS["archivist_title"])
    yield from _captions(record)
    yield from _names(record)
    for subject in record["subjects"]:
        for label in (*subject["label"].values(), *subject["labels"]):
            yield Passage(subject["scheme"], label, SUBJECT_WEIGHT)
    for unit in record["path"]:
        for title in unit["title"].values():
            yield Passage("collection", title, CONTEXT_WEIGHT)
    for statement in record["dates"]:
        if statement["role"] == "created":
            for text in dict.fromkeys((statement["display"], *_date_words(statement).values())):
                yield Passage("date", text, DATE_WEIGHT)
    yield from _context(record)


def _captions(record: Mapping[str, Any]) -> Iterator[Passage]:
    for caption in record["captions"]:
        weight = CAPTION_WEIGHTS[caption["type"]]
        if caption["stance"] == "disproved":
            weight = DISPROVED_WEIGHT
        if caption["type"] == "archivist_title":
            yield Passage("title", caption["text"], weight)
        else:
            yield Passage("caption", caption["text"], weight)


def _names(record: Mapping[str, Any]) -> Iterator[Passage]:
    for agent in record["agents"]:
        field = "photographer" if agent["role"] in CREATOR else "person"
        weight = DISPROVED_WEIGHT if agent["certainty"] == "disproved" else NAME_WEIGHT
        for name in (agent["name"], *agent["names"]):
            yield Passage(field, name, weight)
    for place in record["places"]:
        weight = DISPROVED_WEIGHT if place["certainty"] == "disproved" else NAME_WEIGHT
        for name in (*place["name"].values(), *place["then"].values(), *place["names"]):
            yield Passage("place", name, weight)
    for event in record["events"]:
        for name in (*event["name"].values(), *event.get("names", ())):
            yield Passage("event", name, NAME_WEIGHT)


def _context(record: Mapping[str, Any]) -> Iterator[Passage]:
    rights, provenance = record["rights"], record["provenance"]
    publication = provenance.get("publication") or {}
    texts = [
        rights["credit"],
        rights["holder"],
        provenance["source"],
        *(provenance["custody"] or {}).values(),
        publication.get("publisher", ""),
        publication.get("title", ""),
        *record["alt"].values(),
        *(carrier["technique"] for carrier in record["carriers"]),
        *(carrier["note"] for carrier in record["carriers"]),
        record.get("notes", ""),
    ]
    for text in texts:
        yield Passage("context", text or "", CONTEXT_WEIGHT)


def _identifiers(record: Mapping[str, Any]) -> Iterator[str]:
    values = (record["id"], record["ref_code"], *(i["value"] for i in record["identifiers"]))
    return (identifier(value) for value in values if value)


def _facets(
    record: Mapping[str, Any], access: Access, when: tuple[int, int] | None
) -> dict[str, tuple[FacetValue, ...]]:
    sides = {asset["side"] for asset in record["assets"]}
    return {
        "collection": tuple(FacetValue(u["ref"], u["title"]) for u in record["path"]),
        **date_facets(when),
        "certainty": (plain(_certainty(record, when)),),
        "person": _agents(record, DEPICTED),
        "photographer": _agents(record, CREATOR),
        "place": _linked(record["places"], "name"),
        "event": _linked(record["events"], "name"),
        "subject": _linked(_scheme(record, "subject"), "label"),
        "technique": _linked(_scheme(record, "technique"), "label")
        or tuple(plain(c["technique"]) for c in record["carriers"] if c["technique"]),
        "rights": (plain(access.badge),) if access.badge else (),
        "use": tuple(plain(use) for use in access.uses),
        "side": tuple(plain(side) for side in sorted(sides)),
    }


def _staff_facets(record: Mapping[str, Any]) -> dict[str, tuple[FacetValue, ...]]:
    present = {
        "title": record["title"],
        "date": record["dates"] or record["undated"],
        "creator": _agents(record, CREATOR) or record["creator_unknown"],
        "rights": record["rights"]["statement"],
        "picture": record["assets"],
    }
    lacking = tuple(plain(name) for name, value in present.items() if not value)
    return {"state": (plain(record["state"]),), "lacks": lacking}


def plain(value: str) -> FacetValue:
    """A value whose words are chosen where it is shown."""
    return FacetValue(value, {})


def _agents(record: Mapping[str, Any], roles: tuple[str, ...]) -> tuple[FacetValue, ...]:
    found = (a for a in record["agents"] if a["role"] in roles and a["certainty"] != "disproved")
    return tuple(dict.fromkeys(FacetValue(a["id"], _Label(und=a["name"])) for a in found))


def _scheme(record: Mapping[str, Any], scheme: str) -> list[Mapping[str, Any]]:
    return [subject for subject in record["subjects"] if subject["scheme"] == scheme]


def _linked(entries: Iterable[Mapping[str, Any]], key: str) -> tuple[FacetValue, ...]:
    found = (e for e in entries if e.get("certainty") != "disproved")
    return tuple(dict.fromkeys(FacetValue(e["id"], _Label(e[key])) for e in found))


class _Label(dict[str, str]):
    """Words by language that can be compared and counted once."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))


def date_facets(when: tuple[int, int] | None) -> dict[str, tuple[FacetValue, ...]]:
    """Decades to hours; a date that says too little is not counted among the finer ones."""
    if when is None or when[0] == FIRST_HOUR or when[1] == LAST_HOUR:
        return {}
    clock = range(when[0], when[1] + 1)
    first, last = (date.fromordinal(max(1, hour // 24)) for hour in when)
    decades = range(first.year // 10 * 10, last.year + 1, 10)
    years = range(first.year, last.year + 1)
    days = range(first.toordinal(), last.toordinal() + 1)
    return {
        "decade": tuple(plain(f"{d:04}") for d in decades) if len(decades) <= MAX_YEARS else (),
        "year": tuple(plain(f"{y:04}") for y in years) if len(years) <= MAX_YEARS else (),
        "day": tuple(plain(date.fromordinal(d).isoformat()) for d in days)
        if len(days) <= MAX_DAYS
        else (),
        "hour": tuple(plain(_hour(h)) for h in clock) if len(clock) <= MAX_HOURS else (),
    }


def _hour(hour: int) -> str:
    """An hour as the value of a facet: `1956-10-23T17`."""
    return f"{date.fromordinal(max(1, hour // 24)).isoformat()}T{hour % 24:02}"


def span_of(name: str, value: str) -> tuple[int, int] | None:
    """The first and last hour of a decade, year, day or hour; None where it is none."""
    try:
        if name in ("decade", "year"):
            last = int(value) + (9 if name == "decade" else 0)
            days = date(int(value), 1, 1), date(last, 12, 31)
            return days[0].toordinal() * 24, days[1].toordinal() * 24 + 23
        day, _, hour = value.partition("T")
        first = date.fromisoformat(day).toordinal() * 24
        if hour.isdigit():
            first += range(24)[int(hour)]
            return first, first
    except (ValueError, OverflowError, IndexError):
        return None
    return first, first + 23


def _certainty(record: Mapping[str, Any], when: tuple[int, int] | None) -> str:
    chosen = chosen_date(record["dates"])
    if chosen is None or when is None:
        return "undated"
    if chosen["uncertain"]:
        return "uncertain"
    return "approximate" if chosen["approximate"] else "certain"


def _hit(record: Mapping[str, Any], access: Access, *, staff: bool) -> dict[str, Any]:
    chosen = chosen_date(record["dates"])
    picture = _picture(record["assets"])
    hit = {
        "title": record["title"] or _spoken(record),
        "date": _date_words(chosen),
        "edtf": chosen["edtf"] if chosen else "",
        "ref": record["ref_code"],
        "asset": picture.get("id", ""),
        "width": picture.get("width") or 0,
        "height": picture.get("height") or 0,
        "thumbhash": picture.get("thumbhash", ""),
        "alt": record["alt"],
        "badge": access.badge,
        "max_px": access.max_px,
        "specimen": record["specimen"],
    }
    return {**hit, "state": record["state"]} if staff else hit


def _picture(assets: list[dict[str, Any]]) -> dict[str, Any]:
    shown = [a for a in assets if a["side"] != "verso"] or assets
    return max(shown, key=lambda a: bool(a["representative"]), default={})


def _spoken(record: Mapping[str, Any]) -> dict[str, str]:
    """A photograph without a title is shown by the beginning of its weightiest caption."""
    captions = [c for c in record["captions"] if c["stance"] == "neutral"]
    if not captions:
        return {}
    best = max(captions, key=lambda c: CAPTION_WEIGHTS[c["type"]])
    text = " ".join(best["text"].split())
    return {best["lang"] or "und": text if len(text) <= 90 else text[:89].rstrip() + "…"}


def _date_words(chosen: Mapping[str, Any] | None) -> dict[str, str]:
    if chosen is None:
        return {}
    if not chosen["edtf"]:
        return {chosen["lang"] or "und": chosen["display"]}
    return {lang: dates.words(chosen["edtf"], lang) for lang in LANGUAGES}
