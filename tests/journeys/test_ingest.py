"""`pillanat ingest` as people run it: real folders and catalogues, the promises of the contract."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Picture
from sqlalchemy import func, select

from archive import db, history
from archive import settings as chosen
from archive.catalogue import service as catalogue
from archive.catalogue.models import Asset, Image
from archive.ingest import service
from archive.ingest.models import OUTCOMES
from archive.ingest.run import Result
from archive.ingest.service import Request, Summary
from archive.settings import Settings
from archive.storage import StoredFile

ACTOR = history.system("a test")
FOLDERS = {
    "bagit-loc-si": 1, "exif-samples": 0, "exiv2-iptc-xmp": 0, "fortepan": 0, "from-packages": 0,
    "metadata-extractor": 1, "nyc-nypl": 0, "orientation": 0, "pillow-formats": 1,
    "watkins-1890": 0,
}  # fmt: skip
ROWS = {
    "bath_historical_images": 110, "butler_library_iiif": 50, "edmonton_city_archives": 200,
    "fortepan_budapest_hu": 400, "fsa_owi_photogrammar": 300, "hirahara_wsu": 150,
    "idaho_cities": 180, "nw_postcards_compound_objects": 385, "nypl_pd_collections": 60,
    "oldnyc_nypl": 300, "seattle_public_library": 150, "teenie_harris": 300,
}  # fmt: skip


@pytest.fixture
def archive(settings: Settings, sqlite_url: str) -> Iterator[Settings]:
    mine = chosen.use(settings.model_copy(update={"database_url": sqlite_url}))
    db.connect(mine.database)
    yield mine
    db.disconnect()


def take(**wishes: Any) -> tuple[Summary, list[Result]]:
    request, told = Request(**wishes), []
    prepared = service.prepare(request)
    batch = service.open_batch(ACTOR, request, prepared)
    summary = service.run_batch(batch.id, prepared=prepared, tell=told.extend)
    assert summary.counts == {**dict.fromkeys(OUTCOMES, 0), **Counter(r.outcome for r in told)}
    assert all(result.reason.sentence(lang) for result in told for lang in ("hu", "en"))
    return summary, told


def count(model: Any) -> int:
    return db.session().scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize("folder", FOLDERS)
def test_real_folders_are_taken_in_whole(shared_data: Path, archive: Settings, folder: str) -> None:
    path = shared_data / "images" / folder
    files = sorted(entry.name for entry in path.iterdir() if entry.suffix != ".csv")
    summary, told = take(paths=[path])
    assert sorted(Path(result.path).name for result in told) == files
    assert summary.counts["refused"] == FOLDERS[folder]
    assert summary.counts["received"] == count(Asset) == len(files) - FOLDERS[folder]
    masters = {found.name for found in (archive.media / "masters").rglob("*") if found.is_file()}
    assert masters == set(db.session().scalars(select(StoredFile.sha256)))
    again, _ = take(paths=[path])
    assert again.counts["unchanged"] == summary.counts["received"]
    assert again.counts["refused"] == FOLDERS[folder]


def test_no_folder_or_catalogue_of_real_data_was_forgotten(shared_data: Path) -> None:
    assert {path.name for path in (shared_data / "images").iterdir()} == set(FOLDERS)
    named = {path.stem for path in (shared_data / "catalogues").glob("*.csv")}
    assert named == {*ROWS, "wikidata_hungarian_photographers"}


@pytest.mark.parametrize("name", ROWS)
def test_real_catalogues_are_described_row_by_row(
    shared_data: Path, archive: Settings, name: str
) -> None:
    summary, told = take(spreadsheet=shared_data / "catalogues" / f"{name}.csv")
    assert sum(summary.counts.values()) == ROWS[name]
    assert summary.counts["duplicate"] == (4 if name == "seattle_public_library" else 0)
    orphans = 1 if name == "nw_postcards_compound_objects" else 0
    assert summary.counts["described"] == ROWS[name] - orphans - summary.counts["duplicate"]
    images = {result.image for result in told if result.image}
    assert count(Image) == len(images)
    some = sorted(images)[:10]
    assert all(catalogue.read(key, ACTOR).record["title"] for key in some)


def test_a_list_of_people_makes_no_photographs(shared_data: Path, archive: Settings) -> None:
    path = shared_data / "catalogues" / "wikidata_hungarian_photographers.csv"
    summary, told = take(spreadsheet=path)
    # Sixteen people are listed twice, once for each of two citizenships.
    assert (summary.counts["refused"], summary.counts["duplicate"], len(told)) == (384, 16, 400)
    refused = [result for result in told if result.outcome == "refused"]
    assert {result.reason.code for result in refused} == {"row_without_photograph"}
    assert count(Image) == 0


def test_watkins_is_described_by_its_list(shared_data: Path, archive: Settings) -> None:
    _, told = take(paths=[shared_data / "images" / "watkins-1890"])
    key = next(result.image for result in told if result.path.endswith("89-1169.jpg"))
    record = catalogue.read(key, ACTOR).record
    assert record["title"] == {"en": "Anaconda Mine 1000 ft. level West [no. 1169]"}
    assert [date["edtf"] for date in record["dates"]] == ["1890"]
    assert [(a["role"], a["name"]) for a in record["agents"]] == [
        ("creator", "Carleton E. Watkins")
    ]
    assert record["rights"]["statement"] == "http://rightsstatements.org/vocab/NoC-US/1.0/"
    assert {"kind": "source_id", "value": "89-1169", "authority": ""} in record["identifiers"]
    assert record["places"][0]["name"] == {"und": "Anaconda Mine"}
    assert record["unit"]["ref"] == "WATKINS-1890"


# --- the command ---


@pytest.fixture
def begun(tmp_path: Path, sqlite_template: Path) -> Path:
    data = tmp_path / "archive"
    (data / "instance").mkdir(parents=True)
    shutil.copyfile(sqlite_template, data / "instance" / "pillanat.db")
    return data


@pytest.fixture
def box(tmp_path: Path) -> Path:
    folder = tmp_path / "Családi album"
    folder.mkdir()
    for number in range(3):
        Picture.new("RGB", (9, 9), (number * 60, 1, 1)).save(folder / f"kép {number}.png")
    (folder / "jegyzet.txt").write_text("x")
    return folder


def pillanat(data: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("pillanat")
    environ = {**os.environ, "PILLANAT_DATA": str(data)}
    return subprocess.run(
        [program, *map(str, words)], env=environ, capture_output=True, text=True, encoding="utf-8"
    )


def test_json_lines_keep_the_contract(begun: Path, box: Path) -> None:
    ended = pillanat(begun, "ingest", box, "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    *files, last = [json.loads(line) for line in ended.stdout.splitlines()]
    assert all({"path", "outcome", "id", "reason"} <= line.keys() for line in files)
    assert Counter(line["outcome"] for line in files) == {"received": 3, "refused": 1}
    assert {line["path"] for line in files} == {str(path) for path in box.iterdir()}
    assert all(bool(line["id"]) == (line["outcome"] == "received") for line in files)
    summary = last["summary"]
    assert {name: summary[name] for name in OUTCOMES} == {
        **dict.fromkeys(OUTCOMES, 0), "received": 3, "refused": 1,
    }  # fmt: skip
    assert summary["seconds"] > 0


def test_a_rehearsal_then_the_run_then_again(begun: Path, box: Path) -> None:
    rehearsed = pillanat(begun, "ingest", box, "--dry-run")
    assert rehearsed.returncode == 0
    assert not (begun / "media" / "masters").exists()
    ran = pillanat(begun, "ingest", box)
    assert "received" in ran.stdout
    assert "for CSALADI-ALBUM." in ran.stdout
    assert "jegyzet.txt: This is not a picture file." in ran.stdout
    again = pillanat(begun, "ingest", box)
    assert again.returncode == 0
    assert [line.split()[:2] for line in again.stdout.splitlines() if "unchanged" in line] == [
        ["unchanged", "3"]
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere"], "No such file or folder"),
        (["EMPTY"], "holds no photographs"),
        (["BOX", "--unit", "HU-NO"], "There is no unit HU-NO"),
        (["BOX", "--mapping", "nobody"], "There is no mapping named nobody"),
        (["BOX", "--spreadsheet", "LIST"], "it lacks a column of file names"),
        (["BOX", "--spreadsheet", "LIST", "--mapping", "MAPPING"], "The spreadsheet lacks Szerző"),
        (["--spreadsheet", "BROKEN"], "cannot be read"),
    ],
)
def test_what_cannot_begin_says_why_and_ends_with_2(
    begun: Path, box: Path, tmp_path: Path, words: list[str], sentence: str
) -> None:
    made = {name: tmp_path / name for name in ("EMPTY", "LIST", "MAPPING", "BROKEN")}
    made["EMPTY"].mkdir()
    made["LIST"] = tmp_path / "lista.csv"
    made["LIST"].write_text("cím;év\nEgy;1956\n")
    made["MAPPING"].write_text(json.dumps({"columns": {"Szerző": "creator"}}))
    made["BROKEN"] = tmp_path / "lista.xlsx"
    made["BROKEN"].write_bytes(b"not a workbook")
    ended = pillanat(begun, "ingest", *[made.get(w, box if w == "BOX" else w) for w in words])
    assert ended.returncode == 2
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_mapping_file_and_a_unit_are_used(begun: Path, box: Path, tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("x;y\nkép 0.png;Nyári nap\n")
    mapping = {"columns": {"x": "filename", "y": "title"}, "language": "hu"}
    (tmp_path / "m.json").write_text(json.dumps(mapping))
    pillanat(begun, "ingest", box / "kép 1.png")
    words = ["--spreadsheet", tmp_path / "l.csv", "--mapping", tmp_path / "m.json"]
    ended = pillanat(begun, "ingest", box, *words, "--unit", "CSALADI-ALBUM", "--json")
    assert ended.returncode == 0, ended.stderr
    lines = {
        Path(line["path"]).name: line for line in map(json.loads, ended.stdout.splitlines()[:-1])
    }
    assert lines["kép 0.png"]["outcome"] == "received"
    assert lines["kép 1.png"]["outcome"] == "unchanged"
    db.connect(f"sqlite:///{begun / 'instance' / 'pillanat.db'}")
    record = catalogue.read(lines["kép 0.png"]["id"], ACTOR).record
    db.disconnect()
    assert record["title"] == {"hu": "Nyári nap"}
    assert record["unit"]["ref"] == "CSALADI-ALBUM"


def test_publishing_says_what_the_drafts_lack(begun: Path, box: Path) -> None:
    (box / "l.csv").write_text(
        "fájlnév;dátum;fényképész;jogi státusz;cím\n"
        "kép 0.png;1956;Kis Pál;CC0;Nyár\nkép 1.png;;Kis Pál;CC0;Tél\n"
    )
    ended = pillanat(begun, "ingest", box, "--publish")
    assert "left as drafts: 2, for want of a date (2), a " in ended.stdout
    with sqlite3.connect(begun / "instance" / "pillanat.db") as database:
        states = database.execute("SELECT state, count(*) FROM image GROUP BY state").fetchall()
    assert dict(states) == {"draft": 2, "published": 1}


def test_paths_are_told_as_they_were_given(begun: Path, box: Path) -> None:
    program = Path(sys.executable).with_name("pillanat")
    environ = {**os.environ, "PILLANAT_DATA": str(begun)}
    told = []
    for folder, given in ((box.parent, box.name), (box, ".")):
        ended = subprocess.run(
            [program, "ingest", given, "--unit", "X", "--json"], cwd=folder, env=environ,
            capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
        assert ended.returncode == 2
        ended = subprocess.run(
            [program, "ingest", given, "--json"], cwd=folder, env=environ,
            capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
        told.append([json.loads(line) for line in ended.stdout.splitlines()[:-1]])
    assert {line["path"] for line in told[0]} == {f"{box.name}/{p.name}" for p in box.iterdir()}
    assert {line["path"] for line in told[1]} == {f"./{path.name}" for path in box.iterdir()}
    assert Counter(line["outcome"] for line in told[1]) == {"unchanged": 3, "refused": 1}
