"""The stamp of a row: which version of a photograph was written out, and what each cell said.

It travels in the column `_base`, so that a table needs no memory of ours to be compared with what
it was. It holds digests, not words. The invariant: a stamp speaks for the photograph it was made
for and for no other.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

HEADING = "_base"
SHAPE = re.compile(r"v(\d+)\.([\w-]{4})((?:[\w-]{12})*)", re.ASCII)


@dataclass(frozen=True)
class Stamp:
    """The version that was written out, and the digest of each cell that was not empty."""

    public_id: str
    version: int
    digests: Mapping[str, str]

    def said(self, column: str, text: str) -> bool:
        """Whether this cell held this text when the table was written."""
        known = self.digests.get(_tag(column), "")
        return known == (_digest(self.public_id, column, text) if text else "")


def write(public_id: str, version: int, cells: Mapping[str, str]) -> str:
    """The stamp of a row whose cells are these."""
    marks = [_tag(name) + _digest(public_id, name, text) for name, text in cells.items() if text]
    return f"v{version}.{_tag(public_id)}{''.join(marks)}"


def read(text: str, public_id: str) -> Stamp | None:
    """The stamp in a cell; None when it is none, or that of another photograph."""
    found = SHAPE.fullmatch(text.strip())
    if found is None or found[2] != _tag(public_id):
        return None
    marks = [found[3][start : start + 12] for start in range(0, len(found[3]), 12)]
    return Stamp(public_id, int(found[1]), {mark[:4]: mark[4:] for mark in marks})


@lru_cache(maxsize=1024)
def _tag(name: str) -> str:
    return urlsafe_b64encode(blake2b(name.encode(), digest_size=3).digest()).decode()


def _digest(public_id: str, column: str, text: str) -> str:
    told = "\0".join((public_id, column, text)).encode("utf-8", "surrogatepass")
    return urlsafe_b64encode(blake2b(told, digest_size=6).digest()).decode()
