"""What somebody has typed and not saved yet, kept so that a closed window loses nothing.

It is theirs alone, wherever they sign in; nobody else sees it, and no log or history knows of it.
The invariant: what is saved, or says nothing new, is not kept here any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from archive import db, settings
from archive.catalogue import service as catalogue
from archive.catalogue.models import Image
from archive.catalogue.record import Record
from archive.history import Actor
from archive.workbench.models import WorkingDraft

Pairs = list[tuple[str, str]]
NOT_KEPT = frozenset({"csrf_token", "next", "publish", "add", "copy", "apply", "keep"})


class TooMuch(Exception):
    """A limit is reached; `code` is "long" or "many", `most` the limit (KiB, or drafts)."""

    def __init__(self, code: str, most: int) -> None:
        super().__init__(f"too {code}: at most {most}")
        self.code, self.most = code, most


@dataclass(frozen=True)
class Unsaved:
    """A draft with the record it belongs to."""

    draft: WorkingDraft
    record: Record


def keep(actor: Actor, image: Image, fields: Pairs, *, based_on: int) -> WorkingDraft:
    """Keep what was typed in place of what was kept before. Raises TooMuch."""
    limits, fields = settings.current(), [pair for pair in fields if pair[0] not in NOT_KEPT]
    size = sum(len(name.encode()) + len(value.encode()) for name, value in fields)
    if size > limits.draft_max_kib << 10:
        raise TooMuch("long", limits.draft_max_kib)
    with db.transaction() as session:
        draft = of(session, actor, image)
        if draft is None:
            if _number(session, actor) >= limits.drafts_most:
                raise TooMuch("many", limits.drafts_most)
            draft = WorkingDraft(person_id=actor.person_id, image_id=image.id)
            session.add(draft)
        draft.fields, draft.based_on = [list(pair) for pair in fields], based_on
        draft.saved_at = db.now()
        return draft


def discard(actor: Actor, image: Image) -> None:
    """Forget what was typed."""
    mine = (WorkingDraft.person_id == actor.person_id, WorkingDraft.image_id == image.id)
    with db.transaction() as session:
        session.execute(delete(WorkingDraft).where(*mine))


def of(session: Session, actor: Actor, image: Image) -> WorkingDraft | None:
    """What this person has typed of this photograph."""
    mine = (WorkingDraft.person_id == actor.person_id, WorkingDraft.image_id == image.id)
    return session.scalars(select(WorkingDraft).where(*mine)).first()


def unsaved(session: Session, actor: Actor) -> Sequence[Unsaved]:
    """Everything this person has typed and not saved, the latest first."""
    mine = select(WorkingDraft).where(WorkingDraft.person_id == actor.person_id)
    drafts = session.scalars(mine.order_by(WorkingDraft.saved_at.desc())).all()
    readings = catalogue.records_of(session, [draft.image_id for draft in drafts])
    records = {reading.image_id: reading.record for reading in readings}
    return [Unsaved(draft, records[draft.image_id]) for draft in drafts]


def _number(session: Session, actor: Actor) -> int:
    mine = WorkingDraft.person_id == actor.person_id
    return session.scalar(select(func.count()).select_from(WorkingDraft).where(mine)) or 0
