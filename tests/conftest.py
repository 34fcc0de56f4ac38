"""The test bench: what every test may ask for by name.

`needs` names what is missing and skips, or fails where everything must be there (CI=true).
`shared_data` is the folder of real data beside the project. Databases are in `databases.py`, the
browser in `chromium.py`. The invariant: no test touches the data of the installation it runs in.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from archive.settings import Settings

pytest_plugins = ["tests.databases", "tests.chromium", "tests.demo"]

PROJECT = Path(__file__).resolve().parent.parent
SHARED_DATA = "PILLANAT_SHARED_DATA"
SAMPLE = 12
Point = TypeVar("Point")

# A slow machine is no failure of the archive: no example is timed.
hypothesis_settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile(
    "drill", hypothesis_settings.get_profile("untimed"), max_examples=1000
)
hypothesis_settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--every-fault", action="store_true", help="every point of a fault test, not a sample"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Forget the settings of the installation; what names no folder of its own gets a new one."""
    if config.getoption("--every-fault"):
        hypothesis_settings.load_profile("drill")
    for name in [name for name in os.environ if name.startswith("PILLANAT_")]:
        if name != SHARED_DATA:
            del os.environ[name]
    folder = tempfile.TemporaryDirectory(prefix="pillanat-", ignore_cleanup_errors=True)
    config.add_cleanup(folder.cleanup)
    os.environ["PILLANAT_DATA"] = folder.name


@pytest.fixture(scope="session")
def needs() -> Callable[..., None]:
    """`needs(found, "what it is")` skips with that reason when nothing was found; fails in CI."""

    def check(found: object, what: str) -> None:
        if found:
            return
        if os.environ.get("CI") == "true":
            pytest.fail(f"missing: {what}", pytrace=False)
        pytest.skip(f"missing: {what}")

    return check


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data, which is not part of the repository; without it the test skips."""
    folder = Path(os.environ.get(SHARED_DATA, PROJECT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the folder of real data {folder} is missing; {SHARED_DATA} may name another")
    return folder


@pytest.fixture(scope="session")
def word_folder(request: pytest.FixtureRequest) -> Path:
    """The dictionaries of the search, made once and kept in pytest's own cache."""
    assert request.config.cache is not None
    return request.config.cache.mkdir("search-words")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an empty archive in a folder of this test's own."""
    return Settings(data=tmp_path, secret_key="a key for tests only")


@pytest.fixture
def fault_points(request: pytest.FixtureRequest) -> Callable[..., Sequence[Point]]:
    """Choose where a fault is tried: everywhere with --every-fault, else at spread points."""

    def choose(points: Sequence[Point], *, sample: int = SAMPLE) -> Sequence[Point]:
        if request.config.getoption("--every-fault") or len(points) <= sample:
            return points
        return [points[index * len(points) // sample] for index in range(sample)]

    return choose
