"""Tables of history: change sets, changes and the audit chain. Rows are only ever added."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.db import Base, Identified, now

BIG = BigInteger().with_variant(Integer, "sqlite")


class ChangeSet(Identified, Base):
    """One act: a save, a batch, a merge, an undo. `actor_id` is a person or None."""

    __tablename__ = "change_set"
    __table_args__ = ({"sqlite_autoincrement": True},)

    at: Mapped[datetime] = mapped_column(default=now, index=True)
    actor_id: Mapped[int | None] = mapped_column(index=True)
    actor_label: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(60), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    undo_of_id: Mapped[int | None] = mapped_column(ForeignKey("change_set.id"), index=True)

    changes: Mapped[list[Change]] = relationship(
        back_populates="change_set", order_by="Change.seq", viewonly=True
    )


class Change(Base):
    """One row of one table before and after; `seq` is what readers follow.

    `before` is None for a new row, `after` is None for a removed one; for an edited row both hold
    only the columns that differ. `subject` is the photograph, person, place … the row belongs to.
    """

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_subject", "subject_kind", "subject_id"),
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(BIG, primary_key=True, autoincrement=True)
    change_set_id: Mapped[int] = mapped_column(ForeignKey("change_set.id"), index=True)
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int]
    entity: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[int]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]

    change_set: Mapped[ChangeSet] = relationship(back_populates="changes", viewonly=True)


class AuditEvent(Base):
    """One link of the hash chain; the payload holds identifiers and field names, never persons."""

    __tablename__ = "audit_event"

    seq: Mapped[int] = mapped_column(BIG, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[str] = mapped_column(String(40))
    payload: Mapped[str] = mapped_column(Text)
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
