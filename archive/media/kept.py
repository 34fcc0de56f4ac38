"""Pictures made on request and kept for the next one: so many at a time, so many bytes in all.

Knows files and limits; what is made is the caller's. Everything here is a cache that may be
removed at any time. The invariant: whoever waits longer than the limit is told so instead of
piling up, and the folder grows beyond its bound by a sixteenth at most before it is swept.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore, Lock

MIB = 1 << 20
TOUCH_S = 3600  # how exactly the folder knows when something was last asked for
LEFT_AFTER_SWEEP = 0.9


class Busy(Exception):
    """Too much is being made at this moment; to be asked again after `retry_after_s` seconds."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__("the server is busy with other pictures")
        self.retry_after_s = retry_after_s


class Kept:
    """A folder of made pictures. `parallel` are made at a time, others wait up to `wait_s`."""

    def __init__(self, folder: Path, *, bound_bytes: int, parallel: int, wait_s: float) -> None:
        self.folder, self.bound_bytes, self.wait_s = folder, bound_bytes, wait_s
        self._places = BoundedSemaphore(parallel)
        self._counting = Lock()
        self._grown = bound_bytes  # nothing is known of the folder: the first one made sweeps

    def get(self, name: str, make: Callable[[Path], None]) -> Path:
        """The file of that name; `make` writes it when it is missing. Raises Busy."""
        path = self.folder / name[:2] / name
        if self._found(path):
            return path
        with self.place():
            if not self._found(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                make(path)
                self._count(path.stat().st_size)
        return path

    @contextmanager
    def place(self) -> Iterator[None]:
        """One of the places for those who make something. Raises Busy when none gets free."""
        if not self._places.acquire(timeout=self.wait_s):
            raise Busy(max(1, round(2 * self.wait_s)))
        try:
            yield
        finally:
            self._places.release()

    def _found(self, path: Path) -> bool:
        try:
            last = path.stat().st_mtime
            if time.time() - last > TOUCH_S:
                os.utime(path)
        except FileNotFoundError:
            return False
        return True

    def _count(self, size: int) -> None:
        with self._counting:
            self._grown += size
            if self._grown <= self.bound_bytes // 16:
                return
            self._grown = 0
        self.sweep()

    def sweep(self) -> None:
        """Remove what was not asked for longest until the folder keeps within its bound."""
        found = [(path.stat(), path) for path in _files(self.folder)]
        total = sum(entry.st_size for entry, _path in found)
        if total <= self.bound_bytes:
            return
        for entry, path in sorted(found, key=lambda pair: pair[0].st_mtime):
            path.unlink(missing_ok=True)
            total -= entry.st_size
            if total <= self.bound_bytes * LEFT_AFTER_SWEEP:
                return


@lru_cache(4)
def kept(folder: Path, mib: int, parallel: int, wait_s: float) -> Kept:
    """The one keeper of a folder in this process."""
    return Kept(folder, bound_bytes=mib * MIB, parallel=parallel, wait_s=wait_s)


def _files(folder: Path) -> list[Path]:
    return [Path(where, name) for where, _folders, names in os.walk(folder) for name in names]
