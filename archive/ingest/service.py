"""The verbs of ingest: open a batch, work through it, rehearse it, heal, decide proposals.

A batch remembers where its files are and how its columns are mapped, so that whoever runs it, the
command line or the worker, does the same. The invariant: nothing is running unless a living
process says so, and a batch that was killed can be run again to its end.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import inspect, select
from sqlalchemy.exc import OperationalError

from archive import db, history, jobs, settings
from archive.catalogue import service as catalogue
from archive.catalogue import versos
from archive.catalogue.models import Unit
from archive.history import Actor, ChangeSet, audit
from archive.history.actor import system
from archive.ingest import mapping as mappings
from archive.ingest import plan as planning
from archive.ingest import rolls, spreadsheet
from archive.ingest.healing import heal, is_alive, runner
from archive.ingest.mapping import Mapping
from archive.ingest.models import OUTCOMES, Batch, BatchFile, SavedMapping
from archive.ingest.plan import Task
from archive.ingest.proposals import accept, reject
from archive.ingest.receive import Delivery, Found, gather, shown
from archive.ingest.roundtrip.pending import forget as forget_sheets
from archive.ingest.run import Plan, Result, Run, Stop
from archive.ingest.spreadsheet import Sheet
from archive.ingest.words import Reason, Unreadable, reason
from archive.media import service as media

__all__ = ["accept", "heal", "reject"]

TOLD_PROBLEMS = 3
HEAL_S = 600
FORGOTTEN_S = 14 * 24 * 3600  # uploads that were sent and never taken in
log = logging.getLogger(__name__)


@dataclass
class Request:
    """What somebody wants to be taken in, and how."""

    paths: list[Path] = field(default_factory=list)
    spreadsheet: Path | None = None
    mapping: Mapping | None = None
    unit: str = ""
    title: str = ""
    by_reference: bool = False
    publish: bool = False
    rolls: bool = False


@dataclass
class Prepared:
    """A delivery that was read and planned: what will be done, before anything is done."""

    delivery: Delivery
    sheet: Sheet | None
    mapping: Mapping
    tasks: list[Task]
    notes: list[Reason]

    @property
    def total(self) -> int:
        return sum(task.answers for task in self.tasks)


@dataclass(frozen=True)
class Summary:
    """How a run ended: counts of outcomes, seconds, and why it stopped if it did."""

    counts: dict[str, int]
    seconds: float
    batch: str = ""
    trouble: Reason | None = None


Tell = Callable[[list[Result]], None]
Tick = Callable[[int, int], None]


def _silent(_results: list[Result]) -> None:
    """Nobody listens."""


def _unwatched(_done: int, _total: int) -> None:
    """Nobody watches."""


def prepare(request: Request) -> Prepared:
    """Read and plan a delivery; nothing is written. Raises Unreadable with the reason."""
    chosen = settings.current()
    request = replace(request, paths=[_absolute(path) for path in request.paths])
    delivery = gather(request.paths, chosen)
    path, given = _spreadsheet_of(request, delivery)
    sheet = spreadsheet.read(path, chosen) if path else None
    mapping = request.mapping or Mapping()
    if sheet is not None:
        if request.mapping is None:
            mapping = mappings.guess(sheet.headings, sheet.rows)
        else:
            mappings.check(mapping, sheet.headings)
    try:
        tasks = planning.plan(delivery.files, sheet, mapping, request.unit)
    except Unreadable:
        if given or sheet is None:
            raise
        sheet, tasks = None, planning.plan(delivery.files, None, Mapping())
    tasks += _other_spreadsheets(delivery, path if sheet else None)
    if sheet is None:
        _require_something(request, delivery)
    if request.rolls:
        tasks = rolls.on_rolls(tasks)
    return Prepared(delivery, sheet, mapping, tasks, _notes(sheet, mapping))


def _require_something(request: Request, delivery: Delivery) -> None:
    """Raises Unreadable when no file can be taken, with what is wrong with the first of them."""
    if any(file.problem is None for file in delivery.files):
        return
    problems = [
        (file.name, file.problem.code, file.problem.params)
        for file in delivery.files
        if file.problem and file.problem.code != "system_file"
    ]
    if not problems and any(map(_was_sent, request.paths)):
        raise Unreadable("sent_no_photographs")
    if not problems:
        raise Unreadable("nothing_found", paths=[shown(path) for path in request.paths])
    raise Unreadable("nothing_usable", count=len(problems), problems=problems[:TOLD_PROBLEMS])


def _absolute(path: Path) -> Path:
    """The same path wherever the program is run; links are not followed."""
    return Path(os.path.abspath(path))


def _spreadsheet_of(request: Request, delivery: Delivery) -> tuple[Path | None, bool]:
    """The spreadsheet of a delivery, and whether it was named by the person."""
    if request.spreadsheet is not None:
        if not request.spreadsheet.is_file():
            raise Unreadable("no_such_path", path=shown(request.spreadsheet))
        return request.spreadsheet, True
    named = [path for path in request.paths if path in _paths(delivery.spreadsheets)]
    if len(named) > 1:
        raise Unreadable("several_spreadsheets", names=[path.name for path in named])
    if named:
        return named[0], True
    lying = _paths(delivery.spreadsheets)
    return (lying[0] if len(lying) == 1 else None), False


def _paths(found: Sequence[Found]) -> list[Path]:
    return [entry.source.path for entry in found if entry.source.path is not None]


def _other_spreadsheets(delivery: Delivery, used: Path | None) -> list[Task]:
    """Spreadsheets that are not the one of the delivery are named, so that nothing is passed by."""
    return [
        Task(parts=[planning.Part(_refuse(found, "another_spreadsheet"))])
        for found in delivery.spreadsheets
        if used is None or found.source.path is None or not _same(found.source.path, used)
    ]


def _same(one: Path, other: Path) -> bool:
    return _absolute(one) == _absolute(other)


def _refuse(found: Found, code: str) -> Found:
    return Found(found.path, found.folder, found.name, found.size, found.source, reason(code))


def _notes(sheet: Sheet | None, mapping: Mapping) -> list[Reason]:
    if sheet is None:
        return []
    unmapped = mapping.unmapped(sheet.headings)
    more = [reason("unmapped", columns=unmapped)] if unmapped else []
    return [reason("used_spreadsheet", name=sheet.name), *sheet.notes[:20], *more]


def existing_unit(request: Request) -> Unit | None:
    """The unit that a delivery goes to, if it is there. Raises Unreadable for a wrong code."""
    ref = request.unit or reference_of(request)
    found = db.session().scalars(select(Unit).where(Unit.ref_code == ref)).first()
    if found is None and request.unit:
        raise Unreadable("unknown_unit", ref=request.unit)
    return found


def unit_for(actor: Actor, request: Request) -> Unit:
    """The unit a delivery goes to: the one named, else one of the folder's own name."""
    found = existing_unit(request)
    if found is not None:
        return found
    title = request.title or _name_of(request)
    ref = reference_of(request)
    return catalogue.add_unit(actor, ref_code=ref, title={"und": title}, level="fonds")


def reference_of(request: Request) -> str:
    """A reference code made of the title or folder: "Nagy Imre tér" is NAGY-IMRE-TER."""
    words = catalogue.fold((request.title or _name_of(request)).replace("_", " ")).split()
    return "-".join(words).upper()[:100] or "DELIVERY"


def _name_of(request: Request) -> str:
    first = (request.paths or [request.spreadsheet or Path("delivery")])[0].absolute()
    if first.is_dir():
        return shown(first.name) or "delivery"
    return shown(first.stem if first.suffix.lower() in (".zip", ".csv") else first.parent.name)


def open_batch(
    actor: Actor,
    request: Request,
    prepared: Prepared,
    *,
    dry_run: bool = False,
    queued: bool = False,
    uploaded: bool = False,
) -> Batch:
    """Write a batch down, and with `queued` the job that works on it, in one transaction."""
    with db.transaction() as session:
        with history.change(actor, "ingest", reason=request.title) as change_set:
            unit = existing_unit(request) if dry_run else unit_for(actor, request)
        batch = Batch(
            change_set_id=change_set.id if inspect(change_set).persistent else None,
            title=request.title or _name_of(request),
            unit_id=unit.id if unit else None,
            kind="files" if prepared.delivery.files else "rows",
            paths=[shown(_absolute(path)) for path in request.paths],
            spreadsheet=shown(_absolute(request.spreadsheet)) if request.spreadsheet else "",
            mapping=prepared.mapping.as_json() if prepared.sheet else {},
            dry_run=dry_run,
            by_reference=request.by_reference,
            publish=request.publish,
            rolls=request.rolls,
            uploaded=uploaded,
            total=prepared.total,
            counts=dict.fromkeys(OUTCOMES, 0),
            notes=[note.as_json() for note in prepared.notes],
            actor_id=actor.person_id,
            actor_label=actor.label,
        )
        session.add(batch)
        session.flush()
        if queued:
            batch.job_id = jobs.submit("ingest", by=actor, batch_id=batch.id).id
        audit(actor, "open_batch", "batch", batch.public_id)
        return batch


def rehearse(
    actor: Actor,
    request: Request,
    prepared: Prepared,
    *,
    tell: Tell = _silent,
    tick: Tick = _unwatched,
) -> Summary:
    """Do everything but write: the same outcomes, nothing kept."""
    plan = Plan(
        actor,
        prepared.tasks,
        prepared.mapping,
        prepared.sheet.name if prepared.sheet else "",
        unit_id=None,
        batch_id=None,
        by_reference=request.by_reference,
        rehearsal=True,
    )
    return _work(plan, set(), tell, tick)


def run_batch(
    batch_id: int,
    *,
    prepared: Prepared | None = None,
    tell: Tell = _silent,
    tick: Tick = _unwatched,
) -> Summary:
    """Work through a batch from where it stands. Raises Unreadable when it cannot begin.

    A rehearsal that was opened as a batch (`dry_run`) keeps its report, nothing else.
    """
    batch = _begin(batch_id)
    try:
        prepared = prepared or prepare(_request_of(batch))
        plan = _plan_of(batch, prepared)
        summary = _work(plan, _answered(batch), tell, tick)
    except Unreadable as error:
        _end(batch_id, "stopped", error.reason, 0.0)
        raise
    except BaseException:
        _end(batch_id, "interrupted", reason("interrupted"), 0.0)
        raise
    _end(batch_id, "stopped" if summary.trouble else "finished", summary.trouble, summary.seconds)
    return summary


def _work(plan: Plan, skip: set[str], tell: Tell, tick: Tick) -> Summary:
    total, began, trouble = plan.total, time.monotonic(), None
    told: set[str] = set(skip)

    def remember(results: list[Result]) -> None:
        told.update(result.path for result in results)
        tell(results)

    run = Run(plan, settings.current(), tell=remember, tick=lambda done: tick(done, total))
    try:
        run(skip)
    except Stop as stop:
        trouble = stop.reason
        _answer_the_rest(plan, run, told, trouble)
    public_id = ""
    if plan.batch_id is not None:
        public_id = db.session().get_one(Batch, plan.batch_id).public_id
    return Summary(run.counts, round(time.monotonic() - began, 3), public_id, trouble)


def _answer_the_rest(plan: Plan, run: Run, told: set[str], why: Reason) -> None:
    """Name every file that was not reached when the batch had to stop."""
    rest = [
        Result(part.found.path, "refused", reason("not_reached", why=why.sentence("en")))
        for task in plan.tasks
        for part in task.parts
        if part.found.path not in told
    ]
    run.counts["refused"] += len(rest)
    run.tell(rest)


def _plan_of(batch: Batch, prepared: Prepared) -> Plan:
    return Plan(
        system("ingest") if batch.actor_id is None else Actor(batch.actor_id, batch.actor_label),
        prepared.tasks,
        prepared.mapping,
        prepared.sheet.name if prepared.sheet else "",
        batch.unit_id,
        batch.id,
        batch.by_reference,
        batch.publish,
        batch.dry_run,
        batch.title,
        _still_done(batch.change_set_id),
    )


def _still_done(change_set_id: int | None) -> int | None:
    """What a batch goes on with; what was undone meanwhile is not gone on with."""
    undone = select(ChangeSet.id).where(ChangeSet.undo_of_id == change_set_id)
    return None if db.session().scalar(undone.limit(1)) else change_set_id


def _request_of(batch: Batch) -> Request:
    unit = db.session().get(Unit, batch.unit_id) if batch.unit_id else None
    return Request(
        [Path(path) for path in batch.paths],
        Path(batch.spreadsheet) if batch.spreadsheet else None,
        mappings.from_json(batch.mapping) if batch.mapping else None,
        unit.ref_code if unit else "",
        batch.title,
        batch.by_reference,
        batch.publish,
        batch.rolls,
    )


def _answered(batch: Batch) -> set[str]:
    paths = select(BatchFile.path).where(BatchFile.batch_id == batch.id)
    return set(db.session().scalars(paths))


def _begin(batch_id: int) -> Batch:
    """Take a batch for this process. Raises Unreadable when another has it."""
    with db.transaction() as session:
        batch = session.get_one(Batch, batch_id, with_for_update=True)
        if batch.state == "running" and batch.runner != runner() and is_alive(batch.runner):
            raise Unreadable("already_running", runner=batch.runner)
        batch.state, batch.runner, batch.trouble = "running", runner(), {}
        batch.started_at = batch.started_at or db.now()
        batch.finished_at = None
        return batch


def _end(batch_id: int, state: str, trouble: Reason | None, seconds: float) -> None:
    """Write down how a run ended. A disk too full even for that leaves the batch to `heal`."""
    db.release()
    try:
        with db.transaction() as session:
            batch = session.get_one(Batch, batch_id)
            batch.state, batch.runner = state, ""
            batch.trouble = trouble.as_json() if trouble else {}
            batch.seconds = round(batch.seconds + seconds, 3)
            batch.finished_at = db.now()
            if state == "finished" and batch.counts.get("received") and not batch.dry_run:
                media.render_waiting()
                versos.transcribe_waiting()
    except OperationalError as error:
        log.warning("the end of batch %s could not be written down: %s", batch_id, error.orig)
        return
    if batch.uploaded and state == "finished":
        _remove_uploads(batch)


@jobs.follower("ingest")
def tend(stop: threading.Event) -> None:
    """Heal when a worker starts, and now and then as long as it lives."""
    while True:
        heal()
        forget_uploads()
        forget_sheets()
        render_forgotten()
        db.release()
        if stop.wait(HEAL_S):
            return


def render_forgotten() -> bool:
    """Have pictures rendered that wait although no job is at it: their batch broke off."""
    session = db.session()
    at_it = select(jobs.Job.id).where(
        jobs.Job.kind == "derivatives", jobs.Job.state.in_(("queued", "running"))
    )
    if not media.want(session, limit=1) or session.scalar(at_it.limit(1)) is not None:
        return False
    media.render_waiting()
    return True


@jobs.job("ingest")
def work(run: jobs.Run, batch_id: int) -> None:
    """The job of a batch."""
    try:
        run_batch(batch_id, tick=lambda done, total: run.progress(done, total))
    except Unreadable as error:
        raise jobs.GiveUp(str(error)) from error


def resume(actor: Actor, batch: Batch) -> Batch:
    """Have the worker go on with a batch that stopped or was interrupted."""
    with db.transaction() as session:
        current = session.get_one(Batch, batch.id)
        if current.state == "running" and is_alive(current.runner):
            raise Unreadable("already_running", runner=current.runner)
        current.state, current.runner = "open", ""
        current.job_id = jobs.submit("ingest", by=actor, batch_id=current.id).id
        return current


def take_rehearsed(actor: Actor, batch: Batch) -> Batch:
    """Open a batch that does for good what another has rehearsed."""
    request = _request_of(batch)
    prepared = prepare(request)
    return open_batch(actor, request, prepared, queued=True, uploaded=_is_upload(batch))


# --- uploads and mappings ---


def upload_folder(token: str) -> Path:
    """Where files uploaded for one delivery lie until their batch is done."""
    if not re.fullmatch(r"[a-z0-9]{8,40}", token):
        raise Unreadable("no_such_path", path=token)
    return _uploads() / token


def _uploads() -> Path:
    return settings.current().instance / "uploads"


def _was_sent(path: Path) -> bool:
    return path.parent == _uploads().absolute()


def _is_upload(batch: Batch) -> bool:
    return any(_was_sent(Path(path)) for path in batch.paths)


def _remove_uploads(batch: Batch) -> None:
    for path in map(Path, batch.paths):
        if _was_sent(path):
            shutil.rmtree(path, ignore_errors=True)


def forget_uploads() -> int:
    """Remove uploads that nobody has taken in for long and no batch will come back to."""
    old = time.time() - FORGOTTEN_S
    wanted = select(Batch.paths).where(Batch.state.not_in(("finished",)), Batch.uploaded)
    held = {path for paths in db.session().scalars(wanted) for path in paths}
    left = [path for path in _uploads().glob("*") if path.stat().st_mtime < old]
    forgotten = [path for path in left if str(path.absolute()) not in held]
    for path in forgotten:
        shutil.rmtree(path, ignore_errors=True)
    return len(forgotten)


def save_mapping(name: str, mapping: Mapping) -> SavedMapping:
    """Keep a mapping under a name; one of the same name is replaced."""
    with db.transaction() as session:
        saved = session.scalars(select(SavedMapping).where(SavedMapping.name == name)).first()
        if saved is None:
            saved = SavedMapping(name=name)
            session.add(saved)
        saved.columns, saved.saved_at = mapping.as_json() | {"name": name}, db.now()
        return saved


def mapping_named(name: str) -> Mapping:
    """A saved mapping. Raises Unreadable when there is none of that name."""
    saved = db.session().scalars(select(SavedMapping).where(SavedMapping.name == name)).first()
    if saved is None:
        raise Unreadable("unknown_mapping", name=name)
    return mappings.from_json(saved.columns)
