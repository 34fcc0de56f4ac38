"""Whether two pictures show the same: one is laid over the other and what is under it compared.

Beginning with a rough guess, the one is moved, stretched and leaned until it lies best
(Lucas and Kanade, 1981, with gain and offset of the light let go); what then agrees is detail,
not mood, so that two portraits on a grey ground are not taken for one. Pure; which pictures are
worth comparing is found by `fingerprint`. Invariant: the answer does not depend on brightness or
contrast of either.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from archive.media.fingerprint import SIDE, Grey, Turn, Window

Points = NDArray[np.float64]
Mask = NDArray[np.bool_]
Place = NDArray[np.float64]  # 2 × 3: where (down, right, 1) of one lies in the other, as shares
_TURNS = (
    np.array([[0, 1, 0], [1, 0, 0], [0, 0, 1]]),
    np.array([[-1, 0, 1], [0, 1, 0], [0, 0, 1]]),
    np.array([[1, 0, 0], [0, -1, 1], [0, 0, 1]]),
)  # transposed, upside down, mirrored: each undoes itself
STEPS = ((4.0, 10), (2.0, 8), (0.8, 8))  # how far detail is blurred, in pixels, and tries with it
SAME = 0.65  # agreement from which two are taken for one: others stay below 0.45
BAND = 3  # detail is what is left when so many times that blur is taken away
FAINT = 0.3  # of the usual detail: what counts as none
RIM = 0.05  # of the sides that is not compared: there lies what is beyond the other
SPARE = 2  # of the pixels of a side every so many is compared while moving
LONGEST_STEP, SETTLED = 0.1, 0.0005  # shares of a side that it is moved by
LEAST_SHARED = 0.25  # of either picture
HOPELESS = 0.35  # agreement after the first blur below which nobody goes on


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How one picture lies in another: agreement from 0 to 1, and the shares of both in common."""

    agreement: float
    of_one: float
    of_other: float
    place: Place

    @property
    def mirrored(self) -> bool:
        return bool(np.linalg.det(self.place[:, :2]) < 0)

    @property
    def quarters(self) -> int:
        """How often the other is turned by a right angle, clockwise, after it is mirrored."""
        down, right = self.place[0, 0], self.place[1, 0]
        return round(float(np.degrees(np.arctan2(-right, down))) / 90) % 4


def guess(asked: Window, turn: Turn, kept: Window) -> Place:
    """Where the points of a picture lie in one that was asked for, if these windows are the same.

    `turn` is what was done to the one asked for.
    """
    whole = _inward(kept)
    for applies, done in zip(reversed(turn), reversed(_TURNS), strict=True):
        whole = done @ whole if applies else whole
    place: Place = (np.linalg.inv(_inward(asked)) @ whole)[:2]
    return place


def compare(one: Grey, other: Grey, first: Place) -> Resemblance | None:
    """Lay `other` over `one` from a guess; None when they have too little in common."""
    place = first
    for blur, tries in STEPS:
        target, source = (_detail(picture, blur) for picture in (one, other))
        found = _settled(target, source, place, tries)
        if found is None:
            return None
        place = found
        if blur == STEPS[0][0] and _agreement(target, source, place) < HOPELESS:
            return None
    if not _sane(place, first):
        return None
    inside, _ = _mapped(place, 1)
    shared = float(inside.mean())
    area = abs(np.linalg.det(place[:, :2]))
    if min(shared, shared * area) < LEAST_SHARED:
        return None
    return Resemblance(_agreement(target, source, place), shared, min(1.0, shared * area), place)


def _inward(window: Window) -> Points:
    """From shares of a picture to shares of a window of it."""
    (top, low), (left, right) = window
    high, wide = low - top, right - left
    return np.array([[1 / high, 0, -top / high], [0, 1 / wide, -left / wide], [0, 0, 1.0]])


def _agreement(one: Grey, other: Grey, place: Place) -> float:
    """The correlation of what lies on each other, from -1 to 1."""
    inside, points = _mapped(place, 1)
    inside &= _core(_grid(1)) & _core(points)
    if inside.sum() < SIDE:
        return 0.0
    there, here = _sampled(other, points[:, inside]), one.ravel()[inside]
    here, there = here - here.mean(), there - there.mean()
    power = np.sqrt((here**2).sum() * (there**2).sum())
    return float((here * there).sum() / power) if power else 0.0


def _settled(one: Grey, other: Grey, place: Place, tries: int) -> Place | None:
    """The place where the two agree best, by so many steps of least squares."""
    slopes = np.gradient(other, 1 / SIDE)
    for _ in range(tries):
        inside, points = _mapped(place, SPARE)
        if inside.mean() < LEAST_SHARED:
            return None
        inside &= _core(_grid(SPARE))
        points, grid = points[:, inside], _grid(SPARE)[:, inside]
        here = one[::SPARE, ::SPARE].ravel()[inside]
        there, down, right = (_sampled(each, points) for each in (other, *slopes))
        sides = np.stack([*(down * grid), *(right * grid), here - here.mean(), np.ones_like(there)])
        step = np.linalg.lstsq(sides @ sides.T, sides @ there, rcond=1e-9)[0][:6].reshape(2, 3)
        longest = np.abs(step).max()
        place = place - step * min(1.0, LONGEST_STEP / max(longest, 1e-9))
        if longest < SETTLED:
            break
    return place


def _sane(place: Place, first: Place) -> bool:
    """Whether it is still a picture laid flat, not one crumpled to agree by chance."""
    before, after = np.linalg.det(first[:, :2]), np.linalg.det(place[:, :2])
    if not 0.4 < after / before < 2.5:
        return False
    stretch = np.linalg.svd(place[:, :2], compute_uv=False)
    return bool(stretch[0] / stretch[1] < 2)


def _mapped(place: Place, spare: int) -> tuple[Mask, Points]:
    points = place @ _grid(spare)
    return np.logical_and.reduce((points > 0) & (points < 1)), points


def _core(points: Points) -> Mask:
    """Which points are not near an edge."""
    core: Mask = np.logical_and.reduce((points[:2] > RIM) & (points[:2] < 1 - RIM))
    return core


@cache
def _grid(spare: int) -> Points:
    """The middles of the pixels of a square as shares of its side: (down, right, 1)."""
    at = (np.arange(0, SIDE, spare) + 0.5) / SIDE
    down, right = np.meshgrid(at, at, indexing="ij")
    return np.stack([down.ravel(), right.ravel(), np.ones(down.size)])


def _sampled(picture: Grey, points: Points) -> Points:
    """The picture at points between its pixels."""
    at = np.clip(points * SIDE - 0.5, 0, SIDE - 1.001)
    whole = at.astype(np.intp)
    (down, right), (y, x) = at - whole, whole
    first = y * SIDE + x
    flat = picture.ravel()
    upper = flat[first] * (1 - right) + flat[first + 1] * right
    lower = flat[first + SIDE] * (1 - right) + flat[first + SIDE + 1] * right
    between: Points = upper * (1 - down) + lower * down
    return between


def _detail(picture: Grey, blur: float) -> Grey:
    """Detail, as strong in the shade as in the light: no frame or edge of a sheet outweighs it."""
    detail = _blurred(picture, blur) - _blurred(picture, BAND * blur)
    around = np.sqrt(_blurred(detail**2, 2 * BAND * blur))
    evened: Grey = detail / (around + FAINT * detail.std() + 1e-6)
    return evened


def _blurred(picture: Grey, blur: float) -> Grey:
    kernel = _kernel(blur)
    blurred: Grey = kernel @ picture @ kernel.T
    return blurred


@cache
def _kernel(blur: float) -> Grey:
    """A matrix that blurs columns by a bell of that width in pixels, edges continued."""
    at = np.arange(SIDE)
    bell = np.exp(-((at[:, None] - at[None, :]) ** 2) / (2 * blur**2))
    kernel: Grey = (bell / bell.sum(axis=1, keepdims=True)).astype(np.float32)
    return kernel
