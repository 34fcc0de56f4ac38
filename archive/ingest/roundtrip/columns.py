"""The columns of the table: what each shows of a draft, and how a cell is put back into it.

A column belongs to a family; families of texts have a column for each language, that of subjects
one for each vocabulary: `agency_caption:hu`, `subject:genre`. A heading is known in Hungarian, in
English and by its machine name. The invariants: putting back what a column shows changes nothing,
and putting one column changes no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from archive.catalogue.drafts import (
    CaptionDraft,
    CarrierDraft,
    DateDraft,
    Draft,
    IdentifierDraft,
    LinkDraft,
)
from archive.catalogue.models import AGENT_ROLES, CAPTION_TYPES, IDENTIFIER_KINDS
from archive.catalogue.service import fold
from archive.ingest.roundtrip import cells, checks
from archive.ingest.words import Reason

Check = Callable[[str], Reason | None]
TITLE = "archivist_title"


@dataclass(frozen=True)
class Column:
    """One column: `shape` brings a cell into the form that is compared, `wrong` refuses it."""

    name: str
    show: Callable[[Draft], str]
    put: Callable[[Draft, str], None]
    shape: Callable[[str], str] = cells.tidy
    wrong: Check = checks.nothing
    is_date: bool = False

    def text(self, draft: Draft) -> str:
        """What the cell says of this draft, in the form that is compared."""
        shown = self.show(draft)
        return self.shape(shown) if shown else ""


Make = Callable[[str, str], Column]


@dataclass(frozen=True)
class Family:
    """Columns of one kind. `core` lists the variants that every table has."""

    hu: str
    en: str
    make: Make
    core: tuple[str, ...] = ()
    variants: bool = False


def column(name: str) -> Column:
    """The column of a machine name. Raises KeyError."""
    return _column(name)


@cache
def _column(name: str) -> Column:
    family, _, variant = name.partition(":")
    if variant and not FAMILIES[family].variants:
        raise KeyError(name)
    return FAMILIES[family].make(name, variant)


def heading(name: str, lang: str) -> str:
    """What a column is called: "cím (hu)", "title (hu)"; by its machine name in no language."""
    family, _, variant = name.partition(":")
    if lang not in ("hu", "en"):
        return name
    known = FIXED.get(name)
    if known is None:
        known = (FAMILIES[family].hu, FAMILIES[family].en)
    said = known[0 if lang == "hu" else 1]
    return f"{said} ({variant})" if variant else said


def named(heading: str) -> str:
    """The machine name of a heading in either language, an empty string for an unknown one."""
    told = heading.strip()
    if told in FIXED or _is_name(told):
        return told
    if found := _phrases().get(fold(told)):
        return found
    if parted := re.fullmatch(r"(.+?)\s*\(([a-z]{2,3}(?:-[A-Za-z0-9]+)*|[a-z_]+)\)", told):
        family = _phrases().get(fold(parted[1]), "")
        if family in FAMILIES and FAMILIES[family].variants:
            return f"{family}:{parted[2]}"
    return ""


def _is_name(told: str) -> bool:
    family, colon, variant = told.partition(":")
    known = FAMILIES.get(family)
    return known is not None and (not colon or (known.variants and bool(variant)))


@cache
def _phrases() -> dict[str, str]:
    told = {fold(said): name for name, pair in FIXED.items() for said in pair}
    return told | {
        fold(said): name for name, known in FAMILIES.items() for said in (known.hu, known.en)
    }


def core() -> list[str]:
    """The columns that every table has, empty or not."""
    return [
        f"{name}:{variant}" if variant else name
        for name, family in FAMILIES.items()
        for variant in family.core
    ]


def fill(draft: Draft, told: Mapping[str, str]) -> Draft:
    """Put cells into a draft, by machine name; a carrier of which nothing is left goes."""
    silent = [entry for entry in draft.carriers if _says_nothing(entry)]
    for name in ordered(told):
        _column(name).put(draft, told[name])
    draft.carriers = [e for e in draft.carriers if e in silent or not _says_nothing(e)]
    return draft


def _says_nothing(carrier: CarrierDraft) -> bool:
    return replace(carrier, id="") == CarrierDraft()


def filled(draft: Draft) -> dict[str, str]:
    """The cells of a draft that are not empty, by machine name."""
    shown = {name: _column(name).text(draft) for name in speaking(draft)}
    return {name: text for name, text in shown.items() if text}


def speaking(draft: Draft) -> set[str]:
    """The columns that may say something of this draft."""
    plain = {name for name, family in FAMILIES.items() if not family.variants}
    captions = {_variant(entry.type, entry.lang) for entry in draft.captions}
    subjects = {_scheme(entry.kind) for entry in draft.subjects}
    texts = (("alt", draft.alt), ("rights_note", draft.rights.rights_note),
             ("custody", draft.rights.custody))  # fmt: skip
    spoken = {_variant(name, lang) for name, said in texts for lang in said}
    return plain | {name for name in captions | subjects | spoken if _is_name(name)}


def ordered(names: Iterable[str]) -> list[str]:
    """Columns in the order of a table: by family, Hungarian before English before others."""
    places = {name: place for place, name in enumerate(FAMILIES)}
    first = {"": 0, "hu": 1, "en": 2}

    def key(name: str) -> tuple[int, int, str]:
        family, _, variant = name.partition(":")
        return places[family], first.get(variant, 3), variant

    return sorted(set(names), key=key)


def _variant(name: str, variant: str) -> str:
    family = "title" if name == TITLE else name
    return f"{family}:{variant}" if variant else family


def _scheme(kind: str) -> str:
    return _variant("subject", "" if kind in ("", "subject") else kind)


# --- how the families are made ---


def _splice(entries: list[Any], mine: Callable[[Any], bool], made: list[Any]) -> list[Any]:
    """Put new entries where the old ones of a column stood; the others keep their places."""
    waiting, found = list(made), []
    for entry in entries:
        if not mine(entry):
            found.append(entry)
        elif waiting:
            found.append(waiting.pop(0))
    return [*found, *waiting]


def _matched(
    old: list[Any],
    texts: list[str],
    said: Callable[[Any], str],
    become: Callable[[Any | None, str], Any],
) -> list[Any]:
    """An entry for each text: the one that says it already, else one that is left, else a new."""
    left = list(old)
    kept: list[Any] = []
    for text in texts:
        same = next((entry for entry in left if said(entry) == text), None)
        if same is not None:
            left.remove(same)
        kept.append(same)
    return [
        same if same is not None else become(left.pop(0) if left else None, text)
        for same, text in zip(kept, texts, strict=True)
    ]


def _entries(
    name: str,
    part: str,
    mine: Callable[[Any], bool],
    said: Callable[[Any], str],
    become: Callable[[Any | None, str], Any],
    *,
    semicolons: bool = False,
    wrong: Check = checks.nothing,
    is_date: bool = False,
) -> Column:
    """A column that lists some entries of one part of a draft."""

    def belongs(entry: Any) -> bool:
        return mine(entry) and bool(cells.tidy(said(entry)))

    def show(draft: Draft) -> str:
        told = [cells.tidy(said(entry)) for entry in getattr(draft, part) if mine(entry)]
        return cells.joined(filter(None, told), semicolons=semicolons) if told else ""

    def shape(cell: str) -> str:
        found = cells.parts(cell, semicolons=semicolons)
        return cells.joined(found, semicolons=semicolons)

    def put(draft: Draft, cell: str) -> None:
        entries = getattr(draft, part)
        old = [entry for entry in entries if belongs(entry)]
        texts = cells.parts(cell, semicolons=semicolons)
        made = _matched(old, texts, lambda entry: cells.tidy(said(entry)), become)
        setattr(draft, part, _splice(entries, belongs, made))

    def each(cell: str) -> Reason | None:
        found = (wrong(entry) for entry in cells.parts(cell, semicolons=semicolons))
        return next((reason for reason in found if reason), None)

    return Column(name, show, put, shape, each, is_date)


def _captions(kind: str) -> Make:
    def make(name: str, lang: str) -> Column:
        def become(old: CaptionDraft | None, text: str) -> CaptionDraft:
            if old is not None:
                return replace(old, text=text)
            return CaptionDraft(kind, lang, text, public=kind != "machine")

        made = _entries(
            name,
            "captions",
            lambda entry: (entry.type, entry.lang) == (kind, lang),
            lambda entry: str(entry.text),
            become,
        )
        return _one_preferred(made, lang) if kind == TITLE else made

    return make


def _one_preferred(made: Column, lang: str) -> Column:
    """The titles of a language; where none is preferred any more, the first is."""

    def put(draft: Draft, cell: str) -> None:
        if made.shape(cell) == made.text(draft):
            return
        made.put(draft, cell)
        at = [n for n, c in enumerate(draft.captions) if (c.type, c.lang) == (TITLE, lang)]
        if at and not any(draft.captions[n].preferred for n in at):
            draft.captions[at[0]] = replace(draft.captions[at[0]], preferred=True)

    return replace(made, put=put)


def _dates(role: str) -> Make:
    def become(old: DateDraft | None, text: str) -> DateDraft:
        if old is not None:
            return replace(old, display=text, edtf="")
        return DateDraft(text, role=role, preferred=role == "created")

    return lambda name, _variant: _entries(
        name,
        "dates",
        lambda entry: entry.role == role,
        lambda entry: str(entry.display or entry.edtf),
        become,
        is_date=True,
    )


def _links(part: str, role: str) -> Make:
    def become(_old: LinkDraft | None, text: str) -> LinkDraft:
        return LinkDraft(name=text, role=role)

    return lambda name, _variant: _entries(
        name,
        part,
        lambda entry: entry.role == role or part == "events",
        lambda entry: str(entry.name),
        become,
        semicolons=True,
    )


def _subjects(name: str, scheme: str) -> Column:
    kind = scheme or "subject"
    return _entries(
        name,
        "subjects",
        lambda entry: (entry.kind or "subject") == kind,
        lambda entry: str(entry.name),
        lambda _old, text: LinkDraft(name=text, kind=kind),
        semicolons=True,
    )


def _numbers(kind: str) -> Make:
    def become(old: IdentifierDraft | None, text: str) -> IdentifierDraft:
        return replace(old, value=text) if old is not None else IdentifierDraft(kind, text)

    return lambda name, _variant: _entries(
        name,
        "identifiers",
        lambda entry: entry.kind == kind,
        lambda entry: str(entry.value),
        become,
        semicolons=True,
    )


def _carrier(field: str, wrong: Check = checks.nothing) -> Make:
    """One value of each carrier, in the order of the carriers; an empty place is kept."""
    write, read = checks.CARRIER_FORMS.get(field, (str, str))

    def show(draft: Draft) -> str:
        values = (getattr(entry, field) for entry in draft.carriers)
        return cells.aligned(
            cells.tidy(write(value)) if value not in ("", None) else "" for value in values
        )

    def shape(cell: str) -> str:
        return cells.aligned(checks.same(field, entry) for entry in cells.places(cell))

    def put(draft: Draft, cell: str) -> None:
        told = cells.places(cell)
        number = max(len(told), len(draft.carriers))
        told += [""] * (number - len(told))
        held = [*draft.carriers, *(CarrierDraft() for _ in range(number - len(draft.carriers)))]
        empty = getattr(CarrierDraft(), field)
        draft.carriers = [
            _with(entry, field, text, empty) for entry, text in zip(held, told, strict=True)
        ]

    def _with(entry: CarrierDraft, name: str, text: str, empty: Any) -> CarrierDraft:
        value = getattr(entry, name)
        if text == (cells.tidy(write(value)) if value not in ("", None) else ""):
            return entry
        return replace(entry, **{name: read(text) if text else empty})

    def each(cell: str) -> Reason | None:
        found = (wrong(entry) for entry in cells.places(cell) if entry)
        return next((reason for reason in found if reason), None)

    return lambda name, _variant: Column(name, show, put, shape, each)


def _value(attribute: str, wrong: Check = checks.nothing) -> Make:
    """A text of the photograph itself."""

    def put(draft: Draft, cell: str) -> None:
        setattr(draft, attribute, cell)

    return lambda name, _variant: Column(
        name, lambda draft: str(getattr(draft, attribute)), put, wrong=wrong
    )


def _flag(attribute: str) -> Make:
    def put(draft: Draft, cell: str) -> None:
        setattr(draft, attribute, bool(cell))

    def show(draft: Draft) -> str:
        return checks.YES if getattr(draft, attribute) else ""

    return lambda name, _variant: Column(name, show, put, checks.yes_or_no, checks.is_yes_or_no)


def _right(
    attribute: str, shape: Callable[[str], str] = cells.tidy, wrong: Check = checks.nothing
) -> Make:
    """A value of rights or provenance."""

    def put(draft: Draft, cell: str) -> None:
        changed: dict[str, Any] = {attribute: cell}
        draft.rights = replace(draft.rights, **changed)

    return lambda name, _variant: Column(
        name, lambda draft: str(getattr(draft.rights, attribute)), put, shape, wrong
    )


def _retrieved(name: str, _variant: str) -> Column:
    def show(draft: Draft) -> str:
        day = draft.rights.publication_retrieved_on
        return day.isoformat() if day else ""

    def put(draft: Draft, cell: str) -> None:
        day = date.fromisoformat(cell) if cell else None
        draft.rights = replace(draft.rights, publication_retrieved_on=day)

    return Column(name, show, put, checks.day_shape, checks.is_day)


def _said(texts: Mapping[str, str], lang: str, cell: str) -> dict[str, str]:
    """Texts by language with one of them changed."""
    others = {key: text for key, text in texts.items() if key != lang}
    return {**texts, lang: cell} if cell else others


def _right_text(attribute: str) -> Make:
    def make(name: str, lang: str) -> Column:
        def put(draft: Draft, cell: str) -> None:
            told: dict[str, Any] = {attribute: _said(getattr(draft.rights, attribute), lang, cell)}
            draft.rights = replace(draft.rights, **told)

        return Column(name, lambda draft: getattr(draft.rights, attribute).get(lang) or "", put)

    return make


def _alt(name: str, lang: str) -> Column:
    def put(draft: Draft, cell: str) -> None:
        draft.alt = _said(draft.alt, lang, cell)

    return Column(name, lambda draft: draft.alt.get(lang) or "", put)


# --- the families, in the order of the table ---

_ALWAYS = ("",)
_BOTH = ("hu", "en")
_CAPTION_NAMES = {
    "archivist_title": ("cím", "title"),
    "archivist_description": ("leírás", "description"),
    "original_inscription": ("felirat a fényképen", "inscription"),
    "agency_caption": ("ügynökségi képaláírás", "agency caption"),
    "publication_caption": ("megjelent képaláírás", "caption as published"),
    "donor_account": ("az adományozó közlése", "donor’s account"),
    "witness_account": ("tanú közlése", "witness’s account"),
    "public_contribution": ("olvasó közlése", "told by a reader"),
    "machine": ("gépi leírás", "drafted by a machine"),
}
_AGENT_NAMES = {
    "creator": ("fényképész", "photographer"),
    "contributor": ("közreműködő", "contributor"),
    "agency": ("ügynökség", "agency"),
    "studio": ("műterem", "studio"),
    "publisher": ("kiadó", "publisher"),
    "depicted": ("ábrázolt személy", "person shown"),
    "donor": ("adományozó", "donor"),
    "owner": ("tulajdonos", "owner"),
    "rights_holder": ("jogosult személy", "person holding rights"),
    "licensor": ("engedélyező", "licensor"),
    "subject": ("akiről szól", "person it is about"),
}
_IDENTIFIER_NAMES = {
    "original_no": ("eredeti szám", "original number"),
    "former_no": ("korábbi szám", "former number"),
    "inventory_no": ("leltári szám", "inventory number"),
    "accession_no": ("gyarapodási szám", "accession number"),
    "source_id": ("szám a forrásban", "number at the source"),
}
_CARRIER_NAMES = {
    "kind": ("hordozó fajtája", "kind of carrier"),
    "inventory_no": ("hordozó leltári száma", "inventory number of the carrier"),
    "technique": ("technika", "technique"),
    "polarity": ("negatív vagy pozitív", "polarity"),
    "colour": ("szín", "colour"),
    "format": ("méret, formátum", "format"),
    "height_mm": ("kép magassága (mm)", "height of the image (mm)"),
    "width_mm": ("kép szélessége (mm)", "width of the image (mm)"),
    "sheet_height_mm": ("lap magassága (mm)", "height of the sheet (mm)"),
    "sheet_width_mm": ("lap szélessége (mm)", "width of the sheet (mm)"),
    "condition": ("állapot (0–4)", "condition (0–4)"),
    "condition_note": ("állapotleírás", "note on the condition"),
    "condition_on": ("állapotfelvétel napja", "condition seen on"),
    "location": ("raktári hely", "shelf mark"),
    "note": ("megjegyzés a hordozóról", "note on the carrier"),
}
_CORE_CAPTIONS = {"archivist_title": _BOTH, "archivist_description": _BOTH}
_CORE_AGENTS = frozenset({"creator", "agency", "depicted", "donor"})
_CORE_NUMBERS = frozenset({"original_no", "inventory_no"})
_CORE_CARRIERS = frozenset({"technique", "format", "location"})


def _agent_column(role: str) -> str:
    return {"rights_holder": "rights_person", "subject": "about"}.get(role, role)


FAMILIES: dict[str, Family] = {
    "ref_code": Family("jelzet", "reference code", _value("ref_code", checks.short), _ALWAYS),
    "frame": Family("kocka", "frame", _value("frame", checks.frame)),
    **{
        kind: Family(*_IDENTIFIER_NAMES[kind], _numbers(kind), _ALWAYS * (kind in _CORE_NUMBERS))
        for kind in IDENTIFIER_KINDS
    },
    **{
        "title" if kind == TITLE else kind: Family(
            *_CAPTION_NAMES[kind], _captions(kind), _CORE_CAPTIONS.get(kind, ()), variants=True
        )
        for kind in CAPTION_TYPES
    },
    "alt": Family("szöveges megfelelő", "text alternative", _alt, variants=True),
    "date": Family("dátum", "date", _dates("created"), _ALWAYS),
    "undated": Family("keltezetlen", "undated", _flag("undated"), _ALWAYS),
    "date_published": Family("megjelenés ideje", "date published", _dates("published")),
    "date_digitised": Family("digitalizálás ideje", "date digitised", _dates("digitised")),
    **{
        _agent_column(role): Family(
            *_AGENT_NAMES[role], _links("agents", role), _ALWAYS * (role in _CORE_AGENTS)
        )
        for role in AGENT_ROLES
    },
    "creator_unknown": Family(
        "a fényképész ismeretlen", "photographer unknown", _flag("creator_unknown"), _ALWAYS
    ),
    "place": Family("hely", "place", _links("places", "shown"), _ALWAYS),
    "camera_place": Family("a felvétel helye", "place of the camera", _links("places", "camera")),
    "event": Family("esemény", "event", _links("events", ""), _ALWAYS),
    "subject": Family("tárgyszó", "subject", _subjects, _ALWAYS, variants=True),
    **{
        f"carrier_{field}": Family(
            *_CARRIER_NAMES[field],
            _carrier(field, checks.CARRIER.get(field, checks.nothing)),
            _ALWAYS * (field in _CORE_CARRIERS),
        )
        for field in _CARRIER_NAMES
    },
    "rights_statement": Family(
        "jogi státusz",
        "rights statement",
        _right("rights_statement", checks.statement_shape, checks.is_statement),
        _ALWAYS,
    ),
    "rights_note": Family(
        "jogi megjegyzés", "rights note", _right_text("rights_note"), variants=True
    ),
    "rights_holder": Family("jogosult", "rights holder", _right("rights_holder"), _ALWAYS),
    "credit_line": Family("forrásmegjelölés", "credit line", _right("credit_line"), _ALWAYS),
    "source": Family("forrás", "source", _right("source"), _ALWAYS),
    "acquisition": Family("szerzeményezés", "acquisition", _right("acquisition")),
    "custody": Family("őrzéstörténet", "custody history", _right_text("custody"), variants=True),
    "publication_publisher": Family(
        "eredetileg közölte", "originally published by", _right("publication_publisher")
    ),
    "publication_title": Family("kiadvány", "publication", _right("publication_title")),
    "publication_date": Family(
        "kiadvány dátuma",
        "date of the publication",
        _right("publication_date", wrong=checks.date_words),
    ),
    "publication_address": Family(
        "webcím", "web address", _right("publication_address", wrong=checks.is_address)
    ),
    "publication_retrieved_on": Family("letöltés napja", "retrieved on", _retrieved),
    "notes": Family("belső megjegyzés", "staff note", _value("notes"), _ALWAYS),
}

# Shown so that a person finds their way; what is changed in them is not taken over.
FIXED: dict[str, tuple[str, str]] = {
    "id": ("azonosító", "identifier"),
    "unit": ("leírási egység", "unit"),
    "state": ("feldolgozottság", "state"),
    "file": ("fájlnév", "file name"),
    "edtf": ("dátum (EDTF)", "date (EDTF)"),
}
