"""Taking descriptions over from AtoM: units and photographs, as one change set.

It is written in portions, each a short transaction. The invariant: a run that breaks off can be
begun again, and goes on where it stood, because what is here is passed over.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import db, history, jobs
from archive.catalogue import arrangement
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import Rights
from archive.catalogue.models import FormerCode, Unit
from archive.history import Actor, ChangeSet
from archive.ingest import drafting, service
from archive.ingest.atom import elements, planning
from archive.ingest.atom.planning import ADD, Plan, Planned
from archive.ingest.drafting import Drafted

ACTION = "import_atom"
PORTION = 50
AT_ONCE = 300  # descriptions that a person may wait for; more are a job
PAUSE_S = 0.03  # between portions, so that whoever waits to write gets a turn
Tell = Callable[[int, int], None]


def _unwatched(_done: int, _total: int) -> None:
    """Nobody watches."""


def take(actor: Actor, plan: Plan, *, tell: Tell = _unwatched) -> ChangeSet | None:
    """Add what the plan adds; None when there is nothing to add."""
    rows = [row for row in plan.rows if row.outcome == ADD]
    made: ChangeSet | None = None
    for start in range(0, len(rows), PORTION):
        onto = made.id if made else None
        with history.change(actor, ACTION, reason=plan.name, onto=onto) as change_set:
            _portion(db.session(), actor, rows[start : start + PORTION])
        made = change_set
        tell(min(start + PORTION, len(rows)), len(rows))
        time.sleep(PAUSE_S)
    return made


def take_later(actor: Actor, token: str, name: str, unit: str) -> None:
    """Have the worker take over a file that was uploaded."""
    with db.transaction():
        jobs.submit(
            "atom", by=actor, token=token, name=name, unit=unit, actor_label=actor.label,
            actor_id=actor.person_id,
        )  # fmt: skip


@jobs.job("atom")
def work(
    run: jobs.Run, token: str, name: str, unit: str, actor_label: str, actor_id: int | None
) -> None:
    """The job of a long list; begun again, it passes over what it has added."""
    path = service.upload_folder(token) / name
    if path.is_file():
        plan = planning.read(path, below=unit)
        take(Actor(actor_id, actor_label), plan, tell=run.progress)


def _portion(session: Session, actor: Actor, rows: Sequence[Planned]) -> None:
    for row in rows:
        if row.is_photograph:
            draft = elements.draft_of(row.of)
            draft.ref_code = row.ref
            said = drafting.compose_title(Drafted(draft)).draft
            catalogue.accession(actor, _above(session, row.parent), said)
        else:
            _add_unit(session, actor, row)


def _add_unit(session: Session, actor: Actor, row: Planned) -> None:
    values = elements.unit_values(row.of)
    stated = Rights(**{name: values.pop(name) for name in asdict(Rights()) if name in values})
    title = values.pop("title") or {"und": row.ref}
    arrangement.add_unit(
        actor,
        ref_code=row.ref,
        title=title,
        level=row.level,
        parent=_above(session, row.parent) if row.parent else None,
        rights_and_provenance=stated,
        **values,
    )


def _above(session: Session, ref: str) -> Unit:
    """The unit of a code, which it may have borne before."""
    unit = session.scalars(select(Unit).where(Unit.ref_code == ref)).first()
    if unit is not None:
        return unit
    former = select(Unit).join(FormerCode, FormerCode.unit_id == Unit.id)
    return session.scalars(former.where(FormerCode.code == ref)).one()
