"""Who reads, and how: the language, the appearance, and links that keep both.

A reader without an account gets no cookie and no storage, so a choice travels in the address:
``?lang=`` and ``?theme=`` are carried into every link of the page. Somebody signed in may keep
both in the account. The invariant: nothing here writes anything anywhere.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import current_app, request, url_for
from flask_babel import get_locale
from markupsafe import Markup

from archive import rights, settings
from archive.accounts import web as accounts
from archive.site import words

LANGUAGES = ("hu", "en")
THEMES = ("paper", "darkroom")
CARRIED = {"lang": LANGUAGES, "theme": THEMES}
_PLAIN = ("static", "media.", "site.opensearch", "site.sitemap", "site.robots")


def language() -> str:
    """The language of this request: asked for, kept in the account, of the browser, of the site."""
    asked = given("lang")
    kept = getattr(accounts.current_person(), "language", "")
    offered = request.accept_languages.best_match(LANGUAGES)
    return asked or kept or offered or settings.current().default_language


def given(name: str) -> str:
    """The value of ``lang`` or ``theme`` in the address, if it is one we know."""
    value = request.args.get(name, "")
    return value if value in CARRIED[name] else ""


def theme() -> str:
    """The appearance chosen in the address or the account; empty: as the system is set."""
    return given("theme") or getattr(accounts.current_person(), "theme", "")


def carry(endpoint: str, values: dict[str, Any]) -> None:
    """Keep the reader's choices in every link to a page (`app.url_defaults`)."""
    if not request or endpoint.startswith(_PLAIN):
        return
    for name in CARRIED:
        if name not in values and given(name):
            values[name] = given(name)


def here(**changes: Any) -> str:
    """The address of this page with some values of its query changed; None takes one out."""
    query = {name: request.args.getlist(name) for name in request.args if name not in changes}
    query |= {name: [value] for name, value in changes.items() if value is not None}
    return request.path + ("?" + urlencode(query, doseq=True) if query else "")


def absolute(path: str) -> str:
    """The public address of a path of this site."""
    return settings.current().base_url.rstrip("/") + path


def alternates(path: str, query: str = "") -> Markup:
    """Head links: the one canonical address and the same page in each language."""
    address = absolute(path) + (f"?{query}" if query else "")
    joint = "&" if query else "?"
    lines = [Markup('<link rel="canonical" href="{}">').format(address)]
    lines += [
        Markup('<link rel="alternate" hreflang="{}" href="{}">').format(
            lang, f"{address}{joint}lang={lang}"
        )
        for lang in LANGUAGES
    ]
    lines.append(Markup('<link rel="alternate" hreflang="x-default" href="{}">').format(address))
    return Markup("\n  ").join(lines)


def page_numbers(page: int, pages: int) -> list[int | None]:
    """The pages to link to, None where some are left out: 1 … 4 5 6 … 20."""
    near = {1, pages, page - 1, page, page + 1}
    shown = sorted(number for number in near if 1 <= number <= pages)
    numbers: list[int | None] = []
    for number in shown:
        before = numbers[-1] if numbers else None
        if before is not None and number - before > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers


def static_url(filename: str) -> str:
    """The address of a file of ours, which changes whenever the program's version does."""
    return url_for("static", filename=filename, v=current_app.config["STATIC_VERSION"])


def offer() -> dict[str, Any]:
    """What every template may use (`app.context_processor`)."""
    chosen = settings.current()
    return {
        "lang": str(get_locale()),
        "lang_given": given("lang"),
        "theme": theme(),
        "site_name": chosen.site_name,
        "institution": chosen,
        "actor": accounts.current_actor(),
        "query_text": request.args.get("q", ""),
        "words": words,
        "here": here,
        "absolute": absolute,
        "alternates": alternates,
        "page_numbers": page_numbers,
        "static_url": static_url,
        "rights_statement": rights.statement,
        "known": current_app.view_functions.__contains__,
    }
