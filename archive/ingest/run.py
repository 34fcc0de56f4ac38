"""Working through a batch: keep the bytes, read the file, make the draft, write it down.

Files are kept one by one (fsync before anything else), descriptions are committed in groups, and
an outcome is told only after its group's commit. The invariants: a file killed between the two is
adopted by the next run, and whatever happens to one file the others go on.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from archive import db, history
from archive.catalogue import service as catalogue
from archive.catalogue import strips
from archive.catalogue.authorities import UnknownAuthority
from archive.catalogue.drafts import FileDraft
from archive.catalogue.models import Image, Unit
from archive.history import Actor, ChangeSet
from archive.ingest import drafting, known, proposals
from archive.ingest.drafting import Drafted
from archive.ingest.keeping import FAILURES, STOPS, Keeper, limits_of, why_not, why_not_written
from archive.ingest.mapping import Mapping
from archive.ingest.models import OUTCOMES, Batch, BatchFile, Proposal
from archive.ingest.plan import Part, Task
from archive.ingest.receive import Found
from archive.ingest.spreadsheet import Row
from archive.ingest.words import Reason, reason
from archive.media.packet import SOURCE_TYPES
from archive.media.probe import Probe, as_json
from archive.media.prober import Prober
from archive.settings import Settings
from archive.storage import Kept

UNWRITABLE = (catalogue.Refused, UnknownAuthority, ValueError, IntegrityError)


@dataclass(frozen=True)
class Result:
    """What became of one file or row, as it is told and stored."""

    path: str
    outcome: str
    reason: Reason
    image: str = ""
    row: int | None = None
    warnings: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a run works on and how; a rehearsal writes nothing but the report of its batch."""

    actor: Actor
    tasks: Sequence[Task]
    mapping: Mapping
    sheet: str
    unit_id: int | None
    batch_id: int | None
    by_reference: bool = False
    publish: bool = False
    rehearsal: bool = False
    reason: str = ""
    change_set_id: int | None = None

    @property
    def total(self) -> int:
        return sum(task.answers for task in self.tasks)


class Stop(Exception):
    """The batch cannot go on; `reason` says why. What was told before is safe."""

    def __init__(self, why: Reason) -> None:
        super().__init__(why.sentence("en"))
        self.reason = why


@dataclass
class _File:
    """A part with its bytes kept and read; `result` is set once its fate is known."""

    part: Part
    kept: Kept | None = None
    probe: Probe | None = None
    result: Result | None = None
    known: int | None = None
    filename: str = ""


@dataclass
class _Photograph:
    """A task made ready to be written."""

    task: Task
    files: list[_File]
    made: Drafted
    words: str = ""
    results: list[tuple[Result, _File | None]] = field(default_factory=list)

    @property
    def fresh(self) -> list[_File]:
        return [file for file in self.files if file.result is None and file.known is None]

    @property
    def stop(self) -> Reason | None:
        """Why the batch cannot go on, if a file could not be kept for want of room."""
        reasons = [file.result.reason for file in self.files if file.result]
        return next((why for why in reasons if why.code in STOPS), None)


Tell = Callable[[list[Result]], None]
Tick = Callable[[int], None]


class Run:
    """One pass over a plan."""

    def __init__(self, plan: Plan, settings: Settings, *, tell: Tell, tick: Tick) -> None:
        self.plan = plan
        self.settings = settings
        self.change_set_id = plan.change_set_id
        self.tell, self.tick = tell, tick
        self.counts = dict.fromkeys(OUTCOMES, 0)
        self.done = 0
        self.position = 0
        self.seen: dict[str, str] = {}
        self.came: set[tuple[str, int]] = set()
        self.holders: dict[str, tuple[int, str]] = {}
        self.keyed: dict[str, str] = {}
        self.rows: dict[str, int] = {}

    @property
    def rehearsal(self) -> bool:
        return self.plan.rehearsal

    def __call__(self, skip: set[str]) -> None:
        """Work through the plan; files and rows in `skip` were answered for before.

        Raises Stop when the disk is full or cannot be written to.
        """
        plan = self.plan
        chosen = {"by_reference": plan.by_reference, "rehearsal": plan.rehearsal}
        limits = limits_of(self.settings)
        with Prober(charset=self.settings.legacy_charset, limits=limits) as prober:
            keeper = Keeper(self.settings, prober, **chosen)
            for chunk in self._chunks(skip):
                ready, stop = self._prepare(chunk, keeper)
                self._finish(ready, keeper)
                db.release()
                if stop is not None:
                    raise Stop(stop)

    def _prepare(
        self, chunk: list[Task], keeper: Keeper
    ) -> tuple[list[_Photograph], Reason | None]:
        """A group made ready; it ends early where the disk is full, leaving that task out."""
        ready: list[_Photograph] = []
        self.came = known.came_before(part.found.path for task in chunk for part in task.parts)
        for task in chunk:
            photograph = self._ready(task, keeper)
            if stop := photograph.stop:
                return ready, stop
            ready.append(photograph)
        return ready, None

    def _chunks(self, skip: set[str]) -> Iterator[list[Task]]:
        """Tasks in groups of about as many files as one commit takes."""
        chunk: list[Task] = []
        size = 0
        for task in self.plan.tasks:
            if skip and not _names(task, self.plan.sheet) - skip:
                continue
            chunk.append(task)
            size += task.answers
            if size >= self.settings.ingest_commit_files:
                yield chunk
                chunk, size = [], 0
        if chunk:
            yield chunk

    # --- keep and read ---

    def _ready(self, task: Task, keeper: Keeper) -> _Photograph:
        files = [self._file(part, keeper) for part in task.parts]
        made = Drafted()
        if task.row is not None:
            made = drafting.from_row(task.row.cells, self.plan.mapping)
        words = proposals.digest(made.draft)
        for file in files:
            if file.probe is not None and file.probe.ok and file.part.side != "verso":
                drafting.with_file(made, file.probe.fields)
        return _Photograph(task, files, drafting.compose_title(made), words)

    def _file(self, part: Part, keeper: Keeper) -> _File:
        file = _File(part)
        try:
            self._keep_and_read(file, keeper)
        except FAILURES as error:
            file.result = _refused(part.found, why_not(error))
        self.done += 1
        self.tick(self.done)
        return file

    def _keep_and_read(self, file: _File, keeper: Keeper) -> None:
        found = file.part.found
        if problem := keeper.problem(found):
            file.result = _refused(found, problem)
            return
        came = (found.path, found.size) in self.came
        file.kept = keeper.keep(found, came_before=came)
        digest = file.kept.sha256
        file.known, file.filename = known.holders([digest]).get(digest, (None, ""))
        if file.known is None:
            file.probe = keeper.probe(found, file.kept)
            if not file.probe.ok:
                keeper.let_go(file.kept)
                file.result = _refused(found, _picture_reason(file.probe))

    # --- write ---

    def _finish(self, ready: list[_Photograph], keeper: Keeper) -> None:
        """Write a group in one transaction; where one fails, each by itself."""
        if self.rehearsal:
            self._rehearse(ready)
            return
        try:
            self._commit(ready)
        except UNWRITABLE:
            for photograph in ready:
                self._forget_duplicates(photograph)
                self._commit_alone(photograph, keeper)
        except SQLAlchemyError as error:
            raise Stop(why_not_written(error)) from error
        self._told(ready)

    def _rehearse(self, ready: list[_Photograph]) -> None:
        """Judge a group without writing it; the report of its batch is kept, if it has one."""
        self._look_up(ready)
        for photograph in ready:
            self._judge(photograph, self.seen)
        if self.plan.batch_id is not None:
            with db.transaction() as session:
                self._write_results(session, ready)
        self._told(ready)

    @staticmethod
    def _forget_duplicates(photograph: _Photograph) -> None:
        """What was a duplicate within the group is judged anew, for the group is undone."""
        for file in photograph.files:
            if file.result is not None and file.result.outcome == "duplicate":
                file.result = None

    def _commit_alone(self, photograph: _Photograph, keeper: Keeper) -> None:
        """One photograph in a transaction of its own; what cannot be written is refused."""
        try:
            self._commit([photograph])
        except UNWRITABLE as error:
            why, row = reason("rejected_value", error=db.said_of(error)[:300]), photograph.task.row
            photograph.results = [(f.result, f) for f in photograph.files if f.result]
            for file in photograph.fresh:
                assert file.kept is not None
                keeper.let_go(file.kept)
                photograph.results.append((_refused(file.part.found, why), file))
            if not photograph.files and row is not None:
                photograph.results.append((self._of_row(row, "refused", why), None))
            with db.transaction() as session:
                self._write_results(session, [photograph])

    def _commit(self, ready: list[_Photograph]) -> None:
        plan = self.plan
        with db.transaction() as session:
            with history.change(
                plan.actor, "ingest", reason=plan.reason, onto=self.change_set_id
            ) as change_set:
                # It is our turn to write: nobody removes a master from here to the commit.
                seen: dict[str, str] = {}
                self._look_up(ready)
                for photograph in ready:
                    photograph.results = []
                    self._judge(photograph, seen)
                self._write_results(session, ready)
            self._join(session, change_set)
        self.change_set_id = change_set.id if inspect(change_set).persistent else None

    def _join(self, session: Session, change_set: ChangeSet) -> None:
        """Have the batch remember what it wrote, so that all of it can be undone as one."""
        if self.plan.batch_id is not None and inspect(change_set).persistent:
            session.get_one(Batch, self.plan.batch_id).change_set_id = change_set.id

    def _look_up(self, ready: list[_Photograph]) -> None:
        """What is known by now of the files and rows of a group, in two selects."""
        digests = [file.kept.sha256 for photo in ready for file in photo.fresh if file.kept]
        self.holders = known.holders(digests)
        self.keyed = known.by_key([photograph.task.key for photograph in ready])

    def _judge(self, photograph: _Photograph, seen: dict[str, str]) -> None:
        """Decide what becomes of a task and, unless it is a rehearsal, write it."""
        task = photograph.task
        if task.refusal is not None and task.row is not None:
            photograph.results.append((self._of_row(task.row, "refused", task.refusal), None))
            return
        self._sort_known(photograph, seen)
        for file in photograph.files:
            if file.result is not None:
                photograph.results.append((file.result, file))
        image = self._known_image(photograph)
        if photograph.fresh:
            self._take_in(photograph, image)
        elif task.row is not None and not any(file.known for file in photograph.files):
            self._describe(photograph, image)
        self._answer_known(photograph)
        for row in task.rows:
            head = task.row.number if task.row else 0
            self._answer(photograph, row, "described", reason("part_of_row", row=head))

    def _sort_known(self, photograph: _Photograph, seen: dict[str, str]) -> None:
        """Files whose bytes came earlier in this group, or were taken by somebody meanwhile."""
        for file in photograph.fresh:
            assert file.kept is not None
            digest = file.kept.sha256
            if not self.rehearsal and not file.kept.path.exists():
                file.result = _refused(file.part.found, reason("vanished"))
                continue
            if digest in seen:
                why = reason("duplicate", name=seen[digest])
                file.result = Result(file.part.found.path, "duplicate", why)
                continue
            file.known, file.filename = self.holders.get(digest, (None, ""))
            if file.known is None:
                seen[digest] = file.part.found.name

    def _known_image(self, photograph: _Photograph) -> Image | None:
        """The photograph that other files or an earlier row of this task made."""
        session = db.session()
        for file in photograph.files:
            if file.known is not None:
                return session.get(Image, file.known)
        earlier = self.keyed.get(photograph.task.key)
        if earlier is None:
            return None
        return session.scalars(select(Image).where(Image.public_id == earlier)).first()

    def _take_in(self, photograph: _Photograph, image: Image | None) -> None:
        """Accession the new files, or add them to the photograph that they belong to."""
        files = [_file_draft(file, photograph.made) for file in photograph.fresh]
        belongs = image is not None and (self._sides_of(photograph) or known.is_bare(image))
        why = reason("received")
        if image is not None and belongs:
            why = reason("picture_of_row" if known.is_bare(image) else "side_of_known")
            if not self.rehearsal:
                catalogue.add_files(db.session(), image, files)
        elif not self.rehearsal:
            made = self._accession(photograph, files)
            why = self._published(made) if image is None else reason("another", id=image.public_id)
            image = made
        self._answer_taken(photograph, why, image.public_id if image else "")

    @staticmethod
    def _sides_of(photograph: _Photograph) -> bool:
        """Whether another side of the same photograph is known."""
        return any(file.known is not None for file in photograph.files)

    def _answer_taken(self, photograph: _Photograph, why: Reason, image: str) -> None:
        first = photograph.fresh[0].part
        for file in photograph.fresh:
            part = file.part
            told = why if why.code == "not_published" else part.reason or why
            if part is not first and part.reason is None:
                told = reason("side", first=first.found.name, side=part.side)
            row = part.row.number if part.row else None
            warnings = tuple(photograph.made.warnings) if part is first else ()
            result = Result(part.found.path, "received", told, image, row, warnings)
            photograph.results.append((result, file))
        if photograph.task.key and image:
            self.keyed[photograph.task.key] = image

    def _accession(self, photograph: _Photograph, files: Sequence[FileDraft]) -> Image:
        """Into the unit of the batch, or into the roll below it that the photograph is on."""
        unit, task = db.session().get_one(Unit, self.plan.unit_id), photograph.task
        draft = photograph.made.draft
        if task.roll:
            unit = strips.roll_below(self.plan.actor, unit, task.roll)
            draft.frame = draft.frame or task.frame
        return catalogue.accession(self.plan.actor, unit, draft, files)

    def _published(self, image: Image, code: str = "received") -> Reason:
        """Publish where asked for and the rules are kept; else say what is missing."""
        if not self.plan.publish:
            return reason(code)
        missing = catalogue.missing_for_publication(db.session(), image)
        if missing:
            worded = "not_published" if code == "received" else "described_not_published"
            return reason(worded, missing=missing)
        catalogue.publish(self.plan.actor, image)
        return reason("published" if code == "received" else code)

    def _describe(self, photograph: _Photograph, image: Image | None) -> None:
        """A row without a picture: a description, or words for one that is known."""
        task, row = photograph.task, photograph.task.row
        assert row is not None
        if task.key in self.rows:
            same = reason("same_row", row=self.rows[task.key])
            self._answer(photograph, row, "duplicate", same, image.public_id if image else "")
            return
        self.rows[task.key] = row.number
        if image is not None:
            self._compare(photograph, image, row)
            return
        if not photograph.made.speaks_of_a_photograph:
            self._answer(photograph, row, "refused", reason("row_without_photograph"))
            return
        why, public_id = reason("described"), ""
        if not self.rehearsal:
            made = self._accession(photograph, ())
            why, public_id = self._published(made, "described"), made.public_id
        if task.named and not photograph.files and why.code == "described":
            why = reason("file_missing", name=task.named)
        if public_id:
            self.keyed[task.key] = public_id
        self._answer(photograph, row, "described", why, public_id)

    def _compare(self, photograph: _Photograph, image: Image, row: Row) -> None:
        outcome = self._proposed(photograph, image)
        self._answer(photograph, row, outcome, reason(outcome), image.public_id)

    def _answer_known(self, photograph: _Photograph) -> None:
        """Files that the archive has: unchanged, a duplicate, or a proposal of new words."""
        proposed = False
        for file in photograph.files:
            if file.known is None or file.result is not None:
                continue
            image = db.session().get_one(Image, file.known)
            found, outcome, why = file.part.found, "unchanged", reason("unchanged")
            if photograph.task.row is not None and not proposed:
                outcome = self._proposed(photograph, image)
                why, proposed = reason(outcome), True
            if outcome == "unchanged" and file.filename != found.name:
                outcome, why = "duplicate", reason("duplicate", name=file.filename)
            row = file.part.row.number if file.part.row else None
            photograph.results.append(
                (Result(found.path, outcome, why, image.public_id, row), file)
            )

    def _proposed(self, photograph: _Photograph, image: Image) -> str:
        """Keep new words as a proposal. Words that were offered before are not offered again."""
        session, task = db.session(), photograph.task
        if known.was_offered(image, photograph.words):
            return "unchanged"
        row_only = drafting.from_row(task.row.cells, self.plan.mapping) if task.row else Drafted()
        new = proposals.news(session, image, row_only.draft)
        if new is None:
            return "unchanged"
        if not self.rehearsal:
            session.add(
                Proposal(
                    batch_id=self.plan.batch_id,
                    image_id=image.id,
                    path=task.parts[0].found.path if task.parts else self._row_path(task.row),
                    draft=proposals.as_json(new),
                )
            )
        return "proposed"

    # --- tell ---

    def _row_path(self, row: Row | None) -> str:
        return f"{self.plan.sheet}#{row.number if row else 0}"

    def _of_row(
        self, row: Row, outcome: str, why: Reason, image: str = "", warnings: Iterable[Reason] = ()
    ) -> Result:
        return Result(self._row_path(row), outcome, why, image, row.number, tuple(warnings))

    def _answer(
        self, photograph: _Photograph, row: Row, outcome: str, why: Reason, image: str = ""
    ) -> None:
        warnings = photograph.made.warnings if outcome == "described" else ()
        result = self._of_row(row, outcome, why, image, warnings)
        photograph.results.append((result, None))

    def _write_results(self, session: Session, ready: list[_Photograph]) -> None:
        batch = session.get_one(Batch, self.plan.batch_id)
        counts = dict(batch.counts)
        for photograph in ready:
            for number, (result, file) in enumerate(photograph.results):
                self.position += 1
                session.add(self._as_row(photograph, result, file, number == 0))
                counts[result.outcome] = counts.get(result.outcome, 0) + 1
        batch.counts = counts

    def _as_row(
        self, photograph: _Photograph, result: Result, file: _File | None, first: bool
    ) -> BatchFile:
        row = photograph.task.row
        kept = file.kept if file and not self.rehearsal else None
        lasting = result.outcome != "refused" and not self.rehearsal
        return BatchFile(
            batch_id=self.plan.batch_id,
            position=self.position,
            path=result.path,
            outcome=result.outcome,
            image=result.image,
            code=result.reason.code,
            params=result.reason.params,
            sha256=kept.sha256 if kept else "",
            bytes=kept.bytes if kept else 0,
            row_number=result.row,
            row=row.cells if first and row else {},
            key=photograph.task.key if lasting else "",
            words=photograph.words if row and lasting else "",
            origins=photograph.made.origins if first else {},
            warnings=[warning.as_json() for warning in result.warnings],
        )

    def _told(self, ready: list[_Photograph]) -> None:
        results = [result for photograph in ready for result, _ in photograph.results]
        for result in results:
            self.counts[result.outcome] += 1
        self.tell(results)


def _names(task: Task, sheet: str) -> set[str]:
    """What a task is answered for under."""
    if task.parts:
        return {part.found.path for part in task.parts}
    return {f"{sheet}#{task.row.number}"} if task.row else set()


def _refused(found: Found, why: Reason) -> Result:
    return Result(found.path, "refused", why)


def _source_type(probe: Probe) -> str:
    """How the file says it came to be (IPTC digital source type), as a word of that vocabulary."""
    said = probe.xmp.get("Iptc4xmpExt:DigitalSourceType")
    if not isinstance(said, str) or not said.startswith(SOURCE_TYPES):
        return ""
    return said.removeprefix(SOURCE_TYPES)[:60]


def _file_draft(file: _File, made: Drafted) -> FileDraft:
    probe, kept = file.probe, file.kept
    assert probe is not None
    assert kept is not None
    told: dict[str, Any] = {
        key: value
        for key, value in as_json(probe, file.part.found.name).items()
        if key not in ("path", "ok", "sha256")
    }
    return FileDraft(
        kept,
        file.part.found.name,
        side=file.part.side,
        mime=probe.mime or "",
        width=probe.width or 0,
        height=probe.height or 0,
        digital_source_type=_source_type(probe),
        digitised=(made.digitised or probe.fields.date_digitised or "")[:40],
        probe=told,
        blocks={name: b64encode(block).decode() for name, block in probe.raw.items()},
    )


def _picture_reason(probe: Probe) -> Reason:
    """The probe's own words; Hungarian readers get them from its code where they can."""
    return reason("picture", why=probe.code or "", said=probe.reason or "")
