"""Tanks: from the side, and coming at us; armour modelled by the fall of light."""

from __future__ import annotations

import numpy as np

from archive.demo.drawings.block import (
    BLACK,
    CUT,
    Block,
    Points,
    box,
    curve,
    ellipse,
    resample,
    trace,
)
from archive.demo.drawings.fields import parallel, ramp, rings
from archive.demo.drawings.machines import Part

Spot = tuple[float, float]


def tank_side(
    block: Block, x: float, y: float, length: float, *, side: float = 1.0, gun: float = 4.0,
    tilt: float = 0.0, gap: float = 2.5,
) -> Part:  # fmt: skip
    """A tank seen from the side, standing at (x, y); returns its frame for things put on it."""
    part = Part(x, y, length, side, tilt)
    _tracks(block, part, gap)
    for k in range(5):
        _road_wheel(block, part, part.spot(-0.315 + k * 0.158, 0.092))
    _hull(block, part, gap)
    _gun(block, part, gun)
    _turret(block, part, gap)
    return part


def _tracks(block: Block, part: Part, gap: float) -> None:
    band = curve(
        part.to(
            "-0.36,0 0,0 0.36,0 0.45,0.06 0.5,0.14 0.49,0.21 0.42,0.245 0.2,0.235 0,0.225 "
            "-0.2,0.235 -0.42,0.245 -0.49,0.21 -0.5,0.14 -0.45,0.06"
        ),
        closed=True,
    )
    block.shape(band, BLACK, gap=gap, rough=0)
    middle = band.mean(axis=0)
    for dot in resample(np.vstack([band, band[:1]]), 74):
        inward = (middle - dot) * np.array([0.06, 0.16])
        block.stroke([dot + inward * 0.1, dot + inward], part.length * 0.0065, CUT, taper=(0, 0.4))


def _road_wheel(block: Block, part: Part, centre: Spot) -> None:
    size = part.length
    rings_of = ((0.086, CUT), (0.08, BLACK), (0.064, CUT), (0.058, BLACK))
    for share, ink in rings_of:
        block.shape(ellipse(*centre, size * share, size * share, 36), ink, rough=0.3)
    for turn in np.linspace(0, 2 * np.pi, 11)[:-1] + centre[0]:
        way = np.array([np.cos(turn), np.sin(turn)]) * size
        spot = np.array(centre)
        lit = 0.011 if way[1] < 0 else 0.006
        block.stroke([spot + way * 0.024, spot + way * 0.054], size * lit, CUT, taper=(0.3, 0.1))
    block.shape(ellipse(*centre, size * 0.016, size * 0.016, 10), CUT, rough=0)


def _hull(block: Block, part: Part, gap: float) -> None:
    size = part.length
    block.shape(part.to("-0.5,0.245 -0.41,0.37 0.25,0.376 0.51,0.252"), BLACK, gap=gap * 0.7)
    plate = part.to("-0.46,0.262 -0.395,0.355 0.245,0.362 0.46,0.262")
    light = ramp(part.spot(0, 0.37), 0.2, part.spot(0, 0.25), 1.15)
    block.hatch(plate, parallel(90 + np.degrees(part.tilt), size * 0.0135, 0.6, 60), light)
    block.line(part.to("-0.49,0.252 0.5,0.257"), size * 0.006, CUT)
    for at in (-0.36, -0.21):
        drum = [(at - 0.062, 0.33), (at + 0.062, 0.333)], [(at - 0.062, 0.268), (at + 0.062, 0.271)]
        block.ribbon(part.to(drum[0]), part.to(drum[1]), BLACK, gap=2, cuts=3, lit=-1, reach=0.5)
    block.line(part.to("0.29,0.357 0.49,0.258"), size * 0.009, CUT)


def _turret(block: Block, part: Part, gap: float) -> None:
    size = part.length
    shell = part.to(
        "-0.17,0.372 -0.21,0.41 -0.215,0.455 -0.18,0.515 -0.1,0.553 0.02,0.562 0.11,0.548 "
        "0.18,0.5 0.205,0.44 0.19,0.372"
    )
    block.shape(curve(shell), BLACK, gap=gap * 0.8, rough=0.4)
    inner = shell.mean(axis=0) + (shell - shell.mean(axis=0)) * np.array([0.93, 0.88])
    centre = part.spot(0.16, 0.2)
    light = ramp(part.spot(-0.12, 0.56), -0.1, part.spot(0.05, 0.38), 1.15)
    block.hatch(curve(inner), rings(*centre, size * 0.0125, 0.9), light)
    block.shape(part.to("-0.12,0.548 -0.115,0.594 -0.02,0.6 -0.01,0.558"), BLACK, gap=gap * 0.6)
    block.stroke(part.to("-0.11,0.588 -0.03,0.592"), size * 0.008, CUT, taper=(0.1, 0.3))
    block.line(part.to("0.0,0.46 0.12,0.455"), size * 0.007, BLACK)


def _gun(block: Block, part: Part, rise: float) -> None:
    turn = np.radians(rise)
    start, way = np.array([0.17, 0.455]), np.array([np.cos(turn), np.sin(turn)])
    up = np.array([-way[1], way[0]])

    def along(reach: float, lift: float) -> Points:
        spot: Points = start + way * reach + up * lift
        return spot

    barrel = [along(0, -0.02), along(0, 0.022), along(0.5, 0.014), along(0.5, -0.014)]
    block.shape(part.to(barrel), BLACK, gap=2.2, rough=0.3)
    block.stroke(
        part.to([along(0.09, 0.011), along(0.48, 0.007)]),
        part.length * 0.009,
        CUT,
        taper=(0.1, 0.3),
    )
    mouth = [along(0.47, -0.02), along(0.47, 0.02), along(0.51, 0.02), along(0.51, -0.02)]
    block.shape(part.to(mouth), BLACK, gap=1.2, rough=0.2)
    collar = [along(-0.02, -0.05), along(-0.02, 0.055), along(0.08, 0.036), along(0.08, -0.036)]
    block.shape(part.to(collar), BLACK, gap=1.6, rough=0.3)
    block.stroke(part.to([along(0, 0.035), along(0.07, 0.024)]), part.length * 0.012, CUT)


def tank_front(block: Block, x: float, y: float, width: float) -> Part:
    """A tank coming at us, seen from low down; `muzzle` adds its gun."""
    part = Part(x, y, width)
    for sign in (-1, 1):
        _front_track(block, part, sign)
    _front_hull(block, part)
    _front_turret(block, part)
    return part


def _front_track(block: Block, part: Part, sign: int) -> None:
    def to(path: str) -> Points:
        return part.to(trace(path) * np.array([sign, 1]))

    block.shape(to("0.52,0 0.53,0.34 0.5,0.43 0.34,0.43 0.3,0.36 0.29,0"), BLACK, gap=3.5)
    for k in range(11):
        low, curl = 0.012 + k * 0.037, 0.02 * max(0, k - 7)
        link = box(0.31 + curl, low, 0.5 - curl, low + 0.02) * np.array([sign, 1])
        block.shape(part.to(link), CUT, rough=0.8)
        horn = box(0.38, low - 0.004, 0.435, low + 0.026) * np.array([sign, 1])
        block.shape(part.to(horn), BLACK)
    block.shape(to("0.28,0.44 0.56,0.43 0.57,0.46 0.3,0.48"), BLACK, gap=3)
    block.stroke(to("0.31,0.468 0.55,0.45"), part.length * 0.008, CUT, taper=(0.05, 0.3))


def _front_hull(block: Block, part: Part) -> None:
    size = part.length
    block.shape(part.to("-0.31,0.1 0.31,0.1 0.34,0.22 0.31,0.5 -0.31,0.5 -0.34,0.22"), BLACK, gap=4)
    light = ramp(part.spot(-0.3, 0.5), 0.1, part.spot(0.25, 0.3), 1.1)
    block.hatch(
        part.to("-0.32,0.25 0.32,0.25 0.295,0.485 -0.295,0.485"),
        parallel(84, size * 0.0165, 0.6, 70),
        light,
    )
    lower = ramp(part.spot(-0.3, 0.1), 0.55, part.spot(0.1, 0.2), 1.1)
    block.hatch(
        part.to("-0.28,0.11 0.28,0.11 0.31,0.21 -0.31,0.21"),
        parallel(2, size * 0.016, 0.6, 70),
        lower,
    )
    block.line(part.to("-0.335,0.23 0.335,0.23"), size * 0.009, CUT)
    block.shape(part.to("0.04,0.33 0.2,0.33 0.19,0.45 0.05,0.45"), BLACK, gap=2.5)
    block.stroke(part.to("0.055,0.436 0.18,0.436"), size * 0.008, CUT)
    for at in (-0.2, 0.2):
        block.shape(ellipse(*part.spot(at, 0.17), size * 0.035, size * 0.022, 16), BLACK, gap=2)
    lamp = part.spot(-0.22, 0.4)
    block.shape(ellipse(*lamp, size * 0.045, size * 0.045), BLACK, gap=3)
    block.shape(ellipse(*lamp, size * 0.033, size * 0.033), CUT, rough=0.3)


def _front_turret(block: Block, part: Part) -> None:
    size = part.length
    dome = part.to(
        "-0.23,0.49 -0.29,0.54 -0.3,0.61 -0.24,0.72 -0.12,0.775 0.04,0.785 0.17,0.755 0.26,0.68 "
        "0.295,0.59 0.28,0.53 0.23,0.49"
    )
    block.shape(curve(dome), BLACK, gap=4, rough=0.5)
    inner = dome.mean(axis=0) + (dome - dome.mean(axis=0)) * 0.92
    light = ramp(part.spot(-0.26, 0.74), -0.25, part.spot(0.06, 0.58), 1.1)
    block.hatch(curve(inner), rings(*part.spot(0.2, 0.3), size * 0.0165, 1.0), light)
    block.shape(part.to("-0.19,0.765 -0.185,0.83 -0.06,0.838 -0.04,0.78"), BLACK, gap=2.5)
    block.stroke(part.to("-0.175,0.82 -0.08,0.826"), size * 0.01, CUT)


def muzzle(block: Block, part: Part, spot: Spot, size: float) -> None:
    """The tank's gun pointing just past us: a cone that widens to a black mouth."""
    root, end, r = part.to("-0.07,0.62 0.07,0.62"), np.array(part.spot(*spot)), size * part.length
    way = end - root.mean(axis=0)
    across = np.array([-way[1], way[0]]) / max(float(np.hypot(*way)), 1.0)
    low, high = end + across * r, end - across * r
    block.shape(
        ellipse(root[:, 0].mean(), root[0, 1], part.length * 0.11, part.length * 0.1), BLACK, gap=3
    )
    start = root.mean(axis=0)
    one, two = start + across * r * 0.62, start - across * r * 0.62
    block.shape([one, low, high, two], BLACK, gap=3.5)
    for k in range(6):
        u = 0.1 + 0.085 * k
        path = [two * (1 - u) + one * u, high * (1 - u) + low * u]
        block.stroke(path, r * (0.17 - 0.024 * k), CUT, taper=(0.5, 0.06))
    block.shape(ellipse(end[0], end[1], r * 1.16, r * 1.16, 40), BLACK, gap=3)
    block.shape(ellipse(end[0], end[1], r * 1.04, r * 1.04, 40), CUT, rough=0.3)
    block.shape(ellipse(end[0], end[1], r * 0.8, r * 0.8, 40), BLACK, rough=0.3)
    glint = curve(
        [
            end + r * np.array([-0.62, 0.1]),
            end + r * np.array([-0.5, 0.42]),
            end + r * np.array([-0.1, 0.66]),
        ]
    )
    block.stroke(glint, r * 0.1, CUT)
