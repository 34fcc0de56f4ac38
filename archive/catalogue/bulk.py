"""Changing many photographs as one act: previewed as a plan, then carried out some at a time.

A plan keeps what shall be done, to which photographs, and the version each had when its diff was
computed. It is carried out in portions, each a short transaction that goes on with the same change
set, so that others can write between them and a process that dies loses nothing: the plan knows
where it stands. The invariant: a photograph that somebody changed after the preview is left as it
is and told apart, never overwritten.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from archive import db, history, jobs, settings
from archive.catalogue import instructions, record, rows
from archive.catalogue.instructions import Instruction
from archive.catalogue.models import RecordRow
from archive.catalogue.operations import Enter, NotThis, Operation
from archive.catalogue.refusals import Refused
from archive.catalogue.rows import Photograph
from archive.catalogue.service import lacks, seen_by_another
from archive.db import Base, Identified, now
from archive.history import Actor, Edit, Subject
from archive.history.rows import Values

CHANGE, SAME, MOVED, GONE = "change", "same", "moved", "gone"
PAUSE_S = 0.03  # between portions, so that whoever waits to write gets a turn
Tell = Callable[[int, int], None]


class BulkPlan(Identified, Base):
    """A change to many photographs or an undo, from its preview to its end; the log of an act.

    An edit has `instructions` and, as `photographs`, [key, version, outcome] in their order; an
    undo has the change set it undoes and, as `portions`, lists of [kind, key]. `position` is how
    many of these are done. `left` are [key, why] that were left as they are; an undo counts as
    `counts["others"]` what else was left, and `conflicts` say what stood against it.
    """

    __tablename__ = "bulk_plan"

    action: Mapped[str] = mapped_column(String(60))
    instructions: Mapped[list[Any]] = mapped_column(default=list)
    undo_of_id: Mapped[int | None] = mapped_column(ForeignKey("change_set.id"), index=True)
    later: Mapped[str] = mapped_column(String(10), default="stop")
    reason: Mapped[str] = mapped_column(Text, default="")
    photographs: Mapped[list[Any]] = mapped_column(default=list, deferred=True)
    portions: Mapped[list[Any]] = mapped_column(default=list, deferred=True)
    total: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(10), default="counting", index=True)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    conflicts: Mapped[list[Any]] = mapped_column(default=list)
    position: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    left: Mapped[list[Any]] = mapped_column(default=list)
    change_set_id: Mapped[int | None] = mapped_column(ForeignKey("change_set.id"), index=True)
    job_id: Mapped[int | None]
    actor_id: Mapped[int | None]
    actor_label: Mapped[str] = mapped_column(String(60), default="")
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
    finished_at: Mapped[datetime | None]


@dataclass
class Considered:
    """What a plan would do to one photograph. `outcome` is a code, see `words` for the sentence."""

    id: int
    version: int
    outcome: str
    edits: list[Edit] = field(default_factory=list)


def prepare(
    actor: Actor, image_ids: Sequence[int], wanted: Sequence[Instruction], *, reason: str = ""
) -> BulkPlan:
    """Keep what shall be done to these photographs; many are counted by a job, few at once.

    Raises Refused for instructions that make no sense.
    """
    instructions.check(wanted)
    instructions.resolve(db.session(), wanted)
    if not image_ids:
        raise Refused("no_photographs")
    plan = BulkPlan(
        action=instructions.action_of(wanted),
        instructions=list(wanted),
        photographs=[[key, 0, ""] for key in dict.fromkeys(image_ids)],
        total=len(set(image_ids)),
        **_by(actor, reason),
    )
    return _begin(plan, actor, "bulk_count", count)


def prepare_undo(
    actor: Actor, change_set_id: int, *, reason: str = "", later: history.Later = "stop"
) -> BulkPlan:
    """Undo a change set; where something has changed since, the plan stays open and tells it.

    Raises Refused while the change set is still being written, and when it is undone already.
    """
    _refuse_undo(db.session(), change_set_id)
    plan = BulkPlan(action="undo", undo_of_id=change_set_id, later=later, **_by(actor, reason))
    _cut(db.session(), plan, change_set_id)
    return _begin(plan, actor, "bulk_undo", undo_if_nothing_stands_against_it)


def _cut(session: Session, plan: BulkPlan, change_set_id: int) -> None:
    """Have a plan undo a change set in these portions."""
    portions = history.portions(session, change_set_id, settings.current().bulk_commit_photographs)
    plan.portions = [[list(subject) for subject in portion] for portion in portions]
    plan.total = len(portions)


def carry_out(actor: Actor, plan: BulkPlan, *, later: history.Later | None = None) -> BulkPlan:
    """Begin to carry out a plan that was looked at, few photographs at once, many by a job.

    Raises Refused when it is not open any more.
    """
    with db.transaction() as session:
        current = _locked(session, plan.id)
        if current.state != "open":
            raise Refused("plan_is_not_open", state=current.state)
        current.state, current.later = "applying", later or current.later
        current.actor_id, current.actor_label = actor.person_id, actor.label
        if current.undo_of_id:
            _cut(session, current, current.undo_of_id)
        if _is_small(current):
            _do_portion(session, current, _things(session, current))
        else:
            current.job_id = jobs.submit("bulk_apply", by=actor, plan_id=plan.id).id
        return current


def take_up(plan: BulkPlan) -> None:
    """Go on with a plan whose work was stopped or has failed."""
    if plan.job_id is not None:
        jobs.retry(plan.job_id)


@jobs.job("bulk_count")
def _count_by_job(run: jobs.Run, plan_id: int) -> None:
    count(plan_id, tell=run.progress)


@jobs.job("bulk_apply")
def _apply_by_job(run: jobs.Run, plan_id: int) -> None:
    work_off(plan_id, tell=run.progress)


@jobs.job("bulk_undo")
def _undo_by_job(run: jobs.Run, plan_id: int) -> None:
    undo_if_nothing_stands_against_it(plan_id, tell=run.progress)


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""


def count(plan_id: int, *, tell: Tell = _silent) -> BulkPlan:
    """Compute the diff of a plan, outside any transaction, and keep what it comes to."""
    session = db.session()
    plan = session.get_one(BulkPlan, plan_id)
    keys = [entry[0] for entry in plan.photographs]
    total, found = len(keys), []
    for portion in _portions(keys):
        found += [[one.id, one.version, one.outcome] for one in consider(session, plan, portion)]
        tell(len(found), total)
    with db.transaction() as writing:
        plan = _locked(writing, plan_id)
        if plan.state == "counting":
            plan.photographs, plan.counts, plan.state = found, _counted(found), "open"
        return plan


def consider(session: Session, plan: BulkPlan, keys: Sequence[int]) -> list[Considered]:
    """What a plan would do to these photographs as they are now."""
    resolved = instructions.resolve(session, plan.instructions)
    return _considered(session, resolved.operations, keys, _actor(plan))


def undo_if_nothing_stands_against_it(plan_id: int, *, tell: Tell = _silent) -> BulkPlan:
    """Look for what has changed since; where nothing has, the undo is carried out at once."""
    session = db.session()
    plan = session.get_one(BulkPlan, plan_id)
    if plan.state == "counting":
        assert plan.undo_of_id is not None
        against = history.backwards(session, plan.undo_of_id, later="stop").conflicts
        with db.transaction() as writing:
            plan = _locked(writing, plan_id)
            plan.conflicts = [_as_json(conflict) for conflict in against[:MOST_TOLD]]
            things = {conflict.subject for conflict in against}
            whole = sum(len(portion) for portion in plan.portions)
            plan.counts = {"conflicts": len(against), "things": len(things), "all": whole}
            stopped = bool(against) and plan.later == "stop"
            plan.state = "open" if stopped else "applying"
    return work_off(plan_id, tell=tell) if plan.state == "applying" else plan


MOST_TOLD = 500  # conflicts that a plan keeps to be listed


def work_off(plan_id: int, *, tell: Tell = _silent) -> BulkPlan:
    """Carry out a plan from where it stands, a portion at a time; safe to be called again."""
    things: Sequence[Any] | None = None
    while True:
        with db.transaction() as session:
            plan = _locked(session, plan_id)
            if plan.state == "applying":
                things = things or _things(session, plan)
                _do_portion(session, plan, things)
        if plan.state != "applying":
            tell(plan.position, plan.total)
            return plan
        tell(plan.position, plan.total)
        time.sleep(PAUSE_S)


def left_out(plan: BulkPlan) -> dict[str, list[int]]:
    """Photographs that were left as they are, by why."""
    found: dict[str, list[int]] = {}
    for key, why in plan.left:
        found.setdefault(why, []).append(key)
    return found


def being_written(session: Session, change_set_id: int) -> BulkPlan | None:
    """The plan that is still writing this change set."""
    mine = (BulkPlan.change_set_id == change_set_id, BulkPlan.state == "applying")
    return session.scalars(select(BulkPlan).where(*mine)).first()


def _begin(plan: BulkPlan, actor: Actor, kind: str, work: Callable[[int], BulkPlan]) -> BulkPlan:
    with db.transaction() as session:
        session.add(plan)
        session.flush()
        if not _is_small(plan):
            plan.job_id = jobs.submit(kind, by=actor, plan_id=plan.id).id
            return plan
    return work(plan.id)


def _is_small(plan: BulkPlan) -> bool:
    """Whether it fits into one transaction."""
    return plan.total <= (1 if plan.undo_of_id else settings.current().bulk_commit_photographs)


def _things(session: Session, plan: BulkPlan) -> Sequence[Any]:
    """What the plan goes through: long lists, so they are read once.

    What is to be undone may have gone on while somebody looked at what stands against it.
    """
    if plan.undo_of_id and not plan.position:
        _cut(session, plan, plan.undo_of_id)
    column = BulkPlan.portions if plan.undo_of_id else BulkPlan.photographs
    session.flush()
    things: list[Any] = session.scalars(select(column).where(BulkPlan.id == plan.id)).one()
    return things


def _do_portion(session: Session, plan: BulkPlan, things: Sequence[Any]) -> None:
    if plan.undo_of_id:
        _undo_portion(session, plan, things[plan.position])
        plan.position += 1
    else:
        size = settings.current().bulk_commit_photographs
        portion = things[plan.position : plan.position + size]
        _edit_portion(session, plan, portion)
        plan.position += len(portion)
    if plan.position >= plan.total:
        plan.state, plan.finished_at = "applied", now()


def _edit_portion(session: Session, plan: BulkPlan, portion: Sequence[Any]) -> None:
    based_on = {key: version for key, version, outcome in portion if outcome == CHANGE}
    rows.lock(session, based_on)
    with history.change(
        _actor(plan), plan.action, reason=plan.reason, onto=plan.change_set_id
    ) as change_set:
        found = _with_those_made(session, plan, list(based_on))
        to_do = [one for one in found if one.outcome == CHANGE and based_on[one.id] == one.version]
        if rows.write(session, [edit for one in to_do for edit in one.edits]):
            plan.change_set_id = change_set.id
    done = {one.id for one in to_do}
    left = [[one.id, _why(one, based_on[one.id])] for one in found if one.id not in done]
    plan.left, plan.changed = [*plan.left, *left], plan.changed + len(done)


def _why(one: Considered, based_on: int) -> str:
    return MOVED if one.outcome == CHANGE or one.version != based_on else one.outcome


def _with_those_made(session: Session, plan: BulkPlan, keys: Sequence[int]) -> list[Considered]:
    """Those whom nobody had yet are made once a photograph needs them."""
    resolved = instructions.resolve(session, plan.instructions)
    found = _considered(session, resolved.operations, keys, _actor(plan))
    if not resolved.new or not any(one.outcome == CHANGE for one in found):
        return found
    resolved = instructions.resolve(session, plan.instructions, make=True)
    return _considered(session, resolved.operations, keys, _actor(plan))


def _undo_portion(session: Session, plan: BulkPlan, portion: Sequence[Any]) -> None:
    assert plan.undo_of_id is not None
    subjects = [Subject(kind, key) for kind, key in portion]
    rows.lock(session, [subject.id for subject in subjects if subject.kind == "image"])
    undone = session.get_one(history.ChangeSet, plan.undo_of_id)
    later: history.Later = "overwrite" if plan.later == "overwrite" else "leave"
    with history.change(
        _actor(plan), "undo", reason=plan.reason, undo_of=undone, onto=plan.change_set_id
    ) as change_set:
        found = history.backwards(session, plan.undo_of_id, subjects, later=later)
        if found.edits:
            history.write_rows(session, found.edits)
            plan.change_set_id = change_set.id
    images = {key for kind, key in subjects if kind == "image"}
    left = {key for kind, key in found.left if kind == "image"}
    plan.left = [*plan.left, *([key, MOVED] for key in sorted(left))]
    plan.changed += len(images - left)
    _tell_others_left(plan, found, set(subjects))


def _tell_others_left(
    plan: BulkPlan, found: history.Backwards, subjects: Collection[Subject]
) -> None:
    """People, places and units that stay as they are, and what stood against all that stays."""
    others = [thing for thing in found.left if thing.kind != "image" and thing in subjects]
    if others:
        number = plan.counts.get("others", 0) + len(others)
        plan.counts = {**plan.counts, "others": number}
    told = [_as_json(conflict) for conflict in found.conflicts if conflict.subject in found.left]
    new = [conflict for conflict in told if conflict not in plan.conflicts]
    if new:
        plan.conflicts = [*plan.conflicts, *new][:MOST_TOLD]


def _considered(
    session: Session, operations: Sequence[Operation], keys: Sequence[int], actor: Actor
) -> list[Considered]:
    found = rows.of_images(session, keys, {name for one in operations for name in one.reads})
    own = _own(session, operations, keys)
    for one in found.values():
        one.lacks = partial(_lacks, session, own.get(one.id), one.image, actor)
    considered = []
    for key in keys:
        photograph = found.get(key)
        if photograph is None:
            considered.append(Considered(key, 0, GONE))
        else:
            considered.append(_try(photograph, operations))
    return _not_referred(session, considered)


def _try(photograph: Photograph, operations: Sequence[Operation]) -> Considered:
    try:
        for operation in operations:
            operation.do(photograph)
    except NotThis as refusal:
        return Considered(photograph.id, photograph.version, refusal.code)
    edits = photograph.edits()
    return Considered(photograph.id, photograph.version, CHANGE if edits else SAME, edits)


def _not_referred(session: Session, considered: list[Considered]) -> list[Considered]:
    """What a licence, a note or another's draft refers to is not removed."""
    edits = [edit for one in considered for edit in one.edits]
    if any(edit.after is None for edit in edits):
        held = {conflict.subject.id for conflict in history.hanging(session, edits)}
        for one in considered:
            if one.id in held:
                one.outcome, one.edits = "referred", []
    return considered


def _own(
    session: Session, operations: Sequence[Operation], keys: Sequence[int]
) -> dict[int, record.Record]:
    """The records, where somebody asks whether they may be public."""
    if not any(isinstance(one, Enter) and one.act == "publish" for one in operations):
        return {}
    kept = select(RecordRow.image_id, RecordRow.own).where(RecordRow.image_id.in_(keys))
    return {row.image_id: row.own for row in session.execute(kept)}


def _lacks(session: Session, own: record.Record | None, image: Values, actor: Actor) -> list[str]:
    found = lacks(own or {}, record.path_of(session, image["unit_id"]))
    if settings.current().four_eyes:
        found += [] if seen_by_another(session, image["id"], actor) else ["four_eyes"]
    return found


def _locked(session: Session, plan_id: int) -> BulkPlan:
    return session.get_one(BulkPlan, plan_id, with_for_update=True, populate_existing=True)


def _refuse_undo(session: Session, change_set_id: int) -> None:
    if being_written(session, change_set_id):
        raise Refused("still_being_written")
    if history.undone_by(session, change_set_id):
        raise Refused("undone_already")


def _portions(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    size = settings.current().bulk_commit_photographs
    return (keys[start : start + size] for start in range(0, len(keys), size))


def _counted(found: Sequence[Sequence[Any]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for _key, _version, outcome in found:
        counts[outcome] = counts.get(outcome, 0) + 1
    return counts


def _as_json(conflict: history.Conflict) -> dict[str, Any]:
    return {
        "entity": conflict.entity,
        "entity_id": conflict.entity_id,
        "column": conflict.column,
        "made": conflict.made,
        "found": conflict.found,
        "subject": list(conflict.subject),
        "why": conflict.why,
    }


def _by(actor: Actor, reason: str) -> dict[str, Any]:
    return {"actor_id": actor.person_id, "actor_label": actor.label, "reason": reason}


def _actor(plan: BulkPlan) -> Actor:
    return Actor(plan.actor_id, plan.actor_label)
