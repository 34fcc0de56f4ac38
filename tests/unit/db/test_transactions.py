"""One kind of transaction: it joins, commits once, rolls back whole, and writers queue up."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Text, func, literal, select, text
from sqlalchemy.exc import StatementError

from archive import db
from archive.storage import StoredFile

WRITERS, ROUNDS = 3, 40


def add(name: str) -> None:
    with db.transaction() as session:
        session.add(StoredFile(sha256=name, bytes=1))


def names() -> set[str]:
    db.release()
    return set(db.session().scalars(select(StoredFile.sha256)))


def fail(after: str) -> None:
    with db.transaction():
        add(after)
        raise ZeroDivisionError


@pytest.mark.usefixtures("either_database")
class TestJoining:
    def test_an_inner_one_is_part_of_the_outer_one(self) -> None:
        with pytest.raises(ZeroDivisionError):
            fail("lost")
        add("kept")
        assert names() == {"kept"}

    def test_only_the_outermost_commits(self) -> None:
        with db.transaction():
            add("one")
            with db.engine().connect() as other:
                assert other.scalar(select(func.count()).select_from(StoredFile)) == 0
        assert names() == {"one"}

    def test_it_begins_with_what_others_have_committed(self) -> None:
        """A read snapshot from before must not be what the write builds upon."""
        assert names() == set()
        db.session().scalars(select(StoredFile)).all()
        with db.engine().begin() as other:
            other.execute(
                text("INSERT INTO stored_file VALUES ('x', 1, '', '2026-01-01', NULL, NULL)")
            )
        with db.transaction() as session:
            assert session.scalars(select(StoredFile.sha256)).all() == ["x"]

    def test_what_follows_a_commit_follows_it(self) -> None:
        seen: list[set[str]] = []

        def look() -> None:
            with db.engine().connect() as other:
                seen.append(set(other.scalars(select(StoredFile.sha256))))

        with db.transaction():
            add("one")
            db.on_commit(look)
            add("two")
            assert seen == []
        assert seen == [{"one", "two"}]

    def test_what_was_to_follow_does_not_when_nothing_was_committed(self) -> None:
        seen: list[str] = []

        def fail_with_follower() -> None:
            with db.transaction():
                db.on_commit(lambda: seen.append("followed"))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail_with_follower()
        assert seen == []

    def test_a_failure_afterwards_undoes_nothing_and_stops_no_other(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        seen: list[str] = []
        with caplog.at_level(logging.ERROR), db.transaction():
            add("one")
            db.on_commit(lambda: [][0])
            db.on_commit(lambda: seen.append("second"))
        assert names() == {"one"}
        assert seen == ["second"]
        assert "has failed" in caplog.text

    def test_nothing_can_follow_without_a_transaction(self) -> None:
        with pytest.raises(RuntimeError, match="inside transaction"):
            db.on_commit(list)

    def test_news_aside_is_seen_at_once_and_disturbs_nothing(self) -> None:
        add("one")
        found = db.session().scalars(select(StoredFile)).one()
        with db.transaction_aside() as aside:
            aside.add(StoredFile(sha256="two", bytes=2))
        assert found in db.session()
        assert names() == {"one", "two"}

    def test_news_aside_refuses_to_wait_for_itself(self) -> None:
        with db.transaction(), pytest.raises(RuntimeError, match="wait for itself"):
            db.transaction_aside().__enter__()


def count_up(errors: list[BaseException]) -> None:
    """Read a number, add one and write it: lost if two do so from the same snapshot."""
    try:
        for _ in range(ROUNDS):
            db.session().scalars(select(StoredFile.bytes)).all()
            with db.transaction() as session:
                session.get_one(StoredFile, "counter").bytes += 1
    except BaseException as error:
        errors.append(error)
    finally:
        db.release()


@pytest.mark.usefixtures("either_database")
def test_three_writers_lose_nothing() -> None:
    with db.transaction() as session:
        session.add(StoredFile(sha256="counter", bytes=0))
    errors: list[BaseException] = []
    threads = [threading.Thread(target=count_up, args=(errors,)) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.release()
    assert errors == []
    assert db.session().get_one(StoredFile, "counter").bytes == WRITERS * ROUNDS


@pytest.mark.usefixtures("either_database")
def test_a_commit_of_anybody_is_another_generation() -> None:
    seen = [db.generation()]
    assert db.generation() == seen[0]
    add("one")
    seen.append(db.generation())
    with db.engine().connect() as other:
        other.execute(text("SELECT 1"))
        seen.append(db.generation())
    assert names() == {"one"}
    if not db.is_sqlite():
        assert seen == [None, None, None]
        return
    assert seen[0] != seen[1] == seen[2] == db.generation()
    address = str(db.engine().url)
    db.disconnect()
    db.connect(address)
    assert db.generation() not in seen


@pytest.mark.usefixtures("database")
def test_sqlite_keeps_what_it_acknowledged() -> None:
    pragmas = {
        name: db.session().scalar(text(f"PRAGMA {name}"))
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.usefixtures("either_database")
def test_moments_come_back_in_utc_to_the_microsecond() -> None:
    summer = timezone(timedelta(hours=2))
    with db.transaction() as session:
        session.add(
            StoredFile(
                sha256="a", bytes=1, kept_at=datetime(1956, 10, 23, 21, 30, 0, 123456, summer)
            )
        )
    db.release()
    kept = db.session().get_one(StoredFile, "a").kept_at
    assert kept == datetime(1956, 10, 23, 19, 30, 0, 123456, UTC)
    assert kept.utcoffset() == timedelta(0)


@pytest.mark.usefixtures("database")
def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(StatementError, match="needs its time zone"), db.transaction() as session:
        session.add(
            StoredFile(sha256="a", bytes=1, kept_at=datetime(1956, 10, 23))  # noqa: DTZ001
        )


def test_public_ids_cannot_be_guessed_or_read_as_words() -> None:
    drawn = {db.new_public_id() for _ in range(2000)}
    assert len(drawn) == 2000
    assert {len(name) for name in drawn} == {10}
    assert not set("".join(drawn)) & set("aeiou01l") - {"a", "e"}


def test_without_a_connection_it_says_so() -> None:
    db.disconnect()
    with pytest.raises(db.NotConnected):
        db.engine()


@pytest.mark.usefixtures("either_database")
@pytest.mark.parametrize(
    ("stored", "words", "found"),
    [
        ("Éjjel az Üllői úton", "éJJEL AZ üLLŐI", True),
        ("Éjjel", "nappal", False),
        ("fele", "%", False),
        ("50 %-a", "0 %", True),
        ("a_b", "a_b", True),
        ("axb", "a_b", False),
        (None, "x", None),
    ],
)
def test_words_are_found_in_capitals_or_not_and_signs_stand_for_themselves(
    stored: str | None, words: str, found: bool | None
) -> None:
    asked = db.has(literal(stored, Text), words)
    assert db.session().scalar(select(asked)) is found
