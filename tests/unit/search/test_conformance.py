"""What every engine must do behind the port. `test_answers` asks at random for what it finds."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.search.documents import SearchDocument
from archive.search.engine import Audience, IndexUnusable, Results, SearchEngine
from archive.search.query import PUBLIC_FACETS, STAFF_FACETS, parse

Made = Callable[..., SearchDocument]
NewEngine = Callable[..., SearchEngine]


def ids(results: Results) -> list[str]:
    return [hit.id for hit in results.hits]


def ask(engine: SearchEngine, text: str, audience: Audience = "public", **more: Any) -> Results:
    return engine.find(parse({"q": text, **more}, facets=STAFF_FACETS), audience)


@pytest.fixture
def street(made: Made, parts: Any) -> list[SearchDocument]:
    """A few photographs of a street in 1956."""
    nagy = parts.agent("Nagy Imre", "Imre Nagy", "Надь Имре")
    road = parts.place("Andrássy út", "Népköztársaság útja", then="Sztálin út")
    return [
        made("speech", "Nagy Imre beszéde", agents=[nagy], dates=[parts.date("1956. október 23.")]),
        made("road", "Barikád", places=[road], dates=[parts.date("1956 ősze")]),
        made("queue", "Kenyérsor", dates=[parts.date("1944")], ref_code="HU-PIL-1956-1/12"),
        made("women", "Nők a Corvin közben, lovak és hidak", dates=[parts.date("1957")]),
        made("english", "There is no bread", captions=[parts.caption("Kossuth szobra a téren")]),
        made("secret", "Titkos tüntetés", visible=False, notes="bizalmas"),
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Nagy Imre", ["speech"]),
        ("Imre Nagy", ["speech"]),
        ("Надь Имре", ["speech"]),
        ("sztálin út", ["road"]),
        ('"Népköztársaság útja"', ["road"]),
        ("nok", ["women"]),
        ("nők", ["women"]),
        ("lovat", ["women"]),
        ("híd", ["women"]),
        ("szobor", ["english"]),
        ('"Corvin köz"', []),
        ('"corvin közben"', ["women"]),
        ('"közben corvin"', []),
        ('"Imre beszéde"', ["speech"]),
        ('"barikád Andrássy"', []),
        ("HU-PIL-1956-1/12", ["queue"]),
        ("id:hu-pil-1956-1/12", ["queue"]),
        ("id:HU-PIL", []),
        ("before 1945", ["queue"]),
        ("1956 ősze", ["road", "speech"]),
        ("1956-10-23..1956-11-04", ["road", "speech"]),
        ("person:nagy", ["speech"]),
        ("place:nagy", []),
        ("year:1957", ["women"]),
        ("rights:inc nagy", ["speech"]),
        ("collection:HU-PIL-1956 nagy", ["speech"]),
        ("barik*", ["road"]),
        ("barikat~", ["road"]),
        ("titkos", []),
        ("bizalmas", []),
    ],
)
def test_readers_find_what_they_mean(
    new_engine: NewEngine, street: list[SearchDocument], typed: str, expected: list[str]
) -> None:
    assert sorted(ids(ask(new_engine(street), typed))) == expected


def test_certain_and_possible_dates_are_told_apart(
    new_engine: NewEngine, street: list[SearchDocument]
) -> None:
    results = ask(new_engine(street), "1956-10-23..1956-11-04")
    assert [(hit.id, hit.when) for hit in results.hits] == [
        ("speech", "certain"),
        ("road", "possible"),
    ]
    assert {hit.when for hit in ask(new_engine(street), "nagy").hits} == {""}


def test_hidden_photographs_leave_no_trace(
    new_engine: NewEngine, street: list[SearchDocument], made: Made
) -> None:
    with_secrets = new_engine(street)
    shown = [document for document in street if document.public is not None]
    typed = ["", "tüntetés", "titkos", "titk*", "titkoss", "NOT nagy", "1956 ősze", "nagy"]
    answers = [_telling(ask(with_secrets, text)) for text in typed]
    suggested = [with_secrets.suggest(text, "public") for text in ("ti", "tü", "na", "bi")]
    without = new_engine(shown)
    assert answers == [_telling(ask(without, text)) for text in typed]
    assert suggested == [without.suggest(text, "public") for text in ("ti", "tü", "na", "bi")]


def _telling(results: Results) -> Results:
    return replace(results, took_ms=0.0)


def test_what_is_removed_leaves_no_trace_in_words(
    new_engine: NewEngine, made: Made, parts: Any
) -> None:
    engine = new_engine(
        [made("x1", "Zsindelytető", agents=[parts.agent("Gimes Miklós")]), made("x2", "Utca")]
    )
    assert engine.suggest("zsin", "public")
    assert ask(engine, "zsindelyteto").total == 1
    engine.replace([], ["x1"])
    engine.commit(2)
    assert engine.suggest("zsin", "public") == ()
    assert engine.suggest("gim", "public") == ()
    assert ask(engine, "zsindelytetu").suggestion == ""
    assert "person" not in {n for n, counts in ask(engine, "").facets.items() if counts}


def test_a_hidden_word_does_not_change_scores(new_engine: NewEngine, made: Made) -> None:
    plain = [made("x1", "Tank a téren"), made("x2", "Ház a téren")]
    alone = ask(new_engine(plain), "tank").hits[0].score
    among = [*plain, *(made(f"s{n}", "tank", visible=False) for n in range(20))]
    assert ask(new_engine(among), "tank").hits[0].score == alone


def test_words_in_the_title_count_more(new_engine: NewEngine, made: Made, parts: Any) -> None:
    engine = new_engine(
        [
            made("said", "Utca", captions=[parts.caption("egy tank", type="public_contribution")]),
            made(
                "titled", "Tank", captions=[parts.caption("egy utca", type="public_contribution")]
            ),
        ]
    )
    assert ids(ask(engine, "tank")) == ["titled", "said"]


def test_the_word_as_typed_comes_before_its_forms(new_engine: NewEngine, made: Made) -> None:
    engine = new_engine([made("form", "Tankokkal"), made("word", "Tankok"), made("stem", "Tank")])
    assert ids(ask(engine, "tankok"))[0] == "word"
    engine = new_engine([made("bare", "Kor"), made("exact", "Kór")])
    assert ids(ask(engine, "kór"))[0] == "exact"


def test_chosen_values_of_a_facet_are_alternatives(
    new_engine: NewEngine, made: Made, parts: Any
) -> None:
    engine = new_engine(
        [
            made("x1", "Utca", agents=[parts.agent("A")]),
            made("x2", "Utca", agents=[parts.agent("B")]),
            made("x3", "Utca", agents=[parts.agent("B"), parts.agent("C")]),
        ]
    )
    results = ask(engine, "utca", person=["a-A", "a-C"], sort="id")
    assert ids(results) == ["x1", "x3"]
    people = {count.value: (count.count, count.chosen) for count in results.facets["person"]}
    assert people == {"a-A": (1, True), "a-B": (2, False), "a-C": (1, True)}
    assert {count.value: count.count for count in results.facets["collection"]} == {
        "HU-PIL-1956": 2
    }
    assert ids(ask(engine, "", person="b", sort="id")) == ["x2", "x3"]
    assert ask(engine, "", person="nobody").total == 0


def test_readers_cannot_narrow_by_what_staff_know(new_engine: NewEngine, made: Made) -> None:
    engine = new_engine([made("x1", "Utca"), made("x2", "Tér", visible=False)])
    assert ask(engine, "", lacks="date").total == 1
    assert ask(engine, "", "staff", lacks="date").total == 2
    assert set(ask(engine, "").facets) == set(PUBLIC_FACETS)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("date", ["old", "wide", "new", "none"]),
        ("-date", ["new", "wide", "old", "none"]),
        ("id", ["none", "new", "wide", "old"]),
        ("newest", ["wide", "old", "none", "new"]),
    ],
)
def test_results_are_sorted(
    new_engine: NewEngine, made: Made, parts: Any, sort: str, order: list[str]
) -> None:
    engine = new_engine(
        [
            made("old", dates=[parts.date("1944")], ref_code="X-100",
                 published_at="2026-03-01T00:00:00Z"),
            made("wide", dates=[parts.date("1956")], ref_code="X-20",
                 published_at="2026-04-01T00:00:00Z"),
            made("new", dates=[parts.date("1956-10-23")], ref_code="X-3",
                 published_at="2026-01-01T00:00:00Z"),
            made("none", ref_code="X-1", published_at="2026-02-01T00:00:00Z"),
        ]
    )  # fmt: skip
    assert ids(ask(engine, "", sort=sort)) == order


def test_pages_follow_each_other_without_gap_or_overlap(new_engine: NewEngine, made: Made) -> None:
    engine = new_engine([made(f"x{n:02}", "Utca", ref_code=f"R-{n}") for n in range(25)])
    for sort in ("relevance", "date", "newest", "id"):
        pages = [ids(ask(engine, "utca", sort=sort, page=str(n), limit="10")) for n in (1, 2, 3, 4)]
        assert [len(page) for page in pages] == [10, 10, 5, 0]
        assert len({name for page in pages for name in page}) == 25


def test_a_nearly_right_word_is_suggested_with_its_accents(
    new_engine: NewEngine, street: list[SearchDocument]
) -> None:
    engine = new_engine(street)
    assert ask(engine, "Kosuth szobor").suggestion == "kossuth szobor"
    assert ask(engine, "beszede~ kenyersr").suggestion == "beszede~ kenyérsor"
    assert ask(engine, "qwxyzt").suggestion == ""
    assert ask(engine, "nagy").suggestion == ""


def test_what_is_typed_is_completed(new_engine: NewEngine, street: list[SearchDocument]) -> None:
    engine = new_engine(street)
    assert [(s.text, s.kind) for s in engine.suggest("imr", "public")][:1] == [
        ("Nagy Imre", "person")
    ]
    assert [s.text for s in engine.suggest("nagy im", "public")] == ["Nagy Imre"]
    assert [s.text for s in engine.suggest("keny", "public")] == ["kenyérsor"]
    assert engine.suggest("", "public") == ()
    assert len(engine.suggest("a", "public", limit=2)) == 2


def test_why_tells_words_and_fields(new_engine: NewEngine, street: list[SearchDocument]) -> None:
    engine = new_engine(street)
    (hit,) = ask(engine, "tüntetés", "staff").hits
    assert [(m.field, m.text[m.spans[0].start : m.spans[0].end]) for m in hit.why] == [
        ("title", "tüntetés")
    ]
    (hit,) = ask(engine, '"corvin közben" lovat').hits
    marked = [hit.why[0].text[span.start : span.end] for span in hit.why[0].spans]
    assert marked == ["Corvin közben", "lovak"]


def test_a_wide_beginning_is_cut_and_said(new_engine: NewEngine, made: Made) -> None:
    engine = new_engine([made(f"x{n}", f"szó{chr(97 + n)}") for n in range(20)])
    query = replace(parse("szo*"), expansion=5)
    results = engine.find(query, "public")
    assert results.total == 5
    assert [notice.code for notice in results.notices] == ["prefix_wide"]
    assert engine.find(parse("szo*"), "public").notices == ()


def test_all_beginnings_of_a_query_share_one_bound(new_engine: NewEngine, made: Made) -> None:
    letters = [chr(97 + number) for number in range(20)]
    engine = new_engine([made(f"x{a}", f"szó{a} híd{a}") for a in letters])
    results = engine.find(replace(parse("szo* OR hid* OR szó* OR híd*"), expansion=12), "public")
    assert results.total == 12
    assert {notice.code for notice in results.notices} == {"prefix_wide"}


def test_a_replaced_photograph_is_found_once(new_engine: NewEngine, made: Made) -> None:
    engine = new_engine([made("x1", "Utca"), made("x2", "Utca")])
    for seq in range(2, 14):
        engine.replace([made("x1", f"Utca {seq}")])
        engine.commit(seq)
    results = ask(engine, "utca")
    assert (results.total, sorted(ids(results))) == (2, ["x1", "x2"])
    assert [count.count for count in results.facets["collection"]] == [2]
    assert ask(engine, "utca 5").total == 0
    while engine.tidy():
        pass
    assert ask(engine, "utca").total == 2
    assert engine.applied_seq() == 13


def test_nothing_shows_before_the_commit(new_engine: NewEngine, made: Made) -> None:
    engine = new_engine([made("x1", "Utca")])
    engine.replace([made("x2", "Utca")], ["x1"])
    assert ids(ask(engine, "utca")) == ["x1"]
    engine.commit(9)
    assert ids(ask(engine, "utca")) == ["x2"]
    assert engine.applied_seq() == 9


def test_another_reader_sees_the_commit(new_engine: NewEngine, made: Made) -> None:
    writer, reader = new_engine([made("x1", "Utca")]), new_engine()
    assert ids(ask(reader, "utca")) == ["x1"]
    writer.replace([made("x2", "Utca")])
    writer.commit(2)
    assert sorted(ids(ask(reader, "utca"))) == ["x1", "x2"]
    assert reader.applied_seq() == 2


def test_a_rebuild_that_is_not_swapped_leaves_the_old_one_answering(
    new_engine: NewEngine, made: Made
) -> None:
    engine = new_engine([made("x1", "Utca")])
    before = engine.health()
    with engine.begin_rebuild() as rebuild:
        rebuild.add([made("x2", "Tér")])
    assert engine.health() == before
    assert ids(ask(engine, "utca")) == ["x1"]


def test_there_is_one_writer(new_engine: NewEngine, made: Made) -> None:
    engine, other = new_engine([made("x1", "Utca")]), new_engine()
    other.replace([made("x2", "Tér")])
    with engine.begin_rebuild(), pytest.raises(IndexUnusable) as refused:
        other.commit(2)
    assert refused.value.code == "busy"
    other.commit(2)
    assert sorted(ids(ask(engine, ""))) == ["x1", "x2"]


def test_without_an_index_it_says_so(new_engine: NewEngine) -> None:
    engine = new_engine()
    assert engine.health().state == "absent"
    assert engine.applied_seq() == 0
    with pytest.raises(IndexUnusable) as refused:
        engine.find(parse("utca"), "public")
    assert refused.value.code == "absent"


def test_an_empty_index_answers(new_engine: NewEngine) -> None:
    engine = new_engine([])
    assert ask(engine, "utca OR tér").total == 0
    assert ask(engine, "").total == 0
    assert engine.suggest("ut", "public") == ()
    assert engine.health(thorough=True).ok


@given(text=st.text(max_size=40))
@settings(max_examples=60, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_any_text_is_answered(new_engine: NewEngine, made: Made, text: str) -> None:
    engine = new_engine()
    if not engine.health().ok:
        engine = new_engine([made("x1", "Utca"), made("x2", "Híd a Dunán")])
    assert 0 <= ask(engine, text).total <= 2
    engine.suggest(text, "public")


def test_a_beginning_and_a_near_spelling_are_of_words_as_they_stand(
    new_engine: NewEngine, made: Made, parts: Any
) -> None:
    """They are no other form's: `went` is a form of `go`, and does not begin so."""
    spoken = parts.caption("They went home")
    engine = new_engine([made("said", "Hazafelé", captions=[spoken]), made("go", "Go home")])
    assert sorted(ids(ask(engine, "go"))) == ["go", "said"]
    assert ids(ask(engine, "go*")) == ["go"]
    assert ids(ask(engine, "gp~")) == ["go"]
    assert ids(ask(engine, "title:hom*")) == ["go"]
    assert ids(ask(engine, "caption:hme~")) == ["said"]


@pytest.mark.parametrize("typed", ["kossuht~", "kosuth~", "kossuuth~", "kossutt~"])
def test_one_letter_may_differ_or_two_be_swapped(
    new_engine: NewEngine, made: Made, typed: str
) -> None:
    engine = new_engine([made("right", "Kossuth"), made("far", "Kossztohu")])
    assert ids(ask(engine, typed)) == ["right"]


def test_an_identifier_within_a_field_is_its_words(
    new_engine: NewEngine, made: Made, parts: Any
) -> None:
    place = parts.place("XIII/2 udvar")
    engine = new_engine([made("bears", "Utca", ref_code="XIII/2"), made("says", places=[place])])
    assert ids(ask(engine, "XIII/2")) == ["bears"]
    assert ids(ask(engine, "place:XIII/2")) == ["says"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("date:1956 date:1956-10-23", {"day": "certain", "autumn": "possible"}),
        ("date:1956 OR date:1957", {"day": "certain", "autumn": "certain", "next": "certain"}),
        ("nagy OR date:1957", {"day": "", "next": "certain"}),
        ("NOT date:1956", {"next": ""}),
    ],
)
def test_dates_are_certain_where_all_that_is_asked_for_is(
    new_engine: NewEngine, made: Made, parts: Any, typed: str, expected: dict[str, str]
) -> None:
    engine = new_engine(
        [
            made("day", "Nagy", dates=[parts.date("1956-10-23")]),
            made("autumn", dates=[parts.date("1956 ősze")]),
            made("next", dates=[parts.date("1957")]),
        ]
    )
    assert {hit.id: hit.when for hit in ask(engine, typed).hits} == expected


def test_a_value_that_readers_may_not_see_does_not_stand_in_the_way(
    new_engine: NewEngine, made: Made, parts: Any
) -> None:
    """Somebody's key, seen with hidden photographs only, is spelt like another's name."""
    shown = parts.agent("Gimes", id="p1")
    hidden = parts.agent("Senki", id="gimes")
    engine = new_engine(
        [made("x1", agents=[shown]), made("x2", agents=[hidden], visible=False), made("x3")]
    )
    assert ids(ask(engine, "", person="gimes")) == ["x1"]
    assert ids(ask(engine, "", "staff", person="gimes")) == ["x2"]


def test_far_pages_are_empty_and_their_number_is_bounded(new_engine: NewEngine, made: Made) -> None:
    engine = new_engine([made(f"x{n}", "Utca") for n in range(5)])
    results = ask(engine, "utca", page="1000000", limit="1000000")
    assert (results.total, results.hits) == (5, ())
    assert [notice.code for notice in results.notices] == ["page_too_far", "limit_too_far"]
    assert len(ask(engine, "utca", limit="2", page="3").hits) == 1


def test_a_new_generation_answers_for_every_reader(new_engine: NewEngine, made: Made) -> None:
    writer, reader = new_engine([made("x1", "Utca")]), new_engine()
    before = reader.health()
    assert ids(ask(reader, "utca")) == ["x1"]
    with writer.begin_rebuild() as rebuild:
        rebuild.add([made("x2", "Utca")])
        rebuild.add([made("x3", "Utca")])
        assert ids(ask(reader, "utca")) == ["x1"]
        rebuild.swap(9)
    after = reader.health(thorough=True)
    assert sorted(ids(ask(reader, "utca"))) == ["x2", "x3"]
    assert (after.state, after.applied_seq, after.documents) == ("ok", 9, 2)
    assert after.generation != before.generation
    assert after.size_bytes > 0


def test_what_waited_for_a_commit_is_forgotten_by_a_newer_generation(
    new_engine: NewEngine, made: Made
) -> None:
    """A commit that failed leaves documents waiting; the rebuild that follows read newer ones."""
    engine, other = new_engine([made("x1", "Utca")]), new_engine()
    engine.replace([made("x1", "Titkos utca", notes="régi")])
    with other.begin_rebuild(), pytest.raises(IndexUnusable):
        engine.commit(2)
    with engine.begin_rebuild() as rebuild:
        rebuild.add([made("x1", "Utca", visible=False, version=2)])
        rebuild.swap(3)
    engine.replace([made("x2", "Tér")])
    engine.commit(4)
    assert ids(ask(engine, "")) == ["x2"]
    assert engine.ids() == {"x1": 2, "x2": 1}


def test_a_removal_and_a_return_in_one_commit(new_engine: NewEngine, made: Made) -> None:
    engine = new_engine([made("x1", "Utca"), made("x2", "Utca")])
    engine.replace([made("x1", "Tér")], ["x1", "x2", "never-there"])
    engine.replace([made("x2", "Tér")])
    engine.commit(2)
    assert engine.ids() == {"x2": 1}
    assert ids(ask(engine, "tér")) == ["x2"]
