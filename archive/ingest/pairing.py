"""Front and back of one photograph, known by the names of their files.

Pure. The invariant: two files are paired only when exactly one front and exactly one back fit
each other; a doubtful name pairs with nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

SIGN = r"[ _.\-]+"
BACK = "verso|back|reverse|rev|hátlap|hatlap|hátoldal|hatoldal|hátulja|hatulja"
FRONT = "recto|front|obverse|előlap|elolap|előoldal|eloldal"
WORD = re.compile(rf"(?P<base>.+?){SIGN}(?:(?P<verso>{BACK})|(?P<recto>{FRONT}))$", re.IGNORECASE)
INITIAL = re.compile(rf"(?P<base>.+?)(?P<sign>{SIGN})(?:(?P<verso>v)|(?P<recto>r))$", re.IGNORECASE)
LETTER = re.compile(r"(?P<base>.*\d)(?P<sign>[ _.\-]*)(?P<letter>[a-z])$", re.IGNORECASE)


@dataclass(frozen=True)
class Marked:
    """A stem taken apart: what is common to both sides, the side, and how it was marked.

    `strength` is "word" (verso), "initial" (_v), "letter" (12a) or "" for an unmarked name.
    """

    base: str
    side: str
    strength: str


def marked(stem: str) -> Marked:
    """Which side a file's stem (its name without ending) says it shows."""
    folded = stem.casefold()
    if found := WORD.match(folded):
        return Marked(found["base"], "verso" if found["verso"] else "recto", "word")
    if found := INITIAL.match(folded):
        side = "verso" if found["verso"] else "recto"
        return Marked(found["base"], side, "initial")
    if found := LETTER.match(folded):
        side = {"a": "recto", "b": "verso"}.get(found["letter"], "")
        return Marked(found["base"] + found["sign"], side, "letter")
    return Marked(folded, "recto", "")


def side_of(stem: str) -> str:
    """The side of a file that has no partner: its back only where a word says so."""
    found = marked(stem)
    return found.side if found.strength == "word" else "recto"


def pairs(stems: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The (front, back) positions among the stems of one folder."""
    taken: set[int] = set()
    for strength in ("word", "initial", "letter"):
        for front, back in _pairs_of(stems, strength, taken):
            taken |= {front, back}
            yield front, back


def _pairs_of(
    stems: Sequence[str], strength: str, taken: Iterable[int]
) -> Iterator[tuple[int, int]]:
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    plain: dict[str, list[int]] = defaultdict(list)
    for index, stem in enumerate(stems):
        if index in taken:
            continue
        found = marked(stem)
        if found.strength == strength:
            groups[found.base].append((index, found.side))
        plain[stem.casefold()].append(index)
    for base, members in groups.items():
        fronts = [index for index, side in members if side == "recto"]
        backs = [index for index, side in members if side == "verso"]
        if not fronts and strength != "letter":
            fronts = plain.get(base, [])
        lone = len(members) == len(backs) + sum(side == "recto" for _, side in members)
        unmarked = strength == "letter" and base.rstrip(" _.-") in plain
        if len(fronts) == len(backs) == 1 and lone and not unmarked:
            yield fronts[0], backs[0]
