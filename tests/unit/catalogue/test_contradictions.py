"""Contradictions: each rule speaks when two statements exclude each other, and only then."""

from __future__ import annotations

from typing import Any

import pytest

from archive import dates, db, history, jobs
from archive.catalogue import contradictions, gaps, service, upkeep
from archive.catalogue.contradictions import RULES, Contradiction, find
from archive.catalogue.drafts import DateDraft, Draft, LinkDraft, Rights
from archive.catalogue.models import Agent, Event, Unit

ARCHIVIST = history.Actor(1, "archivist", frozenset({"archivist"}))
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"
INC = "http://rightsstatements.org/vocab/InC/1.0/"


def record(**parts: Any) -> dict[str, Any]:
    """A record that says nothing but these parts."""
    silent = {
        "title": {},
        "captions": [],
        "dates": [],
        "agents": [],
        "places": [],
        "events": [],
        "creator_unknown": False,
        "rights": {"statement": "", "holder": ""},
        "provenance": {"publication": {"date": ""}},
    }
    return {**silent, **parts}


def dated(text: str, role: str = "created", *, preferred: bool = True) -> dict[str, Any]:
    reading = dates.read(text)
    assert reading.earliest or reading.latest
    return {
        "role": role,
        "edtf": reading.edtf,
        "earliest": reading.earliest.isoformat() if reading.earliest else None,
        "latest": reading.latest.isoformat() if reading.latest else None,
        "approximate": reading.approximate,
        "preferred": preferred,
    }


def agent(role: str, life: str = "", **more: Any) -> dict[str, Any]:
    who = {"name": "Próba Pál", "kind": "person", "dates": life, "certainty": "certain"}
    return {**who, "role": role, **more}


def place(role: str, lat: float | None, lon: float | None, **more: Any) -> dict[str, Any]:
    where = {"name": {"hu": role}, "lat": lat, "lon": lon, "uncertainty_m": None, "point": None}
    return {**where, "role": role, "certainty": "certain", **more}


def event(edtf: str, certainty: str = "certain") -> dict[str, Any]:
    return {"name": {"hu": "Sortűz", "en": "Volley"}, "edtf": edtf, "certainty": certainty}


def caption(stance: str, note: dict[str, str]) -> dict[str, Any]:
    return {"text": "Fasiszta banda", "stance": stance, "stance_note": note}


def holding(statement: str, holder: str = "", **more: Any) -> dict[str, Any]:
    return record(rights={"statement": statement, "holder": holder}, **more)


BUDAPEST, VIENNA = (47.4979, 19.0402), (48.2082, 16.3738)
SHOWN_WITH_DOUBT = place("shown", *VIENNA, uncertainty_m=200_000)
AT_ITS_OWN_POINT = place(
    "camera", *VIENNA, point={"lat": BUDAPEST[0], "lon": BUDAPEST[1], "uncertainty_m": 10}
)
BROKEN = {
    "rival_dates": [
        record(dates=[dated("1956. október 23."), dated("1956. november 4.", preferred=False)]),
        record(dates=[dated("1956 körül"), dated("1975")]),
    ],
    "photographer_life": [
        record(dates=[dated("1956")], agents=[agent("creator", "1870–1940")]),
        record(dates=[dated("1956")], agents=[agent("creator", "1957–2010")]),
        record(dates=[dated("1956")], agents=[agent("creator", "1962–")]),
    ],
    "before_birth": [record(dates=[dated("1956")], agents=[agent("depicted", "1960–2001")])],
    "after_death": [record(dates=[dated("1989")], agents=[agent("depicted", "1896–1958")])],
    "event_date": [record(dates=[dated("1957 tavasza")], events=[event("1956-10-25")])],
    "camera_far": [record(places=[place("camera", *BUDAPEST), place("shown", *VIENNA)])],
    "published_early": [
        record(dates=[dated("1956. november 4."), dated("1956. október 30.", "published")]),
        record(
            dates=[dated("1956. november 4.")], provenance={"publication": {"date": "1956-10-30"}}
        ),
    ],
    "free_but_held": [
        holding(PDM, "Próba Ügynökség"),
        holding(PDM, agents=[agent("rights_holder")]),
        holding("http://rightsstatements.org/vocab/NoC-NC/1.0/", "Próba Ügynökség"),
    ],
    "known_unknown": [record(creator_unknown=True, agents=[agent("creator")])],
    "same_titles": [record(title={"hu": "Tömeg a téren", "en": "tömeg a téren"})],
    "unexplained": [record(captions=[caption("contested", {"hu": ""})])],
}
SOUND = {
    "overlapping dates": record(dates=[dated("1956"), dated("1956. október 23.")]),
    "an approximate year nearby": record(dates=[dated("1956 körül"), dated("1957")]),
    "another role": record(dates=[dated("1956"), dated("1989", "digitised")]),
    "within a life": record(dates=[dated("1956")], agents=[agent("creator", "1920–1999")]),
    "an approximate life": record(
        dates=[dated("1962")], agents=[agent("depicted", "1900?–c. 1956")]
    ),
    "a year alone": record(dates=[dated("1956")], agents=[agent("creator", "1932")]),
    "an agency": record(
        dates=[dated("1956")], agents=[agent("creator", "1960–", kind="corporate")]
    ),
    "a disproved photographer": record(
        dates=[dated("1956")],
        creator_unknown=True,
        agents=[agent("creator", "1960–", certainty="disproved")],
    ),
    "at the event": record(dates=[dated("1956 ősze")], events=[event("1956-10-25")]),
    "a disproved event": record(dates=[dated("1989")], events=[event("1956-10-25", "disproved")]),
    "an undated event": record(dates=[dated("1989")], events=[event("")]),
    "places nobody knows": record(places=[place("camera", *BUDAPEST), place("shown", None, None)]),
    "a camera nearby": record(places=[place("camera", *BUDAPEST), place("shown", 47.6, 19.1)]),
    "a doubtful place": record(places=[place("camera", *BUDAPEST), SHOWN_WITH_DOUBT]),
    "a point of its own": record(places=[AT_ITS_OWN_POINT, place("shown", *BUDAPEST)]),
    "published the same year": record(
        dates=[dated("1956. november 4."), dated("1956", "published")]
    ),
    "free in one country": holding("http://rightsstatements.org/vocab/NoC-US/1.0/", "Ügynökség"),
    "protected and held": holding(INC, "Próba Ügynökség"),
    "unknown, with its agency": record(creator_unknown=True, agents=[agent("agency")]),
    "a name as title": record(title={"hu": "Budapest", "en": "Budapest"}),
    "two titles": record(title={"hu": "Tömeg a téren", "en": "Crowd in the square"}),
    "a note": record(captions=[caption("contested", {"hu": "Az ügynökség szava."})]),
    "nothing at all": record(),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_speaks_with_both_values(rule: str) -> None:
    for broken in BROKEN[rule]:
        assert [found.rule for found in find(broken)] == [rule]


@pytest.mark.parametrize("case", SOUND)
def test_what_is_vague_or_elsewhere_is_no_contradiction(case: str) -> None:
    assert find(SOUND[case]) == []


def test_every_rule_is_tried_here() -> None:
    assert set(BROKEN) == set(RULES)


@pytest.mark.parametrize("lang", ["hu", "en"])
def test_sentences_name_both_sides(lang: str) -> None:
    for rule, cases in BROKEN.items():
        said = find(cases[0])[0].sentence(lang)
        assert "{" not in said, rule
        assert said.endswith("."), rule
        assert not said.endswith(".."), rule


def test_a_sentence_writes_dates_and_names_in_the_readers_language() -> None:
    found = find(BROKEN["event_date"][0])[0]
    assert found.sentence("hu") == (
        "Kelte 1957 tavasza, de az eseménye (Sortűz, 1956. október 25.) máskor volt."
    )
    assert found.sentence("en") == (
        "It is dated spring 1957, but its event, Volley (25 October 1956), was at another time."
    )


@pytest.fixture
def dated_after_death(either_database: None) -> int:
    """The key of a photograph of 1989 that shows somebody who died in 1958."""
    unit = service.add_unit(ARCHIVIST, ref_code="HU-1", title={})
    draft = Draft(dates=[DateDraft("1989", "hu")], agents=[LinkDraft("Nagy Imre", "depicted")])
    image = service.accession(ARCHIVIST, unit, draft)
    live("1896–1958")
    return image.id


def live(life: str) -> None:
    with history.change(ARCHIVIST, "edit"):
        who = db.session().query(Agent).one()
        who.dates = life


def rules(image_id: int) -> list[str]:
    found = contradictions.of_images(db.session(), [image_id])
    return [contradiction.rule for contradiction in found.get(image_id, [])]


def test_what_is_found_is_kept_with_every_change(dated_after_death: int) -> None:
    assert rules(dated_after_death) == ["after_death"]
    assert gaps.count(db.session(), "contradictory") == 1
    live("1896–1995")
    assert rules(dated_after_death) == []
    assert gaps.count(db.session(), "contradictory") == 0


def test_a_change_of_the_fonds_rights_is_looked_at_below(either_database: None) -> None:
    unit = service.add_unit(
        ARCHIVIST, ref_code="HU-1", title={}, rights_and_provenance=Rights(rights_statement=INC)
    )
    image = service.accession(ARCHIVIST, unit, Draft(rights=Rights(rights_holder="Próba Pál")))
    assert rules(image.id) == []
    service.edit_unit(ARCHIVIST, unit, rights_statement=PDM)
    assert rules(image.id) == ["free_but_held"]


def test_an_event_that_moves_is_looked_at_again(either_database: None) -> None:
    unit = service.add_unit(ARCHIVIST, ref_code="HU-1", title={})
    draft = Draft(dates=[DateDraft("1956. október 23.", "hu")], events=[LinkDraft("Sortűz")])
    image = service.accession(ARCHIVIST, unit, draft)
    assert rules(image.id) == []
    with history.change(ARCHIVIST, "edit"):
        db.session().query(Event).one().edtf = "1956-10-25"
    assert rules(image.id) == ["event_date"]


def test_looking_again_finds_what_was_there_before_the_rules(dated_after_death: int) -> None:
    with db.transaction() as session:
        for row in session.query(contradictions.ContradictionRow):
            session.delete(row)
    assert rules(dated_after_death) == []
    jobs.submit(upkeep.find_contradictions.__name__)
    jobs.run_due()
    assert rules(dated_after_death) == ["after_death"]


def test_the_stored_record_keeps_its_own_rights_only(either_database: None) -> None:
    unit: Unit = service.add_unit(
        ARCHIVIST, ref_code="HU-1", title={}, rights_and_provenance=Rights(rights_statement=INC)
    )
    image = service.accession(ARCHIVIST, unit, Draft())
    assert service.own_record(db.session(), image)["rights"]["statement"] == ""


def test_values_survive_the_database_unchanged(dated_after_death: int) -> None:
    kept = contradictions.of_images(db.session(), [dated_after_death])[dated_after_death]
    assert kept == [
        Contradiction("after_death", {"date": "1989", "name": "Nagy Imre", "life": "1896/1958"})
    ]
