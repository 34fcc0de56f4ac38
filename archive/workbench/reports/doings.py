"""The work done in a month, counted from the history: described, published, received, merged.

The history knows who did each act because an archive must be able to say so. Adding it up by
person is another matter: everybody sees their own sum and that of the whole archive; those of
others are shown to administrators only where the setting `work_by_person` says so. The invariant:
`months()` gives no line of a person whom the asker may not see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, func, not_, select
from sqlalchemy.orm import Session

from archive import settings
from archive.catalogue.projection import today
from archive.history import Actor, Change, ChangeSet

DOINGS = ("described", "published", "received", "merged", "undone")
MONTHS = 12
# Acts that say nothing new of a photograph, or take it in.
NOT_DESCRIBING = (
    "accession", "ingest", "demo", "publish", "unpublish", "review", "submit_for_review",
    "withdraw", "move", "undo", "cut_prints",
)  # fmt: skip
MERGING = "merge%"


@dataclass(frozen=True)
class Month:
    """One month: what the asker did, what all did, and where it may be shown what each did.

    `by_person` goes by the key of an account; what a program did stands under None.
    """

    first: date
    own: dict[str, int]
    everybody: dict[str, int]
    by_person: dict[int | None, dict[str, int]] = field(default_factory=dict)


def months(session: Session, actor: Actor, *, number: int = MONTHS) -> list[Month]:
    """The last months, the present one first, as this person may see them."""
    return [_month(session, actor, first) for first in _firsts(number)]


def since_the_first(months: Sequence[Month]) -> Sequence[Month]:
    """The months since anything was done at all, and always the present one."""
    done = [number for number, month in enumerate(months) if any(month.everybody.values())]
    return months[: max(done, default=0) + 1]


def sees_everybody(actor: Actor) -> bool:
    """Whether somebody may see what each of the others did."""
    return actor.has("administrator") and settings.current().work_by_person


def acts_this_month(session: Session) -> int:
    """How many acts the history of this month holds, a program's included."""
    begun, ended = _bounds(today().replace(day=1))
    within = ChangeSet.at >= begun, ChangeSet.at < ended
    return session.scalar(select(func.count()).select_from(ChangeSet).where(*within)) or 0


def _month(session: Session, actor: Actor, first: date) -> Month:
    by_person = _counted(session, first)
    everybody = {doing: sum(did[doing] for did in by_person.values()) for doing in DOINGS}
    own = by_person.get(actor.person_id, dict.fromkeys(DOINGS, 0))
    return Month(first, own, everybody, by_person if sees_everybody(actor) else {})


def _firsts(number: int) -> list[date]:
    """The first days of the last months at the institution."""
    first, firsts = today().replace(day=1), []
    for _ in range(number):
        firsts.append(first)
        first = _month_before(first)
    return firsts


def _month_before(first: date) -> date:
    return first.replace(year=first.year - (first.month == 1), month=(first.month - 2) % 12 + 1)


def _month_after(first: date) -> date:
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)


def _bounds(first: date) -> tuple[datetime, datetime]:
    """The moments at which the month of this first day begins and ends at the institution."""
    zone = ZoneInfo(settings.current().time_zone)
    begun, ended = (datetime(d.year, d.month, 1, tzinfo=zone) for d in (first, _month_after(first)))
    return begun, ended


def _counted(session: Session, first: date) -> dict[int | None, dict[str, int]]:
    """What each person did in the month that begins on this day."""
    begun, ended = _bounds(first)
    found: dict[int | None, dict[str, int]] = {}
    queries: tuple[Any, ...] = (_photographs(), _acts())
    for query in queries:
        within = query.where(ChangeSet.at >= begun, ChangeSet.at < ended)
        for row in session.execute(within.group_by(ChangeSet.actor_id)):
            did = found.setdefault(row.actor_id, dict.fromkeys(DOINGS, 0))
            did |= {doing: number for doing, number in row._mapping.items() if doing in DOINGS}
    return found


def _photographs() -> Select[int | None, int, int, int]:
    """How many photographs each person described, published and took in: one pass over a month."""
    image = Change.entity == "image"
    now_public = cast(Change.after, Text).like('%"state": "published"%')
    said = not_(ChangeSet.action.like(MERGING)), ChangeSet.action.not_in(NOT_DESCRIBING)
    return (
        select(
            ChangeSet.actor_id,
            _different(*said).label("described"),
            _different(image, now_public).label("published"),
            _different(image, Change.before.is_(None)).label("received"),
        )
        .join(Change, Change.change_set_id == ChangeSet.id)
        .where(Change.subject_kind == "image", ChangeSet.action != "undo")
    )


def _different(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """How many different photographs the changes name for which all of this holds."""
    return func.count(case((and_(*conditions), Change.subject_id)).distinct())


def _acts() -> Select[int | None, int, int]:
    """How often each person merged and undid."""
    return select(
        ChangeSet.actor_id,
        func.count(case((ChangeSet.action.like(MERGING), 1))).label("merged"),
        func.count(case((ChangeSet.action == "undo", 1))).label("undone"),
    )


def people_of(months: Sequence[Month]) -> set[int]:
    """The accounts that did something in these months and may be named."""
    return {key for month in months for key in month.by_person if key is not None}
