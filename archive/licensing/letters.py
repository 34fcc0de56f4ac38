"""The mails of the licence desk: one row in the outbox a step, never two for the same step."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import mail, settings
from archive.accounts.models import Grant, Person
from archive.licensing.models import LicenceRequest


def to_requester(
    session: Session, request: LicenceRequest, template: str, *, number: str = ""
) -> None:
    """Write to who asked, in the language of the request."""
    person = session.get_one(Person, request.person_id)
    payload = {
        "name": person.name,
        "site": settings.current().site_name,
        "request": request.number,
        "number": number,
        "link": f"{settings.current().base_url}/licensing/requests/{request.public_id}",
    }
    key = f"{template}:{request.number}:{number}"
    mail.send(template, person.email, request.lang, payload, key)


def to_officers(
    session: Session, request: LicenceRequest, template: str, *, number: str = ""
) -> None:
    """Tell every active licensing officer that there is something on the desk."""
    officers = select(Person).join(Grant).where(Grant.role == "officer", Person.active)
    for person in session.scalars(officers):
        payload = {
            "site": settings.current().site_name,
            "request": request.number,
            "number": number,
            "link": f"{settings.current().base_url}/licensing/desk/{request.public_id}",
        }
        lang = person.language or settings.current().default_language
        key = f"{template}:{request.number}:{number}:{person.id}"
        mail.send(template, person.email, lang, payload, key)
