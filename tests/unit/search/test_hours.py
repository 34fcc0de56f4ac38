"""Dates down to the hour: what certainly and what possibly falls there, beside looking at each.

Documents and questions are drawn around 1956 as people write them, each with its first and last
hour from the calendar of the standard library and not from `archive.dates`.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from archive.search.engine import SearchEngine
from archive.search.query import parse
from archive.search.whoosh_engine import WhooshEngine

NewEngine = Callable[..., SearchEngine]
Span = tuple[datetime, datetime]
MONTHS = ("január", "február", "március", "április", "május", "június", "július", "augusztus",
          "szeptember", "október", "november", "december")  # fmt: skip
ENGLISH = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
HOUR = timedelta(hours=1)
START = datetime(1956, 1, 1, tzinfo=UTC)


def day(at: datetime) -> str:
    return f"{at.year}. {MONTHS[at.month - 1]} {at.day}."


def english(at: datetime) -> str:
    return f"{at.day} {ENGLISH[at.month - 1]} {at.year}"


def whole_day(at: datetime) -> Span:
    return at.replace(hour=0), at.replace(hour=23)


def until(first: datetime, following: datetime) -> Span:
    """From an hour to the last one before another."""
    return first, following - HOUR


def written(at: datetime, more: int) -> list[tuple[str, Span]]:
    """Ways to write down a moment, `more` hours or days after it, or a wider time around it."""
    later = min(at + more * HOUR, at.replace(hour=23))
    next_month = (at.replace(day=1, hour=0) + timedelta(days=32)).replace(day=1)
    days_on = at + timedelta(days=more)
    return [
        (f"{at:%Y-%m-%dT%H}", (at, at)),
        (f"{at:%Y-%m-%dT%H}:30", (at, at)),
        (f"{day(at)} {at.hour} óra", (at, at)),
        (f"{english(at)}, {at:%H}:00", (at, at)),
        (f"{at:%Y-%m-%d}", whole_day(at)),
        (day(at), whole_day(at)),
        (f"{at:%Y-%m-%d}..{days_on:%Y-%m-%d}", (whole_day(at)[0], whole_day(days_on)[1])),
        (f"{at:%Y-%m}", until(at.replace(day=1, hour=0), next_month)),
        (f"{at.year}", until(START.replace(year=at.year), START.replace(year=at.year + 1))),
        (f"{at:%Y-%m-%dT%H}..{days_on:%Y-%m-%dT%H}", (at, days_on)),
        (f"{day(at)} {at.hour}–{later.hour} óra", (at, later)),
        (f"{day(at)} {at.hour} órától {later.hour} óráig", (at, later)),
        (f"{day(at)} {at.hour} és {later.hour} óra között", (at, later)),
        (f"{english(at)}, from {at.hour} to {later.hour}", (at, later)),
        (f"{day(at)} {at.hour} óra..{day(days_on)} {days_on.hour} óra", (at, days_on)),
    ]  # fmt: skip


STATED = (1, 2, 3, 4, 5, 7, 8)  # of these, what the date of a photograph may be


def drawn(random: Random) -> list[tuple[str, Span]]:
    at = START.replace(month=10, day=20) + random.randrange(14 * 24) * HOUR
    return written(at, random.randrange(6))


@pytest.fixture(scope="module")
def photographs() -> dict[str, tuple[str, Span]]:
    random = Random(1956)
    made = [random.choice([drawn(random)[number] for number in STATED]) for _ in range(240)]
    return {f"x{number}": stated for number, stated in enumerate(made)}


@pytest.mark.parametrize("form", range(15))
def test_certain_and_possible_are_those_that_looking_at_each_finds(
    form: int,
    photographs: dict[str, tuple[str, Span]],
    engine: SearchEngine,
) -> None:
    random = Random(form)
    for _ in range(12):
        text, (first, last) = drawn(random)[form]
        for asked in ({"q": f'date:"{text}"'}, {"date": text}, {"q": f"fénykép {text}"}):
            if asked.get("q", "").startswith("fénykép") and form == 8:
                continue  # a year alone is a word of the text as well
            found = engine.find(parse({**asked, "limit": "200"}), "public")
            when = {hit.id: hit.when for hit in found.hits}
            expected = {
                name: "certain" if first <= begin and end <= last else "possible"
                for name, (_, (begin, end)) in photographs.items()
                if begin <= last and end >= first
            }
            assert found.total == len(expected), (asked, text)
            assert all(expected[name] == said for name, said in when.items()), (asked, text)


@pytest.fixture(scope="module")
def engine(
    photographs: dict[str, tuple[str, Span]],
    tmp_path_factory: pytest.TempPathFactory,
    analyzer: Any,
    made: Any,
    parts: Any,
) -> SearchEngine:
    documents = [made(name, "fénykép", dates=[parts.date(text)])
                 for name, (text, _) in photographs.items()]  # fmt: skip
    documents.append(made("undated", "fénykép"))
    made_anew = WhooshEngine(tmp_path_factory.mktemp("hours"), analyzer)
    with made_anew.begin_rebuild() as rebuild:
        rebuild.add(documents)
        rebuild.swap(1)
    return made_anew


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("date:1956-10-25T11", "possible"),
        ("date:1956-10 date:1956-10-25T11", "possible"),
        ("date:1956-10 OR date:1956-10-25T11", "certain"),
        ("híd OR date:1949", ""),
        ("date:1956-10-25", "certain"),
        ("híd", ""),
        ("híd -date:1949", ""),
    ],
)
def test_several_dates_of_a_query_are_weighed_together(
    new_engine: NewEngine, made: Any, parts: Any, asked: str, said: str
) -> None:
    engine = new_engine([made("x", "híd", dates=[parts.date("1956-10-25")])])
    (hit,) = engine.find(parse(asked), "public").hits
    assert hit.when == said
