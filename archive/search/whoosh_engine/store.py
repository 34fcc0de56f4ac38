"""Where an index lies on disk, and what makes a commit one.

`<folder>/current` names the generation that answers; each generation is a folder of its own with
Whoosh's files and `state.json`, which names the valid ones with their digests and the sequence of
history they contain. The invariant: replacing `state.json` is the commit. Files that it does not
name do not exist for a reader, so a crash at any point leaves the last commit. Folders are 0700.
"""

import hashlib
import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from archive.search import analysis, documents
from archive.search.engine import IndexUnusable

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LAYOUT = 1  # what the files of a generation look like
STATE, CURRENT, LOCK = "state.json", "current", "write.lock"


def _whoosh() -> str:
    for name in ("whoosh3", "Whoosh"):
        try:
            return version(name)
        except PackageNotFoundError:
            continue
    raise PackageNotFoundError("whoosh3")


FORMAT = f"{LAYOUT}.{documents.VERSION}.{analysis.VERSION}-whoosh-{_whoosh()}"


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
    if folder.stat().st_mode & 0o077:
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
    generation = folder / name
    if not name.startswith("g-") or "/" in name or not generation.is_dir():
        raise IndexUnusable("damaged", CURRENT)
    return generation


def read_state(generation: Path) -> State:
    """The last commit of a generation. Raises IndexUnusable (damaged, outdated)."""
    try:
        read = json.loads((generation / STATE).read_bytes())
        files = {str(name): (int(size), str(sha)) for name, (size, sha) in read["files"].items()}
        state = State(**{**read, "files": files})
        numbers = (state.toc, state.applied_seq, state.documents)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise IndexUnusable("damaged", STATE) from error
    if not all(isinstance(number, int) for number in numbers):
        raise IndexUnusable("damaged", STATE)
    if state.format != FORMAT:
        raise IndexUnusable("outdated", state.format)
    return state


def write_state(generation: Path, state: State, *, new: Iterable[str]) -> None:
    """Make a commit of files that are already written; `new` ones are made durable first."""
    for name in new:
        _sync(generation / name)
    _sync(generation)
    _write(generation / STATE, json.dumps(asdict(state)))


def point_to(folder: Path, generation: Path) -> None:
    """Let this generation answer from now on, and remove the others."""
    _write(folder / CURRENT, generation.name)
    for other in folder.glob("g-*"):
        if other != generation:
            shutil.rmtree(other, ignore_errors=True)


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
    """Be the one writer of this index. Raises IndexUnusable (busy) when there is another."""
    make_private(folder)
    with (folder / LOCK).open("a+b") as file:
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
