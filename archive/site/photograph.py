"""The page of one photograph: its record put in the order in which a reader asks.

Pure but for the words, which follow the reader's language; it reads no database and knows no
request. What may not be seen was already taken out by `catalogue.service.read`. The invariant:
every statement of the record that a reader may see is on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, lazy_pgettext

from archive import rights, words
from archive.catalogue import projection
from archive.catalogue.record import Record
from archive.catalogue.service import Reading
from archive.settings import Settings
from archive.site import linked_data
from archive.site.then import Then, names_then

STATEMENT_ORDER = (
    "archivist_description",
    "original_inscription",
    "agency_caption",
    "publication_caption",
    "donor_account",
    "witness_account",
    "public_contribution",
    "archivist_title",
    "machine",
)
# Marked for translation here, translated when shown.
QUESTIONS = (
    ("view_public", lazy_gettext("Look")),
    ("show_in_class", lazy_gettext("Show in class")),
    ("download_full", lazy_gettext("Download")),
    ("licence_editorial", lazy_pgettext("use of a photograph", "Publish")),
    ("licence_commercial", lazy_gettext("Use commercially")),
)
KINDS = {"allow": "yes", "ask": "ask", "deny": "no"}


@dataclass(frozen=True)
class Picture:
    """One file as it can be shown: `sizes` are the longest sides a reader may have, rising."""

    asset: str
    side: str
    label: Any
    width: int
    height: int
    sizes: tuple[int, ...]
    alt: str

    @property
    def largest(self) -> int:
        return self.sizes[-1]

    @property
    def middle(self) -> int:
        """The size for a window of ordinary width."""
        return max((size for size in self.sizes if size <= 1024), default=self.sizes[0])

    def wide(self, size: int) -> int:
        """The width in pixels of a rendition whose longest side is `size`."""
        return min(self.width, round(size * self.width / max(self.width, self.height)))


@dataclass(frozen=True)
class Answer:
    """One line of "What may I do with this photograph?"; `kind` is yes, ask or no."""

    kind: str
    label: Any
    sentence: str


@dataclass(frozen=True)
class Step:
    """One dated step of the photograph's way here; `kind` gap marks years without news."""

    text: str
    when: str = ""
    kind: str = ""
    href: str = ""
    link: str = ""


@dataclass(frozen=True)
class PhotographPage:
    """What the template shows; `record` is the reader's own view of the record."""

    record: Record
    address: str
    title: str
    title_lang: str
    summary: str
    pictures: list[Picture]
    statements: list[dict[str, Any]]
    dates: list[dict[str, Any]]
    creators: list[dict[str, Any]]
    agents: list[tuple[str, list[dict[str, Any]]]]
    then: dict[str, Then]
    techniques: list[str]
    subjects: list[dict[str, Any]]
    answers: list[Answer]
    why: str
    credit: str
    citation: str
    steps: list[Step]
    downloadable: bool
    licensable: bool
    refer: bool


@dataclass(frozen=True)
class Related:
    """A few photographs that share something with this one; `query` finds them all."""

    title: str
    query: dict[str, str]
    hits: list[Any]


def build(reading: Reading, lang: str, settings: Settings, address: str) -> PhotographPage:
    """The page of a photograph as this reader may see it."""
    record, access = reading.record, reading.access
    title, title_lang = title_of(record, lang)
    found = rights.statement(record["rights"]["statement"])
    facts = rights.Facts(record["state"], record["rights"]["statement"], record["rights"]["holder"])
    answers = answers_of(facts, projection.context(), lang)
    agents = agents_of(record)
    return PhotographPage(
        record=record,
        address=address,
        title=title,
        title_lang=title_lang,
        summary=summary_of(record, title, lang),
        pictures=pictures_of(record, access.max_px, alt_of(record, lang)),
        statements=statements_of(record, title, lang),
        dates=dates_of(record),
        creators=dict(agents).get("creator", []),
        agents=[(role, people) for role, people in agents if role != "creator"],
        then=names_then(record, lang),
        techniques=techniques_of(record, lang),
        subjects=[term for term in record["subjects"] if term["scheme"] != "technique"],
        answers=answers,
        why=found.summary[lang] if found else "",
        credit=record["rights"]["credit"],
        citation=citation_of(record, title, lang, settings.institution, address),
        steps=steps_of(record, lang),
        downloadable=access.download_px != 0,
        licensable=access.licensable,
        refer=any(answer.kind == "ask" for answer in answers) or not found,
    )


def chosen(pictures: list[Picture], side: str) -> Picture | None:
    """The picture a reader asked for by its side, else the first, else none."""
    asked = [picture for picture in pictures if picture.side == side]
    return next(iter(asked or pictures), None)


def related(record: Record, find: Callable[..., Any], lang: str) -> list[Related]:
    """Photographs of the same event and place, this one left out."""
    links = [("event", entry) for entry in record["events"][:1]]
    links += [("place", entry) for entry in by_role(record["places"], "shown")[:1]]
    groups = []
    for facet, entry in links:
        query = {facet: entry["id"]}
        found = find(**query, limit="9", sort="date")
        hits = [hit for hit in found.hits if hit.id != record["id"]][:8]
        if hits:
            groups.append(Related(words.pick(entry["name"], lang), query, hits))
    return groups


def as_data(reading: Reading, address: str) -> dict[str, Any]:
    """The JSON twin: the record as this reader may see it, with its address and what is allowed."""
    access = reading.access
    allowed = {"max_px": access.max_px, "download_px": access.download_px}
    return {"address": address, **reading.record, "access": allowed}


def as_linked_data(page: PhotographPage, picture: str, lang: str) -> dict[str, Any]:
    """The page in schema.org's words; `picture` is the address of its largest rendition."""
    return linked_data.image_object(
        page.record,
        title=page.title,
        lang=lang,
        page=page.address,
        picture=picture,
        summary=page.summary,
        licence=page.address if page.licensable else "",
    )


def techniques_of(record: Record, lang: str) -> list[str]:
    """Techniques of the vocabulary, and each carrier that is described with its sizes."""
    terms = [words.pick(t["label"], lang) for t in record["subjects"] if t["scheme"] == "technique"]
    carriers = [words.carrier(carrier) for carrier in record["carriers"]]
    return list(dict.fromkeys(filter(None, [*terms, *carriers])))


def title_of(record: Record, lang: str) -> tuple[str, str]:
    """The title and its language: the archive's own, else the reference code."""
    titles = record["title"]
    for code in (lang, *titles):
        if titles.get(code):
            return titles[code], code
    return record["ref_code"] or _("Photograph %(id)s", id=record["id"]), lang


def alt_of(record: Record, lang: str) -> str:
    """Words for those who do not see the picture: the record's own, else title and date."""
    own = words.pick(record["alt"], lang)
    title = title_of(record, lang)[0]
    return own or ", ".join(filter(None, (title, first_date(record, lang))))


def first_date(record: Record, lang: str) -> str:
    created = dates_of(record)
    return words.date_in_words(created[0], lang) if created else ""


def dates_of(record: Record) -> list[dict[str, Any]]:
    """When it was taken: the preferred statement first, rival ones after it."""
    created = [date for date in record["dates"] if date["role"] == "created"]
    return sorted(created, key=lambda date: not date["preferred"])


def statements_of(record: Record, title: str, lang: str) -> list[dict[str, Any]]:
    """Every caption statement but the one that is the heading, in the order of STATEMENT_ORDER.

    What the archive itself says in another language comes last: it says the same once more.
    """

    def order(caption: dict[str, Any]) -> tuple[bool, int, bool]:
        other = caption["lang"] not in (lang, "")
        own = caption["type"].startswith("archivist_")
        return own and other, STATEMENT_ORDER.index(caption["type"]), other

    return sorted((c for c in record["captions"] if c["text"] != title), key=order)


def agents_of(record: Record) -> list[tuple[str, list[dict[str, Any]]]]:
    """Everybody but the photographer, by role in the order of the vocabulary."""
    found: dict[str, list[dict[str, Any]]] = {}
    for agent in record["agents"]:
        found.setdefault(agent["role"], []).append(agent)
    return [(role, found[role]) for role in words.AGENT_ROLES if role in found]


def pictures_of(record: Record, max_px: int | None, alt: str) -> list[Picture]:
    """The files that can be shown, the representative one first, within the size allowed."""
    assets = sorted(record["assets"], key=lambda asset: not asset["representative"])
    seen: dict[str, int] = {}
    pictures: list[Picture] = []
    for asset in assets:
        sizes = _sizes(asset, max_px)
        if not sizes:
            continue
        number = seen[asset["side"]] = seen.get(asset["side"], 0) + 1
        label = words.SIDES[asset["side"]] if number == 1 else _(
            "%(side)s %(n)s", side=words.SIDES[asset["side"]], n=number
        )  # fmt: skip
        side = asset["side"] if number == 1 else asset["id"]
        about = alt if not pictures else f"{alt} – {label}"
        pictures.append(
            Picture(asset["id"], side, label, asset["width"], asset["height"], sizes, about)
        )
    return pictures


def _sizes(asset: dict[str, Any], max_px: int | None) -> tuple[int, ...]:
    return tuple(
        sorted(size for size in asset["sizes"] if max_px is None or size <= max(max_px, 320))
    )


def answers_of(facts: rights.Facts, context: rights.Context, lang: str) -> list[Answer]:
    """The policy's answer to each question, with its deciding reason."""
    answers = []
    for use, label in QUESTIONS:
        decision = rights.decide(facts, use, context)
        sentence = rights.answer(decision, lang)
        answers.append(Answer(KINDS[decision.effect], label, sentence))
    return answers


def steps_of(record: Record, lang: str) -> list[Step]:
    """The way of the photograph from the camera to this page, with the gaps."""
    provenance = record["provenance"]
    steps = [Step(_("Taken"), first_date(record, lang) or _("date unknown"))]
    published = _publication(provenance["publication"])
    steps += [published] if published else []
    custody = words.pick(provenance["custody"], lang)
    steps.append(
        Step(custody) if custody else Step(_("Years of which nothing is known"), kind="gap")
    )
    steps += [Step(text) for text in (provenance["source"], provenance["acquisition"]) if text]
    steps += [
        Step(_("Digitised"), words.date_in_words(date, lang))
        for date in record["dates"]
        if date["role"] == "digitised"
    ]
    if record["published_at"]:
        steps.append(Step(_("Shown in this archive"), words.day(record["published_at"]), "now"))
    return steps


def _publication(found: dict[str, str]) -> Step | None:
    if not any(found.values()):
        return None
    what = ", ".join(filter(None, (found["publisher"], found["title"])))
    text = _("Originally published by %(who)s", who=what) if what else _("Originally published")
    if found["retrieved_on"]:
        text += _(" (retrieved %(day)s)", day=words.day(found["retrieved_on"]))
    address = found["address"] if found["address"].startswith(("https://", "http://")) else ""
    return Step(text, words.day(found["date"]), href=address, link=_("the publication"))


def citation_of(record: Record, title: str, lang: str, institution: str, address: str) -> str:
    """One line for a footnote: who, what, when, where it is kept, its address."""
    creators = ", ".join(a["name"] for a in record["agents"] if a["role"] == "creator")
    parts = (creators, title, first_date(record, lang), institution, record["ref_code"], address)
    return ". ".join(part.rstrip(".") for part in parts if part)


def summary_of(record: Record, title: str, lang: str) -> str:
    """At most 160 characters in the reader's language: the description, else title, date, place."""
    told = [
        caption["text"]
        for caption in record["captions"]
        if caption["type"] == "archivist_description" and caption["lang"] == lang
    ]
    places = [words.pick(place["name"], lang) for place in record["places"]]
    text = told[0] if told else ", ".join(filter(None, (title, first_date(record, lang), *places)))
    return text if len(text) <= 160 else text[:157].rsplit(" ", 1)[0] + " …"


def by_role(places: Iterable[dict[str, Any]], role: str) -> list[dict[str, Any]]:
    return [place for place in places if place["role"] == role]
