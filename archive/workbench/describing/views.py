"""Describing a photograph: the form, saving it, filling it in, and what is typed meanwhile.

A script may ask for parts of the page only (the header `X-Part`); what it gets is the same page
without its frame, or what was saved as JSON. The invariant: whatever is sent, the answer shows
everything that was typed.
"""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from archive import dates as dating
from archive import db, settings
from archive.accounts.web import current_actor, roles_required
from archive.catalogue import authorities
from archive.catalogue import service as catalogue
from archive.catalogue.models import Image
from archive.languages import language
from archive.workbench import listing
from archive.workbench.blueprint import blueprint, image_of
from archive.workbench.describing import filling, merged_words, saving, working_drafts
from archive.workbench.describing.forms import DescribeForm
from archive.workbench.describing.starting import inputs
from archive.workbench.reviewing import queues, steps
from archive.workbench.reviewing.views import take_step

CHOICE = "choose:"


@blueprint.route("/photographs/<public_id>", methods=["GET", "POST"])
@roles_required("archivist")
def describe(public_id: str) -> Any:
    """The describe form. Two who save one record find what both said, and lose nothing."""
    image = image_of(public_id)
    if request.method == "GET":
        return _opened(image)
    form = DescribeForm()
    form.offer_statements()
    if "add" in request.form:
        return _page(image, form)
    if part := request.form.get("copy"):
        return _copied(image, form, part)
    if template := request.form.get("apply"):
        return _applied(image, form, template)
    if "keep" in request.form:
        return _template_kept(image, form)
    return _saved(image, form) if form.validate() else (_page(image, form), 422)


def _opened(image: Image) -> str:
    """The form as the record is, or as this person left it."""
    draft = working_drafts.of(db.session(), current_actor(), image)
    if draft is not None and request.args.get("draft"):
        typed = MultiDict([(name, value) for name, value in draft.fields])
        return _page(image, DescribeForm(formdata=typed), continued=draft)
    return _page(image, DescribeForm.of(saving.kept(image), image.version), unsaved=draft)


def _saved(image: Image, form: DescribeForm) -> Any:
    """Save; where somebody else changed the same, ask which holds."""
    choices = [name for name, value in request.form.items() if value == "theirs"]
    chosen = [name.removeprefix(CHOICE) for name in choices if name.startswith(CHOICE)]
    try:
        saved = saving.save(current_actor(), image, form, chosen)
    except saving.Differing as differing:
        conflicts = merged_words.in_words(differing.conflicts)
        return _page(image, differing.form, conflicts=conflicts), 409
    except authorities.UnknownAuthority:
        form.form_errors.append(gettext("A name you chose is no more. Please choose it anew."))
        return _page(image, form), 422
    except catalogue.NotFound:
        abort(404)
    _tell(saved)
    if "publish" in request.form:
        take_step(image, "publish")
    return _after(image)


def _tell(saved: saving.Saved) -> None:
    flash(gettext("Saved."), "success")
    if saved.theirs:
        parts = ", ".join(merged_words.label_of(name) for name in saved.theirs)
        flash(gettext("Meanwhile somebody else changed: %(parts)s. Both are kept.", parts=parts))
    if saved.made:
        names = ", ".join(saved.made)
        flash(gettext("New in the authority file: %(names)s.", names=names))


def _after(image: Image) -> Any:
    """To the next photograph, or back to this one; to a script what is kept now."""
    following, queue = request.form.get("next", ""), request.args.get("queue") or None
    address = url_for("workbench.describe", public_id=following or image.public_id, queue=queue)
    if not request.headers.get("X-Part"):
        return redirect(address)
    if following:
        return jsonify(next=address)
    return jsonify(
        said=render_template("workbench/describing/_said.html"),
        head=render_template("workbench/describing/_head.html", **_about(image)),
        fields=list(inputs(saving.kept(image), image.version)),
    )


def _copied(image: Image, form: DescribeForm, part: str) -> str:
    """Fill in one part from the photograph before."""
    before = _neighbours(image)[1].previous
    source = DescribeForm.of(saving.kept(image_of(before)), 0).values()
    values, names = filling.copied(form.values(), source, part)
    return _filled(image, form, values, names)


def _applied(image: Image, form: DescribeForm, template: str) -> str:
    chosen = filling.template(db.session(), current_actor(), template)
    values, names = filling.applied(form.values(), chosen.values)
    return _filled(image, form, values, names)


def _filled(image: Image, form: DescribeForm, values: Any, names: list[str]) -> str:
    """The form with what was filled in; nothing is saved yet, and it says so."""
    version, reason = int(form.based_on.data), form.reason.data or ""
    parts = ", ".join(merged_words.label_of(name) for name in names)
    flash(
        gettext("Filled in: %(parts)s. Nothing is saved yet.", parts=parts)
        if names
        else gettext("There was nothing to fill in.")
    )
    return _page(image, DescribeForm.saying(values, version, reason), filled=names)


def _template_kept(image: Image, form: DescribeForm) -> str:
    shared = "template_shared" in request.form
    try:
        name = request.form.get("template_name", "")
        kept = filling.keep_template(current_actor(), name, form, shared=shared)
        flash(gettext("Kept as the template “%(name)s”.", name=kept.name), "success")
    except filling.NoName:
        flash(gettext("Please give the template a name."), "error")
    return _page(image, form)


@blueprint.post("/templates/<public_id>/delete")
@roles_required("archivist")
def drop_template(public_id: str) -> Any:
    """Forget a template; what was described with it stays."""
    try:
        name = filling.drop_template(current_actor(), public_id)
        flash(gettext("The template “%(name)s” is gone.", name=name), "success")
    except LookupError:
        flash(gettext("There is no such template any more."), "warning")
    return redirect(url_for("workbench.home"))


@blueprint.get("/photographs/<public_id>/values")
@roles_required("archivist")
def values(public_id: str) -> Response:
    """What the form of a photograph says, for copying single values: fields and rows as JSON."""
    image = image_of(public_id)
    return jsonify(DescribeForm.of(saving.kept(image), image.version).values())


@blueprint.post("/photographs/<public_id>/draft")
@roles_required("archivist")
def keep_draft(public_id: str) -> Any:
    """Keep what is typed (204), or forget it when it says nothing new; 413 when it is too much."""
    image, actor = image_of(public_id), current_actor()
    if "discard" in request.form:
        working_drafts.discard(actor, image)
        return redirect(request.form.get("back") or url_for("workbench.home"))
    form = DescribeForm()
    based_on = int(form.based_on.data or 0)
    if based_on == image.version and form.draft(before := saving.kept(image)) == before:
        working_drafts.discard(actor, image)
        return "", 204
    try:
        working_drafts.keep(actor, image, list(request.form.items(multi=True)), based_on=based_on)
    except working_drafts.TooMuch as limit:
        return _too_much(limit), 413
    return "", 204


def _too_much(limit: working_drafts.TooMuch) -> str:
    if limit.code == "long":
        return gettext("This is too long to be kept unsaved (over %(n)s KiB).", n=limit.most)
    return gettext("You have %(n)s unsaved descriptions; no more are kept.", n=limit.most)


@blueprint.get("/dates")
@roles_required("archivist")
def dates() -> str:
    """What the archive reads in a date as typed: words, or why it cannot be read."""
    typed = request.args.get("text", "")
    lang: dating.Language = "hu" if language() == "hu" else "en"
    reading = dating.read(typed, lang=lang) if typed.strip() else None
    said = _read_back(reading, lang) if reading else ""
    return render_template("workbench/describing/_date.html", reading=reading, said=said)


def _read_back(reading: dating.Reading, lang: dating.Language) -> str:
    return (
        dating.words(reading, lang)
        if reading.ok
        else dating.refusal(reading.reason or "", lang, reading.detail)
    )


def _page(image: Image, form: DescribeForm, **shown: Any) -> str:
    return render_template(
        "workbench/describing/describe.html",
        part=request.headers.get("X-Part"),
        form=form.with_room(),
        templates=filling.templates(db.session(), current_actor()),
        **_about(image),
        **shown,
    )


def _about(image: Image) -> dict[str, Any]:
    """The photograph, where it stands, its neighbours, and what colleagues wrote."""
    session = db.session()
    queue, neighbours = _neighbours(image)
    record = catalogue.read(image.public_id, current_actor()).record
    return {
        "image": image,
        "record": record,
        "missing": catalogue.needs(record),
        "may_publish": catalogue.seen_by_another(session, image.id, current_actor()),
        "may_publish_at_once": not settings.current().four_eyes,
        "steps": steps.ACTS[image.state],
        "notes": steps.notes(session, image),
        "queue": queue,
        "neighbours": neighbours,
    }


def _neighbours(image: Image) -> tuple[queues.Chosen | None, listing.Neighbours]:
    """Those of the queue somebody walks, else those of the unit."""
    session = db.session()
    queue = queues.find(session, current_actor(), request.args.get("queue", ""))
    if queue is None:
        return None, listing.neighbours(session, image)
    return queue, queues.neighbours(session, queue, image)
