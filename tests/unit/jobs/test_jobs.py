"""Jobs run once however often they are delivered, and again when whoever ran them died."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from archive import db, jobs
from archive.history import Actor
from archive.jobs import GiveUp, Job, Run
from archive.settings import Settings, use

ran: list[object] = []
waiting, go_on = threading.Event(), threading.Event()


@jobs.job("test_note")
def note(_run: Run, word: str) -> None:
    ran.append(word)


@jobs.job("test_fail")
def fail(_run: Run, word: str) -> None:
    ran.append(word)
    raise ValueError(f"cannot read the letter of somebody@example.org about {word}")


@jobs.job("test_give_up")
def give_up(_run: Run) -> None:
    ran.append("gave up")
    raise GiveUp("the file is empty")


@jobs.job("test_wait")
def wait(run: Run) -> None:
    waiting.set()
    go_on.wait(30)
    run.progress(1, 1)
    ran.append("went on")


@jobs.job("test_count")
def count(run: Run) -> None:
    for number in range(1, 4):
        with db.transaction():
            run.progress(number, 3, "inside")
        run.progress(number, 3, f"photograph {number}")
        ran.append((row().done, row().message))


@pytest.fixture(autouse=True)
def bench(sqlite_url: str, settings: Settings) -> Iterator[None]:
    db.connect(sqlite_url)
    use(settings.model_copy(update={"database_url": sqlite_url}))
    jobs.connect(settings)
    ran.clear()
    waiting.clear()
    go_on.clear()
    yield
    jobs.disconnect()
    db.disconnect()


def row() -> Job:
    """The one job of this test; a worker adds periodic ones."""
    with db.transaction_aside() as aside:
        return aside.scalars(select(Job).where(Job.kind.startswith("test_"))).one()


def make_stale() -> None:
    with db.transaction() as session:
        past = db.now() - timedelta(hours=1)
        session.execute(update(Job).values(heartbeat_at=past, due_at=past))


@contextmanager
def worker(settings: Settings) -> Iterator[threading.Event]:
    """A worker in a thread; it has stopped when the block is left."""
    stop = threading.Event()
    thread = threading.Thread(target=jobs.run_worker, args=(stop, settings))
    thread.start()
    try:
        yield stop
    finally:
        stop.set()
        go_on.set()
        thread.join()


def work(settings: Settings) -> None:
    """Run a worker until the one job is over, half a minute at most."""
    patience = threading.Event()
    with worker(settings):
        for _ in range(600):
            if row().is_over or patience.wait(0.05):
                return


class TestSubmitting:
    def test_a_job_is_a_row_of_the_callers_transaction(self) -> None:
        with pytest.raises(ZeroDivisionError):
            self.submit_and_fail()
        assert db.session().scalars(select(Job)).all() == []
        assert jobs._link is not None
        assert jobs._link.huey.pending_count() == 0

    def submit_and_fail(self) -> None:
        with db.transaction():
            jobs.submit("test_note", word="lost")
            raise ZeroDivisionError

    def test_its_number_is_sent_after_the_commit(self) -> None:
        assert jobs._link is not None
        with db.transaction():
            made = jobs.submit("test_note", by=Actor(5, "officer"), word="sent")
            assert jobs._link.huey.pending_count() == 0
        assert jobs._link.huey.pending_count() == 1
        assert (made.state, made.actor_id, made.args) == ("queued", 5, {"word": "sent"})
        assert row().sent_at is not None

    def test_an_unknown_kind_is_refused_at_once(self) -> None:
        with pytest.raises(jobs.UnknownJob):
            jobs.submit("test_nothing")

    def test_without_a_queue_it_waits_for_the_sweep(self, settings: Settings) -> None:
        jobs.disconnect()
        jobs.submit("test_note", word="late")
        assert row().sent_at is None
        jobs.connect(settings)
        assert jobs.sweep(settings) == 1
        work(settings)
        assert ran == ["late"]

    def test_a_queue_that_cannot_be_opened_is_taken_up_again(self, settings: Settings) -> None:
        jobs.disconnect()
        queue = Path(settings.queue.removeprefix("sqlite:///"))
        kept = queue.rename(queue.with_name("kept"))
        queue.mkdir()
        jobs.connect(settings)
        jobs.submit("test_note", word="patient")
        assert row().sent_at is None
        queue.rmdir()
        kept.rename(queue)
        assert jobs.sweep(settings) == 1
        work(settings)
        assert ran == ["patient"]


class TestRunning:
    def test_a_job_is_done_and_says_when(self) -> None:
        jobs.submit("test_note", word="hello")
        assert jobs.run_due() == 1
        done = row()
        assert (ran, done.state, done.tries, done.claim) == (["hello"], "done", 1, "")
        assert done.started_at is not None
        assert done.finished_at is not None
        assert done.finished_at >= done.started_at

    def test_a_job_delivered_twice_runs_once(self) -> None:
        number = jobs.submit("test_note", word="hello").id
        jobs.run_job(number)
        jobs.run_job(number)
        assert ran == ["hello"]

    def test_two_workers_that_get_it_at_once_run_it_once(self) -> None:
        number = jobs.submit("test_note", word="hello").id
        threads = [threading.Thread(target=jobs.run_job, args=(number,)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert ran == ["hello"]
        assert row().tries == 1

    def test_progress_is_seen_by_others_while_it_runs(self) -> None:
        jobs.submit("test_count")
        jobs.run_due()
        assert ran == [(1, "photograph 1"), (1, "photograph 1"), (3, "photograph 3")]
        assert row().total == 3

    def test_a_worker_works_off_the_queue(self, settings: Settings) -> None:
        jobs.submit("test_note", word="from the queue")
        work(settings)
        assert ran == ["from the queue"]


class TestFailing:
    def test_a_failure_is_tried_again_later_and_then_given_up(self, settings: Settings) -> None:
        jobs.submit("test_fail", word="x")
        for tried in range(1, settings.job_tries + 1):
            jobs.run_due()
            assert ran == ["x"] * tried
            assert row().state == ("failed" if tried == settings.job_tries else "queued")
            assert jobs.run_due() == 0
            make_stale()
        assert row().finished_at is not None

    def test_the_delay_grows(self) -> None:
        jobs.submit("test_fail", word="x")
        delays = []
        for _ in range(2):
            before = db.now()
            jobs.run_due()
            delays.append((row().due_at - before).total_seconds())
            make_stale()
        assert 10 <= delays[0] < 30 < delays[1]

    def test_neither_log_nor_row_names_an_address(self, caplog: pytest.LogCaptureFixture) -> None:
        number = jobs.submit("test_fail", word="secret word").id
        with caplog.at_level(logging.INFO):
            jobs.run_due()
        assert row().error == "ValueError: cannot read the letter of (address) about secret word"
        [record] = [record for record in caplog.records if record.name == "archive.jobs"]
        assert record.getMessage() == f"job {number} (test_fail) failed"

    def test_what_cannot_succeed_is_not_tried_again(self) -> None:
        jobs.submit("test_give_up")
        jobs.run_due()
        make_stale()
        assert jobs.run_due() == 0
        assert (ran, row().state, row().error) == (["gave up"], "failed", "the file is empty")

    def test_a_failed_job_can_be_tried_again_by_hand(self) -> None:
        number = jobs.submit("test_give_up").id
        jobs.run_due()
        assert jobs.retry(number)
        assert (row().state, row().tries, row().error) == ("queued", 0, "")
        assert not jobs.retry(number)


class TestStopping:
    def test_a_waiting_job_that_is_cancelled_never_runs(self) -> None:
        number = jobs.submit("test_note", word="x").id
        assert jobs.cancel(number)
        assert jobs.run_due() == 0
        jobs.run_job(number)
        assert (ran, row().state) == ([], "cancelled")
        assert not jobs.cancel(number)

    def test_a_running_job_that_is_cancelled_stops_at_its_next_word(self) -> None:
        number = jobs.submit("test_wait").id
        runner = threading.Thread(target=jobs.run_job, args=(number,))
        runner.start()
        assert waiting.wait(30)
        assert jobs.cancel(number)
        go_on.set()
        runner.join()
        assert (ran, row().state) == ([], "cancelled")

    def test_a_run_that_was_taken_over_stops_and_leaves_the_job_alone(
        self, settings: Settings
    ) -> None:
        number = jobs.submit("test_wait").id
        runner = threading.Thread(target=jobs.run_job, args=(number,))
        runner.start()
        assert waiting.wait(30)
        make_stale()
        jobs.sweep(settings)
        assert row().state == "queued"
        go_on.set()
        runner.join()
        assert (ran, row().state) == ([], "queued")

    def test_a_stopping_worker_puts_its_job_back_and_does_not_count_it(
        self, settings: Settings
    ) -> None:
        jobs.submit("test_wait")
        with worker(settings) as stop:
            assert waiting.wait(30)
            stop.set()
        assert (ran, row().state, row().tries) == ([], "queued", 0)


class TestSweeping:
    def test_a_job_of_a_living_worker_is_left_alone(self, settings: Settings) -> None:
        number = jobs.submit("test_note", word="x").id
        with db.transaction() as session:
            session.execute(
                update(Job).values(state="running", heartbeat_at=db.now(), claim="somebody")
            )
        assert jobs.sweep(settings) == 0
        jobs.run_job(number)
        assert (ran, row().claim) == ([], "somebody")

    def test_a_job_whose_worker_died_again_and_again_is_given_up(self, settings: Settings) -> None:
        jobs.submit("test_note", word="x")
        with db.transaction() as session:
            session.execute(
                update(Job).values(state="running", tries=settings.job_tries, claim="somebody")
            )
        make_stale()
        jobs.sweep(settings)
        assert row().state == "failed"
        assert "as often as it was tried" in row().error

    def test_a_long_queue_is_not_made_longer(self, settings: Settings) -> None:
        for word in "abc":
            jobs.submit("test_note", word=word)
        with db.transaction() as session:
            session.execute(update(Job).values(sent_at=db.now() - timedelta(hours=1)))
        assert jobs._link is not None
        assert jobs.sweep(settings) == 0
        assert jobs._link.huey.pending_count() == 3

    def test_an_emptied_queue_is_filled_again(self, settings: Settings) -> None:
        jobs.submit("test_note", word="forgotten")
        assert jobs._link is not None
        jobs._link.huey.storage.flush_queue()
        assert jobs.sweep(settings) == 0
        with db.transaction() as session:
            session.execute(update(Job).values(sent_at=db.now() - timedelta(hours=1)))
        assert jobs.sweep(settings) == 1
        work(settings)
        assert ran == ["forgotten"]

    def test_old_jobs_are_forgotten_and_failures_kept(self) -> None:
        old = db.now() - timedelta(days=40)
        with db.transaction() as session:
            for state in ("done", "failed", "cancelled", "queued"):
                session.add(Job(kind="test_note", args={}, state=state, finished_at=old))
            session.add(Job(kind="test_note", args={}, state="done", finished_at=db.now()))
        jobs.forget_jobs(Run(0, ""))
        states = db.session().scalars(select(Job.state).order_by(Job.id)).all()
        assert states == ["failed", "queued", "done"]


class TestPeriodic:
    def test_what_is_periodic_is_submitted_when_it_is_due(self) -> None:
        jobs._submit_periodic()
        first = kinds()
        assert "forget_jobs" in first
        jobs._submit_periodic()
        assert kinds() == first
        with db.transaction() as session:
            session.execute(update(Job).values(created_at=db.now() - timedelta(days=9)))
        jobs._submit_periodic()
        assert len(kinds()) == 2 * len(first)


def kinds() -> list[str]:
    return list(db.session().scalars(select(Job.kind)))


DYING = """
import os, sys, threading
from archive import db, jobs
from archive.settings import Settings, use
settings = use(Settings.load())
db.connect(settings.database)
jobs.connect(settings)
@jobs.job("test_die")
def die(run, path):
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        stop.set()
        return
    os._exit(9)
stop = threading.Event()
if sys.argv[1] == "submit":
    jobs.submit("test_die", path=sys.argv[2])
else:
    jobs.run_worker(stop, settings)
"""


def test_a_job_whose_worker_was_killed_is_done_by_the_next(
    settings: Settings, sqlite_url: str, tmp_path: Path
) -> None:
    environ = {
        "PILLANAT_DATA": str(settings.data),
        "PILLANAT_DATABASE_URL": sqlite_url,
        "PILLANAT_SECRET_KEY": settings.secret_key,
    }
    mark = str(tmp_path / "mark")

    def child(*words: str) -> int:
        command = [sys.executable, "-c", DYING, *words]
        return subprocess.run(command, env=environ, check=False, timeout=60).returncode

    assert child("submit", mark) == 0
    assert child("work", mark) == 9
    one = select(Job).where(Job.kind == "test_die")
    with db.transaction_aside() as aside:
        dead = aside.scalars(one).one()
        assert (dead.state, dead.tries) == ("running", 1)
    make_stale()
    assert child("work", mark) == 0
    with db.transaction_aside() as aside:
        done = aside.scalars(one).one()
        assert (done.state, done.tries) == ("done", 2)


def test_a_follower_that_fails_is_started_again_and_stops_when_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jobs, "PAUSE_S", 0.01)
    stop, runs = threading.Event(), []

    def stumble(told: threading.Event) -> None:
        runs.append(told)
        if len(runs) == 1:
            raise ValueError
        told.set()

    pause = threading.Thread(target=jobs._keep_going, args=("stumbling", stumble, stop))
    pause.start()
    pause.join(30)
    assert runs == [stop, stop]


def test_the_queue_carries_numbers_signed_with_our_key(settings: Settings) -> None:
    jobs.submit("test_note", word="not in the queue")
    assert jobs._link is not None
    [message] = jobs._link.huey.storage.enqueued_items()
    assert b"not in the queue" not in bytes(message)
    jobs.connect(settings.model_copy(update={"secret_key": "another"}))
    assert jobs._link is not None
    with pytest.raises(ValueError, match="mismatch"):
        jobs._link.huey.dequeue()
    assert row().state == "queued"
