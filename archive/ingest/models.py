"""Tables of batches: what was handed over, and what became of every file and row.

A batch is the log of a process, not a description, so nothing here is `Recorded`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.catalogue.models import Image, Unit
from archive.db import Base, Identified, now

OUTCOMES = ("received", "described", "duplicate", "unchanged", "proposed", "refused")
STATES = ("open", "running", "finished", "stopped", "interrupted")


class Batch(Identified, Base):
    """One delivery. `runner` is "host:process" of whoever works on it, empty when nobody does.

    `counts` has one number for each outcome; `mapping` is the mapping as it was when the batch
    was opened; everything it wrote is one change set. `rolls` asks for a file of each roll.
    `trouble` is ``{"code": …, "params": …}`` when the batch stopped before its end.
    """

    __tablename__ = "batch"

    title: Mapped[str] = mapped_column(Text, default="")
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[str] = mapped_column(String(20), default="files")
    paths: Mapped[list[str]] = mapped_column(default=list)
    spreadsheet: Mapped[str] = mapped_column(Text, default="")
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(String(20), default="open", index=True)
    dry_run: Mapped[bool] = mapped_column(default=False)
    by_reference: Mapped[bool] = mapped_column(default=False)
    publish: Mapped[bool] = mapped_column(default=False)
    rolls: Mapped[bool] = mapped_column(default=False)
    uploaded: Mapped[bool] = mapped_column(default=False)
    total: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    notes: Mapped[list[Any]] = mapped_column(default=list)
    trouble: Mapped[dict[str, Any]] = mapped_column(default=dict)
    seconds: Mapped[float] = mapped_column(default=0.0)
    runner: Mapped[str] = mapped_column(String(120), default="")
    job_id: Mapped[int | None]
    change_set_id: Mapped[int | None] = mapped_column(ForeignKey("change_set.id"))
    actor_id: Mapped[int | None]
    actor_label: Mapped[str] = mapped_column(String(60), default="")
    opened_at: Mapped[datetime] = mapped_column(default=now, index=True)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    unit: Mapped[Unit | None] = relationship(viewonly=True)

    @property
    def done(self) -> int:
        return sum(self.counts.values())


class BatchFile(Base):
    """The outcome of one file or row: `code` and `params` give the sentence, see `words`.

    `image` is the public identifier of the photograph; `key` is what a row is known by when it
    comes again; `row` is the row as found; `words` is the digest of the draft made of it.
    """

    __tablename__ = "batch_file"
    __table_args__ = (Index("ix_batch_file_batch_position", "batch_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    path: Mapped[str] = mapped_column(Text, index=True)
    outcome: Mapped[str] = mapped_column(String(12))
    image: Mapped[str] = mapped_column(String(16), default="")
    code: Mapped[str] = mapped_column(String(40), default="")
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sha256: Mapped[str] = mapped_column(String(64), default="", index=True)
    bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    row_number: Mapped[int | None]
    row: Mapped[dict[str, Any]] = mapped_column(default=dict)
    key: Mapped[str] = mapped_column(String(64), default="", index=True)
    words: Mapped[str] = mapped_column(String(64), default="")
    origins: Mapped[dict[str, Any]] = mapped_column(default=dict)
    warnings: Mapped[list[Any]] = mapped_column(default=list)


class Proposal(Identified, Base):
    """New words for a photograph that is known already; a person accepts or rejects them."""

    __tablename__ = "proposal"

    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id", ondelete="CASCADE"), index=True)
    image_id: Mapped[int] = mapped_column(ForeignKey("image.id", ondelete="CASCADE"), index=True)
    path: Mapped[str] = mapped_column(Text, default="")
    draft: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(String(10), default="open", index=True)
    decided_by: Mapped[int | None]
    decided_at: Mapped[datetime | None]

    image: Mapped[Image] = relationship(viewonly=True)


class SavedMapping(Identified, Base):
    """A mapping kept under a name, to be used for the next delivery of the same kind."""

    __tablename__ = "mapping"

    name: Mapped[str] = mapped_column(String(120), unique=True)
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    saved_at: Mapped[datetime] = mapped_column(default=now)


class SheetImport(Identified, Base):
    """A table of photographs that came back, beside the catalogue, until somebody decides.

    `state` is "open", "applying" or "applied"; `change_set` is what applying made of it.
    `rows` counts the rows of the sheet, also those that change nothing and are not kept;
    `position` is the key of the last row that was taken over.
    """

    __tablename__ = "sheet_import"

    name: Mapped[str] = mapped_column(Text, default="")
    actor_id: Mapped[int | None]
    actor_label: Mapped[str] = mapped_column(String(60), default="")
    state: Mapped[str] = mapped_column(String(12), default="open")
    rows: Mapped[int] = mapped_column(default=0)
    notes: Mapped[list[Any]] = mapped_column(default=list)
    trouble: Mapped[dict[str, Any]] = mapped_column(default=dict)
    change_set: Mapped[str] = mapped_column(String(16), default="")
    position: Mapped[int] = mapped_column(default=0)
    job_id: Mapped[int | None]
    sent_at: Mapped[datetime] = mapped_column(default=now, index=True)
    applied_at: Mapped[datetime | None]


class SheetRow(Base):
    """A row that would change something or cannot be used; `kind` is "known", "new", "refused".

    `image` is the public identifier of the photograph, `version` the one that was compared.
    """

    __tablename__ = "sheet_row"
    __table_args__ = (Index("ix_sheet_row_import_number", "import_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("sheet_import.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10), default="known")
    image: Mapped[str] = mapped_column(String(16), default="")
    version: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(Text, default="")
    unit: Mapped[str] = mapped_column(String(120), default="")
    remarks: Mapped[list[Any]] = mapped_column(default=list)


class SheetCell(Base):
    """A changed cell: what it said when written out, what the sheet says and what is said now.

    `base` is None where it is not known or not asked for; `stops` is why the cell cannot be taken,
    and then it is not `usable`; `accepted` says whether applying takes it.
    """

    __tablename__ = "sheet_cell"
    __table_args__ = (Index("ix_sheet_cell_import_column", "import_id", "column"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("sheet_import.id", ondelete="CASCADE"))
    row_id: Mapped[int] = mapped_column(ForeignKey("sheet_row.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    column: Mapped[str] = mapped_column(String(80))
    base: Mapped[str | None] = mapped_column(Text)
    theirs: Mapped[str] = mapped_column(Text, default="")
    ours: Mapped[str] = mapped_column(Text, default="")
    conflict: Mapped[bool] = mapped_column(default=False)
    remarked: Mapped[bool] = mapped_column(default=False)
    usable: Mapped[bool] = mapped_column(default=True)
    accepted: Mapped[bool] = mapped_column(default=False)
    remarks: Mapped[list[Any]] = mapped_column(default=list)
    stops: Mapped[dict[str, Any]] = mapped_column(default=dict)
