"""A row of a spreadsheet and the words within a file become one draft of a photograph.

Pure. The row wins over the file, and where both speak and disagree that is noted. The invariant:
nothing is invented; a title made of the beginning of a caption is marked as such in `origins`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from archive import rights
from archive.catalogue.drafts import (
    CarrierDraft,
    DateDraft,
    Draft,
    IdentifierDraft,
    LinkDraft,
)
from archive.catalogue.service import fold
from archive.ingest import values
from archive.ingest.mapping import IDENTIFIERS, Column, Mapping, file_name
from archive.ingest.words import Reason, reason
from archive.media.fields import Fields, Text

NUMBERS = {
    "id": "source_id", "guid": "source_id", "original_no": "original_no",
    "former_no": "former_no", "inventory_no": "inventory_no", "accession_no": "accession_no",
}  # fmt: skip
CAPTIONS = {
    "other_title": "archivist_description",
    "caption": "archivist_description",
    "description": "archivist_description",
    "agency_caption": "agency_caption",
    "inscription": "original_inscription",
}
AGENTS = (
    "creator", "contributor", "studio", "agency", "publisher", "depicted", "donor", "owner",
)  # fmt: skip
CORPORATE_ROLES = frozenset({"studio", "agency", "publisher"})
YES = {"yes", "y", "true", "1", "x", "igen", "i", "ca", "ca.", "circa", "kb."}
COPYRIGHT_SIGN = re.compile(r"^(?:copyright|\(c\)|©|\s|,|\d{4}|-|–|by)+", re.IGNORECASE)
TITLE_CHARACTERS = 120


@dataclass
class Drafted:
    """A draft with where each value came from, and what a person should look at.

    `origins` is ``{field: {"from": "row"|"file"|"caption", "column": heading, "over": …}}``.
    """

    draft: Draft = field(default_factory=Draft)
    origins: dict[str, dict[str, str]] = field(default_factory=dict)
    warnings: list[Reason] = field(default_factory=list)
    digitised: str = ""

    @property
    def speaks_of_a_photograph(self) -> bool:
        """Whether there is more than names and numbers."""
        draft = self.draft
        return bool(draft.captions or draft.dates or draft.places or draft.subjects)


class _Row:
    """The cells of one row by target."""

    def __init__(self, cells: dict[str, str], mapping: Mapping) -> None:
        self.cells = cells
        self.mapping = mapping
        self.lang = self._language()

    def _language(self) -> str:
        codes = [values.language(text) for text, *_ in self.get("language")]
        return next((code for code in codes if code), self.mapping.language)

    def get(self, target: str) -> list[tuple[str, Column, str]]:
        """The filled cells of a target, with their columns and headings."""
        return [
            (self.cells[heading], column, heading)
            for heading, column in self.mapping.columns.items()
            if column.target == target and heading in self.cells
        ]

    def first(self, target: str) -> str:
        return next((text for text, *_ in self.get(target)), "")

    def listed(self, target: str) -> list[tuple[str, Column]]:
        return [
            (entry, column)
            for text, column, _ in self.get(target)
            for entry in values.parts(text, column.separator)
        ]


def from_row(cells: dict[str, str], mapping: Mapping) -> Drafted:
    """What a row says of a photograph."""
    row, made = _Row(cells, mapping), Drafted()
    for heading, text in cells.items():
        if "\ufffd" in text:
            made.warnings.append(reason("lost_character", column=heading))
    _numbers(row, made)
    _captions(row, made)
    _dates(row, made)
    _agents(row, made)
    _places(row, made)
    _subjects(row, made)
    _carrier(row, made)
    _rights(row, made)
    made.draft.notes = "\n".join(text for text, *_ in row.get("notes"))
    made.digitised = row.first("date_digitised")
    return made


def with_file(made: Drafted, found: Fields) -> Drafted:
    """Add what the file itself says where the row is silent; note where they disagree."""
    draft = made.draft
    _file_title(made, found)
    _file_caption(made, found)
    _file_creator(made, found)
    if found.date_created and not draft.undated:
        _file_date(made, found.date_created)
    known = {fold(link.name) for link in draft.subjects}
    draft.subjects += [LinkDraft(name=w) for w in found.keywords if fold(w) not in known]
    _file_place(made, found)
    _file_rights(made, found)
    if found.alt_text and not draft.alt:
        draft.alt = _by_language(found.alt_text)
    made.digitised = made.digitised or found.date_digitised or ""
    return made


def compose_title(made: Drafted) -> Drafted:
    """Give a photograph without a title the beginning of its caption as one."""
    draft = made.draft
    if any(caption.type == "archivist_title" for caption in draft.captions):
        return made
    for caption in draft.captions:
        text = values.first_sentence(caption.text, TITLE_CHARACTERS)
        if text:
            draft.title(caption.lang, text)
            draft.captions.insert(0, draft.captions.pop())
            made.origins["title"] = {"from": "caption"}
            break
    return made


def _note(made: Drafted, name: str, heading: str) -> None:
    made.origins.setdefault(name, {"from": "row", "column": heading})


def _numbers(row: _Row, made: Drafted) -> None:
    made.draft.ref_code = row.first("ref_code")
    seen = set()
    for target, kind in NUMBERS.items():
        for text, _, heading in row.get(target):
            if text not in seen:
                made.draft.identifiers.append(IdentifierDraft(kind, text))
                _note(made, target, heading)
                seen.add(text)


def _captions(row: _Row, made: Drafted) -> None:
    draft = made.draft
    title, heading = _title(row)
    if title:
        draft.title(row.lang, title)
        _note(made, "title", heading)
    for target, kind in CAPTIONS.items():
        for text, _, heading in row.get(target):
            found = values.told(text)
            side = "verso" if target == "inscription" else ""
            if found.text != title:
                draft.caption(kind, row.lang, found.text, side=side)
                _note(made, target, heading)
            _take_told(made, found, heading, row.lang)
    if alt := row.first("alt"):
        draft.alt = {row.lang or "und": alt}


def _title(row: _Row) -> tuple[str, str]:
    for target in ("title", "other_title"):
        for text, _, heading in row.get(target):
            return " ".join(text.split()), heading
    return "", ""


def _take_told(made: Drafted, found: values.Told, heading: str, lang: str) -> None:
    """What a caption says beside itself goes where it belongs."""
    draft = made.draft
    if found.credit and not draft.rights.credit_line:
        draft.rights.credit_line = found.credit
        _note(made, "credit", heading)
    holder = found.credit.rpartition("/")[2].strip()
    for kind, number in found.numbers:
        draft.identifiers.append(IdentifierDraft(kind, number, holder))
    if found.taken and not draft.dates and not draft.undated:
        read, _ = values.date_of(found.taken, Column("date"), heading, lang, values.Bounds())
        if read is not None:
            read.basis = "caption"
            draft.dates.append(read)
            _note(made, "date", heading)


def _dates(row: _Row, made: Drafted) -> None:
    words, column, heading = next(iter(row.get("date")), ("", Column("date"), ""))
    words = words or _year_month_day(row)
    approximate = row.first("date_approximate").casefold() in YES
    bounds = values.Bounds(row.first("date_start"), row.first("date_end"), approximate)
    read, warnings = values.date_of(words, column, heading, row.lang, bounds)
    made.warnings += warnings
    if read is not None and values.is_undated(read.display):
        made.draft.undated = True
    elif read is not None:
        made.draft.dates = [read]
        _note(made, "date", heading or "year")
    if published := row.first("date_published"):
        made.draft.dates.append(DateDraft(published, row.lang, role="published", preferred=False))


def _year_month_day(row: _Row) -> str:
    """Columns of year, month and day make one ISO date; a word for the month is kept a word."""
    year, month, day = (row.first(name) for name in ("year", "month", "day"))
    if not year or not month:
        return year
    if not month.isdecimal():
        return " ".join(filter(None, (day, month, year)))
    figures = [year, month.zfill(2), day.zfill(2) if day.isdecimal() else ""]
    return "-".join(filter(None, figures))


def _agents(row: _Row, made: Drafted) -> None:
    for role in AGENTS:
        for written, column in row.listed(role):
            if values.is_unknown(written):
                made.draft.creator_unknown |= role == "creator"
                continue
            name = values.name_of(written, family_first=column.family_first, lang=row.lang)
            kind = "corporate" if role in CORPORATE_ROLES else name.kind
            note = name.life or (_life(row) if role == "creator" else "")
            made.draft.agents.append(LinkDraft(name=name.text, role=role, kind=kind, note=note))
        for *_, heading in row.get(role):
            _note(made, role, heading)
    if any(link.role == "creator" for link in made.draft.agents):
        made.draft.creator_unknown = False


def _life(row: _Row) -> str:
    """Life dates in columns of their own: "1915–1997"."""
    if given := row.first("creator_dates"):
        return given
    born, died = (values.year_of(row.first(name)) for name in ("creator_born", "creator_died"))
    return f"{born}–{died}" if born or died else ""


def _places(row: _Row, made: Drafted) -> None:
    draft = made.draft
    for target, role in (("place", "shown"), ("camera_place", "camera")):
        for entry, _ in row.listed(target):
            draft.places.append(LinkDraft(name=values.place_name(entry), role=role))
    if region := _region(row):
        draft.places.append(LinkDraft(name=region, role="shown"))
    if not draft.places and (address := row.first("address").strip(" |")):
        draft.places.append(LinkDraft(name=address, role="shown"))
    for target in ("place", "camera_place", "city", "address"):
        for *_, heading in row.get(target):
            _note(made, "place", heading)
    _locate(row, made)
    known = {fold(link.name) for link in draft.places}
    for entry, _ in row.listed("old_place"):
        if fold(entry) not in known:
            draft.places.append(LinkDraft(name=entry, role="shown", note="former name"))
    draft.events += [LinkDraft(name=entry) for entry, _ in row.listed("event")]


def _region(row: _Row) -> str:
    """City, county, state and country as one place; codes instead of names are passed over."""
    names = [row.first(name) for name in ("city", "county", "state", "country")]
    named = [name for name in names if name and not re.fullmatch(r"[A-Z]{2}[.\w]*\d+", name)]
    return ", ".join(dict.fromkeys(named))


def _locate(row: _Row, made: Drafted) -> None:
    """The position of the photograph belongs to its first place; the link keeps it as well."""
    written = row.first("coordinates")
    latitude, longitude = row.first("latitude"), row.first("longitude")
    if not written and not (latitude and longitude):
        return
    found = values.position(latitude, longitude) or values.coordinates(written)
    if found is None:
        value = written or f"{latitude}, {longitude}"
        made.warnings.append(reason("position_not_read", value=value))
        return
    words = f"{found[0]}, {found[1]}"
    if not made.draft.places:
        made.draft.places.append(LinkDraft(name=words, role="shown"))
    first = made.draft.places[0]
    first.lat, first.lon, first.note = found[0], found[1], words


def _subjects(row: _Row, made: Drafted) -> None:
    for target, scheme in (("subject", "subject"), ("genre", "genre"), ("technique", "technique")):
        for entry, _ in row.listed(target):
            made.draft.subjects.append(LinkDraft(name=entry, kind=scheme))
        for *_, heading in row.get(target):
            _note(made, target, heading)


def _carrier(row: _Row, made: Drafted) -> None:
    carrier = CarrierDraft(
        technique="; ".join(text for text, *_ in row.get("technique")),
        format="; ".join(text for text, *_ in row.get("format")),
        location="; ".join(text for text, *_ in row.get("location")),
    )
    if carrier.technique or carrier.format or carrier.location:
        made.draft.carriers.append(carrier)


def _rights(row: _Row, made: Drafted) -> None:
    held = made.draft.rights
    for target in ("rights_statement", "rights"):
        for text, _, heading in row.get(target):
            _state(made, target, text, heading, row.lang)
    held.credit_line = row.first("credit") or held.credit_line
    held.rights_holder = row.first("rights_holder")
    held.source = row.first("source") or row.first("collection")
    if row.first("source") and (collection := row.first("collection")) not in held.source:
        held.source = f"{collection}, {held.source}"
    held.acquisition = row.first("acquisition")
    if custody := row.first("custody"):
        held.custody = {row.lang or "und": custody}
    held.publication_title = row.first("publication")
    held.publication_address = row.first("address_online")
    for name in ("credit", "rights_holder", "source", "collection", "address_online"):
        for *_, heading in row.get(name):
            _note(made, name, heading)


def _state(made: Drafted, target: str, text: str, heading: str, lang: str) -> None:
    """A known statement is one; other words about rights stay words."""
    held = made.draft.rights
    found = rights.statement(text)
    if found is not None and not held.rights_statement:
        held.rights_statement = found.uri
        _note(made, "rights_statement", heading)
        return
    if target == "rights_statement" and found is None:
        made.warnings.append(reason("rights_not_recognised", value=text))
    key = lang or "und"
    held.rights_note[key] = "\n".join(filter(None, (held.rights_note.get(key), text)))
    _note(made, "rights", heading)


# --- what the file says ---


def _by_language(text: Text) -> dict[str, str]:
    found = {"und": text} if isinstance(text, str) else text
    return {
        "und" if lang == "x-default" else lang.split("-")[0]: words
        for lang, words in found.items()
        if words.strip()
    }


def _first(text: Text | None) -> str:
    return next(iter(_by_language(text).values()), "") if text else ""


def _conflict(made: Drafted, name: str, row: str, file: str) -> None:
    """Note that the row and the file disagree; letter case and signs do not count."""
    if fold(row) != fold(file):
        made.warnings.append(reason("conflict", field=name, row=row[:200], file=file[:200]))
        made.origins.setdefault(name, {"from": "row"})["over"] = file[:1000]


def _file_title(made: Drafted, found: Fields) -> None:
    title = found.title or found.headline
    if title is None or _only_a_name(title):
        return
    ours = next((c.text for c in made.draft.captions if c.type == "archivist_title"), "")
    if ours:
        _conflict(made, "title", ours, _first(title))
        return
    for lang, text in _by_language(title).items():
        made.draft.title(lang if lang != "und" else "", text)
    made.origins["title"] = {"from": "file"}


def _only_a_name(title: Text) -> bool:
    """Programs write the file's name into the title."""
    return bool(re.fullmatch(r"[\w-]+\.(jpe?g|tiff?|png|psd)|(img|dsc|dscn|scan|kep|kép)[ _-]?\d+",
                             _first(title).strip(), re.IGNORECASE))  # fmt: skip


def _file_caption(made: Drafted, found: Fields) -> None:
    """The caption in the file is a statement of its own; an agency's where it names one."""
    if found.caption is None:
        return
    by = _first(found.credit) or _first(found.source)
    said = {fold(caption.text) for caption in made.draft.captions}
    ours = next((c.text for c in made.draft.captions if c.type != "archivist_title"), "")
    for lang, text in _by_language(found.caption).items():
        if fold(text) in said or not text.strip():
            continue
        kind = "agency_caption" if by else "archivist_description"
        made.draft.caption(kind, lang if lang != "und" else "", text, attributed=by)
        if ours:
            _conflict(made, "caption", ours, text)
    made.origins.setdefault("caption", {"from": "file"})


def _file_creator(made: Drafted, found: Fields) -> None:
    names = [name for name in found.creator if not values.is_unknown(name)]
    ours = [link.name for link in made.draft.agents if link.role == "creator"]
    if not names:
        return
    if ours or made.draft.creator_unknown:
        _conflict(made, "creator", "; ".join(ours), "; ".join(names))
        return
    for written in names:
        name = values.name_of(written, family_first=bool(re.match(r"\w+, ", written)), lang="")
        made.draft.agents.append(LinkDraft(name=name.text, role="creator", kind=name.kind))
    made.origins["creator"] = {"from": "file"}


def _file_date(made: Drafted, written: str) -> None:
    ours = next((entry.display for entry in made.draft.dates if entry.role == "created"), "")
    if ours:
        if written[:4] not in ours:
            _conflict(made, "date", ours, written)
        return
    made.draft.dates.append(DateDraft(written, basis="file"))
    made.origins["date"] = {"from": "file"}


def _file_place(made: Drafted, found: Fields) -> None:
    draft = made.draft
    names = dict.fromkeys(filter(None, (_first(found.city), _first(found.country))))
    if names and not any(link.role == "shown" for link in draft.places):
        draft.places.append(LinkDraft(name=", ".join(names), role="shown"))
        made.origins["place"] = {"from": "file"}
    if found.gps is not None and not any(link.role == "camera" for link in draft.places):
        lat, lon = found.gps
        words = f"{round(lat, 6)}, {round(lon, 6)}"
        draft.places.append(LinkDraft(name=words, role="camera", lat=lat, lon=lon, note=words))
        made.origins["camera_place"] = {"from": "file"}


def _file_rights(made: Drafted, found: Fields) -> None:
    held = made.draft.rights
    credit = _first(found.credit)
    if held.credit_line and credit:
        _conflict(made, "credit", held.credit_line, credit)
    elif credit:
        held.credit_line, made.origins["credit"] = credit, {"from": "file"}
    if not held.source and found.source:
        held.source, made.origins["source"] = _first(found.source), {"from": "file"}
    stated = [_first(found.web_statement), _first(found.usage_terms), _first(found.copyright)]
    if not held.rights_statement:
        known = [statement for text in stated if (statement := rights.statement(text))]
        held.rights_statement = known[0].uri if known else ""
    if not held.rights_note:
        notes = [text for text in stated if text and rights.statement(text) is None]
        held.rights_note = {"und": "\n".join(dict.fromkeys(notes))} if notes else {}
    holder = COPYRIGHT_SIGN.sub("", _first(found.copyright)).strip(" .")
    if holder and not held.rights_holder and len(holder) <= 200:
        held.rights_holder, made.origins["rights_holder"] = holder, {"from": "file"}


# --- which file a row names ---


def file_named(cells: dict[str, str], mapping: Mapping) -> str:
    """The name of the file in the row, folded; empty when no column says."""
    return next(
        (file_name(cells[name]) for name in mapping.headings("filename") if name in cells), ""
    )


def numbers_of(cells: dict[str, str], mapping: Mapping) -> list[str]:
    """The identifiers of a row in the order they are trusted."""
    return [
        cells[heading]
        for target in IDENTIFIERS
        for heading in mapping.headings(target)
        if heading in cells
    ]


def facts(made: Drafted) -> dict[str, Any]:
    """Origins and warnings as they are kept with the outcome."""
    return {"origins": made.origins, "warnings": [entry.as_json() for entry in made.warnings]}
