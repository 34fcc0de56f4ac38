"""Who works on a batch, and what a killed or stopped run leaves behind.

The invariant: nothing that was acknowledged is touched; what is removed here no row names, and no
batch is at work that might be about to name it.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import db
from archive.ingest.models import Batch
from archive.ingest.words import reason
from archive.media import service as media
from archive.storage import Storage, StoredFile

YOUNG_S = 60  # a master this young may belong to a writer that is about to commit
RECENT = timedelta(hours=2)  # so long after a broken run masters are looked through
_SIGN = secrets.token_hex(4)


def runner() -> str:
    """This process, as a batch names it; its sign tells it from an earlier one of its number."""
    return f"{socket.gethostname()}:{os.getpid()}:{_SIGN}"


def is_alive(named: str) -> bool:
    """Whether the process that a batch names may still work; one of another machine may."""
    host, pid, sign = named.rsplit(":", 2) if named.count(":") >= 2 else ("", "", "")
    if not pid.isdecimal():
        return False
    if host != socket.gethostname():
        return True
    if int(pid) == os.getpid():
        return sign == _SIGN
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def heal() -> int:
    """Put right what killed processes left; returns the number of files removed.

    Half-written files go; batches whose process is gone are marked as interrupted, so that they
    can be run again; masters that no row names are removed, unless a batch is at work.
    """
    masters = media.masters()
    removed = masters.sweep()
    _mark_interrupted()
    if _broke_lately():
        removed += remove_orphans(masters)
    return removed


def _mark_interrupted() -> None:
    if all(is_alive(batch.runner) for batch in _running(db.session())):
        return
    with db.transaction() as session:
        for batch in _running(session):
            if not is_alive(batch.runner):
                batch.state, batch.runner, batch.finished_at = "interrupted", "", db.now()
                batch.trouble = reason("interrupted").as_json()


def _running(session: Session) -> Sequence[Batch]:
    return session.scalars(select(Batch).where(Batch.state == "running")).all()


def _broke_lately() -> bool:
    broken = select(Batch.id).where(
        Batch.state.in_(("interrupted", "stopped")), Batch.finished_at > db.now() - RECENT
    )
    return db.session().scalar(broken.limit(1)) is not None


def remove_orphans(masters: Storage) -> int:
    """Remove masters without a row, if no batch is at work and they are not just being written."""
    candidates = masters.orphans(db.session())
    db.release()
    removed = 0
    with db.transaction() as session:
        # It is our turn to write: no batch begins while we look.
        if any(is_alive(batch.runner) for batch in _running(session)):
            return 0
        for path in candidates:
            known = session.get(StoredFile, path.name) is not None
            if known or time.time() - path.stat().st_mtime < YOUNG_S:
                continue
            path.unlink(missing_ok=True)
            removed += 1
    return removed
