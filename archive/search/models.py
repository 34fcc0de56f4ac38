"""Searches that found nothing: what readers look for and the archive cannot answer yet.

Only the words are kept and how often they were asked for, never who asked. Whoever tells the
archive what they looked for may leave a way to be answered; it is erased once that is settled.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from archive.db import Base, Identified, now


class Miss(Identified, Base):
    """Words that found nothing; `settled_at` once somebody has seen to it."""

    __tablename__ = "search_miss"

    key: Mapped[str] = mapped_column(String(200), unique=True)
    words: Mapped[str] = mapped_column(Text)
    count: Mapped[int] = mapped_column(default=1)
    first_at: Mapped[datetime] = mapped_column(default=now)
    last_at: Mapped[datetime] = mapped_column(default=now)
    settled_at: Mapped[datetime | None]


class Wish(Identified, Base):
    """What somebody told the archive they had looked for; `contact` is for the staff alone."""

    __tablename__ = "search_wish"

    words: Mapped[str] = mapped_column(Text)
    told: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[str] = mapped_column(String(255), default="")
    at: Mapped[datetime] = mapped_column(default=now)
    settled_at: Mapped[datetime | None]
