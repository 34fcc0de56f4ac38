"""The access row: the decision about one photograph, kept where everybody can read it quickly.

Media, search and the site read it instead of deciding anew. A row whose `valid_until` has passed
answers nothing: the reader recomputes or denies.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String, bindparam, select
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


_TABLE = Base.metadata.tables["access"]
_ANSWER = ("public", "max_px", "download_px", "licensable", "statement")
_TERM = ("valid_until", "policy_version")


def keep(session: Session, facts: Mapping[int, Facts], context: Context) -> None:
    """Decide for the public about these images, by key, and store the answers that are new.

    The epoch moves when an answer does: it is part of what caches are keyed by, so one increment
    empties them all. Many images with the same facts are decided once.
    """
    session.flush()
    kept = {
        row.image_id: {name: getattr(row, name) for name in (*_ANSWER, *_TERM, "epoch")}
        for row in session.execute(select(_TABLE).where(_TABLE.c.image_id.in_(facts)))
    }
    answers = {same: _answer(same, context) for same in set(facts.values())}
    rows = [_row(key, answers[same], kept.get(key)) for key, same in facts.items()]
    new = [row for row in rows if row and row["image_id"] not in kept]
    changed = [row for row in rows if row and row["image_id"] in kept]
    if new:
        session.connection().execute(_TABLE.insert(), new)
    if changed:
        written = [{"key": row.pop("image_id"), **row} for row in changed]
        statement = _TABLE.update().where(_TABLE.c.image_id == bindparam("key"))
        session.connection().execute(statement, written)
    for row in session.identity_map.values():
        if isinstance(row, Access):
            session.expire(row)


def _answer(facts: Facts, context: Context) -> dict[str, Any]:
    view = decide(facts, "view_public", context)
    download = decide(facts, "download_full", context)
    licence = decide(facts, "licence_editorial", context)
    return {
        "public": view.allowed,
        "max_px": view.max_px or 0,
        "download_px": download.max_px if download.allowed else 0,
        "licensable": licence.effect == "ask",
        "statement": facts.statement_uri,
        "valid_until": view.next_change_on,
        "policy_version": view.policy_version,
    }


def _row(
    image_id: int, answer: dict[str, Any], kept: dict[str, Any] | None
) -> dict[str, Any] | None:
    """The row that stores an answer; None where it is stored already."""
    if kept and all(kept[name] == value for name, value in answer.items()):
        return None
    moved = kept is None or any(kept[name] != answer[name] for name in _ANSWER)
    epoch = (kept["epoch"] if kept else 0) + moved
    return {"image_id": image_id, **answer, "epoch": epoch, "decided_at": now()}


def of_image(session: Session, image_id: int) -> Access | None:
    return session.get(Access, image_id)


def expired(row: Access, today: date) -> bool:
    """Whether the stored answer may no longer be relied on."""
    return row.valid_until is not None and row.valid_until < today
