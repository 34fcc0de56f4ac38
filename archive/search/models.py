"""Searches that found nothing: what readers look for and the archive cannot answer yet.

Only the words are kept and how often they were asked for, never who asked.
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
