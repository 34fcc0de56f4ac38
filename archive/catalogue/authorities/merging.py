"""Two authorities become one: the survivor takes over names, numbers and all that refers to the
other, which stays as a redirect.

One change set, so one undo. The invariants: nothing refers to what was merged but its own redirect;
a redirect leads to its survivor in one step; no name, source or identifier is lost.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive import db, history
from archive.catalogue.authorities import keeping, references
from archive.catalogue.authorities.kinds import kind_of
from archive.catalogue.authorities.names import all_names
from archive.catalogue.authorities.redirecting import redirect
from archive.catalogue.authorities.validity import bare, known_forms
from archive.catalogue.models import Agent, Concept
from archive.catalogue.refusals import Refused, Stale
from archive.history import Actor, ChangeSet

# What can be taken from either side, by kind: a field and its columns.
FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    "agent": {"name": ("name",), "kind": ("kind",), "dates": ("dates",), "note": ("note",)},
    "place": {
        "name": ("name",),
        "point": ("lat", "lon", "uncertainty_m"),
        "above": ("parent_id",),
        "note": ("note",),
    },
    "event": {
        "name": ("name",),
        "date": ("edtf",),
        "place": ("place_id",),
        "above": ("parent_id",),
        "note": ("note",),
    },
    "concept": {
        "name": ("label",),
        "notation": ("notation",),
        "uri": ("uri",),
        "above": ("broader_id",),
        "note": ("note",),
    },
}


@dataclass(frozen=True)
class Preview:
    """What a merge would do: photographs that move, links there twice, other references."""

    photographs: int
    twice: int
    others: int


def preview(session: Session, kept: Any, gone: Any) -> Preview:
    """Count what would move."""
    kind = kind_of(gone)
    images = select(kind.link.image_id).where(kind.key == gone.id)
    both = images.where(
        kind.link.image_id.in_(select(kind.link.image_id).where(kind.key == kept.id))
    )
    others = references.number(session, gone, besides=kind.link)
    return Preview(_count(session, images), _count(session, both), others)


def merge(
    actor: Actor,
    kept: Any,
    gone: Any,
    *,
    taking: Collection[str] = (),
    based_on: tuple[int, int] | None = None,
    reason: str = "",
) -> ChangeSet:
    """Merge `gone` into `kept`; the fields of `taking` (see FIELDS) come from `gone`.

    What the survivor is silent of comes from the other side in any case. Raises Refused, Stale.
    """
    with history.change(actor, "merge_authorities", reason=reason) as change_set:
        session = db.session()
        kept, gone = (_locked(session, row) for row in (kept, gone))
        _check(kept, gone, based_on)
        redirect(session, gone, kept)
        keeping.write(session, kept, merged_values(kept, gone, taking))
        session.flush()
        return change_set


def merged_values(kept: Any, gone: Any, taking: Collection[str]) -> dict[str, Any]:
    """The columns of the survivor."""
    values: dict[str, Any] = {}
    for field, columns in FIELDS[kept.__tablename__].items():
        first, second = (gone, kept) if field in taking else (kept, gone)
        source = (
            first if any(getattr(first, name) not in (None, "", {}) for name in columns) else second
        )
        values |= {name: getattr(source, name) for name in columns}
        for name in columns:
            if isinstance(values[name], dict):
                values[name] = _both_languages(getattr(first, name), getattr(second, name))
    above = keeping.ABOVE.get(kept.__tablename__, "")
    if values.get(above) in (kept.id, gone.id):
        values[above] = getattr(kept, above)
    values["identifiers"] = {**gone.identifiers, **kept.identifiers}
    values["sources"] = "\n".join(_once([*kept.sources.splitlines(), *gone.sources.splitlines()]))
    preferred = values.get("name") or values.get("label")
    shown = {preferred} if isinstance(preferred, str) else set((preferred or {}).values())
    values["forms"] = _forms(kept, gone, shown)
    values["names"] = [*kept.names, *(name for name in all_names(gone) if name not in kept.names)]
    return values


def _locked(session: Session, row: Any) -> Any:
    return session.get_one(type(row), row.id, with_for_update=True)


def _check(kept: Any, gone: Any, based_on: tuple[int, int] | None) -> None:
    if type(kept) is not type(gone) or kept.id == gone.id:
        raise Refused("not_two_of_a_kind")
    if kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise Refused("merged_already")
    if isinstance(kept, Concept) and kept.scheme != gone.scheme:
        raise Refused("another_scheme", scheme=gone.scheme)
    if isinstance(kept, Concept) and kept.state == "deprecated":
        raise Refused("replacement_is_deprecated")
    if based_on is not None and based_on != (kept.version, gone.version):
        raise Stale(sum(based_on), kept.version + gone.version)


def _both_languages(first: dict[str, str], second: dict[str, str]) -> dict[str, str]:
    """The texts of one, and those of the other in languages the one has not."""
    known = {**second, **first}
    if len(known) > 1:
        known.pop("und", None)
    return known


def _forms(kept: Any, gone: Any, shown: set[str]) -> list[dict[str, str]]:
    """The forms of both, and each preferred name of either that is preferred no more."""
    forms: list[dict[str, str]] = []
    for form in [*known_forms(kept), *known_forms(gone)]:
        if form not in forms and (form["valid"] or form["text"] not in shown):
            forms.append(form)
    told = {form["text"] for form in forms} | shown
    for lang, name in [*_preferred(kept), *_preferred(gone)]:
        if name and name not in told:
            forms.append(bare(name, "" if lang == "und" else lang))
            told.add(name)
    return forms


def _preferred(row: Any) -> list[tuple[str, str]]:
    """(language, preferred name)"""
    if isinstance(row, Agent):
        return [("", row.name)]
    return list((row.label if isinstance(row, Concept) else row.name).items())


def _once(texts: list[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]


def _count(session: Session, images: Any) -> int:
    return session.scalar(select(func.count()).select_from(images.distinct().subquery())) or 0
