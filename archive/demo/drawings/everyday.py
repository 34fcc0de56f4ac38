"""Drawings 15 to 17: leaflets, news and bread."""

from __future__ import annotations

import numpy as np

from archive.demo.drawings.block import (
    BLACK,
    COLOUR,
    CUT,
    PAPER,
    Block,
    box,
    curve,
    ellipse,
)  # fmt: skip
from archive.demo.drawings.city import (
    Wall,
    lamp,
    rails,
    scars,
    wires,
)
from archive.demo.drawings.crowds import line_up
from archive.demo.drawings.facades import facade
from archive.demo.drawings.fields import (
    glow,
    lightest,
    mottled,
    parallel,
    radial,
    ramp,
    rings,
)
from archive.demo.drawings.heads import cut_head
from archive.demo.drawings.letters import cut_text
from archive.demo.drawings.machines import Part, bicycle
from archive.demo.drawings.people import Frame, Person, stand
from archive.demo.drawings.weather import rain, stormy_sky


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
        left=(-58, -22),
        right=(72, 8),
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
        right=(-48, -30),
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
    page = np.array(
        [(-0.5, -0.3), (0.5, -0.34), (0.48, 0.34), (-0.52, 0.3)]
    ) @ turn * size + np.array([x, y])
    block.shape(page, PAPER, gap=2.5, rough=0.4)
    block.line(np.vstack([page, page[:1]]), 2, BLACK)
    for k in range(4):
        row = np.array(
            [(-0.36, -0.16 + 0.11 * k), (0.36 - 0.16 * (k == 3), -0.18 + 0.11 * k)]
        ) @ turn * size + np.array([x, y])
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
        lightest(
            mottled(glow((point[0], h * 0.42), 30, 0.3, w * 0.7, 0.95), 0.7, 60),
            mottled(glow((w * 0.52, h * 0.74), 90, 0.05, 330, 1.0), 0.3, 60),
        ),
        tear=0.6,
    )
    _puddle(block, w * 0.52, h * 0.75)
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


def _puddle(block: Block, x: float, y: float) -> None:
    """Sky light on the wet stones round the rider."""
    for at in block.scatter((-1, -1, 1, 1), 130):
        if float(np.hypot(*at)) < 1:
            half = float(block.rng.uniform(14, 60))
            spot = np.array([x, y]) + at * np.array([330, 120])
            block.stroke(
                [spot - np.array([half, 0]), spot + np.array([half, 0])], 5, PAPER, taper=(0.5, 0.5)
            )


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
