"""The demo archive for tests: made once a session as people make it, copied, and served.

Workers of one session share it; whoever comes first makes it. The invariant: a test that writes
has a copy of its own.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page

from tests.chromium import sign_in
from tests.served import PATIENCE_S, free_port, wait_until_ready

SIZE = "1000"
PROGRAM = Path(sys.executable).with_name("pillanat")


@dataclass(frozen=True)
class Demo:
    """A served demo archive with its accounts."""

    address: str
    folder: Path
    passwords: dict[str, str]

    def sign_in(self, page: Page, email: str) -> None:
        """Sign in as one of its people."""
        sign_in(page, self.address, email, self.passwords[email])


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished demo archive that nobody writes to."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "demo"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "instance" / "demo-accounts.txt").exists():
            environ = {**os.environ, "PILLANAT_DATA": str(folder)}
            subprocess.run([PROGRAM, "demo", "--size", SIZE], env=environ, check=True)
    return folder


@pytest.fixture(scope="module")
def demo(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """`pillanat serve` with its worker on a copy of the demo."""
    folder = tmp_path_factory.mktemp("demo") / "archive"
    shutil.copytree(demo_folder, folder)
    with serving(folder) as address:
        wait_until_indexed(address)
        lines = (folder / "instance" / "demo-accounts.txt").read_text().splitlines()
        yield Demo(address, folder, dict(line.split() for line in lines))


def wait_until_indexed(address: str) -> None:
    """Until the index answers, the database does, with a notice and fewer words."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        with urlopen(f"{address}/search.json?q=nok", timeout=PATIENCE_S) as answer:
            if not json.load(answer)["notices"]:
                return
        time.sleep(0.2)
    raise RuntimeError("the index was not ready in time")


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The program as people start it, on the archive in `folder`."""
    port = free_port()
    environ = {
        **os.environ,
        "PILLANAT_DATA": str(folder),
        "PILLANAT_SIGN_IN_RATE": "500 per minute",
    }
    with (folder / "serve.log").open("w") as log:
        process = subprocess.Popen(
            [PROGRAM, "serve", "--port", str(port)], env=environ, stdout=log, stderr=log
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(f"{address}/readyz", process)
        yield address
    finally:
        process.terminate()
        process.wait(PATIENCE_S)
