"""What the workbench answers when something is missing, in the reader's language."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from archive import words
from archive.catalogue.refusals import Refused

MISSING = {
    "title": _("a title"),
    "date": _("a date, or the mark that it is undated"),
    "creator": _("a photographer, or the mark that they are unknown"),
    "rights": _("a rights statement"),
    "four_eyes": _("somebody else to publish it than who described it last"),
}
# Why something of the arrangement is refused; `%(…)s` are the parameters of the refusal.
REFUSED = {
    "reference_code_unfit": _(
        "“%(ref_code)s” cannot be a reference code: it must have 1 to 120 signs, must not begin "
        "with “+” or “/”, end with “/” or “.json”, or have an empty step."
    ),
    "reference_code_taken": _("Another unit has the reference code %(ref_code)s."),
    "reference_code_was_used": _(
        "%(ref_code)s was the reference code of the unit that is now %(now)s; it still leads "
        "there and is not given to another."
    ),
    "unknown_level": _("There is no such level."),
    "level_at_the_top": _("Only a fonds stands at the top; this is at the level “%(level)s”."),
    "level_does_not_fit": _(
        "A unit stands below one of a higher level: “%(level)s” does not go below “%(above)s”."
    ),
    "unknown_form": _("There is no such form."),
    "no_such_unit": _("No unit has the reference code %(ref_code)s."),
    "nothing_to_move": _("Choose a unit or photographs to move first."),
    "photograph_without_unit": _("A photograph is always in a unit; choose which."),
    "below_itself": _("%(ref_code)s cannot go below %(target)s, which is a part of it."),
    "already_there": _("It is in %(target)s already."),
    "pattern_unread": _(
        "“%(pattern)s” is not understood. A pattern may have {unit}, {rest} and {n} in it."
    ),
    "code_without_rest": _(
        "“%(ref_code)s” does not begin with the code of its unit, “%(unit)s”; "
        "use {n} instead of {rest}."
    ),
    "code_given_twice": _("The pattern gives “%(ref_code)s” twice; put {n} or {rest} into it."),
    "code_of_another_photograph": _("Another photograph has the reference code %(ref_code)s."),
    "frame_too_long": _("“%(frame)s” is too long for a number: 20 signs at most."),
    "proposal_changed": _(
        "Dates on this roll have changed in the meantime; please look at the proposals again."
    ),
    "form_of_a_file": _("Only a file can be a roll, a contact sheet, an album or a box."),
}


def refused_in_words(refused: Refused) -> str:
    """One sentence that says why something cannot be accepted."""
    return str(REFUSED[refused.code] % _in_words(refused.params))


def _in_words(params: dict[str, Any]) -> dict[str, Any]:
    levels = {name: str(words.LEVELS.get(str(params.get(name)), "")) for name in ("level", "above")}
    return {**params, **levels}


def missing_in_words(missing: list[str]) -> str:
    """One sentence that says what a photograph still needs before it may be public."""
    needed = "; ".join(str(MISSING[code]) for code in missing)
    return gettext("Not public yet. Still needed: %(needed)s.", needed=needed)
