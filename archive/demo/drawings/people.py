"""Standing and walking figures of 1956: coats, hats, scarves; invented, faces never detailed.

A `Person` is a pose and a wardrobe; `stand` cuts it at a place and height.  Local coordinates
are shares of the figure's height, y upwards from the ground.  Heads and hats are in `heads`,
crowds in `crowds`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from archive.demo.drawings.block import (
    BLACK,
    COLOUR,
    CUT,
    Block,
    Ink,
    Path,
    Points,
    curve,
    ellipse,
    trace,
)
from archive.demo.drawings.heads import cut_head

Spot = tuple[float, float]


@dataclass(frozen=True)
class Person:
    """How somebody is dressed and stands.

    An arm is (angle from hanging down, bend of the elbow) in degrees, or None for a hand in
    the pocket.  `turn` is -1 for a profile to the left, 1 to the right, 0 from behind; with
    `face` a figure of turn 0 looks at us.  `lit` is the side the light comes from.
    """

    hat: str = "fedora"
    coat: str = "long"
    turn: float = 0.0
    stride: float = 0.0
    left: Spot | None = None
    right: Spot | None = None
    lean: float = 0.0
    ink: Ink = BLACK
    lit: float = -1.0
    cuts: int = 5
    face: bool = False
    gap: float = 2.0
    bulk: float = 1.0
    skin: Ink = COLOUR


@dataclass(frozen=True)
class Frame:
    """Where local shares of a figure lie on the block."""

    x: float
    y: float
    height: float
    lean: float = 0.0

    def to(self, path: Path) -> Points:
        """Local points in units of the block."""
        local = np.asarray(path, np.float64)
        slant = np.tan(np.radians(self.lean))
        across = (local[:, 0] + slant * local[:, 1]) * self.height
        return np.column_stack([self.x + across, self.y - local[:, 1] * self.height])


_COATS: dict[str, list[Spot]] = {
    "long": [(0.1, 0.76), (0.1, 0.62), (0.108, 0.45), (0.132, 0.19)],
    "short": [(0.104, 0.76), (0.108, 0.62), (0.116, 0.41)],
    "jacket": [(0.1, 0.76), (0.092, 0.62), (0.1, 0.46)],
    "dress": [(0.086, 0.76), (0.074, 0.625), (0.108, 0.45), (0.128, 0.25)],
    "shawl": [(0.118, 0.74), (0.13, 0.58), (0.118, 0.4), (0.126, 0.2)],
}
_SLEEVES: dict[str, list[Spot]] = {
    "long": [(0.138, 0.74), (0.146, 0.63), (0.136, 0.53), (0.118, 0.475)],
    "short": [(0.14, 0.74), (0.149, 0.63), (0.138, 0.53), (0.122, 0.475)],
    "jacket": [(0.138, 0.74), (0.146, 0.63), (0.134, 0.54), (0.108, 0.485)],
    "dress": [(0.12, 0.74), (0.128, 0.63), (0.116, 0.55), (0.098, 0.5)],
    "shawl": [(0.13, 0.74), (0.14, 0.62), (0.136, 0.52), (0.126, 0.46)],
}
_SHOULDER: list[Spot] = [(0.03, 0.868), (0.07, 0.85), (0.112, 0.825)]
_SKIRTED = ("dress", "shawl")


def stand(block: Block, person: Person, x: float, y: float, height: float) -> dict[str, Spot]:
    """Cut the figure with its feet at (x, y); returns where its hands are ("left", "right")."""
    frame = Frame(x, y, height, person.lean)
    hands: dict[str, Spot] = {}
    behind = "right" if person.turn < 0 else "left"
    if person.turn:
        _arm(block, person, frame, behind, hands)
    _legs(block, person, frame)
    _coat(block, person, frame)
    for side in ("left", "right"):
        if not (person.turn and side == behind):
            _arm(block, person, frame, side, hands)
    cut_head(block, person, frame)
    return hands


def breadth(person: Person) -> float:
    """How much narrower a figure is from the side."""
    return (1 - 0.3 * abs(person.turn)) * person.bulk


def _side(person: Person, arm: Spot | None) -> list[Spot]:
    coat = _COATS[person.coat]
    if arm is not None or person.turn:
        return [*_SHOULDER, *coat]
    sleeve = _SLEEVES[person.coat]
    return [*_SHOULDER, *sleeve, *[spot for spot in coat if spot[1] < sleeve[-1][1]]]


def _coat(block: Block, person: Person, frame: Frame) -> None:
    slim, bow = breadth(person), 0.035 * person.turn
    left = [(-w * slim - bow * (0.86 - y), y) for w, y in _side(person, person.left)]
    right = [(w * slim - bow * (0.86 - y), y) for w, y in _side(person, person.right)]
    block.ribbon(
        frame.to(left), frame.to(right), person.ink,
        gap=person.gap, cuts=person.cuts, lit=person.lit, reach=0.55, weight=0.5,
    )  # fmt: skip
    if frame.height > 110 and person.cuts:
        _tailoring(block, person, frame, slim)


def _tailoring(block: Block, person: Person, frame: Frame, slim: float) -> None:
    size = frame.height
    hem = _COATS[person.coat][-1][1]
    for sign, arm in ((-1, person.left), (1, person.right)):
        if arm is None and not person.turn:
            inner = [
                (sign * 0.094 * slim, 0.77),
                (sign * 0.104 * slim, 0.64),
                (sign * 0.1 * slim, 0.5),
            ]
            block.stroke(curve(frame.to(inner)), size * 0.011, CUT, taper=(0.5, 0.3))
    seam = [(0.006, 0.56), (0.0, 0.42), (0.012, hem + 0.01)]
    block.stroke(curve(frame.to(seam)), size * 0.009, CUT, taper=(0.7, 0.1))
    if person.coat == "dress":
        belt = [(person.lit * 0.07 * slim, 0.627), (person.lit * -0.03 * slim, 0.624)]
        block.stroke(frame.to(belt), size * 0.011, CUT, taper=(0.1, 0.6))
    if person.face:
        lapel = [(-0.03, 0.86), (-0.012, 0.79), (0.004, 0.74)]
        for sign in (-1, 1):
            block.stroke(frame.to([(sign * px, py) for px, py in lapel]), size * 0.012, CUT)


def _legs(block: Block, person: Person, frame: Frame) -> None:
    skirted = person.coat in _SKIRTED
    wide, thin = (0.028, 0.017) if skirted else (0.048, 0.036)
    order = (-1, 1) if person.turn >= 0 else (1, -1)
    for side in order:
        foot = side * (0.046 + person.stride)
        back = person.stride > 0 and side * (person.turn or 1.0) < 0
        lift = 0.018 if back else 0.0
        hip, knee = (side * 0.04, 0.5), (foot * 0.5 + 0.02 * person.turn, 0.27)
        spine = [hip, knee, (foot, 0.03 + lift)]
        left = [(px - w, py) for (px, py), w in zip(spine, (wide, wide, thin), strict=True)]
        right = [(px + w, py) for (px, py), w in zip(spine, (wide, wide, thin), strict=True)]
        cuts = 2 if person.cuts and not skirted and frame.height > 160 else 0
        block.ribbon(
            frame.to(left), frame.to(right), person.ink, gap=person.gap * 0.5,
            cuts=cuts, lit=person.lit, reach=0.4,
        )  # fmt: skip
        _shoe(block, person, frame, foot, lift, side)


def _shoe(block: Block, person: Person, frame: Frame, foot: float, lift: float, side: int) -> None:
    way = person.turn or side * 0.3
    toe = 0.038 + 0.05 * abs(way)
    sign = 1.0 if way >= 0 else -1.0
    sole = [(-0.034, 0.0), (-0.032, 0.042), (0.026, 0.045), (toe, 0.018), (toe, 0.0)]
    block.shape(
        frame.to([(foot + sign * px, py + lift * (1 if px < 0 else 0.3)) for px, py in sole]),
        person.ink, rough=0.3,
    )  # fmt: skip


def _arm(block: Block, person: Person, frame: Frame, side: str, hands: dict[str, Spot]) -> None:
    pose = person.left if side == "left" else person.right
    if pose is None:
        if person.turn and side == ("left" if person.turn < 0 else "right"):
            _pocket(block, person, frame)
        return
    sign = -1.0 if side == "left" else 1.0
    slim = breadth(person)
    shoulder = np.array([sign * (0.088 if not person.turn else 0.0) * slim, 0.8])
    spine = _limb(shoulder, sign, pose)
    way = np.gradient(spine, axis=0)
    way /= np.hypot(way[:, 0], way[:, 1])[:, None]
    thick = np.array([[0.046], [0.043], [0.034], [0.028]]) * person.bulk
    across = np.column_stack([-way[:, 1], way[:, 0]]) * thick
    tone = person.lit if pose[0] < 90 else -person.lit
    palm = spine[-1] + way[-1] * 0.022
    _hand(block, person, frame, palm, way[-1])
    block.ribbon(
        frame.to(spine - across), frame.to(spine + across), person.ink, gap=person.gap * 0.7,
        cuts=min(3, person.cuts), lit=-tone, reach=0.5,
    )  # fmt: skip
    joint = frame.to([(float(shoulder[0]), float(shoulder[1]))])[0]
    ball = frame.height * 0.047 * person.bulk
    block.shape(ellipse(joint[0], joint[1], ball, ball, 14), person.ink, rough=0)
    end = frame.to([(float(palm[0]), float(palm[1]))])[0]
    hands[side] = (float(end[0]), float(end[1]))


def _limb(shoulder: Points, sign: float, pose: Spot) -> Points:
    first, second = np.radians(pose[0]), np.radians(pose[0] + pose[1])
    upper = np.array([sign * np.sin(first), -np.cos(first)])
    lower = np.array([sign * np.sin(second), -np.cos(second)])
    elbow = shoulder + 0.165 * upper
    return np.array([shoulder, elbow - 0.03 * upper, elbow + 0.03 * lower, elbow + 0.16 * lower])


def _hand(block: Block, person: Person, frame: Frame, palm: Points, way: Points) -> None:
    """A mitten of a hand with its thumb; fingers are parted only when it is large."""
    side = np.array([-way[1], way[0]])
    rim = trace("-0.02,-0.016 0,-0.02 0.03,-0.021 0.052,-0.012 0.056,0.004 0.044,0.017 0.022,0.018")
    rim = np.vstack([rim, trace("0.034,0.03 0.024,0.036 0.004,0.024 -0.02,0.017")])
    spots = palm + rim[:, :1] * way + rim[:, 1:] * side
    block.shape(frame.to(spots), person.skin, gap=person.gap * 0.4, rough=0.2)
    if frame.height < 330:
        return
    for at in (-0.009, 0.003):
        finger = np.array([palm + way * 0.054 + side * at, palm + way * 0.026 + side * at * 0.8])
        block.stroke(frame.to(finger), frame.height * 0.005, BLACK, taper=(0, 0.6))


def _pocket(block: Block, person: Person, frame: Frame) -> None:
    t = person.turn
    left = [(-0.045, 0.82), (-0.055, 0.66), (-0.01 + 0.03 * t, 0.5)]
    right = [(0.045, 0.82), (0.035, 0.66), (0.045 + 0.03 * t, 0.52)]
    block.ribbon(
        frame.to(left), frame.to(right), person.ink, gap=person.gap * 0.7,
        cuts=min(3, person.cuts), lit=person.lit, reach=0.5,
    )  # fmt: skip
    joint = frame.to([(0.0, 0.81)])[0]
    ball = frame.height * 0.048
    block.shape(ellipse(joint[0], joint[1], ball, ball, 14), person.ink, rough=0)
