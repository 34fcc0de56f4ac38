"""A long-lived child process that handles files, so that a hostile file can harm only the child.

It has an address-space limit, a CPU limit renewed for every request and a wall limit kept by the
parent; when one is reached the child is killed, and the next request gets a new one. The two speak
JSON, never pickles: what a captured child sends cannot run in the parent. What it is asked is up to
prober.py and renderer.py. Invariant: no child outlives its Child, nor the process that has it.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from tempfile import TemporaryDirectory
from typing import Any

from archive.media.limits import Limits, confine, renew_cpu

LONGEST_ANSWER = 512 * 1024 * 1024
MEMORY_EXIT = 70

Answer = Callable[[dict[str, Any], Limits], dict[str, Any]]


class Ended(Exception):
    """The child gave no answer; `code`, one of refusal.py, says why. It is gone."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _TimeUp(Exception):
    """The child did not answer within the wall limit."""


class Child:
    """The child that runs a module which calls serve(); not safe to share between threads."""

    def __init__(self, module: str, limits: Limits) -> None:
        self.module = module
        self.limits = limits
        self.served = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._scratch: TemporaryDirectory[str] | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process, if one is running."""
        return self._process.pid if self._process else None

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer; a child that served before may be at fault itself, so it is asked anew.

        Raises Ended.
        """
        used = self.served > 0
        try:
            return self._attempt(request)
        except Ended as ended:
            if not used or ended.code == "too_long":
                raise
            return self._attempt(request)

    def stop(self, *, dying: bool = False) -> int:
        """Ends and reaps the child; returns how it ended (minus the signal's number)."""
        child, self._process, self.served = self._process, None, 0
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
        if self._scratch is not None:
            self._scratch.cleanup()
        return ended

    def _attempt(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = self._asked(request)
        except _TimeUp:
            self.stop()
            raise Ended("too_long") from None
        except (EOFError, BrokenPipeError, ValueError):
            raise Ended(_cause(self.stop(dying=True))) from None
        except BaseException:
            self.stop()  # a late answer must not be taken for that of the next request
            raise
        self.served += 1
        return answer

    def _asked(self, request: dict[str, Any]) -> dict[str, Any]:
        child = self._process or self._start()
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(_framed(request))
        child.stdin.flush()
        deadline = time.monotonic() + self.limits.wall_seconds
        length = int.from_bytes(_received(child.stdout.fileno(), 8, deadline), "big")
        if length > LONGEST_ANSWER:
            raise ValueError("the answer is too long")
        answer = json.loads(_received(child.stdout.fileno(), length, deadline))
        if not isinstance(answer, dict):
            raise ValueError("the answer is no object")
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        self._scratch = TemporaryDirectory(prefix="pillanat-")
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell, no user text
            [sys.executable, "-P", "-m", self.module, json.dumps(asdict(self.limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": self._scratch.name},  # goes with it, however it ends
            start_new_session=True,  # Ctrl-C is for the parent, which then ends the child
        )
        return self._process


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


# --- the child ---


def serve(answer: Answer) -> None:
    """Answers requests from standard input until it ends; the limits are the first argument."""
    limits = Limits(**json.loads(sys.argv[1]))
    try:
        _serve(answer, limits)
    except MemoryError:
        sys.exit(MEMORY_EXIT)


def _serve(answer: Answer, limits: Limits) -> None:
    confine(limits.memory_bytes)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not spoil the answers
    while head := sys.stdin.buffer.read(8):
        request = json.loads(sys.stdin.buffer.read(int.from_bytes(head, "big")))
        renew_cpu(limits.cpu_seconds)
        answers.write(_framed(answer(request, limits)))
        answers.flush()
