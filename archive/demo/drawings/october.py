"""Drawings 1 to 5: the demonstration of 23 October and the night."""

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
from archive.demo.drawings.city import Wall, flag
from archive.demo.drawings.crowds import MEN, bust, crowd
from archive.demo.drawings.facades import facade
from archive.demo.drawings.fields import darkest, glow, mottled, parallel, radial, ramp, rings
from archive.demo.drawings.landmarks import boots, parliament, statue
from archive.demo.drawings.people import Person, stand
from archive.demo.drawings.weather import smoke

LOOKING = Person(gap=2.4)
_STUDENTS = (
    (0.25, 0.74, 620.0, Person(hat="bare", turn=1, lit=1)),
    (0.47, 0.79, 560.0, Person(hat="scarf")),
    (0.83, 0.73, 660.0, Person(hat="beret", turn=-1)),
)


def flag_with_a_hole(block: Block) -> None:
    """1: the flag over the crowd; light comes through the hole."""
    w, h = block.width, block.height
    sun = (w * 0.56, h * 0.335)
    block.hatch(
        None,
        radial(*sun, 170, 0.8),
        mottled(glow(sun, 120, 0.05, 760, 0.95), 0.35, 170),
        chatter=0.2,
    )
    facade(
        block,
        Wall((-40, h * 0.44, h * 0.86), (w * 0.25, h * 0.58, h * 0.84)),
        4,
        5,
        tone=0.8,
        lines=50,
    )
    facade(
        block,
        Wall((w * 0.74, h * 0.6, h * 0.84), (w + 40, h * 0.46, h * 0.86)),
        4,
        5,
        tone=0.55,
        lines=50,
    )
    flag(
        block,
        ((w * 0.2, h * 0.92), (w * 0.135, h * 0.07)),
        (w * 0.8, h * 0.46),
        wave=0.07,
        hole=0.2,
        thick=15,
    )
    crowd(block, (-30, w + 30), 6, (h * 0.83, 560), (h * 0.71, 90), faces=0.15)
    stand(
        block,
        Person(hat="cap", right=(168, 8), left=(150, 20), cuts=7, lit=1, gap=3),
        w * 0.2,
        h * 1.42,
        800,
    )
    bust(block, Person(hat="scarf", cuts=8, lit=1, gap=3), w * 0.79, h * 0.79, 760)


def at_bem_square(block: Block) -> None:
    """2: students under the general's statue."""
    w, h = block.width, block.height
    light = (w * 0.5, h * 0.62)
    block.hatch(
        None, rings(*light, 15, 3.5, 0.8), mottled(glow(light, 90, 0.0, w * 0.62, 0.85), 0.45, 190)
    )
    clear = mottled(glow(light, 60, 0.0, w * 0.5, 1.2), 0.4, 160)
    block.hatch(box(0, 0, w, h * 0.66), rings(*light, 60, 3.5, 0.8), clear, plate="tint")
    facade(
        block,
        Wall((-20, h * 0.3, h * 0.82), (w * 0.36, h * 0.46, h * 0.76)),
        4,
        8,
        tone=0.7,
        lines=70,
    )
    facade(
        block,
        Wall((w * 0.72, h * 0.48, h * 0.76), (w + 20, h * 0.3, h * 0.84)),
        4,
        6,
        tone=0.9,
        lines=70,
    )
    crowd(block, (0, w), 4, (h * 0.68, 130), (h * 0.64, 60))
    _pedestal(block, w * 0.57, h * 0.9, h * 0.42)
    statue(block, w * 0.57, h * 0.485, h * 0.37, arm=True, side=-1)
    for x, top, size, side in ((0.13, 0.2, 250, 1), (0.36, 0.36, 150, -1), (0.79, 0.24, 230, 1)):
        flag(
            block,
            ((w * x, h * 0.9), (w * x - 12, h * top)),
            (size, size * 0.62),
            hole=0.26,
            side=side,
            thick=6,
            green_ink=True,
        )
    crowd(block, (-20, w + 20), 4, (h * 0.77, 430), (h * 0.68, 150), faces=0.3)
    for x, top, tall, who in _STUDENTS:
        bust(block, replace(who, cuts=9, gap=4), w * x, h * top, tall)
    for x, y in ((0.1, 0.67), (0.66, 0.7)):
        _raised_hat(block, w * x, h * y, 210)


def _raised_hat(block: Block, x: float, y: float, size: float) -> None:
    """An arm out of the crowd, waving a hat by its brim."""
    arm = trace("-0.16,2.0 -0.1,1.1 0.0,0.3 0.06,0.02") * size + np.array([x, y])
    wide = np.array([[0.17], [0.15], [0.11], [0.085]]) * np.array([size, 0])
    block.ribbon(arm - wide, arm + wide, BLACK, gap=4, cuts=5)
    fist = trace("0,0.02 -0.03,-0.1 0.03,-0.2 0.12,-0.19 0.15,-0.08 0.13,0.03") * size
    block.shape(curve(fist + np.array([x, y]), closed=True), COLOUR, gap=3, rough=0)
    brim = trace("0.04,-0.12 -0.06,-0.26 -0.1,-0.62 -0.06,-0.78 0.02,-0.6 0.08,-0.3") * size
    crown = trace("-0.06,-0.26 -0.3,-0.36 -0.36,-0.5 -0.3,-0.66 -0.1,-0.66") * size
    for part in (crown, brim):
        block.shape(curve(part + np.array([x, y]), closed=True), BLACK, gap=3, rough=0)
    band = trace("-0.1,-0.3 -0.15,-0.48 -0.13,-0.62") * size + np.array([x, y])
    block.stroke(curve(band), size * 0.03, CUT)


def _pedestal(block: Block, x: float, base: float, height: float) -> None:
    for half, low, high in ((130, 0.0, 0.2), (92, 0.2, 0.9), (112, 0.9, 1.0)):
        shape = box(x - half, base - height * high, x + half, base - height * low)
        block.shape(shape, BLACK, gap=3)
        block.hatch(
            shape, parallel(90, 11, 0.5), ramp((x - half, 0), 0.2, (x + half * 0.6, 0), 1.1)
        )


def parliament_by_torchlight(block: Block) -> None:
    """3: the square on the evening of the 23rd, newspapers burning as torches."""
    w, h = block.width, block.height
    glow_at = (w * 0.5, h * 0.86)
    sky = mottled(glow(glow_at, 160, 0.3, w * 0.46, 1.0), 0.3, 130)
    block.hatch(None, radial(w * 0.5, h * 1.15, 330, 0.6), sky)
    block.hatch(
        None, rings(*glow_at, 22, 1.5), glow(glow_at, 140, 1.2, w * 0.5, -0.1), plate="tint"
    )
    for wall in (
        Wall((-30, h * 0.1, h * 0.8), (w * 0.17, h * 0.4, h * 0.72)),
        Wall((w * 0.83, h * 0.4, h * 0.72), (w + 30, h * 0.1, h * 0.8)),
    ):
        facade(block, wall, 4, 7, tone=0.93, lines=60)
    parliament(block, w * 0.5, h * 0.73, w * 0.56, tone=1.0, glass=COLOUR)
    block.shape(box(0, h * 0.715, w, h), BLACK, rough=0)
    crowd(block, (0, w), 5, (h * 0.77, 130), (h * 0.7, 40), like=replace(LOOKING, lit=1))
    for x, y, size in (
        (0.07, 0.6, 40),
        (0.2, 0.5, 54),
        (0.33, 0.66, 28),
        (0.44, 0.7, 22),
        (0.57, 0.68, 26),
        (0.7, 0.56, 46),
        (0.81, 0.66, 30),
        (0.93, 0.52, 52),
    ):
        _torch(block, w * x, h * y, size)
    crowd(
        block,
        (-30, w + 30),
        2,
        (h * 0.8, 300),
        (h * 0.75, 210),
        like=replace(LOOKING, skin=PAPER),
        faces=0.5,
    )


def _torch(block: Block, x: float, y: float, size: float) -> None:
    """A rolled newspaper on fire: tongues of flame, sparks carried off by the wind."""
    rng = block.rng
    roll = [(x + size * 0.45, y + size * 3.4), (x + size * 0.1, y + size * 0.1)]
    block.line(roll, size * 0.62, CUT)
    block.line(roll, size * 0.46, BLACK)
    for turn in rng.uniform(0, 2 * np.pi, 26):
        way = np.array([np.cos(turn), np.sin(turn) * 0.9])
        reach = size * rng.uniform(1.9, 3.1)
        block.stroke(
            [np.array([x, y - size]) + way * size * 1.5, np.array([x, y - size]) + way * reach],
            size * 0.1,
            COLOUR,
            taper=(0.2, 0.8),
        )
    for lean, tall, wide in ((-0.5, 1.9, 0.5), (0.55, 1.6, 0.46), (0.06, 3.0, 0.62)):
        tongue = [(x - size * wide, y + size * 0.1), (x - size * (wide * 0.9 - lean * 0.2),
        y - size * tall * 0.4), (x + size * (lean - 0.12), y - size * tall * 0.66),
        (x + size * (lean + 0.22), y - size * tall),
                  (x + size * (lean + 0.16), y - size * tall * 0.6),
                  (x + size * (wide + lean * 0.3), y - size * tall * 0.3), (x + size * wide * 0.8,
                  y + size * 0.12)]  # fmt: skip
        block.shape(curve(tongue), COLOUR, gap=1.5, rough=0)
        core = np.array([x, y]) + (np.array(tongue) - np.array([x, y])) * np.array([0.5, 0.62])
        block.shape(curve(core), PAPER, rough=0)


def the_boots(block: Block) -> None:
    """4: what was left on the plinth on Felvonulási tér."""
    w, h = block.width, block.height
    lamp_at = (w * 0.04, h * 0.98)
    beams = darkest(
        mottled(ramp((0, 0), 0.99, (0, h), 0.93), 0.12, 200), ramp((w * 0.2, 0), 0.6, (w, 0), 1.0)
    )
    block.hatch(None, radial(*lamp_at, 420, 0.4), beams)
    for spread, reach in ((-0.98, 0.20), (-1.28, 0.16)):
        _beam(block, lamp_at, spread, reach, h * 1.3)
    top = h * 0.6
    block.shape([(w * 0.1, h), (w * 0.14, top), (w * 0.92, top), (w * 0.97, h)], BLACK, gap=4)
    block.hatch(
        [(w * 0.115, h), (w * 0.15, top + 30), (w * 0.91, top + 30), (w * 0.96, h)],
        parallel(90, 22, 1.2),
        ramp((w * 0.1, 0), 0.25, (w * 0.85, 0), 1.05),
    )
    for row in (0.67, 0.76, 0.86):
        block.line([(w * 0.13, h * row), (w * 0.95, h * row)], 5, BLACK)
    block.shape(
        [(w * 0.09, top + 34), (w * 0.1, top), (w * 0.96, top), (w * 0.97, top + 34)], BLACK, gap=3
    )
    block.stroke([(w * 0.1, top + 8), (w * 0.8, top + 8)], 7, CUT, taper=(0.02, 0.6))
    boots(block, w * 0.47, top, h * 0.44)
    flag(
        block, ((w * 0.66, h * 0.3), (w * 0.72, h * 0.05)), (w * 0.26, h * 0.11), hole=0.28, thick=6
    )
    for x, who in (
        (0.2, Person(hat="cap", coat="short", right=(140, 30), turn=1)),
        (0.88, Person(hat="cap", coat="jacket", left=(150, 10))),
    ):
        stand(block, replace(who, cuts=3), w * x, top, 165)
    _cable(block)
    crowd(block, (0, w), 3, (h * 0.89, 330), (h * 0.9, 150), hats=MEN, faces=0.3)


def _beam(
    block: Block, start: tuple[float, float], angle: float, spread: float, reach: float
) -> None:
    ends = [
        (start[0] + np.cos(angle + s) * reach, start[1] + np.sin(angle + s) * reach)
        for s in (-spread / 2, spread / 2)
    ]
    area = [start, *ends]
    block.hatch(area, radial(*start, 420, 0.4), 0.12)
    block.fill(block.mask(area), WASH)


def _cable(block: Block) -> None:
    path = curve(block.at("0.38,0.2 0.5,0.36 0.7,0.5 1.02,0.66"))
    block.line(path, 8, PAPER)
    block.line(path, 4.5, BLACK)


def radio_gate(block: Block) -> None:
    """5: before the gate of the Radio in the night of 23 October."""
    w, h = block.width, block.height
    lamp_at = (w * 0.6, h * 0.24)
    wall = Wall((-30, -h * 0.12, h * 0.9), (w + 40, h * 0.06, h * 0.82))
    block.shape(wall.patch(0, 0, 1, 1), BLACK)
    block.hatch(None, wall.courses(64), mottled(glow(lamp_at, 60, 0.12, w * 0.55, 1.0), 0.22, 90))
    block.hatch(
        None, rings(*lamp_at, 26, 1.2), glow(lamp_at, 120, 1.2, w * 0.52, -0.2), plate="tint"
    )
    for k in (0, 1, 2, 5, 6):
        _barred_window(block, wall, 0.07 + k * 0.15)
    _gate(block, w * 0.6, h * 0.84, w * 0.13, h * 0.46)
    block.shape(ellipse(*lamp_at, 26, 30), PAPER, gap=4)
    block.line([(lamp_at[0], 0), (lamp_at[0], lamp_at[1] - 26)], 5, BLACK)
    smoke(
        block,
        block.at("0.98,0.75 0.88,0.6 0.93,0.4"),
        (70, 120),
        tone=0.45,
    )
    _leaflets(block, 34, (w * 0.12, h * 0.05, w * 0.9, h * 0.55))
    crowd(
        block,
        (-20, w + 20),
        4,
        (h * 0.7, 470),
        (h * 0.66, 150),
        like=replace(LOOKING, lit=1),
        faces=0.25,
        hats=("cap", "bare", "beret", "scarf", "hair"),
    )
    stand(
        block,
        Person(hat="bare", coat="jacket", right=(155, 15), left=(20, 30), cuts=6, lit=1, gap=3),
        w * 0.34,
        h * 1.36,
        700,
    )


def _barred_window(block: Block, wall: Wall, u: float) -> None:
    block.shape(wall.patch(u - 0.05, 0.28, u + 0.05, 0.62), CUT)
    block.shape(wall.patch(u - 0.042, 0.3, u + 0.042, 0.61), BLACK)
    for k in range(5):
        at = u - 0.034 + k * 0.017
        block.line([wall.at(at, 0.3), wall.at(at, 0.61)], 2.2, COLOUR)
    block.line([wall.at(u - 0.042, 0.44), wall.at(u + 0.042, 0.44)], 2.2, COLOUR)


def _gate(block: Block, x: float, base: float, half: float, height: float) -> None:
    turn = np.linspace(np.pi, 2 * np.pi, 20)
    for grow, ink in ((1.22, BLACK), (1.14, CUT), (1.0, BLACK)):
        r = half * grow
        arch = [
            (x - r, base),
            *[(x + r * np.cos(t), base - height * 0.62 + r * np.sin(t)) for t in turn],
            (x + r, base),
        ]
        block.shape(arch, ink, gap=3 if grow > 1.2 else 0)
    for k in range(7):
        at = x - half * 0.82 + k * half * 0.27
        block.stroke([(at, base - height * 0.75), (at, base)], 4, COLOUR, taper=(0.3, 0.05))
    block.line([(x, base - height * 0.94), (x, base)], 6, BLACK)
    for row in (0.2, 0.55):
        block.line([(x - half, base - height * row), (x + half, base - height * row)], 5, BLACK)


def _leaflets(block: Block, count: int, area: tuple[float, float, float, float]) -> None:
    rng = block.rng
    for x, y in block.scatter(area, count):
        a, s = rng.uniform(0, np.pi), rng.uniform(8, 19)
        way, side = (
            np.array([np.cos(a), np.sin(a)]) * s,
            np.array([-np.sin(a), np.cos(a)]) * s * rng.uniform(0.3, 0.75),
        )
        spot = np.array([x, y])
        block.shape(
            np.array([spot - way - side, spot + way - side, spot + way + side, spot - way + side]),
            PAPER,
            gap=2,
            rough=0,
        )
