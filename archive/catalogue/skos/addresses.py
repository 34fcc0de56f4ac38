"""The addresses (URI) of terms and vocabularies: their own, else one made here."""

from __future__ import annotations

from archive import settings
from archive.catalogue.models import Concept, ConceptScheme
from archive.catalogue.skos.triples import OURS


def of_term(row: Concept) -> str:
    """The address of a term; one made here is that of its page."""
    return row.uri or f"{settings.current().base_url.rstrip('/')}/terms/{row.public_id}"


def of_scheme(code: str, row: ConceptScheme | None) -> str:
    return (row.uri if row else "") or f"{OURS}scheme/{code}"
