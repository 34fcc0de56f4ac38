"""How fast thousands of photographs are changed as one act, beside bare SQLite doing its rows.

    python tests/bench/bulk.py [PHOTOGRAPHS] [--keep FOLDER] [--profile STEP]

Adds a person and a credit line to every photograph, undoes it, and takes the same over from a
table that came back. Prints seconds by the clock and of CPU, photographs a second and the longest
time the write lock was held. The peer writes the same changed columns and the same rows before and
after with `executemany`, in transactions as large. Goals (10,000): preview and apply 10 s, undo and
apply 6 s of CPU each, a table 15 s, the lock never longer than 1 s. The collection is made up.
"""

# ruff: noqa: T201 - a table on standard output is what it is for
import argparse
import cProfile
import csv
import io
import json
import pstats
import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, delete, event, select

from archive import db, history, jobs, schema
from archive.catalogue import bulk, rows
from archive.catalogue import service as catalogue
from archive.catalogue.models import Agent, Concept, Image, Place
from archive.history import Edit, Subject
from archive.history.rows import completed, next_keys
from archive.ingest.roundtrip import applying, pending, writing
from archive.settings import Settings, use
from archive.storage import StoredFile

ACTOR = history.system("bench")
IN_COPYRIGHT = "http://rightsstatements.org/vocab/InC/1.0/"
PERSON, CREDIT = "Példa Péter", "Példa Archívum / Adományozó"
WANTED: list[bulk.Instruction] = [
    {"do": "add", "kind": "agent", "name": PERSON, "role": "depicted"},
    {"do": "set", "name": "credit_line", "value": CREDIT},
]
SEEDED = 1000  # photographs of one transaction of the made-up collection
WORDS = "tüntetés utca híd tank munkás zászló szobor egyetem tér gyár tömeg este reggel ablak"


@dataclass
class Taken:
    """What a step took: seconds by the clock and of CPU, the longest lock, transactions."""

    clock: float
    cpu: float
    lock: float
    transactions: int


class Lock:
    """How long each transaction of this process held the write lock, by the clock."""

    def __init__(self, engine: Engine) -> None:
        self.held: list[float] = []
        self._since = 0.0
        event.listen(engine, "begin", self._begun)
        event.listen(engine, "checkin", self._over)

    def _begun(self, connection: Any) -> None:
        if connection.get_execution_options().get(db.WRITING):
            self._since = time.perf_counter()

    def _over(self, _connection: Any, _record: Any) -> None:
        if self._since:
            self.held.append(time.perf_counter() - self._since)
            self._since = 0.0


def seed(number: int, chance: random.Random) -> None:
    """Photographs in one fonds, each with words, a date, people, a place, subjects and a file."""
    unit = catalogue.add_unit(ACTOR, ref_code="HU-B", title={"hu": "Próbafond"}).id
    known = authorities()
    for start in range(0, number, SEEDED):
        numbers = range(start, min(start + SEEDED, number))
        with db.transaction() as session, history.change(ACTOR, "ingest"):
            files = [StoredFile(sha256=digest(n), bytes=1) for n in numbers]
            session.add_all(files)
            made = list(photographs(session, numbers, unit, known, chance))
            rows.write(session, made)
    with db.transaction() as session:
        session.execute(delete(jobs.Job))  # to draw pictures of files that are not there


def authorities() -> list[list[int]]:
    """The keys of people, places and subjects."""
    with history.change(ACTOR, "ingest"):
        session = db.session()
        rows: list[list[Any]] = [
            [Agent(name=f"Minta {n}", names=[f"Minta {n}"], key=f"minta {n}") for n in range(300)],
            [Place(name={"hu": f"Hely {n}"}, key=f"hely {n}") for n in range(200)],
            [Concept(label={"hu": f"Szó {n}"}, key=f"szó {n}") for n in range(100)],
        ]
        session.add_all(row for kind in rows for row in kind)
        session.flush()
        return [[row.id for row in kind] for kind in rows]


def photographs(
    session: Any, numbers: range, unit: int, known: list[list[int]], chance: random.Random
) -> Iterator[Edit]:
    for n, key in zip(numbers, next_keys(session, "image", len(numbers)), strict=True):
        subject = Subject("image", key)
        for entity, statements in said(n, unit, known, chance).items():
            for place, row in enumerate(statements):
                at = key if entity == "image" else -(n * 10 + place + 1)
                whole = {"image_id": key, "position": place, **row, "id": at}
                yield Edit(entity, at, subject, None, completed(entity, whole))


def digest(number: int) -> str:
    return f"{number:064}"


def said(
    n: int, unit: int, known: list[list[int]], chance: random.Random
) -> dict[str, list[dict[str, Any]]]:
    """What is said of one photograph, by table."""
    people, places, terms = known
    day = date(1956, 10, 1 + n % 31)
    text = " ".join(chance.choices(WORDS.split(), k=30))
    return {
        "image": [
            {"unit_id": unit, "position": n, "ref_code": f"HU-B/{n}", "source": "Hagyaték",
             "rights_statement": IN_COPYRIGHT, "publication_address": f"https://example.org/{n}"}
        ],
        "caption_statement": [
            {"type": "archivist_title", "lang": "hu", "text": text[:60], "preferred": True},
            {"type": "archivist_description", "lang": "hu", "text": text},
            {"type": "agency_caption", "lang": "en", "text": text, "attributed": "Agency"},
        ],
        "date_statement": [
            {"edtf": day.isoformat(), "display": f"1956. október {day.day}.", "lang": "hu",
             "earliest": day, "latest": day}
        ],
        "image_agent": [
            {"agent_id": chance.choice(people), "role": role} for role in ("creator", "agency")
        ],
        "image_place": [{"place_id": chance.choice(places)}],
        "image_concept": [{"concept_id": term} for term in chance.sample(terms, 2)],
        "image_identifier": [{"kind": "original_no", "value": str(n)}],
        "carrier": [{"technique": "zselatinos ezüst", "format": "9x12", "location": f"B/{n % 40}"}],
        "asset": [
            {"sha256": digest(n), "bytes": 1, "mime": "image/jpeg", "width": 4000, "height": 3000,
             "filename": f"{n:05}.jpg", "representative": True}
        ],
    }  # fmt: skip


def sent_back(folder: Path, keys: list[int]) -> Path:
    """A table of these photographs in which somebody has made the same changes."""
    target = io.BytesIO()
    writing.write(db.session(), keys, target, writing.Wishes("csv", lang="en"))
    db.release()
    rows = list(csv.reader(io.StringIO(target.getvalue().decode("utf-8-sig"), newline="")))
    shown, credit = rows[0].index("person shown"), rows[0].index("credit line")
    for row in rows[1:]:
        row[shown], row[credit] = PERSON, CREDIT
    path = folder / "table.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


# --- the peer ---


def peer(copy: Path, done: Path, change_set: int, at_once: int) -> Taken:
    """Bare SQLite writes in `copy` what a change set wrote in `done`, as many in a transaction."""
    with sqlite3.connect(done) as base:
        columns = "subject_kind, subject_id, entity, entity_id, before, after"
        rows = base.execute(
            f"SELECT {columns} FROM change WHERE change_set_id = ? ORDER BY seq", (change_set,)
        ).fetchall()
    changes = [
        (*row[:4], *(json.loads(side) if side else None for side in row[4:])) for row in rows
    ]
    subjects = list(dict.fromkeys((row[0], row[1]) for row in changes))
    base = sqlite3.connect(copy, isolation_level=None)
    base.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=OFF")
    held, clock, cpu = [], time.perf_counter(), time.process_time()
    by_subject: dict[Any, list[Any]] = {}
    for row in changes:
        by_subject.setdefault(row[:2], []).append(row)
    for start in range(0, len(subjects), at_once):
        begun = time.perf_counter()
        base.execute("BEGIN IMMEDIATE")
        write(
            base,
            change_set,
            [row for one in subjects[start : start + at_once] for row in by_subject[one]],
        )
        base.execute("COMMIT")
        held.append(time.perf_counter() - begun)
    taken = Taken(time.perf_counter() - clock, time.process_time() - cpu, max(held), len(held))
    base.close()
    return taken


def write(base: sqlite3.Connection, change_set: int, changes: list[Any]) -> None:
    alike: dict[str, list[list[Any]]] = {}
    for _kind, _id, entity, key, before, after in changes:
        if after is None:
            alike.setdefault(f"DELETE FROM {entity} WHERE id = ?", []).append([key])
            continue
        values = [json.dumps(v) if isinstance(v, dict | list) else v for v in after.values()]
        if before is None:
            marks = ", ".join("?" * len(after))
            statement = f"INSERT INTO {entity} ({', '.join(after)}) VALUES ({marks})"
        else:
            statement = (
                f"UPDATE {entity} SET {', '.join(f'{name} = ?' for name in after)} WHERE id = ?"
            )
            values.append(key)
        alike.setdefault(statement, []).append(values)
    for statement, written in alike.items():
        base.executemany(statement, written)
    kept = [
        (change_set, *row[:4], *(s if s is None else json.dumps(s) for s in row[4:]))
        for row in changes
    ]
    base.executemany(
        "INSERT INTO change (change_set_id, subject_kind, subject_id, entity, entity_id, before,"
        " after) VALUES (?, ?, ?, ?, ?, ?, ?)",
        kept,
    )


# --- the steps ---


@contextmanager
def measured(name: str, lock: Lock, profiled: str, told: dict[str, Taken]) -> Iterator[None]:
    db.release()
    lock.held.clear()
    profile = cProfile.Profile(time.process_time) if profiled == name else None
    clock, cpu = time.perf_counter(), time.process_time()
    if profile:
        profile.enable()
    yield
    if profile:
        profile.disable()
        pstats.Stats(profile).sort_stats("cumulative").print_stats(70)
    db.release()
    held = lock.held or [0.0]
    told[name] = Taken(time.perf_counter() - clock, time.process_time() - cpu, max(held), len(held))


def line(name: str, taken: Taken, number: int, beside: Taken | None = None) -> None:
    shown = f"{taken.clock:8.2f} {taken.cpu:8.2f} {number / taken.clock:10.0f} {taken.lock:8.2f}"
    ratio = f"{beside.cpu:10.2f} {taken.cpu / beside.cpu:7.1f}" if beside else ""
    print(f"{name:<16}{shown} {taken.transactions:6}{ratio}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("photographs", nargs="?", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, help="make the collection here and leave it there")
    parser.add_argument("--profile", default="", help="print the profile of preview, apply, undo …")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        run(chosen.keep or Path(temporary), Path(temporary), chosen.photographs, chosen.profile)


def run(made: Path, folder: Path, number: int, profiled: str) -> None:
    original = made / "seeded.db"
    if not original.exists():
        made.mkdir(exist_ok=True)
        schema.upgrade(f"sqlite:///{original}")
        db.connect(f"sqlite:///{original}")
        seed(number, random.Random(1956))
        db.disconnect()
    ours, theirs = folder / "ours.db", folder / "theirs.db"
    for copy in (ours, theirs):
        shutil.copyfile(original, copy)
    settings = Settings(data=folder)
    use(settings)
    lock = Lock(db.connect(f"sqlite:///{ours}"))
    told: dict[str, Taken] = {}
    sets = change(folder, lock, profiled, told)
    db.disconnect()
    at_once = settings.bulk_commit_photographs
    beside = {name: peer(theirs, ours, key, at_once) for name, key in sets.items()}
    print(f"{number} photographs   clock s    CPU s  records/s   lock s  trans.  peer CPU   ratio")
    for name, taken in told.items():
        line(name, taken, number, beside.get(name))


def change(folder: Path, lock: Lock, profiled: str, told: dict[str, Taken]) -> dict[str, int]:
    """Do all steps; gives the change sets that apply, undo and the table made."""
    keys = list(db.session().scalars(select(Image.id)))
    with measured("preview", lock, profiled, told):
        plan = bulk.prepare(ACTOR, keys, WANTED)
        jobs.run_due()
    with measured("apply", lock, profiled, told):
        bulk.carry_out(ACTOR, db.session().get_one(bulk.BulkPlan, plan.id))
        jobs.run_due()
    applied = db.session().get_one(bulk.BulkPlan, plan.id)
    assert applied.changed == len(keys)
    assert applied.change_set_id
    with measured("undo", lock, profiled, told):
        undo = bulk.prepare_undo(ACTOR, applied.change_set_id)
        jobs.run_due()
    undone = db.session().get_one(bulk.BulkPlan, undo.id)
    assert undone.changed == len(keys)
    assert undone.change_set_id
    table = sent_back(folder, keys)
    with measured("table compared", lock, profiled, told):
        received = pending.receive(ACTOR, table)
    with measured("table taken", lock, profiled, told):
        applying.apply(ACTOR, received)
    chosen = select(history.ChangeSet.id).where(history.ChangeSet.action == applying.ACTION)
    sheet = db.session().scalars(chosen).one()
    return {"apply": applied.change_set_id, "undo": undone.change_set_id, "table taken": sheet}


if __name__ == "__main__":
    main()
