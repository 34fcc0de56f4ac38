"""Buildings and statues of Budapest everybody knows, as silhouettes with engraved light."""

from __future__ import annotations

import numpy as np

from archive.demo.drawings.block import BLACK, CUT, PAPER, Block, Ink, Points, curve, ellipse, trace
from archive.demo.drawings.fields import parallel, ramp
from archive.demo.drawings.machines import Part

Spot = tuple[float, float]


def parliament(
    block: Block,
    x: float,
    base: float,
    width: float,
    *,
    lines: float = 5.0,
    tone: float = 0.75,
    glass: Ink = PAPER,
) -> None:
    """The Parliament seen square on, `width` units long."""
    part = Part(x, base, width)
    for wing in (-1, 1):
        _wing(block, part, wing)
    _centre(block, part)
    for wing in (-1, 1):
        for at, height in (
            (0.075, 0.245),
            (0.17, 0.19),
            (0.225, 0.19),
            (0.385, 0.17),
            (0.455, 0.17),
            (0.495, 0.14),
        ):
            _spire(block, part, wing * at, 0.1, height, 0.011 if at != 0.075 else 0.014)
    _dome(block, part)
    if tone < 1:
        _masonry(block, part, lines, tone, mask_height=0.1)
    _glazing(block, part, glass)


def _masonry(block: Block, part: Part, lines: float, tone: float, *, mask_height: float) -> None:
    area = part.to([(-0.5, 0), (-0.5, mask_height), (0.5, mask_height), (0.5, 0)])
    light = ramp(part.spot(-0.5, 0), tone - 0.25, part.spot(0.5, 0), tone + 0.2)
    block.hatch(area, parallel(90, lines, 0.3), light)


def _wing(block: Block, part: Part, wing: int) -> None:
    body = [(0.0, 0), (0.0, 0.105), (0.5, 0.105), (0.5, 0)]
    roof = [(0.05, 0.1), (0.09, 0.132), (0.36, 0.132), (0.39, 0.1)]
    hall = [(0.16, 0.1), (0.175, 0.165), (0.225, 0.165), (0.24, 0.1)]
    end = [(0.38, 0.1), (0.395, 0.15), (0.45, 0.15), (0.465, 0.1)]
    for path in (body, roof, hall, end):
        block.shape(part.to([(wing * px, py) for px, py in path]), BLACK, gap=1.2, rough=0.5)
    for k in range(26):
        at = wing * (0.06 + k * 0.0175)
        block.shape(part.to([(at - 0.003, 0.1), (at, 0.128), (at + 0.003, 0.1)]), BLACK, rough=0)


def _centre(block: Block, part: Part) -> None:
    block.shape(part.to("-0.09,0 -0.09,0.15 0.09,0.15 0.09,0"), BLACK, gap=1.2)
    block.shape(part.to("-0.06,0.14 -0.06,0.205 0.06,0.205 0.06,0.14"), BLACK, gap=1.2)
    for sign in (-1, 1):
        block.shape(
            part.to(
                [
                    (sign * 0.05, 0.14),
                    (sign * 0.055, 0.18),
                    (sign * 0.06, 0.225),
                    (sign * 0.066, 0.18),
                    (sign * 0.07, 0.14),
                ]
            ),
            BLACK,
        )


def _dome(block: Block, part: Part) -> None:
    left = [(-0.058, 0.203), (-0.057, 0.225), (-0.05, 0.258), (-0.034, 0.29), (-0.012, 0.312)]
    right = [(-px, py) for px, py in left]
    block.ribbon(
        part.to(left), part.to(right), BLACK, gap=1.4, cuts=7, lit=-1, reach=0.8, weight=0.35
    )
    block.shape(
        part.to("-0.012,0.308 -0.011,0.332 0,0.385 0.011,0.332 0.012,0.308"),
        BLACK,
        rough=0.2,
    )
    for k in range(9):
        at = -0.056 + k * 0.014
        block.shape(part.to([(at - 0.003, 0.2), (at, 0.228), (at + 0.003, 0.2)]), BLACK, rough=0)
        if 0 < k < 8:
            block.stroke(
                part.to([(at, 0.15), (at, 0.195)]),
                max(part.length * 0.0045, 1.6),
                CUT,
                taper=(0.1, 0.1),
            )


def _spire(block: Block, part: Part, at: float, low: float, high: float, half: float) -> None:
    shaft = low + (high - low) * 0.55
    path = [
        (at - half, low),
        (at - half, shaft),
        (at - half * 1.25, shaft),
        (at, high),
        (at + half * 1.25, shaft),
        (at + half, shaft),
        (at + half, low),
    ]
    block.shape(part.to(path), BLACK, gap=1.0, rough=0.2)
    block.stroke(
        part.to([(at - half * 0.5, low + 0.01), (at - half * 0.5, shaft)]),
        max(part.length * 0.003, 1.2),
        CUT,
        taper=(0.1, 0.3),
    )


def _glazing(block: Block, part: Part, glass: Ink) -> None:
    size = part.length
    for row, (low, high) in enumerate(((0.018, 0.042), (0.056, 0.088))):
        for k in range(60):
            at = -0.49 + k * 0.0166
            if block.rng.random() < 0.1:
                continue
            block.stroke(
                part.to([(at, low), (at, high)]),
                size * (0.0055 + 0.001 * row),
                BLACK,
                taper=(0, 0.12),
            )
            if block.rng.random() < 0.55:
                block.stroke(
                    part.to([(at, low + 0.004), (at, high - 0.004)]),
                    size * 0.0036,
                    glass,
                    taper=(0, 0.15),
                )


def boots(block: Block, x: float, base: float, height: float) -> None:
    """The two boots that were left of the statue, torn off below the knee."""
    tears = (
        "-0.2,0.84 -0.185,0.9 -0.15,0.87 -0.12,0.93 -0.06,0.9 -0.035,1.0 0.005,0.95 0.02,0.86 "
        "0.07,0.89 0.1,0.83 0.14,0.8",
        "-0.2,0.7 -0.17,0.8 -0.13,0.77 -0.1,0.87 -0.05,0.84 -0.01,0.76 0.05,0.79 0.075,0.9 "
        "0.12,0.86 0.14,0.74",
    )
    for shift, tear in zip((0.26, -0.22), tears, strict=True):
        part = Part(x + shift * height, base, height)
        _boot(block, part, trace(tear))


def _boot_light(block: Block, part: Part, top: float) -> None:
    """Light down the left of the shaft, creases at the ankle, a shine on the toe."""
    size = part.length
    for k in range(8):
        u = k / 8
        path = [
            (-0.175 + u * 0.17, top - 0.05 - u * 0.05),
            (-0.165 + u * 0.15, 0.55),
            (-0.15 + u * 0.14, 0.3 + u * 0.06),
        ]
        block.stroke(curve(part.to(path)), size * (0.024 - 0.0022 * k), CUT, taper=(0.15, 0.6))
    for k in range(6):
        y = 0.37 - k * 0.034
        path = [(-0.17, y + 0.03), (-0.04, y - 0.012), (0.095, y + 0.018)]
        block.stroke(curve(part.to(path)), size * (0.017 - 0.001 * k), CUT, taper=(0.1, 0.7))
    for k in range(7):
        path = [
            (0.0 + k * 0.042, 0.21 - 0.018 * k),
            (0.13 + k * 0.036, 0.15 - 0.014 * k),
            (0.2 + k * 0.03, 0.075 - 0.004 * k),
        ]
        block.stroke(curve(part.to(path)), size * 0.015, CUT, taper=(0.1, 0.6))


def column(
    block: Block,
    x: float,
    base: float,
    height: float,
    width: float,
    *,
    lit: float = -1,
    cuts: int = 4,
) -> None:
    """A fluted column with its base and capital."""
    w = width / 2
    block.ribbon([(x - w, base), (x - w * 0.86, base - height)], [(x + w, base), (x + w * 0.86,
    base - height)],
                 BLACK, gap=1.6, cuts=cuts, lit=lit, reach=0.65)  # fmt: skip
    for y, half, deep in ((base, 1.35, 0.04), (base - height, 1.4, 0.045)):
        block.shape(
            [
                (x - w * half, y),
                (x - w * half, y - height * deep),
                (x + w * half, y - height * deep),
                (x + w * half, y),
            ],
            BLACK,
            gap=1.2,
            rough=0.5,
        )
        block.stroke(
            [
                (x - w * half, y - height * deep * 0.8),
                (x + w * half * 0.6, y - height * deep * 0.8),
            ],
            2.0,
            CUT,
        )


def statue(
    block: Block, x: float, base: float, height: float, *, arm: bool = False, side: float = 1.0
) -> None:
    """A cloaked bronze figure; with `arm` it points ahead, hat in hand."""
    part = Part(x, base, height, side)
    cloak = [
        (-0.16, 0), (-0.15, 0.25), (-0.17, 0.5), (-0.13, 0.74), (-0.06, 0.82), (-0.055, 0.9),
        (-0.02, 0.97),
        (0.035, 0.97), (0.06, 0.9), (0.05, 0.83), (0.13, 0.76), (0.15, 0.55), (0.12, 0.3), (0.15,
        0),
    ]  # fmt: skip
    block.shape(curve(part.to(cloak)), BLACK, gap=2, rough=0.4)
    if arm:
        reach = [
            (0.08, 0.72),
            (0.1, 0.79),
            (0.3, 0.93),
            (0.42, 1.04),
            (0.45, 1.02),
            (0.34, 0.89),
            (0.16, 0.7),
        ]
        block.shape(part.to(reach), BLACK, gap=1.5, rough=0.4)
        hat = [(0.38, 1.03), (0.42, 1.12), (0.5, 1.09), (0.56, 1.04), (0.46, 1.03)]
        block.shape(curve(part.to(hat), closed=True), BLACK, rough=0)
        plume = [(0.42, 1.1), (0.36, 1.17), (0.3, 1.18)]
        block.stroke(curve(part.to(plume)), height * 0.03, BLACK)
    for k in range(4):
        path = [
            (-0.12 + k * 0.045, 0.72 - k * 0.03),
            (-0.13 + k * 0.05, 0.45),
            (-0.11 + k * 0.05, 0.06 + k * 0.05),
        ]
        block.stroke(curve(part.to(path)), height * (0.022 - 0.003 * k), CUT, taper=(0.2, 0.5))
    block.shape(ellipse(*part.spot(0.0, 0.91), height * 0.05, height * 0.065, 16), BLACK, rough=0)


def _boot(block: Block, part: Part, tear: Points) -> None:
    size = part.length
    left = trace("-0.2,0 -0.205,0.1 -0.175,0.3 -0.195,0.6")
    right = trace("0.14,0.62 0.1,0.34 0.125,0.22 0.2,0.175 0.34,0.13 0.42,0.06 0.42,0")
    for rod in (tear[3], tear[-4]):
        block.line(
            part.to([rod - np.array([0, 0.05]), rod + np.array([0.02, 0.09])]), size * 0.012, BLACK
        )
    block.shape(part.to(np.vstack([left, tear, right])), BLACK, gap=5, rough=2.0)
    inside = tear * np.array([0.86, 1]) - np.array([0.004, 0.035])
    block.shape(part.to(np.vstack([inside, tear[::-1]])), PAPER, rough=2)
    block.stroke(part.to(tear), size * 0.014, PAPER, taper=(0.05, 0.05))
    _boot_light(block, part, float(tear[0, 1]))
    block.shape(part.to("-0.21,0 -0.21,0.04 0.43,0.04 0.43,0"), BLACK, gap=3)
    block.stroke(part.to("-0.2,0.03 0.4,0.03"), size * 0.009, CUT, taper=(0.02, 0.3))
