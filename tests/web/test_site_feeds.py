"""Feeds: Atom as RFC 4287 wants it, with what everybody may see and nothing else."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.collection import Collection, collection, exhibition, reader

__all__ = ["collection", "exhibition", "reader"]
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
# RFC 4287: 4.1.1 and 4.1.2, how often each element stands in a feed and in an entry.
ONCE = {"id", "title", "updated"}
AT_MOST_ONCE = {
    "generator",
    "icon",
    "logo",
    "rights",
    "subtitle",
    "published",
    "content",
    "summary",
}
FEED = ONCE | {"author", "link", "subtitle", "generator", "icon", "entry", "rights", "category"}
ENTRY = ONCE | {"author", "link", "published", "rights", "summary", "content", "category"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def parsed(response: TestResponse) -> ElementTree.Element:
    assert response.status_code == 200, response.status
    assert response.content_type == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.data)


def entries(feed: ElementTree.Element) -> list[ElementTree.Element]:
    return feed.findall(f"{ATOM}entry")


def text_of(element: ElementTree.Element, name: str) -> str:
    found = element.findtext(f"{ATOM}{name}")
    assert found is not None, name
    return found


def flaws(feed: ElementTree.Element) -> list[str]:
    """What RFC 4287 says against a feed."""
    found = [] if feed.tag == f"{ATOM}feed" else [f"the root is {feed.tag}"]
    for element, known in ((feed, FEED), *((entry, ENTRY) for entry in entries(feed))):
        names = [child.tag.removeprefix(ATOM) for child in element]
        found += [f"{name} in {element.tag}" for name in set(names) - known]
        found += [f"{name}: {names.count(name)}" for name in ONCE if names.count(name) != 1]
        found += [f"{name} twice" for name in AT_MOST_ONCE if names.count(name) > 1]
        found += _dates(element) + _addresses(element) + _people(element)
    ids = [text_of(entry, "id") for entry in entries(feed)]
    return found + ([] if len(ids) == len(set(ids)) else ["two entries of one id"])


def _dates(element: ElementTree.Element) -> list[str]:
    named = [element.findtext(f"{ATOM}{name}") for name in ("updated", "published")]
    return [f"date {text}" for text in named if text and not MOMENT.fullmatch(text)]


def _addresses(element: ElementTree.Element) -> list[str]:
    """4.2.6, 4.2.7: ids and links are whole; one alternate of a type; a feed names itself."""
    links = element.findall(f"{ATOM}link")
    asked = [text_of(element, "id"), *(link.get("href", "") for link in links)]
    asked += [image.get("src", "") for image in element.findall(f".//{XHTML}img")]
    found = [f"address {a!r}" for a in asked if urlsplit(a).scheme not in ("http", "https")]
    alternates = [(link.get("type"), link.get("hreflang")) for link in links
                  if link.get("rel", "alternate") == "alternate"]  # fmt: skip
    if len(alternates) != len(set(alternates)):
        found.append("two alternates of one type")
    if element.tag == f"{ATOM}feed" and [x.get("rel") for x in links].count("self") != 1:
        found.append("no link to itself")
    return found


def _people(element: ElementTree.Element) -> list[str]:
    """4.1.1: somebody is the author of each entry or of the feed; 3.2: a person has a name."""
    people = element.findall(f"{ATOM}author")
    missing = [] if people or element.tag == f"{ATOM}entry" else ["no author"]
    return missing + ["no name" for person in people if not person.findtext(f"{ATOM}name")]


@pytest.mark.parametrize(
    "query",
    ["/feed.atom", "/search.atom?q=h%C3%ADd", "/search.atom?q=xyzzy", "/search.atom",
     "/search.atom?q=%00%0B%3C%26%22%5D%5D%3E&year=1956&date=1956"],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["hu", "en"])
def test_a_feed_keeps_to_the_standard(
    reader: FlaskClient, collection: Collection, query: str, lang: str
) -> None:
    joint = "&" if "?" in query else "?"
    feed = parsed(reader.get(f"{query}{joint}lang={lang}"))
    assert flaws(feed) == []
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == lang


def test_the_newest_come_first_with_rights_credit_and_picture(
    reader: FlaskClient, collection: Collection
) -> None:
    feed = parsed(reader.get("/feed.atom?lang=en"))
    shown = [urlsplit(text_of(entry, "id")).path.split("/")[-1] for entry in entries(feed)]
    assert sorted(shown) == sorted([collection.free, collection.protected])
    moments = [datetime.fromisoformat(text_of(entry, "published")) for entry in entries(feed)]
    assert all(later >= earlier for later, earlier in pairwise(moments))
    bridge = next(e for e in entries(feed) if text_of(e, "title") == "Wreck of the bridge")
    assert text_of(bridge, "rights") == "Public domain. Próba Archívum"
    assert "publicdomain/mark" in str(
        next(x.get("href") for x in bridge.findall(f"{ATOM}link") if x.get("rel") == "license")
    )
    image = bridge.find(f".//{XHTML}img")
    assert image is not None
    with reader.get(urlsplit(str(image.get("src"))).path) as picture:
        assert picture.content_type == "image/jpeg"


def test_a_search_is_a_feed_of_what_it_finds(reader: FlaskClient, collection: Collection) -> None:
    feed = parsed(reader.get("/search.atom?q=roncsai&date=1956&sort=date&page=7&lang=hu"))
    assert [text_of(entry, "title") for entry in entries(feed)] == ["A híd roncsai"]
    assert text_of(feed, "title") == "Pillanat: roncsai, 1956"
    assert "page=7" not in text_of(feed, "id")
    page = next(x for x in feed.findall(f"{ATOM}link") if x.get("rel") == "alternate")
    address = urlsplit(str(page.get("href")))
    assert "A híd roncsai" in reader.get(f"{address.path}?{address.query}").text


def test_filters_are_named_in_words(reader: FlaskClient, collection: Collection) -> None:
    data = reader.get("/search.json").get_json()
    place = data["facets"]["place"][0]
    feed = parsed(reader.get(f"/search.atom?place={place['value']}&lang=hu"))
    assert text_of(feed, "title") == "Pillanat: Próba híd"


def test_pages_lead_to_their_feeds(reader: FlaskClient, collection: Collection) -> None:
    for page, words in (("/?lang=en", "2"), ("/search?q=roncsai&lang=en&theme=paper", "1")):
        head = reader.get(page).text
        link = re.search(
            r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)', head
        )
        assert link is not None
        feed = parsed(reader.get(link[1].replace("&amp;", "&")))
        assert str(len(entries(feed))) == words


def test_who_has_it_already_is_told_so_without_a_cookie(
    reader: FlaskClient, collection: Collection
) -> None:
    first = reader.get("/search.atom?q=roncsai")
    assert "Set-Cookie" not in first.headers
    assert "public" in first.headers["Cache-Control"]
    again = reader.get("/search.atom?q=roncsai", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert reader.get("/search.atom?q=roncsai", headers=since).status_code == 304
    old = {"If-Modified-Since": "Tue, 23 Oct 1956 12:00:00 GMT"}
    assert reader.get("/search.atom?q=roncsai", headers=old).status_code == 200
