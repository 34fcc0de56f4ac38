"""Pictures: what the archive can show of an asset. Caches all, made anew from the masters."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from archive.db import Base, now


class Picture(Base):
    """The renditions of one asset; `sizes` are the longest sides that exist, in pixels.

    `width` and `height` are the master's as it is seen, after its orientation is applied.
    """

    __tablename__ = "picture"
    __table_args__ = ({"info": {"derived": True}},)

    asset_id: Mapped[str] = mapped_column(
        ForeignKey("asset.public_id", ondelete="CASCADE"), primary_key=True
    )
    image_id: Mapped[int] = mapped_column(ForeignKey("image.id", ondelete="CASCADE"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(10), default="waiting", index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    sizes: Mapped[list[Any]] = mapped_column(JSON, default=list)
    thumbhash: Mapped[str] = mapped_column(String(60), default="")
    rendered_at: Mapped[datetime | None]


class Print(Base):
    """The fingerprint of a picture, under a number that is never given again.

    `codes` is what `fingerprint.to_bytes` makes; `compared` says that likenesses were looked for.
    """

    __tablename__ = "picture_print"
    __table_args__ = ({"sqlite_autoincrement": True, "info": {"derived": True}},)

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[str] = mapped_column(
        ForeignKey("asset.public_id", ondelete="CASCADE"), unique=True
    )
    width: Mapped[int]
    height: Mapped[int]
    codes: Mapped[bytes] = mapped_column(LargeBinary)
    compared: Mapped[bool] = mapped_column(default=False, index=True)


class Likeness(Base):
    """Two pictures that look like one (`one_asset` < `other_asset`), and how they lie together.

    `of_one` and `of_other` are the shares of each that the other shows too; the other is mirrored
    and then turned clockwise by so many right angles.
    """

    __tablename__ = "picture_likeness"
    __table_args__ = ({"info": {"derived": True}},)

    one_asset: Mapped[str] = mapped_column(
        ForeignKey("asset.public_id", ondelete="CASCADE"), primary_key=True
    )
    other_asset: Mapped[str] = mapped_column(
        ForeignKey("asset.public_id", ondelete="CASCADE"), primary_key=True, index=True
    )
    agreement: Mapped[float]
    of_one: Mapped[float]
    of_other: Mapped[float]
    mirrored: Mapped[bool]
    quarters: Mapped[int]


class Transcription(Base):
    """What a program read on one file, "" where nothing; kept so that no file is read twice."""

    __tablename__ = "transcription"
    __table_args__ = ({"info": {"derived": True}},)

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text, default="")
    confidence: Mapped[float] = mapped_column(default=0.0)
    program: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(default=now)
