"""RDF/XML, read and written (RDF 1.1 XML Syntax, sections 2 and 7).

Read are typed and plain node elements, nested ones, literals in their languages and datatypes,
property attributes, `parseType` Resource, Literal and Collection. A document type is refused, and
with it every entity; nothing is ever fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError, tostring
from xml.sax.saxutils import escape, quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from archive.catalogue.skos.triples import (
    PREFIXES,
    RDF,
    TYPE,
    Blank,
    Iri,
    Literal,
    NotRdf,
    Object,
    Subject,
    Triple,
    by_subject,
    shortened,
)

XML = "{http://www.w3.org/XML/1998/namespace}"
R = f"{{{RDF}}}"
SYNTAX = {R + name for name in ("about", "ID", "nodeID", "resource", "datatype", "parseType")}
DEEPEST = 100
_LOCAL = re.compile(r"[A-Za-z_][\w.-]*$")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read(data: bytes) -> list[Triple]:
    """The statements of a document. Raises NotRdf."""
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise NotRdf("document_type_refused") from error
    except ParseError as error:
        raise NotRdf("not_xml", error.position[0]) from error
    except (ValueError, LookupError, RecursionError) as error:
        raise NotRdf("not_xml") from error
    reader = _Reader()
    nodes = root if root.tag == R + "RDF" else [root]
    base, lang = root.get(XML + "base", ""), root.get(XML + "lang", "")
    for node in nodes:
        reader.node(node, base, lang, 0)
    return reader.triples


class _Reader:
    """Walks the elements; `triples` are what was found."""

    def __init__(self) -> None:
        self.triples: list[Triple] = []
        self._numbers = count(1)

    def node(self, element: Element, base: str, lang: str, depth: int) -> Subject:
        """A node element: its subject, type and properties (7.2.11)."""
        if depth > DEEPEST:
            raise NotRdf("too_deep")
        base, lang = element.get(XML + "base", base), element.get(XML + "lang", lang)
        subject = self._subject(element, base)
        if element.tag != R + "Description":
            self.triples.append((subject, TYPE, _name(element.tag)))
        self._attributes(subject, element, lang)
        for child in element:
            self._property(subject, child, base, lang, depth)
        return subject

    def _subject(self, element: Element, base: str) -> Subject:
        if (about := element.get(R + "about")) is not None:
            return Iri(urljoin(base, about))
        if (name := element.get(R + "ID")) is not None:
            return Iri(urljoin(base, f"#{name}"))
        label = element.get(R + "nodeID")
        return Blank(f"n-{label}") if label else self._blank()

    def _attributes(self, subject: Subject, element: Element, lang: str) -> None:
        """Property attributes are literals, but for the type."""
        for name, value in element.attrib.items():
            if _is_property(name):
                said: Object = Iri(value) if name == R + "type" else Literal(value, lang)
                self.triples.append((subject, _name(name), said))

    def _property(
        self, subject: Subject, element: Element, base: str, lang: str, depth: int
    ) -> None:
        if depth > DEEPEST:
            raise NotRdf("too_deep")
        base, lang = element.get(XML + "base", base), element.get(XML + "lang", lang)
        value = self._value(element, base, lang, depth)
        self.triples.append((subject, _name(element.tag), value))

    def _value(self, element: Element, base: str, lang: str, depth: int) -> Object:
        """What a property element says (7.2.14 to 7.2.21)."""
        if (resource := element.get(R + "resource")) is not None:
            return Iri(urljoin(base, resource))
        if label := element.get(R + "nodeID"):
            return Blank(f"n-{label}")
        kind = element.get(R + "parseType")
        if kind == "Resource":
            inner = self._blank()
            for child in element:
                self._property(inner, child, base, lang, depth + 1)
            return inner
        if kind == "Collection":
            return self._list([self.node(child, base, lang, depth + 1) for child in element])
        if kind:
            inside = (element.text or "") + "".join(tostring(e, "unicode") for e in element)
            return Literal(inside, datatype=RDF + "XMLLiteral")
        if len(element):
            return self.node(element[0], base, lang, depth + 1)
        if any(map(_is_property, element.attrib)):
            inner = self._blank()
            self._attributes(inner, element, lang)
            return inner
        datatype = element.get(R + "datatype", "")
        return Literal(element.text or "", "" if datatype else lang, datatype)

    def _list(self, members: list[Subject]) -> Subject:
        rest: Subject = Iri(RDF + "nil")
        for member in reversed(members):
            cell = self._blank()
            self.triples.append((cell, Iri(RDF + "first"), member))
            self.triples.append((cell, Iri(RDF + "rest"), rest))
            rest = cell
        return rest

    def _blank(self) -> Blank:
        return Blank(f"b{next(self._numbers)}")


def write(triples: Iterable[Triple]) -> Iterator[str]:
    """A document, line by line; one node element for each subject."""
    subjects = by_subject(triples)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    for prefix, namespace in PREFIXES.items():
        yield f"\n  xmlns:{prefix}={quoteattr(namespace)}"
    yield ">\n"
    for subject, said in subjects.items():
        address = "nodeID" if isinstance(subject, Blank) else "about"
        yield f"  <rdf:Description rdf:{address}={quoteattr(subject)}>\n"
        for predicate, value in said:
            yield f"    {_element(predicate, value)}\n"
        yield "  </rdf:Description>\n"
    yield "</rdf:RDF>\n"


def _element(predicate: Iri, value: Object) -> str:
    short = shortened(predicate)
    if short:
        name, declared = ":".join(short), ""
    else:
        local = _LOCAL.search(predicate)
        if local is None or local.start() == 0:
            raise NotRdf("no_element_name")
        name = f"x:{local[0]}"
        declared = f" xmlns:x={quoteattr(predicate[: local.start()])}"
    if isinstance(value, Blank):
        return f"<{name}{declared} rdf:nodeID={quoteattr(value)}/>"
    if isinstance(value, Iri):
        return f"<{name}{declared} rdf:resource={quoteattr(value)}/>"
    more = f" xml:lang={quoteattr(value.lang)}" if value.lang else ""
    more += f" rdf:datatype={quoteattr(value.datatype)}" if value.datatype else ""
    return f"<{name}{declared}{more}>{_text(value.text)}</{name}>"


def _text(text: str) -> str:
    """Text that comes back as it was, but for signs that no XML may hold."""
    return escape(_FORBIDDEN.sub("\ufffd", text), {"\r": "&#13;"})


def _is_property(name: str) -> bool:
    return name.startswith("{") and name not in SYNTAX and not name.startswith(XML)


def _name(tag: str) -> Iri:
    """The address of an element or attribute; without a namespace this is some other XML."""
    if not tag.startswith("{"):
        raise NotRdf("not_rdf")
    return Iri(tag[1:].replace("}", "", 1))
