"""Which language and which appearance a page is shown in.

Without a word in the address the signed-in person's own setting holds, then what the browser asks
for. What the address says is carried along by every link, so that nobody needs a cookie for it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, current_app, g, has_request_context, request, url_for
from flask_babel import Babel, Domain, format_date, format_datetime, get_locale
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

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
    app.extensions["babel"].domain_instance = domain = _Domain()
    app.jinja_env.globals.update(_=domain.tell, gettext=domain.tell, ngettext=domain.count)
    app.url_defaults(_carry)
    app.context_processor(_words)
    app.jinja_env.filters.update(day=day, moment=moment)

    @app.after_request
    def vary(response: Any) -> Any:
        if response.mimetype == "text/html":
            response.vary.update(("Accept-Language", "Cookie"))
            response.headers.setdefault("Content-Language", language())
        return response


class _Domain(Domain):
    """Finds the translations of a locale without spelling out its name for every sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[tuple[str, str | None], Any] = {}

    def get_translations(self) -> Any:
        locale = get_locale()
        if locale is None:
            return super().get_translations()
        key = (locale.language, locale.territory)
        if key not in self._known:
            self._known[key] = super().get_translations()
        return self._known[key]

    def _of_page(self) -> Any:
        """The translations of this page, all of whose templates speak one language."""
        if (found := g.get("translations")) is None:
            found = g.translations = self.get_translations()
        return found

    @pass_eval_context
    def tell(self, context: EvalContext, text: str, **values: Any) -> str:
        """`_` of the templates, without Jinja's detours: a page has a hundred sentences."""
        return _filled(context, self._of_page().ugettext(text), values)

    @pass_eval_context
    def count(self, context: EvalContext, one: str, many: str, number: int, **values: Any) -> str:
        """`ngettext` of the templates."""
        text = self._of_page().ungettext(one, many, number)
        return _filled(context, text, {"num": number, **values})


def _filled(context: EvalContext, text: str, values: dict[str, Any]) -> str:
    """A sentence with its values, which are escaped where the template escapes."""
    sentence = Markup(text) if context.autoescape else text  # noqa: S704 - our own words
    return sentence % values if "%" in text else sentence


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
    query: dict[str, Any] = {**_shown_query(), **changes}
    kept = {name: value for name, value in query.items() if value is not None}
    path = quote(request.root_path + request.path, safe="!$&'()*+,/:;=@")
    written = urlencode(kept, doseq=True, safe="!$'()*,/:;?@")
    return f"{path}?{written}" if kept else path


def _shown_query() -> dict[str, list[str]]:
    """The query of this page's address; a page has dozens of links that keep most of it."""
    if "shown_query" not in g:
        g.shown_query = request.args.to_dict(flat=False)
    return g.shown_query  # type: ignore[no-any-return]


def day(value: date | datetime) -> str:
    """A day in words: "2026. november 22.", "22 November 2026"."""
    return str(format_date(value, "long"))


def moment(value: datetime) -> str:
    """A moment in words, in the institution's zone."""
    return str(format_datetime(value, "d MMM y HH:mm" if language() == "en" else "y. MMM d. HH:mm"))


def _chosen(name: str) -> str:
    return _choices().get(name, "")


def _choices() -> dict[str, str]:
    """What the address says of language and appearance; every link of a page asks for it."""
    if not has_request_context():
        return {}
    if "choices" not in g:
        given = {name: request.args[name] for name in CARRIED if name in request.args}
        g.choices = {name: value for name, value in given.items() if value in CARRIED[name]}
    return g.choices  # type: ignore[no-any-return]


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
    if endpoint.split(".", 1)[0] not in BARE:
        for name, chosen in _choices().items():
            values.setdefault(name, chosen)


def _words() -> dict[str, Any]:
    return {"lang": language(), "theme": theme(), "here": here, "actor": current_actor()}
