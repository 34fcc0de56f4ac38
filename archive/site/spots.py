"""Where the places of the results are: the counts of the index joined with known positions.

The invariant: only places that were counted for this reader are looked up, so that what is private
in the counts stays private on the map.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from archive import db, words
from archive.catalogue.models import Place
from archive.search.engine import Count
from archive.site.mapping import ROUGH_M, Spot

MOST = 2_000  # places of one map
CHUNK = 500


def of_counts(counts: Sequence[Count], lang: str) -> tuple[list[Spot], int]:
    """The places with a position, and how many have none."""
    counted = {count.value: count for count in counts}
    spots = [
        Spot(
            public_id, words.pick(dict(counted[public_id].label), lang), lat, lon,
            counted[public_id].count, counted[public_id].chosen, (rough or 0) >= ROUGH_M,
        )
        for public_id, lat, lon, rough in _positions(counted)
    ]  # fmt: skip
    return spots, len(counted) - len(spots)


def _positions(ids: Iterable[str]) -> Iterable[tuple[str, float, float, int | None]]:
    listed = list(ids)
    for start in range(0, len(listed), CHUNK):
        chunk = listed[start : start + CHUNK]
        chosen = select(Place.public_id, Place.lat, Place.lon, Place.uncertainty_m).where(
            Place.public_id.in_(chunk), Place.lat.is_not(None), Place.lon.is_not(None)
        )
        for public_id, lat, lon, rough in db.session().execute(chosen):
            assert lat is not None
            assert lon is not None
            yield public_id, lat, lon, rough
