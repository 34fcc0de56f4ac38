"""What the workbench answers when something is missing, in the reader's language."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _

MISSING = {
    "title": _("a title"),
    "date": _("a date, or the mark that it is undated"),
    "creator": _("a photographer, or the mark that they are unknown"),
    "rights": _("a rights statement"),
}


def missing_in_words(missing: list[str]) -> str:
    """One sentence that says what a photograph still needs before it may be public."""
    needed = "; ".join(str(MISSING[code]) for code in missing)
    return gettext("Not public yet. Still needed: %(needed)s.", needed=needed)
