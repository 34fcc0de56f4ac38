"""How dates are said in English: 23–30 October 1956, before 1945, about 1956.

Only words; what is said when is decided in `display`. The one invariant: `reader` understands
all of it as the value that it was said of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.dates.model import Mark, Point

UNDATED = "undated"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_SEASONS = ("spring", "summer", "autumn", "winter")
_QUARTERS = ("first", "second", "third", "fourth")
_THIRDS = ("early ", "mid-", "late ")
_HALVES = ("first half of", "second half of")
_HEMISPHERES = ("", " (northern hemisphere)", " (southern hemisphere)")
_UNKNOWN = {"m": "month unknown", "d": "day unknown", "md": "month and day unknown"}
_DOUBTS: dict[Mark, str] = {"": "", "?": "possibly ", "~": "about ", "%": "possibly about "}


def year(point: Point) -> str:
    """1956, the 1950s, the 20th century."""
    text = point.year
    if text.isdigit():
        return text
    if text.endswith("XX"):
        return f"{_ordinal(int(text[:2]) + 1)} century"
    return f"{text[:3]}0s" + (" (decade)" if text[2] == "0" else "")


def _ordinal(number: int) -> str:
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else ('th', 'st', 'nd', 'rd', *['th'] * 6)[number % 10]}"


def month(point: Point) -> str:
    """October 1956."""
    return f"{_month(point)} {point.year}"


def _month(point: Point) -> str:
    return _MONTHS[int(point.month) - 1]


def day(point: Point) -> str:
    """23 October 1956."""
    return f"{int(point.day)} {month(point)}"


def month_alone(point: Point) -> str:
    """October."""
    return _month(point)


def day_alone(point: Point) -> str:
    """23 October."""
    return f"{int(point.day)} {_month(point)}"


def time(point: Point) -> str:
    """11:00."""
    return point.clock


def season(point: Point, index: int, hemisphere: int, following: str) -> str:
    """Autumn 1956; winter 1956/57, where `following` is the second year's ending."""
    pair = f"{point.year}/{following}" if following else point.year
    return f"{_SEASONS[index]} {pair}{_HEMISPHERES[hemisphere]}"


def quarter(point: Point, index: int) -> str:
    """First quarter of 1956."""
    return f"{_QUARTERS[index]} quarter of {point.year}"


def third(period: str, index: int) -> str:
    """Early 1956, mid-October 1956."""
    return f"{_THIRDS[index]}{period}"


def half(point: Point, index: int) -> str:
    """First half of 1956."""
    return f"{_HALVES[index]} {point.year}"


def unknown(period: str, components: str) -> str:
    """1956, month unknown."""
    return f"{period}, {_UNKNOWN[components]}"


def year_unknown(period: str) -> str:
    """23 October, year unknown."""
    return f"{period}, year unknown"


def doubted(text: str, mark: Mark) -> str:
    """About 1956, possibly 1956."""
    return f"{_DOUBTS[mark]}{_with_article(text)}" if mark else text


def doubted_inside(text: str, mark: Mark) -> str:
    """The same where other words stand around it: (before) the 1950s."""
    return f"{_DOUBTS[mark]}{_with_article(text)}"


def _with_article(text: str) -> str:
    """The 1950s, the 20th century; a year has no article."""
    return f"the {text}" if re.match(r"[0-9]+(?:s|st|nd|rd|th)\b", text) else text


def days(points: Sequence[Point]) -> list[str]:
    """Days of one month: 23, 30 October 1956."""
    return [*(str(int(point.day)) for point in points[:-1]), day(points[-1])]


def days_of_year(points: Sequence[Point]) -> list[str]:
    """Days of one year: 23 October, 4 November 1956."""
    return [*(day_alone(point) for point in points[:-1]), day(points[-1])]


def months(points: Sequence[Point]) -> list[str]:
    """Months of one year: October, November 1956."""
    return [*(month_alone(point) for point in points[:-1]), month(points[-1])]


def between(start: str, end: str) -> str:
    """Between 1945 and 1948."""
    return f"between {start} and {end}"


def before(text: str) -> str:
    """Before 1945."""
    return f"before {text}"


def after(text: str) -> str:
    """After 1945."""
    return f"after {text}"


def or_earlier(text: str) -> str:
    """1945 or earlier."""
    return f"{text} or earlier"


def or_later(text: str) -> str:
    """1945 or later."""
    return f"{text} or later"


def since(text: str, point: Point) -> str:  # noqa: ARG001 (Hungarian needs the point)
    """From 1945."""
    return f"from {text}"


def until(text: str, point: Point) -> str:  # noqa: ARG001 (Hungarian needs the point)
    """Until 1945."""
    return f"until {text}"


def every(text: str) -> str:
    """All of 1960–1962."""
    return f"all of {text}"


def joined(texts: Sequence[str], *, alternative: bool) -> str:
    """1928 or 1931; 1928, 1929 and 1931."""
    return f"{', '.join(texts[:-1])} {'or' if alternative else 'and'} {texts[-1]}"
