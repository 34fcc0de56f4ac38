"""Addresses that pages write for themselves are those that the routes would give."""

import pytest
from flask import Flask, url_for

from archive.languages import here
from archive.search.engine import Count, Results
from archive.site.results import facets_of
from archive.site.views import _link

SEARCH = "/search?q=t%C3%A9r+%26+%22a%22&lang=en&at=3&place=p1&place=p2"


@pytest.mark.parametrize("address", [SEARCH, "/"])
def test_this_page_with_a_part_changed(app: Flask, address: str) -> None:
    with app.test_request_context(address) as context:
        kept = {**context.request.args.to_dict(flat=False), "at": None, "page": 2, "theme": "paper"}
        assert here(at=None, page=2, theme="paper") == url_for(context.request.endpoint, **kept)
        assert here() == url_for(context.request.endpoint, **context.request.args.to_dict(False))


def test_every_value_of_a_facet_has_the_address_of_the_search_with_it(app: Flask) -> None:
    counts = (Count("Ő & ü?", {}, 3), Count("HU-1/2 b", {}, 2, True), Count("x=y", {}, 1))
    found = Results(6, (), {"place": counts})
    args = {"q": ["híd tér"], "place": ["HU-1/2 b"], "year": ["1956"]}
    with app.test_request_context("/search?lang=en&q=x"):
        link = _link("site.search")
        (facet,) = facets_of(found, args, link, "en", staff=False)
        rest = {"q": ["híd tér"], "year": ["1956"]}
        chosen = {entry.label: entry.href for entry in facet.entries}
        assert chosen["HU-1/2 b"] == link(rest)
        for value in ("Ő & ü?", "x=y"):
            assert chosen[value] == link({**rest, "place": ["HU-1/2 b", value]})
