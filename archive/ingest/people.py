"""Lists of people and bodies: rows of any spreadsheet become agents of the authority file.

Columns are known by their headings; several rows with one number are one person. What is taken
over adds and corrects nothing that a person has written here. The invariants: one change set, a
second run of the same list changes nothing, and every row has an outcome.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import dates, db, history, settings
from archive.catalogue.authorities import agent_key, all_names, fold, keeping
from archive.catalogue.authorities.identifiers import FILES, NotAnIdentifier
from archive.catalogue.authorities.life import read_life, span
from archive.catalogue.authorities.personal_names import family_first, plain, share_of_given
from archive.catalogue.authorities.validity import bare
from archive.catalogue.models import Agent
from archive.catalogue.refusals import Refused
from archive.history import Actor
from archive.ingest import spreadsheet
from archive.ingest.words import Unreadable

OUTCOMES = ("new", "changed", "unchanged", "refused")
HEADINGS = {
    "name": "name label itemlabel preferredname authorizedformofname personlabel agent artist "
    "photographer creator nev elsodlegesnev fenykepesz szerzo",
    "family": "family familyname lastname surname lastnamelabel familynamelabel vezeteknev "
    "csaladnev",
    "given": "given givenname firstname forename givennamelabel firstnamelabel keresztnev utonev",
    "life": "life lifedates dates datesofexistence eletevek",
    "born": "born birth birthdate birthyear dateofbirth szuletett szuletes szuletesiev",
    "died": "died death deathdate deathyear dateofdeath meghalt halalozas halaleve elhunyt",
    "kind": "kind type typeofentity entitytype fajta tipus",
    "note": "note description itemdescription history biography megjegyzes leiras eletrajz",
    "others": "othernames altlabel itemaltlabel aliases variants nevvaltozatok masnevek "
    "otherformsofname paralellformsofname parallelformsofname",
    "sources": "source sources forras forrasok",
    "item": "item person agenturi qid wikidataid wikidata",
    "viaf": "viaf viafid", "ulan": "ulan ulanid", "isni": "isni isniid", "gnd": "gnd gndid",
    "loc": "loc lccn lcnaf locid",
}  # fmt: skip
KINDS_OF = {
    "person": "person szemely human ember",
    "corporate": "corporate corporatebody body organisation organization testulet szervezet",
    "family": "family csalad",
}
_NO_DAY = re.compile(r"(\d{4})-01-01T00:00:00Z?")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})T00:00:00Z?")
_UNKNOWN = re.compile(r"\S*(?:\.well-known/genid|_:)\S*")
_YEARS_FIRST = re.compile(r"^\(?\s*\d{4}\s*[-–]+\s*(?:\d{4}|\?)?\s*\)\s*")
_NUMBER = re.compile(r"Q\d+")
_HUNGARIAN = re.compile(r"[áéíóöőúüűÁÉÍÓÖŐÚÜŰ]|magyar|fotográfus|festő", re.IGNORECASE)


@dataclass
class Person:
    """One person or body as a list says it; `rows` are where."""

    rows: list[int]
    name: str = ""
    kind: str = "person"
    life: str = ""
    note: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    identifiers: dict[str, str] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)
    reason: str = ""
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What became of one person; `reason` is a code of `words` with its values."""

    rows: tuple[int, ...]
    name: str
    outcome: str
    reason: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    id: str = ""


@dataclass(frozen=True)
class Report:
    """What became of a list; `columns` tells what each heading was taken for."""

    columns: dict[str, str]
    outcomes: list[Outcome]
    change_set: str

    def counts(self) -> dict[str, int]:
        return {
            name: sum(outcome.outcome == name for outcome in self.outcomes) for name in OUTCOMES
        }


class _Rehearsal(Exception):
    """Ends a dry run, so that nothing of it is written."""


def columns_of(headings: Iterable[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """What each heading means; `given` (heading to target) goes first, "" leaves one out."""
    known = {word: target for target, words in HEADINGS.items() for word in words.split()}
    chosen = dict(given or {})
    found: dict[str, str] = {}
    for heading in headings:
        target = chosen.get(heading, known.get(fold(heading).replace(" ", ""), ""))
        if target and target not in found.values():
            found[heading] = target
    return found


def take_over(
    actor: Actor,
    path: Path,
    *,
    source: str = "",
    columns: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> Report:
    """Take a list of people over. Raises Unreadable with the reason."""
    sheet = spreadsheet.read(path, settings.current())
    meant = columns_of(sheet.headings, columns)
    if not {"name", "family"} & set(meant.values()):
        raise Unreadable("no_column_of_names", name=path.name)
    people = read(sheet.rows, meant, source)
    outcomes: list[Outcome] = []
    written = ""
    try:
        with history.change(actor, "import_authorities", reason=source) as change_set:
            outcomes += _Taking(db.session()).run(people)
            if dry_run:
                raise _Rehearsal
            written = change_set.public_id
    except _Rehearsal:
        pass
    changed = any(outcome.outcome in ("new", "changed") for outcome in outcomes)
    return Report(meant, outcomes, written if changed else "")


def read(rows: list[spreadsheet.Row], columns: dict[str, str], source: str) -> list[Person]:
    """The people of a list, each once, in the order of their first rows."""
    told = [
        (row.number, {columns[name]: text for name, text in row.cells.items() if name in columns})
        for row in rows
    ]
    swapped = _are_swapped([cells for _number, cells in told])
    found: dict[str, Person] = {}
    for number, cells in told:
        person = _person(number, _put_right(cells) if swapped else cells, source)
        key = next((f"{c}:{n}" for c, n in person.identifiers.items()), f"row:{number}")
        if key in found and not found[key].reason:
            _add_row(found[key], person)
        else:
            found[key if key not in found else f"row:{number}"] = person
    return list(found.values())


def _are_swapped(told: list[dict[str, str]]) -> bool:
    """Whether the columns of family and given names stand under each other's heading."""
    family = [cells["family"] for cells in told if "family" in cells]
    given = [cells["given"] for cells in told if "given" in cells]
    return bool(family and given) and share_of_given(family) > share_of_given(given)


def _put_right(cells: dict[str, str]) -> dict[str, str]:
    return {**cells, "family": cells.get("given", ""), "given": cells.get("family", "")}


def _person(number: int, cells: dict[str, str], source: str) -> Person:
    """A person from one row; `reason` says why it cannot be one."""
    family, given = cells.get("family", ""), cells.get("given", "")
    written = cells.get("name") or f"{family} {given}".strip()
    kind = _kind(cells.get("kind", ""))
    person = Person([number], kind=kind, sources=[source] if source else [])
    if not written or _NUMBER.fullmatch(written):
        person.reason = "person_without_name"
        return person
    is_person = kind == "person"
    person.name = family_first(written, family=family, given=given) if is_person else written
    others = (plain(written), *_split(cells.get("others", "")))
    person.others = [name for name in others if name != person.name]
    person.sources += _split(cells.get("sources", ""))
    _read_note(person, cells.get("note", ""))
    _read_life(person, cells)
    _read_numbers(person, cells)
    return person


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[|;\n]", text) if part.strip()]


def _kind(text: str) -> str:
    word = fold(text).replace(" ", "")
    return next((kind for kind, words in KINDS_OF.items() if word in words.split()), "person")


def _read_note(person: Person, text: str) -> None:
    note = _YEARS_FIRST.sub("", text).strip(" ,;")
    if note:
        person.note = {"hu" if _HUNGARIAN.search(note) else "en": note}


def _read_life(person: Person, cells: dict[str, str]) -> None:
    sides = [_date(cells.get(side, "")) for side in ("born", "died")]
    if "life" in cells and not any(sides):
        reading = read_life(cells["life"])
        if not reading.ok:
            person.reason, person.params = "person_date_unread", {"text": cells["life"]}
        person.life = reading.edtf or ""
        return
    for text, edtf in zip((cells.get("born", ""), cells.get("died", "")), sides, strict=True):
        if edtf is None:
            person.reason, person.params = "person_date_unread", {"text": text}
            return
    born, died = (edtf or "" for edtf in sides)
    if _year(born) and _year(died) and _year(died) < _year(born):
        person.reason, person.params = "died_before_born", {"born": born, "died": died}
        return
    person.life = span(born, died)


def _date(text: str) -> str | None:
    """A date in EDTF, "" where there is none; None where it cannot be read.

    Wikidata writes a year as its first day, so that a first of January is taken for its year.
    """
    if not text or _UNKNOWN.fullmatch(text):
        return ""
    if found := _NO_DAY.fullmatch(text):
        return found[1]
    if found := _DAY.fullmatch(text):
        return found[1]
    reading = dates.read(text)
    return (reading.edtf or "") if reading.ok else None


def _read_numbers(person: Person, cells: dict[str, str]) -> None:
    for column, code in (("item", "wikidata"), *((code, code) for code in FILES)):
        text = cells.get(column, "")
        if not text or code in person.identifiers:
            continue
        try:
            person.identifiers[code] = FILES[code].clean(text)
        except NotAnIdentifier:
            person.reason = "identifier_wrong"
            person.params = {"file": FILES[code].label, "text": text}


def _add_row(person: Person, more: Person) -> None:
    """Another row of the same number: what it adds, and of two dates the closer one."""
    if more.reason:
        return
    person.rows += more.rows
    others = [more.name, *more.others]
    person.others += [name for name in others if name not in (person.name, *person.others)]
    person.note = {**more.note, **person.note}
    person.life = _closer(person.life, more.life)


def _closer(one: str, other: str) -> str:
    """Of each side of two lives the one that says more of the same year; the first in doubt."""
    if not one or not other or "/" not in one or "/" not in other:
        return one or other
    sides = zip(one.split("/", 1), other.split("/", 1), strict=True)
    return "/".join(b if not a or (b.startswith(a) and len(b) > len(a)) else a for a, b in sides)


class _Taking:
    """People of a list being found in the archive, or added."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.by_number: dict[tuple[str, str], Agent] = {}
        self.by_name: dict[str, list[Agent]] = {}
        for row in session.scalars(select(Agent).where(Agent.merged_into_id.is_(None))):
            self._know(row)

    def _know(self, row: Agent) -> None:
        for number in row.identifiers.items():
            self.by_number.setdefault(number, row)
        for key in {agent_key(name) for name in all_names(row)}:
            rows = self.by_name.setdefault(key, [])
            if row not in rows:
                rows.append(row)

    def run(self, people: list[Person]) -> Iterator[Outcome]:
        for person in people:
            yield self._take(person)
        self.session.flush()

    def _take(self, person: Person) -> Outcome:
        rows = tuple(person.rows)
        if person.reason:
            return Outcome(rows, person.name, "refused", person.reason, person.params)
        found = self._found(person)
        if len(found) > 1:
            return Outcome(rows, person.name, "refused", "several_have_the_name")
        row = found[0] if found else Agent(name=person.name, kind=person.kind)
        before = _said(row) if found else None
        try:
            keeping.write(self.session, row, joined(row if found else None, person))
        except Refused as error:
            if found:
                self.session.refresh(row)
            return Outcome(rows, person.name, "refused", error.code, error.params)
        self.session.add(row)
        self.session.flush()
        self._know(row)
        outcome = "new" if before is None else "unchanged" if before == _said(row) else "changed"
        return Outcome(rows, row.name, outcome, id=row.public_id)

    def _found(self, person: Person) -> list[Agent]:
        """By a number they share, else by name where no date and no number speaks against it."""
        numbers = (self.by_number.get(number) for number in person.identifiers.items())
        if (row := next((row for row in numbers if row is not None), None)) is not None:
            return [row]
        namesakes = self.by_name.get(agent_key(person.name), [])
        return [row for row in namesakes if _may_be(row, person)]


def joined(row: Agent | None, person: Person) -> dict[str, Any]:
    """The columns of an agent once the list has spoken: it fills what is empty."""
    if row is None:
        return {
            "name": person.name,
            "kind": person.kind,
            "dates": person.life,
            "note": person.note,
            "identifiers": person.identifiers,
            "sources": "\n".join(dict.fromkeys(person.sources)),
            "forms": [bare(name) for name in person.others],
        }
    known = {agent_key(name) for name in all_names(row)}
    told = set(all_names(row))
    new = [name for name in (person.name, *person.others) if name not in told]
    lines = [*row.sources.splitlines(), *person.sources]
    return {
        "dates": _closer(row.dates, person.life) if row.dates else person.life,
        "note": {**person.note, **row.note},
        "identifiers": {**person.identifiers, **row.identifiers},
        "sources": "\n".join(dict.fromkeys(lines)),
        "forms": [*row.forms, *(bare(name) for name in new if agent_key(name) not in known)],
    }


def _may_be(row: Agent, person: Person) -> bool:
    for code, number in person.identifiers.items():
        if row.identifiers.get(code, number) != number:
            return False
    years = zip(_years(row.dates), _years(person.life), strict=True)
    return all(not a or not b or abs(int(a) - int(b)) <= 1 for a, b in years)


def _years(life: str) -> tuple[str, str]:
    born, _slash, died = life.partition("/")
    return _year(born), _year(died)


def _year(edtf: str) -> str:
    found = re.match(r"\d{4}", edtf)
    return found[0] if found else ""


def _said(row: Agent) -> tuple[Any, ...]:
    return (row.name, row.dates, row.note, row.identifiers, row.sources, row.forms, row.names)
