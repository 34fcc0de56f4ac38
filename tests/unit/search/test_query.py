"""What is typed and what it means; whatever is typed means something."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.documents import FIRST_HOUR, LAST_HOUR
from archive.search.query import parse
from archive.search.tree import (
    And,
    Everything,
    Field,
    Fuzzy,
    Guards,
    Identifier,
    Node,
    Not,
    Or,
    Overlap,
    Phrase,
    Prefix,
    Term,
)


def tree(text: str) -> Node:
    return parse(text).tree


def codes(asked: Any, **more: Any) -> list[str]:
    return [notice.code for notice in parse(asked, **more).notices]


def span(first: tuple[int, int, int], last: tuple[int, int, int]) -> Overlap:
    return Overlap(date(*first).toordinal() * 24, date(*last).toordinal() * 24 + 23)


A, B, C = Term("alma"), Term("béka"), Term("csiga")


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("", Everything()),
        ("   ", Everything()),
        ("Alma", A),
        ("alma béka", And((A, B))),
        ("alma AND béka", And((A, B))),
        ("alma ÉS béka", And((A, B))),
        ("alma OR béka", Or((A, B))),
        ("alma VAGY béka csiga", Or((A, And((B, C))))),
        ("(alma OR béka) csiga", And((Or((A, B)), C))),
        ("alma NOT béka", And((A, Not(B)))),
        ("alma NEM béka", And((A, Not(B)))),
        ("alma -béka", And((A, Not(B)))),
        ("NOT alma", And((Everything(), Not(A)))),
        ("-alma", And((Everything(), Not(A)))),
        ("+alma", A),
        ("alma - béka", And((A, B))),
        ("alma ! béka", And((A, B))),
        ("person: Nagy", Field("person", Term("nagy"))),
        ("alma és béka", And((A, B))),
        ("és", Term("és")),
        ("nem alma", And((Term("nem"), A))),
        ('"Corvin köz"', Phrase(("corvin", "köz"))),
        ("„Corvin köz”", Phrase(("corvin", "köz"))),
        ('-"Corvin köz"', And((Everything(), Not(Phrase(("corvin", "köz")))))),
        ("alm*", Prefix("alm")),
        ("almma~", Fuzzy("almma", 1)),
        ("Kossuth-szobor", And((Term("kossuth"), Term("szobor")))),
        ("1956-os", Term("1956")),
        ("1956", Term("1956")),
        ("HU-PIL-1956-1/12", Identifier("hu-pil-1956-1/12", ("hu", "pil", "1956", "1", "12"))),
        ("id:FT-12", Identifier("ft-12")),
        ("jelzet:FT-12", Identifier("ft-12")),
        ("person:Nagy", Field("person", Term("nagy"))),
        ("személy:Nagy", Field("person", Term("nagy"))),
        ('place:"Corvin köz"', Field("place", Phrase(("corvin", "köz")))),
        ("hely:(alma OR béka)", Field("place", Or((A, B)))),
        ("rights:InC", Field("rights", Term("inc"))),
        ("ismeretlen:alma", And((Term("ismeretlen"), A))),
    ],
)
def test_text_is_read(text: str, meaning: Node) -> None:
    assert tree(text) == meaning


def hour(day: int, first: int, last: int | None = None) -> Overlap:
    """Some hours of a day of October 1956."""
    midnight = date(1956, 10, day).toordinal() * 24
    return Overlap(midnight + first, midnight + (first if last is None else last))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("1956-10-23..1956-11-04", span((1956, 10, 23), (1956, 11, 4))),
        ("1956 ősze", span((1956, 9, 1), (1956, 11, 30))),
        ("1956-10-23", span((1956, 10, 23), (1956, 10, 23))),
        ("1956. október 23.", span((1956, 10, 23), (1956, 10, 23))),
        ("October 1956", span((1956, 10, 1), (1956, 10, 31))),
        ("1950s", span((1950, 1, 1), (1959, 12, 31))),
        ("date:1956", span((1956, 1, 1), (1956, 12, 31))),
        ("dátum:1956", span((1956, 1, 1), (1956, 12, 31))),
        ('date:"1956 ősze"', span((1956, 9, 1), (1956, 11, 30))),
        ("1945..1948", span((1945, 1, 1), (1948, 12, 31))),
        ("before 1945", Overlap(FIRST_HOUR, date(1944, 12, 31).toordinal() * 24 + 23)),
        ("1945 előtt", Overlap(FIRST_HOUR, date(1944, 12, 31).toordinal() * 24 + 23)),
        ("1945..", Overlap(date(1945, 1, 1).toordinal() * 24, LAST_HOUR)),
        ("date:1956-10-25T11", hour(25, 11)),
        ("1956. október 25. 11 óra", hour(25, 11)),
        ("1956-10-25T11..1956-10-25T14", hour(25, 11, 14)),
        ("1956. október 25. 11–14 óra", hour(25, 11, 14)),
        ("25 October 1956, between 11 and 14 hours", hour(25, 11, 14)),
        ("1956. október 23–30.", span((1956, 10, 23), (1956, 10, 30))),
        ("tank 1956 ősze", And((Term("tank"), span((1956, 9, 1), (1956, 11, 30))))),
    ],
)
def test_dates_are_read(text: str, meaning: Node) -> None:
    assert tree(text) == meaning


@pytest.mark.parametrize(
    ("text", "code", "meaning"),
    [
        ('"alma', "quote_unclosed", Phrase(("alma",))),
        ("(alma béka", "bracket_unclosed", And((A, B))),
        ("alma) béka", "bracket_unopened", And((A, B))),
        ("alma AND", "operator_alone", A),
        ("OR alma", "operator_alone", A),
        ("alma NOT", "operator_alone", A),
        ("person: ", "field_empty", Everything()),
        ("*alm*", "leading_star", Prefix("alm")),
        ("a*", "prefix_short", Term("a")),
        ("date:alma", "date_unread", A),
    ],
)
def test_a_mistake_gets_the_best_reading_and_a_notice(text: str, code: str, meaning: Node) -> None:
    query = parse(text)
    assert query.tree == meaning
    assert [notice.code for notice in query.notices] == [code]


def test_the_names_of_an_address_are_read() -> None:
    query = parse(
        {"q": ["tank"], "person": ["p1", "p2", ""], "sort": ["-date"], "page": ["3"],
         "limit": ["20"], "view": ["grid"]},
        facets=("person", "year", "unheard"),
    )  # fmt: skip
    assert query.tree == Term("tank")
    assert query.filters == {"person": ("p1", "p2")}
    assert (query.sort, query.page, query.limit, query.offset) == ("-date", 3, 20, 40)
    assert query.facets == ("person", "year")
    assert query.notices == ()


def test_a_date_narrows_what_is_typed() -> None:
    autumn = span((1956, 9, 1), (1956, 11, 30))
    assert parse({"q": "tank", "date": "1956 ősze"}).tree == And((Term("tank"), autumn))
    assert parse({"date": "1956 ősze"}).tree == autumn
    assert codes({"q": "tank", "date": "valamikor"}) == ["date_unread"]


def test_nothing_typed_is_sorted_by_news() -> None:
    assert parse("").sort == "newest"
    assert parse("tank").sort == "relevance"
    assert parse({"q": "", "sort": "id"}).sort == "id"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"q": "a " * 400}, "query_cut"),
        ({"q": "alma " * 60}, "too_many_words"),
        ({"q": "(" * 30 + "alma"}, "too_deep"),
        ({"page": "1000000"}, "page_too_far"),
        ({"page": "sok"}, "page_unread"),
        ({"page": "-1"}, "page_unread"),
        ({"limit": "5000"}, "limit_too_far"),
        ({"sort": "colour"}, "sort_unknown"),
        ({"person": [str(n) for n in range(60)]}, "too_many_values"),
    ],
)
def test_what_is_too_much_is_cut_and_said(asked: dict[str, Any], code: str) -> None:
    assert code in codes(asked)
    query = parse(asked)
    guards = Guards()
    assert query.page <= guards.page
    assert query.limit <= guards.limit
    assert len(query.text) <= guards.chars


@given(st.text(alphabet=st.sampled_from('ab1956-/.()"„”*~:!&| ANDORTÉS') | st.characters()))
def test_any_text_is_read(text: str) -> None:
    assert parse(text) == parse(text)


@pytest.mark.parametrize(
    "text", ["NOT " * 120 + "a", "-" * 499, "person:" * 70, "(" * 499, ")" * 499]
)
def test_towers_of_operators_are_read(text: str) -> None:
    parse(text)
