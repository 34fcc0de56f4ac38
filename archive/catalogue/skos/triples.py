"""Statements of RDF: subject, predicate, object (RDF 1.1 Concepts, section 3)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OURS = "urn:pillanat:vocabulary:"
PREFIXES = {"rdf": RDF, "skos": SKOS, "dct": DCT, "owl": OWL, "xsd": XSD, "pil": OURS}


class Iri(str):
    """The address of a thing."""

    __slots__ = ()


class Blank(str):
    """A thing without an address; the label means something within one file only."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Literal:
    """Text, with its language or its datatype."""

    text: str
    lang: str = ""
    datatype: str = ""


Subject = Iri | Blank
Object = Iri | Blank | Literal
Triple = tuple[Subject, Iri, Object]
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
TYPE = Iri(RDF + "type")


class NotRdf(ValueError):
    """A file that cannot be read; `line` is where, 0 when that is not known, `why` a code."""

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(why.replace("_", " ") + (f", line {line}" if line else ""))
        self.why, self.line = why, line


def by_subject(triples: Iterable[Triple]) -> dict[Subject, list[tuple[Iri, Object]]]:
    """What is said of each thing, in the order of the file, each statement once."""
    found: dict[Subject, dict[tuple[Iri, Object], None]] = {}
    for subject, predicate, value in triples:
        found.setdefault(subject, {})[predicate, value] = None
    return {subject: list(said) for subject, said in found.items()}


def shortened(iri: str) -> tuple[str, str] | None:
    """(prefix, local name) of an address in a namespace we know."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and _LOCAL.fullmatch(local):
            return prefix, local
    return None
