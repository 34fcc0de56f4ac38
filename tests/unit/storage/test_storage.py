"""Masters: kept whole under their digest or not at all."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from archive import db, storage
from archive.storage import Storage, StorageError, StoredFile

BYTES = b"a picture of 23 October 1956" * 1000
DIGEST = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture
def masters(tmp_path: Path) -> Storage:
    made = Storage(tmp_path / "media")
    made.prepare()
    return made


def files(masters: Storage) -> list[Path]:
    return [path for path in masters.masters.parent.rglob("*") if path.is_file()]


@contextmanager
def disk_of(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond `size`, as on a disk that is full."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_master_lies_under_its_digest_and_cannot_be_written(masters: Storage) -> None:
    kept = masters.put(io.BytesIO(BYTES))
    assert (kept.sha256, kept.bytes, kept.fresh) == (DIGEST, len(BYTES), True)
    assert kept.path == masters.masters / DIGEST[:2] / DIGEST[2:4] / DIGEST
    assert kept.path.read_bytes() == BYTES
    assert kept.path.stat().st_mode & 0o777 == 0o444
    assert files(masters) == [kept.path]


def test_the_same_bytes_are_kept_once(masters: Storage) -> None:
    first = masters.put(io.BytesIO(BYTES))
    inode = first.path.stat().st_ino
    second = masters.put(io.BytesIO(BYTES))
    assert (second.sha256, second.fresh) == (DIGEST, False)
    assert second.path.stat().st_ino == inode
    assert files(masters) == [first.path]


def test_a_master_cut_short_by_a_broken_disk_is_kept_anew(masters: Storage) -> None:
    path = masters.path(DIGEST)
    path.parent.mkdir(parents=True)
    path.write_bytes(BYTES[:100])
    assert masters.put(io.BytesIO(BYTES)).fresh
    assert path.read_bytes() == BYTES


def test_progress_is_told_in_bytes(masters: Storage) -> None:
    told: list[int] = []
    masters.put(io.BytesIO(b"x" * (storage.CHUNK + 5)), progress=told.append)
    assert told == [storage.CHUNK, storage.CHUNK + 5]


def test_a_full_disk_leaves_no_trace_and_says_so(masters: Storage) -> None:
    with disk_of(10_000), pytest.raises(StorageError, match="nothing of it was taken"):
        masters.put(io.BytesIO(BYTES))
    assert files(masters) == []
    assert masters.put(io.BytesIO(BYTES)).fresh


def test_a_folder_that_cannot_be_made_leaves_no_trace(masters: Storage) -> None:
    masters.path(DIGEST).parent.parent.touch()
    with pytest.raises(StorageError, match="could not be kept"):
        masters.put(io.BytesIO(BYTES))
    assert list(masters.incoming.iterdir()) == []


class Torn(io.RawIOBase):
    """A source that ends in an error, as a broken card reader does."""

    def __init__(self) -> None:
        self.reads = 0

    def read(self, _size: int = -1) -> bytes:
        self.reads += 1
        if self.reads > 1:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return BYTES


def test_a_source_that_cannot_be_read_leaves_no_trace(masters: Storage) -> None:
    with pytest.raises(StorageError, match="Input/output error"):
        masters.put(Torn())  # type: ignore[arg-type]
    assert files(masters) == []


def test_a_killed_process_is_swept_up_after_and_a_living_one_is_not(masters: Storage) -> None:
    script = (
        "import os, sys; from pathlib import Path; from archive.storage import Storage\n"
        "class Source:\n"
        "    def read(self, size):\n"
        "        if hasattr(self, 'once'): os._exit(9)\n"
        "        self.once = True; return b'x' * 1000\n"
        "Storage(Path(sys.argv[1])).put(Source())"
    )
    died = subprocess.run([sys.executable, "-c", script, masters.masters.parent], check=False)
    assert died.returncode == 9
    mine = masters.incoming / f"{os.getpid()}-0123456789abcdef"
    mine.touch()
    assert len(files(masters)) == 2
    assert masters.sweep() == 1
    assert files(masters) == [mine]


def test_a_registered_master_stays_where_it_is(masters: Storage, tmp_path: Path) -> None:
    original = tmp_path / "mount" / "0012.tif"
    original.parent.mkdir()
    original.write_bytes(BYTES)
    original.parent.chmod(0o555)
    kept = masters.register(original)
    assert (kept.sha256, kept.bytes, kept.address) == (DIGEST, len(BYTES), str(original))
    assert files(masters) == []


def test_registering_what_is_not_there_is_refused(masters: Storage, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="No such file"):
        masters.register(tmp_path / "nothing.tif")


@pytest.mark.usefixtures("database")
class TestRows:
    def test_a_kept_file_gets_one_row(self, masters: Storage) -> None:
        for _ in range(2):
            kept = masters.put(io.BytesIO(BYTES))
            with db.transaction() as session:
                storage.record(session, kept)
        [row] = db.session().scalars(select(StoredFile))
        assert (row.sha256, row.bytes, row.intact) == (DIGEST, len(BYTES), None)
        assert masters.locate(db.session(), DIGEST) == kept.path

    def test_a_registered_file_is_found_at_its_address(
        self, masters: Storage, tmp_path: Path
    ) -> None:
        original = tmp_path / "0012.tif"
        original.write_bytes(BYTES)
        with db.transaction() as session:
            storage.record(session, masters.register(original))
        assert masters.locate(db.session(), DIGEST) == original

    def test_what_is_not_known_is_not_located(self, masters: Storage) -> None:
        masters.put(io.BytesIO(BYTES))
        with pytest.raises(StorageError, match="not known"):
            masters.locate(db.session(), DIGEST)

    def test_a_master_without_a_row_is_an_orphan(self, masters: Storage) -> None:
        kept = masters.put(io.BytesIO(BYTES))
        orphan = masters.put(io.BytesIO(b"another"))
        with db.transaction() as session:
            storage.record(session, kept)
        assert masters.orphans(db.session()) == [orphan.path]

    @pytest.mark.parametrize("damage", ["none", "flipped", "short", "gone"])
    def test_a_check_tells_damage_and_writes_it_down(self, masters: Storage, damage: str) -> None:
        kept = masters.put(io.BytesIO(BYTES))
        with db.transaction() as session:
            storage.record(session, kept)
        kept.path.chmod(0o644)
        if damage == "flipped":
            kept.path.write_bytes(b"A" + BYTES[1:])
        elif damage == "short":
            kept.path.write_bytes(BYTES[:-1])
        elif damage == "gone":
            kept.path.unlink()
        row = db.session().get_one(StoredFile, DIGEST)
        assert storage.check(masters, row) == (damage == "none")
        db.release()
        row = db.session().get_one(StoredFile, DIGEST)
        assert (row.intact, row.checked_at is not None) == (damage == "none", True)
