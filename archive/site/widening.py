"""Ways on when nothing was found: the same search with less in it, and how many it finds.

The invariant: a way that finds nothing either is not offered, and each is counted by the search
itself, for this reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from flask_babel import gettext as _

from archive import words
from archive.search.documents import FIRST_HOUR, LAST_HOUR, span_of
from archive.search.language import read_date
from archive.search.query import TIMES

MOST = 4
Args = dict[str, list[str]]
Way = tuple[str, str, int]


def ways_on(
    args: Args, link: Callable[[Args], str], count: Callable[[Args], int], lang: str
) -> list[Way]:
    """Wider searches that find something: (label, address, photographs)."""
    found: list[Way] = []
    for label, wider in _wider(args, lang):
        told = {number for _label, _href, number in found}
        number = count(wider) if wider != args and len(found) < MOST else 0
        if number and number not in told:
            found.append((label, link(wider), number))
    return found


def _wider(args: Args, lang: str) -> Iterator[tuple[str, Args]]:
    timeless = {k: v for k, v in args.items() if k not in ("date", *TIMES, "when")}
    for label, text in _wider_times(args, lang):
        yield label, {**timeless, "date": [text]}
    if timeless != args:
        yield _("At any time"), timeless
    if set(args) - {"q", "sort"}:
        yield _("The same words without filters"), {"q": args.get("q", [])}
    yield _("All photographs"), {}


def _wider_times(args: Args, lang: str) -> list[tuple[str, str]]:
    """The month, the year and the decade around the time that was asked for."""
    span = _asked(args)
    if span is None or span[0] == FIRST_HOUR or span[1] == LAST_HOUR:
        return []
    first, last = (date.fromordinal(max(1, hour // 24)) for hour in span)
    decade = f"{first.year // 10 * 10:04}"
    around = (f"{first:%Y-%m}", f"{first:%Y}", f"{decade}..{int(decade) + 9:04}")
    within = (first.replace(day=1) == last.replace(day=1), first.year == last.year, True)
    labels = (words.edtf_in_words(around[0], lang), around[1],
              _("%(year)ss", year=decade))  # fmt: skip
    return [
        (label, text) for label, text, whole in zip(labels, around, within, strict=True) if whole
    ]


def _asked(args: Args) -> tuple[int, int] | None:
    for text in args.get("date", []):
        if (overlap := read_date(text)) is not None:
            return overlap.first, overlap.last
    for name in reversed(TIMES):
        for value in args.get(name, []):
            return span_of(name, value)
    return None
