"""Crowds: rows of backs, heads and hats, growing towards us; and single busts at the frame's "
"foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from archive.demo.drawings.block import CUT, Block, Ink, curve, ellipse
from archive.demo.drawings.heads import cut_head
from archive.demo.drawings.people import Frame, Person, stand

SOMEBODY = Person()
MIXED = ("fedora", "cap", "scarf", "bare", "beret", "cap", "fedora", "hair")
WOMEN = ("scarf", "scarf", "scarf", "bare", "beret")
MEN = ("cap", "cap", "fedora", "beret", "bare")


def bust(block: Block, person: Person, x: float, top: float, height: float) -> None:
    """Head and shoulders with the crown of the head near `top`; the rest is below the frame."""
    frame = Frame(x, top + height, height)
    turn = person.turn
    slim = (1 - 0.2 * abs(turn)) * person.bulk
    half = [(0.03, 0.868), (0.07, 0.85), (0.115, 0.823), (0.14, 0.75), (0.152, 0.55), (0.16, -0.5)]
    left = [(-w * slim - 0.02 * turn, y) for w, y in half]
    right = [(w * slim - 0.02 * turn, y) for w, y in half]
    block.ribbon(
        frame.to(left), frame.to(right), person.ink,
        gap=person.gap, cuts=person.cuts, lit=person.lit, reach=0.5, weight=0.45,
    )  # fmt: skip
    if not turn and person.cuts and height > 150:
        for sign in (-1, 1):
            fold = [
                (sign * 0.09 * slim, 0.77),
                (sign * 0.1 * slim, 0.66),
                (sign * 0.098 * slim, 0.55),
            ]
            block.stroke(curve(frame.to(fold)), height * 0.012, CUT, taper=(0.5, 0.3))
        collar = [(person.lit * 0.062, 0.85), (0, 0.836), (-person.lit * 0.04, 0.845)]
        block.stroke(curve(frame.to(collar)), height * 0.012, CUT, taper=(0.1, 0.6))
    cut_head(block, person, frame)


def crowd(
    block: Block,
    span: tuple[float, float],
    rows: int,
    near: tuple[float, float],
    far: tuple[float, float],
    *,
    like: Person = SOMEBODY,
    hats: Sequence[str] = MIXED,
    faces: float = 0.2,
) -> None:
    """Rows of busts across `span`; `near` and `far` are (top of heads, figure height)."""
    for row in range(rows):
        depth = (row / max(rows - 1, 1)) ** 1.6
        top = far[0] + (near[0] - far[0]) * depth
        height = far[1] + (near[1] - far[1]) * depth
        _row(block, span, top, height, like, hats, faces)


def _row(
    block: Block,
    span: tuple[float, float],
    top: float,
    height: float,
    like: Person,
    hats: Sequence[str],
    faces: float,
) -> None:
    rng = block.rng
    step = height * 0.27
    places = np.arange(span[0] + rng.uniform(-0.5, 0.5) * step, span[1] + step * 0.4, step)
    for x in rng.permutation(places):
        size = height * rng.uniform(0.9, 1.08)
        at = top + rng.uniform(-0.05, 0.06) * height
        if height < 70:
            _dot(block, float(x), at, size, like.ink)
            continue
        turn = float(rng.choice([-1, 1])) if rng.random() < faces else 0.0
        cuts = 0 if height < 90 else 3 if height < 200 else 6
        who = replace(
            like, hat=str(rng.choice(hats)), turn=turn, cuts=cuts, gap=1.2 + height / 250,
            bulk=float(rng.uniform(0.9, 1.08)),
        )  # fmt: skip
        bust(block, who, float(x) + rng.uniform(-0.06, 0.06) * height, at, size)


def _dot(block: Block, x: float, top: float, height: float, ink: Ink) -> None:
    """Somebody far away: a head and shoulders of a few cuts."""
    h = height
    body = [
        (x - 0.14 * h, top + 0.6 * h), (x - 0.13 * h, top + 0.22 * h), (x - 0.05 * h,
        top + 0.14 * h),
        (x + 0.05 * h, top + 0.14 * h), (x + 0.13 * h, top + 0.22 * h), (x + 0.14 * h,
        top + 0.6 * h),
    ]  # fmt: skip
    block.shape(body, ink, gap=1.1, rough=0)
    block.shape(ellipse(x, top + 0.08 * h, 0.055 * h, 0.075 * h, 10), ink, gap=0.9, rough=0)
    if block.rng.random() < 0.5:
        brim = [(x - 0.09 * h, top + 0.05 * h), (x, top - 0.03 * h), (x + 0.09 * h, top + 0.05 * h)]
        block.shape(brim, ink, rough=0)


def line_up(
    block: Block,
    people: Sequence[Person],
    start: tuple[float, float, float],
    end: tuple[float, float, float],
) -> None:
    """People in a line from far `start` to near `end`, each (x, foot of the figure, height)."""
    count = len(people)
    for i, person in enumerate(people):
        depth = (i / max(count - 1, 1)) ** 1.35
        x, y, height = (a + (b - a) * depth for a, b in zip(start, end, strict=True))
        wobble = block.rng.uniform(-0.03, 0.03) * height
        _stand_in_line(block, person, x + wobble, y, height)


def _stand_in_line(block: Block, person: Person, x: float, y: float, height: float) -> None:
    cuts = 0 if height < 80 else 3 if height < 180 else person.cuts
    who = replace(person, cuts=cuts, gap=1.0 + height / 300)
    stand(block, who, x, y, height)
