"""Ways in which the files of an index go wrong, and an archive small enough to lose it often.

The invariant: whether an index is right again is judged by the database, never by the index.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sqlalchemy.orm import Session

from archive import db
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import DateDraft, Draft, Rights
from archive.catalogue.models import Image, Unit
from archive.history import system
from archive.search import loading
from archive.search.engine import SearchEngine
from archive.search.whoosh_engine import WhooshEngine, store
from archive.search.whoosh_engine.collecting import GROWING

STAFF = system("tests")
OWN = "http://creativecommons.org/licenses/by/4.0/"
PICKLE = b"cos\nsystem\n(S'touch sprung'\ntR."
Spoil = Callable[[Path], None]


@dataclass(frozen=True)
class Damage:
    """Something that happens to the folder of an index, and what it is called."""

    name: str
    do: Spoil


def photographs(number: int) -> list[str]:
    """A new archive of some published photographs; gives their public identifiers."""
    unit = catalogue.add_unit(STAFF, ref_code="HU-T", level="fonds", title={"hu": "Próba"})
    return [photograph(unit, f"Tüntetők a téren, {at}. kép") for at in range(number)]


def photograph(unit: Unit, title: str) -> str:
    draft = Draft(creator_unknown=True, rights=Rights(OWN, "Pillanat"))
    draft.title("hu", title)
    draft.dates = [DateDraft("1956. október 23.", "hu")]
    image = catalogue.accession(STAFF, unit, draft)
    catalogue.publish(STAFF, image)
    return str(image.public_id)


def renamed(public_id: str, title: str) -> None:
    image = catalogue.image_by_id(db.session(), public_id)
    draft = Draft(creator_unknown=True, rights=Rights(OWN, "Pillanat"))
    draft.title("hu", title)
    draft.dates = [DateDraft("1956. október 23.", "hu")]
    catalogue.describe(STAFF, image, draft, based_on=image.version)


def hidden(public_id: str) -> None:
    image: Image = catalogue.image_by_id(db.session(), public_id)
    catalogue.unpublish(STAFF, image)


def as_the_database_has_it(engine: SearchEngine) -> bool:
    """Whether the index holds every photograph of the database in its version, and no other."""
    with Session(db.engine()) as session:
        return engine.ids() == loading.versions(session)


def contents(engine: WhooshEngine) -> dict[str, set[str]]:
    """What the index says of each photograph: the terms of its posting lists, and its row."""
    snapshot, found = engine._current(), {name: set[str]() for name in engine.ids()}
    for part in snapshot.parts:
        for name in GROWING:
            for term, postings in part.reader.everything(name):
                for doc in postings.docs[snapshot.live[postings.docs + part.base]].tolist():
                    found[part.columns.ids[doc]].add(f"{name} {term!r}")
        for doc in np.flatnonzero(snapshot.live[part.base :][: part.reader.size]).tolist():
            found[part.columns.ids[doc]].add(part.reader.row(doc))
    return found


def strays(folder: Path) -> list[str]:
    """What lies in the folder of an index and belongs to no commit."""
    answering = store.current(folder)
    named = {*store.read_state(answering).files, store.STATE}
    known = {store.CURRENT, store.LOCK, "words", answering.name}
    beside = [path.name for path in folder.iterdir() if path.name not in known]
    return beside + [path.name for path in answering.iterdir() if path.name not in named]


def damages(folder: Path, older: Path) -> list[Damage]:
    """Everything that is done to the index in `folder`; `older` is a copy from before."""
    answering = store.current(folder)
    kept = sorted(answering.iterdir())
    names = [path.relative_to(folder) for path in (*kept, folder / store.CURRENT)]
    single = [Damage(f"{name}: {d.name}", _to(name, d.do)) for name in names for d in _of_a_file()]
    return [*single, *_of_the_state(answering.name), *_of_all(answering.name, older)]


def _to(name: Path, do: Spoil) -> Spoil:
    return lambda folder: do(folder / name)


def _of_a_file() -> Iterator[Damage]:
    yield Damage("deleted", Path.unlink)
    yield Damage("a folder in its place", _folder)
    yield Damage("a pickle in its place", lambda path: _write(path, PICKLE))
    yield Damage("a pickle of the same length", lambda path: _write(path, _padded(path)))
    yield Damage("longer", lambda path: _write(path, path.read_bytes() + b"\0" * 512))
    for share in (0.0, 0.3, 0.99):
        yield Damage(f"cut at {share}", lambda path, at=share: _write(path, _cut(path, at)))
    for seed in range(6):
        yield Damage(f"flipped {seed}", lambda path, at=seed: _flip(path, at))


def _of_the_state(generation: str) -> Iterator[Damage]:
    texts = {
        "empty": "{}", "a list": "[1]", "a number": "7", "deep": "[" * 100_000,
        "endless": '{"format": 1e999, "files": {"a": [1e999, ""]}}', "not JSON": "\ufeff<html>",
    }  # fmt: skip
    for name, text in texts.items():
        yield Damage(f"state: {name}", lambda folder, t=text: _state(folder, t))
    for field, value in (("applied_seq", 10**9), ("applied_seq", 1), ("toc", 1), ("documents", 0)):
        yield Damage(
            f"state: {field} {value}", lambda folder, f=field, v=value: _number(folder, f, v)
        )
    for name, text in (("long", "g-" + "a" * 5000), ("elsewhere", "g-../../.."), ("blank", "")):
        yield Damage(
            f"pointer: {name}", lambda folder, t=text: _write(folder / "current", t.encode())
        )


def _of_all(generation: str, older: Path) -> Iterator[Damage]:
    yield Damage("the index deleted", shutil.rmtree)
    yield Damage("the generation deleted", lambda folder: shutil.rmtree(folder / generation))
    yield Damage("an older copy restored", lambda folder: _restored(folder, older))
    yield Damage(
        "an older state restored",
        lambda folder: _copied(folder, older, f"{generation}/{store.STATE}"),
    )
    yield Damage(
        "every file cut", lambda folder: _each(folder / generation, lambda p: _cut(p, 0.5))
    )
    yield Damage(
        "every file zeroes", lambda f: _each(f / generation, lambda p: bytes(p.stat().st_size))
    )


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _padded(path: Path) -> bytes:
    return (PICKLE + bytes(path.stat().st_size))[: max(path.stat().st_size, 1)]


def _cut(path: Path, share: float) -> bytes:
    content = path.read_bytes()
    return content[: int(len(content) * share)]


def _flip(path: Path, seed: int) -> None:
    content = bytearray(path.read_bytes())
    chance = random.Random(f"{path.suffix}{seed}")
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def _state(folder: Path, text: str) -> None:
    (store.current(folder) / store.STATE).write_text(text, encoding="utf-8")


def _number(folder: Path, field: str, value: int) -> None:
    path = store.current(folder) / store.STATE
    path.write_text(json.dumps({**json.loads(path.read_text()), field: value}))


def _each(folder: Path, content: Callable[[Path], bytes]) -> None:
    for path in folder.iterdir():
        path.write_bytes(content(path))


def _restored(folder: Path, older: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(older, folder, symlinks=True)


def _copied(folder: Path, older: Path, name: str) -> None:
    shutil.copyfile(older / name, folder / name)
