"""Which language and which appearance a page is shown in.

Without a word in the address the signed-in person's own setting holds, then what the browser asks
for. What the address says is carried along by every link, so that nobody needs a cookie for it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Flask, current_app, g, has_request_context, request, url_for
from flask_babel import Babel, format_date, format_datetime

from archive.accounts.web import current_actor, current_person
from archive.settings import Settings

LANGUAGES = ("hu", "en")
THEMES = ("paper", "darkroom")
CARRIED = {"lang": LANGUAGES, "theme": THEMES}
BARE = {"static", "media", "interop", "operations"}


def init_app(app: Flask, settings: Settings) -> None:
    """Choose a language for each request and give templates what they need to name it."""
    app.config.update(
        BABEL_DEFAULT_LOCALE=settings.default_language,
        BABEL_DEFAULT_TIMEZONE=settings.time_zone,
    )
    Babel(app, locale_selector=_locale, timezone_selector=lambda: settings.time_zone)
    app.url_defaults(_carry)
    app.context_processor(_words)
    app.jinja_env.filters.update(day=day, moment=moment)

    @app.after_request
    def vary(response: Any) -> Any:
        if response.mimetype == "text/html":
            response.vary.update(("Accept-Language", "Cookie"))
            response.headers.setdefault("Content-Language", language())
        return response


def language() -> str:
    """The language of this request: "hu" or "en"."""
    if "language" not in g:
        g.language = _chosen("lang") or _preferred("language", LANGUAGES) or _asked_for()
    return str(g.language)


def _locale() -> str:
    """British forms in English: a day before its month, as archives in Europe write it."""
    return "en_GB" if language() == "en" else language()


def theme() -> str:
    """The appearance of this page; empty: as the reader's system is set."""
    return _chosen("theme") or _preferred("theme", THEMES)


def here(**changes: Any) -> str:
    """The address of this page with some of its query changed; None removes a part."""
    if request.endpoint is None:
        return url_for("site.home", **changes)
    query: dict[str, Any] = {**request.args.to_dict(flat=False), **changes}
    return url_for(request.endpoint, **{**(request.view_args or {}), **query})


def day(value: date | datetime) -> str:
    """A day in words: "2026. november 22.", "22 November 2026"."""
    return str(format_date(value, "long"))


def moment(value: datetime) -> str:
    """A moment in words, in the institution's zone."""
    return str(format_datetime(value, "d MMM y HH:mm" if language() == "en" else "y. MMM d. HH:mm"))


def _chosen(name: str) -> str:
    value = request.args.get(name, "") if has_request_context() else ""
    return value if value in CARRIED[name] else ""


def _preferred(name: str, allowed: tuple[str, ...]) -> str:
    person = current_person() if has_request_context() else None
    value = getattr(person, name, "") if person else ""
    return value if value in allowed else ""


def _asked_for() -> str:
    default = str(current_app.config["BABEL_DEFAULT_LOCALE"])
    if not has_request_context():
        return default
    return request.accept_languages.best_match(LANGUAGES) or default


def _carry(endpoint: str, values: dict[str, Any]) -> None:
    """Keep in every link what this page's address says about language and appearance."""
    if not has_request_context() or endpoint.split(".", 1)[0] in BARE:
        return
    for name in CARRIED:
        if chosen := _chosen(name):
            values.setdefault(name, chosen)


def _words() -> dict[str, Any]:
    return {"lang": language(), "theme": theme(), "here": here, "actor": current_actor()}
