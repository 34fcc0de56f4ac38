"""Vocabularies: the schemes that terms belong to.

Subject, technique and genre are there from the beginning, for the describe form asks for them; a
scheme has a row of its own once somebody gives it a title or an address.
"""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import db, history
from archive.catalogue.models import Concept, ConceptScheme
from archive.catalogue.refusals import Refused
from archive.history import Actor

ALWAYS = ("subject", "technique", "genre")


def codes(session: Session) -> list[str]:
    """The codes of all schemes: those always there, then the others by name."""
    kept = set(session.scalars(select(ConceptScheme.code)))
    used = set(session.scalars(select(Concept.scheme).distinct()))
    return [*ALWAYS, *sorted((kept | used) - set(ALWAYS))]


def is_code(text: str) -> bool:
    """Whether a text can be the code of a scheme: small letters, figures and hyphens."""
    return re.fullmatch(r"[a-z][a-z0-9-]{0,19}", text) is not None


def by_code(session: Session, code: str) -> ConceptScheme | None:
    """The row of a scheme, where it has one."""
    return session.scalars(select(ConceptScheme).where(ConceptScheme.code == code)).first()


def name(actor: Actor, code: str, titles: dict[str, str], uri: str) -> ConceptScheme:
    """Give a scheme its titles and address; a new code makes a scheme. Raises Refused."""
    if not is_code(code):
        raise Refused("scheme_code", scheme=code)
    if uri and not uri.startswith(("http://", "https://", "urn:")):
        raise Refused("scheme_address", text=uri)
    with history.change(actor, "name_vocabulary"):
        session = db.session()
        row = by_code(session, code) or ConceptScheme(code=code, title={}, further=[])
        told = {**row.title, **titles}
        row.title = {lang: text for lang, text in told.items() if text}
        row.uri = uri
        session.add(row)
        session.flush()
        return row
