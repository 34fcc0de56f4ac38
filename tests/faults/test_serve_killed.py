"""When `pillanat serve` is killed, its worker and its web processes end by themselves."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.served import free_port, wait_until_ready

PATIENCE_S = 60


def test_a_killed_server_leaves_nobody_behind(tmp_path: Path, sqlite_template: Path) -> None:
    (tmp_path / "instance").mkdir()
    shutil.copyfile(sqlite_template, tmp_path / "instance" / "pillanat.db")
    port = free_port()
    program = Path(sys.executable).with_name("pillanat")
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [program, "serve", "--port", str(port)],
        env={**os.environ, "PILLANAT_DATA": str(tmp_path)},
        stdout=writing,
        stderr=writing,
    )
    os.close(writing)
    output = threading.Thread(target=drain, args=(reading,), daemon=True)
    output.start()
    wait_until_ready(f"http://127.0.0.1:{port}/readyz", process)
    process.kill()
    process.wait()
    # Every descendant holds the other end of this pipe: it closes with the last of them.
    output.join(PATIENCE_S)
    assert not output.is_alive()
    assert refuses(port)


def drain(handle: int) -> None:
    with os.fdopen(handle, "rb") as pipe:
        pipe.read()


def refuses(port: int) -> bool:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            return True
    return False
