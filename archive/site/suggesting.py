"""What is being typed, completed: for the search field of our pages and for that of browsers.

One answer serves both (OpenSearch Suggestions 1.1): what was typed, the completions, a few words
about each, and the address each leads to. The invariant: nothing is remembered of what was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import ngettext

from archive import words
from archive.accounts.web import current_actor
from archive.languages import language
from archive.media.answering import PRIVATE
from archive.search import service as searching
from archive.search.engine import Suggestion
from archive.site.links import with_query

SUGGESTIONS = "application/x-suggestions+json"
MOST = 8
LEAST = 2  # letters; fewer begin nearly everything
MOST_CHARS = 80
A_MINUTE = "public, max-age=60"

blueprint = Blueprint("suggesting", __name__)


@blueprint.get("/search/suggest")
def suggest() -> Response:
    """Completions of `q` within what this reader may see, the commonest first."""
    typed, actor = request.args.get("q", "")[:MOST_CHARS], current_actor()
    telling = len(typed.strip()) >= LEAST
    known = searching.suggest(typed, actor, limit=2 * MOST) if telling else ()
    found = _each_once(known, language())
    response = jsonify(
        [typed, [one.text for one in found], [*map(_told, found)], [*map(_address, found)]]
    )
    response.mimetype = SUGGESTIONS
    response.headers["Cache-Control"] = PRIVATE if actor.person_id else A_MINUTE
    response.vary.update(("Accept-Language", "Cookie"))
    return response


def _each_once(found: Sequence[Suggestion], lang: str) -> list[Suggestion]:
    """One for each thing, in the reader's language where it is told in several, and one for each
    name: who took photographs may be seen on some."""
    things: dict[tuple[str, str], Suggestion] = {}
    for one in found:
        key = one.kind, one.value
        if key not in things or (one.lang == lang != things[key].lang):
            things[key] = one
    names: dict[str, Suggestion] = {}
    for one in things.values():
        names.setdefault(one.text.casefold(), one)
    return list(names.values())[:MOST]


def _told(one: Suggestion) -> str:
    """What it is, and on how many photographs."""
    counted = ngettext(
        "%(n)s photograph", "%(n)s photographs", one.count, n=words.number(one.count)
    )
    kind = words.FIELDS.get(one.kind)
    return f"{kind} · {counted}" if kind else counted


def _address(one: Suggestion) -> str:
    """The photographs of a name; those that have a word."""
    name, value = ("q", one.text) if one.kind == "word" else (one.kind, one.value)
    return with_query(url_for("site.search"), urlencode({name: value}))
