"""The strip of a roll: its order, its numbers, and dates that follow from the sequence."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from archive import db, history
from archive.catalogue import arrangement, dump, service, strips
from archive.catalogue.drafts import DateDraft, Draft
from archive.catalogue.models import Image, Unit
from archive.catalogue.refusals import Refused
from archive.history.models import ChangeSet

pytestmark = pytest.mark.usefixtures("database")
ARCHIVIST = history.Actor(1, "archivist", frozenset({"archivist"}))


@pytest.fixture
def roll() -> Unit:
    fonds = arrangement.add_unit(ARCHIVIST, ref_code="HU-1", title={"hu": "Fond"})
    return arrangement.add_unit(
        ARCHIVIST,
        ref_code="HU-1/R17",
        title={"hu": "17. tekercs"},
        level="file",
        form="roll",
        parent=fonds,
    )


def frame(roll: Unit, number: str, dated: str = "", **more: object) -> Image:
    draft = Draft(frame=number, **more)  # type: ignore[arg-type]
    if dated:
        draft.dates = [DateDraft(dated, lang="hu", basis="inscription")]
    return service.accession(ARCHIVIST, roll, draft)


def numbers(roll: Unit) -> list[str]:
    return [image.frame for image in strips.strip(db.session(), roll).images]


def dates_of(image: Image) -> list[tuple[str, str]]:
    record = service.read(image.public_id, ARCHIVIST).record
    return [(entry["edtf"], entry["basis"]) for entry in record["dates"]]


def last_change() -> ChangeSet:
    return db.session().scalars(select(ChangeSet).order_by(ChangeSet.id.desc()).limit(1)).one()


def test_a_strip_lies_in_order_and_names_what_is_missing(roll: Unit) -> None:
    for number in ("12A", "2", "13", "12", "", "2"):
        frame(roll, number)
    found = strips.strip(db.session(), roll)
    assert numbers(roll) == ["2", "2", "12", "12A", "13", ""]
    assert (found.missing, found.twice, found.unnumbered) == ([(3, 11)], ["2"], 1)


def test_a_box_has_no_gaps(roll: Unit) -> None:
    for number in ("1", "9"):
        frame(roll, number)
    arrangement.edit_unit(ARCHIVIST, roll, form="box")
    assert strips.strip(db.session(), roll).missing == []


def test_new_numbers_put_the_photographs_in_order(roll: Unit) -> None:
    images = [frame(roll, "") for _ in range(3)]
    keys = [image.id for image in images]
    strips.renumber(ARCHIVIST, roll, dict(zip(keys, ["3", " 12  A ", "1"], strict=True)))
    assert numbers(roll) == ["1", "3", "12 A"]
    order = select(Image.id).where(Image.unit_id == roll.id).order_by(Image.position)
    assert db.session().scalars(order).all() == [keys[2], keys[0], keys[1]]
    with pytest.raises(Refused) as refused:
        strips.renumber(ARCHIVIST, roll, {keys[0]: "9" * 21})
    assert refused.value.code == "frame_too_long"
    assert numbers(roll) == ["1", "3", "12 A"]


def test_dates_follow_from_the_sequence_and_can_be_undone(roll: Unit) -> None:
    frame(roll, "11", "1956. október 23.")
    silent = [frame(roll, str(number)) for number in (12, 13, 14)]
    frame(roll, "19", "1956. október 30.")
    before = [line for part in dump.parts(db.session()).values() for line in map(dump.line, part)]
    proposed = strips.strip(db.session(), roll).proposed
    assert [bounds.key for bounds in proposed] == [image.id for image in silent]
    chosen = {bounds.key: bounds.edtf for bounds in proposed[:2]}
    assert strips.accept_dates(ARCHIVIST, roll, chosen, lang="hu") == 2
    assert dates_of(silent[0]) == [("1956-10-23/1956-10-30", "sequence")]
    record = service.read(silent[0].public_id, ARCHIVIST).record
    assert record["dates"][0]["display"] == "1956. október 23–30."
    assert record["dates"][0]["source"] == "HU-1/R17: 11–19"
    assert [b.key for b in strips.strip(db.session(), roll).proposed] == [silent[2].id]
    change = last_change()
    assert change.action == "date_by_sequence"
    history.undo(ARCHIVIST, change)
    after = [line for part in dump.parts(db.session()).values() for line in map(dump.line, part)]
    assert after == before


def test_a_date_by_sequence_is_no_ground_for_another(roll: Unit) -> None:
    first = frame(roll, "1", "1956. október 23.")
    for number in (2, 3):
        frame(roll, str(number))
    last = frame(roll, "4", "1956. október 30.")
    proposed = strips.strip(db.session(), roll).proposed
    one = {proposed[0].key: proposed[0].edtf}
    strips.accept_dates(ARCHIVIST, roll, one, lang="en")
    again = strips.strip(db.session(), roll).proposed
    assert [(b.frame, b.after, b.before) for b in again] == [("3", first.frame, last.frame)]


def test_what_is_said_already_is_left_alone(roll: Unit) -> None:
    frame(roll, "1", "1956. október 23.")
    frame(roll, "2", "1956 körül, talán")
    frame(roll, "3", undated=True)
    frame(roll, "4", "1956. október 30.")
    assert strips.strip(db.session(), roll).proposed == []


def test_a_proposal_that_has_changed_is_not_accepted(roll: Unit) -> None:
    frame(roll, "1", "1956. október 23.")
    silent = frame(roll, "2")
    frame(roll, "3", "1956. október 30.")
    old = {silent.id: strips.strip(db.session(), roll).proposed[0].edtf}
    frame(roll, "2A", "1956. október 25.")
    for chosen in (old, {0: "1956"}):
        with pytest.raises(Refused) as refused:
            strips.accept_dates(ARCHIVIST, roll, chosen, lang="hu")
        assert refused.value.code == "proposal_changed"
    assert dates_of(silent) == []
