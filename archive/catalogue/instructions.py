"""What somebody asks to be done to many photographs: JSON that a plan keeps, made into operations.

`check` refuses what makes no sense before anything is counted; `resolve` finds the people, places
and units that are meant, and makes those that nobody has yet only when told to. The invariant: an
instruction names things by public identifiers or by words, never by keys of the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive import rights
from archive.catalogue import arrangement, authorities, operations
from archive.catalogue.drafts import DateDraft, LinkDraft
from archive.catalogue.models import AGENT_ROLES, BASES, CAPTION_TYPES, CERTAINTIES, Image
from archive.catalogue.operations import ACTS, BY_LANGUAGE, LINKS, MARKS, TEXTS, Operation
from archive.catalogue.refusals import Refused
from archive.catalogue.service import WITHDRAWAL_REASONS
from archive.catalogue.statements import date_values

Instruction = dict[str, Any]
ROLES = {"agent": AGENT_ROLES, "place": ("shown", "camera")}
ALONE = ("enter", "delete", "move")
LONGEST = 20_000
_NOBODY_YET = -1_000_000_000  # keys of those who are still to be made
_MAKE: dict[str, Callable[[Session, LinkDraft], Any]] = {
    "agent": authorities.agent,
    "place": authorities.place,
    "event": authorities.event,
    "concept": authorities.concept,
}


@dataclass
class Resolved:
    """Operations ready to be done; `new` are the names nobody has yet, by their stand-in keys."""

    operations: list[Operation] = field(default_factory=list)
    new: dict[int, tuple[str, str]] = field(default_factory=dict)


def check(instructions: Sequence[Instruction]) -> None:
    """Raises Refused for what cannot be meant."""
    if not instructions:
        raise Refused("nothing_to_do")
    if len(instructions) > 1 and any(one["do"] in ALONE for one in instructions):
        raise Refused("one_at_a_time")
    for one in instructions:
        if one.get("do") not in _CHECKS:
            raise Refused("unknown_instruction", do=one.get("do"))
        _CHECKS[one["do"]](one)


def action_of(instructions: Sequence[Instruction]) -> str:
    """What the change set is called in the history."""
    first = instructions[0]
    if first["do"] == "enter":
        return str(first["act"])
    return str(first["do"]) if first["do"] in ALONE else "bulk"


def resolve(
    session: Session, instructions: Sequence[Instruction], *, make: bool = False
) -> Resolved:
    """The operations that are meant; with `make` in an open change set. Raises Refused."""
    found = Resolved()
    for one in instructions:
        found.operations.append(_RESOLVE[one["do"]](session, one, found, make))
    return found


# --- checks ---


def _one_of(one: Instruction, name: str, allowed: Iterable[str]) -> None:
    if one.get(name, "") not in allowed:
        raise Refused("unknown_value", field=name, value=one.get(name, ""))


def _named(one: Instruction, name: str = "name", target: str = "target") -> None:
    if not (one.get(name, "").strip() or one.get(target)):
        raise Refused("name_missing", kind=one["kind"])


def _check_link(one: Instruction) -> None:
    _one_of(one, "kind", LINKS)
    _named(one)
    if one["kind"] in ROLES:
        anything = () if one["do"] == "add" else ("",)
        _one_of(one, "role", (*ROLES[one["kind"]], *anything))
    if one["do"] == "add":
        _one_of({"certainty": "certain", **one}, "certainty", CERTAINTIES)
    if one["do"] == "replace":
        _named(one, "by", "by_target")


def _check_set(one: Instruction) -> None:
    _one_of(one, "name", (*TEXTS, *BY_LANGUAGE))
    value = one.get("value", "")
    if len(value) > LONGEST:
        raise Refused("too_long", field=one["name"])
    if one["name"] == "rights_statement" and value and rights.statement(value) is None:
        raise Refused("unknown_value", field="rights_statement", value=value)
    if one["name"] in BY_LANGUAGE:
        _one_of(one, "lang", ("hu", "en"))


def _check_date(one: Instruction) -> None:
    if not one.get("display", "").strip():
        raise Refused("date_missing")
    if date_values(_date(one))["kind"] == "unread":
        raise Refused("unreadable_date", text=one["display"])
    _one_of({"basis": "cataloguer", **one}, "basis", BASES)


def _check_words(one: Instruction) -> None:
    if not one.get("find"):
        raise Refused("words_missing")
    if not one.get("types"):
        raise Refused("types_missing")
    for type_ in one["types"]:
        _one_of({"type": type_}, "type", (name for name in CAPTION_TYPES if name != "machine"))


def _check_enter(one: Instruction) -> None:
    _one_of(one, "act", ACTS)
    if one["act"] == "withdraw":
        _one_of(one, "reason_class", WITHDRAWAL_REASONS)


def _check_move(one: Instruction) -> None:
    if not one.get("unit", "").strip():
        raise Refused("unit_missing")


_CHECKS: dict[str, Callable[[Instruction], None]] = {
    "add": _check_link,
    "remove": _check_link,
    "replace": _check_link,
    "set": _check_set,
    "date": _check_date,
    "words": _check_words,
    "mark": lambda one: _one_of(one, "name", MARKS),
    "move": _check_move,
    "enter": _check_enter,
    "delete": lambda _one: None,
}


# --- resolving ---


def _who(
    session: Session, one: Instruction, name: str, target: str, found: Resolved, make: bool | None
) -> int:
    """The key of an authority; `make` None: it must be there already."""
    kind, words, known = authorities.KINDS[one["kind"]], one.get(name, "").strip(), one.get(target)
    fold = authorities.agent_key if kind.name == "agent" else authorities.fold
    scheme = "subject" if kind.name == "concept" else ""
    row = (
        authorities.by_id(session, kind, known)
        if known
        else authorities.by_name(session, kind, words, fold, scheme)
    )
    if row is not None:
        return int(row.id)
    if known or make is None:
        raise Refused("unknown_name", kind=kind.name, name=words or known)
    if make:
        return int(_MAKE[kind.name](session, LinkDraft(name=words)).id)
    same = [key for key, (k, w) in found.new.items() if (k, fold(w)) == (kind.name, fold(words))]
    key = same[0] if same else _NOBODY_YET - len(found.new)
    found.new[key] = (kind.name, words)
    return key


def _add(session: Session, one: Instruction, found: Resolved, make: bool) -> Operation:
    key = _who(session, one, "name", "target", found, make)
    certainty = one.get("certainty", "certain")
    return operations.AddLink(one["kind"], key, one.get("role", ""), certainty)


def _remove(session: Session, one: Instruction, found: Resolved, _make: bool) -> Operation:
    key = _who(session, one, "name", "target", found, None)
    return operations.RemoveLink(one["kind"], key, one.get("role", ""))


def _replace(session: Session, one: Instruction, found: Resolved, make: bool) -> Operation:
    key = _who(session, one, "name", "target", found, None)
    by = _who(session, one, "by", "by_target", found, make)
    return operations.ReplaceLink(one["kind"], key, by, one.get("role", ""))


def _set(_session: Session, one: Instruction, _found: Resolved, _make: bool) -> Operation:
    only_empty = bool(one.get("only_empty"))
    value = one.get("value", "").strip()
    return operations.SetValue(one["name"], value, one.get("lang", ""), only_empty)


def _dated(_session: Session, one: Instruction, _found: Resolved, _make: bool) -> Operation:
    return operations.AddDate(date_values(_date(one)), bool(one.get("replace")))


def _date(one: Instruction) -> DateDraft:
    return DateDraft(
        one["display"].strip(),
        one.get("lang", ""),
        basis=one.get("basis", "cataloguer"),
        attributed=one.get("attributed", ""),
    )


def _words(_session: Session, one: Instruction, _found: Resolved, _make: bool) -> Operation:
    return operations.ReplaceWords(
        one["find"],
        one.get("by", ""),
        tuple(one["types"]),
        bool(one.get("whole")),
        bool(one.get("any_case")),
    )


def _mark(_session: Session, one: Instruction, _found: Resolved, _make: bool) -> Operation:
    return operations.Mark(one["name"], bool(one.get("value", True)))


def _move(session: Session, one: Instruction, _found: Resolved, _make: bool) -> Operation:
    unit = arrangement.unit_by_ref(session, one["unit"])
    last = session.scalar(select(func.max(Image.position)).where(Image.unit_id == unit.id))
    places = count((last or 0) + 1)
    return operations.Move(unit.id, lambda: next(places))


def _enter(_session: Session, one: Instruction, _found: Resolved, _make: bool) -> Operation:
    return operations.Enter(one["act"], one.get("reason_class", ""))


def _delete(_session: Session, _one: Instruction, _found: Resolved, _make: bool) -> Operation:
    return operations.Delete()


_RESOLVE: dict[str, Callable[[Session, Instruction, Resolved, bool], Operation]] = {
    "add": _add,
    "remove": _remove,
    "replace": _replace,
    "set": _set,
    "date": _dated,
    "words": _words,
    "mark": _mark,
    "move": _move,
    "enter": _enter,
    "delete": _delete,
}
