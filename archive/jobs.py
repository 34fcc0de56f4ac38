"""Background work: a row of our own says what is to be done, a queue only carries its number.

`submit` writes the row in the caller's transaction and sends its number after the commit. What a
dead process or a lost message left behind is found by `sweep` and sent again, so the row is the
truth and the queue may be emptied at any time. The invariant: a job delivered twice runs once,
because whoever runs it must first turn its row from queued to running.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from huey.api import Huey, PostgresHuey, RedisHuey, SqliteHuey
from huey.consumer import Consumer
from huey.serializer import SignedSerializer
from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Index,
    String,
    Text,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from archive.db import (
    Base,
    Identified,
    in_transaction,
    now,
    on_commit,
    release,
    said_of,
    session,
    transaction,
    transaction_aside,
)
from archive.history import Actor
from archive.logs import mask
from archive.settings import Settings, current

SWEEP_S = 10
PROGRESS_S = 1.0
PAUSE_S = 5.0
log = logging.getLogger(__name__)

Work = Callable[..., None]
W = TypeVar("W", bound=Work)
F = TypeVar("F", bound=Callable[[threading.Event], None])


class Job(Identified, Base):
    """One piece of work. `args` holds identifiers only; `claim` names the run that owns it."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state_due", "state", "due_at"),)

    kind: Mapped[str] = mapped_column(String(40), index=True)
    args: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(10), default="queued")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    message: Mapped[str] = mapped_column(Text, default="")
    error: Mapped[str] = mapped_column(Text, default="")
    tries: Mapped[int] = mapped_column(default=0)
    claim: Mapped[str] = mapped_column(String(32), default="")
    actor_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed", "cancelled")


class UnknownJob(LookupError):
    """No function is registered for this kind of job: an error in the program."""


class GiveUp(Exception):
    """The job cannot succeed however often it is tried; the text says why, for staff to read."""


class Stopped(BaseException):
    """The run is no longer wanted: cancelled, taken over by another, or the worker stops.

    Not an Exception, so that work which tolerates bad files does not swallow it.
    """


class Run:
    """One attempt at a job, as the working function sees it."""

    def __init__(self, job_id: int, claim: str, stop: threading.Event | None = None) -> None:
        self.job_id = job_id
        self.claim = claim
        self._stop = stop
        self._told_at = 0.0

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        """Tell how far the work is; written about once a second. Raises Stopped.

        Inside a transaction nothing is written or raised: the next call outside tells it.
        """
        if in_transaction():
            return
        if self._stop is not None and self._stop.is_set():
            raise Stopped
        if time.monotonic() - self._told_at < PROGRESS_S and done != total:
            return
        values = {"done": done, "total": total, "message": message, "heartbeat_at": now()}
        if not _update_claimed(self, values):
            raise Stopped
        self._told_at = time.monotonic()


_works: dict[str, Work] = {}
_periods: dict[str, int] = {}
_followers: dict[str, Callable[[threading.Event], None]] = {}
_active: dict[str, int] = {}
_worker_stops: threading.Event | None = None  # told to the runs of the worker of this process


class _Link(NamedTuple):
    """The queue of this process, and how a number is put into it."""

    huey: Huey
    send: Callable[[int], None]


_link: _Link | None = None
_settings: Settings | None = None  # of the queue to bind to; None when there is to be none


def job(kind: str) -> Callable[[W], W]:
    """Register `(run, **args)` as the work of one kind of job; it must bear being repeated."""

    def register(work: W) -> W:
        _works[kind] = work
        return work

    return register


def every(seconds: int) -> Callable[[W], W]:
    """Have `(run)` done every so many seconds, under the name of the function."""

    def register(work: W) -> W:
        _works[work.__name__] = work
        _periods[work.__name__] = seconds
        return work

    return register


def follower(name: str) -> Callable[[F], F]:
    """Register a loop that a worker runs for as long as it lives; it returns when `stop` is set."""

    def register(loop: F) -> F:
        _followers[name] = loop
        return loop

    return register


def connect(settings: Settings) -> None:
    """Bind this process to the queue; without it jobs wait for a worker's sweep.

    A queue that cannot be reached, on a full disk or behind a broken line, is tried again when it
    is next needed: reading the archive must not depend on it.
    """
    global _settings
    disconnect()
    _settings = settings
    _bound()


def _bound() -> _Link | None:
    """The queue, bound if it can be."""
    global _link
    if _link is None and _settings is not None:
        try:
            _link = _open(_settings)
        except Exception as error:
            log.warning("the queue cannot be reached (%s); jobs wait", type(error).__name__)
    return _link


def _open(settings: Settings) -> _Link:
    serializer = SignedSerializer(settings.key_for("jobs"), "jobs")
    options: dict[str, Any] = {"name": "pillanat", "results": False, "serializer": serializer}
    address = settings.queue
    if address.startswith(("redis://", "rediss://")):
        queue: Huey = RedisHuey(url=address, **options)
    elif address.startswith("postgresql://"):
        queue = PostgresHuey(dsn=address, **options)
    else:
        path = Path(address.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)
        queue = SqliteHuey(filename=str(path), timeout=30, **options)
    return _Link(queue, queue.task(name="run")(run_job))


def disconnect() -> None:
    """Let go of the queue."""
    global _link, _settings
    if _link is not None:
        _link.huey.storage.close()
    _link = _settings = None


def submit(kind: str, /, *, by: Actor | None = None, **args: Any) -> Job:
    """Write down a job in the current transaction; it is started once that has committed."""
    if kind not in _works:
        raise UnknownJob(kind)
    with transaction() as current_session:
        made = Job(kind=kind, args=args, actor_id=by.person_id if by else None)
        current_session.add(made)
        current_session.flush()
        on_commit(lambda: _send([made.id]))
        return made


def cancel(job_id: int) -> bool:
    """Cancel a job; one that is running stops at its next word of progress."""
    with transaction() as current_session:
        wanted = Job.id == job_id, Job.state.in_(("queued", "running"))
        values = {"state": "cancelled", "claim": "", "finished_at": now()}
        return _changed(current_session, values, *wanted) == 1


def retry(job_id: int) -> bool:
    """Try a failed or cancelled job again from the beginning."""
    with transaction() as current_session:
        wanted = Job.id == job_id, Job.state.in_(("failed", "cancelled"))
        values = {"state": "queued", "tries": 0, "error": "", "due_at": now(), "sent_at": None}
        on_commit(lambda: _send([job_id]))
        return _changed(current_session, values, *wanted) == 1


def run_job(job_id: int) -> None:
    """Do one job if nobody else has it; what the queue calls with every number it delivers."""
    claimed = _claim(job_id)
    if claimed is None:
        return
    run, kind, args = claimed
    _active[run.claim] = job_id
    try:
        _works[kind](run, **args)
        _finish(run, "done")
    except Stopped:
        _put_back(run)
    except GiveUp as error:
        _finish(run, "failed", mask(str(error)))
    except Exception as error:
        # The arguments are not logged: they belong to the job's row, which staff may read.
        log.exception("job %s (%s) failed", job_id, kind)
        _fail(run, error)
    finally:
        _active.pop(run.claim, None)
        release()


def run_due() -> int:
    """Do every job that is due, here and now, and those they submit; for demo, set-up and tests."""
    count = 0
    while due := session().scalars(_due_jobs(limit=100)).all():
        release()
        for job_id in due:
            run_job(job_id)
            count += 1
    release()
    return count


def sweep(settings: Settings) -> int:
    """Send again what was forgotten, and take back what a dead worker left running."""
    with transaction() as current_session:
        silent = now() - timedelta(seconds=settings.job_stale_s)
        stale = Job.state == "running", Job.heartbeat_at < silent
        worn = {"state": "failed", "claim": "", "finished_at": now(), "error": _DIED}
        _changed(current_session, worn, *stale, Job.tries >= settings.job_tries)
        back = {"state": "queued", "claim": "", "due_at": now(), "sent_at": None}
        _changed(current_session, back, *stale)
        forgotten = or_(Job.sent_at.is_(None), Job.sent_at < silent)
        due = current_session.scalars(_due_jobs(limit=1000).where(forgotten)).all()
    link = _bound()
    if link is None or link.huey.pending_count() >= len(due):
        return 0  # the queue is long, not lossy: sending again would only make it longer
    _send(due)
    return len(due)


def run_worker(stop: threading.Event, settings: Settings) -> None:
    """Work until `stop` is set: jobs, the sweep, and the followers of other rooms."""
    global _worker_stops
    _worker_stops = stop
    consumer = _consumer(_reached(stop), settings)
    if consumer is None:
        return
    loops = [
        threading.Thread(target=_keep_going, args=(name, loop, stop), name=name, daemon=True)
        for name, loop in _followers.items()
    ]
    consumer.start()
    for thread in loops:
        thread.start()
    while not stop.wait(1):
        consumer.check_worker_health()
    _worker_stops = None
    consumer.stop(graceful=True)
    deadline = time.monotonic() + settings.job_grace_s
    for thread in loops:
        thread.join(max(0.0, deadline - time.monotonic()))


class _Consumer(Consumer):
    """Huey's consumer without its signal handlers: the process that runs us has its own."""

    def _set_signal_handlers(self) -> None:
        pass


def _reached(stop: threading.Event) -> _Link | None:
    """The queue, waited for as long as it is away; None when it is time to stop."""
    if _settings is None:
        raise RuntimeError("archive.jobs.connect() has not been called")
    while (link := _bound()) is None and not stop.wait(PAUSE_S):
        pass
    return link


def _consumer(link: _Link | None, settings: Settings) -> Any:
    if link is None:
        return None
    quiet_consumer: Any = _Consumer
    return quiet_consumer(
        link.huey,
        workers=settings.worker_threads,
        periodic=False,
        initial_delay=0.05,
        max_delay=1.0,
        shutdown_timeout=settings.job_grace_s,
    )


def _keep_going(name: str, loop: Callable[[threading.Event], None], stop: threading.Event) -> None:
    """A follower that fails is started again; news waits for it, so nothing is lost."""
    while not stop.is_set():
        try:
            loop(stop)
        except Exception:
            log.exception("follower %s failed and is started again", name)
            stop.wait(PAUSE_S)
        finally:
            release()


@follower("jobs")
def _tend(stop: threading.Event) -> None:
    """Beat for the jobs of this process, sweep, and submit what is done periodically."""
    while True:
        settings = current()
        _beat()
        _submit_periodic()
        sweep(settings)
        release()
        if stop.wait(min(SWEEP_S, settings.job_stale_s / 4)):
            return


@every(3600)
def forget_jobs(_run: Run) -> None:
    """Remove what was done or cancelled long ago; failures stay until somebody looks."""
    old = now() - timedelta(days=current().job_keep_days)
    with transaction() as current_session:
        over = Job.state.in_(("done", "cancelled")), Job.finished_at < old
        current_session.execute(delete(Job).where(*over))


def _beat() -> None:
    if _active:
        with transaction_aside() as aside:
            _changed(aside, {"heartbeat_at": now()}, Job.claim.in_(list(_active)))


def _submit_periodic() -> None:
    """Submit what is due again. Two workers may both do so on PostgreSQL: work bears repeating."""
    newest = (
        select(Job.kind, func.max(Job.created_at)).where(Job.kind.in_(_periods)).group_by(Job.kind)
    )
    latest = dict(session().execute(newest).all())
    for kind, seconds in _periods.items():
        last = latest.get(kind)
        if last is None or last < now() - timedelta(seconds=seconds):
            submit(kind)


def _send(job_ids: Sequence[int]) -> None:
    """Give numbers to the queue. A queue that is away costs time, not the job."""
    link = _bound() if job_ids else None
    if link is None:
        return
    for job_id in job_ids:
        link.send(job_id)
    with transaction_aside() as aside:
        _changed(aside, {"sent_at": now()}, Job.id.in_(job_ids))


def _due_jobs(limit: int) -> Any:
    return (
        select(Job.id)
        .where(Job.state == "queued", Job.due_at <= now())
        .order_by(Job.id)
        .limit(limit)
    )


def _claim(job_id: int) -> tuple[Run, str, dict[str, Any]] | None:
    run = Run(job_id, secrets.token_hex(8), _worker_stops)
    begun = {"state": "running", "claim": run.claim, "started_at": now(), "heartbeat_at": now()}
    with transaction() as current_session:
        free = Job.id == job_id, Job.state == "queued", Job.due_at <= now()
        if not _changed(current_session, {**begun, "tries": Job.tries + 1}, *free):
            return None
        row = current_session.get_one(Job, job_id)
        return run, row.kind, row.args


def _finish(run: Run, state: str, error: str = "") -> None:
    values = {"state": state, "error": error, "claim": "", "finished_at": now()}
    _update_claimed(run, values)


def _put_back(run: Run) -> None:
    """The worker stops: the job waits for the next one, and this attempt does not count."""
    values = {"state": "queued", "claim": "", "due_at": now(), "sent_at": None}
    _update_claimed(run, {**values, "tries": Job.tries - 1})


def _fail(run: Run, error: Exception) -> None:
    """Try again later, or say so when it was tried often enough."""
    release()
    tries = session().scalar(select(Job.tries).where(Job.id == run.job_id)) or 0
    said = mask(f"{type(error).__name__}: {said_of(error)}")[:1000]
    if tries >= current().job_tries:
        _finish(run, "failed", said)
        return
    later = now() + timedelta(seconds=min(10 * 4 ** (tries - 1), 3600))
    values = {"state": "queued", "claim": "", "due_at": later, "sent_at": None, "error": said}
    _update_claimed(run, values)


def _update_claimed(run: Run, values: dict[str, Any]) -> bool:
    with transaction_aside() as aside:
        mine = Job.id == run.job_id, Job.claim == run.claim, Job.state == "running"
        return _changed(aside, values, *mine) == 1


def _changed(using: Session, values: dict[str, Any], *where: ColumnElement[bool]) -> int:
    result = using.execute(update(Job).where(*where).values(**values))
    return cast("CursorResult[Any]", result).rowcount


_DIED = "The worker ended while doing this, as often as it was tried."
