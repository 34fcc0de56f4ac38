"""The audit chain: each event carries the hash of the one before it.

``hash = SHA-256(canonical JSON [seq, at, actor, action, kind, id, payload, prev])``. Triggers in
the database refuse to change or remove an event or to add one out of order.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.db import now, transaction
from archive.history.actor import Actor
from archive.history.models import AuditEvent

START = "0" * 64


@dataclass(frozen=True)
class Verification:
    """How far the chain holds; `broken_at` is the first event that does not, or None."""

    events: int
    broken_at: int | None
    head: str


def append(
    actor: Actor,
    action: str,
    kind: str,
    subject_id: str | int,
    payload: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write one event in the current transaction; nobody else writes until it ends."""
    with transaction() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).first()
        event = AuditEvent(
            seq=(last.seq if last else 0) + 1,
            at=now().isoformat(timespec="microseconds"),
            actor=f"person:{actor.person_id}" if actor.person_id else actor.label,
            action=action,
            subject_kind=kind,
            subject_id=str(subject_id),
            payload=json.dumps(payload or {}, sort_keys=True, ensure_ascii=False),
            prev_hash=last.hash if last else START,
        )
        event.hash = digest(event)
        session.add(event)
        session.flush()
        return event


def digest(event: AuditEvent) -> str:
    """The hash of one event, from its own columns."""
    parts = [
        event.seq,
        event.at,
        event.actor,
        event.action,
        event.subject_kind,
        event.subject_id,
        event.payload,
        event.prev_hash,
    ]
    canonical = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def verify(session: Session) -> Verification:
    """Walk the whole chain; stops at the first event that does not fit."""
    expected, previous = 1, START
    chain = select(AuditEvent).order_by(AuditEvent.seq).execution_options(yield_per=1000)
    with closing(session.scalars(chain)) as events:
        for event in events:
            if event.seq != expected or event.prev_hash != previous or event.hash != digest(event):
                return Verification(expected - 1, expected, previous)
            expected, previous = expected + 1, event.hash
    return Verification(expected - 1, None, previous)
