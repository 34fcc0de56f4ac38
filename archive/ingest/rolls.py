"""Rolls of film and their frames, read from the names of files and folders.

Pure: names in, a box out; an archivist agrees first, then `on_rolls` puts tasks where they
belong. Ordinary names of cameras and scanners (IMG_1234), dates and page numbers are no rolls.
The invariant: every photograph is on exactly one roll or loose.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from archive.catalogue.frames import missing, order
from archive.ingest import pairing
from archive.ingest.plan import Task
from archive.ingest.receive import Found

SIGN = r"[ _.,\-]"
WORDS = "filmtekercs|tekercs|roll|film"
FRAMES = "frame|fr|kocka|kép|kep|neg|f|k"
NUMBER = r"\d{1,3}[a-z]?"
STARTS = rf"(?P<prefix>(?:.*{SIGN})?)"
# Roll 17, R17; "r" alone has a sign before it and few digits after it.
NAMED = rf"(?:(?:{WORDS}){SIGN}*|r)(?P<roll>{NUMBER})"
ORDINAL = rf"(?P<roll>{NUMBER}){SIGN}*(?:{WORDS})"
FRAME = rf"(?:(?:{FRAMES}){SIGN}*)?(?P<frame>{NUMBER})(?:{SIGN}*(?:{FRAMES}))?{SIGN}*"
IN_NAME = [
    re.compile(STARTS + roll + joint + FRAME)
    for roll in (NAMED, ORDINAL)
    for joint in (rf"{SIGN}+", rf"(?={FRAMES})")
]
OF_FOLDER = [re.compile(STARTS + roll + rf"{SIGN}*") for roll in (NAMED, ORDINAL)]
ALONE = re.compile(FRAME)
BARE_FOLDER, BARE_FRAME = re.compile(r"\d{1,3}"), re.compile(r"\d{1,2}[a-z]?")
YEAR = re.compile(r".*(1[89]|20)\d\d")
FEWEST, LONGEST = 3, 72  # frames that make a roll of a folder with nothing but a number
Photograph = Sequence[tuple[str, str]]  # the paths of its files, each with the side it shows


_Key = tuple[str, str, str]  # folder, prefix and number of a roll


@dataclass(frozen=True)
class Frame:
    """A frame and the photograph (its place among those given) that is on it."""

    number: str
    photograph: int


@dataclass(frozen=True)
class Roll:
    """A roll with its frames in order; `name` is its number, with what sets it apart if need be."""

    name: str
    frames: tuple[Frame, ...]

    @property
    def missing(self) -> list[tuple[int, int]]:
        """The gaps in its numbering, as (first, last) of what is not there."""
        return missing(frame.number for frame in self.frames)


@dataclass(frozen=True)
class Box:
    """What was handed over, as rolls; `loose` photographs are on none."""

    rolls: tuple[Roll, ...]
    loose: tuple[int, ...]
    versos: int

    @property
    def frames(self) -> int:
        return sum(len(roll.frames) for roll in self.rolls)


@dataclass(frozen=True)
class _Spot:
    """Where a name says that its photograph is."""

    folder: str
    prefix: str
    roll: str
    frame: str


def read(photographs: Sequence[Photograph]) -> Box:
    """The rolls that the names of these photographs speak of."""
    spots = [_spot(PurePosixPath(files[0][0])) if files else None for files in photographs]
    for place, bare in _bare(photographs).items():
        spots[place] = spots[place] or bare
    rolls: dict[_Key, list[Frame]] = defaultdict(list)
    for place, spot in enumerate(spots):
        if spot is not None:
            rolls[spot.folder, spot.prefix, spot.roll].append(Frame(spot.frame, place))
    named = _names(list(rolls))
    on_rolls = [files for files, spot in zip(photographs, spots, strict=True) if spot]
    return Box(
        tuple(
            Roll(named[key], tuple(sorted(frames, key=lambda frame: order(frame.number))))
            for key, frames in sorted(rolls.items(), key=lambda item: order(named[item[0]]))
        ),
        tuple(place for place, spot in enumerate(spots) if spot is None),
        sum(side == "verso" for files in on_rolls for _path, side in files),
    )


def box_of(tasks: Sequence[Task]) -> Box:
    """The rolls that the files of a delivery speak of."""
    return read([[(_path(part.found), part.side) for part in task.parts] for task in tasks])


def on_rolls(tasks: Sequence[Task]) -> list[Task]:
    """The same tasks, roll by roll in the order of their frames, then those on none."""
    box = box_of(tasks)
    for roll in box.rolls:
        for frame in roll.frames:
            tasks[frame.photograph].roll = roll.name
            tasks[frame.photograph].frame = frame.number
    places = [frame.photograph for roll in box.rolls for frame in roll.frames]
    return [tasks[place] for place in (*places, *box.loose)]


def _path(found: Found) -> str:
    return f"{found.folder}/{found.name}"


def _spot(path: PurePosixPath) -> _Spot | None:
    """What one name, or the folder it is in, says by itself."""
    stem = _stem(path)
    for pattern in IN_NAME:
        if found := pattern.fullmatch(stem):
            return _Spot(str(path.parent), _tidy(found["prefix"]), *_numbers(found))
    alone = ALONE.fullmatch(stem)
    for pattern in OF_FOLDER:
        found = pattern.fullmatch(path.parent.name.casefold())
        if alone and found:
            return _Spot(str(path.parent), "", _number(found["roll"]), _number(alone["frame"]))
    return None


def _bare(photographs: Sequence[Photograph]) -> dict[int, _Spot]:
    """17/12: folders that are numbers, with nothing in them but numbers of frames."""
    folders: dict[PurePosixPath, list[int]] = defaultdict(list)
    for place, files in enumerate(photographs):
        if files:
            folders[PurePosixPath(files[0][0]).parent].append(place)
    found: dict[int, _Spot] = {}
    for folder, places in folders.items():
        stems = [_stem(PurePosixPath(photographs[place][0][0])) for place in places]
        if _is_roll(folder, stems):
            for place, stem in zip(places, stems, strict=True):
                found[place] = _Spot(str(folder), "", _number(folder.name), _number(stem))
    return found


def _is_roll(folder: PurePosixPath, stems: Sequence[str]) -> bool:
    """Months below a year are numbers as well, and so are the days in them."""
    return bool(
        BARE_FOLDER.fullmatch(folder.name)
        and not YEAR.fullmatch(folder.parent.name)
        and all(BARE_FRAME.fullmatch(stem) for stem in stems)
        and FEWEST <= len({_number(stem) for stem in stems}) == len(stems)
        and max(int(re.sub(r"\D", "", stem)) for stem in stems) <= LONGEST
    )


def _stem(path: PurePosixPath) -> str:
    """The name without its ending and without the mark of a side."""
    stem = path.stem.casefold()
    mark = pairing.marked(stem)
    return mark.base if mark.strength in ("word", "initial") else stem


def _numbers(found: re.Match[str]) -> tuple[str, str]:
    return _number(found["roll"]), _number(found["frame"])


def _number(written: str) -> str:
    """Without leading zeros; of a frame 00 they are its name."""
    plain = written.lstrip("0") or written[-1:]
    return (written if set(written) == {"0"} else plain).upper()


def _tidy(prefix: str) -> str:
    return prefix.strip(" _.,-")


def _names(keys: Sequence[_Key]) -> dict[_Key, str]:
    """The number of each roll; rolls of one number are told apart by prefix or by folder."""
    by_number: dict[str, list[_Key]] = defaultdict(list)
    for key in keys:
        by_number[key[2]].append(key)
    named = {}
    for number, same in by_number.items():
        apart = _apart(same) if len(same) > 1 else [""]
        for key, words in zip(same, apart, strict=True):
            named[key] = " ".join(f"{words} {number}".split())
    return named


def _apart(same: Sequence[_Key]) -> list[str]:
    """The shortest words that are others for each of them."""
    folders = [PurePosixPath(folder) for folder, _prefix, _number in same]
    ways = (
        [prefix for _folder, prefix, _number in same],
        [folder.name for folder in folders],
        [folder.parent.name for folder in folders],
        [f"{folder} {prefix}" for folder, prefix, _number in same],
    )
    return next((way for way in ways if len(set(way)) == len(way)), ways[-1])
