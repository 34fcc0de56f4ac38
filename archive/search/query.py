"""A query as it is asked for: text, facets, sort and page, from a command line or an address.

`parse()` is pure and total: whatever is given makes a `Query`, and what had to be guessed is told
in `notices`. The text of the box is read in `language`. Not here: how an engine answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from archive.search import language
from archive.search.tree import And, Everything, Guards, Node, Notice, Or

Sort = Literal["relevance", "date", "-date", "newest", "id"]
SORTS: dict[str, Sort] = {
    "relevance": "relevance", "date": "date", "-date": "-date", "newest": "newest", "id": "id",
}  # fmt: skip
PUBLIC_FACETS = (
    "collection", "decade", "year", "day", "hour", "when", "certainty", "place", "person", "event",
    "photographer", "subject", "technique", "rights", "use", "side",
)  # fmt: skip
TIMES = ("decade", "year", "day", "hour")  # a date that is not exact is counted in several of them
STAFF_FACETS = (*PUBLIC_FACETS, "state", "lacks")

_EVERYTHING = Everything()

Args = Mapping[str, Sequence[str] | str]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, narrowed by facets: several values of one facet are alternatives.

    `facets` names those to be counted; of each the commonest values are named, `listed` says how
    many. `expansion` bounds the words that beginnings may stand for. Hits say why they were found
    unless `explained` is off.
    """

    text: str = ""
    tree: Node = _EVERYTHING
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    page: int = 1
    limit: int = 48
    facets: tuple[str, ...] = ()
    listed: Mapping[str, int] = field(default_factory=dict)
    expansion: int = 500
    explained: bool = True
    notices: tuple[Notice, ...] = ()

    @property
    def offset(self) -> int:
        """How many hits come before this page."""
        return (self.page - 1) * self.limit


def parse(asked: Args | str, *, facets: Sequence[str] = (), guards: Guards | None = None) -> Query:
    """The query of a text, or of the names of an address: `q`, `date`, `sort`, `page`, `limit` and
    every facet by its name. Unknown names are left alone."""
    args: Args = {"q": asked} if isinstance(asked, str) else asked
    guards = guards or Guards()
    text = " ".join(_values(args, "q"))
    tree, notices = language.read(text, guards)
    noted = list(notices)
    tree = _within_dates(tree, _values(args, "date"), noted)
    filters = _filters(args, guards, noted)
    default: Sort = "newest" if isinstance(tree, Everything) else "relevance"
    return Query(
        text=text[: guards.chars],
        tree=tree,
        filters=filters,
        sort=_sort(args, default, noted),
        page=_number(args, "page", 1, guards.page, noted),
        limit=_number(args, "limit", 48, guards.limit, noted),
        facets=tuple(name for name in facets if name in STAFF_FACETS),
        expansion=guards.expansion,
        notices=tuple(noted),
    )


def _values(args: Args, name: str) -> tuple[str, ...]:
    """The values given for a name, each once, blanks trimmed, empty ones left out."""
    given = args.get(name, ())
    given = (given,) if isinstance(given, str) else given
    return tuple(dict.fromkeys(value.strip() for value in given if value.strip()))


def _within_dates(tree: Node, asked: tuple[str, ...], noted: list[Notice]) -> Node:
    spans = []
    for text in asked:
        span = language.read_date(text)
        if span is None:
            noted.append(Notice("date_unread", {"text": text[:80]}))
        else:
            spans.append(span)
    if not spans:
        return tree
    within: Node = Or(tuple(spans)) if len(spans) > 1 else spans[0]
    return within if isinstance(tree, Everything) else And((tree, within))


def _filters(args: Args, guards: Guards, noted: list[Notice]) -> dict[str, tuple[str, ...]]:
    asked = {name: _values(args, name) for name in STAFF_FACETS}
    if sum(map(len, asked.values())) > guards.values:
        noted.append(Notice("too_many_values", {"values": guards.values}))
    return bounded(asked, guards.values)


def bounded(asked: Mapping[str, Sequence[str]], most: int) -> dict[str, tuple[str, ...]]:
    """The first values, so many in all: each comes back in every link of a page."""
    kept: dict[str, tuple[str, ...]] = {}
    for name, values in asked.items():
        if taken := tuple(values[: most - sum(map(len, kept.values()))]):
            kept[name] = taken
    return kept


def _sort(args: Args, default: Sort, noted: list[Notice]) -> Sort:
    asked = _values(args, "sort")
    if not asked:
        return default
    if asked[0] not in SORTS:
        noted.append(Notice("sort_unknown", {"sort": asked[0][:40], "known": list(SORTS)}))
    return SORTS.get(asked[0], default)


def _number(args: Args, name: str, default: int, most: int, noted: list[Notice]) -> int:
    asked = _values(args, name)
    if not asked:
        return default
    if not (asked[0].isascii() and asked[0].isdigit() and len(asked[0]) < 10):
        noted.append(Notice(f"{name}_unread", {"text": asked[0][:40]}))
        return default
    if int(asked[0]) > most:
        noted.append(Notice(f"{name}_too_far", {"asked": int(asked[0]), "most": most}))
    return max(1, min(int(asked[0]), most))
