"""Transcriptions of the backs of prints: drafted by a program, waiting for a person.

What the program reads of a file is kept with the file; of what it reads a caption of the type
"machine" is made, which readers never see. The invariant: a file is read once, and a draft that
somebody has corrected or taken back does not come again.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import db, history, jobs, settings, storage
from archive.catalogue import redrafting, service
from archive.catalogue.drafts import CaptionDraft
from archive.catalogue.models import Asset, CaptionStatement, Image
from archive.catalogue.refusals import Stale
from archive.media import service as media
from archive.media import transcribing
from archive.media.models import Transcription

ACTOR = history.system("transcription")
DAY = 86_400
AT_ONCE = 100
TRIES = 5


def transcribe_waiting() -> None:
    """Have the backs that nobody has read yet read by the worker, when there are any."""
    if is_on() and waiting(db.session(), limit=1):
        jobs.submit("transcribe_versos")


def is_on() -> bool:
    """Whether this archive lets a program read backs, and has one."""
    return settings.current().transcribe_versos and bool(transcribing.program())


def waiting(session: Session, *, limit: int = AT_ONCE) -> Sequence[Asset]:
    """Backs whose file no program has read, oldest first."""
    read = select(Transcription.sha256)
    found = select(Asset).where(Asset.side == "verso", Asset.sha256.not_in(read))
    return session.scalars(found.order_by(Asset.id).limit(limit)).all()


@jobs.every(DAY)
def transcribe_versos(run: jobs.Run) -> None:
    """Read what waits until nothing does; a file that cannot be read is passed over for good."""
    done = 0
    while is_on() and (found := waiting(db.session())):
        for asset in found:
            transcribe(asset)
            done += 1
            run.progress(done, done + len(found))
        db.release()


def transcribe(asset: Asset) -> Transcription:
    """Read one back, keep what was read, and propose it as a caption of its photograph."""
    sha256, image_id = asset.sha256, asset.image_id
    try:
        master = media.masters().locate(db.session(), sha256)
        draft = transcribing.transcribe(master)
    except (transcribing.CannotTranscribe, storage.StorageError) as error:
        draft = transcribing.Draft("", 0.0, f"{transcribing.program()}: {error}"[:200])
    if draft.text:
        _propose(image_id, draft)
    with db.transaction() as session:
        return session.merge(
            Transcription(
                sha256=sha256, text=draft.text, confidence=draft.confidence, program=draft.program
            )
        )


def _propose(image_id: int, draft: transcribing.Draft) -> None:
    """Add the draft to what is said, in one change set; somebody may be saving meanwhile."""
    for _attempt in range(TRIES):
        db.release()
        session = db.session()
        image = session.get_one(Image, image_id)
        if image.state == "withdrawn" or _is_known(session, image, draft.text):
            return
        said = redrafting.draft_of(service.own_record(session, image))
        said.captions.append(
            CaptionDraft(
                "machine", "", draft.text, attributed=draft.program, side="verso", public=False
            )
        )
        try:
            service.describe(ACTOR, image, said, based_on=image.version, reason="OCR")
        except Stale:
            continue
        return


def _is_known(session: Session, image: Image, text: str) -> bool:
    """Whether these words were proposed or written before, even if they no longer hold."""
    of = CaptionStatement.image_id == image.id, CaptionStatement.text == text
    return session.scalar(select(CaptionStatement.id).where(*of).limit(1)) is not None
