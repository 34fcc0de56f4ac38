"""The access row: the decision about one photograph, kept where everybody can read it quickly.

Media, search and the site read it instead of deciding anew. A row whose `valid_until` has passed
answers nothing: the reader recomputes or denies.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from archive.db import Base, now
from archive.rights.decision import Context, Facts, decide


class Access(Base):
    """What the public may see of one photograph. `download_px` 0: no download, None: full size."""

    __tablename__ = "access"
    __table_args__ = (
        Index("ix_access_public", "public", "image_id"),
        {"info": {"derived": True}},
    )

    image_id: Mapped[int] = mapped_column(
        ForeignKey("image.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    public: Mapped[bool] = mapped_column(default=False)
    max_px: Mapped[int] = mapped_column(default=0)
    download_px: Mapped[int | None] = mapped_column(default=0)
    licensable: Mapped[bool] = mapped_column(default=False)
    statement: Mapped[str] = mapped_column(String(120), default="")
    valid_until: Mapped[date | None] = mapped_column(Date)
    epoch: Mapped[int] = mapped_column(default=0)
    policy_version: Mapped[str] = mapped_column(String(20), default="")
    decided_at: Mapped[datetime] = mapped_column(default=now)


def keep(session: Session, image_id: int, facts: Facts, context: Context) -> Access:
    """Decide for the public and store the answer; the epoch moves when the answer does.

    The epoch is part of what caches are keyed by, so one increment empties them all.
    """
    row = session.get(Access, image_id)
    if row is None:
        row = Access(image_id=image_id, epoch=0)
        session.add(row)
    before = (row.public, row.max_px, row.download_px, row.licensable, row.statement)
    view = decide(facts, "view_public", context)
    download = decide(facts, "download_full", context)
    licence = decide(facts, "licence_editorial", context)
    row.public = view.allowed
    row.max_px = view.max_px or 0
    row.download_px = download.max_px if download.allowed else 0
    row.licensable = licence.effect == "ask"
    row.statement = facts.statement_uri
    row.valid_until = view.next_change_on
    row.policy_version = view.policy_version
    row.decided_at = now()
    if before != (row.public, row.max_px, row.download_px, row.licensable, row.statement):
        row.epoch = (row.epoch or 0) + 1
    return row


def of_image(session: Session, image_id: int) -> Access | None:
    return session.get(Access, image_id)


def expired(row: Access, today: date) -> bool:
    """Whether the stored answer may no longer be relied on."""
    return row.valid_until is not None and row.valid_until < today
