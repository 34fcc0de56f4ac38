"""The remark in brackets that says which part of a date is in doubt: "(year uncertain)".

Most doubt is said with "about" and "possibly" before the whole date; this is for the rest, where
only the month is uncertain or only the end of an interval approximate. Written and read here.
The one invariant: what `write_remark` writes, `read_remark` reads.
"""

from __future__ import annotations

import re

from archive.dates.lexicon import fold
from archive.dates.model import PLAIN, Mark, Marks, join_marks

Language = str
_COMPONENTS = {
    "hu": ("az év", "a hónap", "a nap"),
    "en": ("year", "month", "day"),
}
_DOUBTS: dict[Language, dict[Mark, str]] = {
    "hu": {
        "?": "bizonytalan",
        "~": "hozzávetőleges",
        "%": "bizonytalan és hozzávetőleges",
    },
    "en": {"?": "uncertain", "~": "approximate", "%": "uncertain and approximate"},
}
_SIDES = {"hu": ("kezdete", "vége"), "en": ("start", "end")}
_AND = {"hu": " és ", "en": " and "}


def write_remark(marks: Marks, language: Language, size: int = 3) -> str:
    """The remark for one point without its brackets: "year and month uncertain".

    When all of the `size` components carry one mark, only the doubt is named: "approximate".
    """
    doubts = _DOUBTS[language]
    if len(set(marks[:size])) == 1:
        return doubts[marks[0]]
    clauses = []
    for mark, doubt in doubts.items():
        names = [name for name, m in zip(_COMPONENTS[language], marks, strict=True) if m == mark]
        if names:
            clauses.append(f"{_AND[language].join(names)} {doubt}")
    return "; ".join(clauses)


def write_sides(start: str, end: str, language: Language) -> str:
    """The remark for an interval whose ends differ in doubt: "start: approximate"."""
    sides = zip(_SIDES[language], (start, end), strict=True)
    return "; ".join(
        "; ".join(f"{side}: {clause}" for clause in remark.split("; "))
        for side, remark in sides
        if remark
    )


_CLAUSE = re.compile(
    r"(?:(start|kezdete|end|vege): )?((?:(?:az? )?(?:year|month|day|ev|honap|nap) (?:and |es )?)*)"
    r"((?:uncertain|approximate|bizonytalan|hozzavetoleges)(?: (?:and|es) [a-z]+)?)"
)
_DOUBT_MARKS = {fold(word): mark for words in _DOUBTS.values() for mark, word in words.items()}
_POSITION = {"year": 0, "ev": 0, "month": 1, "honap": 1, "day": 2, "nap": 2}


def read_remark(folded: str) -> tuple[Marks, Marks] | None:
    """The marks for the start and the end, or None when it is no such remark."""
    sides = {"start": PLAIN, "end": PLAIN}
    for clause in folded.split("; "):
        match = _CLAUSE.fullmatch(clause)
        mark = _DOUBT_MARKS.get(match[3]) if match else None
        if not match or not mark:
            return None
        named = {_POSITION[word] for word in match[2].split() if word in _POSITION} or {0, 1, 2}
        for side in _sides(match[1]):
            sides[side] = _added(sides[side], named, mark)
    return sides["start"], sides["end"]


def _sides(word: str | None) -> tuple[str, ...]:
    if not word:
        return "start", "end"
    return ("start",) if word in ("start", "kezdete") else ("end",)


def _added(marks: Marks, named: set[int], mark: Mark) -> Marks:
    year, month, day = (join_marks(old, mark) if n in named else old for n, old in enumerate(marks))
    return year, month, day
