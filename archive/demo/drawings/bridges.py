"""Drawings 23 to 25: the bridges and the workers' council."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from archive.demo.drawings.block import (
    BLACK,
    COLOUR,
    CUT,
    PAPER,
    WASH,
    Block,
    box,
    curve,
    ellipse,
)  # fmt: skip
from archive.demo.drawings.city import cobbles, rails
from archive.demo.drawings.crowds import bust
from archive.demo.drawings.everyday import basket
from archive.demo.drawings.fields import darkest, glow, mottled, parallel, radial, ramp
from archive.demo.drawings.machines import Part
from archive.demo.drawings.people import Person, stand
from archive.demo.drawings.tanks import tank_side
from archive.demo.drawings.weather import water

Spot = tuple[float, float]


def chain_bridge_at_dawn(block: Block) -> None:
    """23: the Chain Bridge at dawn on 4 November."""
    w, h = block.width, block.height
    block.hatch(
        None,
        parallel(0, 10, 2.2, 300),
        mottled(ramp((0, 0), 0.9, (0, h * 0.5), 0.06), 0.45, 190),
        chatter=0.15,
    )
    block.fill(block.mask(box(0, h * 0.3, w, h * 0.52)), WASH)
    hills = curve(
        [
            (-20, h * 0.46),
            (w * 0.12, h * 0.33),
            (w * 0.24, h * 0.36),
            (w * 0.36, h * 0.28),
            (w * 0.5, h * 0.4),
            (w * 0.7, h * 0.47),
            (w + 20, h * 0.5),
        ]
    )
    block.shape(
        [*[(float(x), float(y)) for x, y in hills], (w + 20, h * 0.55), (-20, h * 0.55)], BLACK
    )
    block.hatch(
        block.mask(
            [*[(float(x), float(y)) for x, y in hills], (w + 20, h * 0.55), (-20, h * 0.55)]
        ),
        parallel(0, 7, 1.2),
        0.42,
    )
    river = box(0, h * 0.52, w, h)
    block.shape(river, (0, 1))
    water(
        block,
        river,
        darkest(ramp((w * 0.4, 0), 0.2, (w, 0), 0.55), ramp((0, h * 0.5), 0.1, (0, h), 0.7)),
        spacing=10,
    )
    _bridge(block, w, h)
    for x, y, size in ((0.36, 0.553, 0.075), (0.46, 0.573, 0.088)):
        tank_side(block, w * x, h * y, w * size, side=1, gap=2)
    _lion(block, w * 0.855, h * 0.63, h * 0.44)


def _bridge(block: Block, w: float, h: float) -> None:
    far, near = (w * 0.2, h * 0.525, 0.42), (w * 0.66, h * 0.6, 1.0)
    deck_top = [(-20, h * 0.5), (w * 1.02, h * 0.655)]
    block.shape([deck_top[0], deck_top[1], (w * 1.02, h * 0.72), (-20, h * 0.522)], BLACK, gap=3)
    for base, size in ((far, 1), (near, 1)):
        _pylon(block, base[0], base[1], h * 0.5 * base[2] * size)
    tops = [(x, y - h * 0.44 * s) for x, y, s in (far, near)]
    for shift in (0.0, 1.0):
        _chain(block, (-20, h * 0.5), tops[0], h * 0.03, 3 + shift)
        _chain(
            block,
            (tops[0][0], tops[0][1] + 10 * shift),
            (tops[1][0], tops[1][1] + 22 * shift),
            h * 0.235,
            5 + shift * 2,
        )
        _chain(
            block,
            (tops[1][0], tops[1][1] + 22 * shift),
            (w * 1.04, h * 0.55 + 26 * shift),
            h * 0.1,
            9,
        )
    _hangers(block, tops, w, h)
    for k in range(60):
        x = w * (k / 59) ** 1.0
        y = h * (0.503 + 0.152 * x / w)
        block.stroke([(x, y - 4 - 20 * x / w), (x, y + 2)], 2.5 + 2 * x / w, BLACK, taper=(0, 0))
    block.stroke(block.at("0,0.512 1,0.672"), 3.4, CUT, taper=(0, 0))


def _chain(block: Block, start: Spot, end: Spot, sag: float, width: float) -> None:
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + sag)
    path = curve([start, middle, end], steps=14)
    block.line(path, width + 3.4, PAPER)
    block.line(path, width, BLACK)


def _hangers(block: Block, tops: list[Spot], w: float, h: float) -> None:
    middle = ((tops[0][0] + tops[1][0]) / 2, (tops[0][1] + tops[1][1]) / 2 + h * 0.235)
    path = curve([tops[0], middle, tops[1]], steps=16)
    for x, y in path[2:-1:2]:
        deck = h * (0.503 + 0.152 * x / w)
        block.line([(x, y + 8), (x, deck)], 1.6 + 1.6 * x / w, BLACK)


def _pylon(block: Block, x: float, base: float, height: float) -> None:
    half = height * 0.23
    foot = [
        (x - half * 1.1, base + height * 0.34),
        (x - half, base - height),
        (x + half, base - height),
        (x + half * 1.1, base + height * 0.34),
    ]
    block.shape(foot, BLACK, gap=4)
    block.hatch(
        foot,
        parallel(0, max(height * 0.028, 4.5), 0.5),
        ramp((x - half, 0), 0.12, (x + half, 0), 1.0),
    )
    block.shape(
        [
            (x - half * 1.3, base - height * 0.9),
            (x - half * 1.3, base - height),
            (x + half * 1.3, base - height),
            (x + half * 1.3, base - height * 0.9),
        ],
        BLACK,
        gap=2,
    )
    block.stroke(
        [(x - half * 1.25, base - height * 0.93), (x + half * 0.7, base - height * 0.93)],
        max(height * 0.016, 2),
        CUT,
        taper=(0, 0.5),
    )
    turn = np.linspace(np.pi, 2 * np.pi, 16)
    r = half * 0.46
    arch = [
        (x - r, base),
        *[(x + r * np.cos(t), base - height * 0.52 + r * np.sin(t)) for t in turn],
        (x + r, base),
    ]
    block.shape(arch, BLACK, gap=2)
    block.shape([(px + (x - px) * 0.24 + r * 0.12, py) for px, py in arch], COLOUR)


def _lion(block: Block, x: float, y: float, size: float) -> None:
    """One of the stone lions on its plinth, near the frame."""
    part = Part(x, y, size, -1)
    block.shape(
        [
            (x - size * 0.56, y + size),
            (x - size * 0.52, y),
            (x + size * 0.62, y),
            (x + size * 0.66, y + size),
        ],
        BLACK,
        gap=5,
    )
    plinth = [
        (x - size * 0.53, y + size),
        (x - size * 0.5, y + 22),
        (x + size * 0.6, y + 22),
        (x + size * 0.64, y + size),
    ]
    block.hatch(
        plinth, parallel(90, 15, 0.8), ramp((x - size * 0.5, 0), 0.2, (x + size * 0.4, 0), 1.0)
    )
    block.stroke([(x - size * 0.5, y + 10), (x + size * 0.4, y + 10)], 6, CUT, taper=(0, 0.5))
    body = [
        (-0.62, 0.0), (-0.66, 0.16), (-0.6, 0.34), (-0.44, 0.42), (-0.2, 0.4), (0.0, 0.44), (0.04,
        0.62), (0.14, 0.74),
        (0.24, 0.8), (0.36, 0.78), (0.42, 0.7), (0.5, 0.64), (0.5, 0.56), (0.42, 0.52), (0.4, 0.4),
        (0.36, 0.2),
        (0.56, 0.1), (0.58, 0.02), (0.5, 0.0),
    ]  # fmt: skip
    block.shape(curve(part.to(body), closed=True), BLACK, gap=5, rough=0)
    for k in range(8):
        path = [
            (0.14 + 0.03 * k, 0.76 - 0.012 * k),
            (0.08 + 0.035 * k, 0.6),
            (0.1 + 0.034 * k, 0.44 - 0.02 * k),
            (0.18 + 0.02 * k, 0.26),
        ]
        block.stroke(curve(part.to(path)), size * (0.024 - 0.001 * k), CUT, taper=(0.3, 0.5))
    for k in range(6):
        path = [
            (-0.52 + 0.09 * k, 0.37 - 0.004 * k),
            (-0.5 + 0.085 * k, 0.27),
            (-0.46 + 0.08 * k, 0.17),
        ]
        block.stroke(curve(part.to(path)), size * 0.02, CUT, taper=(0.1, 0.7))
    for path in (
        [(0.4, 0.7), (0.47, 0.65), (0.47, 0.58)],
        [(0.2, 0.03), (0.4, 0.06), (0.54, 0.05)],
        [(-0.3, 0.03), (-0.1, 0.06), (0.12, 0.04)],
        [(-0.64, 0.1), (-0.5, 0.2), (-0.34, 0.16)],
    ):
        block.stroke(curve(part.to(path)), size * 0.02, CUT, taper=(0.2, 0.4))


def crossing_liberty_bridge(block: Block) -> None:
    """24: on foot over the iron bridge, because nothing else runs."""
    w, h = block.width, block.height
    point = (w * 0.46, h * 0.5)
    block.hatch(
        None,
        radial(*point, 200, 0.6),
        mottled(glow(point, 40, 0.0, w * 0.6, 0.5), 0.4, 150),
        chatter=0.2,
    )
    block.fill(block.mask(box(0, 0, w, h * 0.5)), WASH)
    block.shape(ellipse(*point, 120, 96), PAPER)
    deck = [
        (-w * 0.3, h * 1.05),
        (point[0] - 26, point[1]),
        (point[0] + 26, point[1]),
        (w * 1.25, h * 1.05),
    ]
    block.shape(deck, BLACK)
    cobbles(block, (0, h * 0.53, w, h), h * 0.48, lit=0.42, near=70)
    rails(block, (w * 0.42, h, 18), point, gauge=300)
    for depth in (0.14, 0.24, 0.4, 0.68, 1.15):
        _portal(block, point, depth, w, h)
    _lattice(block, point, w, h)
    walkers = (
        (0.5, 0.58, 120, "scarf", 0.0), (0.43, 0.6, 140, "fedora", 0.0), (0.56, 0.63, 180, "cap",
        0.0), (0.36, 0.68, 240, "scarf", 0.0),
        (0.64, 0.75, 330, "fedora", 0.0),
    )  # fmt: skip
    for x, y, size, hat, turn in walkers:
        coat = "shawl" if hat == "scarf" else "long"
        stand(
            block,
            Person(hat=hat, coat=coat, turn=turn, cuts=5, gap=2.5, lit=-1, stride=0.02, skin=PAPER),
            w * x,
            h * y,
            size,
        )
    woman = Person(
        hat="scarf",
        coat="dress",
        cuts=10,
        gap=5,
        left=(12, 4),
        right=(14, 6),
        lit=1,
        stride=0.02,
        skin=PAPER,
    )
    hands = stand(block, woman, w * 0.24, h * 1.1, 820)
    basket(block, hands["left"][0], hands["left"][1] + 10, 170)
    basket(block, hands["right"][0], hands["right"][1] + 10, 150)


def _portal(block: Block, point: Spot, depth: float, w: float, h: float) -> None:
    half, rise = w * 0.56 * depth, h * 0.92 * depth
    left, right, top, foot = (
        point[0] - half,
        point[0] + half,
        point[1] - rise,
        point[1] + h * 0.42 * depth,
    )
    thick = 64 * depth
    for x, lit in ((left, 1), (right, -1)):
        block.ribbon([(x - thick / 2, foot), (x - thick / 2, top)], [(x + thick / 2, foot),
        (x + thick / 2, top)], BLACK, gap=2 + 2 * depth,
                     cuts=3, lit=lit, reach=0.35)  # fmt: skip
        block.shape(
            [(x - thick * 0.3, top), (x, top - thick * 2.1), (x + thick * 0.3, top)], BLACK, gap=2
        )
        block.shape(ellipse(x, top - thick * 2.1, thick * 0.3, thick * 0.3, 14), BLACK, gap=2)
    block.shape(box(left, top, right, top + thick * 0.7), BLACK, gap=2 + 2 * depth)
    turn = np.linspace(0.02, np.pi - 0.02, 20)
    span = half - thick * 0.5
    arch = [
        (point[0] + span * np.cos(t), top + thick * 2.6 - thick * 2.0 * np.sin(t)) for t in turn
    ]
    block.line(arch, thick * 0.3 + 3, PAPER)
    block.line(arch, thick * 0.3, BLACK)
    count = 9
    for k in range(count):
        x0 = left + thick / 2 + (right - left - thick) * k / count
        x1 = left + thick / 2 + (right - left - thick) * (k + 1) / count
        a, b = (
            (top + thick * 0.6, top + thick * 0.1)
            if k % 2
            else (top + thick * 0.1, top + thick * 0.6)
        )
        block.stroke([(x0, a), (x1, b)], max(thick * 0.09, 1.4), CUT, taper=(0, 0))


def _lattice(block: Block, point: Spot, w: float, h: float) -> None:
    for side in (-1, 1):
        depths = [0.14 * 1.28**k for k in range(10)]
        for a, b in pairwise(depths):
            ends = []
            for depth in (a, b):
                x = point[0] + side * w * 0.56 * depth
                ends.append((x, point[1] - h * 0.3 * depth, point[1] + h * 0.4 * depth))
            for first, second in (
                ((ends[0][0], ends[0][1]), (ends[1][0], ends[1][2])),
                ((ends[0][0], ends[0][2]), (ends[1][0], ends[1][1])),
            ):
                block.line([first, second], 26 * b + 4, PAPER)
                block.line([first, second], 26 * b, BLACK)
        for level in (-0.3, 0.4):
            near = 1.35
            path = [
                (point[0] + side * w * 0.56 * 0.14, point[1] + h * level * 0.14),
                (point[0] + side * w * 0.56 * near, point[1] + h * level * near),
            ]
            block.shape(
                [path[0], (path[1][0], path[1][1] - 26), (path[1][0], path[1][1] + 26)],
                BLACK,
                gap=2,
            )


def workers_council(block: Block) -> None:
    """25: the council of the works is elected in the great hall."""
    w, h = block.width, block.height
    point = (w * 0.6, h * 0.36)
    block.shape(box(0, 0, w, h), BLACK, rough=0)
    block.hatch(
        None, radial(*point, 230, 0.5), mottled(glow(point, 90, 0.1, w * 0.62, 0.98), 0.25, 120)
    )
    _hall_windows(block, point, w, h)
    for depth in (0.3, 0.48, 0.76, 1.2):
        _truss(block, point, depth, w, h)
    block.shape(box(0, h * 0.66, w, h), BLACK)
    lathe = Part(w * 0.56, h * 0.74, w * 0.36)
    block.shape(
        lathe.to("-0.5,0 -0.5,0.2 -0.3,0.2 -0.28,0.14 0.26,0.14 0.3,0.24 0.5,0.24 0.5,0"),
        BLACK,
        gap=4,
    )
    for k in range(6):
        block.stroke(
            lathe.to([(-0.47 + 0.03 * k, 0.18), (-0.47 + 0.03 * k, 0.02)]), 6 - 0.7 * k, CUT
        )
    block.stroke(lathe.to("-0.26,0.125 0.25,0.125"), 6, CUT)
    speaker = Person(
        hat="cap",
        coat="jacket",
        face=True,
        left=(105, 40),
        right=(28, 60),
        cuts=8,
        gap=4,
        lit=1,
        skin=PAPER,
    )
    stand(block, speaker, w * 0.57, h * 0.69, 400)
    for x, y, size, hat, turn in (
        (0.4, 0.5, 330, "bare", 1), (0.74, 0.5, 340, "cap", -1), (0.32, 0.57, 400, "cap", 1),
        (0.84, 0.55, 420, "fedora", -1), (0.48, 0.64, 420, "cap", 0),
        (0.66, 0.65, 430, "beret", 0), (0.2, 0.58, 520, "cap", 1), (0.95, 0.6, 540, "cap", -1),
        (0.4, 0.7, 560, "cap", 0), (0.76, 0.69, 560, "scarf", 0),
        (0.09, 0.6, 720, "bare", 1), (0.58, 0.77, 640, "cap", 0), (0.27, 0.75, 700, "fedora", 0),
        (0.9, 0.76, 720, "cap", 0),
    ):  # fmt: skip
        bust(
            block,
            Person(hat=hat, turn=turn, cuts=7, gap=3.6, lit=1 if x < 0.6 else -1, skin=COLOUR),
            w * x,
            h * y,
            size,
        )
    _raised_hands(block, w, h)


def _hall_windows(block: Block, point: Spot, w: float, h: float) -> None:
    for row in range(3):
        for col in range(5):
            left, top = point[0] - 170 + col * 70, point[1] - 120 + row * 84
            block.shape(box(left, top, left + 58, top + 72), (0, 1))
            block.line([(left + 29, top), (left + 29, top + 72)], 3, BLACK)
            block.line([(left, top + 36), (left + 58, top + 36)], 3, BLACK)
    for side in (-1, 1):
        for k in range(5):
            near, far = 0.34 * 1.42**k, 0.34 * 1.42 ** (k + 0.72)
            quad = [
                (point[0] + side * w * 0.52 * d, point[1] + h * level * d)
                for d, level in ((near, -0.34), (far, -0.34), (far, 0.3), (near, 0.3))
            ]
            block.shape(quad, (0, 0), gap=3)
            block.hatch(quad, radial(*point, 150, 0.2), 0.22)
            for u in (0.33, 0.66):
                d = near + (far - near) * u
                block.line(
                    [
                        (point[0] + side * w * 0.52 * d, point[1] - h * 0.34 * d),
                        (point[0] + side * w * 0.52 * d, point[1] + h * 0.3 * d),
                    ],
                    3 + 4 * near,
                    BLACK,
                )


def _truss(block: Block, point: Spot, depth: float, w: float, h: float) -> None:
    half, top = w * 0.5 * depth, point[1] - h * 0.4 * depth
    peak = top - h * 0.16 * depth
    left, right = (point[0] - half, top), (point[0] + half, top)
    thick = 18 * depth
    for a, b in ((left, right), (left, (point[0], peak)), ((point[0], peak), right)):
        block.line([a, b], thick + 5, PAPER)
        block.line([a, b], thick, BLACK)
    for k in range(1, 8):
        x = left[0] + (right[0] - left[0]) * k / 8
        lift = peak + abs(k - 4) / 4 * (top - peak)
        block.line(
            [(x, top), (x + (half / 4 if k < 4 else -half / 4) * (k != 4), lift)],
            thick * 0.5,
            BLACK,
        )


def _raised_hands(block: Block, w: float, h: float) -> None:
    for x, y, size in (
        (0.17, 0.46, 170),
        (0.35, 0.56, 130),
        (0.72, 0.54, 130),
        (0.87, 0.5, 160),
        (0.5, 0.6, 130),
    ):
        part = Part(w * x, h * y + size, size)
        block.ribbon(
            part.to("-0.12,-0.6 -0.1,0 -0.07,0.5"),
            part.to("0.14,-0.6 0.12,0 0.08,0.5"),
            BLACK,
            gap=3,
            cuts=3,
            lit=1,
        )
        block.shape(
            part.to("-0.08,0.5 -0.1,0.72 -0.05,0.94 0.06,0.95 0.09,0.7 0.08,0.5"),
            PAPER,
            gap=3,
            rough=1,
        )
        for k in (-0.03, 0.02):
            block.stroke(part.to([(k, 0.94), (k, 0.76)]), 3, BLACK)
