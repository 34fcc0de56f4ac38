"""`pillanat backup` and `restore`: what comes back is what was there, else a sentence says why."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import select

from archive import db, jobs
from archive.catalogue import service as catalogue
from archive.media.models import Picture
from archive.preservation import manifest
from archive.settings import Settings
from archive.storage import StoredFile
from tests import postgres
from tests.demo import PROGRAM
from tests.unit.commands.conftest import TESTER, Filled, Run, lines_of


@pytest.fixture
def backup_folder(tmp_path: Path) -> Path:
    return tmp_path / "backup"


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Move to an empty machine: from then on commands look at another folder."""

    def move() -> Path:
        jobs.disconnect()
        db.disconnect()
        folder = tmp_path / "other machine"
        monkeypatch.setenv("PILLANAT_DATA", str(folder))
        return folder

    return move


def dumped(run: Run, folder: Path) -> dict[str, bytes]:
    result = run("export", "json", folder)
    assert result.exit_code == 0, result.output
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def masters_of(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (folder / "masters").glob("??/??/*")}


def test_a_restored_archive_says_the_same(
    filled: Filled, run: Run, backup_folder: Path, elsewhere: Callable[[], Path], tmp_path: Path
) -> None:
    before = dumped(run, tmp_path / "before")
    made = lines_of(run("backup", backup_folder, "--json"))[0]
    assert (made["masters"], made["copied"], made["missing"]) == (3, 3, [])
    folder = elsewhere()
    result = run("restore", backup_folder)
    assert result.exit_code == 0, result.output
    assert dumped(run, tmp_path / "after") == before
    assert len(before["photographs.jsonl"].splitlines()) == 3
    assert masters_of(folder / "media") == masters_of(filled.folder / "media")
    chain = lines_of(run("audit", "verify", "--json"))[0]
    assert chain["head"] == made["audit_head"]
    key = folder / "instance" / "secret_key"
    assert key.read_bytes() == (filled.folder / "instance" / "secret_key").read_bytes()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert run("reindex").exit_code == 0
    assert lines_of(run("search", "híd", "--json"))[0]["total"] == 2


def test_a_backup_made_while_people_write_is_of_one_moment(
    filled: Filled, run: Run, backup_folder: Path, elsewhere: Callable[[], Path]
) -> None:
    stop, written = Event(), []

    def write() -> None:
        while not stop.is_set():
            image = catalogue.image_by_id(db.session(), filled.free)
            verb = catalogue.unpublish if image.state == "published" else catalogue.publish
            written.append(verb(TESTER, image).version)
        db.release()

    writer = Thread(target=write)
    writer.start()
    try:
        made = subprocess.run(
            [PROGRAM, "backup", backup_folder, "--json"], capture_output=True, check=True
        )
    finally:
        stop.set()
        writer.join()
    elsewhere()
    assert run("restore", backup_folder).exit_code == 0
    chain = lines_of(run("audit", "verify", "--json"))[0]
    assert chain["head"] == json.loads(made.stdout)["audit_head"]
    assert written
    image = catalogue.image_by_id(db.session(), filled.free)
    assert catalogue.own_record(db.session(), image)["state"] == image.state


def test_the_pictures_of_a_restored_archive_are_made_again(
    filled: Filled, run: Run, backup_folder: Path, elsewhere: Callable[[], Path]
) -> None:
    run("backup", backup_folder)
    folder = elsewhere()
    assert run("restore", backup_folder).exit_code == 0
    db.release()
    jobs.run_due()
    states = db.session().execute(select(Picture.state, Picture.sha256)).all()
    assert {state for state, _ in states} == {"ready"}
    for _, digest in states:
        assert list((folder / "media" / "renditions" / digest[:2] / digest).iterdir())


def test_a_backup_is_only_for_its_owner_and_names_every_file(
    filled: Filled, run: Run, backup_folder: Path
) -> None:
    assert run("backup", backup_folder).exit_code == 0
    assert stat.S_IMODE(backup_folder.stat().st_mode) == 0o700
    found = manifest.read(backup_folder)
    moment = backup_folder / "moments" / found.made_at
    names = {f"moments/{found.made_at}/{path.name}" for path in moment.iterdir()}
    assert names == set(found.files)
    assert "secret_key" in found.instance
    assert {stat.S_IMODE(path.stat().st_mode) for path in moment.iterdir()} == {0o600}


def test_the_second_backup_copies_what_is_new(
    filled: Filled, run: Run, backup_folder: Path, tmp_path: Path
) -> None:
    run("backup", backup_folder)
    first = manifest.read(backup_folder)
    catalogue.publish(TESTER, catalogue.image_by_id(db.session(), filled.draft))
    made = lines_of(run("backup", backup_folder, "--incremental", "--json"))[0]
    assert made["copied"] == 0
    assert made["audit_events"] > first.audit_events
    assert [path.name for path in (backup_folder / "moments").iterdir()] == [made["made_at"]]


def test_a_damaged_copy_is_replaced_and_a_damaged_master_replaces_nothing(
    filled: Filled, run: Run, backup_folder: Path
) -> None:
    run("backup", backup_folder)
    good = masters_of(backup_folder)
    copy = next((backup_folder / "masters").glob("??/??/*"))
    spoil(copy)
    assert lines_of(run("backup", backup_folder, "--json"))[0]["copied"] == 1
    assert masters_of(backup_folder) == good
    spoil(filled.folder / "media" / copy.relative_to(backup_folder))
    assert run("backup", backup_folder).exit_code == 0  # the copy is whole, nothing is asked of it
    copy.unlink()
    result = run("backup", backup_folder)
    assert result.exit_code == 1
    assert copy.name in result.stderr
    assert set(masters_of(backup_folder)) == set(good) - {copy.name}


def spoil(path: Path) -> None:
    path.chmod(0o600)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("pattern", ["moments/*/database.sqlite", "moments/*/masters.jsonl"])
def test_a_damaged_backup_is_refused_before_anything_is_written(
    filled: Filled, run: Run, backup_folder: Path, elsewhere: Callable[[], Path], pattern: str
) -> None:
    run("backup", backup_folder)
    spoil(next(backup_folder.glob(pattern)))
    folder = elsewhere()
    result = run("restore", backup_folder)
    assert result.exit_code == 1
    assert "is damaged" in result.output
    assert not folder.exists()


def test_a_changed_manifest_is_refused(
    filled: Filled, run: Run, backup_folder: Path, elsewhere: Callable[[], Path]
) -> None:
    run("backup", backup_folder)
    path = backup_folder / "manifest.json"
    said = json.loads(path.read_bytes())
    said["backup"]["audit_head"] = "0" * 64
    path.write_text(json.dumps(said))
    elsewhere()
    assert "was changed after the backup" in run("restore", backup_folder).output


def test_an_archive_that_is_there_is_not_touched(
    filled: Filled, run: Run, backup_folder: Path, tmp_path: Path
) -> None:
    before = dumped(run, tmp_path / "before")
    run("backup", backup_folder)
    result = run("restore", backup_folder)
    assert result.exit_code == 1
    assert "there is an archive here already" in result.output
    assert dumped(run, tmp_path / "after") == before


def test_masters_that_are_only_listed_are_brought_otherwise(
    filled: Filled, run: Run, backup_folder: Path, elsewhere: Callable[[], Path]
) -> None:
    assert run("backup", backup_folder, "--masters", "manifest").exit_code == 0
    assert masters_of(backup_folder) == {}
    folder = elsewhere()
    shutil.copytree(filled.folder / "media" / "masters", folder / "media" / "masters")
    spoil(next((folder / "media" / "masters").glob("??/??/*")))
    result = run("restore", backup_folder, "--json")
    assert result.exit_code == 1
    assert len(lines_of(result)[0]["missing"]) == 1


def test_a_restore_that_was_interrupted_goes_on(
    filled: Filled, run: Run, backup_folder: Path, elsewhere: Callable[[], Path]
) -> None:
    run("backup", backup_folder)
    folder = elsewhere()
    assert run("restore", backup_folder).exit_code == 0
    db.disconnect()
    for path in (folder / "instance").glob("pillanat.db*"):
        path.unlink()
    next((folder / "media" / "masters").glob("??/??/*")).unlink()
    assert run("restore", backup_folder).exit_code == 0
    assert len(masters_of(folder / "media")) == 3


def test_the_keys_of_another_archive_are_not_overwritten(
    filled: Filled, run: Run, backup_folder: Path, elsewhere: Callable[[], Path]
) -> None:
    run("backup", backup_folder)
    folder = elsewhere()
    (folder / "instance").mkdir(parents=True)
    (folder / "instance" / "secret_key").write_text("another")
    result = run("restore", backup_folder)
    assert "differs from the backup" in result.output
    assert (folder / "instance" / "secret_key").read_text() == "another"


def test_folders_that_are_no_place_for_a_backup(filled: Filled, run: Run, tmp_path: Path) -> None:
    inside = run("backup", filled.folder / "media" / "backup")
    assert "the archive's own folder" in inside.output
    full = tmp_path / "letters"
    full.mkdir()
    (full / "letter.txt").write_text("Dear")
    assert "holds something else" in run("backup", full).output
    assert [path.name for path in full.iterdir()] == ["letter.txt"]
    assert "holds no finished backup" in run("restore", full).output


def test_a_backup_without_room_leaves_the_one_before(
    filled: Filled, run: Run, backup_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("backup", backup_folder)
    before = manifest.read(backup_folder)
    shutil.rmtree(backup_folder / "masters")
    (backup_folder / "masters").write_text("not a folder: nothing can be written here")
    result = run("backup", backup_folder)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    (backup_folder / "masters").unlink()
    assert manifest.read(backup_folder) == before
    manifest.check(backup_folder, before)


def test_masters_kept_by_reference_stay_where_they_are(
    filled: Filled, run: Run, backup_folder: Path
) -> None:
    with db.transaction() as session:
        for stored in session.scalars(select(StoredFile).limit(1)):
            stored.address = "/mnt/scans/1.tif"
    made = lines_of(run("backup", backup_folder, "--json"))[0]
    assert (made["copied"], made["elsewhere"]) == (2, 1)


@pytest.mark.postgresql
def test_postgresql_is_backed_up_and_brought_back(
    filled_postgres: Filled,
    run: Run,
    backup_folder: Path,
    elsewhere: Callable[[], Path],
    postgres_server: postgres.PostgresServer,
    monkeypatch: pytest.MonkeyPatch,
    needs: Callable[..., None],
    tmp_path: Path,
) -> None:
    needs((postgres_server.binaries / "pg_dump").exists(), "pg_dump beside the PostgreSQL server")
    monkeypatch.setenv("PATH", f"{postgres_server.binaries}{os.pathsep}{os.environ['PATH']}")
    before = dumped(run, tmp_path / "before")
    assert run("backup", backup_folder).exit_code == 0
    elsewhere()
    assert "means sqlite" in restored_into(run, backup_folder, "", monkeypatch)
    empty = postgres_server.create("restored")
    restored_into(run, backup_folder, empty, monkeypatch)
    assert dumped(run, tmp_path / "after") == before
    assert "there is an archive here already" in restored_into(
        run, backup_folder, empty, monkeypatch
    )
    db.disconnect()
    postgres_server.drop("restored")


def restored_into(run: Run, folder: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PILLANAT_DATABASE_URL", address)
    return run("restore", folder).output


@pytest.mark.postgresql
def test_a_missing_pg_dump_is_named(
    filled_postgres: Filled, run: Run, backup_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(backup_folder))
    result = run("backup", backup_folder)
    assert result.exit_code == 1
    assert "pg_dump is missing" in result.output


def test_the_settings_of_the_backup_hold_after_the_restore(
    filled: Filled, run: Run, backup_folder: Path, elsewhere: Callable[[], Path]
) -> None:
    (filled.folder / "instance" / "pillanat.toml").write_text('site_name = "Próba"\n')
    run("backup", backup_folder)
    elsewhere()
    assert run("restore", backup_folder).exit_code == 0
    assert Settings.load().site_name == "Próba"
