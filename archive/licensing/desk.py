"""Pages of the licensing officer: the inbox, a request, asking, declining, quoting."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from archive import db
from archive.accounts.web import current_actor, roles_required
from archive.languages import language
from archive.licensing import money, service
from archive.licensing.forms import QuoteForm, WordsForm
from archive.licensing.models import LicenceRequest
from archive.licensing.sentences import sentence
from archive.licensing.shown import as_shown

blueprint = Blueprint("desk", __name__, url_prefix="/licensing/desk")
STATES = {
    "open": service.OPEN_STATES,
    "granted": ("accepted",),
    "closed": ("declined", "withdrawn"),
}


@blueprint.get("")
@roles_required("officer")
def inbox() -> str:
    """Requests by state, the longest waiting first."""
    tab = request.args.get("state", "open")
    found = service.inbox(db.session(), states=STATES.get(tab, service.OPEN_STATES))
    return render_template("licensing/inbox.html", requests=found, tab=tab, tabs=list(STATES))


@blueprint.get("/<public_id>")
@roles_required("officer")
def one(public_id: str) -> str:
    return _page(_request(public_id), QuoteForm(formdata=None), WordsForm(formdata=None))


@blueprint.post("/<public_id>/quote")
@roles_required("officer")
def quote(public_id: str) -> Any:
    """Send a quote; what cannot be read as money is asked for again, nothing typed is lost."""
    found = _request(public_id)
    form = QuoteForm()
    if not form.validate_on_submit():
        return _page(found, form, WordsForm(formdata=None)), 422
    try:
        service.quote(
            current_actor(),
            found,
            nets=_nets(found, form.currency.data),
            currency=form.currency.data,
            vat_scheme=form.vat_scheme.data,
            note=(form.note.data or "").strip(),
            valid_days=int(form.valid_days.data),
        )
    except money.BadAmount:
        flash(gettext("An amount cannot be read. Please write it like 12 500 or 99.90."), "error")
        return _page(found, form, WordsForm(formdata=None)), 422
    except service.DeskError as error:
        flash(sentence(error, language()), "error")
        return _page(found, form, WordsForm(formdata=None)), 422
    flash(gettext("The quote is sent."), "success")
    return redirect(url_for("desk.one", public_id=public_id))


@blueprint.post("/<public_id>/ask")
@roles_required("officer")
def ask(public_id: str) -> Any:
    return _write(public_id, service.ask)


@blueprint.post("/<public_id>/decline")
@roles_required("officer")
def decline(public_id: str) -> Any:
    return _write(public_id, service.decline)


@blueprint.get("/<public_id>/<any(quote, ask, decline):_act>")
@roles_required("officer")
def back(public_id: str, _act: str) -> Any:
    """A page that came back with an error is reloaded or turned into the other language."""
    return redirect(url_for("desk.one", public_id=public_id))


def _write(public_id: str, verb: Any) -> Any:
    found = _request(public_id)
    form = WordsForm()
    if not form.validate_on_submit():
        return _page(found, QuoteForm(formdata=None), form), 422
    try:
        verb(current_actor(), found, form.text.data)
    except service.DeskError as error:
        flash(sentence(error, language()), "error")
    return redirect(url_for("desk.one", public_id=public_id))


def _page(found: LicenceRequest, quote_form: QuoteForm, words: WordsForm) -> str:
    shown = as_shown(db.session(), found, language())
    return render_template(
        "licensing/desk.html", shown=shown, quote_form=quote_form, words=words, typed=request.form
    )


def _request(public_id: str) -> LicenceRequest:
    try:
        return service.find_request(db.session(), public_id, current_actor())
    except service.NotFound:
        abort(404)


def _nets(found: LicenceRequest, currency: str) -> dict[int, int]:
    """The amounts of the lines; an empty one stays missing, so that the desk says so."""
    typed = {line.id: request.form.get(f"net-{line.id}", "") for line in found.lines}
    return {key: money.parse(text, currency) for key, text in typed.items() if text.strip()}
