"""From decades to years, days and hours: the part of the facets that narrows by time. Pure.

One decade, year, day or hour is chosen at a time; the trail above it leads back. The invariant: a
step deeper never offers a time outside the one that was chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from archive import words
from archive.search.engine import Count, Results
from archive.search.query import TIMES

MOST = 12  # times offered at once
Args = dict[str, list[str]]
Link = Callable[[Args], str]


@dataclass(frozen=True)
class Step:
    """A time to go to; `href` is empty for the one that is chosen."""

    label: str
    href: str
    count: int = 0


@dataclass(frozen=True)
class Drill:
    """The way down to the time that is chosen, and the times within it."""

    trail: list[Step]
    within: list[Step]
    label: Any = ""
    common: str = ""


def build(results: Results, args: Args, link: Link) -> Drill:
    """What the facet of time offers now; several times chosen at once are left to the chips."""
    level, value = _chosen(args)
    trail = _trail(args, link, level, value) if value else []
    finer = TIMES[TIMES.index(level) + 1 :] if value else TIMES
    found = {name: _inside(results, name, level, value) for name in finer}
    name = _worth_choosing(found)
    if not name:
        return Drill(trail, [])
    most = sorted(found[name], key=lambda count: -count.count)[:MOST]
    within = [_step(args, link, name, count) for count in sorted(most, key=_value)]
    return Drill(trail, within, words.FACETS[name], "" if trail else _common(name, most))


def _inside(results: Results, name: str, level: str, value: str) -> list[Count]:
    return [c for c in results.facets.get(name, ()) if _lies_in(c.value, level, value)]


def _worth_choosing(found: dict[str, list[Count]]) -> str:
    """The coarsest time that leaves a choice, else the finest that says anything."""
    several = [name for name, counts in found.items() if len(counts) > 1]
    some = [name for name, counts in found.items() if counts]
    return next(iter(several or some[-1:]), "")


def _common(name: str, counts: list[Count]) -> str:
    """The year of days, the day of hours, when they have it in common."""
    size = {"day": 4, "hour": 10}.get(name, 0)
    shared = {count.value[:size] for count in counts}
    return words.day(shared.pop()) if len(shared) == 1 else ""


def label_of(name: str, value: str) -> str:
    """A decade, year, day or hour as people read it."""
    if name == "decade":
        return _("%(year)ss", year=value)
    if name == "hour":
        return words.moment(value)
    return words.day(value) if name == "day" else value


def _value(count: Count) -> str:
    return count.value


def _chosen(args: Args) -> tuple[str, str]:
    """The finest time that is chosen, when it is one."""
    for name in reversed(TIMES):
        if values := args.get(name):
            return (name, values[0]) if len(values) == 1 else ("", "")
    return "", ""


def _lies_in(value: str, level: str, chosen: str) -> bool:
    if not chosen:
        return True
    return value[:3] == chosen[:3] if level == "decade" else value.startswith(chosen)


def _trail(args: Args, link: Link, level: str, value: str) -> list[Step]:
    """All times, then each coarser time the chosen one lies in, then itself."""
    coarser = {"decade": f"{value[:3]}0", "year": value[:4], "day": value[:10]}
    above = TIMES[: TIMES.index(level)]
    steps = [Step(_("All times"), link(_without(args)))]
    steps += [Step(label_of(n, coarser[n]), link(_at(args, n, coarser[n]))) for n in above]
    return [*steps, Step(label_of(level, value), "")]


def _step(args: Args, link: Link, name: str, count: Count) -> Step:
    short = {"day": words.mark, "hour": words.clock}.get(name)
    label = short(count.value) if short else label_of(name, count.value)
    return Step(label, link(_at(args, name, count.value)), count.count)


def _without(args: Args) -> Args:
    return {name: values for name, values in args.items() if name not in (*TIMES, "when")}


def _at(args: Args, name: str, value: str) -> Args:
    return {**_without(args), name: [value]}
