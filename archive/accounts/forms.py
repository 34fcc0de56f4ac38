"""The forms of sign-in, registration and passwords, in the archive's words."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_security import (
    ChangePasswordForm,
    ForgotPasswordForm,
    LoginForm,
    RegisterFormV2,
    ResetPasswordForm,
    SendConfirmationForm,
)
from wtforms import BooleanField, StringField
from wtforms.fields.core import UnboundField
from wtforms.validators import DataRequired, Length


def _called(label: Any, field: Any) -> Any:
    """The same field under our own name."""
    return UnboundField(field.field_class, label, *field.args[1:], **field.kwargs)


ADDRESS, PASSWORD, AGAIN = _("E-mail address"), _("Password"), _("Password again")
NEW = _("New password")


class SignInForm(LoginForm):
    """Address and password."""

    email = _called(ADDRESS, LoginForm.email)
    remember = BooleanField(_("Keep me signed in on this device"))


class RegisterForm(RegisterFormV2):
    """Registration of somebody who wants to publish photographs."""

    email = _called(ADDRESS, RegisterFormV2.email)
    password = _called(PASSWORD, RegisterFormV2.password)
    password_confirm = _called(AGAIN, RegisterFormV2.password_confirm)
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


class LostPasswordForm(ForgotPasswordForm):
    email = _called(ADDRESS, ForgotPasswordForm.email)


class ConfirmationForm(SendConfirmationForm):
    email = _called(ADDRESS, SendConfirmationForm.email)


class NewPasswordForm(ResetPasswordForm):
    password = _called(NEW, ResetPasswordForm.password)
    password_confirm = _called(AGAIN, ResetPasswordForm.password_confirm)


class ReplacePasswordForm(ChangePasswordForm):
    """The old password and the new one, twice."""

    password = _called(_("Present password"), ChangePasswordForm.password)
    new_password = _called(NEW, ChangePasswordForm.new_password)
    new_password_confirm = _called(AGAIN, ChangePasswordForm.new_password_confirm)


FORMS: dict[str, Any] = {
    "login_form": SignInForm,
    "register_form": RegisterForm,
    "forgot_password_form": LostPasswordForm,
    "send_confirmation_form": ConfirmationForm,
    "reset_password_form": NewPasswordForm,
    "change_password_form": ReplacePasswordForm,
}
