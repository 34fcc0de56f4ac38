"""A file that gets its name only when it is complete; for caches and copies, so without fsync.

Invariant: under the final name there is the old file, nothing, or the whole new one. What a killed
process left half-written goes when the same file is written again.
"""

import os
from pathlib import Path
from threading import get_ident


class Appearing:
    """`with Appearing(out) as path:` write to `path`; on success it becomes `out`."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.temporary = out.with_name(f".{out.name}.{os.getpid()}-{get_ident()}.tmp")

    def __enter__(self) -> str:
        for left in self.out.parent.glob(f".{self.out.name}.*.tmp"):
            if not _alive(left.name.split(".")[-2].partition("-")[0]):
                left.unlink(missing_ok=True)
        return str(self.temporary)

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is None:
            self.temporary.replace(self.out)
        else:
            self.temporary.unlink(missing_ok=True)


def _alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True
