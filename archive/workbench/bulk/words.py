"""Changing many photographs in words: what is asked, what would happen, and why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from archive import dates, rights, words
from archive.catalogue.instructions import Instruction
from archive.catalogue.refusals import Refused
from archive.languages import language
from archive.workbench.bulk.form import KINDS, MARKS, VALUES
from archive.workbench.sentences import REFUSED, missing_in_words

# What a plan comes to for a photograph; a refusal for lack of something is said in full below.
OUTCOMES = {
    "change": _("will change"),
    "same": _("stays as it is"),
    "moved": _("changed by somebody meanwhile"),
    "gone": _("not there any more"),
    "withdrawn": _("withdrawn for good"),
    "not_published": _("not public, so there is nothing to withdraw"),
    "was_published": _("was public once: withdraw it instead, so that its address keeps answering"),
    "referred": _("something else refers to it: a request, a note or a colleague’s draft"),
    "dated": _("has a date already"),
    "attributed": _("has a photographer already"),
    "nothing_left": _("nothing would be left of a statement"),
    "not_ready": _("cannot be public yet"),
}
REFUSALS = {
    "nothing_to_do": _("Fill in what shall become different."),
    "no_photographs": _("Choose photographs in the list first."),
    "one_at_a_time": _("A change of state, a move or a deletion is done by itself."),
    "name_missing": _("A name is missing: %(kind)s."),
    "unknown_name": _("Nobody and nothing is called “%(name)s” here; look at its spelling."),
    "unknown_value": _("“%(value)s” is not one of the values that can be chosen."),
    "too_long": _("A value is longer than 20,000 signs."),
    "date_missing": _("The date is missing."),
    "types_missing": _("Say where the words shall be replaced."),
    "words_missing": _("Write the words that shall be replaced."),
    "unit_missing": _("Write the reference code of the unit to move to."),
    "one_photograph": _("These are one record already."),
    "withdrawn_photograph": _("One of them is withdrawn; a withdrawn record is not merged."),
    "public_must_stay": _("Readers know the other record: that one has to stay."),
    "plan_is_not_open": _("This has been carried out already."),
    "still_being_written": _("This change is still being written; undo it when it is finished."),
    "undone_already": _("This change has been undone already."),
}

CHANGED = _("Somebody has changed one of them in the meantime; please look again.")


def refused(error: Refused) -> str:
    """One sentence that says why the form is not accepted."""
    if error.code == "unreadable_date":
        lang: dates.Language = "hu" if language() == "hu" else "en"
        reading = dates.read(error.params["text"], lang=lang)
        return dates.refusal(reading.reason or "not_understood", lang, reading.detail)
    pattern = REFUSALS.get(error.code) or REFUSED.get(error.code) or _("This cannot be done.")
    kind = KINDS.get(error.params.get("kind", ""), "")
    return str(pattern % {**error.params, "kind": kind})


def outcome(code: str) -> str:
    """What becomes of a photograph, in words."""
    name, _colon, details = code.partition(":")
    if name == "not_ready" and details:
        return missing_in_words(details.split(","))
    return str(OUTCOMES.get(name, name))


def instruction(one: Instruction) -> str:
    """What is asked, as one line."""
    return _SAID[one["do"]](one)


def _role(one: Instruction) -> str:
    role = one.get("role", "")
    names = words.ROLES_OF_AN_AGENT if one["kind"] == "agent" else words.PLACE_ROLES
    return f" ({names[role]})" if role else ""


def _add(one: Instruction) -> str:
    return gettext("Add %(what)s: %(name)s", what=_what(one), name=one["name"])


def _remove(one: Instruction) -> str:
    return gettext("Take away %(what)s: %(name)s", what=_what(one), name=one["name"])


def _replace(one: Instruction) -> str:
    return gettext(
        "Replace %(what)s: %(name)s by %(by)s", what=_what(one), name=one["name"], by=one["by"]
    )


def _what(one: Instruction) -> str:
    return f"{KINDS[one['kind']]}{_role(one)}"


def _set(one: Instruction) -> str:
    name = ":".join(part for part in (one["name"], one.get("lang", "")) if part)
    what, value = VALUES[name], one["value"]
    if not value:
        return gettext("Empty: %(what)s", what=what)
    known = rights.statement(value) if one["name"] == "rights_statement" else None
    said = known.label[language()] if known else value
    if one.get("only_empty"):
        return gettext("Set where it is empty: %(what)s – %(value)s", what=what, value=said)
    return gettext("Set: %(what)s – %(value)s", what=what, value=said)


def _date(one: Instruction) -> str:
    if one.get("replace"):
        return gettext("Date in the place of others: %(date)s", date=one["display"])
    return gettext("Date beside others: %(date)s", date=one["display"])


def _words(one: Instruction) -> str:
    return gettext("Replace words: “%(find)s” by “%(by)s”", find=one["find"], by=one["by"])


def _mark(one: Instruction) -> str:
    name = MARKS[one["name"]]
    if one["value"]:
        return gettext("Mark as: %(mark)s", mark=name)
    return gettext("No longer mark as: %(mark)s", mark=name)


def _move(one: Instruction) -> str:
    return gettext("Move to %(unit)s", unit=one["unit"])


def _enter(one: Instruction) -> str:
    return str(
        {
            "publish": _("Publish"),
            "submit_for_review": _("Hand to review"),
            "unpublish": _("Take back into work"),
            "withdraw": _("Withdraw for good"),
        }[one["act"]]
    )


def _delete(_one: Instruction) -> str:
    return gettext("Delete what readers never saw")


_SAID: dict[str, Callable[[dict[str, Any]], str]] = {
    "add": _add,
    "remove": _remove,
    "replace": _replace,
    "set": _set,
    "date": _date,
    "words": _words,
    "mark": _mark,
    "move": _move,
    "enter": _enter,
    "delete": _delete,
}
