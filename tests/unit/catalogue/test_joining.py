"""Two records of one photograph become one, and two again when that is undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from archive import db, history
from archive.catalogue import joining, redrafting
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import (
    CarrierDraft,
    DateDraft,
    Draft,
    FileDraft,
    IdentifierDraft,
    LinkDraft,
    Rights,
)
from archive.catalogue.models import (
    Asset,
    CaptionStatement,
    FormerCode,
    Image,
    ImageLink,
    RecordRow,
)
from archive.catalogue.refusals import Gone, Moved, Refused, Stale
from archive.history import Actor, ChangeSet
from archive.history.actor import READER
from archive.media import service as media
from archive.media.models import Picture
from archive.settings import Settings, use

pytestmark = pytest.mark.usefixtures("either_database")
ACTOR = Actor(7, "archivist", frozenset({"archivist"}))
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"


@pytest.fixture(autouse=True)
def store(settings: Settings) -> Any:
    use(settings)
    media.masters().prepare()


def file(folder: Path, content: bytes) -> FileDraft:
    path = folder / f"{content.decode()}.jpg"
    path.write_bytes(content)
    return FileDraft(media.masters().put_file(path), path.name, mime="image/jpeg")


def photograph(folder: Path, code: str, title: str, **more: Any) -> Image:
    try:
        unit = catalogue.unit_by_ref(db.session(), "HU-1")
    except catalogue.NotFound:
        unit = catalogue.add_unit(ACTOR, ref_code="HU-1", title={"hu": "Fond"})
    draft = Draft(ref_code=code, **more)
    draft.title("hu", title)
    draft.dates = [DateDraft("1956. október 25.", lang="hu")]
    draft.agents = [LinkDraft("Kő Ágnes", role="creator")]
    draft.events = [LinkDraft("Tüntetés")]
    return catalogue.accession(ACTOR, unit, draft, [file(folder, code[-1:].encode())])


def two(folder: Path) -> tuple[Image, Image]:
    stays = photograph(folder, "HU-1/1", "Tüntetők", rights=Rights(rights_statement=PDM))
    goes = photograph(
        folder, "HU-1/2", "Menet a téren", notes="kettős",
        identifiers=[IdentifierDraft("original_no", "57/3", "MTI")],
        carriers=[CarrierDraft(technique="zselatinos ezüst")],
        rights=Rights(credit_line="MTI"),
    )  # fmt: skip
    return stays, goes


def records() -> dict[int, Any]:
    db.session().expire_all()
    return {row.image_id: row.own for row in db.session().scalars(select(RecordRow))}


def test_what_is_said_moves_and_stands_once(tmp_path: Path) -> None:
    stays, goes = two(tmp_path)
    joining.merge(ACTOR, stays, goes, reason="the same print")
    own = records()[stays.id]
    assert own["title"] == {"hu": "Tüntetők"}
    assert [c["text"] for c in own["captions"]] == ["Tüntetők", "Menet a téren"]
    assert [len(own[part]) for part in ("dates", "agents", "events", "carriers", "assets")] == [
        1, 1, 1, 1, 2,
    ]  # fmt: skip
    assert (own["rights"]["statement"], own["rights"]["credit"], own["notes"]) == (
        PDM, "MTI", "kettős",
    )  # fmt: skip
    assert [asset["representative"] for asset in own["assets"]] == [True, False]
    gone = records()[goes.id]
    assert (gone["state"], gone["captions"], gone["assets"]) == ("withdrawn", [], [])


def test_the_pictures_go_along_and_come_back(tmp_path: Path) -> None:
    stays, goes = two(tmp_path)
    change = merged(stays, goes)
    assert set(db.session().scalars(select(Picture.image_id))) == {stays.id}
    history.undo(ACTOR, change)
    assert set(db.session().scalars(select(Picture.image_id))) == {stays.id, goes.id}


def merged(stays: Image, goes: Image) -> history.ChangeSet:
    with history.change(ACTOR, "merge") as change:
        joining.merge(ACTOR, stays, goes)
    return change


def test_undoing_parts_the_two_again(tmp_path: Path) -> None:
    stays, goes = two(tmp_path)
    before = records()
    change = merged(stays, goes)
    after = records()
    undone = history.undo(ACTOR, change)
    assert records() == before
    assert db.session().scalars(select(FormerCode)).all() == []
    history.undo(ACTOR, undone)
    assert records() == after


def test_the_address_of_the_one_leads_to_the_other(tmp_path: Path) -> None:
    stays, goes = two(tmp_path)
    for image in (stays, goes):
        catalogue.publish(ACTOR, with_rights(image))
    third = photograph(tmp_path, "HU-1/3", "Harmadik", rights=Rights(rights_statement=PDM))
    catalogue.publish(ACTOR, third)
    joining.merge(ACTOR, stays, goes)
    joining.merge(ACTOR, third, stays)
    with pytest.raises(Moved) as moved:
        catalogue.read(goes.public_id, READER)
    assert moved.value.to == third.public_id
    assert catalogue.read(goes.public_id, ACTOR).record["state"] == "withdrawn"
    catalogue.unpublish(ACTOR, third)
    with pytest.raises(Gone) as gone:
        catalogue.read(goes.public_id, READER)
    assert not isinstance(gone.value, Moved)


def with_rights(image: Image) -> Image:
    with history.change(ACTOR, "describe"):
        image.rights_statement = PDM
    return image


def test_a_public_record_does_not_disappear_behind_a_draft(tmp_path: Path) -> None:
    stays, goes = two(tmp_path)
    catalogue.publish(ACTOR, with_rights(goes))
    with pytest.raises(Refused, match="public must stay"):
        joining.merge(ACTOR, stays, goes)
    joining.merge(ACTOR, goes, stays)


@pytest.mark.parametrize("again", [True, False])
def test_what_makes_no_sense_is_refused(tmp_path: Path, again: bool) -> None:
    stays, goes = two(tmp_path)
    if again:
        joining.merge(ACTOR, stays, goes)
    with pytest.raises(Refused):
        joining.merge(ACTOR, stays, goes if again else stays)


def test_a_record_that_was_changed_since_it_was_looked_at_is_not_merged(tmp_path: Path) -> None:
    stays, goes = two(tmp_path)
    seen = (stays.version, goes.version)
    with_rights(goes)
    with pytest.raises(Stale):
        joining.merge(ACTOR, stays, goes, based_on=seen)
    assert records()[goes.id]["state"] == "draft"


def test_links_to_other_photographs_move_and_none_leads_to_itself(tmp_path: Path) -> None:
    stays, goes = two(tmp_path)
    third = photograph(tmp_path, "HU-1/3", "Harmadik")
    with history.change(ACTOR, "link"):
        for one, other in ((goes, stays), (goes, third), (stays, third)):
            link = ImageLink(image_id=one.id, other_id=other.id, kind="crop_of")
            db.session().add(link)
    joining.merge(ACTOR, stays, goes)
    [link] = db.session().scalars(select(ImageLink))
    assert (link.image_id, link.other_id) == (stays.id, third.id)


def test_the_same_words_are_in_sight_once_and_never_lost(tmp_path: Path) -> None:
    stays = photograph(tmp_path, "HU-1/1", "Tüntetők")
    goes = photograph(tmp_path, "HU-1/2", "Tüntetők")
    joining.merge(ACTOR, stays, goes)
    assert len(records()[stays.id]["captions"]) == 1
    assert len(db.session().scalars(select(CaptionStatement)).all()) == 2
    assert len(db.session().scalars(select(Asset)).all()) == 2


def last_change() -> ChangeSet:
    return db.session().scalars(select(ChangeSet).order_by(ChangeSet.id.desc()).limit(1)).one()


def retitle(image: Image, before: str, after: str) -> None:
    draft = redrafting.draft_of(catalogue.own_record(db.session(), image))
    for caption in draft.captions:
        caption.text = after if caption.text == before else caption.text
    catalogue.describe(ACTOR, image, draft, based_on=image.version)


def test_what_both_records_said_is_not_taken_back_with_what_one_of_them_said(
    tmp_path: Path,
) -> None:
    stays, goes = two(tmp_path)
    for image in (goes, stays):
        draft = redrafting.draft_of(catalogue.own_record(db.session(), image))
        draft.agents = [LinkDraft("Kő Pál", role="depicted")]
        catalogue.describe(ACTOR, image, draft, based_on=image.version)
    said = last_change()
    joining.merge(ACTOR, stays, goes)
    before = records()
    with pytest.raises(history.UndoConflict):
        history.undo(ACTOR, said)
    assert records() == before
    assert [link["name"] for link in before[stays.id]["agents"]] == ["Kő Pál"]


def test_words_that_were_corrected_since_are_not_parted_from_their_correction(
    tmp_path: Path,
) -> None:
    """The correction stays with the one record: what it corrects would be hidden with the other."""
    stays, goes = two(tmp_path)
    joining.merge(ACTOR, stays, goes)
    joined = last_change()
    moved = records()[stays.id]["captions"][-1]["text"]
    retitle(stays, moved, "Javítva")
    before = records()
    for later in ("stop", "leave", "overwrite"):
        with pytest.raises(history.UndoConflict) as stopped:
            history.undo(ACTOR, joined, later=later)  # type: ignore[arg-type]
    assert {one.column for one in stopped.value.conflicts} == {"superseded_by_id"}
    assert records() == before


def test_what_was_undone_comes_back_whole_or_not_at_all_where_its_rows_have_moved(
    tmp_path: Path,
) -> None:
    """A correction is undone, and its record joined to another with a title of its own."""
    stays, goes = two(tmp_path)
    title = records()[goes.id]["captions"][0]["text"]
    retitle(goes, title, "Javítva")
    undone = history.undo(ACTOR, last_change())
    joining.merge(ACTOR, stays, goes)
    before = records()
    with pytest.raises(history.UndoConflict):
        history.undo(ACTOR, undone, later="leave")
    assert records() == before
