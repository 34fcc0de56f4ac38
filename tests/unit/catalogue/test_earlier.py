"""A photograph as it was: whatever happened since, an earlier version is what was recorded then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from archive import db, history
from archive.catalogue import earlier, joining, redrafting
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import CarrierDraft, DateDraft, Draft, IdentifierDraft, LinkDraft
from archive.catalogue.models import Image
from archive.catalogue.record import Record
from archive.history import ChangeSet

TESTER = history.system("tests")
pytestmark = pytest.mark.usefixtures("either_database")


def photograph() -> Image:
    unit = catalogue.add_unit(TESTER, ref_code="HU-1", title={"hu": "Fond"})
    draft = Draft(ref_code="HU-1/1", notes="első")
    draft.title("hu", "Tüntetők")
    draft.caption("agency_caption", "en", "Crowd", attributed="Agency")
    draft.dates = [DateDraft("1956 ősze", "hu")]
    draft.agents = [LinkDraft("Kis Pál", "creator"), LinkDraft("Nagy Éva", "depicted")]
    draft.places = [LinkDraft("Bem tér", "shown")]
    draft.subjects = [LinkDraft("nők", kind="subject")]
    draft.events = [LinkDraft("forradalom")]
    draft.identifiers = [IdentifierDraft("original_no", "12/3")]
    draft.carriers = [CarrierDraft(technique="zselatinos ezüst")]
    men = LinkDraft("férfiak", kind="subject")  # a term that stays when a change is undone
    catalogue.accession(TESTER, unit, Draft(subjects=[men]))
    return catalogue.accession(TESTER, unit, draft)


def said(image: Image) -> Draft:
    return redrafting.draft_of(catalogue.own_record(db.session(), image))


def change(image: Image, alter: Callable[[Draft], None]) -> None:
    draft = said(image)
    alter(draft)
    catalogue.describe(TESTER, image, draft, based_on=image.version)


def _retitle(draft: Draft) -> None:
    draft.captions[0] = replace(draft.captions[0], text="Tömeg a téren")


def _forget(draft: Draft) -> None:
    draft.agents, draft.carriers, draft.dates = draft.agents[:1], [], []


def _add(draft: Draft) -> None:
    draft.subjects.append(LinkDraft("férfiak", kind="subject"))
    draft.dates.append(DateDraft("1957", "hu"))
    draft.notes = "második"


def test_every_version_is_what_was_recorded_then() -> None:
    image = photograph()
    kept = {image.version: catalogue.own_record(db.session(), image)}
    for alter in (_retitle, _forget, _add):
        change(image, alter)
        kept[image.version] = catalogue.own_record(db.session(), image)
    last = db.session().query(ChangeSet).order_by(ChangeSet.id.desc()).first()
    assert last is not None
    history.undo(TESTER, last)
    kept[image.version] = catalogue.own_record(db.session(), image)
    assert len(kept) == 5
    for version, own in kept.items():
        assert earlier.own_at(db.session(), image, version) == own, version


def test_statements_that_went_to_another_and_back_are_those_of_the_time() -> None:
    """Two records are joined and parted: each version of either says what it said itself."""
    stays, goes = photograph(), photograph_like("Egy másik")
    kept = {image.id: {image.version: said_now(image)} for image in (stays, goes)}
    joining.merge(TESTER, stays, goes, reason="one negative")
    joined = db.session().query(ChangeSet).order_by(ChangeSet.id.desc()).first()
    remember(kept, stays, goes)
    change(stays, _retitle)
    remember(kept, stays, goes)
    assert joined is not None
    history.undo(TESTER, joined)
    remember(kept, stays, goes)
    assert {key: len(versions) for key, versions in kept.items()} == {stays.id: 4, goes.id: 3}
    for image in (stays, goes):
        for version, own in kept[image.id].items():
            assert earlier.own_at(db.session(), image, version) == own, (image.id, version)


def photograph_like(title: str) -> Image:
    draft = Draft()
    draft.title("hu", title)
    draft.dates = [DateDraft("1957", "hu")]
    return catalogue.accession(TESTER, catalogue.unit_by_ref(db.session(), "HU-1"), draft)


def said_now(image: Image) -> Record:
    return catalogue.own_record(db.session(), image)


def remember(kept: dict[int, dict[int, Record]], *images: Image) -> None:
    db.session().expire_all()
    for image in images:
        kept[image.id][image.version] = said_now(image)


def test_what_the_history_does_not_reach_is_not_invented() -> None:
    image = photograph()
    assert earlier.own_at(db.session(), image, image.version + 1) is None
    assert earlier.own_at(db.session(), image, image.version - 1) is None
