"""`pillanat serve` and `pillanat worker`: the two processes of a running archive."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading

import click
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from archive import db, logs, work
from archive.commands.opening import open_archive

PAUSE_S = 2.0
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - told apart, not listened on


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the web site, with a worker beside it unless PILLANAT_SERVE_WORKER says no."""
    settings = open_archive()
    if settings.source_of("base_url") == "default":
        # Children read it there: what they print into letters and files must lead back here.
        known_as = "127.0.0.1" if host in EVERYWHERE else host
        os.environ["PILLANAT_BASE_URL"] = f"http://{known_as}:{port}"
    # Each server process begins afresh: nothing of ours may be shared by forking.
    db.disconnect()
    multiprocessing.set_start_method("spawn")
    server = Server(
        "archive.commands.served:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=settings.serve_processes,
        blocking_threads=settings.serve_threads,
        factory=True,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_dictconfig=logs.CONFIG,
        log_level=LogLevels.error,
    )
    stop = threading.Event()
    if settings.serve_worker:
        server.on_startup(lambda: _start_worker(stop))
        server.on_shutdown(stop.set)
    click.echo(f"Pillanat is served at http://{host}:{port}")
    server.serve()


@click.command()
@click.option("--with-parent", is_flag=True, hidden=True, help="End with standard input.")
def worker(with_parent: bool) -> None:
    """Work off background jobs and keep the index, until told to stop."""
    settings = open_archive()
    logs.configure()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    if with_parent:
        threading.Thread(target=_end_with_parent, args=(stop,), daemon=True).start()
    work.run(stop, settings)


def _start_worker(stop: threading.Event) -> None:
    threading.Thread(target=_keep_worker, args=(stop,), name="worker", daemon=False).start()


def _keep_worker(stop: threading.Event) -> None:
    """Run a worker as a child, and another one when it ends too early.

    The child reads a pipe of ours: when this process dies in whatever way, the pipe closes and
    the child stops by itself.
    """
    while not stop.is_set():
        command = [sys.executable, "-m", "archive.cli", "worker", "--with-parent"]
        child = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 - our own words
        while child.poll() is None and not stop.wait(0.2):
            pass
        child.communicate()
        stop.wait(PAUSE_S)


def _end_with_parent(stop: threading.Event) -> None:
    sys.stdin.buffer.read()
    stop.set()
