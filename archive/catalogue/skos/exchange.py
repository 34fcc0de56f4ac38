"""A file of SKOS and the archive: taking a vocabulary over, and writing one out.

The invariants: what is taken over is one change set, and a second run of the same file changes
nothing; what is written out says all that was taken over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import db, history, settings
from archive.catalogue.authorities import schemes
from archive.catalogue.models import Concept
from archive.catalogue.refusals import Refused
from archive.catalogue.skos import mapping, rdfxml, turtle
from archive.catalogue.skos.addresses import of_scheme, of_term
from archive.catalogue.skos.taking import Outcome, Taking
from archive.catalogue.skos.triples import NotRdf, Triple, by_subject
from archive.history import Actor

WRITERS = {"rdf": rdfxml.write, "ttl": turtle.write}
OUTCOMES = ("new", "changed", "unchanged", "refused")
COLUMNS = (
    "label", "forms", "names", "note", "identifiers", "notation", "sources", "state", "further",
)  # fmt: skip


@dataclass(frozen=True)
class Report:
    """What became of the terms of a file; `change_set` is empty when nothing was written."""

    scheme: str
    outcomes: list[Outcome]
    change_set: str

    def counts(self) -> dict[str, int]:
        """How many terms had each outcome."""
        return {
            name: sum(outcome.outcome == name for outcome in self.outcomes) for name in OUTCOMES
        }


class _Rehearsal(Exception):
    """Ends a dry run, so that nothing of it is written."""


def read(data: bytes) -> list[Triple]:
    """The statements of a file in RDF/XML, Turtle or N-Triples. Raises NotRdf."""
    if len(data) > settings.current().max_vocabulary_mib << 20:
        raise NotRdf("too_large")
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:5]
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if wide or start.startswith((b"<?xml", b"<rdf:", b"<!")):
        return rdfxml.read(data)
    return turtle.read(data)


def take_over(actor: Actor, data: bytes, *, scheme: str, dry_run: bool = False) -> Report:
    """Take a vocabulary over into a scheme. Raises NotRdf, or Refused for a wrong code."""
    if not schemes.is_code(scheme):
        raise Refused("scheme_code", scheme=scheme)
    about = by_subject(read(data))
    outcomes: list[Outcome] = []
    written = ""
    try:
        with history.change(actor, "import_vocabulary") as change_set:
            taking = Taking(db.session(), scheme, about)
            outcomes = taking.outcomes
            taking.run()
            if dry_run:
                raise _Rehearsal
            written = change_set.public_id
    except _Rehearsal:
        pass
    changed = any(outcome.outcome in ("new", "changed") for outcome in outcomes)
    return Report(scheme, outcomes, written if changed else "")


def write(session: Session, scheme: str, format: str) -> Iterator[str]:
    """A scheme as a document in "rdf" (RDF/XML) or "ttl" (Turtle). Raises KeyError, NotRdf."""
    return WRITERS[format](triples(session, scheme))


def triples(session: Session, code: str) -> Iterator[Triple]:
    """All that is said of a scheme and its terms."""
    row = schemes.by_code(session, code)
    uri = of_scheme(code, row)
    title, further = (row.title, row.further) if row else ({}, [])
    yield from mapping.triples_of_scheme(mapping.Scheme(uri, title, further))
    query = select(Concept).where(Concept.scheme == code).order_by(Concept.key, Concept.id)
    rows = session.scalars(query).all()
    addresses = {row.id: of_term(row) for row in rows}
    for term in rows:
        values = {name: getattr(term, name) for name in COLUMNS}
        broader = addresses.get(term.broader_id or 0, "")
        replaced_by = addresses.get(term.merged_into_id or 0, "")
        said = mapping.Term(addresses[term.id], values, broader, replaced_by)
        yield from mapping.triples_of(said, uri)
