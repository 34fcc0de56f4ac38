"""Which files and rows make one photograph, decided before anything is taken.

Pure: names and rows in, tasks out. The invariant: every file is in exactly one task, and every
row in exactly one task or among the rows that are refused with a reason.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from archive.ingest import pairing
from archive.ingest.drafting import file_named, numbers_of
from archive.ingest.mapping import Mapping, file_name
from archive.ingest.receive import Found
from archive.ingest.spreadsheet import Row, Sheet
from archive.ingest.words import Reason, Unreadable, reason


@dataclass(slots=True)
class Part:
    """A file of a photograph, and the side it shows; `reason` replaces the usual one."""

    found: Found
    side: str = "recto"
    row: Row | None = None
    reason: Reason | None = None


@dataclass(slots=True)
class Task:
    """One photograph to be: its files and its row, either of which may be missing.

    `rows` are rows of its sides; `key` is what the row is known by when it comes again; `roll`
    and `frame` say where it is on a film, when that was read from its name and agreed to.
    """

    parts: list[Part] = field(default_factory=list)
    row: Row | None = None
    rows: list[Row] = field(default_factory=list)
    key: str = ""
    refusal: Reason | None = None
    named: str = ""
    roll: str = ""
    frame: str = ""

    @property
    def answers(self) -> int:
        """How many outcomes it will have: its files, or its row, and the rows of its sides."""
        return (len(self.parts) or 1) + len(self.rows)


@dataclass
class _Claims:
    """Which row named which file, and the rows that could not be settled."""

    rows: dict[int, Row] = field(default_factory=dict)
    refused: list[tuple[Row, Reason]] = field(default_factory=list)
    doubtful: dict[int, int] = field(default_factory=dict)


def plan(
    files: Sequence[Found], sheet: Sheet | None, mapping: Mapping, unit: str = ""
) -> list[Task]:
    """The tasks in the order of the files, then the rows without a file.

    Raises Unreadable when there are files and rows, but no row names any file.
    """
    if sheet is None:
        return list(_tasks(files, {}, {}, _Claims()))
    families, orphans = _families(sheet.rows, mapping)
    heads = {row.number: head for head, rows in families for row in rows}
    claims = _claims(files, [row for row in sheet.rows if row.number in heads], mapping)
    if files and not claims.rows and not claims.doubtful:
        raise Unreadable("no_row_names_a_file")
    tasks = list(_tasks(files, claims.rows, heads, claims))
    used = {task.row.number for task in tasks if task.row}
    refused = {row.number: (row, why) for row, why in claims.refused if row.number not in used}
    for head, sides in families:
        if head.number in refused:
            lost = reason("row_orphan", parent=_identity(head, mapping))
            orphans += [(row, lost) for row in sides[1:] if row.number not in refused]
        elif head.number not in used:
            tasks.append(Task(row=head, named=file_named(head.cells, mapping)))
    _give_keys(tasks, mapping, f"{unit}\x1d{sheet.name}")
    _remember_sides(tasks, families, set(refused))
    left = sorted([*refused.values(), *orphans], key=lambda entry: entry[0].number)
    return tasks + [Task(row=row, refusal=why) for row, why in left]


def _families(
    rows: Sequence[Row], mapping: Mapping
) -> tuple[list[tuple[Row, list[Row]]], list[tuple[Row, Reason]]]:
    """Rows with the rows of their sides: (head, [head, side, side …])."""
    parent_of = next(iter(mapping.headings("parent")), "")
    ids = mapping.headings("id")
    families: dict[int, tuple[Row, list[Row]]] = {}
    by_id: dict[str, int] = {}
    for row in rows:
        if not row.cells.get(parent_of):
            families[row.number] = (row, [row])
            for heading in ids:
                by_id.setdefault(row.cells.get(heading, ""), row.number)
    orphans = []
    for row in rows:
        if parent := row.cells.get(parent_of):
            if parent in by_id:
                families[by_id[parent]][1].append(row)
            else:
                orphans.append((row, reason("row_orphan", parent=parent)))
    return list(families.values()), orphans


class _Names:
    """The files of a delivery by every name that a row may use."""

    def __init__(self, files: Sequence[Found]) -> None:
        self.names: dict[str, list[int]] = defaultdict(list)
        self.stems: dict[str, list[int]] = defaultdict(list)
        self.paths = [found.path.replace("\\", "/").casefold() for found in files]
        for index, found in enumerate(files):
            name = found.name.casefold()
            self.names[name].append(index)
            for stem in {_stem(name), name.split(".", 1)[0], pairing.marked(_stem(name)).base}:
                self.stems[stem].append(index)

    def by_name(self, written: str) -> list[int]:
        """By file name; where several folders have it, by as much of the path as is written."""
        name = file_name(written)
        found = self.names.get(name) or self.exact_stem(_stem(name))
        if len(found) > 1:
            tail = "/" + written.replace("\\", "/").strip("/").casefold()
            found = [index for index in found if ("/" + self.paths[index]).endswith(tail)] or found
        return found

    def exact_stem(self, stem: str) -> list[int]:
        return [
            index
            for index in self.stems.get(stem, [])
            if _stem(self.paths[index].rsplit("/", 1)[-1]) == stem
        ]

    def by_number(self, number: str) -> list[int]:
        """By identifier: the stem itself, else a stem that adds a side or a second ending."""
        folded = number.strip().casefold()
        return self.exact_stem(folded) or self.stems.get(folded, [])


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


def _claims(files: Sequence[Found], rows: Sequence[Row], mapping: Mapping) -> _Claims:
    names, claims = _Names(files), _Claims()
    for row in rows:
        wanted, found = _wanted(row, mapping, names)
        sides = {pairing.marked(_stem(files[index].name)).base for index in found}
        if (len(found) > 1 and len(sides) > 1) or len({files[i].folder for i in found}) > 1:
            claims.doubtful.update(dict.fromkeys(found, row.number))
            shown = [files[index].path for index in found[:5]]
            claims.refused.append((row, reason("row_ambiguous", name=wanted, files=shown)))
            continue
        free = [index for index in found if index not in claims.rows]
        if found and not free:
            taken = claims.rows[found[0]].number
            claims.refused.append((row, reason("row_names_taken_file", name=wanted, row=taken)))
        claims.rows.update(dict.fromkeys(free, row))
    return claims


def _wanted(row: Row, mapping: Mapping, names: _Names) -> tuple[str, list[int]]:
    """How a row names its file, and the files that this fits."""
    for heading in mapping.headings("filename"):
        if written := row.cells.get(heading):
            return file_name(written), names.by_name(written)
    for number in numbers_of(row.cells, mapping):
        if found := names.by_number(number):
            return number, found
    return "", []


def _tasks(
    files: Sequence[Found],
    claimed: dict[int, Row],
    heads: dict[int, Row],
    claims: _Claims,
) -> Iterator[Task]:
    """Tasks of all files, in their order."""
    partner = _partners(files, claimed, heads)
    by_head: dict[int, Task] = {}
    for index, found in enumerate(files):
        own = claimed.get(index)
        row = own or claimed.get(partner.get(index, -1))
        head = heads.get(row.number) if row else None
        part = Part(found, row=own, reason=_unusual(index, own, head, claims, bool(heads)))
        task = by_head.get(head.number if head else -1 - min(index, partner.get(index, index)))
        if task is None:
            task = Task(row=head)
            by_head[head.number if head else -1 - min(index, partner.get(index, index))] = task
            yield task
        task.parts.append(part)
    for task in by_head.values():
        _give_sides(task)


def _unusual(
    index: int, own: Row | None, head: Row | None, claims: _Claims, with_rows: bool
) -> Reason | None:
    if index in claims.doubtful and own is None:
        return reason("ambiguous_name", row=claims.doubtful[index])
    return reason("no_row") if with_rows and head is None else None


def _partners(
    files: Sequence[Found], claimed: dict[int, Row], heads: dict[int, Row]
) -> dict[int, int]:
    """The other side of each file; not where two rows describe the two as two photographs."""
    folders: dict[str, list[int]] = defaultdict(list)
    for index, found in enumerate(files):
        if found.problem is None:
            folders[found.folder].append(index)
    partner: dict[int, int] = {}
    for members in folders.values():
        for front, back in pairing.pairs([_stem(files[index].name) for index in members]):
            one, other = members[front], members[back]
            rows = {heads[claimed[i].number].number for i in (one, other) if i in claimed}
            if len(rows) < 2:
                partner[one], partner[other] = other, one
    return partner


def _give_sides(task: Task) -> None:
    """Sides by name, where two are marked; else the first is the front and the second the back."""
    stems = [_stem(part.found.name).casefold() for part in task.parts]
    if len(set(stems)) == 1:  # one file, or the same picture in two formats
        for part in task.parts:
            part.side = pairing.side_of(stems[0])
        return
    marks = [pairing.marked(stem) for stem in stems]
    by_name = len({mark.side for mark in marks}) > 1 and all(mark.side for mark in marks)
    for number, (part, mark) in enumerate(zip(task.parts, marks, strict=True)):
        if by_name:
            part.side = mark.side
        else:
            part.side = "recto" if number == 0 else "verso" if len(marks) == 2 else "detail"
    task.parts.sort(key=lambda part: part.side != "recto")


def _give_keys(tasks: Sequence[Task], mapping: Mapping, scope: str) -> None:
    """A row is known again by its first number or file name, else by all that it says."""
    names = {id(task): _identity(task.row, mapping) for task in tasks if task.row}
    often = Counter(names.values())
    for task in tasks:
        if task.row is None:
            continue
        name = names[id(task)]
        whole = "\x1f".join(f"{head}={cell}" for head, cell in sorted(task.row.cells.items()))
        told = name if name and often[name] == 1 else whole
        task.key = hashlib.sha256(f"{scope}\x1e{told}".encode()).hexdigest()


def _identity(row: Row, mapping: Mapping) -> str:
    numbers = numbers_of(row.cells, mapping)
    return numbers[0] if numbers else file_named(row.cells, mapping)


def _remember_sides(
    tasks: Sequence[Task], families: Sequence[tuple[Row, list[Row]]], refused: set[int]
) -> None:
    """Rows of sides whose file did not come are still answered for."""
    sides = {head.number: rows[1:] for head, rows in families}
    for task in tasks:
        if task.row is not None:
            came = {part.row.number for part in task.parts if part.row} | refused
            task.rows = [row for row in sides[task.row.number] if row.number not in came]
