"""The outlines of the world's countries, made small: from TopoJSON to a file of plain arrays.

The map of the results is drawn from it by the server (`archive.site.outlines`). The shapes are
Natural Earth's (public domain), brought by the npm package `world-atlas`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

UNIT = 10_000  # units in a degree
Ring = np.ndarray


def save(source: Path, target: Path) -> None:
    """Write every ring of every country: its points (longitude, latitude) and where each ends."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    rings = [_joined(ring, arcs) for ring in _rings(topology["objects"]["countries"])]
    points = np.concatenate(rings)
    np.savez_compressed(
        target,
        points=np.round(points * UNIT).astype(np.int32),
        ends=np.cumsum([len(ring) for ring in rings]),
    )


def _arc(arc: list[list[int]], transform: dict[str, Any]) -> Ring:
    """An arc in degrees; TopoJSON keeps steps between whole numbers."""
    return np.cumsum(arc, axis=0) * transform["scale"] + transform["translate"]


def _rings(countries: dict[str, Any]) -> Iterator[list[int]]:
    for country in countries["geometries"]:
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for polygon in polygons:
            yield from polygon


def _joined(numbers: list[int], arcs: list[Ring]) -> Ring:
    """A ring of arcs, each beginning where the last one ended; a negative number is reversed."""
    parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
