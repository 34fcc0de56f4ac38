"""Accession, description, publication: what is said, what readers see, what is kept."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from sqlalchemy import select

from archive import db, history, rights
from archive.catalogue import redrafting, service
from archive.catalogue.drafts import (
    CaptionDraft,
    CarrierDraft,
    DateDraft,
    Draft,
    FileDraft,
    IdentifierDraft,
    LinkDraft,
    Rights,
)
from archive.catalogue.models import Agent, CaptionStatement, Image, Unit
from archive.storage import Storage

pytestmark = pytest.mark.usefixtures("database")
ARCHIVIST = history.Actor(1, "archivist", frozenset({"archivist"}))
READER = history.Actor()
INC = "http://rightsstatements.org/vocab/InC/1.0/"
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"


@pytest.fixture
def unit() -> Unit:
    return service.add_unit(
        ARCHIVIST,
        ref_code="HU-1",
        title={"hu": "Fond"},
        rights_and_provenance=Rights(rights_statement=INC, credit_line="Archívum"),
    )


def full_draft() -> Draft:
    draft = Draft(
        ref_code="HU-1/7",
        dates=[DateDraft("1956. október 25. 11 óra", lang="hu", basis="caption")],
        agents=[
            LinkDraft("Nagy Imre", role="creator"),
            LinkDraft("Kovács Anna", role="depicted", certainty="possible", public=False),
        ],
        places=[LinkDraft("Kossuth tér", note="a lépcső előtt")],
        events=[LinkDraft("A Kossuth téri sortűz")],
        subjects=[LinkDraft("tüntetők"), LinkDraft("nők")],
        identifiers=[
            IdentifierDraft("accession_no", "2026/014"),
            IdentifierDraft("original_no", "A 1"),
        ],
        carriers=[CarrierDraft("zselatinos ezüst", "9x12", location="3/B/7")],
        alt={"hu": "Tömeg"},
        notes="csak nekünk",
    )
    draft.title("hu", "Tüntetők a Parlament előtt")
    draft.title("en", "Demonstrators before Parliament")
    draft.caption("agency_caption", "en", "Rebels at Parliament", stance="contested")
    return draft


def accessioned(unit: Unit, draft: Draft | None = None) -> str:
    return service.accession(ARCHIVIST, unit, draft or full_draft()).public_id


def image(public_id: str) -> Image:
    return service.image_by_id(db.session(), public_id)


def published(unit: Unit, draft: Draft | None = None) -> str:
    public_id = accessioned(unit, draft)
    service.publish(ARCHIVIST, image(public_id))
    return public_id


def test_a_record_says_what_the_draft_said(unit: Unit) -> None:
    record = service.read(accessioned(unit), ARCHIVIST).record
    assert record["title"] == {
        "hu": "Tüntetők a Parlament előtt",
        "en": "Demonstrators before Parliament",
    }
    assert record["dates"][0]["display"] == "1956. október 25. 11 óra"
    assert record["dates"][0]["edtf"] == "1956-10-25T11:00"
    assert record["dates"][0]["earliest"] == "1956-10-25"
    assert [agent["name"] for agent in record["agents"]] == ["Nagy Imre", "Kovács Anna"]
    assert record["places"][0]["name"] == {"und": "Kossuth tér"}
    assert len(record["subjects"]) == 2
    assert record["notes"] == "csak nekünk"


def test_rights_are_inherited_and_say_from_where(unit: Unit) -> None:
    found = service.read(accessioned(unit), ARCHIVIST).record["rights"]
    assert found["statement"] == INC
    assert found["credit"] == "Archívum"
    assert found["inherited"] == {"statement": "HU-1", "credit": "HU-1"}


def test_own_rights_win_over_the_unit(unit: Unit) -> None:
    draft = Draft(rights=Rights(rights_statement=PDM))
    found = service.read(accessioned(unit, draft), ARCHIVIST).record["rights"]
    assert found["statement"] == PDM
    assert found["inherited"] == {"credit": "HU-1"}


def test_a_draft_does_not_exist_for_readers(unit: Unit) -> None:
    public_id = accessioned(unit)
    with pytest.raises(service.NotFound):
        service.read(public_id, READER)
    service.publish(ARCHIVIST, image(public_id))
    assert service.read(public_id, READER).record["id"] == public_id
    service.unpublish(ARCHIVIST, image(public_id))
    with pytest.raises(service.NotFound):
        service.read(public_id, READER)


def test_a_withdrawn_photograph_is_gone_with_its_reason_class(unit: Unit) -> None:
    public_id = published(unit)
    service.withdraw(ARCHIVIST, image(public_id), reason_class="donor")
    with pytest.raises(service.Gone) as gone:
        service.read(public_id, READER)
    assert gone.value.reason == "donor"
    assert service.read(public_id, ARCHIVIST).record["state"] == "withdrawn"


def test_readers_see_nothing_meant_for_staff(unit: Unit) -> None:
    shown = service.read(published(unit), READER).record
    text = str(shown)
    for hidden in ("csak nekünk", "Kovács Anna", "3/B/7", "2026/014"):
        assert hidden not in text
    assert "A 1" in text


def test_publishing_asks_for_what_is_missing(unit: Unit) -> None:
    bare = service.add_unit(ARCHIVIST, ref_code="HU-2", title={"hu": "Üres"})
    public_id = accessioned(bare, Draft())
    with pytest.raises(service.NotReady) as refused:
        service.publish(ARCHIVIST, image(public_id))
    assert refused.value.missing == ["title", "date", "creator", "rights"]
    assert image(public_id).state == "draft"


def test_undated_and_unknown_are_answers_too(unit: Unit) -> None:
    draft = Draft(undated=True, creator_unknown=True)
    draft.title("hu", "Cím")
    assert service.missing_for_publication(db.session(), image(accessioned(unit, draft))) == []


def test_describing_with_its_own_draft_changes_nothing(unit: Unit) -> None:
    public_id = accessioned(unit)
    found = image(public_id)
    draft = redrafting.draft_of(service.own_record(db.session(), found))
    before = history.latest_seq(db.session())
    version = found.version
    service.describe(ARCHIVIST, found, draft, based_on=version)
    assert history.latest_seq(db.session()) == before
    assert image(public_id).version == version


def test_a_corrected_caption_is_a_new_statement_and_the_old_words_are_kept(unit: Unit) -> None:
    public_id = accessioned(unit)
    found = image(public_id)
    draft = redrafting.draft_of(service.own_record(db.session(), found))
    draft.captions[0].text = "Tüntetők az Országház előtt"
    service.describe(ARCHIVIST, found, draft, based_on=found.version)
    assert service.read(public_id, ARCHIVIST).record["title"]["hu"] == "Tüntetők az Országház előtt"
    words = db.session().scalars(select(CaptionStatement.text)).all()
    assert "Tüntetők a Parlament előtt" in words


def test_saving_on_an_outdated_version_is_refused(unit: Unit) -> None:
    public_id = accessioned(unit)
    first = image(public_id)
    version = first.version
    draft = redrafting.draft_of(service.own_record(db.session(), first))
    draft.notes = "az első"
    service.describe(ARCHIVIST, first, draft, based_on=version)
    draft.notes = "a második"
    with pytest.raises(service.Stale) as stale:
        service.describe(ARCHIVIST, image(public_id), draft, based_on=version)
    assert stale.value.found == version + 1
    assert image(public_id).notes == "az első"


def test_saving_what_somebody_has_taken_out_is_refused(unit: Unit) -> None:
    taken = image(accessioned(unit))
    newest = select(history.ChangeSet).order_by(history.ChangeSet.id.desc()).limit(1)
    history.undo(ARCHIVIST, db.session().scalars(newest).one())
    with pytest.raises(service.NotFound):
        service.describe(ARCHIVIST, taken, full_draft(), based_on=2)


def test_undo_brings_back_what_was_said(unit: Unit) -> None:
    public_id = accessioned(unit)
    found = image(public_id)
    before = service.read(public_id, ARCHIVIST).record
    changed = Draft(captions=[CaptionDraft("archivist_title", "hu", "Más", preferred=True)])
    service.describe(ARCHIVIST, found, changed, based_on=found.version)
    last = (
        db.session()
        .scalars(select(history.ChangeSet).order_by(history.ChangeSet.id.desc()))
        .first()
    )
    assert last is not None
    history.undo(ARCHIVIST, last)
    after = service.read(public_id, ARCHIVIST).record
    for key in ("title", "captions", "dates", "agents", "places", "subjects", "notes", "carriers"):
        assert after[key] == before[key], key


def test_undoing_an_accession_leaves_no_photograph(unit: Unit) -> None:
    public_id = accessioned(unit)
    last = (
        db.session()
        .scalars(select(history.ChangeSet).order_by(history.ChangeSet.id.desc()))
        .first()
    )
    assert last is not None
    history.undo(ARCHIVIST, last)
    with pytest.raises(service.NotFound):
        service.read(public_id, ARCHIVIST)


def test_one_person_under_every_form_of_the_name(unit: Unit) -> None:
    for name in ("Nagy Imre", "Imre Nagy", "Nagy, Imre", "NAGY IMRE"):
        accessioned(unit, Draft(agents=[LinkDraft(name)]))
    assert len(db.session().scalars(select(Agent)).all()) == 1


def test_a_renamed_person_is_renamed_in_every_record(unit: Unit) -> None:
    public_id = accessioned(unit)
    with history.change(ARCHIVIST, "describe"):
        agent = db.session().scalars(select(Agent).where(Agent.name == "Nagy Imre")).one()
        agent.name = "Nagy Imre (1896–1958)"
    names = [entry["name"] for entry in service.read(public_id, ARCHIVIST).record["agents"]]
    assert "Nagy Imre (1896–1958)" in names


def test_a_change_of_rights_in_the_unit_reaches_the_access_rows(unit: Unit) -> None:
    public_id = published(unit)
    before = service.read(public_id, READER).access
    assert (before.download_px, before.licensable) == (0, True)
    epoch = before.epoch
    service.edit_unit(ARCHIVIST, unit, rights_statement=PDM)
    after = service.read(public_id, READER).access
    assert (after.download_px, after.licensable) == (None, False)
    assert after.epoch == epoch + 1
    assert rights.statement(after.statement)


def test_a_file_belongs_to_one_photograph(unit: Unit, tmp_path: Path) -> None:
    store = Storage(tmp_path)
    store.prepare()
    kept = store.put(io.BytesIO(b"a master"))
    service.accession(ARCHIVIST, unit, Draft(), [FileDraft(kept, "a.jpg")])
    with pytest.raises(service.Refused) as refused:
        service.accession(ARCHIVIST, unit, Draft(), [FileDraft(kept, "copy.jpg")])
    assert refused.value.code == "file_already_known"
    assert len(db.session().scalars(select(Image)).all()) == 1


def test_a_reference_code_is_given_once(unit: Unit) -> None:
    with pytest.raises(service.Refused, match="reference code taken"):
        service.add_unit(ARCHIVIST, ref_code="HU-1", title={"hu": "Másik"})


def test_the_first_recto_represents_the_photograph(unit: Unit, tmp_path: Path) -> None:
    store = Storage(tmp_path)
    store.prepare()
    back = FileDraft(store.put(io.BytesIO(b"back")), "a_v.jpg", side="verso")
    front = FileDraft(store.put(io.BytesIO(b"front")), "a_r.jpg", side="recto")
    made = service.accession(ARCHIVIST, unit, Draft(), [back, front])
    assets = service.read(made.public_id, ARCHIVIST).record["assets"]
    assert [(a["side"], a["representative"]) for a in assets] == [("verso", False), ("recto", True)]
