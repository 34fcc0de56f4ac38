"""Archives of their own for the commands, and a way to call these as people do.

`run("search", "híd", "--json")` calls the program within this process; the archive is the one that
PILLANAT_DATA names. The invariant: a command reads its settings from the environment, like anybody.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner, Result
from PIL import Image as Drawing

from archive import db, jobs, settings
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import DateDraft, Draft, FileDraft, Rights
from archive.catalogue.models import Unit
from archive.cli import main
from archive.commands.begin import prepare
from archive.commands.opening import open_archive
from archive.history import system
from archive.media import service as media
from archive.settings import Settings

TESTER = system("tests")
FREE = "http://creativecommons.org/publicdomain/mark/1.0/"
PROTECTED = "http://rightsstatements.org/vocab/InC/1.0/"
Run = Callable[..., Result]


class Filled(NamedTuple):
    """An archive with a free, a protected and a draft photograph: public identifiers."""

    folder: Path
    free: str
    protected: str
    draft: str


@pytest.fixture
def folder(
    tmp_path: Path,
    sqlite_template: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Iterator[Path]:
    """The folder of an empty archive that commands find."""
    data = tmp_path / "archive"
    monkeypatch.setenv("PILLANAT_DATA", str(data))
    (data / "instance").mkdir(parents=True)
    shutil.copyfile(sqlite_template, data / "instance" / "pillanat.db")
    prepare(Settings.load())
    assert request.config.cache is not None
    (data / "search_index" / "words").symlink_to(request.config.cache.mkdir("search-words"))
    open_archive()
    yield data
    _close()
    monkeypatch.undo()
    settings.use(Settings.load())


@pytest.fixture
def filled(folder: Path, tmp_path: Path) -> Filled:
    """An archive with three photographs in two series; there is no index of it yet."""
    return _fill(folder, tmp_path)


@pytest.fixture
def filled_postgres(
    folder: Path, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Filled]:
    """The same archive with a PostgreSQL database."""
    monkeypatch.setenv("PILLANAT_DATABASE_URL", postgres_url)
    open_archive()
    yield _fill(folder, tmp_path)
    _close()


def _fill(folder: Path, tmp_path: Path) -> Filled:
    fonds = catalogue.add_unit(TESTER, ref_code="HU-T", title={"hu": "Próbafond"})
    bridges = catalogue.add_unit(
        TESTER, ref_code="HU-T-1", title={"hu": "Hidak"}, level="series", parent=fonds
    )
    free = _photograph(bridges, tmp_path, 1, "A híd roncsai", FREE)
    protected = _photograph(bridges, tmp_path, 2, "=Híd este", PROTECTED)
    draft = _photograph(fonds, tmp_path, 3, "Kiadatlan híd", FREE, published=False)
    return Filled(folder, free, protected, draft)


@pytest.fixture
def run() -> Run:
    """`run("index", "status")`: the program's answer, as `result.exit_code` and `.output`."""

    def call(*arguments: str | Path, **more: Any) -> Result:
        db.release()
        return CliRunner().invoke(main, [str(argument) for argument in arguments], **more)

    return call


def lines_of(result: Result) -> list[dict[str, Any]]:
    """What a command with --json has said."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def _photograph(
    unit: Unit, folder: Path, number: int, title: str, statement: str, *, published: bool = True
) -> str:
    path = folder / f"{number}.jpg"
    Drawing.new("RGB", (60, 40), (number * 40, 90, 20)).save(path)
    draft = Draft(ref_code=f"{unit.ref_code}/{number}", creator_unknown=True)
    draft.rights = Rights(rights_statement=statement, credit_line="Próba Archívum")
    draft.title("hu", title)
    draft.dates.append(DateDraft("1956. október 23.", "hu"))
    kept = media.masters().put_file(path)
    file = FileDraft(kept, path.name, mime="image/jpeg", width=60, height=40)
    image = catalogue.accession(TESTER, unit, draft, [file])
    if published:
        catalogue.publish(TESTER, image)
    return image.public_id


def _close() -> None:
    jobs.disconnect()
    db.disconnect()
