"""The database: engine, session, column types and the one kind of transaction.

SQLite runs in WAL with ``synchronous=FULL`` and every write begins with ``BEGIN IMMEDIATE``;
PostgreSQL takes one advisory lock instead: writers wait for each other before they have read
anything, so none builds upon what another is just changing and none fails half-way. Who only reads
sees one moment on both: a record and its version belong together. `transaction()` joins an outer
one and only the outermost commits; what must follow a commit is given to `on_commit`. The
invariant: nothing is acknowledged to anybody before the outermost `transaction()` has returned.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from threading import Lock
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    String,
    create_engine,
    event,
    func,
    text,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Mapped, Session, mapped_column
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeDecorator

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
HUNGARIAN = "ÁÉÍÓÖŐÚÜŰ"
WRITING = "pillanat_writing"
TURN = 19561023  # the advisory lock of whoever writes
log = logging.getLogger(__name__)
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

_engine: Engine | None = None
_watching: Any = None  # a connection of SQLite that only ever asks for the generation
_connected = 0  # how often: what was remembered of another database is not meant
_to_watch = Lock()
_session: ContextVar[Session | None] = ContextVar("session", default=None)


class NotConnected(RuntimeError):
    """`connect` was not called in this process."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, always aware; SQLite alone would give it back naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """All tables; language-tagged text is JSON ``{"hu": …, "en": …}``."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(none_as_null=True),
        dict[str, str]: JSON(none_as_null=True),
        list[str]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
    }


def new_public_id() -> str:
    """Ten characters that mean nothing and cannot be mistaken for words (49 bits)."""
    number, signs = secrets.randbelow(len(ALPHABET) ** 10), []
    for _ in range(10):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "".join(signs)


class Identified:
    """Mixin: an integer key inside, an opaque public identifier outside."""

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)


def now() -> datetime:
    """This moment in UTC, to the microsecond."""
    return datetime.now(UTC)


def connect(address: str) -> Engine:
    """Bind this process to a database; called once by `create_app`, the command line and tests."""
    global _engine, _connected
    disconnect()
    _connected += 1
    sqlite = address.startswith("sqlite")
    _engine = create_engine(
        address,
        connect_args={"timeout": 60, "check_same_thread": False} if sqlite else {},
        pool_pre_ping=not sqlite,
        max_overflow=-1,  # as many as there are threads, which are bounded: none waits for another
        isolation_level=None if sqlite else "REPEATABLE READ",
        json_deserializer=_read_json,
    )
    if sqlite:
        event.listen(_engine, "connect", _prepare_sqlite)
        event.listen(_engine, "begin", _begin_sqlite)
    return _engine


def _read_json(text: str) -> Any:
    """Most JSON columns are empty, and reading thousands of rows is mostly reading those."""
    return {} if text == "{}" else json.loads(text)


def disconnect() -> None:
    """Forget the session of this context and close the connections."""
    global _engine, _watching
    release()
    if _watching is not None:
        _watching.close()
    if _engine is not None:
        _engine.dispose()
    _engine = _watching = None


def engine() -> Engine:
    if _engine is None:
        raise NotConnected("archive.db.connect() has not been called")
    return _engine


def generation() -> tuple[int, int] | None:
    """Another value after every commit of anybody, in whatever process; what was read before it
    was asked for holds as long as it stays. None where there is none: PostgreSQL.

    SQLite compares with what the same connection saw (PRAGMA data_version), so one is kept for it.
    """
    global _watching
    if not is_sqlite() or not engine().url.database:
        return None
    with _to_watch:
        if _watching is None:
            _watching = _connection_apart()
        return _connected, _watching.execute("PRAGMA data_version").fetchone()[0]


def _connection_apart() -> Any:
    """A connection of the driver that the pool knows nothing of."""
    lent = engine().raw_connection()
    connection = lent.dbapi_connection
    lent.detach()
    return connection


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=60000",
        "cache_size=-32000",
        "mmap_size=268435456",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    connection.create_function("small_letters", 1, _small_letters, deterministic=True)


def _small_letters(text: str | None) -> str | None:
    return None if text is None else text.lower()


def has(column: ColumnElement[str] | InstrumentedAttribute[str], words: str) -> ColumnElement[bool]:
    """Whether a text holds these words, in capitals or not.

    SQLite by itself takes É and é for two letters, and so does PostgreSQL where it was set up
    without a language; both take a % or _ among the words for a sign of their own."""
    if is_sqlite():
        small = func.small_letters(column)
    else:
        small = func.lower(func.translate(column, HUNGARIAN, HUNGARIAN.lower()))
    return small.contains(words.lower(), autoescape=True)


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def session() -> Session:
    """The session of this request, job or command; opened when first asked for."""
    current = _session.get()
    if current is None:
        current = Session(engine(), expire_on_commit=False, autoflush=False)
        _session.set(current)
    return current


def release() -> None:
    """Close the session of this context: the end of a request, a job or a test."""
    current = _session.get()
    if current is not None:
        current.close()
        _session.set(None)


@contextmanager
def transaction() -> Iterator[Session]:
    """Write within one transaction, joined to an outer one where there is one.

    The outermost ends the session's read snapshot, waits for its turn to write and commits at the
    end; an exception rolls everything back and discards what was to follow the commit.
    """
    current = session()
    if current.info.get(WRITING):
        yield current
        return
    current.rollback()
    current.expire_all()
    current.info[WRITING] = True
    followers: list[Callable[[], None]] = []
    current.info["followers"] = followers
    try:
        current.connection(execution_options=_writing())
        _wait_for_turn(current)
        yield current
        current.flush()
        current.commit()
    except BaseException:
        current.rollback()
        raise
    finally:
        current.info.pop(WRITING, None)
        current.info.pop("followers", None)
    for follow in followers:
        _follow(follow)


def _writing() -> dict[str, Any]:
    """Who writes on PostgreSQL sees what was committed while waiting, not the moment before."""
    return {WRITING: True} if is_sqlite() else {WRITING: True, "isolation_level": "READ COMMITTED"}


def _wait_for_turn(current: Session) -> None:
    """SQLite has waited already. Whoever follows numbers would else miss one drawn early and
    committed late, and two who each lock what the other wants would wait for ever."""
    if not is_sqlite():
        current.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": TURN})


@contextmanager
def transaction_aside() -> Iterator[Session]:
    """Write beside the session of this context, which keeps what it has loaded.

    For news of progress. Inside `transaction()` it would wait for itself, so that is an error.
    """
    if in_transaction():
        raise RuntimeError("transaction_aside() inside transaction() would wait for itself")
    with Session(engine(), expire_on_commit=False) as aside:
        aside.connection(execution_options=_writing())
        yield aside
        aside.commit()


def _follow(follow: Callable[[], None]) -> None:
    """What is committed stays committed: a failure afterwards is told, and swept up later."""
    try:
        follow()
    except Exception:
        log.exception("what was to follow a commit has failed")


def said_of(error: Exception) -> str:
    """An error in words; of a database's only its own line, not the statement and its values."""
    return str(error.orig).partition("\n")[0] if isinstance(error, DBAPIError) else str(error)


def on_commit(follow: Callable[[], None]) -> None:
    """Run `follow` after the outermost transaction has committed.

    Its failure is logged and undoes nothing, so whatever it starts needs another starter as well.
    """
    if not in_transaction():
        raise RuntimeError("on_commit() belongs inside transaction()")
    session().info["followers"].append(follow)


def in_transaction() -> bool:
    return bool(session().info.get(WRITING))


def is_sqlite() -> bool:
    return engine().dialect.name == "sqlite"
