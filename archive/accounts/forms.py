"""The forms of sign-in and registration, in the archive's words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_security import LoginForm, RegisterFormV2
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Length


class SignInForm(LoginForm):
    """Address and password."""

    remember = BooleanField(_("Keep me signed in on this device"))


class RegisterForm(RegisterFormV2):
    """Registration of somebody who wants to publish photographs."""

    name = StringField(
        _("Your name"),
        validators=[DataRequired(message=_("Please tell us your name.")), Length(max=200)],
        render_kw={"autocomplete": "name"},
    )
    organisation = StringField(
        _("Publisher or institution"),
        validators=[Length(max=200)],
        render_kw={"autocomplete": "organization"},
    )
