"""A describe form that somebody has before them, and what becomes of it when another has saved.

The invariant: what was typed stays typed until its editor has seen what the other one wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wtforms import SelectField

from archive.workbench.describing import saving, threeway
from archive.workbench.describing.forms import DescribeForm, Values
from tests.journeys.remembering import Instead, Op, Put, Say, Unsay

FIELDS = {"notes": "notes", "credit_line": "credit", "source": "source"}  # of the form: cells


@dataclass
class Opened:
    """A form as somebody has it before them: its values, the version, what was typed."""

    values: Values
    version: int
    typed: list[Op] = field(default_factory=list)
    conflicts: list[threeway.Conflict] = field(default_factory=list)

    def asked(self, differing: saving.Differing, theirs: Values) -> None:
        """The page comes back with what both want; what the other wrote has been seen now.

        What both had said alike is the other's, who may be undone.
        """
        self.typed = [op for op in self.typed if not _is_said(op, theirs)]
        self.values = differing.form.values()
        self.version = int(differing.form.based_on.data)
        self.conflicts = differing.conflicts
        for conflict in differing.conflicts:
            self.typed = list(_having_seen(self.typed, conflict))

    def choose(self, chosen: Sequence[threeway.Conflict]) -> list[str]:
        """In these the other one's words hold; gives what the form calls them."""
        for conflict in chosen:
            self.typed = [op for op in self.typed if not _is_about(op, conflict)]
        self.conflicts = []
        return [conflict.path for conflict in chosen]


def _is_said(op: Op, values: Values) -> bool:
    rows = [row for section in ("agents", "places", "events") for row in values[section]]
    said = {f"{row['target']}:{row.get('role', '')}".rstrip(":") for row in rows}
    return isinstance(op, Say) and op.once and op.value in said


def row_of(section: str, **values: Any) -> Values:
    """A row of the form as a browser sends it: of what nobody chose the first choice."""
    data = {name: [] for name in DescribeForm.SECTIONS} | {section: [values]}
    form = DescribeForm(formdata=None, data=data, meta={"csrf": False})
    for part in getattr(form, section)[0].form:
        if isinstance(part, SelectField) and not part.data:
            part.data = part.choices[0].value
    [row] = form.values()[section]
    return dict(row)


def _is_about(op: Op, conflict: threeway.Conflict) -> bool:
    """Whether a conflict asks about what was typed."""
    if conflict.section in FIELDS:
        return isinstance(op, Put) and op.field == FIELDS[conflict.section]
    if conflict.section != "captions":
        return False
    mine, taken_out = conflict.mine or {}, (conflict.base or {}, conflict.theirs or {})
    if isinstance(op, Instead | Say):
        return op.value == mine.get("text")
    said = [row.get("text") for row in taken_out if isinstance(row, dict)]
    return isinstance(op, Unsay) and conflict.mine is None and op.value in said


def _having_seen(typed: Sequence[Op], conflict: threeway.Conflict) -> Iterator[Op]:
    """What was typed, over what the other one has written."""
    theirs = (conflict.theirs or {}) if isinstance(conflict.theirs, dict | None) else {}
    for op in typed:
        if not _is_about(op, conflict):
            yield op
        elif isinstance(op, Put):
            said = conflict.theirs
            yield replace(op, seen=said if isinstance(said, str) else said[conflict.column])
        elif isinstance(op, Instead | Say) and conflict.theirs is None:
            yield Say(op.thing, op.field, op.value)
        elif isinstance(op, Instead | Say):
            yield Instead(op.thing, op.field, theirs["text"], op.value)
        elif isinstance(op, Unsay):
            yield replace(op, value=theirs["text"])
