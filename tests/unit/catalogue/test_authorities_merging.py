"""Merging: what survives, what moves, where the old name and address lead, and undoing it all."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from archive import db, history
from archive.catalogue import authorities, service
from archive.catalogue.authorities import KINDS, keeping, merging
from archive.catalogue.drafts import Draft, LinkDraft
from archive.catalogue.models import Image, ImageAgent, ImageConcept, Unit
from archive.catalogue.refusals import Refused, Stale
from archive.history import ChangeSet

pytestmark = pytest.mark.usefixtures("database")
ACTOR = history.system("test")


def add(kind: str, **values: Any) -> Any:
    return keeping.add(ACTOR, KINDS[kind], values)


@pytest.fixture
def unit() -> Unit:
    return service.add_unit(ACTOR, ref_code="HU-1", title={"hu": "Fond"})


def photograph(unit: Unit, *links: LinkDraft, subjects: tuple[LinkDraft, ...] = ()) -> Image:
    return service.accession(ACTOR, unit, Draft(agents=list(links), subjects=list(subjects)))


def link(row: Any, role: str = "depicted", **more: Any) -> LinkDraft:
    return LinkDraft(target=row.public_id, role=role, **more)


def names_in(image: Image) -> list[tuple[str, str, str]]:
    own = service.own_record(db.session(), db.session().get_one(Image, image.id))
    return [(agent["name"], agent["role"], agent["certainty"]) for agent in own["agents"]]


def test_links_move_and_the_old_name_and_address_lead_to_the_survivor(unit: Unit) -> None:
    kept = add("agent", name="Gerő Ernő")
    gone = add("agent", name="Singer Ernő", dates="1898/1980")
    image = photograph(unit, link(gone))
    assert merging.preview(db.session(), kept, gone) == merging.Preview(1, 0, 0)
    merging.merge(ACTOR, kept, gone)
    session = db.session()
    assert names_in(image) == [("Gerő Ernő", "depicted", "certain")]
    assert authorities.by_id(session, KINDS["agent"], gone.public_id).id == kept.id
    assert authorities.agent(session, LinkDraft("Singer Ernő")).id == kept.id
    assert [row.id for row in authorities.lookup(session, "agent", "singer")] == [kept.id]
    survivor = keeping.read(session, "agent", kept.public_id)
    assert survivor.dates == "1898/1980"  # what the survivor was silent of
    assert [form["text"] for form in survivor.forms] == ["Singer Ernő"]


def test_the_other_side_may_be_taken_field_by_field() -> None:
    kept = add("agent", name="E. Gerő", dates="1898", note={"hu": "rövid", "en": "short"})
    gone = add("agent", name="Gerő Ernő", dates="1898/1980", note={"hu": "hosszú"})
    merging.merge(ACTOR, kept, gone, taking={"name", "note"})
    row = keeping.read(db.session(), "agent", kept.public_id)
    assert (row.name, row.dates) == ("Gerő Ernő", "1898")
    assert row.note == {"hu": "hosszú", "en": "short"}
    assert [form["text"] for form in row.forms] == ["E. Gerő"]
    assert row.key == authorities.agent_key("Gerő Ernő")


def test_nothing_that_was_known_of_either_is_lost() -> None:
    form = {"text": "Kálmán tér", "lang": "hu", "kind": "former", "valid": "../1951", "source": "T"}
    kept = add(
        "place", name={"hu": "Széll Kálmán tér"}, sources="A\nB", identifiers={"tgn": "7006280"}
    )
    gone = add(
        "place", name={"hu": "Széll K. tér", "en": "Széll Square"}, forms=[form], sources="B\nC",
        then={"hu": "Moszkva tér"}, lat=47.5, lon=19.0, identifiers={"wikidata": "Q1"},
    )  # fmt: skip
    merging.merge(ACTOR, kept, gone)
    row = keeping.read(db.session(), "place", kept.public_id)
    assert row.name == {"hu": "Széll Kálmán tér", "en": "Széll Square"}
    assert row.identifiers == {"tgn": "7006280", "wikidata": "Q1"}
    assert row.sources == "A\nB\nC"
    assert (row.lat, row.lon) == (47.5, 19.0)
    assert row.then == {"hu": "Moszkva tér"}
    assert {form["text"] for form in row.forms} == {"Kálmán tér", "Moszkva tér", "Széll K. tér"}


def test_two_links_that_say_the_same_become_one(unit: Unit) -> None:
    kept, gone = add("agent", name="Gerő Ernő"), add("agent", name="Singer Ernő")
    image = photograph(
        unit, link(kept, certainty="possible"), link(gone, note="balra"), link(gone, role="donor")
    )
    assert merging.preview(db.session(), kept, gone).twice == 1
    merging.merge(ACTOR, kept, gone)
    assert names_in(image) == [
        ("Gerő Ernő", "depicted", "certain"), ("Gerő Ernő", "donor", "certain"),
    ]  # fmt: skip
    notes = db.session().scalars(select(ImageAgent.note).where(ImageAgent.role == "depicted"))
    assert list(notes) == ["balra"]


def test_what_two_have_said_is_not_taken_back_with_what_one_of_them_said(unit: Unit) -> None:
    """The one link that became of two is neither's: whoever is undone, the other has said it."""
    kept, gone = add("agent", name="Gerő Ernő"), add("agent", name="Singer Ernő")
    image = photograph(unit, link(gone))
    image = db.session().get_one(Image, image.id)
    both = Draft(agents=[link(gone), link(kept)])
    service.describe(ACTOR, image, both, based_on=image.version)
    said = db.session().scalars(select(ChangeSet).order_by(ChangeSet.id.desc()).limit(1)).one()
    merged = merging.merge(ACTOR, kept, gone)
    with pytest.raises(history.UndoConflict):
        history.undo(ACTOR, said)
    assert names_in(image) == [("Gerő Ernő", "depicted", "certain")]
    history.undo(ACTOR, merged)
    history.undo(ACTOR, said)
    assert names_in(image) == [("Singer Ernő", "depicted", "certain")]


def test_two_who_are_one_by_now_are_said_once(unit: Unit) -> None:
    kept, gone = add("agent", name="Gerő Ernő"), add("agent", name="Singer Ernő")
    merging.merge(ACTOR, kept, gone)
    once = photograph(unit, link(gone), link(kept), LinkDraft("Singer Ernő", "depicted"))
    assert names_in(once) == [("Gerő Ernő", "depicted", "certain")]
    surer = photograph(unit, link(gone, certainty="possible"), link(kept))
    assert len(names_in(surer)) == 2  # what differs is for a person to decide


def test_who_was_kept_from_readers_stays_kept_from_them(unit: Unit) -> None:
    kept, gone = add("agent", name="Gerő Ernő"), add("agent", name="Singer Ernő")
    photograph(unit, link(kept), link(gone, public=False))
    merging.merge(ACTOR, kept, gone)
    assert list(db.session().scalars(select(ImageAgent.public))) == [False]


def test_chains_lead_to_the_end_in_one_step() -> None:
    first, second, third = (add("agent", name=name) for name in ("Egy", "Kettő", "Három"))
    merging.merge(ACTOR, second, first)
    merging.merge(ACTOR, third, second)
    session = db.session()
    assert keeping.read(session, "agent", first.public_id).merged_into_id == third.id
    assert authorities.by_name(session, KINDS["agent"], "Egy").id == third.id


def test_what_was_below_is_below_the_survivor_and_never_below_itself() -> None:
    city = add("place", name={"hu": "Budapest"})
    twin = add("place", name={"hu": "Bp."}, parent_id=city.id)
    square = add("place", name={"hu": "Bem tér"}, parent_id=twin.id)
    merging.merge(ACTOR, city, twin, taking={"above"})
    session = db.session()
    assert keeping.read(session, "place", square.public_id).parent_id == city.id
    assert keeping.read(session, "place", city.public_id).parent_id is None
    other = add("place", name={"hu": "Pest"})
    quarter = add("place", name={"hu": "Belváros"}, parent_id=other.id)
    merging.merge(ACTOR, quarter, other)
    assert keeping.read(db.session(), "place", quarter.public_id).parent_id is None


def test_a_merge_is_undone_as_a_whole(unit: Unit) -> None:
    kept, gone = add("agent", name="Gerő Ernő"), add("agent", name="Singer Ernő")
    image = photograph(unit, link(kept), link(gone), link(gone, role="donor"))
    before = names_in(image)
    change = merging.merge(ACTOR, kept, gone)
    assert names_in(image) != before
    history.undo(ACTOR, change)
    session = db.session()
    assert names_in(image) == before
    assert authorities.agent(session, LinkDraft("Singer Ernő")).id == gone.id
    assert [row.id for row in authorities.lookup(session, "agent", "singer")] == [gone.id]
    assert keeping.read(session, "agent", kept.public_id).forms == []


def test_a_term_that_gets_a_replacement_hands_its_photographs_over(unit: Unit) -> None:
    old = add("concept", label={"hu": "tank"}, scheme="subject")
    new = add("concept", label={"hu": "harckocsi"}, scheme="subject")
    image = photograph(unit, subjects=(LinkDraft("tank", kind="subject"),))
    values = {"state": "deprecated", "merged_into_id": new.id}
    keeping.edit(ACTOR, old, values, based_on=db.session().get_one(type(old), old.id).version)
    linked = select(ImageConcept.concept_id).where(ImageConcept.image_id == image.id)
    assert list(db.session().scalars(linked)) == [new.id]
    found = authorities.concept(db.session(), LinkDraft("tank", kind="subject"))
    assert found.id == new.id


def test_what_cannot_be_merged_is_refused() -> None:
    kept, gone = add("agent", name="Gerő Ernő"), add("agent", name="Singer Ernő")
    subject = add("concept", label={"hu": "tank"}, scheme="subject")
    genre = add("concept", label={"hu": "tank"}, scheme="genre")
    for one, two, code in (
        (kept, kept, "not_two_of_a_kind"),
        (kept, subject, "not_two_of_a_kind"),
        (subject, genre, "another_scheme"),
    ):
        with pytest.raises(Refused) as refused:
            merging.merge(ACTOR, one, two)
        assert refused.value.code == code
    with pytest.raises(Stale):
        merging.merge(ACTOR, kept, gone, based_on=(1, 1))
    merging.merge(ACTOR, kept, gone)
    with pytest.raises(Refused) as refused:
        merging.merge(ACTOR, gone, kept)
    assert refused.value.code == "merged_already"
