"""Drawings 15 to 22: leaflets, bread, ruins and mourning at the turn of the month."""

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
)  # fmt: skip
from archive.demo.drawings.city import (
    Wall,
    breach,
    cobbles,
    lamp,
    rails,
    reflections,
    scars,
    wires,
)
from archive.demo.drawings.crowds import line_up
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
from archive.demo.drawings.letters import cut_text
from archive.demo.drawings.machines import Part, bicycle, wheel
from archive.demo.drawings.people import Frame, Person, stand
from archive.demo.drawings.tanks import tank_side
from archive.demo.drawings.weather import banded_sky, bare_tree, rain, stormy_sky


def printing_leaflets(block: Block) -> None:
    """15: a night shift at the press."""
    w, h = block.width, block.height
    lamp_at = (w * 0.42, h * 0.13)
    cone = mottled(glow((lamp_at[0], h * 0.45), 120, 0.05, w * 0.48, 1.05), 0.25, 100)
    block.hatch(None, radial(*lamp_at, 300, 0.5), cone)
    block.hatch(
        None,
        rings(lamp_at[0], h * 0.5, 30, 1.6),
        glow((lamp_at[0], h * 0.5), 160, 1.1, w * 0.44, 0.0),
        plate="tint",
    )
    block.shape(box(0, h * 0.86, w, h), BLACK)
    _press(block, w, h)
    block.line([(lamp_at[0], 0), (lamp_at[0], lamp_at[1] - 30)], 5, PAPER)
    block.shape(
        [
            (lamp_at[0] - 70, lamp_at[1]),
            (lamp_at[0] - 20, lamp_at[1] - 40),
            (lamp_at[0] + 20, lamp_at[1] - 40),
            (lamp_at[0] + 70, lamp_at[1]),
        ],
        BLACK,
        gap=4,
    )
    block.shape(ellipse(lamp_at[0], lamp_at[1] + 8, 26, 20), PAPER, gap=2)
    worker = Person(
        hat="cap",
        coat="jacket",
        turn=1,
        left=(62, 18),
        right=(70, 10),
        cuts=9,
        gap=4,
        lit=1,
        lean=7,
        skin=PAPER,
    )
    stand(block, worker, w * 0.17, h * 1.04, 740)
    woman = Person(
        hat="scarf",
        coat="dress",
        turn=-1,
        left=(58, 22),
        right=(50, 30),
        cuts=8,
        gap=4,
        skin=PAPER,
        lean=-4,
    )
    hands = stand(block, woman, w * 0.85, h * 1.0, 640)
    _sheet(block, hands["left"][0] - 40, hands["left"][1] - 10, 120)
    for x, y, n in ((0.7, 0.93, 9), (0.92, 0.97, 6), (0.3, 0.96, 7)):
        _stack(block, w * x, h * y, n)
    for x, y in block.scatter((w * 0.36, h * 0.2, w * 0.72, h * 0.42), 9):
        _sheet(block, float(x), float(y), float(block.rng.uniform(40, 80)))


def _press(block: Block, w: float, h: float) -> None:
    base = h * 0.88
    block.shape(
        [(w * 0.3, base), (w * 0.32, h * 0.5), (w * 0.68, h * 0.5), (w * 0.7, base)], BLACK, gap=4
    )
    for x, y, r, cuts in ((0.44, 0.52, 0.17, 9), (0.6, 0.6, 0.12, 7)):
        cx, cy, size = w * x, h * y, h * r
        block.shape(ellipse(cx, cy, size, size, 48), BLACK, gap=4)
        block.hatch(
            ellipse(cx, cy, size * 0.92, size * 0.92, 48),
            rings(cx, cy, size / cuts, 0.4),
            ramp((cx - size, cy - size), -0.1, (cx + size * 0.5, cy + size * 0.6), 1.1),
        )
        block.shape(ellipse(cx, cy, size * 0.2, size * 0.2), BLACK, gap=3)
    _flywheel(block, w * 0.31, h * 0.62, h * 0.24)
    block.shape(
        block.at("0.52,0.42 0.74,0.49 0.74,0.52 0.52,0.45"),
        BLACK,
        gap=3,
    )
    _sheet(block, w * 0.64, h * 0.455, 130)
    for x in (0.36, 0.62):
        block.shape(box(w * x, h * 0.7, w * (x + 0.045), base + 20), BLACK, gap=3)
        block.stroke([(w * (x + 0.008), h * 0.71), (w * (x + 0.008), base)], 6, CUT)


def _flywheel(block: Block, x: float, y: float, r: float) -> None:
    rim = ellipse(x, y, r, r, 56)
    block.line(np.vstack([rim, rim[:1]]), 34, PAPER)
    block.line(np.vstack([rim, rim[:1]]), 26, BLACK)
    for turn in np.linspace(0, 2 * np.pi, 7)[:-1] + 0.3:
        way = np.array([np.cos(turn), np.sin(turn)]) * r
        block.line([(x, y), (x + way[0], y + way[1])], 18, PAPER)
        block.line([(x, y), (x + way[0], y + way[1])], 11, BLACK)
    block.shape(ellipse(x, y, r * 0.15, r * 0.15), BLACK, gap=3)
    for k, turn in enumerate(np.linspace(3.3, 5.6, 15)):
        way = np.array([np.cos(turn), np.sin(turn)])
        block.stroke(
            [np.array([x, y]) + way * (r - 9), np.array([x, y]) + way * (r + 9)],
            8 - abs(k - 7) * 0.7,
            CUT,
            taper=(0.1, 0.3),
        )


def _sheet(block: Block, x: float, y: float, size: float) -> None:
    a = float(block.rng.uniform(-0.4, 0.4))
    turn = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    page = np.array([(-0.5, -0.3), (0.5, -0.34), (0.48, 0.34), (-0.52, 0.3)]) @ turn * size + [x, y]
    block.shape(page, PAPER, gap=2.5, rough=0.4)
    block.line(np.vstack([page, page[:1]]), 2, BLACK)
    for k in range(4):
        row = np.array(
            [(-0.36, -0.16 + 0.11 * k), (0.36 - 0.16 * (k == 3), -0.18 + 0.11 * k)]
        ) @ turn * size + [x, y]
        block.line(row, max(size * 0.035, 1.5), BLACK)


def _stack(block: Block, x: float, y: float, count: int) -> None:
    for k in range(count):
        shift = float(block.rng.normal(0, 5))
        leaf = [
            (x - 80 + shift, y - 13 * k),
            (x - 20 + shift, y - 13 * k - 22),
            (x + 90 + shift, y - 13 * k - 8),
            (x + 30 + shift, y - 13 * k + 16),
        ]
        block.shape(leaf, BLACK, gap=2)
        block.shape([(px, py - 3) for px, py in leaf], PAPER, rough=0.6)


def courier_on_wet_rails(block: Block) -> None:
    """16: rails, fallen wires, rain, and one man on a bicycle."""
    w, h = block.width, block.height
    point = (w * 0.63, h * 0.36)
    stormy_sky(block, None, ramp((0, 0), 0.85, (w * 0.6, h * 0.4), 0.12), lines=26, cell=420)
    facade(
        block,
        Wall((-60, -h * 0.22, h * 0.72), (point[0] - 60, h * 0.24, h * 0.41)),
        4,
        11,
        tone=ramp((0, 0), 1.0, (point[0], 0), 0.45),
        lines=80,
    )
    facade(
        block,
        Wall((point[0] + 60, h * 0.24, h * 0.41), (w + 60, -h * 0.02, h * 0.58)),
        4,
        7,
        tone=ramp((point[0], 0), 0.4, (w, 0), 0.75),
        lines=80,
    )
    ground = [
        (0, h * 0.69),
        (point[0] - 60, h * 0.41),
        (point[0] + 60, h * 0.41),
        (w, h * 0.57),
        (w, h),
        (0, h),
    ]
    block.shape(ground, (1, 1))
    block.hatch(
        ground,
        parallel(0, 12, 2.4, 70),
        mottled(glow((point[0], h * 0.42), 30, 0.3, w * 0.7, 0.95), 0.7, 60),
        tear=0.6,
    )
    rails(block, (w * 0.34, h, 26), (point[0], h * 0.385), gauge=430)
    rails(block, (w * 1.02, h, 22), (point[0] + 10, h * 0.385), gauge=380)
    _rider(block, w, h)
    wires(
        block,
        [
            ((0, h * 0.02), (point[0], h * 0.27), 30),
            ((0, h * 0.16), (point[0], h * 0.29), 36),
            ((w, h * 0.0), (point[0], h * 0.27), 20),
        ],
        4,
    )
    wires(
        block,
        [
            ((w * 0.13, h * 0.1), (w * 0.2, h * 0.93), -120),
            ((w * 0.2, h * 0.93), (w * 0.44, h * 0.88), 50),
        ],
        6,
    )
    lamp(block, w * 0.07, h * 0.86, h * 0.8)
    rain(block, (0, 0, w, h), 170, 106)


def _rider(block: Block, w: float, h: float) -> None:
    x, y, size = w * 0.52, h * 0.81, 400
    for k in range(16):
        yy = y + 8 + k * 9
        half = 110 * (1 - k / 18) * float(block.rng.uniform(0.5, 1))
        block.stroke([(x - half, yy), (x + half, yy)], 6, BLACK, taper=(0.4, 0.4))
    bicycle(block, x, y, size, side=1)
    part = Part(x, y, size)
    trunk_left = [(-0.2, 0.5), (-0.19, 0.7), (-0.08, 0.86), (0.0, 0.9)]
    trunk_right = [(-0.02, 0.47), (0.03, 0.62), (0.08, 0.74), (0.1, 0.83)]
    block.ribbon(
        part.to("-0.14,0.52 0.02,0.38 -0.04,0.14"),
        part.to("-0.02,0.53 0.1,0.36 0.03,0.12"),
        BLACK,
        gap=3,
        cuts=3,
        lit=1,
    )
    block.ribbon(part.to(trunk_left), part.to(trunk_right), BLACK, gap=3, cuts=6, lit=1)
    tails = [(-0.19, 0.6), (-0.36, 0.5), (-0.42, 0.4), (-0.3, 0.42), (-0.12, 0.48)]
    block.shape(curve(part.to(tails)), BLACK, gap=2)
    block.ribbon(
        part.to("0,0.84 0.12,0.7 0.22,0.58"),
        part.to("0.07,0.78 0.16,0.63 0.2,0.54"),
        BLACK,
        gap=2.5,
        cuts=2,
        lit=1,
    )
    bag = [(-0.2, 0.66), (-0.22, 0.5), (-0.06, 0.48), (-0.04, 0.62)]
    block.shape(part.to(bag), PAPER, gap=2)
    block.line(part.to([*bag, bag[0]]), 3.4, BLACK)
    rider = Person(hat="cap", turn=1, gap=2, skin=PAPER)
    bust_head(block, rider, part.spot(0.07, 0.78), 430)


def bust_head(block: Block, person: Person, neck: tuple[float, float], height: float) -> None:
    """Only the head of a person, its neck at the given place."""
    from_feet = neck[1] + 0.85 * height
    cut_head(block, person, Frame(neck[0], from_feet, height))


def bread_queue(block: Block) -> None:
    """17: the queue along a scarred wall."""
    w, h = block.width, block.height
    block.shape(box(0, 0, w, h), PAPER, rough=0)
    wall = Wall((-40, h * 0.2, h * 0.62), (w + 60, -h * 0.5, h * 0.98))
    block.hatch(
        box(0, 0, w, h * 0.3),
        parallel(-20, 12, 1.5),
        mottled(ramp((0, 0), 0.1, (w * 0.5, 0), 0.4), 0.4, 120),
        chatter=0.2,
    )
    block.shape(wall.patch(0, 0, 1, 1), (1, 1))
    block.hatch(
        wall.patch(0, 0, 1, 1), wall.courses(74), mottled(ramp((0, 0), 0.25, (w, 0), 0.8), 0.5, 110)
    )
    for u in (0.24, 0.5, 0.72):
        _shutter(block, wall, u)
    scars(block, block.scatter((w * 0.25, h * 0.06, w, h * 0.5), 70), 10)
    for glyph in cut_text(block.rng, "KENYÉR", w * 0.12, h * 0.36, 34):
        block.shape(glyph, BLACK, rough=0.4)
    ground = block.at("0,0.62 1,0.96 1,1 0,1")
    block.shape(ground, PAPER)
    block.hatch(ground, parallel(14, 13, 1.4, 120), 0.35, tear=0.5, chatter=0.3)
    hats = (
        "fedora",
        "scarf",
        "scarf",
        "cap",
        "scarf",
        "bare",
        "scarf",
        "fedora",
        "scarf",
        "scarf",
        "cap",
        "scarf",
    )
    people = [Person(hat=hat,
    coat="dress" if hat == "scarf" and k % 2 else "shawl" if hat == "scarf" else "long",
    turn=-1 if k % 4 else 0,
                     left=(8, 6) if k % 3 == 0 else None, skin=PAPER) for k,
                     hat in enumerate(hats)]  # fmt: skip
    line_up(block, people, (w * 0.1, h * 0.65, 150), (w * 0.76, h * 0.98, 640))
    near = Person(hat="scarf", coat="shawl", turn=-1, cuts=10, gap=4, left=(16, 10), skin=PAPER)
    hands = stand(block, near, w * 0.93, h * 1.16, 830)
    basket(block, hands["left"][0], hands["left"][1] + 20, 210)


def _shutter(block: Block, wall: Wall, u: float) -> None:
    block.shape(wall.patch(u - 0.07, 0.48, u + 0.07, 0.98), BLACK, gap=2)
    for k in range(11):
        v = 0.51 + 0.042 * k
        block.stroke([wall.at(u - 0.062, v), wall.at(u + 0.062, v)], 3.4, CUT, taper=(0.02, 0.2))


def basket(block: Block, x: float, y: float, size: float) -> None:
    """A wicker basket hanging from a hand at (x, y), with a loaf in it."""
    s = size
    handle = curve(
        [
            (x - s * 0.4, y + s * 0.36),
            (x - s * 0.3, y + s * 0.02),
            (x, y - s * 0.06),
            (x + s * 0.3, y + s * 0.02),
            (x + s * 0.4, y + s * 0.36),
        ]
    )
    block.line(handle, s * 0.09, PAPER)
    block.line(handle, s * 0.055, BLACK)
    loaf = [
        (x - s * 0.3, y + s * 0.38),
        (x - s * 0.22, y + s * 0.2),
        (x + s * 0.05, y + s * 0.14),
        (x + s * 0.3, y + s * 0.24),
        (x + s * 0.34, y + s * 0.38),
    ]
    block.shape(curve(loaf, closed=True), COLOUR, gap=3)
    for k in range(3):
        block.stroke(
            [
                (x - s * 0.14 + k * s * 0.14, y + s * 0.2),
                (x - s * 0.06 + k * s * 0.14, y + s * 0.3),
            ],
            s * 0.03,
            BLACK,
        )
    left = [(x - s * 0.5, y + s * 0.36), (x - s * 0.44, y + s * 0.62), (x - s * 0.34, y + s * 0.8)]
    right = [(x + s * 0.5, y + s * 0.36), (x + s * 0.44, y + s * 0.62), (x + s * 0.34, y + s * 0.8)]
    block.ribbon(left, right, BLACK, gap=3)
    for row in range(5):
        yy = y + s * (0.42 + 0.085 * row)
        half = s * (0.47 - 0.03 * row)
        for k in range(9):
            at = x - half + (k + 0.5 * (row % 2)) * half * 0.22
            if at + half * 0.15 < x + half:
                block.stroke([(at, yy), (at + half * 0.16, yy)], s * 0.035, CUT, taper=(0.2, 0.3))
    block.stroke(
        [(x - s * 0.51, y + s * 0.37), (x + s * 0.51, y + s * 0.37)],
        s * 0.06,
        BLACK,
        taper=(0.02, 0.02),
    )


def torn_facade(block: Block) -> None:
    """18: a house laid open: wallpaper, a stove pipe, a curtain in the wind."""
    w, h = block.width, block.height
    block.hatch(
        box(0, 0, w, h),
        parallel(12, 13, 1.6, 220),
        mottled(ramp((0, 0), 0.45, (0, h * 0.5), 0.0), 0.5, 160),
        chatter=0.2,
    )
    wall = Wall((w * 0.12, h * 0.03, h * 0.93), (w + 60, -h * 0.2, h * 1.0))
    facade(block, wall, 5, 4, tone=ramp((w * 0.1, 0), 0.35, (w, 0), 0.75), lines=120)
    _rooms(block, w, h)
    scars(block, block.scatter((w * 0.5, h * 0.05, w * 0.98, h * 0.85), 60), 13)
    breach(
        block,
        np.array(block.at("0.72,0.55 0.84,0.53 0.9,0.61 0.83,0.68 0.71,0.66")),
        16,
    )
    _rubble(block, w, h)
    stand(
        block,
        Person(
            hat="scarf", coat="dress", turn=1, right=(35, 20), left=(20, 20), cuts=5, skin=PAPER
        ),
        w * 0.78,
        h * 0.965,
        250,
    )
    block.line(block.at("0.84,0.86 0.9,0.97"), 6, BLACK)
    block.shape(
        block.at("0.885,0.96 0.91,0.955 0.94,0.985 0.89,0.99"),
        BLACK,
        gap=2,
    )


def _rooms(block: Block, w: float, h: float) -> None:
    edge = block.at("0.1,0 0.36,0.02 0.42,0.1 0.5,0.2 0.45,0.3 0.54,0.42 0.48,0.55 0.58,0.64 "
    "0.52,0.76 0.6,0.9 0.06,0.92")  # fmt: skip
    block.shape(edge, PAPER, rough=7)
    inner = [(x - 16 if x > w * 0.2 else x, y) for x, y in edge]
    block.shape(inner, BLACK, rough=5)
    for k, (top, tint, angle) in enumerate(
        ((0.04, 1, 90), (0.25, 0, 55), (0.46, 1, 125), (0.67, 0, 90))
    ):
        right = (0.34, 0.43, 0.46, 0.5)[k]
        room = [
            (w * 0.13, h * top),
            (w * right, h * (top - 0.01)),
            (w * (right + 0.02), h * (top + 0.165)),
            (w * 0.12, h * (top + 0.18)),
        ]
        block.shape(room, (0, tint), rough=3)
        block.hatch(
            room, parallel(angle, 16 - 2 * k, 0.4), ramp((w * 0.13, 0), 0.75, (w * right, 0), 0.12)
        )
    _left_in_rooms(block, w, h)


def _left_in_rooms(block: Block, w: float, h: float) -> None:
    block.shape(box(w * 0.24, h * 0.08, w * 0.31, h * 0.15), PAPER, gap=3)
    block.line(
        block.at("0.24,0.08 0.31,0.08 0.31,0.15 0.24,0.15 0.24,0.08"),
        7,
        BLACK,
    )
    block.line(block.at("0.275,0.05 0.275,0.08"), 2.5, BLACK)
    block.shape(
        block.at("0.2,0.42 0.2,0.33 0.27,0.33 0.27,0.42"),
        BLACK,
        gap=4,
    )
    block.line(block.at("0.235,0.33 0.235,0.27 0.33,0.26"), 13, BLACK)
    for k in range(3):
        block.stroke(
            [(w * 0.207, h * (0.345 + 0.02 * k)), (w * 0.255, h * (0.345 + 0.02 * k))], 5, CUT
        )
    bed = block.at("0.22,0.63 0.22,0.58 0.235,0.6 0.44,0.62 0.5,0.66 0.49,0.67 0.42,0.64")
    block.shape(bed, BLACK, gap=4)
    cloth = curve(block.at("0.42,0.69 0.52,0.7 0.6,0.73 0.68,0.72 0.66,0.76 0.55,0.78 0.43,0.8"))
    block.shape(cloth, PAPER, gap=4)
    block.line(np.vstack([cloth, cloth[:1]]), 4, BLACK)
    for k in range(4):
        block.stroke(
            curve(
                [
                    (w * (0.45 + 0.04 * k), h * (0.7 + 0.007 * k)),
                    (w * (0.46 + 0.035 * k), h * 0.74),
                    (w * (0.44 + 0.035 * k), h * (0.79 - 0.006 * k)),
                ]
            ),
            6,
            BLACK,
        )
    clock = ellipse(w * 0.36, h * 0.51, 34, 34)
    block.shape(clock, PAPER, gap=5)
    block.line(np.vstack([clock, clock[:1]]), 6, BLACK)
    block.line(block.at("0.36,0.497 0.36,0.51 0.374,0.515"), 5, BLACK)


def _rubble(block: Block, w: float, h: float) -> None:
    heap = curve(
        [
            (-20, h * 0.83),
            (w * 0.16, h * 0.8),
            (w * 0.34, h * 0.85),
            (w * 0.5, h * 0.93),
            (w * 0.7, h * 0.97),
            (w + 20, h * 0.985),
        ]
    )
    block.shape([*[(float(x), float(y)) for x, y in heap], (w + 20, h), (-20, h)], BLACK, gap=4)
    rng = block.rng
    for _ in range(150):
        x = float(rng.uniform(0, w * 0.9))
        top = float(np.interp(x, heap[:, 0], heap[:, 1]))
        y = top + (h - top) * float(rng.random())
        r, turn = float(rng.uniform(8, 30)), np.sort(rng.uniform(0, 2 * np.pi, 5))
        lump = np.column_stack([x + r * np.cos(turn), y + r * 0.6 * np.sin(turn)])
        block.shape(lump, COLOUR if rng.random() < 0.35 else CUT, rough=1)
        block.shape(lump + [r * 0.16, r * 0.26], BLACK, rough=1)
    for x, y, x2, y2 in ((0.1, 0.92, 0.36, 0.74), (0.3, 0.97, 0.44, 0.8), (0.02, 0.82, 0.22, 0.93)):
        block.line([(w * x, h * y), (w * x2, h * y2)], 22, PAPER)
        block.line([(w * x, h * y), (w * x2, h * y2)], 16, BLACK)
        block.stroke([(w * x, h * y - 3), (w * x2, h * y2 - 3)], 4, CUT)


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
        block.at("0.3,0.82 0.45,0.76 0.64,0.78 0.72,0.86 0.58,0.94 0.36,0.92"),
        closed=True,
    )
    block.shape(pit, BLACK, gap=5)
    block.hatch(pit, swirl(18, 160, 1.5), ramp((w * 0.5, h * 0.76), 1.0, (w * 0.5, h * 0.97), 0.4))
    for x, y, size, who in (
        (0.28, 0.85, 300, Person(hat="fedora", turn=1)), (0.36, 0.79, 250, Person(hat="scarf",
        coat="dress", turn=1)),
        (0.75, 0.84, 290, Person(hat="cap", coat="short", turn=-1, left=(40, 10))), (0.8, 0.9, 330,
        Person(hat="bare", turn=-1)),
    ):  # fmt: skip
        stand(block, replace(who, cuts=5, gap=3, skin=PAPER), w * x, h * y, size)
    _kneeling(block, w * 0.53, h * 0.985, 330)


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
    """Somebody down on the ground with an ear to the earth."""
    part = Part(x, y, size)
    block.ribbon(part.to("-0.62,0.02 -0.5,0.2 -0.38,0.36 -0.1,0.34 0.2,0.18"),
                 part.to("-0.3,0 -0.3,0.08 -0.22,0.16 -0.06,0.16 0.18,0.05"), BLACK, gap=4, cuts=7,
                 lit=-1)  # fmt: skip
    block.shape(part.to("-0.3,0.1 -0.16,0.14 -0.12,0 -0.24,0"), BLACK, gap=2)
    block.shape(part.to("-0.6,0 -0.86,0 -0.88,0.06 -0.6,0.09"), BLACK, gap=2)
    block.shape(part.to("0.1,0.12 0.24,-0.01 0.34,-0.01 0.2,0.14"), BLACK, gap=2)
    cx, cy = part.spot(0.29, 0.1)
    block.shape(ellipse(cx, cy, size * 0.095, size * 0.08), BLACK, gap=3)
    block.shape(
        [(cx - 4, cy + 4), (cx + 26, cy - 6), (cx + 30, cy + 16), (cx + 6, cy + 24)],
        PAPER,
        rough=0.4,
    )
    block.shape(curve(part.to("0.2,0.16 0.24,0.24 0.36,0.22 0.4,0.12")), BLACK, gap=2)


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
    frame = wall.patch(u - 0.062, v, u + 0.062, v + 0.15)
    block.shape(wall.patch(u - 0.074, v - 0.014, u + 0.074, v + 0.16), BLACK)
    block.line(np.vstack([frame, frame[:1]]), 3, COLOUR if lit else CUT)
    block.line([wall.at(u, v), wall.at(u, v + 0.15)], 3, COLOUR if lit else CUT)
    block.line(
        [wall.at(u - 0.062, v + 0.05), wall.at(u + 0.062, v + 0.05)], 3, COLOUR if lit else CUT
    )
    return wall.at(u + 0.025 * float(block.rng.choice([-1, 1])), v + 0.105)


def _halo(block: Block, x: float, y: float) -> None:
    rng = block.rng
    for k in range(26):
        turn = k * 2 * np.pi / 26 + rng.normal(0, 0.05)
        way = np.array([np.cos(turn), np.sin(turn)])
        near, far = rng.uniform(24, 30), rng.uniform(44, 78)
        block.stroke([(x, y) + way * near, (x, y) + way * far], 5, COLOUR, taper=(0.15, 0.8))
    block.shape(box(x - 6, y + 12, x + 6, y + 46), PAPER)
    flame = [
        (x - 8, y + 8),
        (x - 9, y - 4),
        (x, y - 26),
        (x + 9, y - 4),
        (x + 8, y + 8),
        (x, y + 13),
    ]
    block.shape(curve(flame, closed=True), PAPER, rough=0)


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
            block.stroke([(x, y) + way * 0.25, (x, y) + way], r * 0.45, PAPER, taper=(0.4, 0.3))
