"""Feeds: what was published last, and what was published last among the photographs of a search.

Atom (RFC 4287), bounded, without a cookie. The invariant: a feed tells what everybody may see,
whoever asks, for it is made to be passed on and kept by others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from archive import db, rights, settings, words
from archive.catalogue import service as catalogue
from archive.catalogue.record import Record, public
from archive.history.actor import READER
from archive.languages import language
from archive.media.views import SHORTLY
from archive.search import service as searching
from archive.search.engine import Hit
from archive.search.query import parse
from archive.site import links, merged, naming, results
from archive.site import photograph as photographs
from archive.site.results import Args

ATOM = "application/atom+xml"
ENTRIES = 40
SMALL = 320
NEVER = datetime.fromtimestamp(0, UTC)  # a feed without entries answers the same at any time
# XML 1.0, section 2.2: what no document may hold, however it is written.
UNSPEAKABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

blueprint = Blueprint("feeds", __name__)


@dataclass(frozen=True)
class Entry:
    """A photograph in a feed; `picture` is None where a reader may not see one."""

    address: str
    title: str
    title_lang: str
    picture: photographs.Picture | None
    alt: str
    date: str
    places: str
    summary: str
    creators: tuple[str, ...]
    credit: str
    statement: rights.Statement | None
    published: datetime
    updated: datetime


@dataclass(frozen=True)
class Feed:
    """What the template shows."""

    title: str
    here: str
    page: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=NEVER)


@blueprint.get("/feed.atom")
def newest() -> Response:
    """What was published last."""
    return _answer({}, "feeds.newest", links.bare_url("site.home"))


@blueprint.get("/search.atom")
def search() -> ResponseReturnValue:
    """What was published last among the photographs of a search; its query is the page's."""
    args = results.without(results.kept(request.args.to_dict(flat=False)), "sort")
    if (elsewhere := merged.elsewhere(args)) is not None:
        return redirect(url_for("feeds.search", **_spoken(elsewhere)), 301)
    return _answer(args, "feeds.search", links.bare_url("site.search", **args))


def _answer(args: Args, endpoint: str, page: str) -> Response:
    here = url_for(endpoint, **_spoken(args))
    feed = _feed(args, here, page)
    text = render_template("site/feed.xml", feed=feed, lang=language())
    response = Response(UNSPEAKABLE.sub("", text), content_type=f"{ATOM}; charset=utf-8")
    response.headers["Cache-Control"] = SHORTLY
    response.last_modified = feed.updated
    response.add_etag()
    response.vary.update(("Accept-Language", "Cookie"))
    return response.make_conditional(request)  # type: ignore[return-value]


def _spoken(args: Args) -> dict[str, Any]:
    """A query with the language of this feed, which its readers do not ask for each time."""
    return {**args, "lang": language(), "theme": None}


def _feed(args: Args, here: str, page: str) -> Feed:
    asked = {**args, "sort": ["newest"], "limit": [str(ENTRIES)]}
    query = parse(asked, facets=naming.named_by(args), guards=searching.guards())
    found = searching.find(query, READER)
    title = settings.current().site_name
    if args:
        title = f"{title}: {naming.name_of(args, found, language())}"
    return Feed(title, links.absolute(here), links.absolute(page), list(_entries(found.hits)))


def _entries(hits: Sequence[Hit]) -> Iterator[Entry]:
    """The photographs that were found, each from its record, in the order of the hits."""
    session, lang = db.session(), language()
    keys = catalogue.keys_of(session, [hit.id for hit in hits])
    readings = catalogue.records_of(session, list(keys.values()))
    told = {reading.record["id"]: reading for reading in readings}
    for hit in hits:
        reading = told[hit.id]
        yield _entry(public(reading.record), reading.access.max_px, lang)


def _entry(record: Record, max_px: int | None, lang: str) -> Entry:
    title, title_lang = photographs.title_of(record, lang)
    alt = photographs.alt_of(record, lang)
    pictures = photographs.pictures_of(record, max_px, alt)
    address = links.bare_url("site.photograph", public_id=record["id"])
    published = datetime.fromisoformat(record["published_at"])
    return Entry(
        address=links.absolute(address),
        title=title,
        title_lang=title_lang,
        picture=next((one for one in pictures if SMALL in one.sizes), None),
        alt=alt,
        date=photographs.first_date(record, lang),
        places=", ".join(words.pick(place["name"], lang) for place in record["places"]),
        summary=photographs.summary_of(record, title, lang),
        creators=_creators(record),
        credit=record["rights"]["credit"] or _("Source: %(who)s", who=_institution()),
        statement=rights.statement(record["rights"]["statement"]),
        published=published,
        updated=max(published, datetime.fromisoformat(record["updated_at"])),
    )


def _creators(record: Record) -> tuple[str, ...]:
    """Who made the photograph; where nobody knows, the institution answers for the entry."""
    named = [agent["name"] for agent in record["agents"] if agent["role"] == "creator"]
    return tuple(dict.fromkeys(named)) or (_institution(),)


def _institution() -> str:
    return settings.current().institution
