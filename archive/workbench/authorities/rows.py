"""Rows of the forms of the authority file: a date, a name, another authority.

Dates are typed as people write them and kept as EDTF; another authority is named and found by its
name or, as it was chosen, by its identifier.
"""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Form, FormField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError

from archive import dates, db, words
from archive.catalogue import authorities
from archive.catalogue.authorities import KINDS
from archive.catalogue.authorities.life import read_life
from archive.catalogue.models import NAME_KINDS
from archive.languages import language

SHORT = Length(max=500)
LANGUAGES = {
    "": "–", "hu": "magyar", "en": "English", "de": "Deutsch", "fr": "français", "ru": "русский",
    "la": "latina",
}  # fmt: skip


def choices(codes: Any, labels: dict[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(code, labels[code]) for code in codes]


def text_of(field: Any) -> str:
    return (field.data or "").strip()


def spoken() -> dates.Language:
    return "hu" if language() == "hu" else "en"


class Dated(Form):
    """A date in words; while the words stay as they were shown, so does what is kept."""

    known = HiddenField()
    known_for = HiddenField()
    display = StringField(_("When"), validators=[Length(max=200)])

    life = False

    def validate_display(self, field: Any) -> None:
        text = text_of(field)
        if text and text != self.known_for.data:
            reading = self._reading(text)
            if not reading.ok or not reading.edtf:
                lang = spoken()
                raise ValidationError(dates.refusal(reading.reason or "", lang, reading.detail))

    def edtf(self) -> str:
        text = text_of(self.display)
        if not text or text == self.known_for.data:
            return (self.known.data or "") if text else ""
        return self._reading(text).edtf or ""

    def _reading(self, text: str) -> dates.Reading:
        return read_life(text, spoken()) if self.life else dates.read(text, lang=spoken())


class LifeDates(Dated):
    display = StringField(
        _("Life dates"),
        description=_("As 1896–1958, “born 1930” or “died 4 November 1956”."),
        validators=[Length(max=200)],
    )
    life = True


class EventDate(Dated):
    display = StringField(
        _("Date"), description=_("As you would write it."), validators=[Length(max=200)]
    )


class Validity(Dated):
    display = StringField(_("In use"), validators=[Length(max=200)])


class NameForm(Form):
    """A name it is known by, besides the preferred one."""

    text = StringField(_("Name"), validators=[SHORT])
    lang = SelectField(_("Language"))
    kind = SelectField(_("Kind"), choices=choices(NAME_KINDS, words.NAME_KINDS))
    valid = FormField(Validity)
    source = StringField(_("Source"), validators=[SHORT])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict(LANGUAGES)
        if self.lang.data and self.lang.data not in known:
            known[self.lang.data] = self.lang.data
        self.lang.choices = [SelectChoice(code, name) for code, name in known.items()]

    def said(self) -> dict[str, str] | None:
        text = text_of(self.text)
        if not text:
            return None
        return {
            "text": text,
            "lang": self.lang.data or "",
            "kind": self.kind.data,
            "valid": self.valid.form.edtf(),
            "source": text_of(self.source),
        }


class Reference(Form):
    """Another authority: as it was chosen, else looked for by the name that was typed."""

    target = HiddenField()
    named = HiddenField()
    name = StringField(_("Name"), validators=[SHORT])

    kind = "place"

    def key(self, scheme: str = "") -> int | None:
        """The key of what is meant, or None."""
        found = self._found(scheme) if text_of(self.name) else None
        return found.id if found else None

    def validate_name(self, field: Any) -> None:
        if text_of(field) and self._found() is None:
            raise ValidationError(
                gettext("Nothing has this name, or several have it; choose one of those offered.")
            )

    def _found(self, scheme: str = "") -> Any:
        kind, name = KINDS[self.kind], text_of(self.name)
        if self.target.data and name == self.named.data:
            return authorities.by_id(db.session(), kind, self.target.data)
        return authorities.by_name(db.session(), kind, name, scheme=scheme)


class PlaceAbove(Reference):
    name = StringField(_("Part of"), validators=[SHORT])


class EventPlace(Reference):
    name = StringField(_("Where it happened"), validators=[SHORT])


class EventAbove(Reference):
    name = StringField(_("Part of"), validators=[SHORT])
    kind = "event"


class BroaderTerm(Reference):
    name = StringField(_("Broader term"), validators=[SHORT])
    kind = "concept"


class Replacement(Reference):
    name = StringField(_("Replaced by"), validators=[SHORT])
    kind = "concept"
