"""The page of results: facets, active filters, ways on when nothing was found.

Built from the query of the address and the answer of the search; no database, no request. Every
link is the address of the same search with one thing changed. The invariant: what narrows the
results is shown as a chip that takes it away again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any
from urllib.parse import quote_plus, urlencode

from flask_babel import gettext as _
from flask_babel import ngettext

from archive import rights, words
from archive.search.documents import span_of
from archive.search.engine import Count, Hit, Results
from archive.search.query import PUBLIC_FACETS, SORTS, STAFF_FACETS, TIMES, Query, bounded
from archive.search.tree import Guards, Overlap, leaves
from archive.site import along, drilling
from archive.site.drilling import Drill
from archive.site.mapping import Circle, Map, Spot, places_of
from archive.site.timeline import Timeline, draw

Args = dict[str, list[str]]
Link = Callable[[Args], str]

# In the order shown; the timeline and what stands below it show the times.
SHOWN = ("use", "place", "event", "person", "photographer", "collection", "subject",
         "technique", "certainty", "rights", "side")  # fmt: skip
STAFF_SHOWN = (*SHOWN, "state", "lacks")
OPEN = 5
FIRST = (*SHOWN[:OPEN], *TIMES, "when")  # counted for every page; the others when asked for
VALUES = 12
LISTED = dict.fromkeys(STAFF_SHOWN, VALUES)
VIEWS = ("grid", "list", "contact", "timeline", "map")
FORMS = 8  # words that were found, named at the head
KEPT = ("q", "date", "sort", *PUBLIC_FACETS, "state", "lacks")


@dataclass(frozen=True)
class Entry:
    """One value of a facet; its link adds it, or takes it away when it is active."""

    label: str
    count: int
    href: str
    active: bool


@dataclass(frozen=True)
class Facet:
    label: Any
    entries: list[Entry]
    open: bool


@dataclass(frozen=True)
class Chip:
    """Something that narrows the results; its link takes it away."""

    facet: Any
    label: str
    href: str


@dataclass(frozen=True)
class ResultsPage:
    """What the template shows. `trail` is the search as a query, for the photographs' pages."""

    args: Args
    link: Link
    path: str
    canonical_query: str
    json: str
    heading: str
    total: int
    hits: Sequence[Hit]
    trail: str
    first: int
    facets: list[Facet]
    more: str
    timeline: Timeline | None
    drill: Drill
    whens: list[Entry]
    forms: list[str]
    chips: list[Chip]
    clear: str
    date: str
    sort: str
    sorts: list[tuple[str, Any]]
    view: str
    views: list[tuple[str, Any]]
    number: int
    pages: int
    notices: list[str]
    suggestion: str
    eras: list[along.Era] = field(default_factory=list)
    map: Map | None = None
    ways_on: list[tuple[str, str, int]] = field(default_factory=list)

    def place_link(self, circle: Circle | None, spot: Spot | None = None) -> str:
        """The results at the places of a circle of the map, or at one place of its list."""
        spots = circle.spots if circle else (spot,)
        if len(spots) == 1 and spots[0]:
            return self.link(toggled(self.args, "place", spots[0].id))
        return self.link({**self.args, "place": places_of(circle)} if circle else self.args)


def counted(args: Args, *, every: bool, staff: bool) -> tuple[str, ...]:
    """The facets to count: the first few and those in use, or every one."""
    if every:
        return STAFF_FACETS if staff else PUBLIC_FACETS
    states = ("state",) if staff else ()
    return tuple(dict.fromkeys((*FIRST, *states, *(n for n in args if n in STAFF_FACETS))))


def kept(args: Mapping[str, Sequence[str]]) -> Args:
    """The part of an address that says what is looked for, as far as it is answered."""
    said = {name: values for name in KEPT if (values := args.get(name))}
    return {name: list(values) for name, values in bounded(said, Guards().values + 3).items()}


def toggled(args: Args, name: str, value: str) -> Args:
    """The search with a value added, or without it when it was there."""
    had = args.get(name, [])
    values = [v for v in had if v != value] if value in had else [*had, value]
    return {**{k: v for k, v in args.items() if k != name}, **({name: values} if values else {})}


def without(args: Args, *names: str) -> Args:
    return {name: values for name, values in args.items() if name not in names}


def facets_of(results: Results, args: Args, link: Link, lang: str, *, staff: bool) -> list[Facet]:
    """The facets worth showing: those that could still narrow, and those in use."""
    shown: list[Facet] = []
    for name in STAFF_SHOWN if staff else SHOWN:
        counts = results.facets.get(name, ())
        chosen = any(count.chosen for count in counts)
        if chosen or len(counts) > 1:
            entries = _entries(name, _first(counts), args, link, lang)
            shown.append(Facet(words.FACETS[name], entries, chosen or len(shown) < OPEN))
    return shown


def _first(counts: Iterable[Count]) -> list[Count]:
    """The most frequent values, those in use always among them."""
    ranked = sorted(counts, key=lambda count: (not count.chosen, -count.count))
    return ranked[:VALUES]


def _entries(name: str, counts: Iterable[Count], args: Args, link: Link, lang: str) -> list[Entry]:
    address = _addresses(name, args, link)
    return [
        Entry(
            label_of(name, count.value, count.label, lang), count.count, address(count.value),
            count.chosen,
        )
        for count in counts
    ]  # fmt: skip


def _addresses(name: str, args: Args, link: Link) -> Callable[[str], str]:
    """Makes the addresses of a facet's values; what they share is written once for all."""
    rest = without(args, name)
    had = args.get(name, [])
    begin = link({**rest, name: [*had, ""]})
    chosen = {value: link(toggled(args, name, value)) for value in had}
    return lambda value: chosen.get(value) or begin + quote_plus(value)


def label_of(facet: str, value: str, label: Mapping[str, str], lang: str) -> str:
    """What people read for a value of a facet."""
    if facet == "rights":
        found = rights.statement(value)
        return found.label[lang] if found else str(_("Rights not recorded"))
    if facet in TIMES:
        return drilling.label_of(facet, value)
    known = words.FACET_VALUES.get(facet, {}).get(value)
    return str(known) if known else words.pick(dict(label), lang) or value


def chips_of(results: Results, args: Args, link: Link, lang: str) -> list[Chip]:
    """One chip for each thing that narrows the results, dates first."""
    chips = [
        Chip(words.FACETS["date"], value, link(toggled(args, "date", value)))
        for value in args.get("date", [])
    ]
    for name in (*TIMES, "when", *STAFF_SHOWN):
        labels = {count.value: count.label for count in results.facets.get(name, ())}
        for value in args.get(name, []):
            label = label_of(name, value, labels.get(value, {}), lang)
            chips.append(Chip(words.FACETS[name], label, link(toggled(args, name, value))))
    return chips


def heading_of(query: Query, total: int) -> str:
    """How many photographs, and for which words."""
    counted = ngettext("%(n)s photograph", "%(n)s photographs", total, n=words.number(total))
    return _("%(counted)s: %(text)s", counted=counted, text=query.text) if query.text else counted


def notices_of(results: Results) -> list[str]:
    """What the search had to guess, in sentences."""
    known = [notice for notice in results.notices if notice.code in words.NOTICES]
    return [str(words.NOTICES[notice.code]) % _readable(notice.params) for notice in known]


def _readable(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters for a sentence; a list names facets or orders."""
    named = {**words.FACETS, **words.SORTS}
    return {
        key: ", ".join(str(named.get(v, v)) for v in value) if isinstance(value, list) else value
        for key, value in params.items()
    }


def build(
    results: Results, query: Query, args: Args, link: Link, *, lang: str, staff: bool, view: str
) -> dict[str, Any]:
    """The parts of a `ResultsPage` that follow from the answer."""
    return {
        "heading": heading_of(query, results.total),
        "total": results.total,
        "hits": results.hits,
        "trail": urlencode(args | ({"sort": [query.sort]} if view == "timeline" else {}), True),
        "first": query.offset + 1,
        "more": ""
        if set(PUBLIC_FACETS) <= set(query.facets)
        else link({**args, "facets": ["all"]}),
        "facets": facets_of(results, args, link, lang, staff=staff) if results.total else [],
        "timeline": draw(results.facets, _("Photographs over time"), asked_times(query)),
        "drill": drilling.build(results, args, link),
        "whens": _entries("when", results.facets.get("when", ()), args, link, lang),
        "forms": forms_of(results.hits) if query.text else [],
        "chips": chips_of(results, args, link, lang),
        "clear": link({"q": args.get("q", [])}),
        "date": ", ".join(args.get("date", [])),
        "sort": query.sort,
        "sorts": [(name, words.SORTS[name]) for name in sorts_of(query, view)],
        "view": view,
        "views": [(name, words.VIEWS[name]) for name in VIEWS],
        "number": query.page,
        "pages": ceil(results.total / query.limit),
        "notices": notices_of(results),
        "suggestion": results.suggestion,
    }


def view_of(asked: str) -> str:
    return asked if asked in VIEWS else VIEWS[0]


def sorts_of(query: Query, view: str) -> list[str]:
    """The orders that make sense: along time only by date, by match only for words."""
    if view == "timeline":
        return ["date", "-date"]
    return [name for name in SORTS if query.text or name != "relevance"]


def asked_times(query: Query) -> list[tuple[int, int]]:
    """The first and last hour of each time that was asked for."""
    typed = [(leaf.first, leaf.last) for leaf in leaves(query.tree) if isinstance(leaf, Overlap)]
    chosen = [span_of(name, v) for name in TIMES for v in query.filters.get(name, ())]
    return [*typed, *(span for span in chosen if span)]


def forms_of(hits: Sequence[Hit]) -> list[str]:
    """The words as they were found on this page, the most frequent first: cím, címek, címet."""
    found = Counter(
        match.text[span.start : span.end].lower()
        for hit in hits
        for match in hit.why
        for span in match.spans
    )
    return [form for form, _n in found.most_common(FORMS)]


def canonical(args: Args, number: int) -> str:
    """The query that search engines may know of this page of results."""
    asked: dict[str, Any] = {name: args[name] for name in sorted(args) if name != "sort"}
    return urlencode(asked | ({"page": number} if number > 1 else {}), doseq=True)


def as_data(results: Results, query: Query, address: Callable[[Hit], str]) -> dict[str, Any]:
    """The JSON twin of a page of results."""
    return {
        "total": results.total,
        "page": query.page,
        "pages": ceil(results.total / query.limit),
        "suggestion": results.suggestion,
        "notices": [{"code": n.code, **n.params} for n in results.notices],
        "sort": query.sort,
        "limit": query.limit,
        "facets": {
            name: [_count_as_data(name, c) for c in counts]
            for name, counts in results.facets.items()
        },
        "distinct": results.distinct,
        "hits": [hit_as_data(hit, address(hit)) for hit in results.hits],
    }


def hit_as_data(hit: Hit, address: str) -> dict[str, Any]:
    why = [{"field": match.field, "text": match.text} for match in hit.why]
    return {"id": hit.id, "address": address, "when": hit.when, "why": why, **hit.show}


def _count_as_data(name: str, count: Count) -> dict[str, Any]:
    data = {"value": count.value, "label": count.label, "count": count.count}
    data |= {"chosen": True} if count.chosen else {}
    return data | ({"certain": count.certain} if name in TIMES else {})


@dataclass(frozen=True)
class Neighbours:
    """Where a photograph stands in the results the reader came from; links carry `args`."""

    at: int
    total: int
    previous: str
    next: str
    args: Args
    page: int


def neighbours(
    page: Callable[[int], Results], at: int, size: int, public_id: str, args: Args
) -> Neighbours | None:
    """The photographs beside the one at place `at` (from 1); None when it stands there no more."""
    if at < 1:
        return None
    pages: dict[int, Results] = {}

    def hit(place: int) -> str:
        number, offset = divmod(place - 1, size)
        if number not in pages:
            pages[number] = page(number + 1)
        hits = pages[number].hits
        return hits[offset].id if offset < len(hits) else ""

    if hit(at) != public_id:
        return None
    total = pages[(at - 1) // size].total
    before = hit(at - 1) if at > 1 else ""
    after = hit(at + 1) if at < total else ""
    return Neighbours(at, total, before, after, args, (at - 1) // size + 1)
