"""The describe form: its sections of repeated rows, and what an image shares with its unit.

Every section offers one empty row more than it has, so that the form works without scripts;
`draft()` turns what was typed into a draft. The invariant: a form that was filled from a draft
and not touched makes that draft again, to the last space.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from archive import rights
from archive.catalogue.drafts import CaptionDraft, DateDraft, Draft, Rights
from archive.languages import language
from archive.workbench.describing import measures
from archive.workbench.describing.fields import LONG, SHORT, ReadField, both, lines, text
from archive.workbench.describing.rows import (
    A_DAY,
    AgentRow,
    CaptionRow,
    CarrierRow,
    DateRow,
    IdentifierRow,
    LinkRow,
    NameRow,
    PlaceRow,
)
from archive.workbench.describing.starting import data_of, starting_values

__all__ = ["LONG", "SHORT", "DescribeForm", "RightsFields"]
Values = dict[str, Any]


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
    publication_retrieved_on = ReadField(
        _("Retrieved on"), measures.read_day, A_DAY, description=_("As 2026-11-22.")
    )

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
        names = ("credit_line", "rights_holder", "source", "acquisition", "publication_publisher",
                 "publication_title", "publication_date", "publication_address")  # fmt: skip
        return Rights(
            rights_statement=self.rights_statement.data or "",
            rights_note=both(self.rights_note_hu, self.rights_note_en),
            custody=both(self.custody_hu, self.custody_en),
            publication_retrieved_on=self.publication_retrieved_on.value,
            **{name: text(getattr(self, name)) for name in names},
        )


class DescribeForm(FlaskForm, RightsFields):
    """Everything that may be said about one photograph."""

    based_on = HiddenField(validators=[DataRequired()])
    ref_code = StringField(_("Reference code"), validators=[Length(max=120)])
    frame = StringField(_("Frame"), validators=[Length(max=20)])
    identifiers = FieldList(FormField(IdentifierRow))
    captions = FieldList(FormField(CaptionRow))
    dates = FieldList(FormField(DateRow))
    preferred_date = HiddenField()
    undated = BooleanField(_("Looked into and undated"))
    agents = FieldList(FormField(AgentRow))
    creator_unknown = BooleanField(_("The photographer was looked for and is unknown"))
    places = FieldList(FormField(PlaceRow))
    events = FieldList(FormField(LinkRow))
    subjects = FieldList(FormField(NameRow))
    carriers = FieldList(FormField(CarrierRow))
    alt_hu = StringField(_("Alternative text in Hungarian"), validators=[Length(max=250)])
    alt_en = StringField(_("Alternative text in English"), validators=[Length(max=250)])
    notes = TextAreaField(_("Notes for colleagues (never public)"), validators=[LONG])
    reason = StringField(_("Why the change"), validators=[SHORT])

    SECTIONS = ("identifiers", "captions", "dates", "agents", "places", "events", "subjects",
                "carriers")  # fmt: skip

    def validate_captions(self, field: Any) -> None:
        """Of the titles in one language readers see one."""
        seen = set()
        for row in field.entries:
            said = row.form.statement()
            if said is None or said.type != "archivist_title" or not said.preferred:
                continue
            if said.lang in seen:
                row.form.preferred.errors = (
                    gettext("Another title in this language is preferred already."),
                )
                raise ValidationError
            seen.add(said.lang)

    def with_room(self) -> DescribeForm:
        """One empty row at the end of each section, so that something can be added."""
        for name in self.SECTIONS:
            rows = getattr(self, name)
            if not rows.entries or rows.entries[-1].form.statement() is not None:
                rows.append_entry()
        self.offer_statements()
        return self

    @classmethod
    def of(cls, draft: Draft, version: int) -> DescribeForm:
        """The form as it is opened."""
        data = {**starting_values(draft), "based_on": str(version)}
        form: DescribeForm = cls(formdata=None, data=data)
        return form

    @classmethod
    def saying(cls, values: Values, version: int, reason: str = "") -> DescribeForm:
        """The form with these values."""
        data = {**data_of(values), "based_on": str(version), "reason": reason}
        form: DescribeForm = cls(formdata=None, data=data, meta={"csrf": False})
        return form

    def values(self) -> Values:
        """Every field and every row that says something, as they would be typed."""
        rows = self._said()
        values: Values = {
            name: [
                _typed(row.form.data)
                for row, said in zip(getattr(self, name).entries, rows[name], strict=True)
                if said is not None
            ]
            for name in self.SECTIONS
        }
        for row, said in zip(values["dates"], filter(None, rows["dates"]), strict=True):
            row["preferred"] = "1" if said.preferred else ""
        skipped = {*self.SECTIONS, "csrf_token", "based_on", "reason", "preferred_date"}
        return values | _typed({n: v for n, v in self.data.items() if n not in skipped})

    def draft(self, kept: Draft) -> Draft:
        """What was typed, as a draft; what was shown from `kept` and not touched stays as kept."""
        shown = DescribeForm(formdata=None, data=starting_values(kept), meta={"csrf": False})
        typed, before = self._said(), shown._said()
        for name in self.SECTIONS:
            rows = _as_kept(typed[name], before[name], getattr(kept, name))
            typed[name] = [_with_other_languages(row, kept) for row in rows]
        for name in before.keys() - {*self.SECTIONS, "rights"}:
            typed[name] = _touched(typed[name], before[name], getattr(kept, name))
        typed["rights"] = Rights(
            **{
                name: _touched(value, getattr(before["rights"], name), getattr(kept.rights, name))
                for name, value in vars(typed["rights"]).items()
            }
        )
        return replace(kept, **typed)

    def _said(self) -> dict[str, Any]:
        """The parts of a draft; a row that says nothing is None."""
        rows = {
            name: [row.form.statement() for row in getattr(self, name).entries]
            for name in self.SECTIONS
        }
        self._prefer_one(rows["dates"])
        return {
            **rows,
            "ref_code": text(self.ref_code),
            "frame": text(self.frame),
            "rights": self.rights(),
            "alt": both(self.alt_hu, self.alt_en),
            "notes": lines(self.notes),
            "undated": self.undated.data,
            "creator_unknown": self.creator_unknown.data,
        }

    def _prefer_one(self, dates: list[DateDraft | None]) -> None:
        """Of the rival dates of taking the chosen one is preferred, else the first."""
        names = [entry.name for entry in self.dates.entries]
        rivals = {
            name: said
            for name, said in zip(names, dates, strict=True)
            if said is not None and said.role == "created"
        }
        chosen = rivals.get(self.preferred_date.data) or next(iter(rivals.values()), None)
        for said in rivals.values():
            said.preferred = said is chosen


def _typed(data: dict[str, Any]) -> Values:
    """Values as they are compared: no spaces around them, one kind of line end."""
    return {
        name: value.strip().replace("\r\n", "\n") if isinstance(value, str) else value or ""
        for name, value in data.items()
    }


def _as_kept(typed: list[Any], shown: list[Any], kept: list[Any]) -> Iterable[Any]:
    """Each row as it is kept where it came back as it was shown; what cannot be shown stays."""
    left = list(zip(shown, kept, strict=True))
    for entry in filter(None, typed):
        at = next((number for number, (said, _kept) in enumerate(left) if said == entry), None)
        if at is None:
            yield entry
            continue
        yield from (unseen for said, unseen in left[:at] if said is None)
        yield left[at][1]
        left = [pair for pair in left[:at] if pair[0] is not None] + left[at + 1 :]
    yield from (unseen for said, unseen in left if said is None)


def _touched(typed: Any, shown: Any, kept: Any) -> Any:
    """The value typed, or the one kept where it was not touched; no language is lost."""
    if typed == shown:
        return kept
    return _others(kept) | typed if isinstance(typed, dict) else typed


def _with_other_languages(row: Any, kept: Draft) -> Any:
    """A remark keeps the languages that the form does not show."""
    if isinstance(row, CaptionDraft):
        before = next((entry for entry in kept.captions if entry.id and entry.id == row.id), row)
        row.stance_note = _others(before.stance_note) | row.stance_note
    return row


def _others(texts: dict[str, str]) -> dict[str, str]:
    return {lang: words for lang, words in texts.items() if lang not in ("hu", "en")}
