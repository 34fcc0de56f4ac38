"""Posting lists made many words at a time, and what is read back from them to explain a hit."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.search.analysis import Analyzer
from archive.search.documents import Access, FacetValue, SearchDocument, document
from archive.search.engine import SearchEngine
from archive.search.explaining import Explainer
from archive.search.query import parse
from archive.search.whoosh_engine import WhooshEngine, collecting, joining, writing
from archive.search.whoosh_engine.writing import MANY

Made = Callable[..., SearchDocument]
NewEngine = Callable[..., SearchEngine]
WORDS = st.sampled_from(["Kovács", "Kis", "János", "híd", "hidak", "HU-1", "tér", "nők"])
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


def ids(engine: SearchEngine, text: str) -> list[str]:
    return [hit.id for hit in engine.find(parse(text), "public").hits]


def test_phrase_stands_in_a_field_before_the_one_that_was_told_first(
    new_engine: NewEngine, made: Made, parts: Any
) -> None:
    """The photographer's name comes first among the words, its field after that of people."""
    people = [parts.agent("Kis János", role="creator"), parts.agent("Kis Kovács János")]
    engine = new_engine([made("x1", agents=people), made("x2", agents=people[:1])])
    assert ids(engine, '"Kis Kovács"') == ["x1"]
    assert sorted(ids(engine, 'photographer:"Kis János"')) == ["x1", "x2"]


@pytest.mark.parametrize("settled", [1, 7, collecting.SETTLED])
def test_lists_are_the_same_however_often_they_are_made(
    settled: int, new_engine: NewEngine, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "SETTLED", settled)
    engine = new_engine([made(f"x{n}", f"Kis híd {n} hidak") for n in range(9)])
    engine.replace([made("x3", "nagy híd hidak")])
    engine.commit(2)
    assert sorted(ids(engine, "híd")) == [f"x{n}" for n in range(9)]
    assert sorted(ids(engine, '"Kis híd"')) == [f"x{n}" for n in range(9) if n != 3]
    assert ids(engine, '"nagy híd hidak"') == ["x3"]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    titles=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=5),
    asked=st.sampled_from(["híd", "kovacs jános", '"Kis János"', "place:tér", "nok", "hu 1"]),
)
def test_explained_as_if_every_passage_had_been_read(
    titles: list[tuple[str, str, str]],
    asked: str,
    new_engine: NewEngine,
    record: Any,
    parts: Any,
    analyzer: Analyzer,
) -> None:
    documents = {}
    for number, (title, place, person) in enumerate(titles):
        values = {"places": [parts.place(place)], "agents": [parts.agent(person)]}
        whole = record(f"x{number}", title, **values)
        documents[whole["id"]] = document(whole, seq=1, access=Access(True, 1200, "InC"))
    query = parse(asked)
    for hit in new_engine(list(documents.values())).find(query, "public").hits:
        face = documents[hit.id].public
        assert face is not None
        told = [("id", hit.show["ref"]), *((p.field, p.text) for p in face.passages)]
        assert hit.why == Explainer(query.tree, analyzer).matches(told)


def test_commonest_values_are_counted_out_and_the_chosen_one_with_them(
    new_engine: NewEngine, made: Made
) -> None:
    """Sixty places with one photograph each and one with two; the last in order is chosen."""
    engine = new_engine([with_place(made(f"x{n:02}", "híd"), f"p{n % 61:02}") for n in range(62)])
    query = replace(parse({"q": "híd", "place": "p60"}), facets=("place",))
    counts = engine.find(query, "public").facets["place"]
    assert [(count.value, count.count) for count in counts[:3]] == [
        ("p00", 2),
        ("p01", 1),
        ("p02", 1),
    ]
    assert [count.value for count in counts if count.chosen] == ["p60"]
    assert len(counts) == 51


def with_place(one: SearchDocument, value: str) -> SearchDocument:
    assert one.public is not None
    facets = {**one.public.facets, "place": (FacetValue(value, {"hu": value}),)}
    face = replace(one.public, facets=facets)
    return replace(one, public=face, staff=face)


def test_a_commit_leaves_what_takes_long_to_join_to_idle_hours(
    new_engine: NewEngine, made: Made
) -> None:
    engine = new_engine([made(f"x{n}", "híd") for n in range(300)])
    assert isinstance(engine, WhooshEngine)
    (first,) = segments(engine)
    for seq in range(2, 3 * MANY):
        engine.replace([made(f"x{seq}", f"híd {seq}")])
        engine.commit(seq)
    assert first in segments(engine)
    assert len(segments(engine)) <= MANY + 2


@pytest.fixture
def many(new_engine: NewEngine, made: Made, monkeypatch: pytest.MonkeyPatch) -> WhooshEngine:
    """An index of more segments than may stand side by side, none to be joined in a moment."""
    monkeypatch.setattr(writing, "SMALL", 1)
    engine = new_engine([])
    assert isinstance(engine, WhooshEngine)
    for number in range(MANY + 2):
        engine.replace([made(f"x{number}{letter}", f"híd {letter}{number}") for letter in "abc"])
        engine.commit(2 + number)
    assert len(segments(engine)) > MANY
    return engine


def test_an_edit_is_found_while_segments_are_joined(many: WhooshEngine, made: Made) -> None:
    before = segments(many)
    assert many.tidy()
    assert segments(many) == before
    many.replace([made("x0a", "ló")], ["x1b"])
    many.commit(90)
    assert [hit.id for hit in many.find(parse("ló"), "public").hits] == ["x0a"]
    while many.tidy():
        pass
    assert len(segments(many)) <= MANY
    expected = {f"x{number}{letter}" for number in range(MANY + 2) for letter in "abc"} - {"x1b"}
    assert set(many.ids()) == expected
    assert many.find(parse("híd"), "public").total == len(expected) - 1
    assert many.applied_seq() == 90
    assert many.health(thorough=True).ok
    assert [path.name for path in many._folder.glob("g-*")] == [many.health().generation]


def test_without_a_helper_segments_are_joined_here(
    many: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(joining, "Helper", refuse)
    ids = many.ids()
    while many.tidy():
        pass
    assert len(segments(many)) <= MANY
    assert many.ids() == ids


def test_a_segment_of_which_nothing_lives_goes_at_once(many: WhooshEngine) -> None:
    (first, *_) = many._current().parts
    many.replace([], list(first.columns.ids))
    many.commit(90)
    assert many.tidy()
    assert first.reader.id not in segments(many)


def test_a_join_gives_way_to_an_index_made_anew(many: WhooshEngine, made: Made) -> None:
    assert many.tidy()
    with many.begin_rebuild() as rebuild:
        rebuild.add([made("x1", "Utca")])
        rebuild.swap(99)
    while many.tidy():
        pass
    assert set(many.ids()) == {"x1"}
    assert [path.name for path in many._folder.glob("g-*")] == [many.health().generation]


def segments(engine: WhooshEngine) -> set[str]:
    return {part.reader.id for part in engine._current().parts}
