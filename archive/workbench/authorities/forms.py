"""The forms of the authority file: one for each kind of authority.

`values(row)` gives columns for `authorities.keeping`; languages and identifiers of an authority
that the form has no field for stay as they are.
"""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FieldList, FormField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, ValidationError

from archive import db, words
from archive.catalogue.authorities.identifiers import FILES, NotAnIdentifier, files_for
from archive.catalogue.models import AGENT_KINDS, TERM_STATES
from archive.languages import language
from archive.workbench.authorities import lists, rows
from archive.workbench.authorities.rows import SHORT, choices, text_of

LONG = Length(max=20_000)
LANGS = ("hu", "en")


class AuthorityForm(FlaskForm):
    """What every kind has."""

    based_on = HiddenField()
    forms = FieldList(FormField(rows.NameForm))
    note_hu = TextAreaField(_("Note in Hungarian"), validators=[LONG], render_kw={"rows": 3})
    note_en = TextAreaField(_("Note in English"), validators=[LONG], render_kw={"rows": 3})
    sources = TextAreaField(
        _("Sources"),
        description=_("Where what is said here is known from, one a line."),
        validators=[LONG],
        render_kw={"rows": 3},
    )
    reason = StringField(_("Why the change"), validators=[SHORT])

    def prepare(self) -> None:
        """Fill the lists to choose from that depend on the archive."""

    def with_room(self) -> None:
        """One empty row at the end, so that a name can be added without scripts."""
        if not self.forms.entries or text_of(self.forms.entries[-1].form.text):
            self.forms.append_entry()

    def numbers(self) -> list[Any]:
        """The fields of identifiers in other authority files."""
        return [field for field in self if field.short_name.startswith("id_")]

    def values(self, row: Any) -> dict[str, Any]:
        said = [found for entry in self.forms if (found := entry.form.said())]
        return {
            "forms": said,
            "names": [],
            "note": self.texts("note", row.note if row else None),
            "sources": text_of(self.sources).replace("\r\n", "\n"),
            "identifiers": self._identifiers(row.identifiers if row else None),
        }

    def texts(self, name: str, kept: dict[str, str] | None) -> dict[str, str]:
        """What was typed in the languages of the form, and what others there are."""
        typed = {lang: text_of(self[f"{name}_{lang}"]) for lang in LANGS}
        known = (kept or {}) | typed
        if any(typed.values()):
            known.pop("und", None)
        return {lang: text for lang, text in known.items() if text}

    def _identifiers(self, kept: dict[str, str] | None) -> dict[str, str]:
        typed = {field.short_name.removeprefix("id_"): text_of(field) for field in self.numbers()}
        cleaned = {code: FILES[code].clean(text) if text else "" for code, text in typed.items()}
        return {code: text for code, text in ((kept or {}) | cleaned).items() if text}


def _number_of(code: str) -> StringField:
    """A field for the identifier in one file, bare or as its address."""
    file = FILES[code]

    def has_its_shape(_form: Any, field: Any) -> None:
        try:
            file.clean(field.data)
        except NotAnIdentifier as error:
            raise ValidationError(
                gettext(
                    "An identifier of %(file)s looks like %(example)s.",
                    file=file.label,
                    example=file.example,
                )
            ) from error

    return StringField(file.label, validators=[Optional(), SHORT, has_its_shape])


def _with_numbers(kind: str) -> type[AuthorityForm]:
    """The form of a kind with a field for each file that knows it."""
    fields = {f"id_{file.code}": _number_of(file.code) for file in files_for(kind)}
    return type(f"{kind.title()}Numbers", (AuthorityForm,), fields)


class AgentForm(_with_numbers("agent")):  # type: ignore[misc]
    name = StringField(
        _("Preferred name"),
        description=_("As the person is known; of Hungarians the family name first."),
        validators=[SHORT],
    )
    kind = SelectField(_("What it is"), choices=choices(AGENT_KINDS, words.AGENT_KINDS))
    dates = FormField(rows.LifeDates)

    def values(self, row: Any) -> dict[str, Any]:
        return {
            **super().values(row),
            "name": text_of(self.name),
            "kind": self.kind.data,
            "dates": self.dates.form.edtf(),
        }


class PlaceForm(_with_numbers("place")):  # type: ignore[misc]
    name_hu = StringField(_("Present name in Hungarian"), validators=[SHORT])
    name_en = StringField(_("Present name in English"), validators=[SHORT])
    parent = FormField(rows.PlaceAbove)
    lat = StringField(_("Latitude"), description=_("In degrees, as 47.5068."))
    lon = StringField(_("Longitude"), description=_("In degrees, as 19.0468."))
    uncertainty_m = StringField(_("Uncertainty"), description=_("In metres around the point."))

    def validate_lat(self, field: Any) -> None:
        _degrees(field, 90)

    def validate_lon(self, field: Any) -> None:
        _degrees(field, 180)
        if bool(text_of(field)) != bool(text_of(self.lat)):
            raise ValidationError(gettext("A point needs both latitude and longitude."))

    def validate_uncertainty_m(self, field: Any) -> None:
        text = text_of(field)
        if text and (not text.isdecimal() or int(text) > 1_000_000):
            raise ValidationError(gettext("Please write a whole number of metres."))

    def values(self, row: Any) -> dict[str, Any]:
        return {
            **super().values(row),
            "name": self.texts("name", row.name if row else None),
            "parent_id": self.parent.form.key(),
            "lat": _degrees(self.lat, 90),
            "lon": _degrees(self.lon, 180),
            "uncertainty_m": int(text_of(self.uncertainty_m) or 0) or None,
        }


class EventForm(_with_numbers("event")):  # type: ignore[misc]
    name_hu = StringField(_("Preferred name in Hungarian"), validators=[SHORT])
    name_en = StringField(_("Preferred name in English"), validators=[SHORT])
    date = FormField(rows.EventDate)
    place = FormField(rows.EventPlace)
    parent = FormField(rows.EventAbove)

    def values(self, row: Any) -> dict[str, Any]:
        return {
            **super().values(row),
            "name": self.texts("name", row.name if row else None),
            "edtf": self.date.form.edtf(),
            "place_id": self.place.form.key(),
            "parent_id": self.parent.form.key(),
        }


class ConceptForm(_with_numbers("concept")):  # type: ignore[misc]
    name_hu = StringField(_("Preferred term in Hungarian"), validators=[SHORT])
    name_en = StringField(_("Preferred term in English"), validators=[SHORT])
    scheme = SelectField(_("Vocabulary"))
    notation = StringField(_("Notation"), validators=[Length(max=80)])
    uri = StringField(_("Address (URI)"), validators=[SHORT])
    state = SelectField(_("State"), choices=choices(TERM_STATES, words.TERM_STATES))
    broader = FormField(rows.BroaderTerm)
    replaced_by = FormField(rows.Replacement)

    def prepare(self) -> None:
        known = dict(lists.schemes(db.session(), language()))
        if self.scheme.data:
            known.setdefault(self.scheme.data, self.scheme.data)
        self.scheme.choices = [SelectChoice(code, title) for code, title in known.items()]

    def validate_uri(self, field: Any) -> None:
        if text_of(field) and not text_of(field).startswith(("https://", "http://", "urn:")):
            raise ValidationError(gettext("An address begins with https://."))

    def values(self, row: Any) -> dict[str, Any]:
        return {
            **super().values(row),
            "label": self.texts("name", row.label if row else None),
            "scheme": self.scheme.data,
            "notation": text_of(self.notation),
            "uri": text_of(self.uri),
            "state": self.state.data,
            "broader_id": self.broader.form.key(self.scheme.data),
            "merged_into_id": self.replaced_by.form.key(self.scheme.data),
        }


FORMS: dict[str, Any] = {
    "agent": AgentForm,
    "place": PlaceForm,
    "event": EventForm,
    "concept": ConceptForm,
}


def _degrees(field: Any, most: int) -> float | None:
    """Degrees with a point or a comma, or None. Raises ValidationError."""
    text = text_of(field).replace(",", ".")
    try:
        value = float(text) if text else None
    except ValueError:
        value = float("nan")
    if value is not None and not -most <= value <= most:
        raise ValidationError(
            gettext("Please write degrees between −%(most)s and %(most)s.", most=most)
        )
    return value
