"""What has not happened yet, in the words of a history: what edits would do, what stands against.

Nothing is written here; what was written is told by `past`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from archive import history
from archive.history import Subject
from archive.workbench.changes import lines, past
from archive.workbench.changes.lines import Row, Value
from archive.workbench.changes.naming import COLUMNS, ENTITIES

NOW = {
    "gone": _("has been removed since"),
    "back": _("is there again"),
    "refers": _("refers to it"),
    "lost": _("has been removed since; restore it first"),
    "elsewhere": _("has been merged into another since; undo that first"),
    "taken": _("is said again by now; remove that first"),
}


@dataclass(frozen=True)
class Standing:
    """What stands against undoing something done to one thing: each value made and found."""

    public_id: str
    name: str
    values: list[Value]


def of_edits(
    session: Session, edits: Sequence[history.Edit], new_names: Mapping[int, str]
) -> list[Value]:
    """What edits would do, before they are written; `new_names` are those nobody has yet."""
    rows = lines.as_read(session, [_as_change(edit) for edit in edits])
    known = lines.names_of(session, rows)

    def names(row: Row, column: str, key: Any) -> str:
        return new_names.get(key) or known(row, column, key)

    return [value for row in rows for value in lines.values(row, names)]


def standing(session: Session, conflicts: Sequence[Mapping[str, Any]]) -> list[Standing]:
    """What stands against an undo, thing by thing; conflicts as a plan keeps them."""
    told: dict[Subject, list[Value]] = {}
    for conflict in conflicts:
        told.setdefault(Subject(*conflict["subject"]), []).append(_against(session, conflict))
    names = past.named(session, told)
    return [
        Standing(names[thing].key if thing.kind == "image" else "", names[thing].name, values)
        for thing, values in told.items()
    ]


def _against(session: Session, conflict: Mapping[str, Any]) -> Value:
    """One conflict: what the change made of a value, and what it is now."""
    entity, column = conflict["entity"], conflict["column"]
    label = ENTITIES[entity]
    made, now = conflict["made"], conflict["found"]
    if not column:
        return Value(label, "", "", str(NOW["gone" if made == "present" else "back"]), ())
    if why := conflict.get("why"):
        return _hindered(session, conflict, NOW["lost" if why == "gone" else why])
    row = Row(0, Subject(*conflict["subject"]), entity, {column: made}, {column: now})
    names = lines.names_of(session, [row])
    before, after = (lines.text(row, column, value, names) for value in (made, now))
    return Value(label, COLUMNS.get(column, ""), before, after, ())


def _hindered(session: Session, conflict: Mapping[str, Any], now: Any) -> Value:
    """What the archive could not bear, with the name of whom or what it concerns."""
    entity, column, found = conflict["entity"], conflict["column"], conflict["found"]
    row = Row(0, Subject(*conflict["subject"]), entity, {column: found}, None)
    who = lines.text(row, column, found, lines.names_of(session, [row]))
    return Value(ENTITIES[entity], "", who if conflict["why"] != "refers" else "", str(now), ())


def _as_change(edit: history.Edit) -> history.Change:
    """An edit as it would be recorded; it is never added to the session."""
    before, after = _json(edit.before), _json(edit.after)
    return history.Change(
        change_set_id=0, entity=edit.entity, entity_id=edit.id, before=before, after=after,
        subject_kind="", subject_id=0,
    )  # fmt: skip


def _json(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if values is None else {k: history.plain(v) for k, v in values.items()}
