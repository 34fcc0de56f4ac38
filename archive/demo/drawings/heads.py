"""Heads, hats and scarves in the small: planes of light, never features of anybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from archive.demo.drawings.block import BLACK, CUT, Block, Ink, Path, Points, curve, ellipse

Spot = tuple[float, float]


class Wearer(Protocol):
    """What a head needs to know of its person."""

    @property
    def hat(self) -> str: ...
    @property
    def turn(self) -> float: ...
    @property
    def lit(self) -> float: ...
    @property
    def ink(self) -> Ink: ...
    @property
    def skin(self) -> Ink: ...
    @property
    def gap(self) -> float: ...
    @property
    def cuts(self) -> int: ...
    @property
    def face(self) -> bool: ...


class Place(Protocol):
    """Where the head is: local shares of a figure's height to units."""

    @property
    def height(self) -> float: ...
    def to(self, path: Path) -> Points: ...


def cut_head(block: Block, person: Wearer, frame: Place) -> None:
    """The head with its hat or scarf."""
    x = 0.024 * person.turn
    neck = [
        (x * 0.5 - 0.03, 0.84),
        (x * 0.8 - 0.027, 0.89),
        (x * 0.8 + 0.027, 0.89),
        (x * 0.5 + 0.032, 0.84),
    ]
    block.shape(frame.to(neck), person.ink, rough=0.3)
    block.shape(
        frame.to(_skull(x, person.turn, person.face)), person.ink, gap=person.gap * 0.8, rough=0.2
    )
    if person.turn or person.face:
        _face(block, person, frame, x)
    elif person.hat != "scarf":
        _nape(block, person, frame, x)
    if person.hat in _HATS:
        _HATS[person.hat](block, person, frame, x)


def _skull(x: float, turn: float, face: bool) -> list[Spot]:
    if not turn and face:
        return [(float(px), float(py)) for px, py in ellipse(x, 0.913, 0.046, 0.064, 18)]
    if not turn:
        half = [
            (0.0, 0.977), (0.028, 0.97), (0.045, 0.945), (0.047, 0.915), (0.041, 0.888),
            (0.031, 0.872), (0.032, 0.846),
        ]  # fmt: skip
        return [(x + px, py) for px, py in half] + [(x - px, py) for px, py in half[::-1]]
    side = 1.0 if turn > 0 else -1.0
    dots = [
        (0.04, 0.955), (0.046, 0.925), (0.06, 0.902), (0.047, 0.895), (0.049, 0.881), (0.042,
        0.856),
        (0.018, 0.85), (-0.026, 0.866), (-0.05, 0.905), (-0.046, 0.95), (-0.015, 0.975), (0.02,
        0.975),
    ]  # fmt: skip
    return [(x + side * px, py) for px, py in dots]


def _face(block: Block, person: Wearer, frame: Place, x: float) -> None:
    if person.turn:
        side = 1.0 if person.turn > 0 else -1.0
        plane = [
            (0.034, 0.945), (0.042, 0.924), (0.054, 0.903), (0.042, 0.894), (0.044, 0.88), (0.037,
            0.86),
            (0.016, 0.861), (0.004, 0.88), (0.012, 0.9), (0.02, 0.912), (0.036, 0.916), (0.016,
            0.924), (0.014, 0.94),
        ]  # fmt: skip
        block.shape(frame.to([(x + side * px, py) for px, py in plane]), person.skin, rough=0)
        return
    side = person.lit
    plane = [
        (0.006, 0.95), (0.037, 0.945), (0.039, 0.925), (0.012, 0.919), (0.039, 0.914), (0.036,
        0.885),
        (0.02, 0.855), (-0.004, 0.855), (-0.014, 0.868), (0.006, 0.877), (-0.008, 0.893), (0.006,
        0.902),
    ]  # fmt: skip
    block.shape(frame.to([(x + side * px, py) for px, py in plane]), person.skin, rough=0)


def _nape(block: Block, person: Wearer, frame: Place, x: float) -> None:
    """The back of a head: ears, and light along the hair of the lit side."""
    for sign in (-1, 1):
        ear = [(0.043, 0.922), (0.052, 0.924), (0.051, 0.906), (0.044, 0.9)]
        block.shape(frame.to([(x + sign * px, py) for px, py in ear]), person.skin, rough=0)
    if not person.cuts:
        return
    for k in range(3):
        u = person.lit * (0.037 - 0.012 * k)
        lock = [(x + u * 0.9, 0.935 - 0.006 * k), (x + u, 0.905), (x + u * 0.72, 0.872 + 0.006 * k)]
        size = frame.height * (0.0085 - 0.0022 * k)
        block.stroke(curve(frame.to(lock)), max(size, 1.2), CUT, taper=(0.35, 0.65))


def _fedora(block: Block, person: Wearer, frame: Place, x: float) -> None:
    t = person.turn
    crown = [
        (-0.052, 0.945), (-0.049, 0.985), (-0.034, 1.006), (-0.008, 0.998), (0.02, 1.004), (0.044,
        0.985),
        (0.052, 0.945),
    ]  # fmt: skip
    block.shape(
        curve(frame.to([(x + px, py) for px, py in crown])),
        person.ink,
        gap=person.gap * 0.4,
        rough=0,
    )
    dip = 0.012 * t
    brim = [
        (-0.085, 0.944 + dip),
        (-0.04, 0.962),
        (0.04, 0.962),
        (0.085, 0.944 - dip),
        (0.035, 0.936),
        (-0.035, 0.936),
    ]
    block.shape(
        curve(frame.to([(x + 0.008 * t + px, py) for px, py in brim]), closed=True),
        person.ink, gap=person.gap * 0.3, rough=0,
    )  # fmt: skip
    if person.cuts:
        band = frame.to(
            [(x + person.lit * 0.048, 0.962), (x, 0.97), (x - person.lit * 0.03, 0.966)]
        )
        block.stroke(curve(band), frame.height * 0.011, CUT, taper=(0.05, 0.6))
        dent = frame.to([(x + person.lit * 0.04, 0.978), (x + person.lit * 0.03, 0.997)])
        block.stroke(dent, frame.height * 0.012, CUT, taper=(0.1, 0.5))


def _cap(block: Block, person: Wearer, frame: Place, x: float) -> None:
    top = [
        (-0.058, 0.945),
        (-0.06, 0.972),
        (-0.02, 0.993),
        (0.04, 0.984),
        (0.06, 0.955),
        (0.0, 0.938),
    ]
    block.shape(
        curve(frame.to([(x + px, py) for px, py in top]), closed=True),
        person.ink,
        gap=person.gap * 0.4,
        rough=0,
    )
    if person.turn:
        way = person.turn
        peak = [(0.025, 0.957), (0.085, 0.936), (0.08, 0.927), (0.025, 0.935)]
        block.shape(frame.to([(x + way * px, py) for px, py in peak]), person.ink, rough=0)
    elif person.face:
        peak = [(-0.05, 0.95), (0.05, 0.95), (0.046, 0.932), (0.0, 0.925), (-0.046, 0.932)]
        block.shape(
            frame.to([(x + px, py) for px, py in peak]), person.ink, gap=person.gap * 0.3, rough=0
        )
    if person.cuts:
        fold = frame.to(
            [
                (x + person.lit * 0.05, 0.962),
                (x + person.lit * 0.02, 0.982),
                (x - person.lit * 0.03, 0.978),
            ]
        )
        block.stroke(curve(fold), frame.height * 0.011, CUT, taper=(0.1, 0.6))


def _beret(block: Block, person: Wearer, frame: Place, x: float) -> None:
    tip = person.lit * 0.014
    top = [
        (-0.062 + tip, 0.955),
        (-0.035 + tip, 0.988),
        (0.035 + tip, 0.99),
        (0.064 + tip, 0.96),
        (0.0, 0.942),
    ]
    block.shape(
        curve(frame.to([(x + px, py) for px, py in top]), closed=True),
        person.ink,
        gap=person.gap * 0.4,
        rough=0,
    )
    if person.cuts:
        shine = frame.to(
            [(x + person.lit * 0.056, 0.966), (x + person.lit * 0.03, 0.983), (x, 0.984)]
        )
        block.stroke(curve(shine), frame.height * 0.01, CUT, taper=(0.1, 0.6))


def _helmet(block: Block, person: Wearer, frame: Place, x: float) -> None:
    top = [
        (-0.066, 0.93),
        (-0.058, 0.968),
        (-0.03, 0.993),
        (0.03, 0.993),
        (0.058, 0.968),
        (0.066, 0.93),
        (0, 0.938),
    ]
    block.shape(
        curve(frame.to([(x + px, py) for px, py in top]), closed=True),
        person.ink,
        gap=person.gap * 0.4,
        rough=0,
    )
    shine = frame.to(
        [
            (x + person.lit * 0.052, 0.945),
            (x + person.lit * 0.036, 0.978),
            (x + person.lit * 0.01, 0.986),
        ]
    )
    block.stroke(curve(shine), frame.height * 0.012, CUT, taper=(0.2, 0.6))


def _scarf(block: Block, person: Wearer, frame: Place, x: float) -> None:
    t = person.turn
    if t:
        cloth = [
            (0.034, 0.968), (0.02, 0.93), (0.018, 0.89), (0.034, 0.852), (0.006, 0.832), (-0.05,
            0.84),
            (-0.066, 0.9), (-0.054, 0.958), (-0.012, 0.988),
        ]  # fmt: skip
        dots = [(x + t * px, py) for px, py in cloth]
    elif person.face:
        dots = [
            (x - 0.05, 0.845), (x - 0.06, 0.91), (x - 0.045, 0.968), (x, 0.986), (x + 0.045,
            0.968), (x + 0.06, 0.91),
            (x + 0.05, 0.845), (x + 0.02, 0.85), (x + 0.04, 0.9), (x + 0.028, 0.945), (x, 0.955),
            (x - 0.028, 0.945),
            (x - 0.04, 0.9), (x - 0.02, 0.85),
        ]  # fmt: skip
    else:
        dots = [
            (x - 0.046, 0.845), (x - 0.06, 0.9), (x - 0.046, 0.968), (x, 0.988), (x + 0.046,
            0.968), (x + 0.06, 0.9),
            (x + 0.046, 0.845), (x + 0.004, 0.76),
        ]  # fmt: skip
    block.shape(curve(frame.to(dots), closed=True), person.ink, gap=person.gap * 0.5, rough=0)
    if person.cuts:
        for k in range(3):
            u = person.lit * (0.05 - 0.017 * k)
            fold = frame.to(
                [
                    (x + u * 0.55, 0.978 - 0.004 * k),
                    (x + u, 0.935),
                    (x + u * 0.9, 0.875),
                    (x + u * 0.5, 0.85),
                ]
            )
            block.stroke(curve(fold), frame.height * (0.012 - 0.002 * k), CUT, taper=(0.3, 0.5))


def _hair(block: Block, person: Wearer, frame: Place, x: float) -> None:
    lock = [
        (-0.05, 0.9),
        (-0.055, 0.95),
        (-0.02, 0.983),
        (0.03, 0.982),
        (0.052, 0.95),
        (0.034, 0.945),
    ]
    side = 1.0 if person.turn >= 0 else -1.0
    block.shape(
        curve(frame.to([(x + side * px, py) for px, py in lock]), closed=True), BLACK, rough=0
    )
    if person.cuts:
        wave = frame.to(
            [(x + person.lit * 0.044, 0.945), (x + person.lit * 0.03, 0.968), (x, 0.976)]
        )
        block.stroke(curve(wave), frame.height * 0.011, CUT)


def _crop(block: Block, person: Wearer, frame: Place, x: float) -> None:
    """Short hair, combed from the crown."""
    if person.turn:
        _hair(block, person, frame, x)
        return
    top = [
        (-0.05, 0.915),
        (-0.052, 0.955),
        (-0.03, 0.982),
        (0.01, 0.985),
        (0.045, 0.965),
        (0.05, 0.915),
        (0.03, 0.948),
        (-0.03, 0.945),
    ]
    block.shape(curve(frame.to([(x + px, py) for px, py in top]), closed=True), BLACK, rough=0)
    if not person.cuts:
        return
    for k in range(6):
        u = (k - 2.5) * 0.017
        lock = [(x + u * 0.3, 0.976), (x + u * 0.9, 0.962), (x + u * 1.15, 0.935)]
        block.stroke(curve(frame.to(lock)), max(frame.height * 0.006, 1.2), CUT, taper=(0.3, 0.5))


_HATS: dict[str, Callable[[Block, Wearer, Place, float], None]] = {
    "fedora": _fedora, "bare": _crop, "cap": _cap, "beret": _beret, "helmet": _helmet,
    "scarf": _scarf, "hair": _hair,
}  # fmt: skip
