"""The test bench itself: databases are real and fresh, the network is closed, skips are named."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from archive import db
from archive.settings import Settings
from tests.postgres import PostgresServer


@pytest.mark.parametrize("turn", ["first", "second"])
def test_every_test_gets_a_fresh_database(database_url: str, turn: str) -> None:
    engine = db.connect(Settings(database_url=database_url).database)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE left_behind (turn TEXT)"))
        connection.execute(text("INSERT INTO left_behind VALUES (:turn)"), {"turn": turn})
    with engine.begin() as connection:
        assert connection.execute(text("SELECT turn FROM left_behind")).scalars().all() == [turn]
    db.disconnect()


@pytest.mark.postgresql
def test_the_postgresql_is_a_real_one(postgres_server: PostgresServer, postgres_url: str) -> None:
    engine = db.connect(Settings(database_url=postgres_url).database)
    with engine.connect() as connection:
        assert connection.execute(text("SHOW server_encoding")).scalar() == "UTF8"
        assert connection.execute(text("SHOW listen_addresses")).scalar() == ""
    db.disconnect()


def test_no_test_reaches_another_machine() -> None:
    with socket.socket() as outside, pytest.raises(UserWarning, match="allowed"):
        outside.connect(("192.0.2.1", 80))


def test_what_is_missing_is_named(
    needs: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="missing: a camera"):
        needs(None, "a camera")


def test_what_is_missing_fails_in_ci(
    needs: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="missing: a camera"):
        needs(None, "a camera")


def test_tests_never_see_the_data_of_the_installation() -> None:
    assert not Settings.load().data.is_relative_to(Path(__file__).parents[3])


def test_a_sample_of_faults_is_spread_over_all_points(
    fault_points: Callable[..., list[int]], request: pytest.FixtureRequest
) -> None:
    points = fault_points(range(1000))
    if not request.config.getoption("--every-fault"):
        assert len(points) == 12
    assert points[0] == 0
    assert points[-1] > 900
    assert list(fault_points(range(5))) == [0, 1, 2, 3, 4]
