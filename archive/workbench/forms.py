"""The describe form: sections of repeated rows, each a statement about the photograph.

An empty row says nothing. Every section offers one empty row more than it has, so that the form
works without scripts; `draft()` turns what was typed into a draft.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from archive import rights, words
from archive.catalogue.drafts import (
    CaptionDraft,
    CarrierDraft,
    DateDraft,
    Draft,
    IdentifierDraft,
    LinkDraft,
    Rights,
)
from archive.catalogue.models import (
    AGENT_ROLES,
    BASES,
    CAPTION_TYPES,
    CERTAINTIES,
    IDENTIFIER_KINDS,
    LEVELS,
    STANCES,
)
from archive.languages import language

LONG, SHORT = Length(max=20_000), Length(max=500)
NAMES = {"hu": "magyar", "en": "English", "de": "Deutsch", "fr": "français", "ru": "русский",
         "": "–"}  # fmt: skip
LANGUAGES = [SelectChoice(code, name) for code, name in NAMES.items()]


def _named(codes: Any, labels: dict[str, Any], **more: Any) -> list[SelectChoice]:
    return [SelectChoice(code, more.get(code) or labels.get(code) or code) for code in codes]


class CaptionRow(Form):
    """One caption statement."""

    id = HiddenField()
    type = SelectField(_("Kind"), choices=_named(CAPTION_TYPES, words.CAPTION_TYPES))
    lang = SelectField(_("Language"), choices=LANGUAGES)
    text = TextAreaField(_("Words"), validators=[LONG], render_kw={"rows": 3})
    attributed = StringField(_("Who said so"), validators=[SHORT])
    dated = StringField(_("When"), validators=[Length(max=80)])
    side = SelectField(
        _("Where"),
        choices=_named(
            ("", "recto", "verso"),
            {"": "–", "recto": _("on the front"), "verso": _("on the back")},
        ),
    )
    stance = SelectField(
        _("Stance"), choices=_named(STANCES, words.STANCES, neutral=_("no remark"))
    )
    note_hu = StringField(_("Remark in Hungarian"), validators=[SHORT])
    note_en = StringField(_("Remark in English"), validators=[SHORT])
    preferred = BooleanField(_("Preferred"))
    public = BooleanField(_("Readers may see it"), default=True)

    def statement(self) -> CaptionDraft | None:
        if not (self.text.data or "").strip():
            return None
        kind = self.type.data
        return CaptionDraft(
            type=kind,
            lang=self.lang.data,
            text=self.text.data.strip().replace("\r\n", "\n"),
            attributed=_text(self.attributed),
            dated=_text(self.dated),
            side=self.side.data,
            stance=self.stance.data,
            stance_note=_both(self.note_hu, self.note_en),
            preferred=self.preferred.data,
            public=self.public.data and kind != "machine",
            id=self.id.data or "",
        )


class DateRow(Form):
    """One date statement; what is read from the words is kept while the words stay the same."""

    id = HiddenField()
    known = HiddenField()
    known_for = HiddenField()
    role = HiddenField(default="created")
    lang = HiddenField()
    display = StringField(_("Date as you would write it"), validators=[SHORT])
    basis = SelectField(_("Where it is known from"), choices=_named(BASES, words.BASES))
    attributed = StringField(_("Who said so"), validators=[SHORT])

    def statement(self) -> DateDraft | None:
        display = _text(self.display)
        if not display:
            return None
        return DateDraft(
            display=display,
            lang=self.lang.data or language(),
            role=self.role.data or "created",
            edtf=self.known.data if display == self.known_for.data else "",
            basis=self.basis.data,
            attributed=_text(self.attributed),
            id=self.id.data or "",
        )


class NameRow(Form):
    """An event or a subject; a changed name is looked up anew."""

    target = HiddenField()
    named = HiddenField()
    kind = HiddenField()
    public = HiddenField(default="1")
    note = HiddenField()
    name = StringField(_("Name"), validators=[SHORT])

    def statement(self) -> LinkDraft | None:
        name = _text(self.name)
        if not name:
            return None
        return LinkDraft(
            name=name,
            note=self.note.data or "",
            public=self.public.data != "",
            kind=self.kind.data or "",
            target=self.target.data if name == self.named.data else "",
        )


class LinkRow(NameRow):
    """A person or a place, in a role and with some certainty."""

    role: Any
    certainty = SelectField(
        _("How sure"), choices=_named(CERTAINTIES, words.CERTAINTIES, certain=_("certain"))
    )

    def statement(self) -> LinkDraft | None:
        link = super().statement()
        if link is not None:
            link.role, link.certainty = self.role.data, self.certainty.data
        return link


class AgentRow(LinkRow):
    role = SelectField(_("Role"), choices=_named(AGENT_ROLES, words.AGENT_ROLES))


class PlaceRow(LinkRow):
    role = SelectField(
        _("Role"),
        choices=_named(
            ("shown", "camera"), {"shown": _("place shown"), "camera": _("place of the camera")}
        ),
    )


class IdentifierRow(Form):
    kind = SelectField(_("Kind"), choices=_named(IDENTIFIER_KINDS, words.IDENTIFIER_KINDS))
    value = StringField(_("Number"), validators=[SHORT])
    authority = StringField(_("Number given by"), validators=[SHORT])

    def statement(self) -> IdentifierDraft | None:
        value = _text(self.value)
        return IdentifierDraft(self.kind.data, value, _text(self.authority)) if value else None


class CarrierRow(Form):
    technique = StringField(_("Technique"), validators=[SHORT])
    format = StringField(_("Format"), validators=[SHORT])
    location = StringField(_("Shelf mark (never public)"), validators=[SHORT])
    note = StringField(_("Note"), validators=[SHORT])

    def statement(self) -> CarrierDraft | None:
        names = ("technique", "format", "location", "note")
        values: dict[str, Any] = {name: _text(getattr(self, name)) for name in names}
        return CarrierDraft(**values) if any(values.values()) else None


class RightsFields:
    """Rights and provenance; an empty field inherits what the unit says."""

    INHERITS: Any = _("as the unit says")

    rights_statement = SelectField(_("Rights statement"))
    credit_line = StringField(_("Credit line"), validators=[SHORT])
    rights_holder = StringField(_("Rights holder"), validators=[SHORT])
    rights_note_hu = StringField(_("Rights note in Hungarian"), validators=[SHORT])
    rights_note_en = StringField(_("Rights note in English"), validators=[SHORT])
    source = StringField(_("Source"), validators=[SHORT])
    acquisition = StringField(
        _("Acquisition"), description=_("How and when it came here."), validators=[SHORT]
    )
    custody_hu = TextAreaField(_("Custody history in Hungarian"), validators=[LONG])
    custody_en = TextAreaField(_("Custody history in English"), validators=[LONG])
    publication_publisher = StringField(_("Originally published by"), validators=[SHORT])
    publication_title = StringField(_("In which publication"), validators=[SHORT])
    publication_date = StringField(_("Date of publication"), validators=[Length(max=80)])
    publication_address = StringField(_("Address on the web"), validators=[SHORT])
    publication_retrieved_on = StringField(
        _("Retrieved on"), description=_("As 2026-11-22."), validators=[Optional()]
    )

    def validate_publication_retrieved_on(self, field: Any) -> None:
        try:
            date.fromisoformat(field.data.strip())
        except ValueError as error:
            raise ValidationError(gettext("Please write the day as 2026-11-22.")) from error

    def validate_publication_address(self, field: Any) -> None:
        if field.data and not field.data.startswith(("https://", "http://")):
            raise ValidationError(gettext("An address begins with https://."))

    def offer_statements(self) -> None:
        """Fill the list of rights statements in the reader's language."""
        known = [
            SelectChoice(s.uri, f"{s.code} – {s.label[language()]}")
            for s in rights.STATEMENTS.values()
        ]
        chosen = self.rights_statement.data
        if chosen and chosen not in rights.STATEMENTS:
            known.append(SelectChoice(chosen))
        self.rights_statement.choices = [SelectChoice("", self.INHERITS), *known]

    def rights(self) -> Rights:
        retrieved = _text(self.publication_retrieved_on)
        names = ("credit_line", "rights_holder", "source", "acquisition", "publication_publisher",
                 "publication_title", "publication_date", "publication_address")  # fmt: skip
        return Rights(
            rights_statement=self.rights_statement.data or "",
            rights_note=_both(self.rights_note_hu, self.rights_note_en),
            custody=_both(self.custody_hu, self.custody_en),
            publication_retrieved_on=date.fromisoformat(retrieved) if retrieved else None,
            **{name: _text(getattr(self, name)) for name in names},
        )


class DescribeForm(FlaskForm, RightsFields):
    """Everything that may be said about one photograph."""

    based_on = HiddenField(validators=[DataRequired()])
    ref_code = StringField(_("Reference code"), validators=[Length(max=120)])
    identifiers = FieldList(FormField(IdentifierRow))
    captions = FieldList(FormField(CaptionRow))
    dates = FieldList(FormField(DateRow))
    undated = BooleanField(_("Looked into and undated"))
    agents = FieldList(FormField(AgentRow))
    creator_unknown = BooleanField(_("The photographer was looked for and is unknown"))
    places = FieldList(FormField(PlaceRow))
    events = FieldList(FormField(NameRow))
    subjects = FieldList(FormField(NameRow))
    carriers = FieldList(FormField(CarrierRow))
    alt_hu = StringField(_("Alternative text in Hungarian"), validators=[Length(max=250)])
    alt_en = StringField(_("Alternative text in English"), validators=[Length(max=250)])
    notes = TextAreaField(_("Notes for colleagues (never public)"), validators=[LONG])
    reason = StringField(_("Why the change"), validators=[SHORT])

    SECTIONS = ("identifiers", "captions", "dates", "agents", "places", "events", "subjects",
                "carriers")  # fmt: skip

    def with_room(self) -> DescribeForm:
        """One empty row at the end of each section, so that something can be added."""
        for name in self.SECTIONS:
            rows = getattr(self, name)
            if not rows.entries or rows.entries[-1].form.statement() is not None:
                rows.append_entry()
        self.offer_statements()
        return self

    def draft(self, *, specimen: bool) -> Draft:
        """What was typed, as a draft."""
        said: dict[str, Any] = {
            name: [s for row in getattr(self, name).entries if (s := row.form.statement())]
            for name in self.SECTIONS
        }
        return Draft(
            ref_code=_text(self.ref_code),
            rights=self.rights(),
            alt=_both(self.alt_hu, self.alt_en),
            notes=(self.notes.data or "").strip(),
            undated=self.undated.data,
            creator_unknown=self.creator_unknown.data,
            specimen=specimen,
            **said,
        )


class UnitForm(FlaskForm, RightsFields):
    """A fonds, series or file."""

    INHERITS = _("as the unit above says")

    ref_code = StringField(_("Reference code"), validators=[DataRequired(), Length(max=120)])
    level = SelectField(_("Level"), choices=_named(LEVELS, words.LEVELS))
    title_hu = StringField(_("Title in Hungarian"), validators=[SHORT])
    title_en = StringField(_("Title in English"), validators=[SHORT])
    dates = StringField(_("Dates"), validators=[Length(max=120)])
    creator = StringField(_("Creator"), validators=[SHORT])
    scope_hu = TextAreaField(_("Scope and content in Hungarian"), validators=[LONG])
    scope_en = TextAreaField(_("Scope and content in English"), validators=[LONG])

    def validate_title_hu(self, field: Any) -> None:
        if not (field.data or "").strip() and not (self.title_en.data or "").strip():
            raise ValidationError(gettext("Please give a title in one of the languages."))

    def values(self) -> dict[str, Any]:
        return {
            "ref_code": _text(self.ref_code),
            "level": self.level.data,
            "title": _both(self.title_hu, self.title_en),
            "scope": _both(self.scope_hu, self.scope_en),
            "dates": _text(self.dates),
            "creator": _text(self.creator),
        }


def _text(field: Any) -> str:
    return (field.data or "").strip()


def _both(hungarian: Any, english: Any) -> dict[str, str]:
    found = {"hu": _text(hungarian), "en": _text(english)}
    return {lang: text for lang, text in found.items() if text}
