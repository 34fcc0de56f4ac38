"""What happened in the archive: who changed what, when and why, and how it was before.

`change()` is the one way anything recorded may change: it writes the change set, the state before
and after of every touched row, one row of the hash-chained audit log and the sequence numbers that
readers follow, all in the transaction of the change itself. `undo()` plays a change set backwards.
"""

from archive.history.actor import Actor, system
from archive.history.audit import append as audit
from archive.history.audit import verify
from archive.history.hindrances import Conflict, hanging
from archive.history.models import AuditEvent, Change, ChangeSet
from archive.history.reading import changes_after, of_subject
from archive.history.recording import (
    Recorded,
    Subject,
    UnrecordedChange,
    change,
    latest_seq,
    open_change_set,
    plain,
    project,
    touched_rows,
    undone_by,
)
from archive.history.rows import Edit
from archive.history.rows import write as write_rows
from archive.history.undoing import (
    Backwards,
    Later,
    UndoConflict,
    backwards,
    portions,
    undo,
)

__all__ = [
    "Actor",
    "AuditEvent",
    "Backwards",
    "Change",
    "ChangeSet",
    "Conflict",
    "Edit",
    "Later",
    "Recorded",
    "Subject",
    "UndoConflict",
    "UnrecordedChange",
    "audit",
    "backwards",
    "change",
    "changes_after",
    "hanging",
    "latest_seq",
    "of_subject",
    "open_change_set",
    "plain",
    "portions",
    "project",
    "system",
    "touched_rows",
    "undo",
    "undone_by",
    "verify",
    "write_rows",
]
