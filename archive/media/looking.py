"""All fingerprints in memory, searched bit by bit: which pictures may be the same as one.

    codes = Table()
    codes.add([1, 2], prints, shapes)
    for near in codes.search(asked): …

The table grows and forgets nothing: a picture that is there no more is left out by whoever looks
its number up. A picture and its mirror image are looked for in one go, by what their codes share.
The invariant: every code within RADIUS bits, of a window of a like shape, is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive.media import fingerprint
from archive.media.fingerprint import Codes, Grey, Turn

Places = NDArray[np.intp]
RADIUS = 12  # bits of 64
LIKE = 0.3  # windows whose shapes differ more, as logarithms to the base of 2, are not compared
CHUNK = 131_072  # codes that stay near the processor while they are compared
SEGMENTS = 8  # after which they are made one


@dataclass(frozen=True, slots=True)
class Near:
    """A window of a known picture that is near one of the picture asked for."""

    picture: int
    bits: int
    asked: int
    turn: Turn
    kept: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Every code that a picture is looked for by, with its window and how it was turned."""

    codes: Codes
    shapes: NDArray[np.float32]
    windows: list[tuple[int, Turn]]


@dataclass(frozen=True, slots=True)
class _Sought:
    """What codes of windows of one shape share, and which of those asked for they are."""

    shared: np.uint64
    numbers: list[int]


@dataclass(frozen=True, slots=True)
class _Segment:
    """Codes in the order of their windows' shapes, and whose they are: row * 16 + window.

    `unhanded` is what each code shares with that of the mirror image.
    """

    codes: Codes
    unhanded: Codes
    shapes: NDArray[np.float32]
    owners: NDArray[np.uint32]


class Table:
    """Fingerprints by the number of their picture; numbers are given once and only grow."""

    def __init__(self) -> None:
        self._pictures = np.empty(0, np.int64)
        self._segments: list[_Segment] = []

    def __len__(self) -> int:
        return len(self._pictures)

    @property
    def pictures(self) -> NDArray[np.int64]:
        return self._pictures

    def add(
        self, pictures: Sequence[int] | NDArray[np.int64], codes: Codes, shapes: NDArray[np.float32]
    ) -> None:
        """Take in the codes and shapes (n × 16) of pictures."""
        first = len(self._pictures)
        self._pictures = np.concatenate([self._pictures, np.asarray(pictures, np.int64)])
        owners = np.arange(first * 16, first * 16 + codes.size, dtype=np.uint32)
        self._segments.append(_ordered(codes.ravel(), shapes.ravel(), owners))
        if len(self._segments) > SEGMENTS:
            self._segments = [_joined(self._segments)]

    def search(self, asked: Asked) -> Iterator[Near]:
        """Every window near one of those asked for, in no order."""
        for segment in self._segments:
            for owner, bits, number in _near(segment, asked):
                window, turn = asked.windows[number]
                yield Near(int(self._pictures[owner >> 4]), bits, window, turn, owner & 15)


def asked_for(grey: Grey, width: int, height: int) -> Asked:
    """What a picture is looked for by: all its windows upright and mirrored, the whole turned."""
    upright = fingerprint.codes(grey, fingerprint.ASKED)
    shapes = fingerprint.shapes(width, height, fingerprint.ASKED)
    codes: list[np.uint64] = []
    likes: list[np.float32] = []
    windows: list[tuple[int, Turn]] = []
    for turn in fingerprint.TURNS:
        every = turn in (fingerprint.UPRIGHT, fingerprint.MIRRORED)
        turned = fingerprint.turned(upright, turn)
        for window in range(len(turned) if every else 1):
            if turned[window]:
                codes.append(turned[window])
                likes.append(-shapes[window] if turn[0] else shapes[window])
                windows.append((window, turn))
    return Asked(np.array(codes, np.uint64), np.array(likes, np.float32), windows)


def _near(segment: _Segment, asked: Asked) -> Iterator[tuple[int, int, int]]:
    """Whose codes of a like shape are near, by how many bits they differ, and which was asked.

    All that is asked is compared with some of the codes before the next ones are fetched.
    """
    sought = _sought(asked)
    shapes = np.array([asked.shapes[one.numbers[0]] for one in sought], np.float32)
    firsts = np.searchsorted(segment.shapes, shapes - np.float32(LIKE))
    lasts = np.searchsorted(segment.shapes, shapes + np.float32(LIKE))
    unlike, bits = np.empty(CHUNK, np.uint64), np.empty(CHUNK, np.uint8)
    maybe: list[list[Places]] = [[] for _ in sought]
    for start in range(0, len(segment.codes), CHUNK):
        for which in np.flatnonzero((firsts < lasts) & (firsts < start + CHUNK) & (lasts > start)):
            first, last = max(firsts[which], start), min(lasts[which], start + CHUNK)
            size = last - first
            np.bitwise_xor(segment.unhanded[first:last], sought[which].shared, out=unlike[:size])
            np.bitwise_count(unlike[:size], out=bits[:size])
            maybe[which].append(first + np.flatnonzero(bits[:size] <= RADIUS))
    for one, places in zip(sought, maybe, strict=True):
        if places:
            yield from _surely(segment, np.concatenate(places), asked, one.numbers)


def _surely(
    segment: _Segment, at: Places, asked: Asked, numbers: Sequence[int]
) -> Iterator[tuple[int, int, int]]:
    """Of codes that may be near, those that are."""
    codes = segment.codes[at]
    for number in numbers:
        bits = np.bitwise_count(codes ^ asked.codes[number])
        for near in np.flatnonzero(bits <= RADIUS):
            yield int(segment.owners[at[near]]), int(bits[near]), number


def _sought(asked: Asked) -> list[_Sought]:
    """A window and its mirror image become one."""
    shared = fingerprint.unhanded(asked.codes)
    groups: dict[tuple[int, float], _Sought] = {}
    for number, key in enumerate(zip(shared.tolist(), asked.shapes.tolist(), strict=True)):
        groups.setdefault(key, _Sought(shared[number], [])).numbers.append(number)
    return list(groups.values())


def _ordered(codes: Codes, shapes: NDArray[np.float32], owners: NDArray[np.uint32]) -> _Segment:
    order = np.argsort(shapes, kind="stable")
    order = order[codes[order] != 0]
    codes = codes[order]
    return _Segment(codes, fingerprint.unhanded(codes), shapes[order], owners[order])


def _joined(segments: Sequence[_Segment]) -> _Segment:
    return _ordered(
        np.concatenate([one.codes for one in segments]),
        np.concatenate([one.shapes for one in segments]),
        np.concatenate([one.owners for one in segments]),
    )
