"""Where the renditions of a master are. Whether they may be seen is not asked here."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from archive import settings
from archive.media.models import Picture


def folder(sha256: str) -> Path:
    """The folder of all renditions of a master; its name is the master's digest."""
    return _folder(settings.current().data, sha256)


@lru_cache(4096)
def _folder(data: Path, sha256: str) -> Path:
    return data / "media" / "renditions" / sha256[:2] / sha256


def path(picture: Picture, size: int) -> Path:
    """The file of one size, a number of pixels."""
    return folder(picture.sha256) / f"{size}.jpg"
