"""The front page: what the collection holds, taken from one search over all of it.

The invariant: every example and every number on it comes from what this reader may see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import or_, select

from archive import db, words
from archive.catalogue.models import Unit
from archive.catalogue.projection import today
from archive.search.engine import Count, Hit, Results
from archive.search.query import TIMES
from archive.site import results as found_results
from archive.site.timeline import Timeline, draw

COUNTED = (*TIMES, "place", "person", "event", "collection")
STRIP = 14
YEARS = 50  # looked through for this day of the year


@dataclass(frozen=True)
class Strip:
    """A row of photographs under a heading; `query` finds them all."""

    title: str
    query: dict[str, Any]
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class HomePage:
    """What the template shows; `plate` is the one large photograph."""

    total: int
    counts: list[tuple[str, int]]
    examples: list[tuple[str, dict[str, str]]]
    plate: Hit | None
    timeline: Timeline | None
    strips: list[Strip]
    collections: list[tuple[str, Count]]


def build(find: Callable[..., Results], lang: str) -> HomePage:
    """The front page for this reader, today."""
    newest = find(sort="newest", limit=str(STRIP), count=COUNTED)
    day = _day_of(newest, today(), find)
    strips = [day] if day else []
    strips.append(Strip(_("Recently added"), {"sort": "newest"}, newest.hits))
    return HomePage(
        total=newest.total,
        counts=_counts(newest),
        examples=_examples(newest, lang),
        plate=_plate((*(day.hits if day else ()), *newest.hits)),
        timeline=draw(newest.facets, _("Photographs over time")),
        strips=[strip for strip in strips if strip.hits],
        collections=_collections(newest, lang),
    )


def _day_of(newest: Results, now: date, find: Callable[..., Results]) -> Strip | None:
    """Photographs taken on this day of the year; else those of the day with the most."""
    years = [count.value for count in newest.facets.get("year", ())][:YEARS]
    asked = [f"{year}{now.isoformat()[4:]}" for year in years]
    found = find(day=asked, limit="1", count=("day",))
    on_this_day = [count.value for count in found.facets.get("day", ()) if count.chosen]
    if years and on_this_day:
        return _strip(_("On this day"), sorted(on_this_day), find)
    days = newest.facets.get("day", ())
    if not days:
        return None
    busiest = max(days, key=lambda count: count.count).value
    return _strip(words.day(busiest), [busiest], find)


def _strip(title: str, days: list[str], find: Callable[..., Results]) -> Strip:
    return Strip(title, {"day": days}, find(day=days, limit=str(STRIP)).hits)


def _counts(newest: Results) -> list[tuple[str, int]]:
    told = ((_("people"), "person"), (_("places"), "place"), (_("events"), "event"))
    counted = [(label, newest.distinct.get(name, 0)) for label, name in told]
    return [(label, number) for label, number in counted if number]


def _examples(newest: Results, lang: str) -> list[tuple[str, dict[str, str]]]:
    """Three searches that find something: the most frequent place, person and event."""
    examples = []
    for name in ("place", "person", "event", "year"):
        counts = newest.facets.get(name, ())
        if counts:
            first = max(counts, key=lambda count: count.count)
            label = found_results.label_of(name, first.value, first.label, lang)
            examples.append((label, {"q": label}))
    return examples[:3]


def _plate(hits: tuple[Hit, ...]) -> Hit | None:
    """The first photograph that is wide, may be shown large, and has a picture."""
    shown = [hit for hit in hits if hit.show["asset"] and hit.show["width"]]
    wide = [hit for hit in shown if hit.show["width"] >= hit.show["height"]]
    return next(iter(wide or shown), None)


def _collections(newest: Results, lang: str) -> list[tuple[str, Count]]:
    """Each fonds and its first parts, as far as something in them is public."""
    fonds = select(Unit.id).where(Unit.parent_id.is_(None))
    upper = or_(Unit.parent_id.is_(None), Unit.parent_id.in_(fonds))
    refs = db.session().scalars(select(Unit.ref_code).where(upper).order_by(Unit.ref_code))
    counts = {count.value: count for count in newest.facets.get("collection", ())}
    found = [counts[ref] for ref in refs if ref in counts]
    return [(words.pick(dict(count.label), lang) or count.value, count) for count in found]
