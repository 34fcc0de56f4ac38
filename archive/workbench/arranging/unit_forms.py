"""The form of a unit: the areas of ISAD(G) 3.1–3.7, its texts in both languages.

What an area is called is said in `AREAS`; an empty text is not kept. The invariant: `values()`
names columns of `Unit` only, and saving what was not touched changes nothing.
"""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Form, FormField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from archive import dates, words
from archive.catalogue.arrangement import ISAD_ELEMENTS
from archive.catalogue.models import LEVELS, UNIT_FORMS
from archive.languages import language
from archive.workbench.describing.forms import LONG, SHORT, RightsFields

# Each area with the elements of `Unit.isad` that the form shows in it.
AREAS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "context": (_("Context"), ("administrative_history",)),
    "content": (_("Content and structure"), ("appraisal", "accruals", "arrangement")),
    "access": (
        _("Conditions of access and use"),
        ("access_conditions", "reproduction_conditions", "language", "physical_characteristics",
         "finding_aids"),
    ),
    "allied": (
        _("Allied materials"), ("originals", "copies", "related_units", "publication_note"),
    ),
    "control": (_("Description control"), ("archivist_note", "rules", "description_dates")),
}  # fmt: skip


class Texts(Form):
    """One text in both languages."""

    hu = TextAreaField(_("Hungarian"), validators=[LONG], render_kw={"rows": 3})
    en = TextAreaField(_("English"), validators=[LONG], render_kw={"rows": 3})


class ShortTexts(Form):
    """One line in both languages."""

    hu = StringField(_("Hungarian"), validators=[SHORT])
    en = StringField(_("English"), validators=[SHORT])


class UnitForm(FlaskForm, RightsFields):
    """A fonds, series or file."""

    INHERITS = _("as the unit above says")

    based_on = HiddenField()
    ref_code = StringField(_("Reference code"), validators=[DataRequired(), Length(max=120)])
    level = SelectField(_("Level"))
    form = SelectField(
        _("What the file is"), description=_("A roll, an album: its photographs keep their order.")
    )
    title_hu = StringField(_("Title in Hungarian"), validators=[SHORT])
    title_en = StringField(_("Title in English"), validators=[SHORT])
    dates = StringField(
        _("Dates"),
        description=_("As you would write it: 1956, 1950s, between 1945 and 1948."),
        validators=[Length(max=120)],
    )
    extent = FormField(ShortTexts, _("Extent"))
    creator = StringField(
        _("Creator"), description=_("Who made or gathered the records."), validators=[SHORT]
    )
    scope = FormField(Texts, _("Scope and content"))
    administrative_history = FormField(Texts, words.ISAD["administrative_history"])
    appraisal = FormField(Texts, words.ISAD["appraisal"])
    accruals = FormField(Texts, words.ISAD["accruals"])
    arrangement = FormField(Texts, words.ISAD["arrangement"])
    access_conditions = FormField(Texts, words.ISAD["access_conditions"])
    reproduction_conditions = FormField(Texts, words.ISAD["reproduction_conditions"])
    language = FormField(ShortTexts, words.ISAD["language"])
    physical_characteristics = FormField(Texts, words.ISAD["physical_characteristics"])
    finding_aids = FormField(Texts, words.ISAD["finding_aids"])
    originals = FormField(Texts, words.ISAD["originals"])
    copies = FormField(Texts, words.ISAD["copies"])
    related_units = FormField(Texts, words.ISAD["related_units"])
    publication_note = FormField(Texts, words.ISAD["publication_note"])
    archivist_note = FormField(Texts, words.ISAD["archivist_note"])
    rules = FormField(ShortTexts, words.ISAD["rules"])
    description_dates = FormField(ShortTexts, words.ISAD["description_dates"])
    notes = TextAreaField(_("Notes for colleagues (never public)"), validators=[LONG])

    def offer(self) -> UnitForm:
        """Fill the lists in the reader's language."""
        self.level.choices = [SelectChoice(code, words.LEVELS[code]) for code in LEVELS]
        self.form.choices = [SelectChoice(code, words.FORMS[code]) for code in UNIT_FORMS]
        self.offer_statements()
        return self

    def validate_title_hu(self, field: Any) -> None:
        if not (field.data or "").strip() and not (self.title_en.data or "").strip():
            raise ValidationError(gettext("Please give a title in one of the languages."))

    def validate_dates(self, field: Any) -> None:
        lang: dates.Language = "hu" if language() == "hu" else "en"
        reading = dates.read(field.data or "", lang=lang)
        if (field.data or "").strip() and not reading.ok:
            raise ValidationError(dates.refusal(reading.reason or "", lang, reading.detail))

    def values(self) -> dict[str, Any]:
        """The columns of a unit, rights and provenance left to `rights()`."""
        isad = {name: _texts(getattr(self, name).data) for name in ISAD_ELEMENTS}
        return {
            "ref_code": _line(self.ref_code.data),
            "level": self.level.data,
            "form": self.form.data or "",
            "title": _texts({"hu": self.title_hu.data, "en": self.title_en.data}),
            "dates": _line(self.dates.data),
            "extent": _texts(self.extent.data),
            "creator": _line(self.creator.data),
            "scope": _texts(self.scope.data),
            "isad": {name: texts for name, texts in isad.items() if texts},
            "notes": _text(self.notes.data),
        }


def _line(typed: str | None) -> str:
    return " ".join((typed or "").split())


def _text(typed: str | None) -> str:
    return (typed or "").strip().replace("\r\n", "\n")


def _texts(typed: dict[str, str | None]) -> dict[str, str]:
    found = {lang: _text(typed.get(lang)) for lang in ("hu", "en")}
    return {lang: text for lang, text in found.items() if text}
