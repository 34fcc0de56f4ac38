"""Reading history: by cursor for those who follow it, by subject for those who look back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from archive.history.models import Change
from archive.history.recording import Subject


def changes_after(session: Session, seq: int, *, limit: int = 5000) -> list[tuple[int, Subject]]:
    """The subjects touched after `seq`, in order; the last number is the reader's new cursor."""
    rows = session.execute(
        select(Change.seq, Change.subject_kind, Change.subject_id)
        .where(Change.seq > seq)
        .order_by(Change.seq)
        .limit(limit)
    )
    return [(number, Subject(kind, subject_id)) for number, kind, subject_id in rows]


def of_subject(session: Session, subject: Subject, *, limit: int = 500) -> Sequence[Change]:
    """What happened to one thing, newest first, with its change sets loaded."""
    return session.scalars(
        select(Change)
        .where(Change.subject_kind == subject.kind, Change.subject_id == subject.id)
        .options(joinedload(Change.change_set))
        .order_by(Change.seq.desc())
        .limit(limit)
    ).all()
