"""Pages of administrators: people and their roles, the outbox, background jobs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from archive import db, jobs, mail
from archive.accounts import service
from archive.accounts.models import ROLES, Person
from archive.accounts.web import current_actor, roles_required
from archive.mail import Outgoing

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
SHOWN = 200
SENTENCES: dict[str, Any] = {
    "email": lazy_gettext("This is not an e-mail address."),
    "taken": lazy_gettext("There is already an account with this address."),
    "last": lazy_gettext("This is the last active administrator; somebody must keep the keys."),
}
ROLE_NAMES: dict[str, Any] = {
    "administrator": lazy_gettext("administrator"),
    "archivist": lazy_gettext("archivist"),
    "officer": lazy_gettext("licence officer"),
    "publisher": lazy_gettext("publisher"),
}


class PersonForm(FlaskForm):
    """Somebody new; they choose their password by the letter that is sent to them."""

    email = StringField(
        lazy_gettext("E-mail address"), validators=[DataRequired(), Length(max=255)]
    )
    name = StringField(lazy_gettext("Name"), validators=[Length(max=200)])


@blueprint.route("/people", methods=["GET", "POST"])
@roles_required("administrator")
def people() -> ResponseReturnValue:
    """Everybody with an account, and a form for one more."""
    form: Any = PersonForm()
    if form.validate_on_submit() and _add(form):
        return redirect(url_for("admin.people"))
    found = service.people(db.session())
    return render_template("admin/people.html", form=form, people=found, roles=ROLE_NAMES)


@blueprint.post("/people/<public_id>")
@roles_required("administrator")
def change_person(public_id: str) -> ResponseReturnValue:
    """Set the roles of one person, and whether they may sign in."""
    person = _one(Person, public_id)
    try:
        service.settle(
            current_actor(),
            person,
            roles=[role for role in ROLES if role in request.form.getlist("roles")],
            active="active" in request.form,
        )
    except service.AccountError as error:
        flash(str(SENTENCES.get(error.code, error)), "error")
    else:
        flash(_("The account of %(who)s is changed.", who=person.name or person.email), "success")
    return redirect(url_for("admin.people"))


@blueprint.get("/outbox")
@roles_required("administrator")
def outbox() -> str:
    """The newest messages and what became of them."""
    messages = mail.outbox(db.session(), limit=SHOWN)
    return render_template("admin/outbox.html", messages=messages, letter=mail.letter)


@blueprint.get("/outbox/<public_id>")
@roles_required("administrator")
def message(public_id: str) -> str:
    """One message as its reader sees it."""
    row = _one(Outgoing, public_id)
    return render_template("admin/message.html", message=row, letter=mail.letter(row))


@blueprint.get("/jobs")
@roles_required("administrator")
def work() -> str:
    """What the worker does, did, and could not do."""
    newest = select(jobs.Job).order_by(jobs.Job.id.desc()).limit(SHOWN)
    return render_template("admin/jobs.html", jobs=db.session().scalars(newest).all())


@blueprint.post("/jobs/<public_id>")
@roles_required("administrator")
def change_job(public_id: str) -> ResponseReturnValue:
    """Try a job again, or cancel it."""
    job_id = _one(jobs.Job, public_id).id
    verb = jobs.retry if request.form.get("do") == "retry" else jobs.cancel
    if not verb(job_id):
        flash(_("This job has gone on in the meantime; nothing was changed."), "error")
    return redirect(url_for("admin.work"))


def _add(form: Any) -> bool:
    try:
        service.add_person(current_actor(), email=form.email.data, name=form.name.data or "")
    except service.AccountError as error:
        form.email.errors = [SENTENCES.get(error.code, str(error))]
        return False
    flash(_("The account is made; now choose its roles."), "success")
    return True


def _one(model: Any, public_id: str) -> Any:
    return db.session().scalar(select(model).where(model.public_id == public_id)) or abort(404)
