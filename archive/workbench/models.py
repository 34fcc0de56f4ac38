"""Tables of the workbench: what belongs to the people who work, not to the photographs.

Nothing here is recorded in the history: an autosaved draft is nobody's statement yet. What was
said to a colleague in review is kept with the photograph, for staff alone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.db import Base, Identified, now


class WorkingDraft(Identified, Base):
    """What somebody has typed and not saved yet, with the version it was based on."""

    __tablename__ = "working_draft"
    __table_args__ = (UniqueConstraint("person_id", "image_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    image_id: Mapped[int] = mapped_column(ForeignKey("image.id", ondelete="CASCADE"), index=True)
    based_on: Mapped[int]
    fields: Mapped[list[Any]] = mapped_column(default=list)
    saved_at: Mapped[datetime] = mapped_column(default=now)


class Template(Identified, Base):
    """Values to begin with; shared with everybody when it is nobody's."""

    __tablename__ = "template"

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Queue(Identified, Base):
    """A saved selection of photographs to work on; shared when it is nobody's."""

    __tablename__ = "work_queue"

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    query: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ReviewNote(Identified, Base):
    """A word from one colleague to another about a photograph."""

    __tablename__ = "review_note"

    image_id: Mapped[int] = mapped_column(ForeignKey("image.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(default=now)
    settled_at: Mapped[datetime | None]
