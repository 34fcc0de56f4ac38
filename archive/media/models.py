"""Pictures: what the archive can show of an asset. Caches all, made anew from the masters."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from archive.db import Base


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
