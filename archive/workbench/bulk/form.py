"""The form that changes many photographs: what was filled in becomes instructions.

An empty part says nothing, so that somebody fills in only what shall become different. The
invariant: what is not understood is refused with its field, never passed over.
"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict

from archive import words
from archive.catalogue.instructions import Instruction
from archive.catalogue.models import AGENT_ROLES, BASES, CERTAINTIES

ROWS = 3  # names that one form changes
KINDS = {
    "agent": _("person or body"), "place": _("place"), "event": _("event"), "concept": _("subject"),
}  # fmt: skip
DOINGS = {"add": _("add"), "remove": _("take away"), "replace": _("replace by")}
ROLES = {
    **{f"agent:{role}": words.ROLES_OF_AN_AGENT[role] for role in AGENT_ROLES},
    **{f"place:{role}": name for role, name in words.PLACE_ROLES.items()},
}
VALUES = {
    "rights_statement": _("rights statement"),
    "credit_line": _("credit line"),
    "rights_holder": _("rights holder"),
    "source": _("source"),
    "acquisition": _("acquisition"),
    "custody:hu": _("custody history (Hungarian)"),
    "custody:en": _("custody history (English)"),
    "rights_note:hu": _("rights note (Hungarian)"),
    "rights_note:en": _("rights note (English)"),
    "notes": _("notes"),
}
HOW = {"": _("leave"), "set": _("set"), "fill": _("set where empty"), "clear": _("empty")}
WHERE = {
    "titles": (_("in titles"), ("archivist_title",)),
    "descriptions": (_("in descriptions"), ("archivist_description",)),
    "captions": (
        _("in what others wrote"),
        ("original_inscription", "agency_caption", "publication_caption", "donor_account",
         "witness_account", "public_contribution"),
    ),
}  # fmt: skip
MARKS = {"undated": _("undated"), "creator_unknown": _("photographer unknown")}
CHOICES: dict[str, Any] = {
    "kinds": KINDS,
    "doings": DOINGS,
    "roles": ROLES,
    "agent_roles": {role: words.ROLES_OF_AN_AGENT[role] for role in AGENT_ROLES},
    "certainties": {code: words.CERTAINTIES[code] or _("certain") for code in CERTAINTIES},
    "values": VALUES,
    "how": HOW,
    "bases": {code: words.BASES[code] for code in BASES},
    "where": {code: label for code, (label, _types) in WHERE.items()},
    "marks": MARKS,
    "rows": range(1, ROWS + 1),
}
Typed = MultiDict[str, str]


def instructions(typed: Typed) -> list[Instruction]:
    """What the form asks for, part by part."""
    state = _state(typed)
    if state:
        return [state]
    names = [_name(typed, row) for row in range(1, ROWS + 1)]
    values = [_value(typed, name) for name in VALUES]
    marks = [_mark(typed, name) for name in MARKS]
    found = [*names, *values, _date(typed), *marks, _words(typed)]
    return [one for one in found if one is not None]


def _text(typed: Typed, name: str) -> str:
    return typed.get(name, "").strip()


def _state(typed: Typed) -> Instruction | None:
    """A button that changes the state stands for itself: nothing else of the form counts."""
    act = typed.get("act", "")
    if act in ("publish", "submit_for_review", "unpublish", "withdraw"):
        return {"do": "enter", "act": act, "reason_class": typed.get("reason_class", "")}
    if act == "delete":
        return {"do": "delete"}
    if act == "move":
        return {"do": "move", "unit": _text(typed, "unit_to")}
    return None


def _name(typed: Typed, row: int) -> Instruction | None:
    given = {
        part: _text(typed, f"name-{row}-{part}")
        for part in ("do", "kind", "name", "role", "certainty", "by")
    }
    if not given["name"] and not given["by"]:
        return None
    kind = given["kind"] or "agent"
    one: Instruction = {"do": given["do"] or "add", "kind": kind, "name": given["name"]}
    of_kind, _colon, role = given["role"].partition(":")
    if kind in ("agent", "place"):
        default = {"agent": "depicted", "place": "shown"}[kind] if one["do"] == "add" else ""
        one["role"] = role if of_kind == kind else default
    if one["do"] == "add":
        one["certainty"] = given["certainty"] or "certain"
    if one["do"] == "replace":
        one["by"] = given["by"]
    return one


def _value(typed: Typed, name: str) -> Instruction | None:
    how, value = typed.get(f"how-{name}", ""), _text(typed, f"value-{name}")
    if not how and not value:
        return None
    column, _colon, lang = name.partition(":")
    one: Instruction = {"do": "set", "name": column, "value": "" if how == "clear" else value}
    if how != "clear" and not value:
        return None
    return {**one, **({"lang": lang} if lang else {}), "only_empty": how == "fill"}


def _date(typed: Typed) -> Instruction | None:
    display = _text(typed, "date")
    if not display:
        return None
    return {
        "do": "date",
        "display": display,
        "lang": typed.get("lang", ""),
        "basis": typed.get("basis") or "cataloguer",
        "replace": typed.get("date_how") == "replace",
    }


def _mark(typed: Typed, name: str) -> Instruction | None:
    wanted = typed.get(f"mark-{name}", "")
    return {"do": "mark", "name": name, "value": wanted == "yes"} if wanted else None


def _words(typed: Typed) -> Instruction | None:
    find = typed.get("find", "")
    if not find:
        return None
    types = [type_ for where in typed.getlist("where") for type_ in WHERE.get(where, ("", ()))[1]]
    return {
        "do": "words",
        "find": find,
        "by": typed.get("instead", ""),
        "types": types,
        "whole": "whole" in typed,
        "any_case": "any_case" in typed,
    }
