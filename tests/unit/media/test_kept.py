"""Pictures made on request: kept, bounded, and only so many at a time."""

import os
import threading
import time
from pathlib import Path

import pytest

from archive.media.kept import Busy, Kept


def written(size: int):
    return lambda path: path.write_bytes(b"x" * size)


def keeper(folder: Path, **options: float) -> Kept:
    return Kept(folder, **{"bound_bytes": 1000, "parallel": 1, "wait_s": 5, **options})


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_what_was_made_is_not_made_again(tmp_path: Path) -> None:
    made: list[Path] = []

    def make(path: Path) -> None:
        made.append(path)
        path.write_bytes(b"picture")

    kept = keeper(tmp_path)
    assert kept.get("aa1", make).read_bytes() == b"picture"
    assert kept.get("aa1", make).read_bytes() == b"picture"
    assert keeper(tmp_path).get("aa1", make) == made[0]
    assert len(made) == 1


def test_what_was_not_asked_for_longest_goes_first(tmp_path: Path) -> None:
    kept = keeper(tmp_path)
    for age, name in ((900, "old"), (800, "older but asked for"), (700, "newer")):
        path = kept.get(name, written(300))
        moment = time.time() - age * 3600
        os.utime(path, (moment, moment))
    kept.get("older but asked for", written(300))
    kept.get("fresh", written(300))
    assert names(tmp_path) == {"older but asked for", "newer", "fresh"}


def test_the_folder_keeps_within_its_bound(tmp_path: Path) -> None:
    kept = keeper(tmp_path, bound_bytes=10_000)
    for number in range(200):
        kept.get(f"{number:03}", written(100))
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) <= 10_625


def test_a_new_process_sweeps_what_an_older_one_left(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"left{number}").write_bytes(b"x" * 500)
    keeper(tmp_path).get("fresh", written(100))
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) <= 1000


def test_whoever_waits_too_long_is_told_so(tmp_path: Path) -> None:
    kept = keeper(tmp_path, wait_s=0.01)
    begun, finish = threading.Event(), threading.Event()

    def slow(path: Path) -> None:
        begun.set()
        finish.wait(30)
        path.write_bytes(b"slow")

    first = threading.Thread(target=kept.get, args=("slow", slow))
    first.start()
    assert begun.wait(30)
    with pytest.raises(Busy) as refused:
        kept.get("other", written(10))
    assert refused.value.retry_after_s >= 1
    finish.set()
    first.join()
    assert kept.get("other", written(10)).exists()
    assert kept.get("slow", slow).read_bytes() == b"slow"


def test_two_who_want_the_same_wait_for_one(tmp_path: Path) -> None:
    kept, made = keeper(tmp_path), []
    begun, finish = threading.Event(), threading.Event()

    def make(path: Path) -> None:
        begun.set()
        finish.wait(30)
        made.append(path)
        path.write_bytes(b"once")

    both = [threading.Thread(target=kept.get, args=("same", make)) for _ in range(2)]
    both[0].start()
    assert begun.wait(30)
    both[1].start()
    finish.set()
    for one in both:
        one.join()
    assert len(made) == 1


def test_what_fails_leaves_its_place_to_others(tmp_path: Path) -> None:
    kept = keeper(tmp_path)

    def fail(_path: Path) -> None:
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space"):
        kept.get("first", fail)
    assert kept.get("second", written(10)).exists()
