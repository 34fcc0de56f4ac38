"""Drawings 12 to 14: a lorry, a hospital van, a loudspeaker van."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from archive.demo.drawings.block import (
    BLACK,
    COLOUR,
    PAPER,
    Block,
    Points,
    box,
    curve,
    ellipse,
    trace,
)  # fmt: skip
from archive.demo.drawings.city import (
    Wall,
    cobbles,
    flag,
    scars,
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
from archive.demo.drawings.machines import (
    Part,
    lorry,
    loudspeaker,
    rifle,
    van,
)  # fmt: skip
from archive.demo.drawings.people import Person, stand
from archive.demo.drawings.weather import smoke, stormy_sky

_CREW = (
    (-0.44, Person(hat="beret", coat="jacket", face=True, left=(120, 30), lit=1), 420),
    (-0.08, Person(hat="helmet", coat="short", turn=1, right=(40, 80)), 430),
    (-0.32, Person(hat="cap", coat="short", turn=1, right=(30, 100)), 450),
    (0.05, Person(hat="scarf", coat="jacket", turn=1, right=(150, 10)), 410),
    (
        -0.2,
        Person(hat="bare", coat="jacket", face=True, left=(30, 110), right=(165, 0), lit=1),
        480,
    ),
)


def on_the_lorry(block: Block) -> None:
    """12: freedom fighters drive along the boulevard."""
    w, h = block.width, block.height
    point = (w * 1.02, h * 0.5)
    block.hatch(
        None,
        radial(*point, 210, 0.6),
        mottled(ramp((w, 0), 0.02, (0, 0), 0.5), 0.4, 150),
        chatter=0.2,
    )
    facade(
        block,
        Wall((-60, -h * 0.3, h * 0.86), (w * 0.86, h * 0.34, h * 0.58)),
        4,
        12,
        tone=ramp((0, 0), 0.5, (w * 0.86, 0), 0.15),
        lines=80,
    )
    block.shape([(0, h * 0.84), (w * 0.86, h * 0.58), (w, h * 0.56), (w, h), (0, h)], COLOUR)
    block.hatch(
        box(0, h * 0.58, w, h),
        parallel(-8, 14, 1.4, 140),
        mottled(ramp((0, h * 0.6), 0.15, (0, h), 0.5), 0.5, 90),
        tear=0.5,
    )
    crowd(
        block,
        (w * 0.7, w * 1.02),
        3,
        (h * 0.62, 230),
        (h * 0.56, 80),
        faces=0.7,
        like=Person(skin=PAPER),
    )
    part = lorry(block, w * 0.42, h * 1.06, w * 1.0)
    for x, who, size in _CREW:
        spot = part.spot(x, 0.17)
        hands = stand(block, replace(who, cuts=8, gap=4, skin=PAPER), spot[0], spot[1], size)
        if who.hat == "bare":
            top = hands["right"]
            flag(
                block,
                ((top[0] - 24, top[1] + 200), (top[0] + 26, h * 0.02)),
                (470, 215),
                hole=0.24,
                wave=0.1,
                thick=11,
            )
    for x, lean in ((-0.45, 40), (-0.2, 90), (0.03, 50)):
        spot = part.spot(x, 0.3)
        rifle(block, (spot[0], spot[1] + 60), (spot[0] + lean, spot[1] - 300), 17, gap=3)
    lorry(block, w * 0.42, h * 1.06, w * 1.0)
    bust(block, Person(hat="scarf", cuts=10, gap=5, lit=1, skin=PAPER), w * 0.94, h * 0.62, 660)


def hospital_van(block: Block) -> None:
    """13: stretcher bearers run to the van under fire."""
    w, h = block.width, block.height
    stormy_sky(block, None, ramp((0, 0), 1.0, (w * 0.7, h * 0.7), 0.35), lines=40)
    facade(
        block,
        Wall((w * 0.46, h * 0.02, h * 0.72), (w + 60, -h * 0.3, h * 0.84)),
        4,
        7,
        tone=0.7,
        lines=80,
    )
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
        stand(
            block,
            replace(runner, left=(20, 6), right=(-16, -6), stride=0.13),
            w * 0.4,
            h * 0.97,
            560,
        ),
        stand(
            block,
            replace(
                runner, hat="scarf", coat="dress", left=(-14, -12), right=(18, 14), stride=0.11
            ),
            w * 0.1,
            h * 0.99,
            560,
        ),
    ]
    front, rear = hands[0]["left"], hands[1]["right"]
    y = (front[1] + rear[1]) / 2
    block.shape(box(rear[0] - 30, y, front[0] + 30, y + 13), BLACK, gap=4)
    length = front[0] - rear[0]

    def lying(dots: str) -> Points:
        spots: Points = trace(dots) * length + np.array([rear[0], y])
        return spots

    blanket = curve(lying("0.2,0 0.24,-0.14 0.4,-0.2 0.56,-0.15 0.7,-0.17 0.86,-0.1 0.95,0"))
    block.shape(blanket, PAPER, gap=4)
    block.line(blanket, 5, BLACK)
    for k in range(8):
        block.stroke(
            lying(f"{0.26 + 0.08 * k},-0.12 {0.29 + 0.08 * k},-0.01"),
            7 - 0.5 * k,
            BLACK,
            taper=(0.2, 0.8),
        )
    face = ellipse(rear[0] + length * 0.12, y - length * 0.075, length * 0.085, length * 0.07, 20)
    block.shape(face, BLACK, gap=4)
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


def _white_flag(block: Block, part: Part) -> None:
    block.line(part.to("-0.02,0.46 -0.05,0.74"), 8, BLACK)
    top = curve(part.to("-0.05,0.735 -0.12,0.715 -0.2,0.74 -0.29,0.72"))
    low = curve(part.to("-0.035,0.6 -0.11,0.575 -0.18,0.605 -0.27,0.585"))
    cloth = np.vstack([top, low[::-1]])
    block.shape(cloth, PAPER, gap=4, rough=0)
    block.line(np.vstack([cloth, cloth[:1]]), 4, BLACK)
    for k in (3, 8, 10, 14):
        block.stroke([top[k], low[k]], 7, BLACK, taper=(0.1, 0.7))
