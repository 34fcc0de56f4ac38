"""`pillanat ingest`, killed at its system calls or out of room: nothing lost, nothing twice.

What was printed as received must be there; a second run brings the rest; afterwards every master
has its row, every row its master, and nothing temporary is left.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from shutil import which

import pytest
from PIL import Image

from tests.strace import CHANGING, Point, Program

pytestmark = pytest.mark.strace
CALL = re.compile(r"^(\d+) +(\w+)\(", re.MULTILINE)
NAMES = ("1_r.png", "1_v.png", "2.png", "3.png", "4.png")
LINES = "fájlnév;cím;dátum\n1_r.png;Első;1956\n2.png;Második;1957\n3.png;Harmadik;1958\n"


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """Five files of four photographs, a list of three, and a file that is none."""
    folder = tmp_path / "doboz"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        Image.effect_noise((40, 30), 60 + number).save(folder / name)
    (folder / "lista.csv").write_text(LINES)
    (folder / "jegyzet.txt").write_text("not a photograph")
    return folder


def ingesting(data: Path, box: Path) -> Program:
    program = Path(sys.executable).with_name("pillanat")
    environ = {**os.environ, "PILLANAT_DATA": str(data), "PILLANAT_INGEST_COMMIT_FILES": "2"}
    return Program([program, "ingest", box, "--json"], environ)


def begun(data: Path, template: Path) -> Path:
    (data / "instance").mkdir(parents=True)
    shutil.copyfile(template, data / "instance" / "pillanat.db")
    (data / "instance" / "secret_key").write_text("a key for tests only")
    return data


def told(output: str) -> dict[str, tuple[str, str]]:
    """Outcome and photograph of each file, as far as whole lines were printed."""
    lines = [json.loads(line) for line in output.splitlines() if line.endswith("}")]
    return {
        Path(line["path"]).name: (line["outcome"], line["id"]) for line in lines if "path" in line
    }


def points_of_parent(program: Program, log: Path) -> list[Point]:
    """The calls that change files in a run that goes well, of the program and not its child."""
    traced = f"trace={','.join(CHANGING)}"
    ended = program.run("strace", "-f", "-qq", "-o", str(log), "-e", traced)
    assert ended.returncode == 0, ended.stderr
    assert Counter(outcome for outcome, _ in told(ended.stdout).values())["received"] == 5
    calls = CALL.findall(log.read_text(errors="replace"))
    counted = Counter(name for pid, name in calls if pid == calls[0][0])
    return [Point(call, number + 1) for call in CHANGING for number in range(counted[call])]


def killed(program: Program, point: Point, log: Path) -> subprocess.CompletedProcess[str]:
    inject = f"inject={point.call}:signal=SIGKILL:when={point.number}"
    ended = program.run(
        "strace", "-f", "-qq", "-o", str(log), "-e", f"trace={point.call}", "-e", inject
    )
    assert ended.returncode in (-9, 137), f"{point} was not reached: {ended.returncode}"
    return ended


def assert_whole(data: Path, box: Path, acknowledged: dict[str, tuple[str, str]]) -> None:
    """What was told as received is there; all is there once; nothing else is."""
    with sqlite3.connect(data / "instance" / "pillanat.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        rows = database.execute(
            "SELECT asset.filename, image.public_id, asset.sha256, asset.side"
            " FROM asset JOIN image ON image.id = asset.image_id"
        ).fetchall()
        stored = {digest for (digest,) in database.execute("SELECT sha256 FROM stored_file")}
        captions = database.execute("SELECT text FROM caption_statement").fetchall()
        broken = database.execute("PRAGMA foreign_key_check").fetchall()
    images = {name: public_id for name, public_id, *_ in rows}
    for name, (outcome, public_id) in acknowledged.items():
        assert outcome != "received" or images[name] == public_id
    digests = {name: sha256((box / name).read_bytes()).hexdigest() for name in NAMES}
    assert {name: digest for name, _, digest, _ in rows} == digests
    assert len(rows) == len(NAMES)
    assert images["1_r.png"] == images["1_v.png"]
    assert len(set(images.values())) == 4
    assert {name for name, _, _, side in rows if side == "verso"} == {"1_v.png"}
    assert Counter(text for (text,) in captions) == Counter(["Első", "Második", "Harmadik"])
    assert broken == []
    masters = [path for path in (data / "media" / "masters").rglob("*") if path.is_file()]
    assert {path.name for path in masters} == stored == set(digests.values())
    assert all(sha256(path.read_bytes()).hexdigest() == path.name for path in masters)
    assert list((data / "media" / "incoming").iterdir()) == []


def test_a_killed_batch_is_finished_by_the_next(
    tmp_path: Path,
    box: Path,
    sqlite_template: Path,
    needs: Callable[..., None],
    fault_points: Callable[..., Sequence[Point]],
) -> None:
    needs(which("strace"), "strace")
    log = tmp_path / "log"
    whole = begun(tmp_path / "whole", sqlite_template)
    every = points_of_parent(ingesting(whole, box), log)
    assert {point.call for point in every} >= {"fsync", "rename", "write", "pwrite64"}
    for number, point in enumerate(fault_points(every, sample=8)):
        data = begun(tmp_path / str(number), sqlite_template)
        first = told(killed(ingesting(data, box), point, log).stdout)
        again = ingesting(data, box).run()
        assert again.returncode == 0, (point, again.stderr)
        second = told(again.stdout)
        assert second.pop("jegyzet.txt")[0] == "refused", point
        assert set(second) == {*NAMES}, point
        assert {outcome for outcome, _ in second.values()} <= {"received", "unchanged"}, point
        acknowledged = {name for name, (outcome, _) in first.items() if outcome == "received"}
        assert {name for name, (outcome, _) in second.items() if outcome == "unchanged"} >= (
            acknowledged
        ), point
        assert_whole(data, box, first)
        shutil.rmtree(data)


@pytest.fixture
def small_disk(tmp_path: Path, needs: Callable[..., None]) -> Iterator[Path]:
    """A disk of two megabytes, half of which an empty archive takes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    needs(
        which("mount") and subprocess.run(mount, capture_output=True).returncode == 0,
        "the right to mount a small disk",
    )
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_stops_the_batch_and_keeps_what_was_received(
    tmp_path: Path, small_disk: Path, sqlite_template: Path
) -> None:
    box = tmp_path / "doboz"
    box.mkdir()
    names = [f"{number:02}.png" for number in range(12)]
    for number, name in enumerate(names):
        Image.effect_noise((400, 300), 50 + number).save(box / name)
    data = begun(small_disk / "archive", sqlite_template)
    ended = ingesting(data, box).run()
    first = told(ended.stdout)
    assert set(first) == set(names)
    outcomes = Counter(outcome for outcome, _ in first.values())
    assert set(outcomes) == {"received", "refused"}
    assert ended.returncode == 1
    assert "The disk is full; what was received before is safe." in ended.stdout
    assert "Traceback" not in ended.stderr
    with sqlite3.connect(data / "instance" / "pillanat.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        known = {name for (name,) in database.execute("SELECT filename FROM asset")}
    assert known == {name for name, (outcome, _) in first.items() if outcome == "received"}
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    again = ingesting(data, box).run()
    assert again.returncode == 0, again.stderr
    second = Counter(outcome for outcome, _ in told(again.stdout).values())
    assert second == {"unchanged": outcomes["received"], "received": outcomes["refused"]}
    masters = [path for path in (data / "media" / "masters").rglob("*") if path.is_file()]
    assert len(masters) == len(names)
    assert list((data / "media" / "incoming").iterdir()) == []


def test_a_file_above_the_limit_of_the_process_is_refused_and_the_others_go_on(
    tmp_path: Path, sqlite_template: Path, needs: Callable[..., None]
) -> None:
    needs(which("prlimit"), "prlimit")
    box = tmp_path / "doboz"
    box.mkdir()
    for name, size in (("small.png", 40), ("vast.png", 2600), ("tiny.png", 20)):
        Image.effect_noise((size, size), 90).save(box / name)
    assert (box / "vast.png").stat().st_size > 5_000_000
    data = begun(tmp_path / "archive", sqlite_template)
    ended = ingesting(data, box).run("prlimit", "--fsize=5000000")
    assert ended.returncode == 0, ended.stderr
    assert {name: outcome for name, (outcome, _) in told(ended.stdout).items()} == {
        "small.png": "received",
        "tiny.png": "received",
        "vast.png": "refused",
    }
    assert "The file could not be kept: File too large." in ended.stdout
    assert list((data / "media" / "incoming").iterdir()) == []
