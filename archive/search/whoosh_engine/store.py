"""Where an index lies on disk, and what makes a commit one.

`<folder>/current` names the generation that answers; each generation is a folder of its own with
Whoosh's files and `state.json`, which names the valid ones with their digests and the sequence of
history they contain. The invariant: replacing `state.json` is the commit. Files that it does not
name do not exist for a reader, so a crash at any point leaves the last commit. Folders are 0700.
"""

import hashlib
import json
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from stat import S_IMODE
from typing import Any

import whoosh

from archive.search import analysis, documents
from archive.search.engine import IndexUnusable

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LAYOUT = 5  # what the files of a generation look like
STATE, CURRENT, LOCK = "state.json", "current", "write.lock"
_GENERATION = re.compile(r"g-[0-9a-f]{12}")


FORMAT = f"{LAYOUT}.{documents.VERSION}.{analysis.VERSION}-whoosh-{whoosh.versionstring()}"


@dataclass(frozen=True, slots=True)
class State:
    """What a generation holds: the table of contents that is valid, its files, its sequence.

    `files` are names with size in bytes and SHA-256."""

    format: str
    toc: int
    applied_seq: int
    documents: int
    files: dict[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def size_bytes(self) -> int:
        return sum(size for size, _ in self.files.values())


def make_private(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if S_IMODE(folder.stat().st_mode) != 0o700:
        folder.chmod(0o700)
    return folder


def current(folder: Path) -> Path:
    """The folder of the generation that answers. Raises IndexUnusable (absent, damaged)."""
    try:
        name = (folder / CURRENT).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise IndexUnusable("absent") from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexUnusable("damaged", CURRENT) from error
    if not _GENERATION.fullmatch(name) or not (folder / name).is_dir():
        raise IndexUnusable("damaged", CURRENT)
    return folder / name


def read_state(generation: Path) -> State:
    """The last commit of a generation. Raises IndexUnusable (damaged, outdated)."""
    try:
        read = json.loads((generation / STATE).read_bytes())
        seal, made_as = read.pop("seal", ""), str(read["format"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise IndexUnusable("damaged", STATE) from error
    if made_as != FORMAT:
        raise IndexUnusable("outdated", made_as[:100])
    if seal != _seal(read):
        raise IndexUnusable("damaged", STATE)
    files = {name: (size, sha256) for name, (size, sha256) in read["files"].items()}
    return State(**{**read, "files": files})


def _seal(state: dict[str, Any]) -> str:
    """What tells that the numbers and names of a state are those that were written."""
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()


def write_state(generation: Path, state: State, *, new: Iterable[str]) -> None:
    """Make a commit of files that are already written; `new` ones are made durable first."""
    for name in new:
        _sync(generation / name)
    _sync(generation)
    kept = asdict(state)
    _write(generation / STATE, json.dumps({**kept, "seal": _seal(kept)}))


def point_to(folder: Path, generation: Path) -> None:
    """Let this generation answer from now on, and remove the others."""
    if (folder / CURRENT).is_dir():  # nothing of ours; a file cannot replace it
        shutil.rmtree(folder / CURRENT)
    _write(folder / CURRENT, generation.name)
    leave_only(folder, generation)


def leave_only(folder: Path, generation: Path) -> None:
    """Remove other generations, such as one whose making was cut off; the caller may write."""
    for other in folder.glob("g-*"):
        if other != generation:
            shutil.rmtree(other, ignore_errors=True)
    (folder / f"{CURRENT}.new").unlink(missing_ok=True)


def new_generation(folder: Path) -> Path:
    make_private(folder)
    generation = folder / f"g-{secrets.token_hex(6)}"
    generation.mkdir(mode=0o700)
    return generation


def discard(generation: Path) -> None:
    """Throw away a generation that was never to answer."""
    shutil.rmtree(generation, ignore_errors=True)


def check_sizes(generation: Path, state: State) -> None:
    """That every file is there and as long as it was: cheap. Raises IndexUnusable."""
    for name, (size, _) in state.files.items():
        try:
            found = (generation / name).stat().st_size
        except OSError:
            raise IndexUnusable("damaged", f"{name} is missing") from None
        if found != size:
            raise IndexUnusable("damaged", f"{name} has {found} bytes instead of {size}")


def check_digests(generation: Path, names: dict[str, tuple[int, str]]) -> None:
    """That files hold what was written, byte by byte. Raises IndexUnusable."""
    for name, (_, sha256) in names.items():
        if digest(generation / name) != sha256:
            raise IndexUnusable("damaged", f"{name} has changed on disk")


def digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise IndexUnusable("damaged", f"{path.name} cannot be read") from error


def described(generation: Path, names: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Size and digest of files just written."""
    return {n: ((generation / n).stat().st_size, digest(generation / n)) for n in names}


def sweep(generation: Path, keep: Iterable[str]) -> None:
    """Remove what no commit names."""
    kept = {*keep, STATE}
    for path in generation.iterdir():
        if path.is_dir():  # Whoosh leaves the folder of its temporary files behind
            shutil.rmtree(path, ignore_errors=True)
        elif path.name not in kept:
            path.unlink(missing_ok=True)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Be the one writer of this index. Raises IndexUnusable: busy when there is another one,
    unwritable where the folder or its lock cannot be opened."""
    try:
        file = (make_private(folder) / LOCK).open("a+b")
    except OSError as error:
        raise IndexUnusable("unwritable", f"{type(error).__name__}: {error.strerror}") from error
    with file:
        try:
            _lock(file.fileno())
        except OSError as error:
            raise IndexUnusable("busy") from error
        yield


def _lock(number: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f"{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    if path.is_dir() and sys.platform == "win32":
        return
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
