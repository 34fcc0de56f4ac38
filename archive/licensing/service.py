"""The verbs of the licence desk: request, ask, decline, quote, accept, and who may see what.

Each verb is one transaction and one change set; mails leave by the outbox after the commit. A quote
is frozen when it is sent; accepting it asks the rights policy once more and happens once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import db, history, jobs, settings
from archive.catalogue import projection
from archive.catalogue import service as photographs
from archive.catalogue.models import Image
from archive.history import Actor
from archive.licensing import freezing, letters, money
from archive.licensing.models import (
    Acceptance,
    Document,
    Licence,
    LicenceRequest,
    Quote,
    RequestLine,
    Step,
)
from archive.licensing.usage import Usage

# From which states a verb may start; anything else is answered with NotNow.
TRANSITIONS: dict[str, tuple[str, ...]] = {
    "in_review": ("submitted", "needs_info", "quoted"),
    "needs_info": ("submitted", "in_review", "quoted"),
    "declined": ("submitted", "in_review", "needs_info", "quoted"),
    "quoted": ("submitted", "in_review", "needs_info", "quoted"),
    "accepted": ("quoted",),
    "withdrawn": ("submitted", "in_review", "needs_info", "quoted"),
}
# What becomes of an open quote when a request moves on without it.
_ENDS_QUOTES = {"declined": "revoked", "in_review": "rejected"}
OPEN_STATES = ("submitted", "in_review", "needs_info", "quoted")


class DeskError(Exception):
    """What was asked cannot be done; `code` and `params` say which sentence to show."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code.replace("_", " "))
        self.code, self.params = code, params


class NotFound(LookupError):
    """There is no such request, quote or licence, or it is somebody else's."""


def request(
    actor: Actor, *, image_ids: Sequence[str], usage: Usage, details: dict[str, str], lang: str
) -> LicenceRequest:
    """Ask for a licence. Raises DeskError when a photograph needs none or none can be had."""
    with history.change(actor, "licence.request"):
        session = db.session()
        images = [photographs.image_by_id(session, public_id) for public_id in image_ids]
        if not images:
            raise DeskError("no_photographs")
        made = LicenceRequest(
            number=freezing.draw_number(session, "R"),
            person_id=_person_id(actor),
            lang=lang,
            usage=usage.as_json(),
            **{key: details.get(key, "") for key in _DETAILS},
        )
        session.add(made)
        session.flush()
        for image in images:
            decision = _ask(session, image, usage)
            session.add(RequestLine(request_id=made.id, image_id=image.id, decision=decision))
        _step(session, made, "submitted", text=made.message)
        session.flush()
        letters.to_requester(session, made, "request_received")
        letters.to_officers(session, made, "request_arrived")
        return made


_DETAILS = ("organisation", "billing_address", "country", "vat_id", "message")


def ask(actor: Actor, found: LicenceRequest, text: str) -> None:
    """Ask the requester something before a quote can be made."""
    _say(actor, found, "needs_info", text, mail_as="request_needs_info")


def answer(actor: Actor, found: LicenceRequest, text: str) -> None:
    """The requester answers, or asks for another quote; the request is back with the desk."""
    _say(actor, found, "in_review", text, mail_as="")


def decline(actor: Actor, found: LicenceRequest, text: str) -> None:
    """Decline with a reason that the requester reads."""
    _say(actor, found, "declined", text, mail_as="request_declined")


def withdraw(actor: Actor, found: LicenceRequest) -> None:
    """The requester needs it no longer; open quotes end with it."""
    with history.change(actor, "licence.withdraw"):
        current = _move(found, "withdrawn")
        _end_quotes(db.session(), current, "rejected")
        _step(db.session(), current, "withdrawn")


def quote(
    actor: Actor,
    found: LicenceRequest,
    *,
    nets: dict[int, int],
    currency: str,
    vat_scheme: str,
    note: str = "",
    valid_days: int | None = None,
) -> Quote:
    """Send a frozen quote; `nets` gives minor units by request line key.

    A former quote of the request is superseded. Raises DeskError for a line without an amount, a
    reverse charge without a VAT number, or a photograph that may not be licensed.
    """
    with history.change(actor, "licence.quote"):
        session = db.session()
        current = _move(found, "quoted")
        lines = session.scalars(
            select(RequestLine).where(RequestLine.request_id == current.id)
        ).all()
        if any(line.id not in nets for line in lines):
            raise DeskError("amount_missing")
        scheme = money.vat_scheme(vat_scheme)
        if scheme.needs_vat_id and not current.vat_id.strip():
            raise DeskError("vat_number_missing")
        _recheck(session, current)
        _end_quotes(session, current, "superseded")
        total = money.total([nets[line.id] for line in lines], _percent(scheme))
        days = valid_days or settings.current().quote_valid_days
        made = freezing.freeze_quote(
            session,
            current,
            nets={line.image: nets[line.id] for line in lines},
            offer=freezing.Offer(currency, scheme, total, note),
            valid_until=projection.today() + timedelta(days=days),
        )
        _step(session, current, "quoted", by_staff=True, text=note)
        letters.to_requester(session, current, "quote_sent", number=made.number)
        return made


def accept(actor: Actor, found: Quote, *, key: str) -> Licence:
    """Accept a quote once. The same form sent twice gives the same licence.

    Raises DeskError when the quote was superseded, has expired, or the rights have changed since.
    """
    with history.change(actor, "licence.accept"):
        session = db.session()
        current = session.get_one(Quote, found.id, with_for_update=True)
        if (done := _licence_of(session, current)) is not None:
            return done
        if current.state != "sent":
            raise DeskError(f"quote_{current.state}")
        if current.valid_until < projection.today():
            raise DeskError("quote_expired", until=current.valid_until.isoformat())
        asked = _move(current.request, "accepted")
        _recheck(session, asked)
        current.state = "accepted"
        acceptance = Acceptance(
            quote_id=current.id, accepted_by=_person_id(actor), idempotency_key=key
        )
        session.add(acceptance)
        session.flush()
        licence = freezing.freeze_licence(session, asked, acceptance, json.loads(current.frozen))
        _step(session, asked, "accepted")
        letters.to_requester(session, asked, "licence_granted", number=licence.number)
        letters.to_officers(session, asked, "quote_accepted", number=licence.number)
        jobs.submit("delivery", licence_id=licence.id)
        return licence


def requests_of(session: Session, actor: Actor) -> Sequence[LicenceRequest]:
    """The requests of one person, newest first."""
    query = select(LicenceRequest).where(LicenceRequest.person_id == (actor.person_id or 0))
    return session.scalars(query.order_by(LicenceRequest.id.desc())).all()


def inbox(session: Session, *, states: Sequence[str] = OPEN_STATES) -> Sequence[LicenceRequest]:
    """The officer's inbox: requests in these states, the longest waiting first."""
    query = select(LicenceRequest).where(LicenceRequest.state.in_(states))
    return session.scalars(query.order_by(LicenceRequest.updated_at)).all()


def find_request(session: Session, public_id: str, actor: Actor) -> LicenceRequest:
    """A request that the actor may see: their own, or any for an officer. Raises NotFound."""
    query = select(LicenceRequest).where(LicenceRequest.public_id == public_id)
    found = session.scalars(query).first()
    if found is None or not (actor.has("officer") or found.person_id == actor.person_id):
        raise NotFound(public_id)
    return found


def find_quote(session: Session, public_id: str, actor: Actor) -> Quote:
    """Raises NotFound."""
    found = session.scalars(select(Quote).where(Quote.public_id == public_id)).first()
    if found is None:
        raise NotFound(public_id)
    find_request(session, found.request.public_id, actor)
    return found


def find_licence(session: Session, number: str, actor: Actor) -> Licence:
    """Raises NotFound."""
    found = licence_by_number(session, number)
    if found is None or not (actor.has("officer") or found.person_id == actor.person_id):
        raise NotFound(number)
    return found


def licence_by_number(session: Session, number: str) -> Licence | None:
    return session.scalars(select(Licence).where(Licence.number == number)).first()


def document(session: Session, sha256: str) -> bytes:
    """The PDF as it was sent."""
    return session.get_one(Document, sha256).content


def _person_id(actor: Actor) -> int:
    if actor.person_id is None:
        raise DeskError("sign_in_first")
    return actor.person_id


def _say(actor: Actor, found: LicenceRequest, state: str, text: str, *, mail_as: str) -> None:
    """Move a request with words to the other side."""
    if not text.strip():
        raise DeskError("words_missing")
    with history.change(actor, f"licence.{state}"):
        session = db.session()
        current = _move(found, state)
        if state in _ENDS_QUOTES:
            _end_quotes(session, current, _ENDS_QUOTES[state])
        step = _step(session, current, state, by_staff=bool(mail_as), text=text.strip())
        if mail_as:
            letters.to_requester(session, current, mail_as, number=str(step.id))
        else:
            letters.to_officers(session, current, "request_answered", number=str(step.id))


def _move(found: LicenceRequest, state: str) -> LicenceRequest:
    """Put a request into a state it may enter from where it is, under a lock."""
    session = db.session()
    current = session.get_one(LicenceRequest, found.id, with_for_update=True)
    if current.state not in TRANSITIONS[state]:
        raise DeskError("not_now", state=current.state)
    current.state, current.updated_at = state, db.now()
    current.version += 1
    return current


def _step(
    session: Session, found: LicenceRequest, kind: str, *, by_staff: bool = False, text: str = ""
) -> Step:
    step = Step(request_id=found.id, kind=kind, by_staff=by_staff, text=text)
    session.add(step)
    session.flush()
    return step


def _ask(session: Session, image: Image, usage: Usage) -> dict[str, Any]:
    """The decision about one photograph, to be kept. Raises DeskError unless a licence is due."""
    decision = photographs.decide(session, image, usage.decides)
    if decision.effect == "deny":
        raise DeskError("may_not_be_licensed", id=image.public_id)
    if decision.effect == "allow":
        raise DeskError("needs_no_licence", id=image.public_id)
    return {
        "use": decision.use,
        "effect": decision.effect,
        "policy": decision.policy_version,
        "reasons": [reason.text_key for reason in decision.reasons],
    }


def _recheck(session: Session, found: LicenceRequest) -> None:
    """Ask the policy again for every photograph of a request."""
    usage = Usage.from_json(found.usage)
    for line in session.scalars(select(RequestLine).where(RequestLine.request_id == found.id)):
        _ask(session, line.image, usage)


def _end_quotes(session: Session, found: LicenceRequest, state: str) -> None:
    for open_quote in session.scalars(
        select(Quote).where(Quote.request_id == found.id, Quote.state == "sent")
    ):
        open_quote.state = state


def _percent(scheme: money.VatScheme) -> int:
    return settings.current().vat_percent if scheme.percent is None else scheme.percent


def _licence_of(session: Session, found: Quote) -> Licence | None:
    query = select(Licence).join(Acceptance, Acceptance.id == Licence.acceptance_id)
    return session.scalars(query.where(Acceptance.quote_id == found.id)).first()
