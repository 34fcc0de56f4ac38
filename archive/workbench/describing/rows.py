"""The repeated rows of the describe form: each is one statement about the photograph.

An empty row says nothing: its `statement()` is None. What a row does not show it carries in hidden
fields, so that nothing is lost when it is saved. The invariant: a row that was filled from a
statement and not touched says that statement.
"""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Form, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from archive import dates as dating
from archive import words
from archive.catalogue.drafts import (
    CaptionDraft,
    CarrierDraft,
    DateDraft,
    IdentifierDraft,
    LinkDraft,
)
from archive.catalogue.models import (
    AGENT_ROLES,
    BASES,
    CAPTION_TYPES,
    CARRIER_KINDS,
    CERTAINTIES,
    COLOURS,
    CONDITIONS,
    IDENTIFIER_KINDS,
    POLARITIES,
    SIDES,
    STANCES,
)
from archive.catalogue.statements import OutsideThePicture, region_inside
from archive.languages import language
from archive.workbench.describing import measures
from archive.workbench.describing.fields import (
    LONG,
    SHORT,
    LanguageField,
    ReadField,
    both,
    lines,
    named,
    text,
)

OVER_THE_EDGE = _(
    "This reaches over the edge of the picture. Mark it again on the picture, or make the numbers "
    "smaller: left and width, and top and height, may be at most 100 together."
)
A_SIZE = _("Please write height × width in millimetres, as 180 × 240.")
A_POINT = _("Please write latitude and longitude, as 47.4979, 19.0402.")
A_DAY = _("Please write the day as 2026-11-22.")
A_SHARE = _("Please write a share of the picture, 0 to 100.")


class CaptionRow(Form):
    """One caption statement."""

    id = HiddenField()
    type = SelectField(_("Kind"), choices=named(CAPTION_TYPES, words.CAPTION_TYPES))
    lang = LanguageField(_("Language"))
    text = TextAreaField(_("Words"), validators=[LONG], render_kw={"rows": 2})
    attributed = StringField(_("Who said so"), validators=[SHORT])
    dated = StringField(_("When"), validators=[Length(max=80)])
    source = StringField(_("Source"), validators=[SHORT])
    side = SelectField(_("Where"), choices=named(("", *SIDES), {"": "–", **words.ON_SIDES}))
    stance = SelectField(_("Stance"), choices=named(STANCES, words.STANCES, neutral=_("no remark")))
    note_hu = StringField(_("Remark in Hungarian"), validators=[SHORT])
    note_en = StringField(_("Remark in English"), validators=[SHORT])
    preferred = BooleanField(_("Preferred"))
    public = BooleanField(_("Readers may see it"), default=True)

    def statement(self) -> CaptionDraft | None:
        if not lines(self.text):
            return None
        kind = self.type.data
        return CaptionDraft(
            type=kind,
            lang=self.lang.data,
            text=lines(self.text),
            attributed=text(self.attributed),
            dated=text(self.dated),
            source=text(self.source),
            side=self.side.data,
            stance=self.stance.data,
            stance_note=both(self.note_hu, self.note_en),
            preferred=self.preferred.data,
            public=self.public.data and kind != "machine",
            id=self.id.data or "",
        )


class DateRow(Form):
    """One date statement; what is read from the words is kept while the words stay the same.

    Of rival dates one is preferred: which, is said by the form, not by the row.
    """

    id = HiddenField()
    known = HiddenField()
    known_for = HiddenField()
    lang = HiddenField()
    preferred = HiddenField(default="1")
    role = SelectField(_("What then"), choices=named(words.DATE_ROLES, words.DATE_ROLES))
    display = StringField(_("Date as you would write it"), validators=[SHORT])
    basis = SelectField(_("Where it is known from"), choices=named(BASES, words.BASES))
    attributed = StringField(_("Who said so"), validators=[SHORT])
    source = StringField(_("Source"), validators=[SHORT])

    def statement(self) -> DateDraft | None:
        display = text(self.display)
        if not display:
            return None
        return DateDraft(
            display=display,
            lang=self.lang.data or language(),
            role=self.role.data,
            edtf=self.known.data if display == self.known_for.data else "",
            basis=self.basis.data,
            attributed=text(self.attributed),
            source=text(self.source),
            preferred=bool(self.preferred.data),
            id=self.id.data or "",
        )

    def unread(self) -> str:
        """Why the archive reads nothing in the words that are kept; "" where it does."""
        display = text(self.display)
        if not display or display != self.known_for.data or self.known.data:
            return ""
        lang: dating.Language = "hu" if language() == "hu" else "en"
        reading = dating.read(display, lang=lang)
        return "" if reading.ok else dating.refusal(reading.reason or "", lang, reading.detail)


class NameRow(Form):
    """A subject; a changed name is looked up anew."""

    target = HiddenField()
    named = HiddenField()
    kind = HiddenField()
    name = StringField(_("Name"), validators=[SHORT])

    def statement(self) -> LinkDraft | None:
        name = text(self.name)
        if not name:
            return None
        target = self.target.data if name == self.named.data else ""
        return LinkDraft(name=name, kind=self.kind.data or "", target=target or "")


class LinkRow(NameRow):
    """What is said to be there, with how sure it is and who says so: an event."""

    certainty = SelectField(
        _("How sure"), choices=named(CERTAINTIES, words.CERTAINTIES, certain=_("certain"))
    )
    source = StringField(_("Source"), validators=[SHORT])

    def statement(self) -> LinkDraft | None:
        link = super().statement()
        if link is not None:
            link.certainty, link.source = self.certainty.data, text(self.source)
        return link


class AgentRow(LinkRow):
    """A person or a body; the region is where a person is seen, in per cent of the front."""

    role = SelectField(_("Role"), choices=named(AGENT_ROLES, words.ROLES_OF_AN_AGENT))
    note = StringField(_("Note"), validators=[SHORT])
    public = BooleanField(_("Readers may see it"), default=True)
    region_x = ReadField(_("From the left (%)"), measures.read_per_cent, A_SHARE)
    region_y = ReadField(_("From the top (%)"), measures.read_per_cent, A_SHARE)
    region_w = ReadField(_("Width (%)"), measures.read_per_cent, A_SHARE)
    region_h = ReadField(_("Height (%)"), measures.read_per_cent, A_SHARE)

    def validate_region_x(self, _field: Any) -> None:
        typed = [text(part) for part in self._region()]
        if any(typed) and not all(typed):
            raise ValidationError(gettext("A place on the picture has four numbers."))
        try:
            region_inside(self.region())
        except OutsideThePicture as error:
            raise ValidationError(str(OVER_THE_EDGE)) from error

    def region(self) -> list[float] | None:
        """[x, y, width, height] in per cent; None unless all four are said."""
        found = [part.value for part in self._region()]
        return None if None in found else found

    def statement(self) -> LinkDraft | None:
        link = super().statement()
        if link is not None:
            link.role, link.note = self.role.data, text(self.note)
            link.public, link.region = self.public.data, self.region()
        return link

    def _region(self) -> tuple[ReadField, ...]:
        return self.region_x, self.region_y, self.region_w, self.region_h


class PlaceRow(LinkRow):
    """A place; the point is that of this photograph where it is known closer than the place."""

    role = SelectField(_("Role"), choices=named(words.PLACE_ROLES, words.PLACE_ROLES))
    note = StringField(_("Note"), validators=[SHORT])
    point = ReadField(_("Latitude, longitude"), measures.read_point, A_POINT)
    uncertainty_m = ReadField(
        _("Within, metres"), measures.read_metres, _("Please write a number of metres, as 50.")
    )
    heading_deg = ReadField(
        _("Looking towards, degrees"),
        measures.read_heading,
        _("Please write 0 for north, 90 for east, up to 359."),
    )

    def statement(self) -> LinkDraft | None:
        link = super().statement()
        if link is not None:
            link.role, link.note = self.role.data, text(self.note)
            link.lat, link.lon = self.point.value or (None, None)
            link.uncertainty_m = self.uncertainty_m.value
            link.heading_deg = self.heading_deg.value
        return link


class IdentifierRow(Form):
    """A number with who gave it."""

    kind = SelectField(_("Kind"), choices=named(IDENTIFIER_KINDS, words.IDENTIFIER_KINDS))
    value = StringField(_("Number"), validators=[SHORT])
    authority = StringField(_("Number given by"), validators=[SHORT])

    def statement(self) -> IdentifierDraft | None:
        value = text(self.value)
        return IdentifierDraft(self.kind.data, value, text(self.authority)) if value else None


class CarrierRow(Form):
    """A thing that bears the photograph; staff alone see its condition and its shelf mark."""

    id = HiddenField()
    kind = SelectField(_("Kind"), choices=named(CARRIER_KINDS, words.CARRIER_KINDS))
    inventory_no = StringField(_("Inventory number"), validators=[Length(max=80)])
    technique = StringField(_("Technique"), validators=[SHORT])
    polarity = SelectField(_("Polarity"), choices=named(POLARITIES, words.POLARITIES))
    colour = SelectField(_("Colour"), choices=named(COLOURS, words.COLOURS))
    format = StringField(_("Format"), validators=[SHORT])
    size = ReadField(_("Image, height × width in mm"), measures.read_size, A_SIZE)
    sheet = ReadField(_("Sheet, height × width in mm"), measures.read_size, A_SIZE)
    condition = SelectField(
        _("Condition (never public)"), choices=named(("", *map(str, CONDITIONS)), words.CONDITIONS)
    )
    condition_note = StringField(_("What is wrong with it"), validators=[SHORT])
    condition_on = ReadField(_("Seen on"), measures.read_day, A_DAY)
    location = StringField(_("Shelf mark (never public)"), validators=[SHORT])
    note = StringField(_("Note"), validators=[SHORT])

    WORDS = ("kind", "inventory_no", "technique", "polarity", "colour", "format",
             "condition_note", "location", "note")  # fmt: skip

    def statement(self) -> CarrierDraft | None:
        values: dict[str, Any] = {name: text(getattr(self, name)) for name in self.WORDS}
        values["height_mm"], values["width_mm"] = self.size.value or (None, None)
        sheet = self.sheet.value or (None, None)
        values["sheet_height_mm"], values["sheet_width_mm"] = sheet
        values["condition"] = int(self.condition.data) if self.condition.data else None
        values["condition_on"] = self.condition_on.value
        if all(value in ("", None) for value in values.values()):
            return None
        return CarrierDraft(**values, id=self.id.data or "")
