"""What the pages of receiving show: uploads, the mapping with a preview, a batch and its report."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage, MultiDict

from archive import dates, db
from archive.catalogue.drafts import DateDraft
from archive.catalogue.models import Image
from archive.history import ChangeSet
from archive.ingest import drafting, rolls, service
from archive.ingest.drafting import Drafted
from archive.ingest.headings import TARGETS
from archive.ingest.mapping import NAMES, Column, Mapping
from archive.ingest.models import OUTCOMES, Batch, BatchFile, Proposal, SavedMapping
from archive.ingest.plan import Task
from archive.ingest.receive import SPREADSHEETS
from archive.ingest.rolls import Box
from archive.ingest.service import Prepared, Request
from archive.ingest.spreadsheet import Sheet
from archive.ingest.words import Reason, reason
from archive.ingest.zips import is_safe
from archive.languages import language
from archive.words import edtf_in_words
from archive.workbench.changes import lines

PREVIEWED = 10
PER_PAGE = 100
ORDERS = ("", "dmy", "mdy")
NAMED = {".zip", *SPREADSHEETS}
SEPARATORS = {"": "", ";": ";", "|": "|", ",": ",", ".": "."}


@dataclass(frozen=True)
class Preview:
    """One row or file as it would be described."""

    name: str
    files: Sequence[str]
    title: str
    dates: Sequence[str]
    creators: Sequence[str]
    places: Sequence[str]
    rights: str
    subjects: Sequence[str]
    warnings: Sequence[Reason]


@dataclass(frozen=True)
class ColumnLine:
    """A column of the spreadsheet in the mapping form, with the first values in it."""

    heading: str
    column: Column
    values: Sequence[str]


@dataclass(frozen=True)
class Sorting:
    """The page between upload and batch."""

    token: str
    prepared: Prepared
    columns: Sequence[ColumnLine]
    previews: Sequence[Preview]
    pairs: int
    taken_over: int
    box: Box


@dataclass(frozen=True)
class Report:
    """A batch with one page of its outcomes."""

    batch: Batch
    outcome: str
    files: Sequence[BatchFile]
    number: int
    pages: int
    notes: Sequence[Reason]
    trouble: Reason | None
    rate: float
    remaining_s: int
    proposals: int
    change_set: ChangeSet | None

    @property
    def is_over(self) -> bool:
        return self.batch.state in ("finished", "stopped", "interrupted")


# --- uploads ---


def keep_uploads(files: Iterable[FileStorage], token: str = "") -> str:
    """Put uploaded files into a folder of their own; returns its token, "" when none came."""
    sent = [file for file in files if file.filename]
    if not sent:
        return token
    token = token or secrets.token_hex(8)
    folder = service.upload_folder(token)
    for file in sent:
        path = _place(folder, file.filename or "")
        path.parent.mkdir(parents=True, exist_ok=True)
        file.save(path)
    return token


def _place(folder: Path, sent: str) -> Path:
    """Where an upload goes: the path within its folder if it is safe, else its bare name."""
    name = sent.replace("\\", "/").lstrip("/")
    if not is_safe(name):
        name = re.sub(r"[\x00-\x1f]", "", name.rsplit("/", 1)[-1]).strip(".") or "unnamed"
    path = folder / name
    number = 1
    while path.exists():
        number += 1
        path = (folder / name).with_stem(f"{Path(name).stem} ({number})")
    return path


def request_of(token: str, form: Dictionary[str, Any]) -> Request:
    """The delivery of an upload, with the wishes of the form."""
    folder = service.upload_folder(token)
    sheets = [path for path in _files(folder) if path.suffix.lower() in SPREADSHEETS]
    return Request(
        [folder],
        spreadsheet=sheets[0] if len(sheets) == 1 else None,
        mapping=None,
        unit=form.get("unit", "").strip(),
        title=form.get("title", "").strip() or _title_of(folder),
        publish=bool(form.get("publish")),
        rolls=bool(form.get("rolls")),
    )


def _title_of(folder: Path) -> str:
    """What an upload calls itself: its one folder, ZIP or list, else the day it came."""
    entries = list(folder.iterdir())
    if len(entries) == 1 and (entries[0].is_dir() or entries[0].suffix.lower() in NAMED):
        return entries[0].stem
    return db.now().date().isoformat()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


# --- mapping and preview ---


def mapping_of(form: MultiDict[str, str]) -> Mapping | None:
    """The mapping typed into the form; None when the form has none."""
    headings = form.getlist("heading")
    if not headings:
        return None
    columns = {}
    for number, heading in enumerate(headings):
        target = form.get(f"target-{number}", "")
        if target in TARGETS:
            columns[heading] = Column(
                target,
                SEPARATORS.get(form.get(f"separator-{number}", ""), ""),
                target in NAMES and bool(form.get(f"family-{number}")),
                form.get(f"order-{number}", ""),
            )
    return Mapping(columns, form.get("language", ""))


def sorting(token: str, prepared: Prepared) -> Sorting:
    """What the mapping page shows."""
    sheet, mapping = prepared.sheet, prepared.mapping
    lines = _lines(sheet, mapping) if sheet else []
    tasks = [task for task in prepared.tasks if task.row is not None] or prepared.tasks
    return Sorting(
        token,
        prepared,
        lines,
        [_preview(task, prepared) for task in tasks[:PREVIEWED]],
        pairs=sum(
            {part.side for part in task.parts} >= {"recto", "verso"} for task in prepared.tasks
        ),
        taken_over=len(mapping.columns),
        box=rolls.box_of(prepared.tasks),
    )


def _lines(sheet: Sheet, mapping: Mapping) -> list[ColumnLine]:
    return [
        ColumnLine(
            heading,
            mapping.columns.get(heading, Column("")),
            list(
                dict.fromkeys(
                    row.cells[heading] for row in sheet.rows[:200] if heading in row.cells
                )
            )[:2],
        )
        for heading in sheet.headings
    ]


def _preview(task: Task, prepared: Prepared) -> Preview:
    made = Drafted()
    if task.row is not None:
        made = drafting.compose_title(drafting.from_row(task.row.cells, prepared.mapping))
    draft = made.draft
    problems = [part.found.problem for part in task.parts]
    if task.named and not task.parts:
        problems.append(reason("file_missing", name=task.named))
    titles = [c.text for c in draft.captions if c.type == "archivist_title"]
    return Preview(
        name=f"{task.row.number}." if task.row else "",
        files=[part.found.name for part in task.parts],
        title=titles[0] if titles else "",
        dates=[_read_back(entry) for entry in draft.dates],
        creators=[link.name for link in draft.agents if link.role == "creator"],
        places=[link.name for link in draft.places],
        rights=draft.rights.rights_statement,
        subjects=[link.name for link in draft.subjects],
        warnings=[*filter(None, problems), *filter(None, [task.refusal]), *made.warnings],
    )


def _read_back(entry: DateDraft) -> str:
    """A date as it was written and, where that is another wording, as it will be read."""
    edtf = entry.edtf or dates.read(entry.display, lang=entry.lang).edtf
    said = edtf_in_words(edtf, language()) if edtf else ""
    return f"{entry.display} → {said}" if said not in ("", entry.display) else entry.display


def saved_mappings(session: Session) -> list[str]:
    return list(session.scalars(select(SavedMapping.name).order_by(SavedMapping.name)))


# --- batches ---


def batches(session: Session, limit: int = 50) -> Sequence[Batch]:
    return session.scalars(select(Batch).order_by(Batch.id.desc()).limit(limit)).all()


def report(session: Session, batch: Batch, outcome: str, number: int) -> Report:
    """A batch as it stands, and a page of its outcomes, those of one kind if asked for."""
    outcome = outcome if outcome in OUTCOMES else ""
    wanted = select(BatchFile).where(BatchFile.batch_id == batch.id)
    if outcome:
        wanted = wanted.where(BatchFile.outcome == outcome)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(number, 1), pages)
    shown = wanted.order_by(BatchFile.id).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    rate, remaining = _pace(batch)
    waiting = select(func.count()).where(Proposal.batch_id == batch.id, Proposal.state == "open")
    return Report(
        batch,
        outcome,
        session.scalars(shown).all(),
        number,
        pages,
        [_reason(note) for note in batch.notes],
        _reason(batch.trouble) if batch.trouble else None,
        rate,
        remaining,
        session.scalar(waiting) or 0,
        session.get(ChangeSet, batch.change_set_id) if batch.change_set_id else None,
    )


def _pace(batch: Batch) -> tuple[float, int]:
    """Files a second since the start, and the seconds that remain at that pace."""
    if batch.started_at is None or not batch.done:
        return 0.0, 0
    seconds = batch.seconds or (db.now() - batch.started_at).total_seconds()
    rate = batch.done / max(seconds, 0.1)
    return rate, round((batch.total - batch.done) / rate)


def _reason(stored: dict[str, Any]) -> Reason:
    return Reason(stored["code"], stored["params"])


def reason_of(file: BatchFile) -> Reason:
    return Reason(file.code, file.params)


def warnings_of(file: BatchFile) -> list[Reason]:
    return [_reason(stored) for stored in file.warnings]


def open_proposals(session: Session, limit: int = 50) -> Sequence[tuple[Proposal, Image]]:
    """What waits for a decision, the oldest first, with the photograph it is about."""
    found = session.execute(
        select(Proposal, Image)
        .join(Image, Image.id == Proposal.image_id)
        .where(Proposal.state == "open")
        .order_by(Proposal.id)
        .limit(limit)
    )
    return [(proposal, image) for proposal, image in found]


def proposed_lines(proposal: Proposal) -> list[tuple[str, str]]:
    """What a proposal adds, as (kind, words)."""
    told: list[tuple[str, str]] = []
    for name, value in proposal.draft.items():
        if isinstance(value, list):
            told += [(name, _words(name, entry)) for entry in value]
        elif isinstance(value, dict):
            told += [(key, _words(key, entry)) for key, entry in value.items() if entry]
    return told


def _words(name: str, entry: Any) -> str:
    if isinstance(entry, dict):
        for key in ("text", "display", "name", "value"):
            if entry.get(key):
                return str(entry[key])
        return "; ".join(str(value) for value in entry.values() if value)
    return lines.plain(name, entry)
