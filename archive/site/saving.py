"""Saved searches: the pages on which somebody keeps a search, names it and chooses its letters.

A search is saved on a page of its own, because the form needs a token and no page of results may
set a cookie. The invariant: only the owner sees, changes or removes a search.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import parse_qs, urlencode

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from archive import db, settings, words
from archive.accounts.web import current_actor, signed_in
from archive.languages import language
from archive.search import saved
from archive.search import service as searching
from archive.search.models import SavedSearch
from archive.search.query import parse
from archive.site import naming, results
from archive.site.links import with_query
from archive.site.results import Args

ALERTS: dict[str, Any] = {
    "never": _("Never"),
    "daily": _("At most once a day"),
    "weekly": _("At most once a week"),
}
blueprint = Blueprint("saving", __name__, url_prefix="/account/searches")


class SavingForm(FlaskForm):
    """What a search is called and how often its owner wants to hear of it."""

    name = StringField(
        _("Name"),
        validators=[
            DataRequired(message=_("Please give the search a name.")),
            Length(max=saved.NAME_CHARS),
        ],
    )
    alert = SelectField(
        _("Letters about new photographs"),
        choices=[SelectChoice(value, label) for value, label in ALERTS.items()],
        description=_(
            "By e-mail, to the address of your account. Each letter has a link that stops it."
        ),
    )


@dataclass(frozen=True)
class Line:
    """A saved search in the list; `feed` and `opened` are addresses."""

    public_id: str
    name: str
    alert: Any
    opened: str
    feed: str


@blueprint.get("")
@signed_in
def listed() -> str:
    """One's own saved searches."""
    mine = saved.of_person(db.session(), current_actor())
    return render_template(
        "site/saved.html",
        lines=[_line(search) for search in mine],
        most=settings.current().saved_searches_most,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@signed_in
def new() -> ResponseReturnValue:
    """Keep the search of this address."""
    args = results.kept(request.args.to_dict(flat=False))
    form: Any = cast(Any, SavingForm)(data={"name": _composed(args), "alert": "never"})
    if form.validate_on_submit():
        try:
            saved.save(
                current_actor(), urlencode(args, doseq=True),
                name=form.name.data, alert=form.alert.data,
            )  # fmt: skip
        except saved.NotKept as error:
            form.form_errors.append(_refusal(error))
        else:
            flash(gettext("The search is saved."), "success")
            return redirect(url_for("saving.listed"))
    page = render_template(
        "site/saving.html", form=form, search=None, opened=_opened(urlencode(args, doseq=True))
    )
    return page, 422 if form.errors else 200


@blueprint.route("/<public_id>", methods=["GET", "POST"])
@signed_in
def edit(public_id: str) -> ResponseReturnValue:
    """Another name, other letters."""
    search = _mine(public_id)
    form: Any = cast(Any, SavingForm)(data={"name": search.name, "alert": search.alert})
    if form.validate_on_submit():
        saved.settle(current_actor(), public_id, name=form.name.data, alert=form.alert.data)
        flash(gettext("Saved."), "success")
        return redirect(url_for("saving.listed"))
    page = render_template(
        "site/saving.html", form=form, search=search, opened=_opened(search.query)
    )
    return page, 422 if form.errors else 200


@blueprint.post("/<public_id>/remove")
@signed_in
def remove(public_id: str) -> ResponseReturnValue:
    """Keep it no longer."""
    search = _mine(public_id)
    saved.remove(current_actor(), public_id)
    flash(gettext("“%(name)s” is no longer kept.", name=search.name), "success")
    return redirect(url_for("saving.listed"))


def _mine(public_id: str) -> SavedSearch:
    try:
        return saved.of_id(db.session(), current_actor(), public_id)
    except LookupError:
        abort(404)


def _composed(args: Args) -> str:
    """The words of the search and its filters, as a first name for it."""
    asked = {**args, "limit": ["1"]}
    query = parse(asked, facets=naming.named_by(args), guards=searching.guards())
    found = searching.find(query, current_actor())
    return naming.name_of(args, found, language())[: saved.NAME_CHARS]


def _line(search: SavedSearch) -> Line:
    args = results.without(parse_qs(search.query), "sort")
    feed = url_for("feeds.search", lang=language(), theme=None)
    return Line(
        public_id=search.public_id,
        name=search.name,
        alert=ALERTS[search.alert],
        opened=_opened(search.query),
        feed=with_query(feed, urlencode(args, doseq=True)),
    )


def _opened(query: str) -> str:
    return with_query(url_for("site.search"), query)


def _refusal(error: saved.NotKept) -> str:
    if error.code == "long":
        return gettext("This search is too long to be saved.")
    return ngettext(
        "%(n)s search is kept already; please remove one first.",
        "%(n)s searches are kept already; please remove one first.",
        error.most,
        n=words.number(error.most),
    )
