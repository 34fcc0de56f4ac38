"""Tanks, lorries, vans, trams, bicycles and arms, as masses with a few lit edges."""

from __future__ import annotations

import numpy as np

from archive.demo.drawings.block import (
    BLACK,
    COLOUR,
    CUT,
    LIFT,
    PAPER,
    Block,
    Ink,
    Path,
    Points,
    box,
    ellipse,
    points,
    trace,
)  # fmt: skip
from archive.demo.drawings.fields import parallel, ramp

Spot = tuple[float, float]


class Part:
    """Places shapes drawn in local shares of a machine's length, y upwards, `side` 1 or -1."""

    def __init__(
        self, x: float, y: float, length: float, side: float = 1.0, tilt: float = 0.0
    ) -> None:
        self.x, self.y, self.length, self.side = x, y, length, side
        self.tilt = np.radians(tilt)

    def to(self, path: Path | str) -> Points:
        """Local shares (a path, or one noted as "x,y x,y …") to units."""
        local = trace(path) if isinstance(path, str) else points(path)
        cos, sin = np.cos(self.tilt), np.sin(self.tilt)
        x = local[:, 0] * cos - local[:, 1] * sin
        y = local[:, 0] * sin + local[:, 1] * cos
        return np.column_stack([self.x + self.side * x * self.length, self.y - y * self.length])

    def spot(self, x: float, y: float) -> Spot:
        """One local point in units."""
        dot = self.to([(x, y)])[0]
        return float(dot[0]), float(dot[1])


def van(
    block: Block, x: float, y: float, length: float, *, side: float = 1.0, body: Ink = COLOUR
) -> Part:
    """A delivery van of the fifties."""
    part = Part(x, y, length, side)
    to = part.to
    shell = [
        (-0.5, 0.09), (-0.5, 0.4), (-0.46, 0.46), (0.1, 0.475), (0.2, 0.44), (0.27, 0.3), (0.45,
        0.27), (0.5, 0.2),
        (0.5, 0.09),
    ]  # fmt: skip
    block.shape(to(shell), BLACK, gap=3)
    side_panel = [(-0.48, 0.12), (-0.48, 0.4), (-0.44, 0.44), (0.02, 0.45), (0.02, 0.12)]
    block.shape(to(side_panel), body, rough=0.8)
    block.hatch(
        to(side_panel),
        parallel(90, length * 0.012, 0.8),
        ramp(part.spot(-0.48, 0), 0.7, part.spot(0, 0), 0.02),
        chatter=0.15,
    )
    block.shape(to("0.06,0.29 0.06,0.42 0.17,0.41 0.23,0.29"), PAPER, rough=0.6)
    block.stroke(to("0.3,0.285 0.44,0.255"), length * 0.012, CUT)
    block.stroke(to("0.05,0.25 0.48,0.19"), length * 0.008, CUT)
    block.shape(
        ellipse(*part.spot(0.475, 0.205), length * 0.022, length * 0.028, 14), PAPER, rough=0
    )
    for at in (-0.32, 0.33):
        wheel(block, part.spot(at, 0.085), length * 0.085)
    return part


def wheel(block: Block, centre: Spot, radius: float) -> None:
    """A lorry's wheel."""
    x, y = centre
    block.shape(ellipse(x, y, radius * 1.2, radius * 1.2), BLACK, rough=0.3)
    block.shape(ellipse(x, y, radius, radius), BLACK, gap=1.6, rough=0.3)
    block.shape(ellipse(x, y, radius * 0.55, radius * 0.55), CUT, rough=0.3)
    block.shape(ellipse(x, y, radius * 0.44, radius * 0.44), BLACK, rough=0.3)
    block.shape(ellipse(x, y, radius * 0.16, radius * 0.16, 10), CUT, rough=0)


def lorry(block: Block, x: float, y: float, length: float, *, side: float = 1.0) -> Part:
    """An open lorry; people stand at about height 0.33 of it, between -0.45 and 0.1."""
    part = Part(x, y, length, side)
    to = part.to
    block.shape(to("-0.5,0.16 -0.5,0.33 0.14,0.33 0.14,0.16"), BLACK, gap=3)
    for row in (0.2, 0.25, 0.3):
        block.stroke(
            to([(-0.49, row), (0.13, row + 0.004)]), length * 0.008, CUT, taper=(0.02, 0.1)
        )
    for at in (-0.49, -0.28, -0.07, 0.13):
        block.line(to([(at, 0.15), (at, 0.345)]), length * 0.014, BLACK)
    cab = [
        (0.16, 0.12),
        (0.16, 0.47),
        (0.19, 0.495),
        (0.3, 0.49),
        (0.335, 0.33),
        (0.47, 0.31),
        (0.5, 0.26),
        (0.5, 0.12),
    ]
    block.shape(to(cab), BLACK, gap=3)
    block.shape(to("0.2,0.34 0.2,0.46 0.28,0.455 0.305,0.34"), PAPER, rough=0.5)
    for k in range(5):
        block.stroke(
            to([(0.36 + 0.022 * k, 0.295 - 0.004 * k), (0.36 + 0.022 * k, 0.2)]),
            length * 0.007,
            CUT,
        )
    block.shape(ellipse(*part.spot(0.49, 0.25), length * 0.022, length * 0.026, 14), PAPER, rough=0)
    block.shape(to("0.3,0.13 0.32,0.2 0.4,0.225 0.48,0.2 0.52,0.13"), BLACK, gap=1.5)
    for at in (-0.3, 0.4):
        wheel(block, part.spot(at, 0.08), length * 0.085)
    return part


def tram(
    block: Block,
    x: float,
    y: float,
    length: float,
    *,
    side: float = 1.0,
    tilt: float = 0.0,
    glass: Ink = PAPER,
) -> Part:
    """A motor car of the Budapest tramway."""
    part = Part(x, y, length, side, tilt)
    to = part.to
    block.shape(
        to("-0.5,0.06 -0.5,0.29 -0.47,0.345 0.47,0.345 0.5,0.29 0.5,0.06"),
        BLACK,
        gap=2.5,
    )
    block.shape(to("-0.4,0.34 -0.37,0.375 0.37,0.375 0.4,0.34"), BLACK, gap=1.5)
    block.shape(to("-0.485,0.08 -0.485,0.185 0.485,0.185 0.485,0.08"), COLOUR, rough=0.6)
    block.hatch(
        to("-0.485,0.08 -0.485,0.185 0.485,0.185 0.485,0.08"),
        parallel(0, length * 0.011, 0.5),
        0.3,
    )
    for k in range(8):
        left = -0.465 + k * 0.118
        block.shape(
            to([(left, 0.205), (left, 0.31), (left + 0.1, 0.31), (left + 0.1, 0.205)]),
            glass,
            rough=0.6,
        )
    for at in (-0.25, 0.25):
        block.shape(
            to([(at - 0.1, 0.07), (at - 0.08, 0.02), (at + 0.08, 0.02), (at + 0.1, 0.07)]), BLACK
        )
        for shift in (-0.055, 0.055):
            block.shape(
                ellipse(*part.spot(at + shift, 0.032), length * 0.034, length * 0.034, 18),
                BLACK,
                gap=1.2,
                rough=0,
            )
    block.line(to("-0.08,0.375 0,0.46 0.08,0.375"), length * 0.006, BLACK)
    block.line(to("-0.06,0.462 0.06,0.462"), length * 0.008, BLACK)
    return part


def bicycle(
    block: Block, x: float, y: float, length: float, *, side: float = 1.0, ink: Ink = BLACK
) -> Part:
    """A roadster bicycle, both wheels on y."""
    part = Part(x, y, length, side)
    for at in (-0.3, 0.3):
        cx, cy = part.spot(at, 0.2)
        r = length * 0.195
        ring = ellipse(cx, cy, r, r, 40)
        block.line(np.vstack([ring, ring[:1]]), length * 0.022, ink)
        for turn in np.linspace(0, np.pi, 8)[:-1]:
            way = np.array([np.cos(turn), np.sin(turn)]) * r
            block.line([np.array([cx, cy]) - way, np.array([cx, cy]) + way], length * 0.004, ink)
    for a, b in (
        ((-0.3, 0.2), (-0.04, 0.16)), ((-0.04, 0.16), (-0.12, 0.46)), ((-0.3, 0.2), (-0.11, 0.42)),
        ((-0.04, 0.16), (0.21, 0.44)), ((-0.11, 0.43), (0.21, 0.45)), ((0.3, 0.2), (0.2, 0.53)),
    ):  # fmt: skip
        block.line(part.to([a, b]), length * 0.02, ink)
    block.line(part.to("0.2,0.53 0.13,0.56 0.1,0.55"), length * 0.02, ink)
    block.shape(part.to("-0.2,0.485 -0.06,0.47 -0.12,0.455"), ink)
    return part


def rifle(
    block: Block, butt: Spot, tip: Spot, width: float, ink: Ink = BLACK, *, gap: float = 1.5
) -> None:
    """A rifle from its butt to its muzzle."""
    start, end = np.array(butt), np.array(tip)
    way = end - start
    side = np.array([-way[1], way[0]]) / max(float(np.hypot(*way)), 1e-9)
    contour = ((0.0, 0.85), (0.2, 0.42), (0.25, 0.6), (0.36, 0.6), (0.42, 0.45), (0.7, 0.36))
    upper = [start + way * at + side * width * half * 0.8 for at, half in contour]
    lower = [start + way * at - side * width * half for at, half in contour]
    block.line([start + way * 0.5, end], width * 0.42, ink)
    block.shape(np.array([*upper, *lower[::-1]]), ink, gap=gap, rough=0.3)
    block.line([start + way * 0.36, start + way * 0.36 - side * width * 1.5], width * 0.3, ink)
    block.stroke([start + way * 0.04, start + way * 0.2], width * 0.35, CUT, taper=(0.2, 0.5))
    block.stroke([start + way * 0.4, start + way * 0.68], width * 0.2, CUT, taper=(0.1, 0.3))


def loudspeaker(block: Block, x: float, y: float, size: float, *, side: float = 1.0) -> None:
    """A horn loudspeaker with its mouth towards `side`."""
    part = Part(x, y, size, side)
    block.ribbon(
        part.to("-0.5,0.06 -0.1,0.1 0.25,0.24 0.5,0.46"),
        part.to("-0.5,-0.06 -0.1,-0.1 0.25,-0.24 0.5,-0.46"),
        BLACK, gap=2, cuts=5, lit=-1,
    )  # fmt: skip
    cx, cy = part.spot(0.5, 0)
    block.shape(ellipse(cx, cy, size * 0.13, size * 0.46), BLACK, gap=2, rough=0.4)
    block.shape(ellipse(cx + side * size * 0.02, cy, size * 0.1, size * 0.4), LIFT, rough=0.4)
    block.shape(ellipse(cx + side * size * 0.02, cy, size * 0.1, size * 0.4), CUT, rough=0.4)
    block.shape(ellipse(cx + side * size * 0.03, cy, size * 0.05, size * 0.22), BLACK, rough=0.4)


def crate(block: Block, left: float, top: float, right: float, bottom: float) -> None:
    """A wooden crate."""
    block.shape(box(left, top, right, bottom), BLACK, gap=2)
    for row in np.linspace(top, bottom, 5)[1:-1]:
        block.line([(left + 3, row), (right - 3, row)], 2.2, CUT)
    block.hatch(
        box(left + 4, top + 4, right - 4, bottom - 4),
        parallel(0, 7, 1.5, 40),
        ramp((left, 0), 0.5, (right, 0), 1.0),
    )
