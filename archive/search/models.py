"""Searches that are kept: those that found nothing, and those somebody wants to come back to.

Of a search that found nothing only the words are kept and how often they were asked for, never who
asked. Whoever tells the archive what they looked for may leave a way to be answered; it is erased
once that is settled. A saved search belongs to an account and goes with it; history knows neither.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.db import Base, Identified, now


class Miss(Identified, Base):
    """Words that found nothing; `settled_at` once somebody has seen to it.

    `outcome` says how: by another name of an authority, by a photograph (`answer`), or not at all.
    """

    __tablename__ = "search_miss"

    key: Mapped[str] = mapped_column(String(200), unique=True)
    words: Mapped[str] = mapped_column(Text)
    count: Mapped[int] = mapped_column(default=1)
    first_at: Mapped[datetime] = mapped_column(default=now)
    last_at: Mapped[datetime] = mapped_column(default=now)
    settled_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(20), default="")
    answer: Mapped[str] = mapped_column(String(16), default="")


class Wish(Identified, Base):
    """What somebody told the archive they had looked for; `contact` is for the staff alone."""

    __tablename__ = "search_wish"

    words: Mapped[str] = mapped_column(Text)
    told: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[str] = mapped_column(String(255), default="")
    at: Mapped[datetime] = mapped_column(default=now)
    settled_at: Mapped[datetime | None]


class SavedSearch(Identified, Base):
    """A search somebody keeps, and how often they want to hear what is new in it.

    `query` is that of the address, `digest` makes it unique for its owner. `told` are the
    photographs that were there when the alert began or were told since; `whole` when these were all
    that the search found then, so that any other photograph is new to it. `told_on` is the day of
    the last letter.
    """

    __tablename__ = "saved_search"
    __table_args__ = (UniqueConstraint("person_id", "digest"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    query: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    alert: Mapped[str] = mapped_column(String(10), default="never", index=True)
    told: Mapped[list[str]] = mapped_column(default=list)
    whole: Mapped[bool] = mapped_column(default=True)
    watched_at: Mapped[datetime] = mapped_column(default=now)
    told_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
