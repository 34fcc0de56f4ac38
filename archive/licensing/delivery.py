"""Delivery: the licensed file is made from the master, and given by a link that expires.

A job renders the copy and writes creator, credit, rights and the licence number into it. Of the
link only the digest is stored: 256 random bits that nobody can guess and the archive cannot tell.
A `GET` changes nothing; the download itself counts as one session.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import db, history, jobs, settings, storage
from archive.catalogue import embedding
from archive.catalogue import service as photographs
from archive.catalogue.models import Asset
from archive.history import Actor, system
from archive.licensing import letters
from archive.licensing.models import Delivery, Licence
from archive.media import derivatives
from archive.media.embed import EmbedError
from archive.media.service import masters

READY_MAIL = "delivery_ready"


class LinkEnded(Exception):
    """The link was good once; `why` is expired, used_up, revoked or missing."""

    def __init__(self, why: str) -> None:
        super().__init__(why.replace("_", " "))
        self.why = why


class NoSuchLink(LookupError):
    """No delivery has this link."""


@jobs.job("delivery")
def prepare_all(_run: jobs.Run, licence_id: int) -> None:
    """Make every file of a licence that is not made yet; what is ready stays as it is."""
    session = db.session()
    waiting = select(Delivery.id).where(
        Delivery.licence_id == licence_id, Delivery.state == "preparing"
    )
    for delivery_id in session.scalars(waiting).all():
        prepare(delivery_id)


def prepare(delivery_id: int) -> None:
    """Render one copy, embed its licence, and tell the licensee that it is ready."""
    session = db.session()
    delivery = session.get_one(Delivery, delivery_id)
    target = path(delivery)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        _make(session, delivery, target)
        storage.make_durable(target)
    except (derivatives.DerivativeError, EmbedError, storage.StorageError, OSError) as error:
        _mark(delivery_id, "failed", reason=str(error))
        return
    with target.open("rb") as made:
        digest = hashlib.file_digest(made, "sha256").hexdigest()
    _mark(delivery_id, "ready", sha256=digest, bytes=target.stat().st_size)


def path(delivery: Delivery) -> Path:
    return settings.current().media / "deliveries" / f"{delivery.public_id}.jpg"


def _make(session: Session, delivery: Delivery, target: Path) -> None:
    licence = session.get_one(Licence, delivery.licence_id)
    asset = session.get_one(Asset, delivery.asset_id)
    reading = next(iter(photographs.records_of(session, [delivery.image_id])))
    rendered = target.with_suffix(".rendered.jpg")
    try:
        derivatives.deliver(masters().locate(session, asset.sha256), rendered)
        words = embedding.licensed(
            reading.record,
            number=licence.number,
            starts_on=licence.starts_on,
            ends_on=licence.ends_on,
        )
        embedding.write(rendered, target, words)
    finally:
        rendered.unlink(missing_ok=True)


def _mark(delivery_id: int, state: str, **values: str | int) -> None:
    with history.change(system("delivery"), f"licence.delivery_{state}"):
        session = db.session()
        delivery = session.get_one(Delivery, delivery_id)
        delivery.state = state
        for name, value in values.items():
            setattr(delivery, name, value)
        if state == "ready":
            delivery.filename = filename(session, delivery)
            request = delivery.licence.request
            letters.to_requester(session, request, READY_MAIL, number=delivery.licence.number)


def filename(session: Session, delivery: Delivery) -> str:
    """``{credit}_{reference}_{licence}.jpg`` in plain letters."""
    reading = next(iter(photographs.records_of(session, [delivery.image_id])))
    reference = reading.record["ref_code"] or reading.record["id"]
    parts = (reading.record["rights"]["credit"], reference, delivery.licence.number)
    return "_".join(filter(None, (_plain(part) for part in parts))) + ".jpg"


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9-]+", "-", bare).strip("-")[:60]


def issue_link(actor: Actor, found: Delivery) -> str:
    """A new link for a ready file of an active licence; the former one ends. Returns the token."""
    token = secrets.token_urlsafe(32)
    with history.change(actor, "licence.link_issued"):
        delivery = db.session().get_one(Delivery, found.id, with_for_update=True)
        if delivery.state != "ready" or delivery.licence.state != "active":
            raise LinkEnded("revoked")
        delivery.token_hash = digest(token)
        delivery.expires_at = db.now() + timedelta(days=settings.current().delivery_days)
        delivery.sessions, delivery.revoked_at = 0, None
    return token


def revoke(actor: Actor, found: Delivery) -> None:
    """End a link at once."""
    with history.change(actor, "licence.link_revoked"):
        db.session().get_one(Delivery, found.id).revoked_at = db.now()


def behind(session: Session, token: str) -> Delivery:
    """The delivery of a link. Raises NoSuchLink or LinkEnded."""
    found = session.scalars(select(Delivery).where(Delivery.token_hash == digest(token))).first()
    if found is None:
        raise NoSuchLink
    _check(found)
    return found


def open_session(token: str) -> tuple[Delivery, Path]:
    """Begin one download; counted. Raises NoSuchLink or LinkEnded."""
    with history.change(system("delivery"), "licence.downloaded"):
        session = db.session()
        query = select(Delivery).where(Delivery.token_hash == digest(token)).with_for_update()
        delivery = session.scalars(query).first()
        if delivery is None:
            raise NoSuchLink
        _check(delivery)
        file = path(delivery)
        if not file.is_file():
            raise LinkEnded("missing")
        delivery.sessions += 1
        return delivery, file


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _check(delivery: Delivery) -> None:
    if delivery.revoked_at is not None or delivery.licence.state != "active":
        raise LinkEnded("revoked")
    if delivery.expires_at is None or delivery.expires_at < db.now():
        raise LinkEnded("expired")
    if delivery.sessions >= delivery.max_sessions:
        raise LinkEnded("used_up")
