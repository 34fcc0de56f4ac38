"""Eight editors at once, and nothing is ever lost.

What each was told is saved is remembered in dictionaries (`remembering`) and compared with the
archive after every act; at the end every earlier state is reached again by undoing, and history,
records, rights and index agree (`agreeing`). `--every-fault` takes many more examples.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from sqlalchemy import select

from archive import db, history, jobs
from archive import settings as chosen
from archive.history import ChangeSet
from archive.media import service as media
from archive.search import follow
from tests.journeys import agreeing, editing
from tests.journeys.editing import Archive, Editor, Told
from tests.journeys.remembering import Cell, Done, Op, Remembered

EDITORS = st.integers(0, editing.EDITORS - 1)
CHANCE = st.integers(0, 9999)
PHOTOGRAPHS = 5
MOST_WORDS = 40
POSTGRESQL = pytest.mark.postgresql


class Room:
    """Where archives are made: each begins with a copy of the same one."""

    def __init__(self, app: Flask, folder: Path, template: Path, words: Path) -> None:
        self.app, self.folder, self.template, self.words = app, folder, template, words
        self.number = 0
        self.settings = chosen.current()
        jobs.disconnect()  # what is a job is done where it is asked for

    def archive(self, photographs: int = PHOTOGRAPHS, *, address: str = "") -> Archive:
        """A new archive that this process is connected to, on SQLite unless told otherwise."""
        self.number += 1
        mine = self.folder / str(self.number)
        mine.mkdir()
        if not address:
            shutil.copyfile(self.template, mine / "pillanat.db")
        self.connect(mine, address or f"sqlite:///{mine / 'pillanat.db'}")
        return editing.begun(mine, photographs)

    def connect(self, mine: Path, address: str) -> None:
        (mine / "search_index").mkdir()
        (mine / "search_index" / "words").symlink_to(self.words)
        changed = {"data": mine, "database_url": address, "bulk_commit_photographs": 2}
        chosen.use(self.settings.model_copy(update=changed))
        db.connect(chosen.current().database)
        media.masters().prepare()


@pytest.fixture
def room(
    app: Flask, tmp_path: Path, sqlite_template: Path, request: pytest.FixtureRequest
) -> Iterator[Room]:
    before = chosen.current()
    assert request.config.cache is not None
    yield Room(app, tmp_path, sqlite_template, request.config.cache.mkdir("search-words"))
    chosen.use(before)


@pytest.fixture
def number_of_runs(request: pytest.FixtureRequest) -> int:
    """How often eight work at once: each time they do other things."""
    return 40 if request.config.getoption("--every-fault") else 1


class Editing(RuleBasedStateMachine):
    """The acts of eight people in any order, each with what they opened earlier."""

    room: Room

    def __init__(self) -> None:
        super().__init__()
        self.archive = self.room.archive()
        self.request = self.room.app.test_request_context()
        self.request.push()
        self.editors = [Editor(number, self.archive) for number in range(editing.EDITORS)]
        self.told = Remembered(agreeing.cells())
        self.start = agreeing.beginning()
        follow.catch_up()
        self.states = [(self.last(), agreeing.written_out(), agreeing.tables())]

    def last(self) -> int:
        return db.session().scalar(select(ChangeSet.id).order_by(ChangeSet.id.desc())) or 0

    def do(self, who: int, act: str, chance: int) -> None:
        editor = self.editors[who]
        editor.chance = Random(chance)
        for told in editor.do(act):
            if told.over:
                agreeing.undone_and_nothing_else(self.states[-1][2], told.over)
                self.told.believe(told.act, agreeing.cells())
            else:
                self.told.hear(told.act, told.ops)
            self.archive.acts.append(told.act)
        assert agreeing.cells() == self.told.now
        self.states.append((self.last(), agreeing.written_out(), agreeing.tables()))

    @rule(who=EDITORS, chance=CHANCE)
    def open(self, who: int, chance: int) -> None:
        self.do(who, "open", chance)

    @rule(who=EDITORS, chance=CHANCE, act=st.sampled_from(("describe", "describe", *editing.ACTS)))
    def act(self, who: int, chance: int, act: str) -> None:
        self.do(who, act, chance)

    def teardown(self) -> None:
        try:
            self.agree()
        finally:
            self.request.pop()
            db.disconnect()

    def agree(self) -> None:
        agreeing.chain_is_whole()
        agreeing.revisions_lead_back(self.start)
        agreeing.records_follow()
        agreeing.index_agrees(words(self.told))
        self.reach_all_again()

    def reach_all_again(self) -> None:
        """Undo change sets from the last to the first, and meet every state on the way."""
        for number, (key, dump, rows) in reversed(list(enumerate(self.states))):
            for change_set in range(self.last_of(number), key, -1):
                undo(change_set)
            assert agreeing.written_out() == dump
            assert agreeing.tables() == rows

    def last_of(self, number: int) -> int:
        return self.states[number + 1][0] if number + 1 < len(self.states) else 0


def undo(key: int) -> None:
    db.release()
    change_set = db.session().get(ChangeSet, key)
    if change_set is not None and db.session().scalar(
        select(history.Change.seq).where(history.Change.change_set_id == key).limit(1)
    ):
        history.undo(history.system("tests"), change_set)


def words(told: Remembered) -> dict[str, set[str]]:
    """By word that was ever written, the photographs that say it now: some of them."""
    said = [(cell[0], _text(cell, value)) for cell, value in told.now.items()]
    written = [text for acts in told.done.values() for one in acts for text in _texts(one)]
    every = sorted({word for text in written for word in text.split()})
    every = [word for word in every if word.startswith(editing.WORD)]
    return {
        word: {thing for thing, text in said if word in text.split()}
        for word in every[:: 1 + len(every) // MOST_WORDS]
    }


def _texts(done: Done) -> Iterator[str]:
    yield _text(done.cell, done.before)
    yield _text(done.cell, done.after)


def _text(cell: Cell, value: Any) -> str:
    return cell[2] if len(cell) == 3 else str(value or "")


def test_nothing_is_lost_whatever_the_order(room: Room, request: pytest.FixtureRequest) -> None:
    many = request.config.getoption("--every-fault")
    Editing.room = room
    effort = settings(
        max_examples=200 if many else 6,
        stateful_step_count=40 if many else 30,
        derandomize=not many,
        # Making a failure small takes minutes: that is for the drill.
        phases=list(Phase) if many else [Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Editing, settings=effort)


# --- at the same time ---

# Joining, and undoing over what came later, are judged above, each act against the one before it.
AT_ONCE = ("open", *["describe"] * 6, *(sorted({*editing.ACTS} - {"join"})))


@dataclass
class Desk:
    """One of eight at work in a thread of their own: what they were told, or what went wrong."""

    editor: Editor
    told: list[Told] = field(default_factory=list)
    failure: BaseException | None = None

    def work(self, room: Room, acts: int, seed: int) -> None:
        self.editor.chance = Random(seed)
        self.editor.later = ("stop", "leave")
        try:
            with room.app.test_request_context():
                for _ in range(acts):
                    self.take(self.editor.do(self.editor.some(AT_ONCE)))
        except BaseException as failure:
            self.failure = failure
        finally:
            db.release()

    def take(self, told: list[Told]) -> None:
        self.told += told
        self.editor.archive.acts += [one.act for one in told]


def in_order(told: Sequence[Told]) -> list[tuple[str, Sequence[Op]]]:
    """What was told by eight, in the order in which it was written."""
    db.release()
    written = select(ChangeSet.reason, history.Change).join(history.Change.change_set)
    first: dict[str, int] = {}
    by_thing: dict[tuple[str, str], int] = {}
    for act, change in db.session().execute(written.order_by(history.Change.seq)):
        first.setdefault(act, change.seq)
        for thing in editing.concerned(change):
            by_thing.setdefault((act, thing), change.seq)
    items: list[tuple[int, str, Sequence[Op]]] = []
    for one in told:
        if one.each:
            found = [(by_thing.get((one.act, op.thing)), op) for op in one.ops]
            items += [(seq, one.act, [op]) for seq, op in found if seq is not None]
        elif one.act in first:
            items.append((first[one.act], one.act, one.ops))
    return [(act, ops) for _seq, act, ops in sorted(items, key=lambda item: item[0])]


def at_once(room: Room, archive: Archive, acts: int, seed: int) -> Remembered:
    """Eight people at work at the same time, and what they were told afterwards."""
    told = Remembered(agreeing.cells())
    desks = [Desk(Editor(number, archive)) for number in range(editing.EDITORS)]
    threads = [
        Thread(target=desk.work, args=(room, acts, seed * editing.EDITORS + number))
        for number, desk in enumerate(desks)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for desk in desks:
        if desk.failure is not None:
            raise desk.failure
    for act, ops in in_order([one for desk in desks for one in desk.told]):
        told.hear(act, ops)
    return told


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=POSTGRESQL)])
def test_nothing_is_lost_when_eight_write_at_once(
    room: Room, kind: str, request: pytest.FixtureRequest, number_of_runs: int
) -> None:
    for seed in range(number_of_runs):
        archive = room.archive(8, address=_postgresql(request) if kind == "postgresql" else "")
        start = agreeing.beginning()
        follow.catch_up()
        told = at_once(room, archive, 12, seed)
        assert agreeing.cells() == told.now
        agreeing.chain_is_whole()
        agreeing.revisions_lead_back(start)
        agreeing.records_follow()
        agreeing.index_agrees(words(told))
        db.disconnect()


def _postgresql(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database on the tests' own server."""
    server = request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("postgres_template")
    address: str = server.create(f"editors_{uuid4().hex}", template=template)
    return address
