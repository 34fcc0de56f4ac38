"""Keeping the index like the database: one process follows history and writes, others read.

The invariant: the sequence stored with a commit is that of the last change in it. When anything is
in doubt (no index, another version, a file that changed, photographs that differ) a new generation
is made beside the one that answers, and swapped in.
"""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from archive import db
from archive.catalogue.projection import images_of
from archive.history import changes_after, latest_seq
from archive.jobs import follower
from archive.search import loading, service
from archive.search.engine import IndexUnusable, SearchEngine

POLL_S = 0.15  # how soon the first change after a silence is seen
BATCH_S = 0.4  # how long changes are then gathered before the next commit
CHECK_S = 60
RETRY_S = 5
NEVER = float("-inf")
CHANGES = 5_000
MANY = 20_000  # photographs whose change is better met by making the index anew
FEW = 0.05  # part of the photographs that may differ and be mended one by one
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: `rebuilt`, or how many photographs were mended."""

    rebuilt: bool
    mended: int = 0
    reason: str = ""


class Follower:
    """Follows history for one engine; meant to be the only writer of its index."""

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine
        self._tidy = False
        self._checked_at = NEVER

    def run(self, stop: threading.Event) -> None:
        """Follow until `stop` is set; trouble is logged and tried again."""
        while not stop.is_set():
            stop.wait(self.turn(time.monotonic()))

    def turn(self, now: float) -> float:
        """Check what is due at this moment and apply what waits; gives the seconds to rest.

        What fails is checked at once, and where checking has not helped, after a while."""
        due = now - self._checked_at >= CHECK_S
        try:
            if due:
                self.check()
                self._checked_at = now
            rest = BATCH_S if self.step() else POLL_S
            self._put_in_order()
            return rest
        except IndexUnusable as error:
            log.warning("the search index is not written: %s", error)
            self._checked_at = NEVER
            return RETRY_S if due or error.code in ("busy", "unwritable") else 0.0

    def _put_in_order(self) -> None:
        """A piece of housekeeping, until all is tidy; it holds no change up for long."""
        if not self._tidy:
            self._tidy = not self._engine.tidy()

    def step(self) -> int:
        """Apply the changes that are waiting; gives the number of photographs written."""
        with Session(db.engine()) as session:
            changes = changes_after(session, self._engine.applied_seq(), limit=CHANGES)
            if not changes:
                return 0
            keys = images_of(session, {subject for _, subject in changes})
            if len(keys) <= MANY:
                self._write(session, keys, changes[-1][0])
                return max(1, len(keys))
        return self.rebuild()

    def check(self) -> Checked:
        """Compare the index with the database and its own digests; mend it or make it anew."""
        health = self._engine.health(thorough=True)
        if not health.ok:
            self.rebuild()
            return Checked(True, reason=f"{health.state}: {health.detail}")
        with Session(db.engine()) as session:
            if health.applied_seq > latest_seq(session):
                self.rebuild()
                return Checked(True, reason="the index is newer than the database")
            return self._compare(session)

    def _compare(self, session: Session) -> Checked:
        """Photographs whose version differs. What is changing just now is left to `step`."""
        seq = latest_seq(session)
        if self._engine.applied_seq() != seq:
            return Checked(False)
        wanted, held = loading.versions(session), self._engine.ids()
        lost = [name for name in held if name not in wanted]
        differing = [name for name, version in wanted.items() if held.get(name) != version]
        if len(lost) + len(differing) > max(10, FEW * len(wanted)):
            self.rebuild()
            return Checked(True, reason=f"{len(lost) + len(differing)} photographs differ")
        if lost or differing:
            self._write(session, loading.keys_of(session, differing), seq, removed=lost)
        return Checked(False, mended=len(lost) + len(differing))

    def _write(
        self, session: Session, keys: Sequence[int], seq: int, *, removed: Sequence[str] = ()
    ) -> None:
        documents = list(loading.documents_of(session, keys, seq))
        self._engine.replace(documents, removed)
        self._engine.commit(seq)
        self._tidy = False

    def rebuild(self) -> int:
        """Make the whole index anew beside the one that answers; gives the photographs in it."""
        with Session(db.engine()) as session:
            seq = latest_seq(session)
            keys = loading.all_keys(session)
        log.info("making the search index anew: %d photographs", len(keys))
        with self._engine.begin_rebuild() as rebuild:
            for start in range(0, len(keys), loading.CHUNK):
                # A session for each piece: one held for minutes would swell the database's log.
                with Session(db.engine()) as session:
                    chunk = keys[start : start + loading.CHUNK]
                    rebuild.add(list(loading.documents_of(session, chunk, seq)))
            rebuild.swap(seq)
        return len(keys)


@follower("search index")
def follow(stop: threading.Event) -> None:
    """The loop of a worker process."""
    Follower(service.engine()).run(stop)


def catch_up() -> int:
    """Apply what is waiting now, making the index where there is none; for commands and tests."""
    following = Follower(service.engine())
    written = following.rebuild() if not service.engine().health().ok else 0
    while done := following.step():
        written += done
    return written


def reindex() -> int:
    """Make the index anew and let it answer; gives the photographs in it."""
    return Follower(service.engine()).rebuild()
