"""What must agree in an archive whatever was done to it, read from the database by itself.

`cells` is the catalogue as the dictionaries of `remembering` have it, `tables` every recorded row.
Each check raises AssertionError. The invariant: nothing here uses the code that wrote what it
reads, but for the one computation of what follows from rows, done anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import aliased

from archive import db, history, rights
from archive.catalogue import dump, projection, record
from archive.catalogue.models import Image, RecordRow
from archive.db import Base
from archive.history import Change, ChangeSet, Recorded, system
from archive.rights import Access
from archive.search import follow, loading, query, service
from tests.journeys.remembering import Cells

STAFF = system("tests")
Stays = aliased(Image)
Row = dict[str, Any]
Tables = dict[tuple[str, int], Row]


def cells() -> Cells:
    """The catalogue, as far as editors change it here."""
    db.release()
    found: Cells = {}
    parts = dump.parts(db.session())
    for unit in parts["units"]:
        found[unit["ref_code"], "parent"] = unit["parent"]
    for kind, part in (("agent", "people"), ("place", "places")):
        for one in parts[part]:
            found[one["id"], "united", kind] = one.get("merged_into", "")
    for photograph in parts["photographs"]:
        for name, value in _said(photograph):
            cell = (photograph["id"], *name)
            found[cell] = found.get(cell, 0) + 1 if len(cell) == 3 else value
    joined = select(Image.public_id, Stays.public_id).join(Stays, Image.merged_into_id == Stays.id)
    found |= {(goes, "joined"): stays for goes, stays in db.session().execute(joined)}
    return {cell: value for cell, value in found.items() if value}


def _said(photograph: dict[str, Any]) -> Any:
    yield ("is",), "there"
    yield ("unit",), photograph["path"][-1]
    yield ("code",), photograph["ref_code"]
    yield ("credit",), photograph["rights"]["credit"]
    yield ("source",), photograph["provenance"]["source"]
    for name in ("state", "notes"):
        yield (name,), photograph[name]
    for caption in photograph["captions"]:
        yield ("caption", caption["text"]), 1
    for entry in photograph["dates"]:
        yield ("date", entry["display"]), 1
    for kind in ("agent", "place"):
        for link in photograph[f"{kind}s"]:
            yield (kind, f"{link['id']}:{link['role']}"), 1
    for link in photograph["events"]:
        yield ("event", link["id"]), 1


def written_out() -> str:
    """The canonical dump."""
    db.release()
    parts = dump.parts(db.session())
    return "".join(f"{name} {dump.line(row)}" for name, rows in parts.items() for row in rows)


def tables() -> Tables:
    """Every row whose changes are kept, by table and key, with the columns that are history."""
    db.release()
    return {
        (str(table.name), row["id"]): row
        for table, names in _recorded()
        for row in _rows(table, names)
    }


def _recorded() -> Any:
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, Recorded):
            names = {attr.key for attr in inspect(mapper.class_).column_attrs}
            yield mapper.local_table, sorted(names - mapper.class_.__unrecorded__)


def _rows(table: Any, names: Collection[str]) -> Any:
    for row in db.session().execute(select(*(table.c[name] for name in names))):
        yield {name: history.plain(value) for name, value in row._mapping.items()}


def chain_is_whole() -> None:
    """The audit chain verifies."""
    db.release()
    assert history.verify(db.session()).broken_at is None


def revisions_lead_back(start: Mapping[tuple[str, int], Row]) -> None:
    """Played back from the last change to the first, every row is found as the change left it,
    and what was there at the start is there again."""
    found = {key: dict(row) for key, row in tables().items()}
    changes = db.session().scalars(select(Change).order_by(Change.seq.desc())).all()
    since = [change for change in changes if change.seq > _seq_of(start)]
    for change in since:
        _play_back(found, change)
    assert found == {key: row for key, row in start.items() if key != _SEQ}


_SEQ = ("seq", 0)


def _seq_of(start: Mapping[tuple[str, int], Row]) -> int:
    return int(start.get(_SEQ, {"seq": 0})["seq"])


def beginning() -> Tables:
    """The tables now, with the last change that they hold; for `revisions_lead_back`."""
    return {**tables(), _SEQ: {"seq": history.latest_seq(db.session())}}


def _play_back(found: Tables, change: Change) -> None:
    key = (change.entity, change.entity_id)
    where = f"change {change.seq} of {key}"
    if change.after is None:
        assert key not in found, f"{where}: the row was removed and is there"
        assert change.before is not None
        found[key] = dict(change.before)
        return
    assert key in found, f"{where}: the row is gone and nothing says so"
    there = {name: found[key][name] for name in change.after}
    assert there == change.after, f"{where}: {there} was not what the change left"
    if change.before is None:
        assert found.pop(key) == change.after
    else:
        found[key] |= change.before


def undone_and_nothing_else(before: Tables, target: str) -> None:
    """Every row that differs from `before` is one that the target changed, and is as it was
    before that; every other row is untouched."""
    after = tables()
    chosen = select(Change).join(ChangeSet).where(ChangeSet.reason == target)
    was: dict[tuple[str, int], Row | None] = {}
    for change in db.session().scalars(chosen.order_by(Change.seq.desc())):
        key = (change.entity, change.entity_id)
        earlier = was.get(key) or {}
        was[key] = None if change.before is None else {**earlier, **change.before}
    for key in before.keys() | after.keys():
        there, now = before.get(key), after.get(key)
        if there == now:
            continue
        assert key in was, f"{key} was not changed by {target} and is not as it was"
        wanted = was[key]
        if wanted is None or now is None:
            assert wanted is now, f"{key} is {now}"
        else:
            assert now == {**(there or {}), **wanted}, f"{key} is {now}"


def records_follow() -> None:
    """Records and access rows are what the rows say now."""
    db.release()
    session = db.session()
    keys = list(session.scalars(select(Image.id)))
    kept = {row.image_id: row.own for row in session.scalars(select(RecordRow))}
    fresh = record.own(session, keys)
    assert kept == fresh, "a record says something else than its rows"
    facts = {
        key: projection.facts(session, session.get_one(Image, key), fresh[key]) for key in keys
    }
    context = projection.context()
    decided = {key: rights.decide(facts[key], "view_public", context) for key in keys}
    answers = {
        key: (one.allowed, one.max_px or 0, facts[key].statement_uri)
        for key, one in decided.items()
    }
    rows = session.scalars(select(Access))
    assert answers == {row.image_id: (row.public, row.max_px, row.statement) for row in rows}


def index_agrees(words: Mapping[str, Collection[str]]) -> None:
    """The index holds the photographs of the database, and each word finds those that say it."""
    db.release()
    follow.catch_up()
    assert service.engine().ids() == loading.versions(db.session())
    for word, photographs in words.items():
        hits = service.engine().find(query.parse({"q": word, "limit": "48"}), "staff").hits
        assert {hit.id for hit in hits} == set(photographs), f"{word} finds something else"
