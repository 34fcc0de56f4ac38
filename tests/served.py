"""The archive as a web site, for tests: in this process, and as the program that people start.

`client` asks without a network, `address` serves the same application to a browser from a thread,
`served` is `pillanat serve` itself. The invariant: each has an archive of its own, which is empty.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any, cast
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from archive import db
from archive.app import create_app
from archive.settings import Settings

PATIENCE_S = 120


@pytest.fixture
def app(settings: Settings, sqlite_template: Path) -> Iterator[Flask]:
    """The application on a fresh archive in this test's folder."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(sqlite_template, settings.instance / "pillanat.db")
    yield create_app(settings)
    db.disconnect()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Asks `app` for pages, as a browser without scripts would."""
    return app.test_client()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The address at which a thread of this process serves `app`."""
    server = make_server("127.0.0.1", 0, _whole(app), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _whole(app: Flask) -> Callable[..., Iterable[bytes]]:
    """The application with answers read to their end: where a browser hangs up half-way, this
    server would leave a file open that is being sent."""

    def answer(environ: Any, start_response: Any) -> Iterable[bytes]:
        with closing(cast(Any, app(environ, start_response))) as parts:
            return [b"".join(parts)]

    return answer


@pytest.fixture
def served(tmp_path: Path, sqlite_template: Path) -> Iterator[str]:
    """The address of `pillanat serve`, with its worker, on a fresh archive below `tmp_path`."""
    (tmp_path / "instance").mkdir()
    shutil.copyfile(sqlite_template, tmp_path / "instance" / "pillanat.db")
    port = free_port()
    program = Path(sys.executable).with_name("pillanat")
    environ = {**os.environ, "PILLANAT_DATA": str(tmp_path)}
    with (tmp_path / "serve.log").open("w") as log:
        process = subprocess.Popen(
            [program, "serve", "--port", str(port)], env=environ, stdout=log, stderr=log
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(f"{address}/readyz", process)
        yield address
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(page: str, process: subprocess.Popen[bytes]) -> None:
    """Ask until the server answers; raises when it ended or stayed silent for a minute."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and process.poll() is None:
        if answers(page):
            return
        time.sleep(0.05)
    raise RuntimeError(f"{page} does not answer; the server's exit code: {process.poll()}")


def answers(page: str) -> bool:
    """Whether a page is there and well."""
    try:
        with urlopen(page, timeout=PATIENCE_S):
            return True
    except HTTPError as refusal:
        refusal.close()
    except URLError:
        pass
    return False
