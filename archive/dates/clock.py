"""Times of day as people write them, Hungarian and English, into HH:MM.

The one invariant: a time is only seen where a word or a colon says that it is one; "10.23" is not.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_HOUR = r"(?P<hour>[01]?[0-9]|2[0-3])"
_MINUTE = r"(?P<minute>[0-5][0-9])"
_COLONS = re.compile(
    rf"{_HOUR}:{_MINUTE}(?P<seconds>:[0-5][0-9](?:\.[0-9]+)?)?"
    r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?|\s*(?:orakor|oraig|ora|hours|hrs|h)\b|-?kor\b)?(?![0-9:])"
)
_HUNGARIAN = re.compile(
    rf"{_HOUR}(?:\.{_MINUTE})?(?:\s*(?:orakor|ora)\b(?:\s*(?P<perc>[0-5]?[0-9])\s*perc(?:kor)?\b)?"
    r"|-?kor\b)"
)
_ENGLISH = re.compile(
    rf"(?P<hour>1[0-2]|0?[1-9])(?:\.{_MINUTE})?\s*(?:(?P<half>[ap])\.?\s?m\b\.?|o'clock\b)"
)


class Clock(NamedTuple):
    """A time found in a text: `HH:MM`, where it ends, and whether it was written to the second."""

    time: str
    end: int
    to_the_second: bool


def clock_at(folded: str, at: int) -> Clock | None:
    """The time of day that begins at this place of a folded text, or None."""
    for pattern in (_COLONS, _HUNGARIAN, _ENGLISH):
        match = pattern.match(folded, at)
        if match:
            found = match.groupdict()
            minute = found.get("minute") or found.get("perc") or "0"
            hour = _hour(int(found["hour"]), found.get("half"))
            if hour < 24:
                time = f"{hour:02}:{int(minute):02}"
                return Clock(time, match.end(), bool(found.get("seconds")))
    return None


def _hour(hour: int, half: str | None) -> int:
    """The hour of 24, from one with a.m. or p.m.; 13 p.m. is no hour at all."""
    if half is None:
        return hour
    return 24 if hour > 12 or not hour else hour % 12 + (12 if half == "p" else 0)


def afternoon(time: str) -> str:
    """The same time after noon: "03:00" said of the afternoon is 15:00."""
    hour, minute = time.split(":")
    return f"{int(hour) + 12}:{minute}" if int(hour) < 12 else time
