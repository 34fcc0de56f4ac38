"""Mail: a row in the outbox, written in the caller's transaction and sent after it.

`send` is repeated without harm, because each message has a key of its own. Without a mail server
a message is kept for administrators to read. The invariant: no address ever reaches a log, and a
message that was accepted by the mail server is not offered to it again.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from sqlalchemy import Index, Select, String, Text, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from archive import jobs
from archive.db import Base, Identified, now, release, session, transaction
from archive.logs import mask
from archive.settings import Settings, current

LEASE = timedelta(minutes=5)
TIMEOUT_S = 30
TEMPLATES = Path(__file__).parent / "templates" / "mail"
log = logging.getLogger(__name__)

_templates = Environment(
    autoescape=False,  # noqa: S701 - plain text
    undefined=StrictUndefined,
    keep_trailing_newline=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Outgoing(Identified, Base):
    """One message. `waiting` for the mail server, `sent`, `failed`, or `kept` for want of one."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (Index("ix_outgoing_mail_due", "state", "next_try"),)

    template: Mapped[str] = mapped_column(String(60))
    to: Mapped[str] = mapped_column(String(255))
    locale: Mapped[str] = mapped_column(String(2))
    payload: Mapped[dict[str, Any]]
    dedupe_key: Mapped[str] = mapped_column(String(120), unique=True)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    next_try: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")


@dataclass(frozen=True)
class Letter:
    """A message as its reader will see it."""

    subject: str
    body: str


def send(template: str, to: str, locale: str, payload: dict[str, Any], dedupe_key: str) -> Outgoing:
    """Put a message into the outbox; a second one with the same key is the first one.

    `payload` must be JSON. The template is rendered now to find a missing word before anybody is
    promised a message, and again when it is sent.
    """
    _render(template, locale, payload)
    with transaction() as current_session:
        earlier = current_session.scalar(_with_key(dedupe_key))
        if earlier is not None:
            return earlier
        row = Outgoing(
            template=template, to=to, locale=locale, payload=payload, dedupe_key=dedupe_key
        )
        try:
            with current_session.begin_nested():
                current_session.add(row)
        except IntegrityError:
            return current_session.scalars(_with_key(dedupe_key)).one()
        jobs.submit("send_mail", outgoing_id=row.id)
        return row


def letter(row: Outgoing) -> Letter:
    """The words of a message."""
    return _render(row.template, row.locale, row.payload)


def outbox(using: Session, *, limit: int = 200) -> Sequence[Outgoing]:
    """The newest messages first. They hold addresses and links: for administrators only."""
    return using.scalars(select(Outgoing).order_by(Outgoing.id.desc()).limit(limit)).all()


@jobs.job("send_mail")
def send_mail(_run: jobs.Run, outgoing_id: int) -> None:
    """Offer one message to the mail server, unless another run has just taken it."""
    _offer(outgoing_id)


@jobs.every(60)
def send_waiting_mail(run: jobs.Run) -> None:
    """Offer again what the mail server did not take the last time."""
    due = Outgoing.state == "waiting", Outgoing.next_try <= now()
    waiting = session().scalars(select(Outgoing.id).where(*due).order_by(Outgoing.id)).all()
    release()
    for count, outgoing_id in enumerate(waiting, start=1):
        _offer(outgoing_id)
        run.progress(count, len(waiting))


def _offer(outgoing_id: int) -> None:
    settings = current()
    if not settings.mail_server:
        _mark(outgoing_id, state="kept")
        return
    row = _take(outgoing_id)
    if row is None:
        return
    try:
        _deliver(row, settings)
    except (OSError, smtplib.SMTPException) as error:
        _fail(row, settings, error)
    else:
        _mark(outgoing_id, state="sent", sent_at=now(), error="")


def _take(outgoing_id: int) -> Outgoing | None:
    """Reserve a message for five minutes, so that two workers do not send it twice."""
    with transaction() as current_session:
        due = Outgoing.id == outgoing_id, Outgoing.state == "waiting", Outgoing.next_try <= now()
        taken = current_session.execute(
            update(Outgoing)
            .where(*due)
            .values(tries=Outgoing.tries + 1, next_try=now() + LEASE)
            .returning(Outgoing.id)
        ).scalar()
        return current_session.get_one(Outgoing, taken) if taken else None


def _fail(row: Outgoing, settings: Settings, error: Exception) -> None:
    log.warning("message %s was not taken by the mail server: %s", row.public_id, type(error))
    later = now() + timedelta(seconds=min(60 * 2**row.tries, 6 * 3600))
    state = "failed" if row.tries >= settings.mail_tries else "waiting"
    _mark(row.id, state=state, next_try=later, error=mask(str(error))[:500])


def _mark(outgoing_id: int, **values: Any) -> None:
    with transaction() as current_session:
        waiting = Outgoing.id == outgoing_id, Outgoing.state == "waiting"
        current_session.execute(update(Outgoing).where(*waiting).values(**values))


def _deliver(row: Outgoing, settings: Settings) -> None:
    words = letter(row)
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = words.subject, settings.mail_from, row.to
    message["Message-ID"] = f"<{row.public_id}@{make_msgid().rpartition('@')[2]}"
    message["Auto-Submitted"] = "auto-generated"
    if stop := row.payload.get("stop_link"):  # RFC 8058: one click in the reader's mail program
        message["List-Unsubscribe"] = f"<{stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(words.body)
    host, _, port = settings.mail_server.partition(":")
    with smtplib.SMTP(host, int(port or 25), timeout=TIMEOUT_S) as server:
        if server.has_extn("starttls"):
            server.starttls()
        if settings.mail_user:
            server.login(settings.mail_user, settings.mail_password)
        server.send_message(message)


def _render(template: str, locale: str, payload: dict[str, Any]) -> Letter:
    """Render a template whose first line is “Subject: …”."""
    settings = current()
    words = {"site_name": settings.site_name, "base_url": settings.base_url, **payload}
    source = (TEMPLATES / f"{template}.{locale}.txt").read_text(encoding="utf-8")
    first, _, rest = source.partition("\n")
    # Rendered apart, so that a line break within a name cannot begin the body, or a header.
    subject = _templates.from_string(first.removeprefix("Subject:")).render(words)
    body = _templates.from_string(rest).render(words)
    return Letter(" ".join(subject.split()), body.strip() + "\n")


def _with_key(dedupe_key: str) -> Select[Outgoing]:
    return select(Outgoing).where(Outgoing.dedupe_key == dedupe_key)
