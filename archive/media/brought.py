"""A picture that somebody brings to be found: read in a process of its own, and nothing kept.

    found = brought.read(path, limits)

A new child reads each file under limits of memory and time, and answers with a small grey square;
no pixel of a foreign file is decoded in the process that serves pages. The invariant: `read` gives
a square or a refusal with its code, whatever the file does to its reader.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from archive.media import sketch, vips
from archive.media.fingerprint import SIDE, Grey
from archive.media.limits import Limits
from archive.media.probe import probe

ENDINGS = {-signal.SIGXCPU: "too_long", -signal.SIGKILL: "too_long", 70: "too_much_memory"}


class Unreadable(Exception):
    """The file is no picture that can be looked for; `code` is one of `refusal.SENTENCES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Brought:
    """What is compared of a picture: its square, and its size in pixels as it is seen."""

    grey: Grey
    width: int
    height: int


def read(path: Path, limits: Limits) -> Brought:
    """Have a child look at a file. Raises Unreadable."""
    command = [sys.executable, "-P", "-m", "archive.media.brought"]
    try:
        child = subprocess.run(  # noqa: S603 - our own module, no shell
            [*command, json.dumps(asdict(limits)), os.fspath(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("too_long") from error
    if child.returncode:
        raise Unreadable(ENDINGS.get(child.returncode, "reader_failed"))
    return _understood(child.stdout)


def _understood(answer: bytes) -> Brought:
    try:
        told: dict[str, Any] = json.loads(answer)
        if "code" in told:
            raise Unreadable(str(told["code"]))
        square = np.frombuffer(b64decode(told["square"]), np.uint8).reshape(SIDE, SIDE)
        return Brought(square.astype(np.float32), int(told["width"]), int(told["height"]))
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable("reader_failed") from error


# --- the child ---


def _told(path: Path, limits: Limits) -> dict[str, Any]:
    found = probe(path, limits=limits)
    if not found.ok:
        return {"code": found.code}
    try:
        master = vips.load(path, limits, longest=SIDE * 4)
        square = sketch.of(master.picture).round().clip(0, 255).astype(np.uint8)
    except (vips.Error, vips.Unloadable, OSError):
        return {"code": "damaged"}
    octets = b64encode(square.tobytes()).decode()
    return {"square": octets, "width": master.width, "height": master.height}


def _serve(limits: Limits, path: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(json.dumps(_told(path, limits)))  # noqa: T201 - the answer of this process


if __name__ == "__main__":
    try:
        _serve(Limits(**json.loads(sys.argv[1])), Path(sys.argv[2]))
    except MemoryError:
        sys.exit(70)
