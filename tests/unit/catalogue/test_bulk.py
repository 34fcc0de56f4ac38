"""Changing many photographs as one act: the diff first, then all of it, and all of it undone."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from archive import db, history, jobs
from archive.catalogue import bulk, projection, record
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import CaptionDraft, DateDraft, Draft, LinkDraft, Rights
from archive.catalogue.models import Agent, CaptionStatement, Image, ImageAgent, RecordRow, Unit
from archive.catalogue.refusals import Refused
from archive.history import Actor, ChangeSet
from archive.rights import Access
from archive.settings import Settings, current, use

pytestmark = pytest.mark.usefixtures("either_database")
ACTOR = Actor(7, "archivist", frozenset({"archivist"}))
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"
INC = "http://rightsstatements.org/vocab/InC/1.0/"


@pytest.fixture(autouse=True)
def three_at_a_time(settings: Settings) -> Any:
    before = current()
    use(settings.model_copy(update={"bulk_commit_photographs": 3}))
    yield
    use(before)


def photographs(number: int, **more: Any) -> list[int]:
    unit = db.session().scalars(select(Unit)).first()
    unit = unit or catalogue.add_unit(ACTOR, ref_code="HU-1", title={"hu": "Fond"})
    keys = []
    for place in range(number):
        draft = Draft(ref_code=f"HU-1/{place}", rights=Rights(rights_statement=PDM), **more)
        draft.title("hu", f"Tüntetők a téren, {place}.")
        draft.dates = [DateDraft("1956. október 25.", lang="hu")]
        draft.agents = [LinkDraft("Kő Ágnes", role="creator")]
        keys.append(catalogue.accession(ACTOR, unit, draft).id)
    return keys


def carried_out(keys: list[int], *wanted: bulk.Instruction) -> bulk.BulkPlan:
    plan = bulk.prepare(ACTOR, keys, wanted, reason="tidy up")
    jobs.run_due()
    bulk.carry_out(ACTOR, reread(plan))
    jobs.run_due()
    return reread(plan)


def reread(plan: bulk.BulkPlan) -> bulk.BulkPlan:
    db.release()
    return db.session().get_one(bulk.BulkPlan, plan.id)


def record_of(key: int) -> record.Record:
    db.release()
    return db.session().get_one(RecordRow, key).own


def everything() -> dict[str, Any]:
    """The catalogue as it stands, what follows from it made anew and compared."""
    db.release()
    session = db.session()
    keys = list(session.scalars(select(Image.id)))
    kept = {row.image_id: row.own for row in session.scalars(select(RecordRow))}
    assert kept == record.own(session, keys)
    shown = {
        image.id: projection.facts(session, image, kept[image.id]).statement_uri
        for image in session.scalars(select(Image))
    }
    assert shown == {row.image_id: row.statement for row in session.scalars(select(Access))}
    assert history.verify(session).broken_at is None
    return {record["id"]: record for record in kept.values()}


PERSON = {"do": "add", "kind": "agent", "name": "Nagy Imre", "role": "depicted"}


def test_one_act_for_all_with_its_diff_before() -> None:
    keys = photographs(8)
    plan = bulk.prepare(ACTOR, keys, [PERSON])
    jobs.run_due()
    plan = reread(plan)
    assert (plan.state, plan.counts) == ("open", {"change": 8})
    assert db.session().scalar(select(func.count()).select_from(ImageAgent)) == 8
    [one] = bulk.consider(db.session(), plan, keys[:1])
    assert [(edit.entity, edit.after and edit.after["role"]) for edit in one.edits] == [
        ("image_agent", "depicted")
    ]
    bulk.carry_out(ACTOR, plan)
    jobs.run_due()
    plan = reread(plan)
    assert (plan.state, plan.changed, plan.left) == ("applied", 8, [])
    made = db.session().get_one(ChangeSet, plan.change_set_id)
    assert (made.action, made.actor_id) == ("bulk", 7)
    for key in keys:
        assert [a["name"] for a in record_of(key)["agents"]] == ["Kő Ágnes", "Nagy Imre"]
    everything()


def test_few_are_done_at_once_without_a_worker() -> None:
    keys = photographs(3)
    plan = bulk.carry_out(ACTOR, bulk.prepare(ACTOR, keys, [PERSON]))
    assert (plan.state, plan.changed, plan.job_id) == ("applied", 3, None)


def test_doing_it_again_changes_nothing() -> None:
    keys = photographs(2)
    carried_out(keys, PERSON)
    sets = db.session().scalar(select(func.count()).select_from(ChangeSet))
    plan = carried_out(keys, PERSON)
    assert (plan.counts, plan.changed, plan.change_set_id) == ({"same": 2}, 0, None)
    assert db.session().scalar(select(func.count()).select_from(ChangeSet)) == sets


def test_it_is_undone_and_redone_as_one() -> None:
    keys = photographs(7)
    before = everything()
    plan = carried_out(
        keys,
        PERSON,
        {"do": "set", "name": "credit_line", "value": "Fortepan / Kő"},
        {"do": "words", "find": "tüntetők", "by": "Felvonulók", "types": ["archivist_title"],
         "any_case": True},
    )  # fmt: skip
    after = everything()
    assert record_of(keys[0])["title"] == {"hu": "Felvonulók a téren, 0."}
    undone = undo(plan.change_set_id)
    assert (undone.state, undone.changed) == ("applied", 7)
    assert everything() == before
    assert db.session().scalars(select(Agent.name)).all() == ["Kő Ágnes"]
    redone = undo(undone.change_set_id)
    assert redone.changed == 7
    assert everything() == after


def undo(change_set_id: int | None, later: history.Later = "stop") -> bulk.BulkPlan:
    assert change_set_id
    plan = bulk.prepare_undo(ACTOR, change_set_id, later=later)
    jobs.run_due()
    return reread(plan)


def test_what_somebody_changed_after_the_preview_is_left_and_told() -> None:
    keys = photographs(5)
    plan = bulk.prepare(ACTOR, keys, [{"do": "set", "name": "notes", "value": "all"}])
    jobs.run_due()
    with history.change(ACTOR, "describe"):
        db.session().get_one(Image, keys[1]).notes = "mine"
    bulk.carry_out(ACTOR, reread(plan))
    jobs.run_due()
    plan = reread(plan)
    assert (plan.changed, bulk.left_out(plan)) == (4, {"moved": [keys[1]]})
    assert record_of(keys[1])["notes"] == "mine"


def test_a_photograph_that_is_gone_is_told() -> None:
    keys = photographs(2)
    carried_out(keys[:1], {"do": "delete"})
    plan = bulk.prepare(ACTOR, keys, [PERSON])
    assert plan.counts == {"gone": 1, "change": 1}


def test_a_worker_that_dies_is_taken_over_where_it_stood() -> None:
    keys = photographs(8)
    plan = bulk.prepare(ACTOR, keys, [PERSON])
    jobs.run_due()
    bulk.carry_out(ACTOR, reread(plan))

    class Died(Exception):
        pass

    def die(done: int, _total: int) -> None:
        if done >= 3:
            raise Died

    with pytest.raises(Died):
        bulk.work_off(plan.id, tell=die)
    assert (reread(plan).state, reread(plan).position) == ("applying", 3)
    with pytest.raises(Refused, match="still being written"):
        bulk.prepare_undo(ACTOR, reread(plan).change_set_id or 0)
    jobs.run_due()
    plan = reread(plan)
    assert (plan.state, plan.changed) == ("applied", 8)
    assert db.session().scalar(select(func.count()).where(Agent.name == "Nagy Imre")) == 1
    assert db.session().scalar(select(func.count()).select_from(ImageAgent)) == 16
    undo(plan.change_set_id)
    assert db.session().scalar(select(func.count()).select_from(ImageAgent)) == 8


def test_what_was_changed_since_stops_a_large_undo_until_one_chooses() -> None:
    keys = photographs(7)
    plan = carried_out(keys, {"do": "set", "name": "notes", "value": "all"})
    with history.change(ACTOR, "describe"):
        db.session().get_one(Image, keys[6]).notes = "mine"
    done = plan.change_set_id
    asked = undo(done)
    assert (asked.state, asked.counts) == ("open", {"conflicts": 1, "things": 1, "all": 7})
    [conflict] = asked.conflicts
    assert (conflict["column"], conflict["found"], conflict["subject"]) == (
        "notes", "mine", ["image", keys[6]],
    )  # fmt: skip
    bulk.carry_out(ACTOR, asked, later="leave")
    jobs.run_due()
    asked = reread(asked)
    assert (asked.changed, bulk.left_out(asked)) == (6, {"moved": [keys[6]]})
    assert [record_of(key)["notes"] for key in keys] == [""] * 6 + ["mine"]
    with pytest.raises(Refused, match="undone already"):
        bulk.prepare_undo(ACTOR, done or 0)


def test_what_went_on_while_somebody_looked_is_undone_with_the_rest() -> None:
    keys = photographs(4)
    with history.change(ACTOR, "import") as imported:
        db.session().get_one(Image, keys[0]).notes = "imported"
    begun = imported.id
    noted(keys[0], "mine")
    plan = bulk.prepare_undo(ACTOR, begun)
    assert reread(plan).state == "open"
    with history.change(ACTOR, "import", onto=begun):
        for key in keys[1:]:
            db.session().get_one(Image, key).notes = "imported"
    bulk.carry_out(ACTOR, reread(plan), later="overwrite")
    jobs.run_due()
    assert [record_of(key)["notes"] for key in keys] == [""] * 4


def noted(key: int, words: str) -> None:
    with history.change(ACTOR, "describe"):
        db.session().get_one(Image, key).notes = words


def test_an_import_of_many_is_undone_as_one() -> None:
    with history.change(ACTOR, "ingest") as batch:
        photographs(7)
    before = everything()
    plan = undo(batch.id)
    assert plan.changed == 7
    assert everything() == {}
    assert db.session().scalars(select(Unit)).all() == []
    undo(plan.change_set_id)
    assert everything() == before


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ([], "nothing_to_do"),
        ([{"do": "dance"}], "unknown_instruction"),
        ([{"do": "add", "kind": "agent", "name": " ", "role": "creator"}], "name_missing"),
        ([{"do": "add", "kind": "agent", "name": "X", "role": "king"}], "unknown_value"),
        ([{"do": "remove", "kind": "agent", "name": "Nobody"}], "unknown_name"),
        ([{"do": "set", "name": "state", "value": "published"}], "unknown_value"),
        ([{"do": "set", "name": "rights_statement", "value": "free"}], "unknown_value"),
        ([{"do": "date", "display": "dunno"}], "unreadable_date"),
        ([{"do": "words", "find": "", "types": ["archivist_title"]}], "words_missing"),
        ([{"do": "words", "find": "a", "types": ["machine"]}], "unknown_value"),
        ([{"do": "delete"}, {"do": "mark", "name": "undated"}], "one_at_a_time"),
        ([{"do": "enter", "act": "withdraw", "reason_class": "whim"}], "unknown_value"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything(
    wanted: list[bulk.Instruction], code: str
) -> None:
    keys = photographs(1)
    with pytest.raises(Refused) as refused:
        bulk.prepare(ACTOR, keys, wanted)
    assert refused.value.code == code
    assert db.session().scalars(select(bulk.BulkPlan)).all() == []


def test_persons_are_removed_and_replaced_in_their_roles() -> None:
    [key] = photographs(1)
    carried_out([key], {**PERSON, "certainty": "possible"})
    by = {"do": "replace", "kind": "agent", "name": "Imre Nagy", "by": "Kádár János"}
    carried_out([key], {**by, "role": "depicted"})
    assert [(a["name"], a["certainty"]) for a in record_of(key)["agents"]] == [
        ("Kő Ágnes", "certain"),
        ("Kádár János", "possible"),
    ]
    carried_out([key], {"do": "remove", "kind": "agent", "name": "Kő Ágnes", "role": "depicted"})
    carried_out([key], {"do": "remove", "kind": "agent", "name": "Kádár János"})
    assert [a["name"] for a in record_of(key)["agents"]] == ["Kő Ágnes"]


def test_places_events_and_subjects_are_added_once() -> None:
    [key] = photographs(1)
    wanted = [
        {"do": "add", "kind": "place", "name": "Kossuth tér", "role": "shown"},
        {"do": "add", "kind": "event", "name": "Tüntetés"},
        {"do": "add", "kind": "concept", "name": "zászlók"},
    ]
    carried_out([key], *wanted, *wanted)
    own = record_of(key)
    assert [len(own[part]) for part in ("places", "events", "subjects")] == [1, 1, 1]
    carried_out([key], {"do": "remove", "kind": "event", "name": "tüntetés"})
    assert record_of(key)["events"] == []


def test_one_event_takes_the_place_of_another_and_is_said_anew() -> None:
    """Only one row says an event of a photograph: none meets another half-way, there or back."""
    [key] = photographs(1, events=[LinkDraft("Tüntetés"), LinkDraft("Gyűlés")])
    before = everything()
    plan = carried_out(
        [key],
        {"do": "remove", "kind": "event", "name": "Gyűlés"},
        {"do": "replace", "kind": "event", "name": "Tüntetés", "by": "Gyűlés"},
        {"do": "add", "kind": "event", "name": "Tüntetés"},
    )
    assert [event["name"]["und"] for event in record_of(key)["events"]] == ["Gyűlés", "Tüntetés"]
    assert undo(plan.change_set_id).state == "applied"
    assert everything() == before


def test_values_are_set_cleared_and_filled_where_empty() -> None:
    keys = photographs(2)
    carried_out(keys[:1], {"do": "set", "name": "custody", "lang": "hu", "value": "A család."})
    carried_out(keys, {"do": "set", "name": "custody", "lang": "en", "value": "The family."})
    fill = {"do": "set", "name": "custody", "lang": "hu", "value": "Ismeretlen.",
            "only_empty": True}  # fmt: skip
    carried_out(keys, fill, {"do": "set", "name": "rights_statement", "value": ""})
    assert [record_of(key)["provenance"]["custody"] for key in keys] == [
        {"hu": "A család.", "en": "The family."},
        {"hu": "Ismeretlen.", "en": "The family."},
    ]
    assert record_of(keys[0])["rights"]["statement"] == ""
    everything()


def test_dates_are_added_or_put_in_the_place_of_others() -> None:
    [key] = photographs(1)
    carried_out([key], {"do": "date", "display": "1956 ősze", "lang": "hu", "basis": "donor"})
    assert [d["display"] for d in record_of(key)["dates"]] == ["1956. október 25.", "1956 ősze"]
    carried_out([key], {"do": "date", "display": "1957", "replace": True})
    [only] = record_of(key)["dates"]
    assert (only["display"], only["edtf"], only["earliest"]) == ("1957", "1957", "1957-01-01")
    plan = carried_out([key], {"do": "date", "display": "1957", "replace": True})
    assert plan.counts == {"same": 1}


def test_a_changed_caption_supersedes_and_keeps_the_words_once_said() -> None:
    [key] = photographs(1)
    carried_out([key], {"do": "words", "find": "tér", "by": "utca", "types": ["archivist_title"],
                        "whole": True})  # fmt: skip
    assert record_of(key)["title"] == {"hu": "Tüntetők a téren, 0."}
    carried_out([key], {"do": "words", "find": "téren", "by": r"\1 utcán", "whole": True,
                        "types": ["archivist_title"]})  # fmt: skip
    assert record_of(key)["title"] == {"hu": r"Tüntetők a \1 utcán, 0."}
    old, new = db.session().scalars(select(CaptionStatement).order_by(CaptionStatement.id))
    assert (old.text, old.superseded_by_id, old.preferred) == ("Tüntetők a téren, 0.", new.id, 0)
    assert (new.preferred, new.public_id != old.public_id) == (True, True)


def test_words_that_would_leave_nothing_are_refused() -> None:
    unit = catalogue.add_unit(ACTOR, ref_code="HU-2", title={})
    draft = Draft(captions=[CaptionDraft("donor_account", "hu", "???")])
    key = catalogue.accession(ACTOR, unit, draft).id
    plan = carried_out([key], {"do": "words", "find": "?", "types": ["donor_account"]})
    assert plan.counts == {"nothing_left": 1}


def test_marks_do_not_contradict_what_is_said() -> None:
    [said] = photographs(1)
    unit = db.session().scalars(select(Unit)).one()
    bare = catalogue.accession(ACTOR, unit, Draft()).id
    plan = carried_out([said, bare], {"do": "mark", "name": "undated"})
    assert plan.counts == {"dated": 1, "change": 1}
    carried_out([bare], {"do": "mark", "name": "creator_unknown"})
    assert record_of(bare)["creator_unknown"] is True
    carried_out([bare], {"do": "date", "display": "1956"}, {**PERSON, "role": "creator"})
    assert (record_of(bare)["undated"], record_of(bare)["creator_unknown"]) == (False, False)


def test_photographs_are_moved_behind_what_is_there() -> None:
    keys = photographs(2)
    other = catalogue.add_unit(
        ACTOR, ref_code="HU-2", title={}, rights_and_provenance=Rights(credit_line="Másik")
    )
    unit_id, there = other.id, catalogue.accession(ACTOR, other, Draft()).id
    carried_out(keys, {"do": "move", "unit": "HU-2"})
    db.release()
    order = select(Image.id).where(Image.unit_id == unit_id).order_by(Image.position)
    assert db.session().scalars(order).all() == [there, *keys]
    everything()


def test_states_are_entered_by_the_rules_of_each() -> None:
    ready = photographs(2)
    unit = db.session().scalars(select(Unit)).one()
    bare = catalogue.accession(ACTOR, unit, Draft()).id
    plan = carried_out([*ready, bare], {"do": "enter", "act": "publish"})
    assert plan.counts == {"change": 2, "not_ready:title,date,creator,rights": 1}
    db.release()
    assert db.session().get_one(Access, ready[0]).public is True
    withdraw = {"do": "enter", "act": "withdraw", "reason_class": "rights"}
    plan = carried_out([ready[0], bare], withdraw)
    assert plan.counts == {"change": 1, "not_published": 1}
    plan = carried_out(ready, {"do": "enter", "act": "unpublish"})
    assert plan.counts == {"withdrawn": 1, "change": 1}
    db.release()
    assert db.session().get_one(Image, ready[0]).withdrawn_reason == "rights"
    assert db.session().get_one(Image, ready[1]).published_at is not None


def test_four_eyes_leave_out_what_the_publisher_described_last() -> None:
    mine, hers = photographs(2)
    other = Actor(8, "archivist", frozenset({"archivist"}))
    with history.change(other, "describe"):
        db.session().get_one(Image, hers).notes = "hers"
    use(current().model_copy(update={"four_eyes": True}))
    publish = {"do": "enter", "act": "publish"}
    plan = carried_out([mine, hers], publish)
    assert plan.counts == {"not_ready:four_eyes": 1, "change": 1}
    assert db.session().get_one(Image, mine).state == "draft"
    assert db.session().get_one(Image, hers).state == "published"
    plan = bulk.prepare(other, [mine], [publish])
    assert plan.counts == {"change": 1}
    bulk.carry_out(ACTOR, plan)
    assert bulk.left_out(reread(plan)) == {"not_ready:four_eyes": [mine]}
    assert db.session().get_one(Image, mine).state == "draft"


def test_only_what_readers_never_saw_is_deleted_and_can_come_back() -> None:
    seen, unseen = photographs(2)
    carried_out([seen], {"do": "enter", "act": "publish"})
    carried_out([seen], {"do": "enter", "act": "unpublish"})
    before = everything()
    plan = carried_out([seen, unseen], {"do": "delete"})
    assert plan.counts == {"was_published": 1, "change": 1}
    db.release()
    assert db.session().get(Image, unseen) is None
    undo(plan.change_set_id)
    assert everything() == before


def test_a_plan_is_carried_out_once() -> None:
    keys = photographs(1)
    plan = bulk.prepare(ACTOR, keys, [PERSON])
    bulk.carry_out(ACTOR, plan)
    with pytest.raises(Refused, match="plan is not open"):
        bulk.carry_out(ACTOR, plan)
