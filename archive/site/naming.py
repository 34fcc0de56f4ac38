"""What a search is called where it stands by itself: in a feed, among saved searches, in a letter.

The invariant: the name says everything that narrows the search, in the words of its chips.
"""

from __future__ import annotations

from flask_babel import gettext as _

from archive.search.engine import Results
from archive.search.query import STAFF_FACETS
from archive.site.results import Args, chips_of


def named_by(args: Args) -> tuple[str, ...]:
    """The facets whose values a name needs words for; to be counted with the search."""
    return tuple(name for name in args if name in STAFF_FACETS)


def name_of(args: Args, found: Results, lang: str) -> str:
    """The words of a search and its filters: `tank, Corvin köz, 1956`."""
    filters = (chip.label for chip in chips_of(found, args, lambda _args: "", lang))
    words = " ".join(" ".join(args.get("q", [])).split())
    return ", ".join(filter(None, (words, *filters))) or _("All photographs")
