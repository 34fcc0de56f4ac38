"""Saving a description: what was typed over what is kept, put together with what others saved.

Nothing here knows of a request but the form. What is read, put together and written is one
transaction. The invariant: what somebody else saved in the meantime is never overwritten unseen,
and nothing that was typed is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from archive import db
from archive.catalogue import authorities, earlier, redrafting
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import Draft, LinkDraft
from archive.catalogue.models import CaptionStatement, Image
from archive.history import Actor
from archive.workbench.describing import threeway, working_drafts
from archive.workbench.describing.forms import DescribeForm, Values

NAMED = {"agents": "agent", "places": "place", "events": "event", "subjects": "concept"}


@dataclass
class Saved:
    """What came of it: `theirs` others had changed and is kept, `made` are names that were new."""

    theirs: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)


class Differing(Exception):
    """Both changed the same; `form` says what both want, and `conflicts` what must be chosen."""

    def __init__(self, form: DescribeForm, conflicts: list[threeway.Conflict]) -> None:
        super().__init__("somebody else changed the same fields in the meantime")
        self.form, self.conflicts = form, conflicts


def kept(image: Image) -> Draft:
    """What is said of a photograph, as a draft."""
    return redrafting.draft_of(catalogue.own_record(db.session(), image))


def save(actor: Actor, image: Image, form: DescribeForm, chosen: Iterable[str] = ()) -> Saved:
    """Save what was typed; `chosen` are the conflicts in which the other one's words hold.

    Raises Differing where somebody must choose, UnknownAuthority for a name that is no more,
    NotFound for a photograph that is there no more.
    """
    key, saved = inspect(image).identity, Saved()
    with db.transaction() as session:
        # From here to the commit nobody joins two people or parts them: who is meant stays so.
        current = session.get(Image, key)
        if current is None:
            raise catalogue.NotFound(str(key))
        typed = _with_chosen(current, form, list(chosen)) if chosen else form
        before = kept(current)
        outdated = int(typed.based_on.data) != current.version
        draft = (_merged(current, typed, before, saved) if outdated else typed).draft(before)
        saved.made = new_names(session, draft)
        reason, version = form.reason.data or "", current.version
        catalogue.describe(actor, current, draft, based_on=version, reason=reason, known=before)
        working_drafts.discard(actor, current)
    return saved


def new_names(session: Session, draft: Draft) -> list[str]:
    """Names in a draft that nobody has yet: saving makes them."""
    return [
        link.name
        for section, kind in NAMED.items()
        for link in getattr(draft, section)
        if not link.target and _unknown(session, kind, link)
    ]


def _unknown(session: Session, kind: str, link: LinkDraft) -> bool:
    fold = authorities.agent_key if kind == "agent" else authorities.fold
    scheme = (link.kind or "subject") if kind == "concept" else ""
    return authorities.by_name(session, authorities.KINDS[kind], link.name, fold, scheme) is None


def _merged(image: Image, form: DescribeForm, current: Draft, saved: Saved) -> DescribeForm:
    """The form with what others saved since it was opened. Raises Differing."""
    session, version = db.session(), image.version
    opened = earlier.own_at(session, image, int(form.based_on.data))
    base = DescribeForm.of(redrafting.draft_of(opened), 0).values() if opened else {}
    successors = _successors(session, image)
    merged = threeway.merge(
        _following(session, base, successors),
        _following(session, form.values(), successors),
        DescribeForm.of(current, version).values(),
    )
    made = DescribeForm.saying(merged.values, version, form.reason.data or "")
    if merged.conflicts:
        raise Differing(made, merged.conflicts)
    saved.theirs = merged.theirs
    return made


def _with_chosen(image: Image, form: DescribeForm, chosen: list[str]) -> DescribeForm:
    """The form with the other one's words, as they were when the choice was offered."""
    version = int(form.based_on.data)
    then = earlier.own_at(db.session(), image, version)
    if then is None:
        return form
    theirs = DescribeForm.of(redrafting.draft_of(then), version).values()
    values = threeway.choose(form.values(), theirs, chosen)
    return DescribeForm.saying(values, version, form.reason.data or "")


def _successors(session: Session, image: Image) -> dict[str, str]:
    """What each superseded caption has become, as far as it is of this photograph."""
    query = select(CaptionStatement).where(CaptionStatement.image_id == image.id)
    rows = {row.id: row for row in session.scalars(query)}
    found = {}
    for row in rows.values():
        last = row
        while last.superseded_by_id in rows:
            last = rows[last.superseded_by_id]
        found[row.public_id] = last.public_id
    return found


def _following(session: Session, values: Values, successors: dict[str, str]) -> Values:
    """Values said of what is there now: of captions' successors, and of whom people became when
    two of them were joined. A row that was taken out is else taken for one that was never seen."""
    captions = values.get("captions", [])
    moved = [{**row, "id": successors.get(row["id"], row["id"])} for row in captions]
    links = {
        section: _once([(row, _of_survivor(session, kind, row)) for row in values.get(section, [])])
        for section, kind in NAMED.items()
    }
    return {**values, **links, "captions": moved}


def _of_survivor(session: Session, kind: str, row: Values) -> Values:
    if not row["target"]:
        return row
    who = authorities.by_id(session, authorities.KINDS[kind], row["target"])
    if who is None or who.public_id == row["target"]:
        return row
    name = next(authorities.preferred_names(who), "")
    typed = {} if row["name"] != row["named"] else {"name": name}
    return {**row, **typed, "target": who.public_id, "named": name}


def _once(rows: Iterable[tuple[Values, Values]]) -> list[Values]:
    """Rows as they are now: one where two people became one and the same is told of both."""
    found: list[Values] = []
    named: list[str] = []
    for before, row in rows:
        others = zip(found, named, strict=True)
        if not any(row == one and before["target"] != target for one, target in others):
            found.append(row)
            named.append(before["target"])
    return found
