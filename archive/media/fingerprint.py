"""Fingerprints by which a picture is known again: 64 signs of its lowest frequencies.

A picture has one code for each of sixteen windows, the whole of it first, so that a part of it is
known too; one that is asked for has some more. Pictures whose codes are a few bits apart may be
the same, which is decided in `resembling`. Invariant: codes
depend only on pixels, and the codes of a turned or mirrored picture follow from its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Grey = NDArray[np.floating[Any]]
Codes = NDArray[np.uint64]
SIDE = 96  # pictures are compared as squares of so many pixels
WAVES = 8  # of each direction, without the mean brightness
Span = tuple[float, float]
Window = tuple[Span, Span]  # (top, bottom), (left, right) as shares of the picture
_KEPT: tuple[Span, ...] = ((0.0, 1.0), (0.0, 0.75), (0.125, 0.875), (0.25, 1.0))
_FINE: tuple[Span, ...] = ((0.0, 1.0), (0.0, 0.9), (0.05, 0.95), (0.1, 1.0))
WINDOWS: tuple[Window, ...] = tuple(product(_KEPT, _KEPT))  # of which codes are kept
ASKED: tuple[Window, ...] = WINDOWS + tuple(product(_FINE, _FINE))[1:]  # that are asked for
PLAIN = 1.5  # grey levels: a window that varies less than this is blank and has no code
Turn = tuple[bool, bool, bool]  # transposed, then upside down, then mirrored
UPRIGHT: Turn = (False, False, False)
MIRRORED: Turn = (False, False, True)
TURNS: tuple[Turn, ...] = tuple(product((False, True), repeat=3))  # type: ignore[arg-type]
_EVEN = np.uint64(0xAAAA_AAAA_AAAA_AAAA)  # columns whose signs a mirror leaves
_EVERY_FOURTH = np.uint64(0x1111_1111_1111_1111)


def codes(grey: Grey, windows: Sequence[Window] = WINDOWS) -> Codes:
    """The codes of windows of a square of SIDE pixels; 0 where a window is blank."""
    across = {span: grey @ _waves(span).T for _, span in windows}
    found = [_signs(_waves(down) @ across[span]) for down, span in windows]
    return np.array(found, dtype=np.uint64)


def turned(upright: Codes, turn: Turn) -> Codes:
    """The codes that the same picture has when it is turned: one of TURNS.

    Transposing a picture transposes its frequencies, mirroring it changes the sign of odd ones.
    """
    bits = _bits(upright)
    transposed, flipped, mirrored = turn
    if transposed:
        bits = bits.swapaxes(-1, -2)
    odd = np.arange(WAVES) % 2 == 1
    change = (odd[:, None] & flipped) ^ (odd[None, :] & mirrored)
    return np.where(upright == 0, np.uint64(0), _numbers(bits ^ change))


def unhanded(codes: Codes) -> Codes:
    """What is the same in the code of a picture and in that of its mirror image.

    A mirror changes every odd column, so not whether two of them are alike. What is left of two
    codes differs by no more bits than the codes do, mirrored or not.
    """
    alike: Codes = (codes & _EVEN) | ((codes ^ codes >> np.uint64(2)) & _EVERY_FOURTH)
    return alike


def shapes(
    width: ArrayLike, height: ArrayLike, windows: Sequence[Window] = WINDOWS
) -> NDArray[np.float32]:
    """How wide each window is for its height, as a logarithm to the base of 2."""
    spans = np.array([(right - left) / (low - top) for (top, low), (left, right) in windows])
    whole = np.maximum(width, 1) / np.maximum(height, 1)
    return np.log2(spans * whole[..., np.newaxis]).astype(np.float32)


def to_bytes(found: Codes) -> bytes:
    """Codes as they are kept: eight octets each, the highest first."""
    return found.astype(">u8").tobytes()


def from_bytes(stored: bytes) -> Codes:
    """The codes that `to_bytes` made."""
    return np.frombuffer(stored, dtype=">u8").astype(np.uint64)


@cache
def _waves(span: Span) -> Grey:
    """Cosines over a span of the side and zero beyond, each of unit energy there."""
    at = (np.arange(SIDE) + 0.5) / SIDE
    inside = (at > span[0]) & (at < span[1])
    within = (at - span[0]) / (span[1] - span[0])
    waves = np.cos(np.pi * np.outer(np.arange(WAVES), within)) * inside
    scaled: Grey = (waves / inside.sum()).astype(np.float32)
    return scaled


def _signs(waves: Grey) -> int:
    rest = waves.copy()
    rest[0, 0] = 0
    if np.sqrt((rest**2).sum()) < PLAIN:
        return 0
    return int(_numbers(rest > 0))


def _bits(numbers: Codes) -> NDArray[np.bool_]:
    octets = numbers.astype(">u8").view(np.uint8).reshape(*numbers.shape, WAVES)
    return np.unpackbits(octets, axis=-1).reshape(*numbers.shape, WAVES, WAVES).astype(bool)


def _numbers(bits: NDArray[np.bool_]) -> Codes:
    octets = np.packbits(bits, axis=-1).reshape(*bits.shape[:-2], WAVES)
    return np.ascontiguousarray(octets).view(">u8")[..., 0].astype(np.uint64)
