"""A damaged index is noticed and never answers wrongly; a crash leaves the last commit."""

import json
import multiprocessing
import os
import random
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.search.analysis import Analyzer
from archive.search.documents import SearchDocument
from archive.search.engine import IndexUnusable
from archive.search.query import parse
from archive.search.whoosh_engine import WhooshEngine, store

Made = Callable[..., SearchDocument]
Build = Callable[..., WhooshEngine]
NOBODY = 65534


@pytest.fixture
def build(folder: Path, analyzer: Analyzer, made: Made) -> Build:
    """An engine over two segments of the index; without filling it, another process's view."""

    def make(*, fill: bool = True) -> WhooshEngine:
        engine = WhooshEngine(folder, analyzer, poll_s=0.0)
        if fill:
            with engine.begin_rebuild() as rebuild:
                rebuild.add([made(f"x{n}", f"Utca {n}") for n in range(30)])
                rebuild.swap(5)
            engine.replace([made("x1", "Tér"), made("y", "Tér")])
            engine.commit(6)
        return engine

    return make


def generation(folder: Path) -> Path:
    return folder / (folder / "current").read_text()


def files(folder: Path) -> list[Path]:
    return sorted(path for path in generation(folder).iterdir() if path.is_file())


def healthy_answer(engine: WhooshEngine) -> bool:
    return engine.find(parse("utca"), "public").total == 29


def spoil(path: Path, how: str) -> None:
    content = bytearray(path.read_bytes())
    at = random.Random(path.suffix + how).randrange(len(content))
    if how == "deleted":
        path.unlink()
    elif how == "emptied":
        path.write_bytes(b"")
    elif how == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif how == "flipped":
        content[at] ^= 0x10
        path.write_bytes(content)
    elif how == "nonsense":
        path.write_bytes(b"\x80\x04cos\nsystem\n(S'true'\ntR." + bytes(len(content)))
    else:
        path.write_bytes(content + b"more")


HOW = ["deleted", "emptied", "cut", "flipped", "nonsense", "longer"]
KINDS = [".pst", ".trm", "_stored.col", ".cols.npz", ".toc", "state.json"]


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("kind", KINDS)
def test_a_spoilt_file_is_noticed(build: Build, folder: Path, kind: str, how: str) -> None:
    assert healthy_answer(build())
    named = {*store.read_state(generation(folder)).files, "state.json"}
    chosen = [path for path in files(folder) if path.name.endswith(kind) and path.name in named]
    assert chosen
    spoil(chosen[0], how)
    fresh = build(fill=False)
    assert not fresh.health(thorough=True).ok
    with pytest.raises(IndexUnusable):
        fresh.find(parse("utca"), "public")


@pytest.mark.parametrize("how", HOW)
def test_a_spoilt_pointer_is_noticed(build: Build, folder: Path, how: str) -> None:
    build()
    spoil(folder / "current", how)
    fresh = build(fill=False)
    assert fresh.health().state in ("absent", "damaged")
    with pytest.raises(IndexUnusable):
        fresh.ids()


@pytest.mark.parametrize("kind", [".pst", ".trm", "_stored.col"])
@pytest.mark.parametrize("how", ["cut", "emptied", "deleted", "nonsense"])
def test_a_reader_that_has_it_open_answers_rightly_or_says_so(
    build: Build, folder: Path, kind: str, how: str
) -> None:
    engine = build()
    assert healthy_answer(engine)
    for path in files(folder):
        if path.name.endswith(kind):
            spoil(path, how)
    for text in ("utca", "ter", '"utca 7"', "ut*", "id:x7", ""):
        try:
            results = engine.find(parse(text), "public")
        except IndexUnusable:
            continue
        assert results.total in (1, 2, 29, 31)
    assert not engine.health(thorough=True).ok


def test_a_pickle_is_not_opened_before_its_digest_is_right(
    build: Build, folder: Path, tmp_path: Path
) -> None:
    build()
    state = store.read_state(generation(folder))
    contents = generation(folder) / f"_pillanat_{state.toc}.toc"
    trap = tmp_path / "sprung"
    poison = b"cos\nsystem\n(S'touch " + os.fsencode(trap) + b"'\ntR."
    size = contents.stat().st_size
    contents.write_bytes((poison + bytes(size))[:size] if len(poison) < size else poison)
    assert not build(fill=False).health().ok
    assert not trap.exists()


def test_a_rebuild_heals(build: Build, folder: Path, made: Made) -> None:
    engine = build()
    for path in files(folder):
        spoil(path, "cut")
    assert not engine.health().ok
    with engine.begin_rebuild() as rebuild:
        rebuild.add([made("x1", "Utca")])
        rebuild.swap(7)
    assert engine.health(thorough=True).ok
    assert engine.find(parse("utca"), "public").total == 1
    assert [path.name for path in folder.glob("g-*")] == [generation(folder).name]


def test_an_index_of_another_format_is_outdated(build: Build, folder: Path) -> None:
    engine = build()
    path = generation(folder) / "state.json"
    state = json.loads(path.read_text())
    path.write_text(json.dumps({**state, "format": "0"}))
    assert engine.health().state == "outdated"


def test_a_commit_that_is_cut_off_leaves_the_last_one(
    build: Build, folder: Path, made: Made
) -> None:
    """Everything is written but `state.json`, which cannot be: as when the power fails then."""
    engine = build()
    obstacle = generation(folder) / "state.json.new"
    obstacle.mkdir()
    engine.replace([made("z", "Utca")], ["x2"])
    with pytest.raises(IndexUnusable) as refused:
        engine.commit(7)
    assert refused.value.code == "unwritable"
    fresh = build(fill=False)
    assert healthy_answer(fresh)
    assert fresh.applied_seq() == 6
    obstacle.rmdir()
    engine.commit(7)
    assert build(fill=False).find(parse("utca"), "public").total == 29
    assert "x2" not in build(fill=False).ids()


def test_what_no_commit_names_is_swept(build: Build, folder: Path, made: Made) -> None:
    engine = build()
    stray = generation(folder) / "pillanat_0123456789abcdef.pst"
    stray.write_bytes(b"left behind")
    for seq in (7, 8):
        engine.replace([made("z", f"Utca {seq}")])
        engine.commit(seq)
    assert not stray.exists()
    assert engine.health(thorough=True).ok


def test_a_slow_reader_finds_the_files_of_the_commit_it_is_opening(
    build: Build, folder: Path, made: Made
) -> None:
    engine = build()
    before = store.read_state(generation(folder))
    engine.replace([made("z", "Utca")])
    engine.commit(7)
    store.check_digests(generation(folder), before.files)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
def test_nobody_else_may_look_into_the_index(build: Build, folder: Path) -> None:
    build()
    for path in (folder, generation(folder)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_segments_do_not_pile_up(build: Build, made: Made) -> None:
    engine = build()
    for seq in range(7, 60):
        engine.replace([made(f"z{seq}", "Utca")])
        engine.commit(seq)
    assert engine.find(parse("utca"), "public").total == 29 + 53
    assert len(engine._current().parts) <= 10


def test_helpers_write_the_same_index(folder: Path, analyzer: Analyzer, made: Made) -> None:
    engine = WhooshEngine(folder, analyzer, poll_s=0.0, segment=10)
    with engine.begin_rebuild() as rebuild:
        rebuild.add([made(f"x{n}", f"Utca {n}") for n in range(25)])
        rebuild.swap(3)
    assert engine.health(thorough=True).documents == 25
    assert len(engine._current().parts) == 3
    assert engine.find(parse("utca"), "public").total == 25
    assert set(engine.ids()) == {f"x{n}" for n in range(25)}


def test_a_helper_that_dies_loses_nothing(folder: Path, analyzer: Analyzer, made: Made) -> None:
    engine = WhooshEngine(folder, analyzer, poll_s=0.0, segment=10)
    before = set(multiprocessing.active_children())
    with engine.begin_rebuild() as rebuild:
        rebuild.add([made(f"x{n}", f"Utca {n}") for n in range(15)])
        for helper in set(multiprocessing.active_children()) - before:
            helper.kill()
        rebuild.add([made(f"x{n}", f"Utca {n}") for n in range(15, 45)])
        rebuild.swap(3)
    assert engine.find(parse("utca"), "public").total == 45
    assert engine.health(thorough=True).ok


def refusal(act: Callable[[], None]) -> str:
    """Why the engine would not; empty where it did."""
    try:
        act()
    except IndexUnusable as error:
        return error.code
    return ""


def made_anew(engine: WhooshEngine, documents: list[SearchDocument]) -> None:
    with engine.begin_rebuild() as rebuild:
        rebuild.add(documents)
        rebuild.swap(9)


@pytest.fixture
def bounded() -> Iterator[Callable[[int], None]]:
    """`bounded(bytes)`: no file may grow above it, as on a disk that fills up while it is written;
    without end after the test."""
    resource = pytest.importorskip("resource", reason="Windows bounds no files")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_fills_up_while_a_commit_is_written_costs_only_the_commit(
    build: Build, folder: Path, made: Made, bounded: Callable[[int], None]
) -> None:
    engine = build()
    largest = max(path.stat().st_size for path in files(folder))
    refused = 0
    for most in [*range(0, 400, 40), *range(400, largest, largest // 12)]:
        engine.replace([made("z", "Utca")], ["x2"])
        bounded(most)
        code = refusal(lambda: engine.commit(7))
        bounded(-1)
        if not code:
            break
        refused += 1
        assert code == "unwritable", most
        fresh = build(fill=False)
        assert healthy_answer(fresh), most
        assert (fresh.applied_seq(), fresh.health(thorough=True).ok) == (6, True), most
    assert refused > 10
    engine.commit(7)
    assert build(fill=False).find(parse("utca"), "public").total == 29
    engine.tidy()
    assert {path.name for path in files(folder)} == {
        *store.read_state(generation(folder)).files,
        "state.json",
    }


def test_a_disk_that_fills_up_while_all_is_made_anew_leaves_the_old_index(
    build: Build, folder: Path, made: Made, bounded: Callable[[int], None]
) -> None:
    engine = build()
    for most in (0, 20, 60, 500, 3000):
        bounded(most)
        code = refusal(lambda: made_anew(engine, [made(f"y{n}", f"Tér {n}") for n in range(30)]))
        bounded(-1)
        assert code == "unwritable", most
        assert healthy_answer(build(fill=False)), most
        assert [path.name for path in folder.glob("g-*")] == [generation(folder).name]


@pytest.fixture
def as_nobody(folder: Path, needs: Callable[..., None]) -> Iterator[Callable[[], None]]:
    """Whose word the permission bits are kept against; root is asked by nobody's name."""
    if os.name == "nt":
        pytest.skip("missing: permission bits, which Windows does not have")
    first = os.geteuid()

    def become() -> None:
        if first == 0:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
            for above in folder.parents:
                if above.stat().st_uid == 0 and above != Path("/tmp"):
                    above.chmod(above.stat().st_mode | 0o711)
            os.seteuid(NOBODY)

    yield become
    os.seteuid(first)


@pytest.mark.parametrize(
    ("name", "mode", "state"),
    [
        ("", 0o000, "damaged"),
        ("", 0o555, "ok"),
        ("current", 0o000, "damaged"),
        ("{generation}", 0o000, "damaged"),
        ("{generation}", 0o444, "damaged"),
        ("{generation}/state.json", 0o000, "damaged"),
        ("{generation}/{file}", 0o000, "damaged"),
    ],
)
def test_wrong_permissions_are_put_right_by_a_rebuild(
    build: Build,
    folder: Path,
    made: Made,
    as_nobody: Callable[[], None],
    name: str,
    mode: int,
    state: str,
) -> None:
    build()
    answering = generation(folder)
    file = next(iter(store.read_state(answering).files))
    spoilt = folder / name.format(generation=answering.name, file=file)
    as_nobody()
    spoilt.chmod(mode)
    fresh = build(fill=False)
    assert fresh.health(thorough=True).state == state
    made_anew(fresh, [made("x1", "Utca")])
    assert build(fill=False).health(thorough=True).ok
    assert build(fill=False).ids() == {"x1": 1}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_written_is_named_so(
    build: Build, folder: Path, made: Made
) -> None:
    folder.write_bytes(b"a file where the folder should be")
    engine = build(fill=False)
    engine.replace([made("x1")])
    for act in (lambda: engine.commit(1), engine.tidy):
        with pytest.raises(IndexUnusable) as refused:
            act()
        assert refused.value.code == "unwritable"


def test_the_lock_of_a_dead_writer_is_free(build: Build, folder: Path, made: Made) -> None:
    engine = build()
    program = (
        "import sys, os, signal; from pathlib import Path;"
        "from archive.search.whoosh_engine import store;"
        "lock = store.writing(Path(sys.argv[1])); lock.__enter__();"
        "print('locked', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"locked\n"
    engine.replace([made("z", "Utca")])
    with pytest.raises(IndexUnusable) as refused:
        engine.commit(7)
    assert refused.value.code == "busy"
    holder.kill()
    holder.communicate()
    engine.commit(7)
    assert build(fill=False).find(parse("utca"), "public").total == 30


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "7", "[]", '"x"', "null", '{"format": 1e999}', '{"files": {"\\u0000": 1}}'],
    ids=["deep", "number", "list", "text", "null", "endless", "name"],
)
def test_a_state_that_is_nonsense_is_damage(build: Build, folder: Path, text: str) -> None:
    build()
    (generation(folder) / "state.json").write_text(text)
    fresh = build(fill=False)
    assert fresh.health().state in ("damaged", "outdated")
    with pytest.raises(IndexUnusable):
        fresh.ids()


def test_a_number_changed_in_the_state_is_noticed(build: Build, folder: Path) -> None:
    build()
    path = generation(folder) / "state.json"
    state = json.loads(path.read_text())
    for name in ("toc", "applied_seq", "documents"):
        path.write_text(json.dumps({**state, name: state[name] - 1}))
        assert build(fill=False).health().state == "damaged", name
    path.write_text(json.dumps(state))
    assert build(fill=False).health().ok


def test_a_generation_that_was_cut_off_is_tidied_away(build: Build, folder: Path) -> None:
    engine = build()
    begun = store.new_generation(folder)
    (begun / "1.task").write_bytes(b"left behind")
    (generation(folder) / "stray.pst").write_bytes(b"left behind")
    while engine.tidy():
        pass
    assert not begun.exists()
    assert not (generation(folder) / "stray.pst").exists()
    assert healthy_answer(build(fill=False))
