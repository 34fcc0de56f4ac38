"""The demo records: complete, resolvable, honest about being specimens."""

import re

import pytest

from archive.catalogue.service import WITHDRAWAL_REASONS
from archive.dates import parse_edtf
from archive.demo.records import (
    AGENTS,
    BACKS,
    COLLECTIONS,
    CONCEPTS,
    DIGITAL_SOURCE_TYPE,
    EVENTS,
    FONDS,
    MARK,
    PHOTOGRAPHS,
    PLACES,
    UNITS,
)
from archive.rights.vocabulary import STATEMENTS

CAPTION_TYPES = {"agency_caption", "publication_caption", "donor_account"}
STANCES = {"neutral", "contested", "propaganda", "offensive_language"}
BASES = {"caption", "agency_log", "inference", "donor", "identified_event", "cataloguer"}
HUNGARIAN_ONLY = re.compile("[őűŐŰ]")


def keys(entries):
    return [entry.key for entry in entries]


def all_texts():
    """Every bilingual text with a name to find it by."""
    for photograph in PHOTOGRAPHS:
        where = f"photograph {photograph.number}"
        yield where, photograph.title
        yield where, photograph.description
        yield where, photograph.alt
        yield where, photograph.rights.note
        yield from ((where, caption.note) for caption in photograph.captions if caption.note)
    for event in EVENTS:
        yield event.key, event.name
        yield event.key, event.note
    yield from ((concept.key, concept.label) for concept in CONCEPTS)
    yield from ((place.key, place.name) for place in PLACES)
    for unit in UNITS:
        yield unit.ref, unit.title
        yield unit.ref, unit.scope


def test_numbers_run_from_one_to_thirty():
    assert [photograph.number for photograph in PHOTOGRAPHS] == list(range(1, 31))


def test_states_cover_the_life_of_a_record():
    states = [photograph.state for photograph in PHOTOGRAPHS]
    assert {state: states.count(state) for state in set(states)} == {
        "published": 26,
        "draft": 2,
        "in_review": 1,
        "withdrawn": 1,
    }
    gone = [photograph for photograph in PHOTOGRAPHS if photograph.state == "withdrawn"]
    assert all(photograph.withdrawn_reason in WITHDRAWAL_REASONS for photograph in gone)


@pytest.mark.parametrize("entries", [PLACES, EVENTS, CONCEPTS, AGENTS], ids=lambda e: e[0].key)
def test_keys_are_unique(entries):
    assert len(set(keys(entries))) == len(entries)


@pytest.mark.parametrize("photograph", PHOTOGRAPHS, ids=lambda photograph: photograph.number)
def test_every_key_resolves(photograph):
    assert {link.place for link in photograph.places} <= set(keys(PLACES))
    assert {link.agent for link in photograph.agents} <= set(keys(AGENTS))
    assert set(photograph.events) <= set(keys(EVENTS))
    assert set(photograph.subjects) <= set(keys(CONCEPTS))
    assert photograph.collection in COLLECTIONS
    files = {unit.ref for unit in UNITS if unit.level == "file"}
    assert photograph.unit in files


def test_the_units_are_one_tree_under_one_fonds():
    refs = {unit.ref for unit in UNITS}
    assert [unit.ref for unit in UNITS if not unit.parent] == [FONDS]
    assert all(unit.parent in refs for unit in UNITS if unit.parent)
    levels = [unit.level for unit in UNITS]
    assert (levels.count("series"), levels.count("file")) == (3, 6)
    used = {photograph.unit for photograph in PHOTOGRAPHS}
    assert used == {unit.ref for unit in UNITS if unit.level == "file"}


def test_every_date_is_edtf_within_the_days_of_the_story():
    dates = [date for photograph in PHOTOGRAPHS for date in photograph.dates]
    for date in dates:
        span = parse_edtf(date.edtf)
        assert date.display
        assert date.basis in BASES
        if date.role == "created":
            assert "1956-10-23" <= str(span.earliest) <= str(span.latest) <= "1956-12-04"
    for unit in UNITS:
        parse_edtf(unit.dates)


def test_what_has_no_date_says_so():
    assert [p.number for p in PHOTOGRAPHS if p.undated] == [29]
    assert all(bool(p.dates) != p.undated for p in PHOTOGRAPHS)


def test_an_event_of_a_photograph_touches_its_date():
    events = {event.key: parse_edtf(event.edtf) for event in EVENTS}
    for photograph in PHOTOGRAPHS:
        for date in (d for d in photograph.dates if d.role == "created"):
            made = parse_edtf(date.edtf)
            for key in photograph.events:
                assert str(events[key].earliest) <= str(made.latest), (photograph.number, key)


def test_every_rights_statement_is_one_of_the_vocabulary_and_all_are_shown():
    used = {photograph.rights.statement for photograph in PHOTOGRAPHS}
    assert used <= set(STATEMENTS)
    codes = {STATEMENTS[uri].code for uri in used}
    twelve = {entry.code for entry in STATEMENTS.values() if "rightsstatements" in entry.uri}
    assert len(twelve) == 12
    assert codes == twelve | {"CC0", "PDM", "CC BY 4.0", "CC BY-SA 4.0", "CC BY-NC 4.0"}


def test_creative_commons_licences_name_who_grants_them():
    for photograph in PHOTOGRAPHS:
        if "/licenses/" in photograph.rights.statement:
            assert photograph.rights.holder


@pytest.mark.parametrize("photograph", PHOTOGRAPHS, ids=lambda photograph: photograph.number)
def test_every_record_says_that_it_is_a_drawn_specimen(photograph):
    assert photograph.description["hu"].endswith("Rajzolt mintakép, nem fénykép.")
    assert photograph.description["en"].endswith("A drawn specimen picture, not a photograph.")
    assert photograph.alt["hu"].startswith("Rajz:")
    assert photograph.alt["en"].startswith("Drawing:")
    assert "rajz" in photograph.subjects
    assert photograph.rights.note["hu"].startswith("Mintajogállás.")


def test_the_files_are_declared_as_made_by_an_algorithm():
    assert (DIGITAL_SOURCE_TYPE, MARK) == ("algorithmicMedia", "SPECIMEN")


def test_every_text_is_there_in_both_languages():
    for where, text in all_texts():
        assert set(text) == {"hu", "en"}, where
        assert all(value == value.strip() and value for value in text.values()), where
        assert "  " not in text["hu"] + text["en"], where


def test_alternative_texts_are_short_enough():
    assert all(len(value) <= 250 for p in PHOTOGRAPHS for value in p.alt.values())


def test_captions_are_attributed_and_the_disputed_ones_explained():
    captions = [caption for photograph in PHOTOGRAPHS for caption in photograph.captions]
    for caption in captions:
        assert caption.type in CAPTION_TYPES
        assert caption.stance in STANCES
        assert caption.attributed
        assert bool(caption.note) == (caption.stance != "neutral")
    assert {caption.stance for caption in captions} == STANCES


def test_agencies_contradict_each_other_on_several_pictures():
    rivals = [
        {c.attributed.split(",")[0] for c in p.captions if c.stance == "contested"}
        for p in PHOTOGRAPHS
    ]
    assert sum(len(agencies) >= 2 for agencies in rivals) >= 5


def test_no_real_agency_or_address_is_named():
    forbidden = ("MTI", "TASS", "Reuters", "Associated Press", "UPI", "Magnum", "Fortepan")
    names = [agent.name for agent in AGENTS]
    captions = [f"{c.text} {c.attributed}" for p in PHOTOGRAPHS for c in p.captions]
    for text in names + captions + [back.transcription for back in BACKS]:
        assert not any(re.search(rf"\b{name}\b", text) for name in forbidden), text
    addresses = [p.publication.address for p in PHOTOGRAPHS if p.publication]
    assert addresses
    assert all(address.startswith("https://example.org/") for address in addresses)


def test_eight_backs_are_transcribed_letter_by_letter():
    assert len(BACKS) == 8
    for back in BACKS:
        record = PHOTOGRAPHS[back.number - 1]
        verso = [caption for caption in record.captions if caption.side == "verso"]
        assert [caption.text for caption in verso] == [back.transcription]
        assert verso[0].lang == back.lang
    with_verso = {p.number for p in PHOTOGRAPHS if any(c.side == "verso" for c in p.captions)}
    assert with_verso == {back.number for back in BACKS}


WANTED = {
    "nők": {6, 7, 12, 13, 15, 17, 18, 20, 21, 22, 24, 26, 30},
    "women": {17, 26, 30},
    "demonstrators": {1, 2, 3, 4, 5, 6, 30},
    "Corvin köz": {8},
    "Kossuth tér": {1, 3, 6, 7},
    "Sztálin út": {14},
}


@pytest.mark.parametrize("words", WANTED)
def test_what_people_search_for_is_said_in_the_records(words):
    assert {p.number for p in PHOTOGRAPHS if words in searchable(p)} >= WANTED[words]


def searchable(photograph):
    """The words an index would hold of a photograph."""
    places = {place.key: place for place in PLACES}
    concepts = {concept.key: concept for concept in CONCEPTS}
    said = [*photograph.title.values(), *photograph.description.values()]
    for link in photograph.places:
        place = places[link.place]
        said += [*place.name.values(), *place.then.values(), *place.names]
        said += [held.text for held in place.held]
    for key in photograph.subjects:
        said += [*concepts[key].label.values(), *concepts[key].labels]
    return " ".join(said + [caption.text for caption in photograph.captions])


def test_hungarian_uses_its_own_letters():
    """Long ő and ű are not replaced by the õ and û of wrong code pages."""
    texts = [text["hu"] for _, text in all_texts()]
    assert not any(sign in text for text in texts for sign in "õûÕÛ")
    assert sum(bool(HUNGARIAN_ONLY.search(text)) for text in texts) > 30
