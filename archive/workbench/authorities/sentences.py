"""What the authority file refuses, in sentences."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from archive.catalogue.refusals import Refused

REFUSALS: dict[str, Any] = {
    "name_missing": _("Please give a preferred name in one of the languages."),
    "date_unread": _("“%(text)s” is not understood as a date."),
    "identifier_unread": _("“%(text)s” is no identifier of %(file)s."),
    "goes_in_a_circle": _("This would go in a circle: what is chosen above is itself below."),
    "another_scheme": _("The broader term belongs to another vocabulary (%(scheme)s)."),
    "half_a_point": _("A point needs both latitude and longitude."),
    "point_out_of_range": _("There is no such point on the earth."),
    "replaced_but_not_deprecated": _(
        "A term is replaced when it is deprecated; choose that state, or leave the field empty."
    ),
    "replacement_is_deprecated": _("The term that replaces it is deprecated itself."),
    "not_two_of_a_kind": _("Only two different entries of the same kind can be merged."),
    "merged_already": _("One of the two has been merged already."),
    "authority_in_use": _(
        "Something still refers to it, so it cannot be taken out. It can be merged into another."
    ),
}


def refused_in_words(error: Refused) -> str:
    """The sentence for a refusal, with its values."""
    return str(REFUSALS[error.code] % error.params)
