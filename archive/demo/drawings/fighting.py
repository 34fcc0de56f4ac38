"""Drawings 8 to 14: the streets of the fighting, 24 to 30 October."""

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
    Points,
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
from archive.demo.drawings.crowds import bust, crowd
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
from archive.demo.drawings.letters import cut_text, text_width
from archive.demo.drawings.machines import (
    Part,
    lorry,
    loudspeaker,
    rifle,
    tram,
    van,
)  # fmt: skip
from archive.demo.drawings.people import Person, stand
from archive.demo.drawings.tanks import muzzle, tank_front
from archive.demo.drawings.weather import banded_sky, smoke, stormy_sky

_SHELL_HOLE = ((0.5, 0.2), (0.58, 0.13), (0.7, 0.16), (0.78, 0.26), (0.74, 0.36), (0.66, 0.44), (0.55, 0.4), (0.52, 0.3))
_CREW = (
    (-0.44, Person(hat="beret", coat="jacket", face=True, left=(120, 30), lit=1), 420),
    (-0.08, Person(hat="helmet", coat="short", turn=1, right=(40, 80)), 430),
    (-0.32, Person(hat="cap", coat="short", turn=1, right=(30, 100)), 450),
    (0.05, Person(hat="scarf", coat="jacket", turn=1, right=(150, 10)), 410),
    (-0.2, Person(hat="bare", coat="jacket", face=True, left=(30, 110), right=(165, 0), lit=1), 480),
)
FIGHTER = Person(hat="cap", coat="short", cuts=6, gap=3)


def corvin_passage(block: Block) -> None:
    """8: out of the dark of the passage to the round cinema."""
    w, h = block.width, block.height
    sun = (w * 0.52, h * 0.2)
    block.hatch(None, radial(*sun, 150, 0.6), mottled(glow(sun, 60, 0.0, h * 0.6, 0.5), 0.3, 120))
    _cinema(block, w, h)
    block.shape(box(0, h * 0.7, w, h), BLACK, rough=0)
    cobbles(block, (w * 0.02, h * 0.7, w * 0.98, h), h * 0.66, lit=0.62, near=60)
    stand(
        block,
        replace(FIGHTER, turn=-1, left=(70, 25), right=(40, 70), stride=0.05),
        w * 0.5,
        h * 0.8,
        300,
    )
    rifle(block, (w * 0.53, h * 0.685), (w * 0.31, h * 0.672), 12)
    stand(block, replace(FIGHTER, hat="beret", coat="long", turn=1), w * 0.63, h * 0.77, 250)
    _vault(block, w, h)
    hands = stand(
        block,
        replace(FIGHTER, cuts=9, lit=1, right=(25, 95), lean=4, gap=4),
        w * 0.19,
        h * 1.02,
        800,
    )
    at = hands["right"]
    rifle(block, (at[0] - 40, h * 0.98), (at[0] + 40, h * 0.42), 26, gap=3)
    stand(
        block,
        replace(FIGHTER, hat="bare", cuts=8, lit=-1, coat="jacket", gap=4),
        w * 0.87,
        h * 1.02,
        640,
    )
    rifle(block, (w * 0.97, h * 0.9), (w * 0.78, h * 0.5), 20, gap=3)


def _cinema(block: Block, w: float, h: float) -> None:
    left, right, top, base = w * 0.22, w * 0.8, h * 0.3, h * 0.71
    block.shape([(left, base), (left, top), (right, top), (right, base)], BLACK, gap=3)
    for k in range(15):
        u = np.sin((k / 14 - 0.5) * np.pi) * 0.5 + 0.5
        x = left + (right - left) * u
        block.stroke(
            [(x, top + 60), (x, base - 130)], 3 + 9 * (1 - abs(k - 5) / 10), CUT, taper=(0.02, 0.05)
        )
    block.ribbon(
        [(left, top + 44), (w * 0.5, top + 66), (right, top + 44)],
        [(left, top), (w * 0.5, top + 12), (right, top)],
        BLACK,
        gap=3,
    )
    name = "CORVIN"
    start = w * 0.51 - text_width(name, 40) / 2
    for glyph in cut_text(block.rng, name, start, top + 50, 36):
        block.shape(glyph, COLOUR, rough=0.5)
    for k in range(7):
        x = left + 26 + k * (right - left - 52) / 6
        block.shape(box(x - 9, base - 120, x + 9, base), CUT)
        block.shape(box(x + 1, base - 120, x + 9, base), BLACK)
    block.shape(box(left - 8, base - 138, right + 8, base - 120), BLACK, gap=2)


def _vault(block: Block, w: float, h: float) -> None:
    turn = np.linspace(np.pi, 2 * np.pi, 30)
    half, spring, mid = w * 0.37, h * 0.36, w * 0.51
    opening = [
        (mid - half * 1.04, h * 1.01),
        *[(mid + half * np.cos(t), spring + half * 0.95 * np.sin(t)) for t in turn],
        (mid + half * 1.08, h * 1.01),
    ]
    mask = block.mask(box(0, 0, w, h), rough=0)
    mask.paste(0, (0, 0), block.mask(opening))
    block.fill(mask, (1, 0))
    for ring, (reach, wide) in enumerate(((1.04, 46), (1.2, 60), (1.4, 84))):
        for t in np.linspace(
            np.pi * (1.0 - 0.06 * ring), np.pi * (2.0 + 0.06 * ring), 25 + 5 * ring
        ):
            way = np.array([np.cos(t), np.sin(t)])
            spot = np.array([mid, spring]) + way * half * reach
            block.stroke(
                [spot, spot + way * wide * block.rng.uniform(0.6, 1.0)],
                13 - 3 * ring,
                CUT,
                taper=(0.05, 0.8),
            )
    for side, x in ((-1, mid - half * 1.03), (1, mid + half * 1.06)):
        for k in range(11):
            y = spring + 40 + k * 68
            block.stroke(
                [(x + side * 6, y), (x + side * block.rng.uniform(30, 74), y + 4)],
                11,
                CUT,
                taper=(0.05, 0.8),
            )


def boy_with_a_bottle(block: Block) -> None:
    """9: from behind: what the boy hides, and what is coming up the street."""
    w, h = block.width, block.height
    point = (w * 0.27, h * 0.5)
    block.hatch(None, radial(*point, 190, 0.7), mottled(glow(point, 40, 0.0, h * 0.6, 0.62), 0.3, 120), chatter=0.2)
    facade(block, Wall((-60, h * 0.1, h * 0.8), (point[0] - 90, h * 0.36, h * 0.56)), 4, 3, tone=0.75, lines=80)
    facade(block, Wall((point[0] + 100, h * 0.36, h * 0.56), (w + 60, -h * 0.22, h * 0.94)), 5, 8, tone=ramp((point[0], 0), 0.3, (w, 0), 0.85), lines=90)
    ground = [(0, h * 0.76), (point[0] - 90, h * 0.56), (point[0] + 100, h * 0.56), (w, h * 0.92), (w, h), (0, h)]
    block.shape(ground, BLACK)
    cobbles(block, (0, h * 0.57, w, h), h * 0.53, lit=0.55, near=70)
    rails(block, (w * 0.1, h, 20), (point[0], h * 0.535), gauge=320)
    smoke(block, [(point[0] + 10, h * 0.47), (point[0] + 50, h * 0.38), (point[0] - 10, h * 0.25), (point[0] + 40, h * 0.12)], (34, 92), tone=0.5)
    tank = tank_front(block, point[0], h * 0.635, 250)
    muzzle(block, tank, (0.16, 0.57), 0.07)
    boy = Person(hat="cap", coat="jacket", cuts=11, lit=-1, gap=6, left=(30, -70), right=(16, 12), lean=-4, bulk=1.08, skin=PAPER)
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
                place(front[0] * (1 - u) + front[1] * u + [0, 0.06]),
                place(front[3] * (1 - u) + front[2] * u - [0, 0.1]),
            ],
            size * 0.07,
            CUT,
        )


def tank_at_the_corner(block: Block) -> None:
    """11: a tank turns out of a side street, seen from the pavement."""
    w, h = block.width, block.height
    banded_sky(block, None, 0.8, 0.1, angle=-4)
    facade(block, Wall((-60, -h * 0.3, h * 0.84), (w * 0.28, h * 0.16, h * 0.66)), 4, 6, tone=ramp((0, 0), 1.0, (w * 0.28, 0), 0.6), lines=90)
    right = Wall((w * 0.5, h * 0.12, h * 0.66), (w + 80, -h * 0.42, h * 0.86))
    facade(block, right, 4, 6, tone=ramp((w * 0.5, 0), 0.25, (w, 0), 0.75), lines=90, style="gable")
    scars(block, block.scatter((w * 0.55, h * 0.1, w, h * 0.6), 50), 10)
    breach(block, np.array([right.at(u, v) for u, v in _SHELL_HOLE]), 14)
    smoke(block, block.at("0.4,0.62 0.37,0.46 0.42,0.28 0.37,0.1"), (60, 110), tone=0.5)
    block.shape([(0, h * 0.81), (w * 0.28, h * 0.655), (w * 0.5, h * 0.655), (w, h * 0.82), (w, h), (0, h)], (1, 1))
    cobbles(block, (0, h * 0.68, w, h), h * 0.58, lit=0.5, near=64)
    reflections(block, [(w * 0.74, 1.2), (w * 0.92, 0.7)], h * 0.76, h, 34)
    wires(block, [((0, h * 0.1), (w * 0.5, h * 0.26), 40), ((w, h * 0.02), (w * 0.5, h * 0.26), 30)], 4)
    tank = tank_front(block, w * 0.34, h * 1.08, w * 0.6)
    muzzle(block, tank, (0.46, 0.5), 0.085)
    wires(block, [((w * 0.5, h * 0.26), (w * 0.83, h * 0.9), -80), ((w * 0.83, h * 0.9), (w * 0.98, h * 0.8), 30)], 5)


def on_the_lorry(block: Block) -> None:
    """12: freedom fighters drive along the boulevard."""
    w, h = block.width, block.height
    point = (w * 1.02, h * 0.5)
    block.hatch(None, radial(*point, 210, 0.6), mottled(ramp((w, 0), 0.02, (0, 0), 0.5), 0.4, 150), chatter=0.2)
    facade(block, Wall((-60, -h * 0.3, h * 0.86), (w * 0.86, h * 0.34, h * 0.58)), 4, 12, tone=ramp((0, 0), 0.5, (w * 0.86, 0), 0.15), lines=80)
    block.shape([(0, h * 0.84), (w * 0.86, h * 0.58), (w, h * 0.56), (w, h), (0, h)], COLOUR)
    block.hatch(box(0, h * 0.58, w, h), parallel(-8, 14, 1.4, 140), mottled(ramp((0, h * 0.6), 0.15, (0, h), 0.5), 0.5, 90), tear=0.5)
    crowd(block, (w * 0.7, w * 1.02), 3, (h * 0.62, 230), (h * 0.56, 80), faces=0.7, like=Person(skin=PAPER))
    part = lorry(block, w * 0.42, h * 1.06, w * 1.0)
    for x, who, size in _CREW:
        spot = part.spot(x, 0.17)
        hands = stand(block, replace(who, cuts=8, gap=4, skin=PAPER), spot[0], spot[1], size)
        if who.hat == "bare":
            top = hands["right"]
            flag(block, ((top[0] - 24, top[1] + 200), (top[0] + 26, h * 0.02)), (470, 215), hole=0.24, wave=0.1, thick=11)
    for x, lean in ((-0.45, 40), (-0.2, 90), (0.03, 50)):
        spot = part.spot(x, 0.3)
        rifle(block, (spot[0], spot[1] + 60), (spot[0] + lean, spot[1] - 300), 17, gap=3)
    lorry(block, w * 0.42, h * 1.06, w * 1.0)
    bust(block, Person(hat="scarf", cuts=10, gap=5, lit=1, skin=PAPER), w * 0.94, h * 0.62, 660)


def hospital_van(block: Block) -> None:
    """13: stretcher bearers run to the van under fire."""
    w, h = block.width, block.height
    stormy_sky(block, None, ramp((0, 0), 1.0, (w * 0.7, h * 0.7), 0.35), lines=40)
    facade(block, Wall((w * 0.46, h * 0.02, h * 0.72), (w + 60, -h * 0.3, h * 0.84)), 4, 7, tone=0.7, lines=80)
    scars(block, block.scatter((w * 0.5, h * 0.05, w * 0.98, h * 0.5), 40), 9)
    smoke(block, block.at("0.06,0.7 0.14,0.46 0.06,0.2 0.2,-0.02"), (110, 190), tone=0.55)
    block.shape(box(0, h * 0.74, w, h), BLACK)
    cobbles(block, (0, h * 0.76, w, h), h * 0.66, lit=0.5, near=56)
    part = van(block, w * 0.76, h * 0.89, w * 0.64, side=1, body=PAPER)
    cx, cy = part.spot(-0.23, 0.28)
    for shape in (box(cx - 24, cy - 72, cx + 24, cy + 72), box(cx - 72, cy - 24, cx + 72, cy + 24)):
        block.shape(shape, COLOUR, rough=1)
    _white_flag(block, part)
    _bearers(block, w, h)


def _bearers(block: Block, w: float, h: float) -> None:
    runner = Person(hat="bare", coat="jacket", turn=1, cuts=8, gap=4, lean=9, skin=PAPER)
    hands = [
        stand(block, replace(runner, left=(14, 10), right=(14, 12), stride=0.13), w * 0.4, h * 0.97, 560),
        stand(block, replace(runner, hat="scarf", coat="dress", left=(16, 8), right=(16, 14), stride=0.11), w * 0.1, h * 0.99, 560),
    ]
    front, rear = hands[0]["left"], hands[1]["right"]
    y = (front[1] + rear[1]) / 2
    block.shape(box(rear[0] - 30, y, front[0] + 30, y + 13), BLACK, gap=4)
    length = front[0] - rear[0]

    def lying(dots: str) -> Points:
        return trace(dots) * length + np.array([rear[0], y])

    blanket = curve(lying("0.2,0 0.24,-0.14 0.4,-0.2 0.56,-0.15 0.7,-0.17 0.86,-0.1 0.95,0"))
    block.shape(blanket, PAPER, gap=4)
    block.line(blanket, 5, BLACK)
    for k in range(8):
        block.stroke(lying(f"{0.26 + 0.08 * k},-0.12 {0.29 + 0.08 * k},-0.01"), 7 - 0.5 * k, BLACK, taper=(0.2, 0.8))
    block.shape(ellipse(*lying("0.12,-0.075 0,0")[0], length * 0.085, length * 0.07, 20), BLACK, gap=4)
    block.stroke(curve(lying("0.13,-0.14 0.19,-0.1 0.17,-0.03")), 9, PAPER)
    block.stroke(curve(lying("0.5,0 0.52,0.14 0.5,0.26")), 19, BLACK, taper=(0.02, 0.3))


def loudspeaker_van(block: Block) -> None:
    """14: a voice over the street."""
    w, h = block.width, block.height
    mouth = (w * 0.6, h * 0.24)
    tone = lightest(
        mottled(glow(mouth, 60, 0.05, w * 0.62, 0.8), 0.4, 150),
        ramp((0, h * 0.2), 0.9, (0, h * 0.75), 0.25),
    )
    block.hatch(None, rings(*mouth, 17, 0.7), tone, chatter=0.15)
    block.hatch(
        box(0, 0, w, h), rings(*mouth, 68, 0.7), glow(mouth, 80, 0.9, w * 0.7, 0.0), plate="tint"
    )
    facade(
        block,
        Wall((-60, h * 0.12, h * 0.8), (w * 0.3, h * 0.4, h * 0.68)),
        3,
        6,
        tone=0.7,
        lines=60,
    )
    block.shape(box(0, h * 0.78, w, h), BLACK, rough=0)
    part = van(block, w * 0.77, h * 0.92, w * 0.62, side=-1, body=COLOUR)
    base = part.spot(0.02, 0.46)
    block.line([base, (base[0], base[1] - 60)], 12, BLACK)
    loudspeaker(block, w * 0.72, h * 0.26, w * 0.25, side=-1)
    loudspeaker(block, w * 0.86, h * 0.31, w * 0.17, side=1)
    block.line([part.spot(0.02, 0.46), (w * 0.74, h * 0.3)], 11, BLACK)
    block.line([part.spot(-0.2, 0.46), (w * 0.86, h * 0.34)], 9, BLACK)
    for x, top, size, hat, turn in (
        (0.42, 0.6, 420, "fedora", 1), (0.3, 0.56, 460, "scarf", 1), (0.52, 0.66, 380, "cap", 1),
        (0.17, 0.5, 640, "bare", 1),
        (0.38, 0.72, 560, "scarf", 0), (0.05, 0.56, 700, "fedora", 1), (0.58, 0.77, 520, "cap", 0),
        (0.24, 0.72, 620, "cap", 1),
    ):  # fmt: skip
        bust(
            block,
            Person(hat=hat, turn=turn, cuts=7, gap=3.4, lit=1, skin=PAPER),
            w * x,
            h * top,
            size,
        )


def _bottle(block: Block, x: float, y: float) -> None:
    """A bottle with a rag in its neck, held in a fist."""
    half = trace("0,-84 12,-84 12,-44 16,-30 34,4 34,140 0,140")
    rim = np.vstack([half, half[::-1] * [-1, 1]]) + [x, y]
    block.shape(rim, COLOUR, gap=6, rough=0)
    block.line(np.vstack([rim, rim[:1]]), 5, BLACK)
    block.stroke([(x - 20, y + 118), (x - 20, y + 20)], 9, PAPER, taper=(0.1, 0.4))
    rag = trace("-9,-84 -24,-118 -10,-156 8,-142 30,-160 26,-112 11,-84") + [x, y]
    block.shape(curve(rag, closed=True), PAPER, gap=4)
    for k in range(3):
        block.stroke([(x - 10 + 9 * k, y - 92), (x - 16 + 14 * k, y - 138)], 4, BLACK)
    fist = trace("-42,20 -40,-8 -20,-20 24,-20 44,-6 44,24 20,38 -24,36") + [x, y]
    block.shape(curve(fist, closed=True), PAPER, gap=4)
    for k in range(3):
        block.stroke([(x - 22 + 20 * k, y - 16), (x - 20 + 20 * k, y + 26)], 4, BLACK)


def _white_flag(block: Block, part: Part) -> None:
    block.line(part.to("-0.02,0.46 -0.05,0.74"), 8, BLACK)
    top = curve(part.to("-0.05,0.735 -0.12,0.715 -0.2,0.74 -0.29,0.72"))
    low = curve(part.to("-0.035,0.6 -0.11,0.575 -0.18,0.605 -0.27,0.585"))
    cloth = np.vstack([top, low[::-1]])
    block.shape(cloth, PAPER, gap=4, rough=0)
    block.line(np.vstack([cloth, cloth[:1]]), 4, BLACK)
    for k in (3, 8, 10, 14):
        block.stroke([top[k], low[k]], 7, BLACK, taper=(0.1, 0.7))
