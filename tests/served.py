"""The archive as a web site, for tests: in this process, and as the program that people start.

`client` asks without a network, `address` serves the same application to a browser from a thread,
`served` is `pillanat serve` itself. The invariant: each has an archive of its own, which is empty.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from archive import db
from archive.app import create_app
from archive.settings import Settings
from tests.databases import begin

PATIENCE_S = 120


@pytest.fixture
def app(settings: Settings, sqlite_template: Path, word_folder: Path) -> Iterator[Flask]:
    """The application on a fresh archive in this test's folder."""
    begin(settings, sqlite_template, word_folder)
    yield create_app(settings)
    db.disconnect()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Asks `app` for pages, as a browser without scripts would."""
    return app.test_client()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The address at which a thread of this process serves `app`."""
    with opened(app) as place:
        yield place


@contextmanager
def opened(app: Flask) -> Iterator[str]:
    """The address at which a thread of this process serves an archive."""
    server = make_server("127.0.0.1", 0, _whole(app), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _whole(app: Flask) -> Callable[..., Iterable[bytes]]:
    """The application with answers read to their end: where a browser hangs up half-way, this
    server would leave a file open that is being sent."""

    def answer(environ: Any, start_response: Any) -> Iterable[bytes]:
        parts: Any = app(environ, start_response)
        try:
            return [b"".join(parts)]
        finally:
            getattr(parts, "close", list)()

    return answer


@pytest.fixture
def served(settings: Settings, sqlite_template: Path, word_folder: Path) -> Iterator[str]:
    """The address of `pillanat serve`, with its worker, on a fresh archive of this test's own."""
    begin(settings, sqlite_template, word_folder)
    port = free_port()
    program = Path(sys.executable).with_name("pillanat")
    environ = {**os.environ, "PILLANAT_DATA": str(settings.data)}
    with (settings.data / "serve.log").open("w") as log:
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
