"""Drawings 8 to 11: passages, streets and barricades of the fighting."""

from __future__ import annotations

from dataclasses import replace

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
    trace,
)  # fmt: skip
from archive.demo.drawings.city import (
    Wall,
    breach,
    cobbles,
    flag,
    rails,
    reflections,
    scars,
    wires,
)
from archive.demo.drawings.facades import facade
from archive.demo.drawings.fields import (
    darkest,
    glow,
    mottled,
    parallel,
    radial,
    ramp,
)
from archive.demo.drawings.letters import cut_text, text_width
from archive.demo.drawings.machines import (
    rifle,
    tram,
)  # fmt: skip
from archive.demo.drawings.people import Person, stand
from archive.demo.drawings.tanks import muzzle, tank_front
from archive.demo.drawings.weather import banded_sky, smoke, stormy_sky

_SHELL_HOLE = (
    (0.5, 0.2),
    (0.58, 0.13),
    (0.7, 0.16),
    (0.78, 0.26),
    (0.74, 0.36),
    (0.66, 0.44),
    (0.55, 0.4),
    (0.52, 0.3),
)
FIGHTER = Person(hat="cap", coat="short", cuts=6, gap=3)
_GUARDS = (
    (0.46, 0.82, 330, replace(FIGHTER, turn=-1, left=(70, 15), right=(-50, -40), stride=0.05)),
    (0.64, 0.8, 270, replace(FIGHTER, hat="beret", coat="long", turn=-1, left=(20, 70))),
    (0.75, 0.76, 200, replace(FIGHTER, hat="helmet", coat="short")),
)


def corvin_passage(block: Block) -> None:
    """8: out of the dark of the passage to the round cinema."""
    w, h = block.width, block.height
    sky = (w * 0.56, h * 0.16)
    block.fill(block.mask(box(0, 0, w, h * 0.72)), WASH)
    block.hatch(None, radial(*sky, 150, 0.6), mottled(glow(sky, 60, 0.0, h * 0.5, 0.45), 0.3, 120))
    block.shape(ellipse(*sky, 58, 58), PAPER)
    _cinema(block, w, h)
    ground = box(0, h * 0.7, w, h)
    block.shape(ground, PAPER)
    shade = darkest(
        mottled(ramp((w * 0.2, 0), 0.1, (w, h), 0.5), 0.35, 90),
        ramp((0, h * 0.86), 0.0, (0, h), 0.85),
    )
    block.hatch(ground, parallel(4, 13, 2.2, 60), shade, tear=0.6, chatter=0.3)
    _vault(block, w, h)
    for x, y, size, who in _GUARDS:
        foot = [
            (w * x - size * 0.07, h * y),
            (w * x + size * 0.09, h * y),
            (w * x + size * 0.75, h * y + size * 0.22),
        ]
        block.shape(foot, BLACK)
        stand(block, replace(who, gap=3), w * x, h * y, size)
    rifle(block, (w * 0.5, h * 0.69), (w * 0.31, h * 0.655), 13)
    rifle(block, (w * 0.66, h * 0.78), (w * 0.71, h * 0.6), 11)
    _watchers(block, w, h)


def _cinema(block: Block, w: float, h: float) -> None:
    """A drum of a building: light runs round it from the left."""
    left, right, top, base = w * 0.2, w * 0.83, h * 0.3, h * 0.71
    bow = np.sin(np.linspace(0, np.pi, 24)) * 34
    xs = np.linspace(left, right, 24)
    crown, foot = np.column_stack([xs, top + bow]), np.column_stack([xs, base + bow * 0.4])
    block.shape(np.vstack([crown, foot[::-1]]), (1, 0), gap=4, rough=0)
    round_light = ramp((left, 0), 0.25, (right - 40, 0), 1.1)
    block.hatch(
        np.vstack([crown + np.array([0, 70]), foot[::-1] - np.array([0, 150])]),
        parallel(90, 9, 0.4),
        round_light,
    )
    for k in range(1, 12):
        x = left + (right - left) * (0.5 - 0.5 * np.cos(np.pi * k / 12))
        drop = float(np.interp(x, xs, bow))
        for shift, ink in ((0, BLACK), (-5, CUT)):
            wide = (14 - abs(k - 6)) * (1.0 if ink == BLACK else 0.5)
            block.stroke(
                [(x + shift, top + 66 + drop), (x + shift, base - 146 + drop * 0.6)],
                wide,
                ink,
                taper=(0, 0),
            )
    sign = np.vstack([crown + np.array([0, 14]), (crown + np.array([0, 62]))[::-1]])
    block.shape(sign, COLOUR, gap=0, rough=0)
    name = "CORVIN"
    start = (left + right) / 2 - text_width(name, 34) / 2
    for glyph in cut_text(block.rng, name, start, top + 88, 34):
        block.shape(glyph, BLACK, rough=0.5)
    canopy = np.vstack([foot - np.array([0, 150]), (foot - np.array([0, 122]))[::-1]])
    block.shape(canopy, BLACK, gap=4, rough=0)
    block.line(foot - np.array([0, 143]), 4, CUT)
    for k in range(7):
        x = left + 40 + k * (right - left - 80) / 6
        block.shape(box(x - 13, base - 112, x + 13, base + 6), CUT)
        block.shape(box(x + 1, base - 112, x + 13, base + 6), BLACK)


def _vault(block: Block, w: float, h: float) -> None:
    """The arch of the passage from inside: courses of brick that catch the light at the edge."""
    turn = np.linspace(np.pi, 2 * np.pi, 40)
    half, spring, mid = w * 0.38, h * 0.36, w * 0.51
    rim = np.column_stack([mid + half * np.cos(turn), spring + half * 0.97 * np.sin(turn)])
    opening = np.vstack([[(mid - half, h * 1.01)], rim, [(mid + half, h * 1.01)]])
    mask = block.mask(box(0, 0, w, h), rough=0)
    mask.paste(0, (0, 0), block.mask(opening))
    block.fill(mask, (1, 0))
    for ring in range(6):
        reach, wide = 1.035 + 0.13 * ring, 66 - 5 * ring
        bricks = 34 + 3 * ring
        for k in range(bricks):
            at = np.pi * (0.97 + 1.06 * (k + 0.5 * (ring % 2)) / bricks)
            way = np.array([np.cos(at), np.sin(at) * 0.97])
            spot = np.array([mid, spring]) + way * half * reach
            long = wide * block.rng.uniform(0.55, 1.0) * (1 - 0.1 * ring)
            block.stroke(
                [spot, spot + way * long], max(13 - 2.2 * ring, 2.5), CUT, taper=(0.04, 0.8)
            )
    for side in (-1, 1):
        for k in range(15):
            y = spring + 36 + k * 56
            start = mid + side * half + side * 10
            reach = block.rng.uniform(40, 110) * (1 - k / 24)
            block.stroke([(start, y), (start + side * reach, y + 3)], 12, CUT, taper=(0.04, 0.8))


def boy_with_a_bottle(block: Block) -> None:
    """9: from behind: what the boy hides, and what is coming up the street."""
    w, h = block.width, block.height
    point = (w * 0.27, h * 0.5)
    block.hatch(
        None,
        radial(*point, 190, 0.7),
        mottled(glow(point, 40, 0.0, h * 0.6, 0.62), 0.3, 120),
        chatter=0.2,
    )
    facade(
        block,
        Wall((-60, h * 0.1, h * 0.8), (point[0] - 90, h * 0.36, h * 0.56)),
        4,
        3,
        tone=0.75,
        lines=80,
    )
    facade(
        block,
        Wall((point[0] + 100, h * 0.36, h * 0.56), (w + 60, -h * 0.22, h * 0.94)),
        5,
        8,
        tone=ramp((point[0], 0), 0.3, (w, 0), 0.85),
        lines=90,
    )
    ground = [
        (0, h * 0.76),
        (point[0] - 90, h * 0.56),
        (point[0] + 100, h * 0.56),
        (w, h * 0.92),
        (w, h),
        (0, h),
    ]
    block.shape(ground, BLACK)
    cobbles(block, (0, h * 0.57, w, h), h * 0.53, lit=0.55, near=70)
    rails(block, (w * 0.1, h, 20), (point[0], h * 0.535), gauge=320)
    smoke(
        block,
        [
            (point[0] + 10, h * 0.47),
            (point[0] + 50, h * 0.38),
            (point[0] - 10, h * 0.25),
            (point[0] + 40, h * 0.12),
        ],
        (34, 92),
        tone=0.5,
    )
    tank = tank_front(block, point[0], h * 0.635, 250)
    muzzle(block, tank, (0.16, 0.57), 0.07)
    boy = Person(
        hat="cap",
        coat="jacket",
        cuts=11,
        lit=-1,
        gap=6,
        left=(30, -70),
        right=(16, 12),
        lean=-4,
        bulk=1.08,
        skin=PAPER,
    )
    hands = stand(block, boy, w * 0.74, h * 1.36, h * 1.08)
    _bottle(block, *hands["left"])


def barricade(block: Block) -> None:
    """10: cobbles, a tram on its side, and a flag above the smoke."""
    w, h = block.width, block.height
    stormy_sky(block, None, ramp((w, 0), 0.9, (0, h * 0.6), 0.1), lines=30)
    block.fill(block.mask(block.at("0,0.2 0.5,0.34 1,0.62 1,1 0,1")), WASH)
    facade(
        block,
        Wall((w * 0.7, h * 0.2, h * 0.75), (w + 60, -h * 0.1, h * 0.85)),
        4,
        5,
        tone=0.85,
        lines=80,
    )
    smoke(
        block,
        block.at("0.98,0.62 0.84,0.42 0.88,0.2 0.76,0.02"),
        (80, 150),
        tone=0.62,
    )
    tram(block, w * 0.3, h * 0.71, w * 0.62, tilt=17)
    for x, y, size, who in (
        (0.42, 0.62, 330, replace(FIGHTER, turn=1, right=(86, 4), left=(-60, -20), lean=6)),
        (
            0.56,
            0.68,
            320,
            replace(FIGHTER, hat="helmet", turn=1, stride=0.05, right=(60, 40), lean=8),
        ),
        (
            0.28,
            0.58,
            330,
            replace(FIGHTER, hat="bare", coat="jacket", left=(150, 20), right=(20, 20)),
        ),
    ):
        hands = stand(block, who, w * x, h * y, size)
        if who.hat == "bare":
            flag(
                block,
                ((hands["left"][0], hands["left"][1] + 60), (hands["left"][0] - 50, h * 0.03)),
                (330, 180),
                hole=0.26,
                thick=9,
            )
    rifle(block, (w * 0.4, h * 0.45), (w * 0.6, h * 0.43), 13)
    rifle(block, (w * 0.54, h * 0.545), (w * 0.74, h * 0.52), 13)
    _heap(block, w, h)


def _heap(block: Block, w: float, h: float) -> None:
    ridge = [
        (-20, h * 0.62),
        (w * 0.2, h * 0.56),
        (w * 0.45, h * 0.62),
        (w * 0.66, h * 0.72),
        (w * 0.86, h * 0.8),
        (w + 20, h * 0.86),
    ]
    line = curve(ridge)
    block.shape([*[(float(px), float(py)) for px, py in line], (w + 20, h), (-20, h)], BLACK, gap=3)
    rng, spots = block.rng, []
    for _ in range(330):
        x = float(rng.uniform(-20, w))
        top = float(np.interp(x, line[:, 0], line[:, 1]))
        spots.append((x, top + (h + 60 - top) * rng.random() ** 1.25))
    for x, y in sorted(spots, key=lambda spot: spot[1]):
        _stone(block, x, y, 22 + 62 * (y / h) ** 3)


def _stone(block: Block, x: float, y: float, size: float) -> None:
    rng = block.rng
    a = rng.uniform(-0.6, 0.6)
    turn = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    front = np.array([(-0.5, 0.1), (0.15, 0.3), (0.15, 0.75), (-0.5, 0.5)])
    side = np.array([(0.15, 0.3), (0.55, 0.05), (0.52, 0.45), (0.15, 0.75)])
    top = np.array([(-0.5, 0.1), (-0.1, -0.2), (0.55, 0.05), (0.15, 0.3)])
    place = lambda face: np.array([x, y]) + face @ turn * size  # noqa: E731
    block.shape(place(np.vstack([front[[0, 3, 2]], side[[2, 1]], top[[1]]])), BLACK, gap=2.2)
    block.shape(place(top * 0.9), PAPER if rng.random() < 0.7 else COLOUR, rough=1.5)
    for k in range(3):
        u = 0.15 + 0.2 * k
        block.stroke(
            [
                place(front[0] * (1 - u) + front[1] * u + np.array([0, 0.06])),
                place(front[3] * (1 - u) + front[2] * u - np.array([0, 0.1])),
            ],
            size * 0.07,
            CUT,
        )


def tank_at_the_corner(block: Block) -> None:
    """11: a tank turns out of a side street, seen from the pavement."""
    w, h = block.width, block.height
    banded_sky(block, None, 0.8, 0.1, angle=-4)
    facade(
        block,
        Wall((-60, -h * 0.3, h * 0.84), (w * 0.28, h * 0.16, h * 0.66)),
        4,
        6,
        tone=ramp((0, 0), 1.0, (w * 0.28, 0), 0.6),
        lines=90,
    )
    right = Wall((w * 0.5, h * 0.12, h * 0.66), (w + 80, -h * 0.42, h * 0.86))
    facade(block, right, 4, 6, tone=ramp((w * 0.5, 0), 0.25, (w, 0), 0.75), lines=90, style="gable")
    scars(block, block.scatter((w * 0.55, h * 0.1, w, h * 0.6), 50), 10)
    breach(block, np.array([right.at(u, v) for u, v in _SHELL_HOLE]), 14)
    smoke(block, block.at("0.4,0.62 0.37,0.46 0.42,0.28 0.37,0.1"), (60, 110), tone=0.5)
    block.shape(
        [(0, h * 0.81), (w * 0.28, h * 0.655), (w * 0.5, h * 0.655), (w, h * 0.82), (w, h), (0, h)],
        (1, 1),
    )
    cobbles(block, (0, h * 0.68, w, h), h * 0.58, lit=0.5, near=64)
    reflections(block, [(w * 0.74, 1.2), (w * 0.92, 0.7)], h * 0.76, h, 34)
    wires(
        block,
        [((0, h * 0.1), (w * 0.5, h * 0.26), 40), ((w, h * 0.02), (w * 0.5, h * 0.26), 30)],
        4,
    )
    tank = tank_front(block, w * 0.34, h * 1.08, w * 0.6)
    muzzle(block, tank, (0.46, 0.5), 0.085)
    wires(
        block,
        [
            ((w * 0.5, h * 0.26), (w * 0.83, h * 0.9), -80),
            ((w * 0.83, h * 0.9), (w * 0.98, h * 0.8), 30),
        ],
        5,
    )


def _bottle(block: Block, x: float, y: float) -> None:
    """A bottle with a rag in its neck, held in a fist."""
    half = trace("0,-84 12,-84 12,-44 16,-30 34,4 34,140 0,140")
    rim = np.vstack([half, half[::-1] * np.array([-1, 1])]) + np.array([x, y])
    block.shape(rim, COLOUR, gap=6, rough=0)
    block.line(np.vstack([rim, rim[:1]]), 5, BLACK)
    block.stroke([(x - 20, y + 118), (x - 20, y + 20)], 9, PAPER, taper=(0.1, 0.4))
    rag = trace("-9,-84 -24,-118 -10,-156 8,-142 30,-160 26,-112 11,-84") + np.array([x, y])
    block.shape(curve(rag, closed=True), PAPER, gap=4)
    for k in range(3):
        block.stroke([(x - 10 + 9 * k, y - 92), (x - 16 + 14 * k, y - 138)], 4, BLACK)
    fist = trace("-42,20 -40,-8 -20,-20 24,-20 44,-6 44,24 20,38 -24,36") + np.array([x, y])
    block.shape(curve(fist, closed=True), PAPER, gap=4)
    for k in range(3):
        block.stroke([(x - 22 + 20 * k, y - 16), (x - 20 + 20 * k, y + 26)], 4, BLACK)


def _watchers(block: Block, w: float, h: float) -> None:
    """Two boys in the dark of the passage, nearest to us."""
    near = Person(
        hat="cap", coat="short", cuts=12, lit=1, gap=6, right=(30, 100), lean=3, skin=COLOUR
    )
    at = stand(block, near, w * 0.13, h * 1.3, 1180)["right"]
    rifle(block, (at[0] + 10, h * 1.06), (at[0] - 6, h * 0.38), 30, gap=6)
    fist = trace("-46,14 -40,-30 0,-58 40,-48 52,-8 40,28 -10,40") + np.array(at)
    block.shape(curve(fist, closed=True), COLOUR, gap=5)
    for k in range(3):
        block.stroke(
            [(at[0] - 22 + 20 * k, at[1] - 16), (at[0] - 24 + 20 * k, at[1] + 26)], 5, BLACK
        )
    other = Person(hat="bare", coat="jacket", turn=-1, cuts=10, lit=-1, gap=6, skin=COLOUR)
    stand(block, other, w * 0.93, h * 1.2, 900)
    rifle(block, (w * 1.0, h * 0.98), (w * 0.8, h * 0.46), 24, gap=5)
