"""Pages of those who ask for a licence: the form, their requests, the quote, the file."""

from __future__ import annotations

import secrets
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    session,
    url_for,
)
from flask_babel import gettext

from archive import db
from archive.accounts.web import current_actor, current_person, signed_in
from archive.catalogue import service as photographs
from archive.languages import language
from archive.licensing import delivery as deliveries
from archive.licensing import service
from archive.licensing.forms import AcceptForm, UsageForm, WordsForm
from archive.licensing.models import Delivery, LicenceRequest
from archive.licensing.sentences import sentence
from archive.licensing.shown import as_shown

blueprint = Blueprint("licensing", __name__)
KEPT = "licence_form"


@blueprint.route("/licensing/request/<public_id>", endpoint="request", methods=["GET", "POST"])
def request_licence(public_id: str) -> Any:
    """The short form; who is not signed in is asked to, and finds the form as it was left."""
    reading = _photograph(public_id)
    if not reading.access.licensable:
        flash(gettext("No licence is needed for this photograph, or none can be given."), "info")
        return redirect(url_for("site.photograph", public_id=public_id))
    form = UsageForm(data=_kept(public_id) if request.method == "GET" else None)
    if form.validate_on_submit():
        if current_actor().person_id is None:
            session[KEPT] = {"id": public_id, "data": _plain(form)}
            return redirect(url_for("security.register", next=request.path))
        return _send(public_id, form)
    if request.method == "GET":
        _prefill(form)
    kept = request.method == "GET" and _kept(public_id) is not None
    page = render_template("licensing/request.html", form=form, record=reading.record, kept=kept)
    return page, 422 if form.errors else 200


def _send(public_id: str, form: UsageForm) -> Any:
    try:
        made = service.request(
            current_actor(),
            image_ids=[public_id],
            usage=form.usage(),
            details=form.details(),
            lang=language(),
        )
    except service.DeskError as error:
        flash(sentence(error, language()), "error")
        return redirect(url_for("site.photograph", public_id=public_id))
    session.pop(KEPT, None)
    flash(gettext("Your request has arrived. We answer by e-mail and on this page."), "success")
    return redirect(url_for("licensing.one", public_id=made.public_id))


@blueprint.get("/licensing/requests")
@signed_in
def mine() -> str:
    """All requests of the person who is signed in."""
    found = service.requests_of(db.session(), current_actor())
    return render_template("licensing/mine.html", requests=found)


@blueprint.get("/licensing/requests/<public_id>")
@signed_in
def one(public_id: str) -> Any:
    """Where a request stands: its steps, the quote, the licence, the files."""
    found = _request(public_id)
    if found.person_id != current_actor().person_id:
        return redirect(url_for("desk.one", public_id=public_id))
    accept = AcceptForm(data={"key": secrets.token_hex(16)})
    shown = as_shown(db.session(), found, language())
    return render_template(
        "licensing/one.html", shown=shown, accept=accept, words=WordsForm(formdata=None)
    )


@blueprint.post("/licensing/requests/<public_id>/answer")
@signed_in
def answer(public_id: str) -> Any:
    found = _own(_request(public_id))
    form = WordsForm()
    if not form.validate_on_submit():
        flash(" ".join(form.text.errors), "error")
    elif _try(lambda: service.answer(current_actor(), found, form.text.data)):
        flash(gettext("Your message has been sent."), "success")
    return redirect(url_for("licensing.one", public_id=public_id))


@blueprint.post("/licensing/requests/<public_id>/withdraw")
@signed_in
def withdraw(public_id: str) -> Any:
    found = _own(_request(public_id))
    if _try(lambda: service.withdraw(current_actor(), found)):
        flash(gettext("The request is withdrawn."), "success")
    return redirect(url_for("licensing.one", public_id=public_id))


@blueprint.post("/licensing/quotes/<public_id>/accept")
@signed_in
def accept(public_id: str) -> Any:
    """Accept a quote, by POST only; sent twice it gives the same licence."""
    found = _or_404(lambda: service.find_quote(db.session(), public_id, current_actor()))
    _own(found.request)
    back = redirect(url_for("licensing.one", public_id=found.request.public_id))
    form = AcceptForm()
    if not form.validate_on_submit():
        flash(gettext("Please tick the box to accept the quote."), "error")
        return back
    if _try(lambda: service.accept(current_actor(), found, key=form.key.data)):
        flash(gettext("Thank you. Your licence is granted; the file is being made."), "success")
    return back


@blueprint.get("/licensing/quotes/<public_id>.pdf")
@signed_in
def quote_pdf(public_id: str) -> Response:
    found = _or_404(lambda: service.find_quote(db.session(), public_id, current_actor()))
    return _pdf(found.pdf_sha256, found.number)


@blueprint.get("/licensing/licences/<number>.pdf")
@signed_in
def licence_pdf(number: str) -> Response:
    found = _or_404(lambda: service.find_licence(db.session(), number, current_actor()))
    return _pdf(found.pdf_sha256, found.number)


@blueprint.post("/licensing/deliveries/<public_id>/link")
@signed_in
def issue_link(public_id: str) -> Any:
    """A new download link; it is shown once, for the archive keeps only its digest."""
    found = _delivery(public_id)
    try:
        token = deliveries.issue_link(current_actor(), found)
    except deliveries.LinkEnded:
        abort(409)
    return redirect(url_for("licensing.delivery", token=token))


@blueprint.get("/delivery/<token>")
def delivery(token: str) -> Response:
    """What the link leads to; nothing is counted until the button is pressed."""
    try:
        found = deliveries.behind(db.session(), token)
    except deliveries.NoSuchLink:
        abort(404)
    except deliveries.LinkEnded as ended:
        return Response(render_template("licensing/link_ended.html", why=ended.why), 410)
    page = Response(render_template("licensing/delivery.html", delivery=found, token=token))
    return _private(page)


@blueprint.post("/delivery/<token>")
def download(token: str) -> Response:
    """The licensed file; one press of the button is one session."""
    try:
        found, path = deliveries.open_session(token)
        response = send_file(path, as_attachment=True, download_name=found.filename)
    except deliveries.NoSuchLink:
        abort(404)
    except deliveries.LinkEnded as ended:
        return Response(render_template("licensing/link_ended.html", why=ended.why), 410)
    return _private(response)


@blueprint.get("/licence/<number>/verify")
def verify(number: str) -> str:
    """Anybody who holds a number may see that it is good, and for which photographs."""
    found = service.licence_by_number(db.session(), number)
    if found is None:
        abort(404)
    return render_template("licensing/verify.html", licence=found)


def _photograph(public_id: str) -> photographs.Reading:
    try:
        return photographs.read(public_id, current_actor())
    except photographs.NotFound:
        abort(404)
    except photographs.Gone:
        abort(410)


def _request(public_id: str) -> LicenceRequest:
    found: LicenceRequest = _or_404(
        lambda: service.find_request(db.session(), public_id, current_actor())
    )
    return found


def _own(found: LicenceRequest) -> LicenceRequest:
    """Only who asked may answer, accept or withdraw; the desk has its own pages."""
    if found.person_id != current_actor().person_id:
        abort(404)
    return found


def _delivery(public_id: str) -> Delivery:
    found = db.session().query(Delivery).filter_by(public_id=public_id).first()
    if found is None:
        abort(404)
    _or_404(lambda: service.find_licence(db.session(), found.licence.number, current_actor()))
    return found


def _or_404(find: Any) -> Any:
    try:
        return find()
    except service.NotFound:
        abort(404)


def _try(act: Any) -> bool:
    """Do it, or say why it cannot be done."""
    try:
        act()
    except service.DeskError as error:
        flash(sentence(error, language()), "error")
        return False
    return True


def _pdf(sha256: str, number: str) -> Response:
    content = service.document(db.session(), sha256)
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{number}.pdf"'
    return _private(response)


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _plain(form: UsageForm) -> dict[str, Any]:
    return {name: value for name, value in form.data.items() if name != "csrf_token"}


def _kept(public_id: str) -> dict[str, Any] | None:
    """The form as it was left before signing in, if it was for this photograph."""
    kept = session.get(KEPT) or {}
    return kept.get("data") if kept.get("id") == public_id else None


def _prefill(form: UsageForm) -> None:
    """What is known of the person is not asked again."""
    person = current_person()
    if person is not None and not form.organisation.data:
        form.organisation.data = person.organisation
    form.country.data = form.country.data or "HU"
    form.territory.data = form.territory.data or "HU"
    form.languages.data = form.languages.data or [language()]
