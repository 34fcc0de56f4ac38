"""Probes files in a child process with limits; see child.py.

    with Prober() as prober:
        found = prober.probe(path)

Invariant: probe() always returns a Probe, and no child outlives its Prober.
"""

import os
from base64 import b64decode, b64encode
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any

from archive.media.child import Child, Ended, serve
from archive.media.fields import Fields
from archive.media.limits import Limits
from archive.media.probe import Probe, probe, refused

BLAMES_THE_CHILD = {"too_much_memory", "reader_failed"}


class Prober:
    """Probes files in a limited child process; safe to share between threads."""

    def __init__(self, *, charset: str = "cp1250", limits: Limits | None = None) -> None:
        self.charset = charset
        self.child = Child(__name__, limits or Limits())
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
            used = self.child.served > 0
            found = self._attempt(request)
            if used and found.code in BLAMES_THE_CHILD:
                found = self._attempt(request)  # the fault may be the old child's, not the file's
            return found

    def close(self) -> None:
        """Ends the child; the Prober starts a new one if it is used again."""
        with self._lock:
            self.child.stop()

    def _attempt(self, request: dict[str, Any]) -> Probe:
        try:
            found = from_wire(self.child.ask(request))
        except Ended as ended:
            return refused(ended.code)
        except (ValueError, TypeError, LookupError, AttributeError):
            found = refused("reader_failed")
        if found.code in BLAMES_THE_CHILD:
            self.child.stop()
        return found


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


def _answer(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    try:
        found = probe(
            request["path"], charset=request["charset"], limits=limits, sha256=request["sha256"]
        )
    except MemoryError:
        found = refused("too_much_memory")
    return to_wire(found)


if __name__ == "__main__":
    serve(_answer)
