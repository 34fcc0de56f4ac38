"""What is written on backs is drafted by a program, once, and waits for a person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image as Drawing
from PIL import ImageDraw, ImageFont
from sqlalchemy import func, select

from archive import db, history, jobs
from archive.catalogue import gaps, redrafting, versos
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import Draft, FileDraft, Rights
from archive.catalogue.models import Asset, CaptionStatement, Image
from archive.history.actor import READER, Actor
from archive.media import service as media
from archive.media import transcribing
from archive.media.models import Transcription
from archive.settings import Settings, use

read_by_tesseract = pytest.mark.usefixtures("tesseract")
ACTOR = Actor(7, "archivist", frozenset({"archivist"}))
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"
WRITTEN = ("Budapest, 1956. november", "Tüntetők a Kossuth téren")


@pytest.fixture(autouse=True)
def store(settings: Settings, database: None) -> None:
    use(settings)
    media.masters().prepare()


@pytest.fixture
def tesseract(needs: Callable[..., None]) -> None:
    needs(transcribing.program(), "tesseract with the Hungarian language")


def back(folder: Path, lines: tuple[str, ...]) -> Path:
    """A picture of typewritten lines."""
    path = folder / "verso.png"
    page = Drawing.new("L", (1400, 900), 235)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(42)
    for number, line in enumerate(lines):
        pen.text((80, 80 + 90 * number), line, fill=30, font=font)
    page.save(path)
    return path


def photograph(folder: Path, lines: tuple[str, ...] = WRITTEN) -> int:
    """The key of a photograph whose one file shows its back."""
    unit = catalogue.add_unit(ACTOR, ref_code="HU-1", title={"hu": "Fond"})
    path = back(folder, lines)
    draft = Draft(ref_code="HU-1/1", rights=Rights(rights_statement=PDM))
    draft.undated = draft.creator_unknown = True
    draft.title("hu", "Tüntetés")
    stored = media.masters().put_file(path)
    file = FileDraft(stored, path.name, mime="image/png", side="verso")
    image = catalogue.accession(ACTOR, unit, draft, [file])
    key = image.id
    db.release()
    return key


def read() -> None:
    versos.transcribe(db.session().scalars(select(Asset)).one())


def of(key: int) -> Image:
    return db.session().get_one(Image, key)


def machine(key: int) -> list[CaptionStatement]:
    found = select(CaptionStatement).where(
        CaptionStatement.image_id == key, CaptionStatement.type == "machine"
    )
    return list(db.session().scalars(found))


@read_by_tesseract
def test_what_is_typed_on_a_back_is_proposed_once(tmp_path: Path) -> None:
    key = photograph(tmp_path)
    versos.transcribe_waiting()
    jobs.run_due()
    (draft,) = machine(key)
    assert "1956" in draft.text
    assert "Kossuth" in draft.text
    assert "\n" in draft.text
    assert (draft.side, draft.public, draft.preferred) == ("verso", False, False)
    assert draft.attributed.startswith("tesseract")
    assert gaps.count(db.session(), "machine_draft") == 1
    assert versos.waiting(db.session()) == []
    db.release()
    versos.transcribe_versos(jobs.Run(0, ""))
    assert len(machine(key)) == 1


@read_by_tesseract
def test_readers_never_see_a_draft(tmp_path: Path) -> None:
    key = photograph(tmp_path)
    read()
    catalogue.publish(ACTOR, of(key))
    seen = catalogue.read(of(key).public_id, READER).record
    assert "machine" not in [caption["type"] for caption in seen["captions"]]


@read_by_tesseract
def test_a_draft_that_was_taken_back_does_not_come_again(tmp_path: Path) -> None:
    key = photograph(tmp_path)
    read()
    said = redrafting.draft_of(catalogue.own_record(db.session(), of(key)))
    said.captions = [caption for caption in said.captions if caption.type != "machine"]
    catalogue.describe(ACTOR, of(key), said, based_on=of(key).version)
    assert gaps.count(db.session(), "machine_draft") == 0
    with db.transaction() as session:
        session.delete(session.scalars(select(Transcription)).one())
    db.release()
    read()
    assert len([row for row in machine(key) if not row.retired]) == 0


@read_by_tesseract
def test_a_draft_is_a_change_that_can_be_undone(tmp_path: Path) -> None:
    key = photograph(tmp_path)
    read()
    newest = select(history.ChangeSet).order_by(history.ChangeSet.id.desc()).limit(1)
    made = db.session().scalars(newest).one()
    assert (made.actor_label, made.reason) == ("transcription", "OCR")
    history.undo(ACTOR, made)
    assert machine(key) == []


@read_by_tesseract
def test_an_empty_back_is_read_once_and_says_nothing(tmp_path: Path) -> None:
    key = photograph(tmp_path, ())
    read()
    assert machine(key) == []
    assert versos.waiting(db.session()) == []


def test_a_file_that_cannot_be_opened_is_passed_over(tmp_path: Path) -> None:
    key = photograph(tmp_path)
    asset = db.session().scalars(select(Asset)).one()
    master = media.masters().locate(db.session(), asset.sha256)
    master.chmod(0o600)
    master.write_bytes(b"no picture")
    versos.transcribe(asset)
    assert machine(key) == []
    assert db.session().scalar(select(func.count()).select_from(Transcription)) == 1


def test_without_the_program_nothing_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    transcribing.program.cache_clear()
    photograph(tmp_path)
    versos.transcribe_waiting()
    asked = select(func.count()).select_from(jobs.Job).where(jobs.Job.kind == "transcribe_versos")
    assert db.session().scalar(asked) == 0
    transcribing.program.cache_clear()
