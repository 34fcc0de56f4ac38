"""The port's suite on the original Whoosh of 2016, so that the archive never hangs on one fork.

Its wheel is installed beside, into pytest's cache, by `pip` and checked by its digest.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PINNED = Path(__file__).with_name("whoosh-2.7.4.txt")
SUITE = Path(__file__).with_name("test_conformance.py")
PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture
def old_whoosh(
    request: pytest.FixtureRequest, tmp_path: Path, needs: Callable[..., None]
) -> dict[str, str]:
    """The environment of a program that imports Whoosh 2.7.4."""
    assert request.config.cache is not None
    library = Path(request.config.cache.mkdir("whoosh-2.7.4")) / "library"
    if not library.is_dir():
        install = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "--no-deps",
        ]
        begun = tmp_path / "library"
        done = subprocess.run(
            [*install, "--only-binary=:all:", "--target", begun, "--requirement", PINNED],
            capture_output=True,
            text=True,
        )
        needs(done.returncode == 0, f"Whoosh 2.7.4 from the package index ({done.stderr[-200:]})")
        shutil.copytree(begun, library.with_name(f"begun-{os.getpid()}"))
        library.with_name(f"begun-{os.getpid()}").replace(library)
    return {**os.environ, "PYTHONPATH": str(library), "PYTEST_ADDOPTS": ""}


def test_the_suite_of_the_port_passes_on_the_original_whoosh(old_whoosh: dict[str, str]) -> None:
    said = "from archive.search.whoosh_engine.store import FORMAT; print(FORMAT)"
    told = subprocess.run(
        [sys.executable, "-c", said], env=old_whoosh, cwd=PROJECT, capture_output=True, text=True
    )
    assert told.stdout.strip().endswith("-whoosh-2.7.4"), told.stderr
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", SUITE],
        env=old_whoosh,
        cwd=PROJECT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout or "100%" in done.stdout
