"""Filling in a form with what is said elsewhere: of the previous photograph, or in a template.

Works on the values of the form (`DescribeForm.values`). Nothing is saved here: what was filled in
is shown first. The invariant: what was typed is never replaced; a template fills what is empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from archive import db
from archive.history import Actor
from archive.workbench.describing.forms import DescribeForm, Values
from archive.workbench.models import Template

# What a part of the form is made of, in the order of the form.
PARTS: dict[str, tuple[str, ...]] = {
    "identifiers": ("identifiers",),
    "captions": ("captions",),
    "dates": ("dates", "undated"),
    "agents": ("agents", "creator_unknown"),
    "places": ("places",),
    "events": ("events",),
    "subjects": ("subjects",),
    "carriers": ("carriers",),
    "rights": (
        "rights_statement", "credit_line", "rights_holder", "rights_note_hu", "rights_note_en",
    ),
    "provenance": (
        "source", "acquisition", "custody_hu", "custody_en", "publication_publisher",
        "publication_title", "publication_date", "publication_address",
        "publication_retrieved_on",
    ),
    "reading": ("alt_hu", "alt_en"),
}  # fmt: skip
MOST_TEMPLATES = 200


class NoName(ValueError):
    """A template needs a name."""


def copied(typed: Values, source: Values, part: str) -> tuple[Values, list[str]]:
    """One part with what the source says of it; rows are added to those there are.

    Raises KeyError for a part that does not exist. The list names the part when it changed.
    """
    filled = dict(typed)
    for name in PARTS[part]:
        said = _without_identifiers(source.get(name))
        if isinstance(said, list):
            filled[name] = typed[name] + _new(said, _without_identifiers(typed[name]))
        else:
            filled[name] = typed[name] or said
    return filled, [part] if filled != typed else []


def applied(typed: Values, template: Values) -> tuple[Values, list[str]]:
    """The empty parts with what the template says of them, and their names."""
    filled, names = dict(typed), []
    for part in PARTS:
        if not any(typed[name] for name in PARTS[part] if isinstance(typed[name], list)):
            filled, changed = copied(filled, template, part)
            names += changed
    return filled, names


def templates(session: Session, actor: Actor) -> Sequence[Template]:
    """Those of this person and those of everybody, by name."""
    mine = or_(Template.person_id == actor.person_id, Template.person_id.is_(None))
    query = select(Template).where(mine).order_by(Template.name).limit(MOST_TEMPLATES)
    return session.scalars(query).all()


def template(session: Session, actor: Actor, public_id: str) -> Template:
    """Raises LookupError."""
    found = {entry.public_id: entry for entry in templates(session, actor)}
    return found[public_id]


def keep_template(actor: Actor, name: str, form: DescribeForm, *, shared: bool) -> Template:
    """Keep what the form says under a name; one of the same name is replaced. Raises NoName."""
    name = name.strip()[:120]
    if not name:
        raise NoName
    owner = None if shared else actor.person_id
    with db.transaction() as session:
        same = select(Template).where(Template.name == name, Template.person_id.is_(owner))
        if owner is not None:
            same = select(Template).where(Template.name == name, Template.person_id == owner)
        found = session.scalars(same).first() or Template(name=name, person_id=owner)
        found.values = _kept(form.values())
        session.add(found)
        return found


def drop_template(actor: Actor, public_id: str) -> str:
    """Forget a template and tell its name. Raises LookupError."""
    with db.transaction() as session:
        found = template(session, actor, public_id)
        session.delete(found)
        return found.name


def _kept(values: Values) -> Values:
    names = [name for part in PARTS.values() for name in part]
    return {name: said for name in names if (said := _without_identifiers(values[name]))}


def _new(rows: list[Values], known: list[Values]) -> list[Values]:
    """The rows that are not there yet; what is preferred already stays so."""
    preferred = {(row.get("type"), row.get("lang")) for row in known if row.get("preferred")}
    return [
        {**row, "preferred": ""} if (row.get("type"), row.get("lang")) in preferred else row
        for row in rows
        if row not in known
    ]


def _without_identifiers(said: Any) -> Any:
    """Rows of another photograph are new here."""
    if not isinstance(said, list):
        return said or ""
    return [{**row, "id": ""} if "id" in row else row for row in said]
