"""Authorities that may be one: proposals for a person to judge, and what was judged already.

`propose` is pure. Its answers are kept in `LikelyPair` by a daily job and can be made anew; that
two are *not* the same is kept in `DistinctPair`, which is a decision and has a history. The
invariant: two of whom dates or a decision say that they differ are never proposed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sqlalchemy import String, UniqueConstraint, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from archive import dates, db, history
from archive.catalogue.authorities.kinds import KINDS
from archive.catalogue.authorities.names import Row, agent_key, all_names, fold
from archive.catalogue.models import Agent, Concept
from archive.db import Base, Identified
from archive.history import Actor, Recorded

REASONS = ("same_number", "same_name", "other_name", "initials", "spelling")
MOST = 2_000  # pairs kept of each kind
MOST_OF_INITIALS = 3  # whom initials may mean before they say nothing
MOST_ALIKE = 30  # of one name that are compared with each other
LONG = 8  # letters from which one letter's difference is a likely slip
VERY_LONG = 9  # letters of one word from which two are
BATCH = 2_000
_FIGURES = re.compile(r"\d|^[ivxlc]+$")


class LikelyPair(Base):
    """Two that may be one, and why; follows from the authorities (`one_id` < `other_id`)."""

    __tablename__ = "likely_pair"
    __table_args__ = ({"info": {"derived": True}},)

    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    one_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    other_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(String(20))


class DistinctPair(Identified, Recorded, Base):
    """Two that somebody has looked at and told apart (`one_id` < `other_id`)."""

    __tablename__ = "distinct_pair"
    __subject__ = ("distinct_pair", "id")
    __table_args__ = (UniqueConstraint("kind", "one_id", "other_id"),)

    kind: Mapped[str] = mapped_column(String(10))
    one_id: Mapped[int]
    other_id: Mapped[int]


@dataclass(frozen=True)
class Entry:
    """What is compared of one authority; `group` holds those that can be one (a scheme)."""

    id: int
    key: str
    names: frozenset[str]
    numbers: frozenset[tuple[str, str]]
    years: tuple[int | None, int | None]
    group: str = ""


Pair = tuple[int, int]


def entry(row: Row) -> Entry:
    """An authority as it is compared."""
    folded = agent_key if isinstance(row, Agent) else fold
    return Entry(
        row.id,
        row.key,
        frozenset(folded(name) for name in all_names(row)),
        frozenset(row.identifiers.items()),
        _years(row),
        row.scheme if isinstance(row, Concept) else "",
    )


def propose(entries: Iterable[Entry], *, initials: bool = False) -> dict[Pair, str]:
    """Pairs that may be one, each with its strongest reason; `initials` is for people."""
    every = {one.id: one for one in entries}
    found: dict[Pair, str] = {}
    rules = [("same_number", _same_number), ("same_name", _same_name), ("other_name", _other_name)]
    rules += [("initials", _initials)] if initials else []
    for reason, rule in [*rules, ("spelling", _spelling)]:
        for one, other in rule(list(every.values())):
            pair = (min(one, other), max(one, other))
            if one != other and pair not in found and _may_be_one(every[one], every[other], reason):
                found[pair] = reason
    return found


def find(kind: str) -> int:
    """Propose anew among all of a kind, and keep the proposals; gives their number.

    The comparing is done before anything is written, for it may take seconds.
    """
    session = db.session()
    found = propose(_entries(session, kind), initials=kind == "agent")
    kept = sorted(found.items(), key=lambda item: (REASONS.index(item[1]), item[0]))
    rows = [
        {"kind": kind, "one_id": one, "other_id": other, "reason": reason}
        for (one, other), reason in kept[:MOST]
    ]
    with db.transaction() as session:
        session.execute(delete(LikelyPair).where(LikelyPair.kind == kind))
        if rows:
            session.execute(insert(LikelyPair), rows)
    return len(rows)


def tell_apart(actor: Actor, kind: str, one_id: int, other_id: int) -> None:
    """Remember that two are not the same; they are proposed no more."""
    first, second = min(one_id, other_id), max(one_id, other_id)
    with history.change(actor, "tell_apart"):
        session = db.session()
        known = select(DistinctPair.id).where(
            DistinctPair.kind == kind,
            DistinctPair.one_id == first,
            DistinctPair.other_id == second,
        )
        if session.scalar(known) is None:
            session.add(DistinctPair(kind=kind, one_id=first, other_id=second))
            session.flush()


def waiting(kind: str) -> Any:
    """The proposals of a kind that still stand, as a query of (one, other, reason)."""
    model = KINDS[kind].model
    holds = select(model.id).where(model.merged_into_id.is_(None))
    told_apart = select(DistinctPair.id).where(
        DistinctPair.kind == kind,
        DistinctPair.one_id == LikelyPair.one_id,
        DistinctPair.other_id == LikelyPair.other_id,
    )
    return select(LikelyPair.one_id, LikelyPair.other_id, LikelyPair.reason).where(
        LikelyPair.kind == kind,
        LikelyPair.one_id.in_(holds),
        LikelyPair.other_id.in_(holds),
        ~told_apart.exists(),
    )


def _entries(session: Session, kind: str) -> list[Entry]:
    model = KINDS[kind].model
    query = select(model).where(model.merged_into_id.is_(None)).execution_options(yield_per=BATCH)
    if model is Concept:
        query = query.where(Concept.state != "deprecated")
    with closing(session.scalars(query)) as rows:
        return [entry(row) for row in rows]


def _may_be_one(one: Entry, other: Entry, reason: str) -> bool:
    """Not where births or deaths are known and differ, unless a number says they are one."""
    if one.group != other.group:
        return False
    known = [(a, b) for a, b in zip(one.years, other.years, strict=True) if a and b]
    return reason == "same_number" or all(abs(a - b) <= 1 for a, b in known)


def _same_number(entries: list[Entry]) -> Iterator[Pair]:
    return _pairs((number, one.id) for one in entries for number in one.numbers)


def _same_name(entries: list[Entry]) -> Iterator[Pair]:
    return _pairs(((one.group, one.key), one.id) for one in entries)


def _other_name(entries: list[Entry]) -> Iterator[Pair]:
    """The preferred name of one is another name of the other."""
    preferred: dict[str, list[int]] = defaultdict(list)
    for one in entries:
        preferred[one.key].append(one.id)
    for one in entries:
        for name in one.names - {one.key}:
            yield from ((one.id, other) for other in preferred.get(name, ()))


def _initials(entries: list[Entry]) -> Iterator[Pair]:
    """ "Nagy I." and "Nagy Imre": the same words, but that some stand as their first letter."""
    by_word: dict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        for word in one.key.split():
            by_word[word].append(one)
    for short in entries:
        words = short.key.split()
        whole = [word for word in words if len(word) > 1]
        letters = [word for word in words if len(word) == 1]
        if not whole or not letters:
            continue
        meant = [other for other in by_word[whole[0]] if _fits(whole, letters, other.key.split())]
        if len(meant) <= MOST_OF_INITIALS:
            yield from ((short.id, other.id) for other in meant)


def _fits(whole: list[str], letters: list[str], words: list[str]) -> bool:
    rest = list(words)
    for word in whole:
        if word not in rest:
            return False
        rest.remove(word)
    return (
        len(rest) == len(letters)
        and any(len(word) > 1 for word in rest)
        and sorted(word[0] for word in rest) == sorted(letters)
    )


def _spelling(entries: list[Entry]) -> Iterator[Pair]:
    """Long names that differ by a letter in one word, or by two in a very long word.

    Words that can be made alike by leaving letters out meet in the same block.
    """
    blocks: dict[int, list[tuple[Entry, str]]] = defaultdict(list)
    for one in entries:
        words = one.key.split()
        if len(one.key.replace(" ", "")) < LONG:
            continue
        for at, word in enumerate(words):
            if len(word) < 4 or _FIGURES.search(word):
                continue
            rest = (one.group, *sorted(words[:at] + words[at + 1 :]))
            for shorter in _shortened(word):
                blocks[hash((rest, shorter))].append((one, word))
    for block in blocks.values():
        for (one, first), (other, second) in combinations(block[:MOST_ALIKE], 2):
            if first != second and _is_slip(first, second):
                yield one.id, other.id


def _shortened(word: str) -> set[str]:
    once = {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
    if len(word) < VERY_LONG:
        return once
    return once | {part[:at] + part[at + 1 :] for part in once for at in range(len(part))}


def _is_slip(one: str, other: str) -> bool:
    most = 2 if min(len(one), len(other)) >= VERY_LONG else 1
    return abs(len(one) - len(other)) <= most and _distance(one, other) <= most


def _distance(one: str, other: str) -> int:
    """Letters changed, left out, put in or swapped (optimal string alignment)."""
    before, line = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, line = before, line, [i]
        for j, against in enumerate(other, start=1):
            cost = min(line[-1] + 1, before[j] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, earlier[j - 2] + 1)
            line.append(cost)
    return line[-1]


def _pairs(keyed: Iterable[tuple[Any, int]]) -> Iterator[Pair]:
    groups: dict[Any, list[int]] = defaultdict(list)
    for key, number in keyed:
        groups[key].append(number)
    for group in groups.values():
        yield from combinations(group[:MOST_ALIKE], 2)


def _years(row: Row) -> tuple[int | None, int | None]:
    """Year of birth and of death, where the life dates tell them."""
    if not isinstance(row, Agent) or "/" not in row.dates:
        return None, None
    born, died = row.dates.split("/", 1)
    return _year(born), _year(died)


def _year(edtf: str) -> int | None:
    read = dates.read_edtf(edtf)
    return read.earliest.year if read.ok and read.earliest else None
