"""Parts, fields and values of the describe form in words: what two people changed differently.

The words are those of the form itself, so a field is called the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from archive.workbench.describing.forms import DescribeForm
from archive.workbench.describing.threeway import WITH, Conflict

PARTS: dict[str, Any] = {
    "identifiers": _("Numbers"),
    "captions": _("Title and captions"),
    "dates": _("Dates"),
    "agents": _("People and bodies"),
    "places": _("Places"),
    "events": _("Events"),
    "subjects": _("What it shows"),
    "carriers": _("Carriers"),
    "rights": _("Rights"),
    "provenance": _("Provenance"),
    "reading": _("For screen readers"),
}
ABOUT = ("text", "display", "name", "value", "technique", "kind")
SHOWN = 200


@dataclass(frozen=True)
class Difference:
    """One conflict as it is shown: `path` names the choice, the rest are words."""

    path: str
    label: str
    mine: str
    theirs: str
    base: str


def label_of(name: str) -> str:
    """A part or a field of the form by its name."""
    return str(PARTS[name]) if name in PARTS else str(_blank()[name].label.text)


def in_words(conflicts: Iterable[Conflict]) -> list[Difference]:
    """Conflicts for the page on which one chooses."""
    form = _blank()
    return [_in_words(form, conflict) for conflict in conflicts]


def _in_words(form: DescribeForm, conflict: Conflict) -> Difference:
    if not conflict.key:
        field: Any = form[conflict.section]
        label = str(field.label.text)
    else:
        row: Any = form[conflict.section].entries[0].form
        field = row[conflict.column] if conflict.column else None
        parts = (PARTS[conflict.section], _about(conflict), field.label.text if field else "")
        label = " – ".join(str(part) for part in parts if part)
    said = (
        _value(field, value, conflict.column)
        for value in (conflict.mine, conflict.theirs, conflict.base)
    )
    return Difference(conflict.path, label, *said)


def _about(conflict: Conflict) -> str:
    """What the row is about, where one column of it differs."""
    if not conflict.column:
        return ""
    return str(conflict.key[0])[:SHOWN] if len(conflict.key) > 2 else ""


def _value(field: Any, value: Any, column: str) -> str:
    if value is None or value == {}:
        return gettext("nothing")
    if isinstance(value, dict) and not column:
        return next((str(value[name]) for name in ABOUT if value.get(name)), "")[:SHOWN]
    if isinstance(value, dict):
        shown = [value.get(column), *(value.get(name) for name in WITH.get(column, ()))]
        if column in ("name", "display"):
            shown = shown[:1]
        value = ", ".join(str(part) for part in shown if part) if len(shown) > 1 else shown[0]
    if field is not None and hasattr(field, "choices"):
        words = {choice.value: choice.label for choice in field.choices}
        return str(words.get(value, value))
    if field is not None and field.type == "BooleanField":
        return gettext("yes") if value else gettext("no")
    return str(value)[:SHOWN] or gettext("nothing")


def _blank() -> DescribeForm:
    form: DescribeForm = DescribeForm(formdata=None, meta={"csrf": False})
    return form.with_room()
