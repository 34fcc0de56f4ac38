"""The wheel is the whole program: it carries what git does not keep, and runs where it lands."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

PROJECT = Path(__file__).resolve().parents[3]
VENDOR = "archive/static/vendor"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, built in a folder of its own."""
    tree = tmp_path_factory.mktemp("tree")
    for name in ("archive", "migrations"):
        shutil.copytree(PROJECT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copyfile(PROJECT / name, tree / name)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "wheel"]
    subprocess.run([*pip, "--no-build-isolation", "--no-deps", "."], cwd=tree, check=True)
    return next(tree.glob("*.whl"))


def test_the_wheel_carries_all_that_the_program_reads(wheel: Path) -> None:
    kept = subprocess.run(
        ["git", "ls-files", "archive", "migrations"], cwd=PROJECT, capture_output=True, text=True
    )
    sources = {name for name in kept.stdout.split() if (PROJECT / name).exists()}
    vendored = {
        str(path.relative_to(PROJECT))
        for path in (PROJECT / VENDOR).rglob("[!.]*")
        if path.is_file()
    }
    words = {str(path.relative_to(PROJECT)) for path in PROJECT.glob("archive/**/*.mo")}
    assert f"{VENDOR}/fonts/source-serif-4.woff2" in vendored
    assert words
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert sorted((sources | vendored | words) - names) == []


def test_an_archive_begins_from_an_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    site = tmp_path / "site"
    subprocess.run([*pip, "--no-deps", "--target", site, wheel], check=True)
    environ = {**os.environ, "PYTHONPATH": str(site), "PILLANAT_DATA": str(tmp_path / "data")}
    begun = subprocess.run(
        [site / "bin" / "pillanat", "init", "--email", "a@example.org", "--password-stdin"],
        input="a long enough sentence of words\n",
        env=environ,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert begun.returncode == 0, begun.stderr
    assert (tmp_path / "data" / "instance" / "pillanat.db").exists()
