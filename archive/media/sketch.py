"""A picture as a small grey square, which is all that is compared of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from pyvips import Image as Loaded

from archive.media.fingerprint import SIDE, Grey
from archive.media.vips import Error


def of(picture: Loaded) -> Grey:
    """The square of a picture that is loaded and upright, in levels of grey from 0 to 255."""
    return _levels(picture.thumbnail_image(SIDE, height=SIDE, size="force"))


def of_rendition(path: Path) -> Grey | None:
    """The square of a JPEG that the archive has made; None when it is not there or damaged."""
    try:
        return _levels(Loaded.thumbnail(str(path), SIDE, height=SIDE, size="force"))
    except Error:
        return None


def _levels(square: Loaded) -> Grey:
    grey: Any = square.colourspace("b-w").extract_band(0).numpy()
    levels: Grey = np.asarray(grey, dtype=np.float32)
    return levels
