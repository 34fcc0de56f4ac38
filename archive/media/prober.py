"""A long-lived child process that probes files, so that a hostile file can harm only the child.

    with Prober() as prober:
        found = prober.probe(path)

The child has an address-space limit, a CPU limit renewed for every file and a wall limit kept by
the parent; when one is reached the child is killed, the file is refused and the next file gets a
new child. The two speak JSON, never pickles: what a captured child sends cannot run in the parent.
Invariant: probe() always returns a Probe, and no child outlives its Prober.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any

from archive.media.fields import Fields
from archive.media.limits import Limits, confine, renew_cpu
from archive.media.probe import Probe, probe, refused

LONGEST_ANSWER = 512 * 1024 * 1024
MEMORY_EXIT = 70
BLAMES_THE_CHILD = {"too_much_memory", "reader_failed"}


class _TimeUp(Exception):
    """The child did not answer within the wall limit."""


class Prober:
    """Probes files in a limited child process; safe to share between threads."""

    def __init__(self, *, charset: str = "cp1250", limits: Limits | None = None) -> None:
        self.charset = charset
        self.limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0
        self._lock = Lock()

    def __enter__(self) -> "Prober":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def probe(
        self, path: str | os.PathLike[str], *, charset: str | None = None, sha256: str | None = None
    ) -> Probe:
        """Like probe.probe; a file that is too costly or kills the child gives a refusal."""
        request = {
            "path": os.fspath(Path(path).absolute()),
            "charset": charset or self.charset,
            "sha256": sha256,
        }
        with self._lock:
            used = self._served > 0
            found = self._attempt(request)
            if used and found.code in BLAMES_THE_CHILD:
                found = self._attempt(request)  # the fault may be the old child's, not the file's
            return found

    def _attempt(self, request: dict[str, Any]) -> Probe:
        try:
            found = from_wire(self._asked(request))
        except _TimeUp:
            self._stop(dying=False)
            return refused("too_long")
        except (EOFError, BrokenPipeError, ValueError, TypeError):
            return refused(_cause(self._stop(dying=True)))
        if found.code in BLAMES_THE_CHILD:
            self._stop(dying=False)
        self._served += 1
        return found

    def close(self) -> None:
        """Ends the child; the Prober starts a new one if it is used again."""
        with self._lock:
            self._stop(dying=False)

    def _asked(self, request: dict[str, Any]) -> dict[str, Any]:
        child = self._child or self._start()
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(_framed(request))
        child.stdin.flush()
        deadline = time.monotonic() + self.limits.wall_seconds
        length = int.from_bytes(_received(child.stdout.fileno(), 8, deadline), "big")
        if length > LONGEST_ANSWER:
            raise ValueError("the answer is too long")
        answer: dict[str, Any] = json.loads(_received(child.stdout.fileno(), length, deadline))
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        self._child = subprocess.Popen(  # noqa: S603 - our own module, no shell, no user text
            [sys.executable, "-P", "-m", "archive.media.prober", json.dumps(asdict(self.limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the parent, which then ends the child
        )
        return self._child

    def _stop(self, *, dying: bool) -> int:
        """Ends and reaps the child; returns how it ended (minus the signal's number)."""
        child, self._child, self._served = self._child, None, 0
        if child is None:
            return 0
        if dying:
            with suppress(subprocess.TimeoutExpired):
                child.wait(timeout=5)  # its own end says why
        child.kill()
        ended = child.wait()
        for pipe in (child.stdin, child.stdout):
            with suppress(BrokenPipeError):
                if pipe is not None:
                    pipe.close()
        return ended


def _cause(ended: int) -> str:
    if ended == -signal.SIGXCPU:
        return "too_long"
    return "too_much_memory" if ended in (MEMORY_EXIT, -signal.SIGKILL) else "reader_failed"


def _framed(message: dict[str, Any]) -> bytes:
    body = json.dumps(message).encode()
    return len(body).to_bytes(8, "big") + body


def _received(descriptor: int, length: int, deadline: float) -> bytes:
    parts, missing = [], length
    while missing:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([descriptor], [], [], left)[0]:
            raise _TimeUp
        part = os.read(descriptor, min(missing, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def to_wire(found: Probe) -> dict[str, Any]:
    """A Probe as JSON-ready values, blocks in base64."""
    wire = asdict(found)
    wire["raw"] = {name: b64encode(block).decode() for name, block in found.raw.items()}
    return wire


def from_wire(wire: dict[str, Any]) -> Probe:
    """The Probe that to_wire() wrote; raises TypeError or ValueError for anything else."""
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in wire.pop("fields").items()
    }
    raw = {name: b64decode(block) for name, block in wire.pop("raw").items()}
    warnings = tuple(wire.pop("warnings"))
    return Probe(**wire, fields=Fields(**fields), raw=raw, warnings=warnings)


# --- the child ---


def serve(limits: Limits) -> None:
    """Answers requests from standard input until it ends."""
    confine(limits.memory_bytes)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not spoil the answers
    while head := sys.stdin.buffer.read(8):
        request = json.loads(sys.stdin.buffer.read(int.from_bytes(head, "big")))
        renew_cpu(limits.cpu_seconds)
        answers.write(_framed(to_wire(_answer(request, limits))))
        answers.flush()


def _answer(request: dict[str, Any], limits: Limits) -> Probe:
    try:
        return probe(
            request["path"], charset=request["charset"], limits=limits, sha256=request["sha256"]
        )
    except MemoryError:
        return refused("too_much_memory")


if __name__ == "__main__":
    try:
        serve(Limits(**json.loads(sys.argv[1])))
    except MemoryError:
        sys.exit(MEMORY_EXIT)
