"""One description of an AtoM CSV: its elements, language by language, as our own names.

Pure. A description may have several rows, one for each culture. The invariant: an element that has
no place of its own is kept in words, none is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from archive import dates
from archive.catalogue.drafts import (
    CarrierDraft,
    DateDraft,
    Draft,
    IdentifierDraft,
    LinkDraft,
    Rights,
)
from archive.catalogue.service import fold
from archive.ingest import values
from archive.ingest.spreadsheet import Sheet
from archive.ingest.words import Unreadable

ITEM = "item"
# What AtoM and archives call their levels, in English and Hungarian; folded.
LEVEL_NAMES = {
    "fonds": "fonds|fond|collection|gyujtemeny|record group|iratgyujtemeny",
    "subfonds": "subfonds|sub fonds|allag|alfond|subgroup",
    "series": "series|sorozat",
    "subseries": "subseries|sub series|alsorozat",
    "file": "file|tetel|ugyirat|dosszie|folder|album|roll|tekercs",
    ITEM: "item|part|darab|fenykep|photograph|piece",
}
LEVEL_OF = {name: level for level, names in LEVEL_NAMES.items() for name in names.split("|")}
# ISAD(G) elements of AtoM that a unit keeps in `isad`, by our names.
HEADINGS = {
    "administrative_history": "eventActorHistories",
    "appraisal": "appraisal",
    "accruals": "accruals",
    "arrangement": "arrangement",
    "access_conditions": "accessConditions",
    "reproduction_conditions": "reproductionConditions",
    "physical_characteristics": "physicalCharacteristics",
    "finding_aids": "findingAids",
    "originals": "locationOfOriginals",
    "copies": "locationOfCopies",
    "related_units": "relatedUnitsOfDescription",
    "publication_note": "publicationNote",
    "archivist_note": "archivistNote",
    "rules": "rules",
    "description_dates": "revisionHistory",
}
ISAD = {heading.casefold(): ours for ours, heading in HEADINGS.items()}
# Elements whose cells hold several entries, cut at bars.
SEVERAL = frozenset({"publicationnote", "archivistnote", "eventactorhistories"})
LANGUAGES = ("language", "script", "languagenote")
ACTOR_ROLES = {
    "creation": "creator", "photography": "creator", "publication": "publisher",
    "publishing": "publisher", "custody": "owner", "contribution": "contributor",
}  # fmt: skip
EVENTS = ("eventdates", "eventtypes", "eventstartdates", "eventenddates", "eventactors")
# Read by name: hierarchy, codes, and what has a column of its own.
PLACED = frozenset(
    {"legacyid", "parentid", "qubitparentslug", "identifier", "referencecode", "title",
     "levelofdescription", "scopeandcontent", "extentandmedium", "culture", "repository",
     "archivalhistory", "acquisition", "creators", *ISAD, *LANGUAGES, *EVENTS}
)  # fmt: skip
PLACED_OF_ITEMS = frozenset(
    {"legacyid", "parentid", "qubitparentslug", "identifier", "referencecode", "title",
     "levelofdescription", "scopeandcontent", "extentandmedium", "culture", "repository",
     "archivalhistory", "acquisition", "creators", "accessconditions", "reproductionconditions",
     "physicalcharacteristics", "accessionnumber", "alternativeidentifiers",
     "alternativeidentifierlabels", "subjectaccesspoints", "placeaccesspoints",
     "nameaccesspoints", "genreaccesspoints", "physicalobjectname", "physicalobjectlocation",
     *EVENTS}
)  # fmt: skip
DATE_LENGTH = 120  # what the dates of a unit hold
FIRST = re.compile(r"-00(?=-|$)")


@dataclass
class Description:
    """The rows of one description: `rows` by language, the first one first."""

    numbers: list[int]
    rows: dict[str, dict[str, str]]
    headings: Mapping[str, str] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """An element in the first language that has it."""
        return next((row[name] for row in self.rows.values() if row.get(name)), "")

    def texts(self, name: str) -> dict[str, str]:
        """An element by language; of one that may have several entries, each is a line."""
        told = {lang: row.get(name, "") for lang, row in self.rows.items()}
        if name in SEVERAL:
            told = {lang: "\n".join(parts(text)) for lang, text in told.items()}
        return {lang: text for lang, text in told.items() if text}

    def listed(self, name: str) -> list[str]:
        """The entries of an element, each once, whatever the language."""
        found = [entry for row in self.rows.values() for entry in parts(row.get(name, ""))]
        return list(dict.fromkeys(found))

    @property
    def level(self) -> str:
        """Our name of the level; empty where it is not known."""
        return LEVEL_OF.get(fold(self.first("levelofdescription")), "")

    @property
    def title(self) -> dict[str, str]:
        return self.texts("title")


def descriptions(sheet: Sheet) -> list[Description]:
    """The descriptions of a sheet in order. Raises Unreadable when it is no CSV of AtoM."""
    names = {heading: re.sub(r"[\s_]", "", heading).casefold() for heading in sheet.headings}
    if not {"title", "levelofdescription"} <= set(names.values()):
        raise Unreadable("not_atom", found=sheet.headings)
    headings = {name: heading for heading, name in names.items()}
    made: dict[str, Description] = {}
    for row in sheet.rows:
        told = {names[heading]: text for heading, text in row.cells.items()}
        key = told.get("legacyid") or f"row {row.number}"
        lang = _language(told)
        known = made.get(key)
        if known is not None and lang not in known.rows:
            known.rows[lang] = told
            known.numbers.append(row.number)
        else:
            made[key if known is None else f"row {row.number}"] = Description(
                [row.number], {lang: told}, headings
            )
    return list(made.values())


def _language(row: Mapping[str, str]) -> str:
    code = row.get("culture", "")
    return values.language(code) or re.split(r"[-_]", code.casefold())[0] or "und"


def parts(text: str) -> list[str]:
    """The entries of a cell of AtoM, cut at bars; NULL is none."""
    return [entry for entry in _places(text) if entry]


def _places(text: str) -> list[str]:
    found = (entry.strip() for entry in text.split("|"))
    return ["" if entry.casefold() == "null" else entry for entry in found]


@dataclass(frozen=True)
class Happening:
    """One event of AtoM: what, when in words and in figures, and who."""

    kind: str
    words: str
    start: str
    end: str
    actor: str


def happenings(row: Mapping[str, str]) -> Iterator[Happening]:
    """The events of a row, whose columns hold as many entries, in the same order."""
    columns = {name: _places(row.get(name, "")) for name in EVENTS}
    for number in range(max(map(len, columns.values()))):
        told = [
            columns[name][number] if number < len(columns[name]) else ""
            for name in ("eventtypes", "eventdates", "eventstartdates", "eventenddates",
                         "eventactors")
        ]  # fmt: skip
        made = Happening(
            fold(told[0]) or "creation", told[1], _day(told[2]), _day(told[3]), told[4]
        )
        if made.words or made.start or made.end or made.actor:
            yield made


def _day(figures: str) -> str:
    """2016-00-00 is the year 2016."""
    return FIRST.sub("", figures)


def unit_values(of: Description) -> dict[str, Any]:
    """The columns of a unit that a description fills."""
    happened = list(happenings(next(iter(of.rows.values()))))
    made = [event for event in happened if event.kind in ("creation", "accumulation")]
    dated = next((event for event in made if _words(event)), None)
    creators = [e.actor for e in made if e.actor] or of.listed("creators")
    isad = {ours: texts for name, ours in ISAD.items() if (texts := of.texts(name))}
    if languages := _languages(of):
        isad["language"] = languages
    return {
        "title": of.title,
        "scope": of.texts("scopeandcontent"),
        "extent": of.texts("extentandmedium"),
        "dates": _words(dated)[:DATE_LENGTH] if dated else "",
        "creator": "; ".join(dict.fromkeys(creators)),
        "isad": isad,
        "source": of.first("repository"),
        "acquisition": "\n".join(of.texts("acquisition").values()),
        "custody": of.texts("archivalhistory"),
        "notes": "\n".join(filter(None, (_rest(of, PLACED), *_further(happened, dated)))),
    }


def _further(happened: list[Happening], dated: Happening | None) -> Iterator[str]:
    """What a unit has no place for: all events but the one that gives its dates."""
    for event in happened:
        if event != dated or len(_words(event)) > DATE_LENGTH:
            told = ", ".join(filter(None, (_words(event), event.actor)))
            yield f"{event.kind}: {told}"


def _words(event: Happening) -> str:
    """When something happened, in words, else in figures."""
    return event.words or " – ".join(dict.fromkeys(filter(None, (event.start, event.end))))


def _languages(of: Description) -> dict[str, str]:
    """Language and script of the material, by the language that says so."""
    found = {}
    for lang, row in of.rows.items():
        told = [", ".join(parts(row.get(name, ""))) for name in LANGUAGES]
        if text := "; ".join(filter(None, told)):
            found[lang] = text
    return found


def _rest(of: Description, placed: frozenset[str]) -> str:
    """The elements without a place, as lines of the note for colleagues."""
    lines = of.listed("generalnote")
    for name, heading in of.headings.items():
        told = [] if name in placed or name == "generalnote" else of.listed(name)
        if told:
            lines.append(f"{heading}: {' | '.join(told)}")
    return "\n".join(lines)


def draft_of(of: Description) -> Draft:
    """What an item says of a photograph."""
    draft = Draft(notes=_rest(of, PLACED_OF_ITEMS))
    for lang, title in of.title.items():
        draft.title(_bare(lang), title)
    for lang, text in of.texts("scopeandcontent").items():
        draft.caption("archivist_description", _bare(lang), text)
    _happened(draft, of)
    draft.agents += [LinkDraft(name=n, role="depicted") for n in of.listed("nameaccesspoints")]
    draft.places = [LinkDraft(name=n, role="shown") for n in of.listed("placeaccesspoints")]
    draft.subjects = [
        LinkDraft(name=name, kind=kind)
        for kind, column in (("subject", "subjectaccesspoints"), ("genre", "genreaccesspoints"))
        for name in of.listed(column)
    ]
    draft.identifiers = _numbers(of)
    draft.carriers = _carriers(of)
    draft.rights = Rights(
        rights_note=_notes(of),
        source=of.first("repository"),
        acquisition="\n".join(of.texts("acquisition").values()),
        custody=of.texts("archivalhistory"),
    )
    return draft


def _bare(lang: str) -> str:
    return "" if lang == "und" else lang


def _happened(draft: Draft, of: Description) -> None:
    """Dates and people of the events."""
    lang = _bare(next(iter(of.rows)))
    for event in happenings(next(iter(of.rows.values()))):
        role = ACTOR_ROLES.get(event.kind, "contributor")
        if event.actor:
            name = values.name_of(event.actor, family_first=False, lang=lang)
            draft.agents.append(LinkDraft(name=name.text, role=role, kind=name.kind))
        if words := _words(event):
            said = "published" if role == "publisher" else "created"
            draft.dates.append(DateDraft(words, lang, role=said, edtf=_known(event)))


def _known(event: Happening) -> str:
    """EDTF of the figures, where the words cannot be read."""
    if not event.words or dates.read(event.words).ok:
        return ""
    span = dates.read("/".join(dict.fromkeys(filter(None, (event.start, event.end)))))
    return (span.edtf or "") if span.ok else ""


def _numbers(of: Description) -> list[IdentifierDraft]:
    labels = of.listed("alternativeidentifierlabels")
    found = [
        IdentifierDraft("former_no", value, labels[number] if number < len(labels) else "")
        for number, value in enumerate(of.listed("alternativeidentifiers"))
    ]
    return found + [IdentifierDraft("accession_no", v) for v in of.listed("accessionnumber")]


def _carriers(of: Description) -> list[CarrierDraft]:
    made = CarrierDraft(
        format="; ".join(of.listed("extentandmedium")),
        condition_note="; ".join(of.listed("physicalcharacteristics")),
        location=", ".join([*of.listed("physicalobjectname"),
                            *of.listed("physicalobjectlocation")]),
    )  # fmt: skip
    return [made] if made != CarrierDraft() else []


def _notes(of: Description) -> dict[str, str]:
    """Conditions of access and use, by language."""
    found: dict[str, str] = {}
    for name in ("accessconditions", "reproductionconditions"):
        for lang, text in of.texts(name).items():
            found[lang] = "\n".join(filter(None, (found.get(lang), text)))
    return found
