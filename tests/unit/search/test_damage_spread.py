"""What is damaged does not spread: a writer puts nothing into a commit that it has not checked.

Between two checks of the index edits are committed and segments joined. Were a spoilt one among
them, the new one would have a digest of its own, and nobody would ever notice.
"""

import os
import pickle
from collections import deque
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.search.documents import SearchDocument
from archive.search.engine import IndexUnusable
from archive.search.whoosh_engine import WhooshEngine, store, writing
from archive.search.whoosh_engine.writing import MANY

Made = Callable[..., SearchDocument]
Build = Callable[..., WhooshEngine]
KINDS = [".pst", ".trm", "_stored.col", ".cols.npz"]


def filled(build: Build, made: Made, number: int, each: int) -> WhooshEngine:
    """An index of so many segments."""
    engine = build([])
    for at in range(number):
        engine.replace([made(f"x{at}.{n}", f"híd {at} {n}") for n in range(each)])
        engine.commit(2 + at)
    assert len(engine._current().parts) == number
    return engine


def generation(folder: Path) -> Path:
    return folder / (folder / "current").read_text()


def flip(folder: Path, kind: str) -> None:
    """One bit in the middle of one file of every segment."""
    for path in generation(folder).iterdir():
        if path.name.endswith(kind):
            content = bytearray(path.read_bytes())
            content[len(content) // 2] ^= 1
            path.write_bytes(content)


@pytest.mark.parametrize("kind", KINDS)
def test_a_spoilt_segment_is_not_joined_at_a_commit(
    new_engine: Build, made: Made, kind: str
) -> None:
    engine = filled(new_engine, made, MANY, 1)
    flip(engine._folder, kind)
    engine.replace([made("y", "Tér")])
    with pytest.raises(IndexUnusable) as refused:
        engine.commit(90)
    assert refused.value.code == "damaged"
    assert not engine.health(thorough=True).ok


@pytest.mark.parametrize("kind", KINDS)
def test_a_spoilt_segment_is_not_joined_by_a_helper(
    new_engine: Build, made: Made, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "SMALL", 1)
    engine = filled(new_engine, made, 4, 3)
    flip(engine._folder, kind)
    with pytest.raises(IndexUnusable) as refused:
        deque(iter(engine.tidy, False), maxlen=0)
    assert refused.value.code == "damaged"
    assert not engine.health(thorough=True).ok


def test_a_writer_opens_no_pickle_before_its_digest_is_right(
    new_engine: Build, made: Made, tmp_path: Path
) -> None:
    engine = filled(new_engine, made, 3, 1)
    folder = generation(engine._folder)
    contents = folder / f"_pillanat_{store.read_state(folder).toc}.toc"
    trap = poisoned(contents, tmp_path / "sprung")
    engine.replace([made("y", "Tér")])
    for write in (lambda: engine.commit(90), engine.tidy):
        with pytest.raises(IndexUnusable) as refused:
            write()
        assert refused.value.code == "damaged"
        assert not trap.exists()


def poisoned(contents: Path, trap: Path) -> Path:
    """Let a table of contents make `trap` when its list of segments is read; its length stays."""
    content = contents.read_bytes()
    at = content.rindex(pickle.dumps([], -1)[:2])
    poison = b"cos\nsystem\n(S'touch " + os.fsencode(trap) + b"'\ntR."
    contents.write_bytes(content[:at] + poison.ljust(len(content) - at))
    return trap
