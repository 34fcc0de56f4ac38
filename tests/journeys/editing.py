"""Eight editors who work on the same photographs, each with what they opened some time ago.

Every act asks the product as its pages do and gives back what was acknowledged as saved, in the
words of `remembering`, under the reason that stands in the history. What the product refuses, as
stale, conflicting or not allowed, is not acknowledged. Anything else it raises is a defect.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image as Drawing
from sqlalchemy import select

from archive import db, history
from archive.catalogue import authorities, bulk, joining, moving
from archive.catalogue import service as catalogue
from archive.catalogue.authorities import KINDS, keeping, merging
from archive.catalogue.drafts import Draft, LinkDraft, Rights
from archive.catalogue.models import Image, Unit
from archive.catalogue.refusals import NotReady, Refused, Stale
from archive.history import Actor, ChangeSet
from archive.ingest import service as ingest
from archive.ingest.models import Batch, SheetCell, SheetImport, SheetRow
from archive.ingest.roundtrip import applying, pending, writing
from archive.ingest.service import Request
from archive.ingest.words import Unreadable
from archive.workbench.describing import saving
from archive.workbench.describing.forms import DescribeForm, Values
from tests.journeys.opened import FIELDS, Opened, row_of
from tests.journeys.remembering import (
    Instead,
    Join,
    Op,
    Put,
    Say,
    Undo,
    Unite,
    Unsay,
)

EDITORS = 8
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"
UNITS = ("HU-1", "HU-1-A", "HU-1-B", "HU-1-B-1")
TARGETS = {"agents": ("agent", ("depicted", "creator")), "places": ("place", ("shown", "camera"))}
WORD = "szq"
_numbers = count(1)


def word() -> str:
    """A word that nobody has written yet."""
    return f"{WORD}{next(_numbers):05}"


@dataclass(frozen=True)
class Told:
    """What was acknowledged; `each` where it was written for one photograph after another."""

    act: str
    ops: Sequence[Op]
    each: bool = False
    over: str = ""  # the act that was undone over what came later


@dataclass
class Archive:
    """What there is to work on, by public identifiers, and the acts that may be undone."""

    folder: Path
    photographs: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)


def begun(folder: Path, photographs: int) -> Archive:
    """A fonds with two series and a file, photographs in them, people, places and events."""
    actor = history.system("tests")
    units: dict[str, Unit] = {}
    for code, level in zip(UNITS, ("fonds", "series", "series", "file"), strict=True):
        parent = units.get(code.rpartition("-")[0])
        units[code] = catalogue.add_unit(
            actor, ref_code=code, title={"hu": code}, level=level, parent=parent
        )
    made = Archive(folder)
    for kind, keys in (("agent", made.agents), ("place", made.places), ("event", made.events)):
        for number in range(4):
            name = f"{kind} {number}"
            values = {"name": name if kind == "agent" else {"hu": name}}
            keys.append(keeping.add(actor, KINDS[kind], values).public_id)
    for number in range(photographs):
        draft = Draft(ref_code=f"HU-1/{number}", rights=Rights(rights_statement=PDM))
        draft.title("hu", word())
        draft.caption("archivist_description", "hu", word())
        draft.agents = [LinkDraft(target=made.agents[number % 4], role="creator")]
        draft.undated = True
        unit = units[UNITS[number % len(UNITS)]]
        made.photographs.append(catalogue.accession(actor, unit, draft).public_id)
    db.release()
    return made


class Editor:
    """One of them; `chance` chooses what they do, so that a seed tells the whole story."""

    def __init__(self, number: int, archive: Archive) -> None:
        self.actor = Actor(number + 1, "archivist", frozenset({"archivist"}))
        self.archive = archive
        self.opened: dict[str, Opened] = {}
        self.plans: list[tuple[int, str, Callable[[str], Op]]] = []
        self.sheets: list[tuple[list[str], bytes]] = []
        self.chance = Random(number)
        self.later: Sequence[history.Later] = ("stop", "leave", "overwrite")

    def do(self, act: str) -> list[Told]:
        """Do something; gives what was acknowledged."""
        db.release()
        try:
            return [told for told in ACTS[act](self) if told.ops]
        except (Stale, Refused, NotReady, catalogue.NotFound, moving.Outdated, Unreadable):
            return []
        finally:
            db.release()

    def some(self, keys: Sequence[str]) -> str:
        return self.chance.choice(list(keys))

    def image(self, public_id: str = "") -> Image:
        """A photograph that is there. Raises NotFound."""
        return catalogue.image_by_id(db.session(), public_id or self.some(self.archive.photographs))

    # --- describing ---

    def open(self) -> list[Told]:
        """Open the form of a photograph, and leave it open."""
        image = self.image()
        values = DescribeForm.of(saving.kept(image), image.version).values()
        self.opened[image.public_id] = Opened(values, image.version)
        return []

    def describe(self) -> list[Told]:
        """Type into a form that is open, as it was when it was opened, and save it."""
        if not self.opened:
            self.open()
        key = self.some(list(self.opened))
        opened, image = self.opened[key], self.image(key)
        if not opened.conflicts:
            self._type(key, opened)
        halves = [one for one in opened.conflicts if self.chance.random() < 0.5]
        chosen = opened.choose(halves)
        act = word()
        form = DescribeForm.saying(opened.values, opened.version, act)
        try:
            saving.save(self.actor, image, form, chosen)
        except saving.Differing as differing:
            opened.asked(differing, DescribeForm.of(saving.kept(image), 0).values())
            return []
        del self.opened[key]
        return [Told(act, opened.typed)]

    def _type(self, key: str, opened: Opened) -> None:
        ways = [self._text, self._caption, self._date, self._link, self._event]
        for way in self.chance.sample(ways, self.chance.randint(1, 3)):
            op = way(key, opened.values)
            if op is not None:
                opened.typed.append(op)

    def _text(self, key: str, values: Values) -> Op:
        name = self.some(sorted(FIELDS))
        op = Put(key, FIELDS[name], word(), values[name])
        values[name] = op.value
        return op

    def _caption(self, key: str, values: Values) -> Op | None:
        rows = values["captions"]
        if not rows or self.chance.random() < 0.4:
            rows.append(row_of("captions", type="archivist_description", lang="hu", text=word()))
            return Say(key, "caption", rows[-1]["text"])
        row = self.chance.choice(rows)
        if self.chance.random() < 0.3:
            rows.remove(row)
            return Unsay(key, "caption", row["text"])
        op = Instead(key, "caption", row["text"], word())
        row["text"] = op.value
        return op

    def _date(self, key: str, values: Values) -> Op | None:
        rows = values["dates"]
        if rows and self.chance.random() < 0.4:
            row = rows.pop(self.chance.randrange(len(rows)))
            return Unsay(key, "date", row["display"])
        day = next(_numbers)
        display = f"{1850 + day % 150}. {['május', 'június', 'október', 'november'][day % 4]}"
        display += f" {1 + day % 28}."
        if any(row["display"] == display for row in rows):
            return None
        rows.append(row_of("dates", role="created", display=display, lang="hu", basis="cataloguer"))
        return Say(key, "date", display)

    def _link(self, key: str, values: Values) -> Op | None:
        section = self.some(sorted(TARGETS))
        kind, roles = TARGETS[section]
        rows = values[section]
        if rows and self.chance.random() < 0.4:
            row = rows.pop(self.chance.randrange(len(rows)))
            gone, *beside = (f"{one['target']}:{one['role']}" for one in (row, *rows))
            return Unsay(key, kind, gone, beside=tuple(beside))
        target, role = self.some(getattr(self.archive, section)), self.some(roles)
        who = self._known(kind, target)
        if any((row["target"], row["role"]) == (who[0], role) for row in rows):
            return None
        rows.append(row_of(section, target=who[0], name=who[1], named=who[1], role=role))
        return Say(key, kind, f"{who[0]}:{role}", once=True)

    def _known(self, kind: str, public_id: str) -> tuple[str, str]:
        """Who the list offers: identifier and name of the one who holds now."""
        row = authorities.by_id(db.session(), KINDS[kind], public_id)
        return row.public_id, row.name if kind == "agent" else row.name["hu"]

    def _event(self, key: str, values: Values) -> Op | None:
        rows = values["events"]
        if rows and self.chance.random() < 0.5:
            return Unsay(key, "event", rows.pop()["target"])
        target = self.some(self.archive.events)
        if any(row["target"] == target for row in rows):
            return None
        name = self._known("event", target)[1]
        rows.append(row_of("events", target=target, name=name, named=name))
        return Say(key, "event", target, once=True)

    # --- states, joining, moving ---

    def enter(self) -> list[Told]:
        """Publish, take back, or withdraw."""
        image, act, verb = self.image(), word(), self.some(("publish", "unpublish", "withdraw"))
        if image.merged_into_id is not None:
            return []
        with history.change(self.actor, verb, reason=act):
            if verb == "withdraw":
                catalogue.withdraw(self.actor, image, reason_class="privacy")
            else:
                getattr(catalogue, verb)(self.actor, image)
        state = {"publish": "published", "unpublish": "draft", "withdraw": "withdrawn"}[verb]
        return [Told(act, [Put(image.public_id, "state", state)])]

    def join(self) -> list[Told]:
        """Find that two photographs are one."""
        stays, goes, act = self.image(), self.image(), word()
        versions = (stays.version, goes.version)
        joining.merge(self.actor, stays, goes, based_on=versions, reason=act)
        self.opened.pop(goes.public_id, None)
        return [Told(act, [Join(stays.public_id, goes.public_id)])]

    def unite(self) -> list[Told]:
        """Find that two people or places are one."""
        kind, act = self.some(("agent", "place")), word()
        keys = getattr(self.archive, f"{kind}s")
        kept, gone = (keeping.read(db.session(), kind, self.some(keys)) for _ in range(2))
        merging.merge(self.actor, kept, gone, reason=act)
        return [Told(act, [Unite(kept.public_id, gone.public_id, kind)])]

    def move(self) -> list[Told]:
        """Move a series, or a photograph, to another place."""
        session, act = db.session(), word()
        target = catalogue.unit_by_ref(session, self.some(UNITS))
        if self.chance.random() < 0.5:
            unit = catalogue.unit_by_ref(session, self.some(UNITS[1:]))
            moving.move(self.actor, [unit], [], target, reason=act)
            return [Told(act, [Put(unit.ref_code, "parent", target.ref_code)])]
        image = self.image()
        moving.move(self.actor, [], [image], target, reason=act)
        return [Told(act, [Put(image.public_id, "unit", target.ref_code)])]

    # --- many at once ---

    def preview(self) -> list[Told]:
        """Look at what a change to several photographs would do, and leave that open."""
        keys = self.chance.sample(self.archive.photographs, min(5, len(self.archive.photographs)))
        found = db.session().scalars(select(Image.id).where(Image.public_id.in_(keys))).all()
        act, (wanted, op) = word(), self._wish()
        plan = bulk.prepare(self.actor, sorted(found), [wanted], reason=act)
        if plan.state == "counting":
            bulk.count(plan.id)
        self.plans.append((plan.id, act, op))
        return []

    def _wish(self) -> tuple[bulk.Instruction, Callable[[str], Op]]:
        """An instruction, and what it comes to for one photograph."""
        kind, role = self.some(("agent", "place")), {"agent": "depicted", "place": "shown"}
        who = self._known(kind, self.some(getattr(self.archive, f"{kind}s")))[0]
        told, text = f"{who}:{role[kind]}", word()
        link = {"kind": kind, "target": who, "role": role[kind]}
        code = self.some(UNITS)
        wishes: list[tuple[bulk.Instruction, Callable[[str], Op]]] = [
            ({"do": "add", **link}, lambda key: Say(key, kind, told, once=True)),
            ({"do": "remove", **link}, lambda key: Unsay(key, kind, told, all=True)),
            ({"do": "set", "name": "notes", "value": text}, lambda key: Put(key, "notes", text)),
            ({"do": "date", "display": "1956. október", "lang": "hu"},
             lambda key: Say(key, "date", "1956. október", once=True)),
            ({"do": "enter", "act": "unpublish"}, lambda key: Put(key, "state", "draft")),
            ({"do": "move", "unit": code}, lambda key: Put(key, "unit", code)),
        ]  # fmt: skip
        return self.chance.choice(wishes)

    def carry_out(self) -> list[Told]:
        """Carry out a plan that was looked at some time ago."""
        if not self.plans:
            self.preview()
        plan_id, act, op = self.plans.pop(self.chance.randrange(len(self.plans)))
        plan = db.session().get_one(bulk.BulkPlan, plan_id)
        if bulk.carry_out(self.actor, plan).state == "applying":
            bulk.work_off(plan_id)
        db.release()
        plan = db.session().get_one(bulk.BulkPlan, plan_id)
        assert plan.state == "applied"
        left = {key for key, _why in plan.left}
        wanted = [key for key, _version, outcome in plan.photographs if outcome == bulk.CHANGE]
        done = [key for key in wanted if key not in left]
        assert len(done) == plan.changed
        return [Told(act, [op(key) for key in _names(done)], each=True)]

    def undo(self) -> list[Told]:
        """Undo an act of anybody, some time later."""
        target, act = self.some(self.archive.acts or ["none yet"]), word()
        chosen = select(ChangeSet.id).where(ChangeSet.reason == target)
        key = db.session().scalars(chosen.order_by(ChangeSet.id.desc())).first()
        if key is None:
            return []
        later: history.Later = self.chance.choice(self.later)
        plan = bulk.prepare_undo(self.actor, key, reason=act, later=later)
        if plan.state == "counting":
            bulk.undo_if_nothing_stands_against_it(plan.id)
        over = target if later == "overwrite" else ""
        return self._undone(plan.id, target, act, over)

    def _undone(self, plan_id: int, target: str, act: str, over: str) -> list[Told]:
        """What was undone: everything, or each photograph that was not left as it was."""
        db.release()
        plan = db.session().get_one(bulk.BulkPlan, plan_id)
        if plan.state != "applied" or plan.change_set_id is None:
            return []
        if not plan.left and not plan.counts.get("others") and plan.total == 1:
            return [Told(act, [Undo("", target)], over=over)]
        things = [Undo(name, target) for name in _undone_things(plan)]
        return [Told(act, things, each=True, over=over)]

    # --- tables and files ---

    def export(self) -> list[Told]:
        """Write some photographs out as a table."""
        keys = self.chance.sample(self.archive.photographs, min(4, len(self.archive.photographs)))
        chosen = select(Image.id).where(Image.public_id.in_(keys)).order_by(Image.id)
        target = io.BytesIO()
        wishes = writing.Wishes("csv", lang="", byte_order_mark=False)
        writing.write(db.session(), db.session().scalars(chosen).all(), target, wishes)
        self.sheets.append((keys, target.getvalue()))
        return []

    def bring_back(self) -> list[Told]:
        """Bring a table back in which something was changed, and take it over."""
        if not self.sheets:
            self.export()
        _keys, data = self.sheets.pop(self.chance.randrange(len(self.sheets)))
        act = word()
        path = self.archive.folder / f"{act}.csv"
        path.write_bytes(self._edited(data))
        found = pending.receive(self.actor, path, name=act)
        import_id = found.id
        applying.apply(self.actor, found)
        return [Told(act, list(_taken_over(import_id)), each=True)]

    def _edited(self, data: bytes) -> bytes:
        rows = list(csv.DictReader(io.StringIO(data.decode())))
        for row in rows:
            for name in self.chance.sample((*FIELDS, "archivist_description:hu"), 2):
                if "|" not in row[name] and ";" not in row[name]:
                    row[name] = word()
        target = io.StringIO(newline="")
        writer = csv.DictWriter(target, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
        return target.getvalue().encode()

    def hand_in(self) -> list[Told]:
        """Take in a folder of two small pictures."""
        act = word()
        box = self.archive.folder / act
        box.mkdir()
        for number in range(2):
            Drawing.effect_noise((8, 8), self.chance.randint(20, 90)).save(box / f"{number}.png")
        request = Request([box], unit="HU-1", title=act)
        prepared = ingest.prepare(request)
        batch = ingest.open_batch(self.actor, request, prepared)
        ingest.run_batch(batch.id, prepared=prepared)
        db.release()
        set_id = db.session().get_one(Batch, batch.id).change_set_id
        mine = history.Change.change_set_id == set_id, history.Change.entity == "image"
        keys = db.session().scalars(select(history.Change.entity_id).where(*mine)).all()
        made = _names(keys)
        self.archive.photographs += made
        return [Told(act, [op for key in made for op in _received(key)])]


def _received(key: str) -> list[Op]:
    return [Put(key, "is", "there"), Put(key, "unit", "HU-1"), Put(key, "state", "draft")]


def _names(keys: Sequence[int]) -> list[str]:
    """The public identifiers of photographs that are there."""
    chosen = select(Image.public_id).where(Image.id.in_(keys)).order_by(Image.id)
    return list(db.session().scalars(chosen))


def _undone_things(plan: bulk.BulkPlan) -> list[str]:
    """The things that an undo has written to or taken from, as the acts name them."""
    session = db.session()
    mine = history.Change.change_set_id == plan.change_set_id
    found: set[str] = set()
    for change in session.scalars(select(history.Change).where(mine)):
        found.update(concerned(change))
    return sorted(found)


def concerned(change: history.Change) -> Iterator[str]:
    """What a change has written to or taken from, as acts name it."""
    subjects = [(change.subject_kind, change.subject_id)]
    if taken_from := (change.before or {}).get("image_id"):
        subjects.append(("image", taken_from))
    for kind, key in subjects:
        if name := _name(kind, key, change):
            yield name


def _name(kind: str, key: int, change: history.Change) -> str | None:
    """What an act calls a thing; what is gone is known by its change."""
    column = "ref_code" if kind == "unit" else "public_id"
    table = db.Base.metadata.tables[kind]
    there: str | None = db.session().scalar(select(table.c[column]).where(table.c.id == key))
    return there or ((change.before or {}).get(column) if change.entity == kind else None)


def _taken_over(import_id: int) -> Any:
    """Cells that were accepted and are written."""
    session = db.session()
    assert session.get_one(SheetImport, import_id).state == "applied"
    mine = select(SheetRow.image, SheetCell).join(SheetCell, SheetCell.row_id == SheetRow.id)
    for key, cell in session.execute(mine.where(SheetCell.import_id == import_id)):
        if not cell.accepted:
            continue
        if cell.column in FIELDS:
            yield Put(key, FIELDS[cell.column], cell.theirs, cell.ours)
        elif cell.ours:
            yield Instead(key, "caption", cell.ours, cell.theirs)
        else:
            yield Say(key, "caption", cell.theirs)


ACTS: dict[str, Callable[[Editor], list[Told]]] = {
    "open": Editor.open, "describe": Editor.describe, "enter": Editor.enter,
    "join": Editor.join, "unite": Editor.unite, "move": Editor.move,
    "preview": Editor.preview, "carry_out": Editor.carry_out, "undo": Editor.undo,
    "export": Editor.export, "bring_back": Editor.bring_back, "hand_in": Editor.hand_in,
}  # fmt: skip
