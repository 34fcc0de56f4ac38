"""Reports as tables: what each is called, what to do about it, how many lines, and the lines.

Pages show them, the command line prints them, spreadsheets open them. The invariant: no cell of a
table begins a formula, so that opening it runs nothing that somebody wrote into a caption.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive import words
from archive.accounts.models import Person
from archive.catalogue import contradictions, gaps
from archive.catalogue.contradictions import Contradiction, ContradictionRow
from archive.catalogue.models import Image, RecordRow, Unit
from archive.history import Actor
from archive.ingest.roundtrip.cells import guarded
from archive.search import misses
from archive.workbench.reports import doings, wanted

CHUNK = 500
WANTED = 100
MOST = 100_000
WHO = {"hu": ("Ön", "program", "mindenki"), "en": ("you", "program", "everybody")}
PHOTOGRAPH = ("identifier", "reference code", "collection", "state", "title", "date")
Cells = list[str]
# The columns and states in Hungarian; in English they are called what they are.
HUNGARIAN = {
    "identifier": "azonosító",
    "reference code": "jelzet",
    "collection": "egység",
    "state": "állapot",
    "title": "cím",
    "date": "dátum",
    "rule": "szabály",
    "contradiction": "ellentmondás",
    "words": "szavak",
    "times": "hányszor",
    "first": "először",
    "last": "utoljára",
    "looked for": "mit keresett",
    "known of it": "mit tud róla",
    "on": "mikor",
    "times wanted": "hányszor keresték",
    "searches": "keresések",
    "licence requests": "engedélykérelmek",
    "month": "hónap",
    "who": "ki",
    "described": "leírva",
    "published": "közzétéve",
    "received": "beérkezett",
    "merged": "összevonva",
    "undone": "visszavonva",
}
STATES_HU = {
    "draft": "vázlat",
    "in_review": "ellenőrzés alatt",
    "published": "közzétéve",
    "withdrawn": "visszavonva",
}


class UnknownReport(LookupError):
    """There is no report of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no report called {name}; the reports are {', '.join(REPORTS)}.")
        self.name = name


@dataclass(frozen=True)
class Report:
    """One report. `title` and `advice` take a language; `count` is what the overview shows."""

    name: str
    title: Callable[[str], str]
    advice: Callable[[str], str]
    columns: tuple[str, ...]
    count: Callable[[Session], int]
    lines: Callable[[Session, Actor, str], Iterable[Cells]]


@dataclass(frozen=True)
class Line:
    """A photograph in a report."""

    image_id: int
    public_id: str
    ref_code: str
    unit: str
    state: str
    record: dict[str, Any]
    dates: list[dict[str, Any]]

    def cells(self, lang: str) -> Cells:
        """The columns of `PHOTOGRAPH`."""
        shown = words.date_in_words(self.dates[0], lang) if self.dates else ""
        title = words.pick(self.record["title"], lang)
        state = STATES_HU[self.state] if lang == "hu" else self.state
        return [self.public_id, self.ref_code, self.unit, state, title, shown]


def report(name: str) -> Report:
    """Raises UnknownReport."""
    if name not in REPORTS:
        raise UnknownReport(name)
    return REPORTS[name]


def table(session: Session, name: str, actor: Actor, lang: str) -> Iterator[Cells]:
    """The heading and the lines of a report, as cells that run nothing. Raises UnknownReport."""
    chosen = report(name)
    yield list(chosen.columns)
    for cells in chosen.lines(session, actor, lang):
        yield [guarded(cell) for cell in cells]


def headings(columns: Iterable[str], lang: str) -> Cells:
    """The columns of a report as a reader of this language calls them."""
    return [HUNGARIAN[column] if lang == "hu" else column for column in columns]


def lines_of(session: Session, keys: Iterable[int]) -> list[Line]:
    """These photographs, in the order of their keys given."""
    keys = list(keys)
    rows = session.execute(
        select(Image, Unit.ref_code, RecordRow.own)
        .join(Unit, Unit.id == Image.unit_id)
        .join(RecordRow, RecordRow.image_id == Image.id)
        .where(Image.id.in_(keys))
    )
    made = {image.id: _line(image, unit, own) for image, unit, own in rows}
    return [made[key] for key in keys if key in made]


def _line(image: Image, unit: str, own: dict[str, Any]) -> Line:
    created = [entry for entry in own["dates"] if entry["role"] == "created"]
    return Line(image.id, image.public_id, image.ref_code, unit, image.state, own, created)


def _lacking(code: str) -> Callable[[Session, Actor, str], Iterable[Cells]]:
    def lines(session: Session, _actor: Actor, lang: str) -> Iterator[Cells]:
        last = 0
        while chunk := gaps.listed(session, code, limit=CHUNK, after=last):
            last = chunk[-1].id
            for line in lines_of(session, [image.id for image in chunk]):
                yield line.cells(lang)

    return lines


def contradictory(
    session: Session, *, rule: str = "", limit: int = CHUNK, after: int = 0
) -> list[tuple[Line, list[Contradiction]]]:
    """Photographs with what they say against themselves, in order of their keys."""
    query = select(ContradictionRow.image_id).where(ContradictionRow.image_id > after)
    if rule:
        query = query.where(ContradictionRow.rule == rule)
    shown = query.where(ContradictionRow.image_id == Image.id, gaps.fitting("contradictory"))
    keys = session.scalars(shown.distinct().order_by(ContradictionRow.image_id).limit(limit)).all()
    found = contradictions.of_images(session, keys)
    return [(line, found[line.image_id]) for line in lines_of(session, keys)]


def by_rule(session: Session) -> dict[str, int]:
    """How many photographs break each rule."""
    number = func.count(ContradictionRow.image_id.distinct())
    query = select(ContradictionRow.rule, number).group_by(ContradictionRow.rule)
    found = dict(session.execute(query).all())
    return {rule: found[rule] for rule in contradictions.RULES if rule in found}


def _contradictory(session: Session, _actor: Actor, lang: str) -> Iterator[Cells]:
    last = 0
    while chunk := contradictory(session, after=last):
        last = chunk[-1][0].image_id
        for line, found in chunk:
            for contradiction in found:
                rule = contradictions.RULES[contradiction.rule].name["hu" if lang == "hu" else "en"]
                yield [*line.cells(lang), rule, contradiction.sentence(lang)]


def _searches(session: Session, _actor: Actor, _lang: str) -> Iterator[Cells]:
    for miss in misses.unsettled(session, limit=MOST):
        yield [miss.words, str(miss.count), _day(miss.first_at), _day(miss.last_at)]


def _wishes(session: Session, _actor: Actor, _lang: str) -> Iterator[Cells]:
    """How to reach who told it stays on the page: a file is passed on too easily."""
    for wish in misses.wishes(session, limit=MOST):
        yield [wish.words, wish.told, _day(wish.at)]


def _wanted(session: Session, _actor: Actor, lang: str) -> Iterator[Cells]:
    ranked = wanted.most_wanted(session, limit=WANTED)
    lines = lines_of(session, [entry.image_id for entry in ranked])
    for entry, line in zip(ranked, lines, strict=True):
        searched = "; ".join(f"{text} ({count})" for text, count in entry.searches)
        yield [*line.cells(lang), str(entry.times), searched, str(entry.requests)]


def _work(session: Session, actor: Actor, lang: str) -> Iterator[Cells]:
    months = doings.months(session, actor)
    names = names_of(session, doings.people_of(months))
    you, program, everybody = WHO["hu" if lang == "hu" else "en"]
    for month in months:
        sums = [(you, month.own)] if actor.person_id else []
        sums += [(names.get(key, program), did) for key, did in month.by_person.items()]
        for who, did in [*sums, (everybody, month.everybody)]:
            yield [f"{month.first:%Y-%m}", who, *(str(did[doing]) for doing in doings.DOINGS)]


def names_of(session: Session, keys: set[int]) -> dict[int | None, str]:
    """Accounts by their names, those without one by their addresses."""
    people = session.scalars(select(Person).where(Person.id.in_(keys)))
    return {person.id: person.name or person.email for person in people}


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


def _named(texts: dict[str, str]) -> Callable[[str], str]:
    return lambda lang: texts["hu" if lang == "hu" else "en"]


def _told(hu: str, en: str) -> Callable[[str], str]:
    return _named({"hu": hu, "en": en})


def _of_gap(gap: gaps.Gap) -> Report:
    return Report(
        gap.code,
        _named(gap.name),
        _named(gap.advice),
        PHOTOGRAPH,
        lambda session: gaps.count(session, gap.code),
        _lacking(gap.code),
    )


def _contradictions() -> Report:
    gap = gaps.gap("contradictory")
    columns = (*PHOTOGRAPH, "rule", "contradiction")
    count = _of_gap(gap).count
    return Report(gap.code, _named(gap.name), _named(gap.advice), columns, count, _contradictory)


READERS = (
    Report(
        "searches",
        _told("Eredménytelen keresések", "Searches that found nothing"),
        _told(
            "Nézze meg, nem illenek-e e szavak olyan fényképre, amelynek leírása ezt másként "
            "mondja, vagy még nem mondja.",
            "See whether the words fit a photograph whose description says so otherwise, or not "
            "yet.",
        ),
        ("words", "times", "first", "last"),
        misses.number,
        _searches,
    ),
    Report(
        "wishes",
        _told("Amit az olvasók elmondtak", "What readers told us"),
        _told(
            "Olvassa el, mit kerestek; válaszoljon annak, aki elérhetőséget hagyott; zárja le.",
            "Read what they were looking for; answer those who left an address; settle it.",
        ),
        ("looked for", "known of it", "on"),
        misses.number_of_wishes,
        _wishes,
    ),
    Report(
        "wanted",
        _told("A legkeresettebbek", "Most wanted"),
        _told(
            "Ezeket írja le vagy tegye közzé először: keresik őket, de nem találják.",
            "Describe or publish these first: people ask for them and cannot find them.",
        ),
        (*PHOTOGRAPH, "times wanted", "searches", "licence requests"),
        lambda session: len(wanted.most_wanted(session, limit=WANTED)),
        _wanted,
    ),
)
WORK = Report(
    "work",
    _told("Elvégzett munka", "Work done"),
    _told(
        "Amit Ön és az egész archívum végzett, hónapról hónapra.",
        "What you and the whole archive did, month by month.",
    ),
    ("month", "who", *doings.DOINGS),
    doings.acts_this_month,
    _work,
)
REPORTS: dict[str, Report] = {
    found.name: found
    for found in (
        *(_of_gap(gap) for gap in gaps.GAPS.values()),
        _contradictions(),
        *READERS,
        WORK,
    )
}
