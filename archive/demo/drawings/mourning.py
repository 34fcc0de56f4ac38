"""Drawings 19 to 22: the search, the wreck, the candles and the grave."""

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
    cobbles,
    reflections,
    scars,
)
from archive.demo.drawings.facades import facade
from archive.demo.drawings.fields import (
    glow,
    mottled,
    parallel,
    radial,
    ramp,
    rings,
    swirl,
)
from archive.demo.drawings.heads import cut_head
from archive.demo.drawings.machines import Part, wheel
from archive.demo.drawings.people import Frame, Person, stand
from archive.demo.drawings.tanks import tank_side
from archive.demo.drawings.weather import banded_sky, bare_tree


def listening_to_the_ground(block: Block) -> None:
    """19: digging on Köztársaság tér for cellars that were not there."""
    w, h = block.width, block.height
    block.hatch(
        None,
        rings(w * 0.75, h * 0.25, 22, 2.0),
        mottled(glow((w * 0.75, h * 0.25), 100, 0.02, w * 0.8, 0.85), 0.4, 150),
        chatter=0.2,
    )
    block.fill(block.mask(ellipse(w * 0.75, h * 0.25, 92, 92)), WASH)
    facade(
        block,
        Wall((-40, h * 0.28, h * 0.66), (w * 0.4, h * 0.4, h * 0.64)),
        4,
        9,
        tone=0.6,
        lines=60,
    )
    for x, y, size in ((0.16, 0.72, 560), (0.9, 0.74, 640), (0.52, 0.66, 330), (0.34, 0.68, 380)):
        bare_tree(block, w * x, h * y, size, lean=float(block.rng.uniform(-6, 6)))
    block.shape(
        curve(
            [
                (-20, h * 0.66),
                (w * 0.3, h * 0.63),
                (w * 0.6, h * 0.67),
                (w + 20, h * 0.64),
                (w + 20, h),
                (-20, h),
            ]
        ),
        (0, 0),
    )
    block.hatch(
        box(0, h * 0.645, w, h),
        parallel(-3, 14, 1.6, 130),
        mottled(ramp((0, h * 0.64), 0.2, (0, h), 0.55), 0.5, 80),
        tear=0.5,
    )
    _excavator(block, w, h)
    pit = curve(
        block.at("0.42,0.79 0.52,0.74 0.66,0.75 0.73,0.81 0.66,0.88 0.48,0.87"),
        closed=True,
    )
    block.shape(pit, BLACK, gap=5)
    block.hatch(
        pit, parallel(78, 12, 1.6, 60), ramp((w * 0.44, h * 0.74), 0.2, (w * 0.56, h * 0.88), 1.1)
    )
    for x, y, size, who in (
        (0.44, 0.79, 240, Person(hat="fedora", turn=1)),
        (0.52, 0.75, 210, Person(hat="scarf", coat="dress", turn=1)),
        (0.74, 0.84, 290, Person(hat="cap", coat="short", turn=-1, left=(40, 10))),
        (0.9, 0.97, 440, Person(hat="bare", turn=-1)),
        (0.08, 0.88, 330, Person(hat="scarf", coat="shawl", turn=1)),
    ):  # fmt: skip
        stand(block, replace(who, cuts=5, gap=3, skin=PAPER), w * x, h * y, size)
    _kneeling(block, w * 0.3, h * 0.985, 400)


def _excavator(block: Block, w: float, h: float) -> None:
    part = Part(w * 0.83, h * 0.79, w * 0.3, -1)
    block.shape(
        curve(
            part.to("-0.42,0.1 -0.36,0.18 0.3,0.18 0.36,0.1 0.28,0 -0.34,0"),
            closed=True,
        ),
        BLACK,
        gap=3,
    )
    for k in range(4):
        block.shape(ellipse(*part.spot(-0.25 + 0.15 * k, 0.085), 19, 19), CUT)
        block.shape(ellipse(*part.spot(-0.25 + 0.15 * k, 0.085), 13, 13), BLACK)
    block.shape(part.to("-0.4,0.2 -0.4,0.56 0.02,0.58 0.14,0.42 0.14,0.2"), BLACK, gap=3)
    block.shape(part.to("-0.06,0.38 -0.06,0.53 0,0.53 0.1,0.4"), COLOUR)
    for k in range(6):
        block.stroke(part.to([(-0.37 + 0.045 * k, 0.52), (-0.37 + 0.045 * k, 0.24)]), 8 - k, CUT)
    for a, b, thick in (((0.1, 0.3), (0.6, 1.02), 19), ((0.6, 1.02), (0.86, 0.5), 14)):
        block.line(part.to([a, b]), thick + 7, PAPER)
        block.line(part.to([a, b]), thick, BLACK)
    block.line(part.to("-0.2,0.57 0.6,1.03"), 3.5, BLACK)
    block.shape(part.to("0.78,0.5 0.98,0.5 0.95,0.3 0.88,0.24 0.78,0.34"), BLACK, gap=3)


def _kneeling(block: Block, x: float, y: float, size: float) -> None:
    """Somebody on hands and knees with an ear to the earth."""
    part = Part(x, y, size)
    block.shape(part.to("-0.86,0 -0.84,0.07 -0.56,0.1 -0.5,0"), BLACK, gap=5)
    block.shape(part.to("-0.95,0 -0.95,0.12 -0.84,0.1 -0.82,0"), BLACK, gap=3)
    block.ribbon(
        part.to("-0.6,0.02 -0.62,0.2 -0.54,0.4 -0.4,0.46"),
        part.to("-0.38,0.02 -0.36,0.14 -0.3,0.26 -0.24,0.3"),
        BLACK, gap=5, cuts=5, lit=-1,
    )  # fmt: skip
    block.ribbon(
        part.to("-0.56,0.36 -0.4,0.5 -0.1,0.42 0.14,0.28 0.26,0.2"),
        part.to("-0.34,0.2 -0.26,0.24 -0.06,0.2 0.1,0.12 0.18,0.08"),
        BLACK, gap=5, cuts=8, lit=-1,
    )  # fmt: skip
    block.ribbon(
        part.to("0.06,0.24 0.1,0.1 0.2,0.0"),
        part.to("0.2,0.24 0.22,0.12 0.3,0.02"),
        BLACK,
        gap=5,
        cuts=3,
    )
    block.shape(curve(part.to("0.2,0.0 0.3,0.04 0.42,0.03 0.44,0.0"), closed=True), PAPER, gap=3)
    head = part.to("0.2,0.2 0.26,0.28 0.38,0.29 0.46,0.22 0.47,0.12 0.4,0.06 0.28,0.08")
    block.shape(curve(head, closed=True), BLACK, gap=5, rough=0)
    block.shape(part.to("0.3,0.2 0.43,0.2 0.49,0.15 0.44,0.13 0.45,0.08 0.38,0.055 0.3,0.1"), PAPER)
    block.shape(part.to("0.33,0.17 0.4,0.17 0.4,0.155 0.33,0.15"), BLACK, rough=0)
    cap = part.to("0.18,0.2 0.24,0.31 0.38,0.33 0.48,0.24 0.53,0.21 0.44,0.2 0.3,0.22")
    block.shape(curve(cap, closed=True), BLACK, gap=4, rough=0)
    block.stroke(curve(part.to("0.24,0.28 0.34,0.305 0.42,0.26")), size * 0.02, CUT)


def children_on_a_tank(block: Block) -> None:
    """20: a burnt-out tank has become a playground."""
    w, h = block.width, block.height
    banded_sky(block, None, 0.3, 0.0, spacing=13, angle=-2)
    facade(
        block,
        Wall((w * 0.44, h * 0.1, h * 0.68), (w + 60, -h * 0.12, h * 0.78)),
        4,
        7,
        tone=ramp((w * 0.44, 0), 0.25, (w, 0), 0.6),
        lines=70,
        glass=BLACK,
    )
    scars(block, block.scatter((w * 0.5, h * 0.08, w, h * 0.6), 50), 9)
    bare_tree(block, w * 0.12, h * 0.8, h * 0.95, lean=8)
    bare_tree(block, w * 0.37, h * 0.7, h * 0.5)
    block.shape(block.at("0,0.7 0.44,0.67 1,0.76 1,1 0,1"), COLOUR)
    block.hatch(
        block.at("0,0.7 0.44,0.67 1,0.76 1,1 0,1"),
        parallel(3, 13, 1.6, 110),
        mottled(ramp((0, h * 0.66), 0.12, (0, h), 0.5), 0.5, 90),
        tear=0.5,
    )
    tank = tank_side(block, w * 0.54, h * 0.93, w * 0.68, side=-1, gun=-16, tilt=-5)
    block.hatch(
        tank.to("-0.48,0.26 -0.42,0.36 0.26,0.37 0.46,0.26"),
        swirl(16, 120, 2.0),
        0.72,
    )
    kids = (
        (-0.32, 0.36, 210, Person(hat="cap", coat="jacket", turn=-1, left=(120, 10))), (0.02,
        0.555, 220, Person(hat="bare", coat="jacket", left=(95, 5), right=(95, 5), face=True)),
        (0.29, 0.34, 190, Person(hat="scarf", coat="dress", turn=1, right=(60, 20))), (-0.1, 0.55,
        180, Person(hat="beret", coat="dress", turn=-1)),
    )  # fmt: skip
    for x, y, size, who in kids:
        stand(block, replace(who, cuts=4, gap=3, skin=PAPER), *tank.spot(x, y), size)
    _astride(block, tank.spot(0.5, 0.4))
    mother = Person(hat="scarf", coat="long", turn=1, cuts=8, gap=4, right=(22, 40), skin=PAPER)
    stand(block, mother, w * 0.1, h * 1.06, 560)
    _pram(block, w * 0.24, h * 1.0, 210)


def _astride(block: Block, spot: tuple[float, float]) -> None:
    x, y = spot
    block.ribbon(
        [(x - 22, y + 6), (x - 26, y - 50), (x - 10, y - 86)],
        [(x + 26, y + 6), (x + 22, y - 50), (x + 14, y - 86)],
        BLACK,
        gap=3,
        cuts=4,
    )
    block.ribbon(
        [(x - 24, y - 6), (x - 34, y + 34), (x - 40, y + 74)],
        [(x + 4, y), (x - 10, y + 36), (x - 22, y + 76)],
        BLACK,
        gap=2.5,
        cuts=2,
    )
    block.ribbon(
        [(x - 14, y - 74), (x - 44, y - 44), (x - 62, y - 26)],
        [(x - 2, y - 56), (x - 38, y - 28), (x - 58, y - 14)],
        BLACK,
        gap=2.5,
    )
    cut_head(
        block,
        Person(hat="cap", turn=-1, gap=2.5, skin=PAPER),
        Frame(x + 2, y - 80 + 0.85 * 250, 250),
    )


def _pram(block: Block, x: float, y: float, size: float) -> None:
    part = Part(x, y, size)
    body = [(-0.5, 0.62), (-0.46, 0.34), (-0.2, 0.22), (0.3, 0.24), (0.5, 0.6)]
    block.shape(curve(part.to(body)), BLACK, gap=4)
    hood = [(0.02, 0.6), (0.06, 0.86), (0.3, 1.0), (0.56, 0.86), (0.56, 0.6)]
    block.shape(curve(part.to(hood)), BLACK, gap=3)
    for k in range(4):
        block.stroke(part.to([(0.12, 0.62), (0.12 + 0.11 * k, 0.9 - 0.02 * k)]), 5, CUT)
    block.stroke(part.to("-0.44,0.52 0.4,0.52"), 7, CUT)
    block.line(part.to("-0.48,0.6 -0.7,0.8"), 8, BLACK)
    for at in (-0.26, 0.32):
        wheel(block, part.spot(at, 0.12), size * 0.12)


def candles(block: Block) -> None:
    """21: candles in the windows on All Souls'."""
    w, h = block.width, block.height
    block.shape(box(0, 0, w, h), BLACK, rough=0)
    wall = Wall((-40, -h * 0.04, h * 0.86), (w + 40, h * 0.05, h * 0.82))
    block.hatch(None, wall.courses(110), 0.97, tear=0.3)
    flames = []
    for row in range(5):
        for bay in range(5):
            u, v = 0.11 + bay * 0.197, 0.05 + row * 0.19
            lit = (row, bay) not in ((0, 1), (1, 4), (2, 2), (3, 0), (0, 4))
            spot = _candle_window(block, wall, u, v, lit)
            if lit:
                flames.append(spot)
    for x, y in flames:
        _halo(block, x, y)
    block.shape(box(0, h * 0.85, w, h), BLACK)
    cobbles(block, (0, h * 0.86, w, h), h * 0.8, lit=0.3, near=54)
    for x, _ in flames[-4:]:
        reflections(block, [(x, 0.6)], h * 0.87, h * 0.99, 26)
    stand(
        block,
        Person(hat="scarf", coat="shawl", turn=1, stride=0.03, gap=4, cuts=6, lit=-1),
        w * 0.36,
        h * 0.955,
        290,
    )
    stand(block, Person(hat="bare", coat="dress", turn=1, gap=3, cuts=4), w * 0.48, h * 0.955, 190)


def _candle_window(block: Block, wall: Wall, u: float, v: float, lit: bool) -> tuple[float, float]:
    edge = COLOUR if lit else CUT
    block.shape(wall.patch(u - 0.085, v - 0.03, u + 0.085, v - 0.02), edge, rough=0.6)
    block.shape(wall.patch(u - 0.085, v + 0.158, u + 0.085, v + 0.166), edge, rough=0.6)
    pane = wall.patch(u - 0.062, v, u + 0.062, v + 0.15)
    spot = wall.at(u + 0.025 * float(block.rng.choice([-1, 1])), v + 0.105)
    if lit:
        block.shape(pane, COLOUR, rough=0.6)
        block.hatch(pane, radial(*spot, 64, 0.5), glow(spot, 26, 0.1, 150, 1.1), tear=0.3)
    bars = np.vstack([pane, pane[:1]]), [wall.at(u, v), wall.at(u, v + 0.15)]
    cross = [wall.at(u - 0.062, v + 0.05), wall.at(u + 0.062, v + 0.05)]
    for bar in (*bars, cross):
        block.line(bar, 9, BLACK)
        block.line(bar, 3, edge)
    return spot


def _halo(block: Block, x: float, y: float) -> None:
    """A candle and its flame in a ring of short rays."""
    block.shape(ellipse(x, y - 2, 21, 29, 20), COLOUR, gap=0, rough=0)
    block.shape(box(x - 7, y + 13, x + 7, y + 48), PAPER, gap=3)
    flame = trace("-8,8 -9,-4 0,-27 9,-4 8,8 0,13") + np.array([x, y])
    block.shape(curve(flame, closed=True), PAPER, gap=2, rough=0)


def street_grave(block: Block) -> None:
    """22: a grave in a park of the city, flowers and a hat."""
    w, h = block.width, block.height
    block.hatch(
        None,
        parallel(90, 13, 1.8, 240),
        mottled(ramp((0, 0), 0.8, (0, h * 0.6), 0.1), 0.4, 150),
        chatter=0.15,
    )
    facade(
        block,
        Wall((-60, h * 0.08, h * 0.6), (w * 0.56, h * 0.2, h * 0.57)),
        4,
        5,
        tone=0.62,
        lines=80,
    )
    scars(block, block.scatter((0, h * 0.12, w * 0.54, h * 0.54), 40), 8)
    bare_tree(block, w * 0.86, h * 0.66, h * 0.62, lean=-4)
    block.shape(
        curve([(-20, h * 0.58), (w * 0.4, h * 0.56), (w + 20, h * 0.6), (w + 20, h), (-20, h)]),
        COLOUR,
    )
    block.hatch(
        box(0, h * 0.57, w, h),
        swirl(26, 260, 2.6),
        mottled(ramp((0, h * 0.56), 0.15, (0, h), 0.6), 0.4, 80),
        tear=0.5,
    )
    mound = curve(
        block.at("0.1,0.87 0.26,0.76 0.52,0.72 0.74,0.77 0.84,0.87 0.5,0.95"),
        closed=True,
    )
    block.shape(mound, BLACK, gap=6)
    block.hatch(
        mound,
        rings(w * 0.46, h * 1.1, 15, 1.8, 0.7),
        ramp((w * 0.1, h * 0.7), 0.35, (w * 0.8, h * 0.85), 1.0),
    )
    for thick, ink in ((56, PAPER), (44, BLACK)):
        block.line(block.at("0.54,0.78 0.535,0.3"), thick, ink)
        block.line(block.at("0.34,0.415 0.74,0.405"), thick * 0.9, ink)
    for k in range(4):
        block.stroke([(w * 0.518 + k * 6, h * 0.32), (w * 0.52 + k * 6, h * 0.74)], 5 - k, CUT)
        block.stroke([(w * 0.36, h * 0.405 + k * 6), (w * 0.7, h * 0.398 + k * 6)], 5 - k, CUT)
    _hat_on_cross(block, w, h)
    _flowers(block, w, h)
    stand(
        block,
        Person(hat="scarf", coat="shawl", turn=1, cuts=10, gap=5, lean=5, right=(30, 40)),
        w * 0.14,
        h * 1.1,
        830,
    )


def _hat_on_cross(block: Block, w: float, h: float) -> None:
    x, y = w * 0.537, h * 0.3
    block.shape(
        curve(
            [(x - 118, y + 10), (x - 60, y - 16), (x + 60, y - 16), (x + 118, y + 10), (x, y + 30)],
            closed=True,
        ),
        BLACK,
        gap=6,
        rough=0,
    )
    block.shape(
        curve(
            [
                (x - 70, y - 4),
                (x - 66, y - 62),
                (x - 20, y - 76),
                (x + 10, y - 66),
                (x + 56, y - 72),
                (x + 70, y - 4),
            ]
        ),
        BLACK,
        gap=3,
    )
    block.stroke(curve([(x - 64, y - 8), (x, y + 2), (x + 50, y - 6)]), 11, CUT, taper=(0.05, 0.5))
    block.stroke(curve([(x - 56, y - 30), (x - 50, y - 56), (x - 26, y - 64)]), 9, CUT)


def _flowers(block: Block, w: float, h: float) -> None:
    rng = block.rng
    for x, y in block.scatter((w * 0.26, h * 0.74, w * 0.78, h * 0.9), 46):
        r = float(rng.uniform(13, 24))
        stem = curve([(x, y), (x + rng.normal(0, 20), y + 30), (x + rng.normal(0, 40), y + 60)])
        block.stroke(stem, 6, BLACK)
        block.shape(ellipse(float(x), float(y), r * 1.15, r * 1.05, 18), BLACK, rough=0)
        for turn in np.linspace(0, 2 * np.pi, 8)[:-1] + rng.random():
            way = np.array([np.cos(turn), np.sin(turn)]) * r
            block.stroke(
                [np.array([x, y]) + way * 0.25, np.array([x, y]) + way],
                r * 0.45,
                PAPER,
                taper=(0.4, 0.3),
            )
