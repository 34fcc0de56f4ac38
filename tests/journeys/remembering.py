"""What editors were told is saved, kept in dictionaries beside the archive and compared with it.

Nothing of the product is imported: a cell is a thing and a field (`("k7m2…", "notes")`), or
a statement that is made so many times (`("k7m2…", "caption", "words")`). An act is heard in the
order in which it was written. The invariant: an act that goes over what its editor had not seen,
or undoes what somebody has changed since, is not taken in but told (`Lost`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

Cell = tuple[str, ...]
Cells = dict[Cell, Any]
FILLED = ("notes", "credit", "source", "code")  # what the one that stays may take from the other


class Lost(AssertionError):
    """Something that somebody was told is saved has gone, and nobody had seen it go."""


@dataclass(frozen=True)
class Put:
    """A value takes the place of one that was `seen`; None: whatever it was."""

    thing: str
    field: str
    value: str
    seen: str | None = None


@dataclass(frozen=True)
class Say:
    """A statement is made; `once` where it is not made again while it is there."""

    thing: str
    field: str
    value: str
    once: bool = False


@dataclass(frozen=True)
class Unsay:
    """A statement is taken back; `all` of its like. Of those that were left `beside` it one may
    say the same by now, because two became one: then it is said still."""

    thing: str
    field: str
    value: str
    all: bool = False
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Instead:
    """A statement takes the place of one that was seen."""

    thing: str
    field: str
    seen: str
    value: str


@dataclass(frozen=True)
class Join:
    """Two photographs become one."""

    thing: str
    goes: str


@dataclass(frozen=True)
class Unite:
    """Two people, places … become one; `field` is what photographs call them."""

    thing: str
    goes: str
    field: str


@dataclass(frozen=True)
class Undo:
    """What an act did to a thing (or to all) is taken back."""

    thing: str
    act: str


Op = Put | Say | Unsay | Instead | Join | Unite | Undo


@dataclass(frozen=True)
class Done:
    """A cell before and after an act; `joined` if its photograph had gone into another by then.

    `row` if the statement itself came or went, rather than being said of another or hidden.
    """

    cell: Cell
    before: Any
    after: Any
    joined: bool
    row: bool

    @property
    def stays(self) -> bool:
        """Whether it comes back where it was; what is there goes along with its photograph."""
        return self.joined or (self.row and (self.before or 0) > (self.after or 0))


@dataclass
class Remembered:
    """The state, and what each act has done to it."""

    now: Cells
    done: dict[str, list[Done]] = field(default_factory=dict)

    def hear(self, act: str, ops: Sequence[Op]) -> None:
        """Take in what was acknowledged. Raises Lost."""
        for op in ops:
            for cell, value, *as_then in _EFFECTS[type(op)](self, op):
                row = as_then[0] if as_then else _comes_or_goes(op, cell)
                self._set(act, cell, value, row=row)

    def survivor(self, name: str, key: str) -> str:
        """Who somebody is after all that were united."""
        while becomes := self.now.get((key, "united", name)):
            key = becomes
        return key

    def home(self, thing: str) -> str:
        """The photograph that says what this one said, after all that were joined."""
        while becomes := self.now.get((thing, "joined")):
            thing = becomes
        return thing

    def believe(self, act: str, now: Cells) -> None:
        """Take an act from the archive itself, where something else has judged it."""
        for cell in sorted({*self.now, *now}):
            self._set(act, cell, now.get(cell))

    def _set(self, act: str, cell: Cell, value: Any, *, row: bool = False) -> None:
        before = self.now.get(cell)
        if before == value or not (before or value):
            return
        joined = (cell[0], "joined") in self.now
        self.done.setdefault(act, []).append(Done(cell, before, value, joined, row))
        if value:
            self.now[cell] = value
        else:
            self.now.pop(cell, None)

    def _named(self, op: Say | Unsay) -> Cell:
        """The cell of a statement; who was united with another is the other."""
        who, _, role = op.value.partition(":")
        if op.field in ("agent", "place"):
            return (op.thing, op.field, f"{self.survivor(op.field, who)}:{role}")
        return (op.thing, op.field, op.value)


def _comes_or_goes(op: Op, cell: Cell) -> bool:
    """Whether a statement is made or taken out: a caption that is taken back is only hidden."""
    if isinstance(op, Unsay):
        return cell[1] != "caption"
    return isinstance(op, Say) or (isinstance(op, Instead) and cell[-1] == op.value)


def _put(told: Remembered, op: Put) -> Any:
    cell = (op.thing, op.field)
    found = told.now.get(cell, "")
    if op.seen is not None and found not in (op.seen, op.value):
        raise Lost(f"{op} went over {found!r}")
    yield cell, op.value


def _say(told: Remembered, op: Say) -> Any:
    cell = told._named(op)
    number = told.now.get(cell, 0)
    yield cell, max(number, 1) if op.once else number + 1


def _unsay(told: Remembered, op: Unsay) -> Any:
    cell = told._named(op)
    if cell not in {told._named(replace(op, value=value)) for value in op.beside}:
        yield cell, 0 if op.all else max(0, told.now.get(cell, 0) - 1)


def _instead(told: Remembered, op: Instead) -> Any:
    old, new = (op.thing, op.field, op.seen), (op.thing, op.field, op.value)
    if not told.now.get(old):
        raise Lost(f"{op}: what it replaces is no longer said")
    yield old, told.now[old] - 1
    yield new, told.now.get(new, 0) + 1


def _join(told: Remembered, op: Join) -> Any:
    for cell, number in [pair for pair in told.now.items() if pair[0][0] == op.goes]:
        if len(cell) == 3:
            yield (op.thing, *cell[1:]), told.now.get((op.thing, *cell[1:])) or number
            yield cell, 0
    for name in FILLED:
        mine, theirs = (told.now.get((key, name), "") for key in (op.thing, op.goes))
        both = name == "notes" and theirs and theirs not in mine
        yield (op.thing, name), "\n".join(filter(None, (mine, theirs))) if both else mine or theirs
    yield (op.goes, "joined"), op.thing
    yield (op.goes, "state"), "withdrawn"
    yield (op.goes, "code"), ""


def _unite(told: Remembered, op: Unite) -> Any:
    for cell, number in list(told.now.items()):
        who, _, role = cell[-1].partition(":")
        if len(cell) == 3 and cell[1] == op.field and who == op.goes:
            kept = (cell[0], op.field, f"{op.thing}:{role}")
            yield kept, told.now.get(kept) or number
            yield cell, 0
    for cell in [cell for cell, value in told.now.items() if value == op.goes]:
        if cell[1:] == ("united", op.field):
            yield cell, op.thing
    yield (op.goes, "united", op.field), op.thing


def _undo(told: Remembered, op: Undo) -> Any:
    for done in reversed(told.done.get(op.act, [])):
        cell = done.cell
        if op.thing not in ("", cell[0]):
            continue
        if len(cell) == 3 and cell[1] != "united":
            at = cell if done.stays else (told.home(cell[0]), *cell[1:])
            yield at, told.now.get(at, 0) + (done.before or 0) - (done.after or 0), done.row
            continue
        found = told.now.get(cell)
        if (found or "") != (done.after or ""):
            raise Lost(f"{op} went over {found!r} in {cell}")
        yield cell, done.before


_EFFECTS: dict[type[Any], Callable[[Remembered, Any], Any]] = {
    Put: _put, Say: _say, Unsay: _unsay, Instead: _instead, Join: _join, Unite: _unite,
    Undo: _undo,
}  # fmt: skip
