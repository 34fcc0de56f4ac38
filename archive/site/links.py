"""Addresses and small words that every template may use, the account and work pages included.

Language and appearance are chosen in `archive.languages`. The invariant: a canonical address never
carries the reader's own choices.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from flask import Blueprint, g, request, url_for
from flask.blueprints import BlueprintSetupState
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from archive import settings, words
from archive.catalogue.record import known_by
from archive.search.engine import Hit, Match
from archive.templating import escaped

EXCERPT = 90
SHAPES = (0.4, 3.99)
ANY = "~"


def furnish(blueprint: Blueprint) -> None:
    """Give these functions and filters to every template of the application."""

    @blueprint.record_once
    def add(state: BlueprintSetupState) -> None:
        state.app.jinja_env.globals.update(_GLOBALS)
        state.app.jinja_env.filters.update(_FILTERS)


def absolute(path: str) -> str:
    """The public address of a path of this site."""
    return settings.current().base_url.rstrip("/") + path


def alternates(path: str, query: str = "") -> Markup:
    """Head links: the one canonical address, and the same page in each language."""
    address = absolute(path) + (f"?{query}" if query else "")
    joint = "&" if query else "?"
    link = Markup('<link rel="{}"{} href="{}">')
    lang = Markup(' hreflang="{}"')
    lines = [link.format("canonical", "", address)]
    lines += [
        link.format("alternate", lang.format(code), f"{address}{joint}lang={code}")
        for code in ("hu", "en")
    ]
    lines.append(link.format("alternate", lang.format("x-default"), address))
    return Markup("\n  ").join(lines)


def bare_url(endpoint: str, **values: Any) -> str:
    """The address of a page without the reader's language and appearance."""
    return url_for(endpoint, lang=None, theme=None, **values)


def kept_query(*replaced: str) -> list[tuple[str, str]]:
    """The query of this page for the hidden fields of a form, but for what the form itself asks."""
    return [pair for pair in request.args.items(multi=True) if pair[0] not in replaced]


def page_numbers(page: int, pages: int) -> list[int | None]:
    """The pages to link to, None where some are left out: 1 … 4 5 6 … 20."""
    near = sorted(n for n in {1, page - 1, page, page + 1, pages} if 1 <= n <= pages)
    numbers: list[int | None] = []
    for number in near:
        if numbers and numbers[-1] is not None and number - numbers[-1] > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers


def with_query(address: str, query: str) -> str:
    """An address with a query added to the one it has."""
    return f"{address}{'&' if '?' in address else '?'}{query}" if query else address


def picture_url(asset_id: str, size: int) -> str:
    """The address of one rendition of a picture; `size` is its longest side in pixels."""
    return _pattern("media.rendition", asset_id=ANY, size=0).replace(
        f"{ANY}/0", f"{asset_id}/{size}"
    )


def sources(show: Mapping[str, Any]) -> Markup:
    """Attributes of a hit's small picture: its address, and the doubled one if its rights allow."""
    small, doubled = (escaped(picture_url(show["asset"], size)) for size in (320, 640))
    may = show["max_px"] is None or show["max_px"] >= 640
    also = f' srcset="{small} 1x, {doubled} 2x"' if may else ""
    return Markup(f'src="{small}"{also}')  # noqa: S704 - escaped above


def photograph_url(public_id: str, trail: str = "", at: int = 0) -> str:
    """The address of a photograph; `trail` and `at` tell its page which results it stands in."""
    address = _pattern("site.photograph", public_id=ANY).replace(ANY, public_id)
    if not at:
        return address
    return with_query(address, f"{trail}{'&' if trail else ''}at={at}")


def _pattern(endpoint: str, **values: Any) -> str:
    """An address with a place-holder: a page has hundreds of them, each slow to build."""
    patterns: dict[str, str] = g.setdefault("address_patterns", {})
    if endpoint not in patterns:
        patterns[endpoint] = url_for(endpoint, **values)
    return patterns[endpoint]


def shape(width: int, height: int) -> str:
    """Width divided by height with two decimals, for the stylesheet's `data-r`."""
    if not width or not height:
        return "1.33"
    return f"{min(max(width / height, SHAPES[0]), SHAPES[1]):.2f}"


@pass_context
def in_language(context: Context, texts: dict[str, str]) -> str:
    """A text in the reader's language, else in any other; plain, for attributes."""
    return words.pick(texts, context["lang"])


@pass_context
def known_as(context: Context, record: dict[str, Any]) -> str:
    """What tells a photograph from others in a list of staff; plain, as `in_language`."""
    return known_by(record, context["lang"])


@pass_context
def told(context: Context, texts: dict[str, str], missing: str = "") -> str:
    """A text in the reader's language; else another one, marked with its language."""
    if (said := texts.get(context["lang"])) or not texts:
        return said or missing
    return Markup('<span lang="{}">{}</span>').format(*next(iter(texts.items())))


@pass_context
def in_words(context: Context, statement: dict[str, Any]) -> str:
    """A date statement of a record in the reader's language."""
    return words.date_in_words(statement, context["lang"])


@pass_context
def edtf_in_words(context: Context, edtf: str) -> str:
    """A date in EDTF in the reader's language; what is none stays as it was written."""
    return words.edtf_in_words(edtf, context["lang"])


@pass_context
def reasons(context: Context, hit: Hit, most: int) -> list[tuple[str, Markup]]:
    """Why a photograph was found, the title apart: a field's name and its words, marked."""
    found: dict[str, Match] = {}
    for match in hit.why:
        if match.field != "title":
            found.setdefault(match.field, match)
    lang = context["lang"]
    return [(_field(name, lang), excerpt(match)) for name, match in islice(found.items(), most)]


@lru_cache(maxsize=256)
def _field(name: str, _lang: str) -> str:
    """What a field is called in the language of this request, which is `_lang`."""
    return str(words.FIELDS.get(name, name))


@pass_context
def titled(context: Context, hit: Hit) -> str:
    """The title as `told`, with the words that were found in it marked."""
    titles = hit.show["title"]
    shown = titles.get(context["lang"])
    for match in hit.why:
        if match.field == "title" and match.text == shown:
            return Markup("".join(_marked(match, 0, len(shown))))  # noqa: S704 - escaped there
    return told(context, titles, hit.show["ref"] or hit.id)


def excerpt(match: Match) -> Markup:
    """The part of a text around its first hit, with every hit in it marked."""
    first = match.spans[0].start if match.spans else 0
    whole = first < EXCERPT // 2 or len(match.text) <= EXCERPT
    start = 0 if whole else match.text.rfind(" ", 0, first - EXCERPT // 3) + 1
    end = min(len(match.text), start + EXCERPT)
    head, tail = "… " if start else "", " …" if end < len(match.text) else ""
    return Markup("".join([head, *_marked(match, start, end), tail]))  # noqa: S704 - escaped there


def _marked(match: Match, start: int, end: int) -> list[str]:
    """The pieces of a part of a text, escaped, with the words found in it marked.

    They are plain, as joining them as Markup would escape each once more."""
    parts, at, text = [], start, match.text
    for span in match.spans:
        if start <= span.start and span.end <= end:
            marked = escaped(text[span.start : span.end])
            parts += [escaped(text[at : span.start]), "<mark>", marked, "</mark>"]
            at = span.end
    return [*parts, escaped(text[at:end])]


_GLOBALS: dict[str, Any] = {
    "absolute": absolute,
    "alternates": alternates,
    "bare_url": bare_url,
    "kept_query": kept_query,
    "page_numbers": page_numbers,
    "photograph_url": photograph_url,
    "picture_url": picture_url,
    "shape": shape,
    "words": words,
}
_FILTERS: dict[str, Any] = {
    "date_in_words": in_words,
    "in_language": in_language,
    "known_as": known_as,
    "day_in_words": words.day,
    "edtf_in_words": edtf_in_words,
    "moment_in_words": words.moment,
    "mark": words.mark,
    "number": words.number,
    "reasons": reasons,
    "titled": titled,
    "shape": shape,
    "sources": sources,
    "told": told,
    "photograph_url": photograph_url,
    "with_query": with_query,
}
