"""The forms of the licence desk."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from archive import settings
from archive.languages import language
from archive.licensing import money
from archive.licensing.usage import DURATIONS, LANGUAGES, MEDIA, RUNS, TERRITORIES, USES, Usage

_TWO_LETTERS = _("Two letters, please, such as HU.")


class AtLeastOne:
    """Some box must be ticked; said beside the question, for no single box is required."""

    field_flags: ClassVar[dict[str, bool]] = {"needed": True}

    def __call__(self, _form: Any, field: Any) -> None:
        if not field.data:
            raise ValidationError(gettext("Please choose at least one."))


class _Checks(SelectMultipleField):
    """Several choices as boxes."""

    widget: Any = ListWidget(prefix_label=False)
    option_widget: Any = CheckboxInput()


class UsageForm(FlaskForm):
    """What a photograph is wanted for, in plain words."""

    use = SelectField(_("What is it for?"), validators=[DataRequired()])
    project = StringField(
        _("Title of the publication"),
        description=_("Or of the exhibition, film, article …"),
        validators=[DataRequired(_("Please name the publication.")), Length(max=300)],
    )
    media = _Checks(_("Where will it appear?"), validators=[AtLeastOne()])
    territory = RadioField(_("Where will it be distributed?"), validators=[DataRequired()])
    run = SelectField(_("How many copies?"), validators=[DataRequired()])
    duration = SelectField(_("For how long?"), validators=[DataRequired()])
    languages = _Checks(_("In which languages?"), validators=[AtLeastOne()])
    planned = StringField(
        _("When will it appear?"),
        description=_("A month is enough."),
        validators=[Length(max=80)],
    )
    organisation = StringField(
        _("Publisher or institution"),
        validators=[Length(max=200)],
        render_kw={"autocomplete": "organization"},
    )
    billing_address = TextAreaField(
        _("Billing address"),
        validators=[Length(max=500)],
        render_kw={"rows": 2, "autocomplete": "street-address"},
    )
    country = StringField(
        _("Country"),
        description=_("Two letters, for example HU or DE."),
        validators=[DataRequired(_TWO_LETTERS), Regexp(r"^[A-Za-z]{2}$", message=_TWO_LETTERS)],
        render_kw={"autocomplete": "country", "maxlength": 2},
    )
    vat_id = StringField(_("VAT number"), validators=[Optional(), Length(max=30)])
    message = TextAreaField(
        _("Anything else we should know?"), validators=[Length(max=2000)], render_kw={"rows": 3}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = language()
        for field, choices in (
            (self.use, USES),
            (self.media, MEDIA),
            (self.territory, TERRITORIES),
            (self.run, RUNS),
            (self.duration, DURATIONS),
            (self.languages, LANGUAGES),
        ):
            field.choices = [SelectChoice(entry.code, entry.label(lang)) for entry in choices]

    def usage(self) -> Usage:
        """The use as the desk works with it."""
        return Usage(
            use=self.use.data,
            media=tuple(self.media.data),
            territory=self.territory.data,
            run=self.run.data,
            duration=self.duration.data,
            languages=tuple(self.languages.data),
            project=self.project.data.strip(),
            planned=(self.planned.data or "").strip(),
        )

    def details(self) -> dict[str, str]:
        names = ("organisation", "billing_address", "vat_id", "message")
        values = {name: (getattr(self, name).data or "").strip() for name in names}
        return {**values, "country": self.country.data.upper()}


class WordsForm(FlaskForm):
    """Words to the other side."""

    text = TextAreaField(
        _("Message"),
        validators=[DataRequired(_("Please write something.")), Length(max=4000)],
        render_kw={"rows": 4},
    )


class AcceptForm(FlaskForm):
    """Acceptance of a quote; the key makes a repeated click harmless."""

    key = HiddenField(validators=[DataRequired(), Length(max=64)])
    agreed = BooleanField(
        _("I have read the quote and accept it."),
        validators=[DataRequired(_("Please tick this to accept the quote."))],
    )


CURRENCIES = ("HUF", "EUR", "USD")
_NUMBER = _("A number from 1 to 999, please.")


class QuoteForm(FlaskForm):
    """The offer of the officer; the amounts of the lines are named ``net-<line>``."""

    currency = SelectField(_("Currency"), choices=[SelectChoice(code) for code in CURRENCIES])
    vat_scheme = SelectField(_("VAT"))
    valid_days = StringField(
        _("Days the quote stays open"),
        validators=[DataRequired(_NUMBER), Regexp(r"^[1-9]\d{0,2}$", message=_NUMBER)],
    )
    note = TextAreaField(_("Note on the quote"), validators=[Length(max=2000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = language()
        self.vat_scheme.choices = [SelectChoice(s.code, s.label(lang)) for s in money.VAT_SCHEMES]
        if not self.valid_days.data:
            self.valid_days.data = str(settings.current().quote_valid_days)
