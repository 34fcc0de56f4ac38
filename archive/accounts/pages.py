"""The pages of one's own account."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from archive.accounts import service
from archive.accounts.web import current_actor, current_person, signed_in

blueprint = Blueprint("accounts", __name__, url_prefix="/account")


def _choice(value: str, label: Any) -> SelectChoice:
    return SelectChoice(value, label)


class ProfileForm(FlaskForm):
    """What a person may say about themselves."""

    name = StringField(
        lazy_gettext("Your name"),
        validators=[
            DataRequired(message=lazy_gettext("Please tell us your name.")),
            Length(max=200),
        ],
    )
    organisation = StringField(
        lazy_gettext("Publisher or institution"), validators=[Length(max=200)]
    )
    language = SelectField(
        lazy_gettext("Language"),
        choices=[
            _choice("", lazy_gettext("As my browser asks")),
            _choice("hu", "Magyar"),
            _choice("en", "English"),
        ],
    )
    theme = SelectField(
        lazy_gettext("Appearance"),
        choices=[
            _choice("", lazy_gettext("As my system is set")),
            _choice("paper", lazy_gettext("Light")),
            _choice("darkroom", lazy_gettext("Dark")),
        ],
    )


# Where each role begins, by what its holder comes for; the first that fits.
DESKS = (
    ("archivist", "workbench.home"),
    ("officer", "desk.inbox"),
    ("publisher", "licensing.mine"),
)


@blueprint.get("/begin")
def begin() -> ResponseReturnValue:
    """Whoever has signed in goes to their own desk."""
    actor = current_actor()
    desks = (desk for role, desk in DESKS if actor.person_id and actor.has(role))
    return redirect(url_for(next(desks, "site.home")))


@blueprint.route("/", methods=["GET", "POST"])
@signed_in
def profile() -> ResponseReturnValue:
    """One's own name, language and appearance."""
    person = current_person()
    form: Any = cast(Any, ProfileForm)(obj=person)
    if person is None or not form.validate_on_submit():
        return render_template("security/profile.html", form=form, person=person)
    service.describe_oneself(
        current_actor(),
        name=form.name.data or "",
        organisation=form.organisation.data or "",
        language=form.language.data,
        theme=form.theme.data,
    )
    flash(_("Your settings are saved."), "success")
    return redirect(url_for("accounts.profile", lang=None, theme=None))
