"""What a triple of SKOS is in our columns, and the reverse. Pure.

Preferred labels, other labels, notation, scope notes, broader terms and exact matches in files we
know have columns; everything else said of a term is kept in `Concept.further` as it was. The
invariant: what `values_of` reads, `triples_of` says again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from archive.catalogue.authorities.identifiers import FILES
from archive.catalogue.skos.triples import (
    DCT,
    OURS,
    OWL,
    SKOS,
    TYPE,
    XSD,
    Blank,
    Iri,
    Literal,
    Object,
    Subject,
    Triple,
)

CONCEPT, SCHEME = Iri(SKOS + "Concept"), Iri(SKOS + "ConceptScheme")
IN_SCHEME, TOP_OF, TOP = (
    Iri(SKOS + name) for name in ("inScheme", "topConceptOf", "hasTopConcept")
)
PREF, ALT, HIDDEN = (Iri(SKOS + name) for name in ("prefLabel", "altLabel", "hiddenLabel"))
BROADER, NARROWER = Iri(SKOS + "broader"), Iri(SKOS + "narrower")
NOTATION, SCOPE, EXACT = (Iri(SKOS + name) for name in ("notation", "scopeNote", "exactMatch"))
DEPRECATED, REPLACED = Iri(OWL + "deprecated"), Iri(DCT + "isReplacedBy")
SOURCE, TITLE = Iri(DCT + "source"), Iri(DCT + "title")
STATE, FORMS = Iri(OURS + "state"), Iri(OURS + "forms")
TRUE = Literal("true", datatype=XSD + "boolean")
JSON = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"
ALIKE = {"": "und", "und": ""}  # a text without a language, and how we keep one

Further = list[list[str]]
About = Mapping[Subject, list[tuple[Iri, Object]]]
DEEPEST = 20


@dataclass
class Term:
    """A concept as a file says it: our columns, and the addresses of those it refers to."""

    uri: str
    values: dict[str, Any]
    broader: str = ""
    replaced_by: str = ""


@dataclass
class Scheme:
    """What a file says of its concept scheme."""

    uri: str = ""
    title: dict[str, str] = field(default_factory=dict)
    further: Further = field(default_factory=list)


def scheme_of(uri: str, about: About, terms: Collection[Subject]) -> Scheme:
    """The scheme with this address; it also keeps what is said of things that are no terms."""
    found = Scheme(uri)
    for predicate, value in about.get(Iri(uri), []):
        lang = ALIKE.get(value.lang, value.lang) if isinstance(value, Literal) else ""
        if predicate == TITLE and isinstance(value, Literal) and lang not in found.title:
            found.title[lang] = value.text
        elif (predicate, value) != (TYPE, SCHEME) and predicate != TOP:
            found.further.append(kept(predicate, value, about))
    told = {value for said in about.values() for _name, value in said if isinstance(value, Blank)}
    for subject, said in about.items():
        if subject != uri and subject not in terms and subject not in told:
            inner = [kept(predicate, value, about) for predicate, value in said]
            name = subject if isinstance(subject, Iri) else ""
            text = json.dumps(inner, ensure_ascii=False)
            found.further.append([name, "about", text, "", ""])
    return found


def term_of(uri: str, about: About, scheme_uri: str) -> Term:
    """A term from what is said of it."""
    values: dict[str, Any] = {
        "uri": uri, "label": {}, "forms": [], "names": [], "note": {}, "identifiers": {},
        "notation": "", "sources": "", "state": "approved", "further": [],
    }  # fmt: skip
    term = Term(uri, values)
    implied = {(TYPE, CONCEPT), (IN_SCHEME, Iri(scheme_uri)), (TOP_OF, Iri(scheme_uri))}
    for predicate, value in about[Iri(uri)]:
        if (predicate, value) in implied or predicate == NARROWER or _take(term, predicate, value):
            continue
        values["further"].append(kept(predicate, value, about))
    _name_the_forms(values)
    return term


def _take(term: Term, predicate: Iri, value: Object) -> bool:
    """Put a statement into its column; False when it has none or the column is taken."""
    if isinstance(value, Literal):
        return _take_text(term.values, predicate, value)
    if predicate == BROADER and not term.broader:
        term.broader = value
        return True
    if predicate == REPLACED and not term.replaced_by:
        term.replaced_by = value
        return True
    return predicate == EXACT and _take_match(term.values["identifiers"], value)


def _take_text(values: dict[str, Any], predicate: Iri, value: Literal) -> bool:
    lang = ALIKE.get(value.lang, value.lang)
    for column, which in (("label", PREF), ("note", SCOPE)):
        if predicate == which and not value.datatype and lang not in values[column]:
            values[column][lang] = value.text
            return True
    if predicate in (ALT, HIDDEN) and not value.datatype:
        kind = "variant" if predicate == ALT else "hidden"
        values["forms"].append(
            {"text": value.text, "lang": value.lang, "kind": kind, "valid": "", "source": ""}
        )
        return True
    if predicate == NOTATION and not values["notation"] and value == Literal(value.text):
        values["notation"] = value.text
        return True
    if predicate == SOURCE and value == Literal(value.text) and "\n" not in value.text:
        values["sources"] = "\n".join(filter(None, (values["sources"], value.text)))
        return True
    if (predicate, value) == (DEPRECATED, TRUE):
        values["state"] = "deprecated"
        return True
    if predicate == STATE and value.text == "proposed":
        values["state"] = "proposed"
        return True
    if predicate == FORMS:
        values["detailed"] = json.loads(value.text)
        return True
    return False


def _take_match(identifiers: dict[str, str], value: Object) -> bool:
    for file in FILES.values():
        number = file.number_in(str(value))
        if number and file.code not in identifiers:
            identifiers[file.code] = number
            return True
    return False


def _name_the_forms(values: dict[str, Any]) -> None:
    """Forms of which our own export told more take the place of the bare ones."""
    detailed = values.pop("detailed", [])
    told = {(form["text"], form["lang"]) for form in detailed}
    bare = [form for form in values["forms"] if (form["text"], form["lang"]) not in told]
    values["forms"] = [*detailed, *bare]


def kept(predicate: Iri, value: Object, about: About, depth: int = 0) -> list[str]:
    """A statement as it is kept: predicate, "text", "iri" or "node", value, language, datatype.

    A node is a thing without an address; its value is what is said of it.
    """
    if isinstance(value, Literal):
        return [predicate, "text", value.text, value.lang, value.datatype]
    if isinstance(value, Iri):
        return [predicate, "iri", value, "", ""]
    said = about.get(value, []) if depth < DEEPEST else []
    inner = [kept(name, one, about, depth + 1) for name, one in said]
    return [predicate, "node", json.dumps(inner, ensure_ascii=False), "", ""]


def said_again(subject: Subject, further: Further, path: str = "") -> Iterator[Triple]:
    """The statements that were kept; things without an address get a label of their place."""
    for number, (name, kind, value, lang, datatype) in enumerate(further):
        if kind == "text":
            yield subject, Iri(name), Literal(value, lang, datatype)
        elif kind == "iri":
            yield subject, Iri(name), Iri(value)
        elif kind == "about":
            place = f"{path or _label(subject)}s{number}"
            other = Iri(name) if name else Blank(place)
            yield from said_again(other, json.loads(value), place)
        else:
            place = f"{path or _label(subject)}x{number}"
            yield subject, Iri(name), Blank(place)
            yield from said_again(Blank(place), json.loads(value), place)


def _label(subject: Subject) -> str:
    return f"n{crc32(subject.encode()):08x}"


def triples_of(term: Term, scheme_uri: str) -> Iterator[Triple]:
    """A term in SKOS."""
    uri, values = Iri(term.uri), term.values
    yield uri, TYPE, CONCEPT
    yield uri, IN_SCHEME, Iri(scheme_uri)
    for lang, text in values["label"].items():
        yield uri, PREF, Literal(text, ALIKE.get(lang, lang))
    yield from _forms(uri, values)
    if values["notation"]:
        yield uri, NOTATION, Literal(values["notation"])
    for lang, text in values["note"].items():
        yield uri, SCOPE, Literal(text, ALIKE.get(lang, lang))
    for line in values["sources"].splitlines():
        yield uri, SOURCE, Literal(line)
    for code, number in values["identifiers"].items():
        if code in FILES:
            yield uri, EXACT, Iri(FILES[code].uri(number))
    if term.broader:
        yield uri, BROADER, Iri(term.broader)
        yield Iri(term.broader), NARROWER, uri
    else:
        yield uri, TOP_OF, Iri(scheme_uri)
        yield Iri(scheme_uri), TOP, uri
    yield from _state(uri, term)
    yield from said_again(uri, values["further"])


def _forms(uri: Iri, values: dict[str, Any]) -> Iterator[Triple]:
    forms = values["forms"]
    for form in forms:
        yield uri, HIDDEN if form["kind"] == "hidden" else ALT, Literal(form["text"], form["lang"])
    told = {form["text"] for form in forms} | set(values["label"].values())
    for name in values["names"]:
        if name not in told:
            yield uri, ALT, Literal(name)
    detailed = [form for form in forms if _is_detailed(form)]
    if detailed:
        text = json.dumps(detailed, ensure_ascii=False, sort_keys=True)
        yield uri, FORMS, Literal(text, datatype=JSON)


def _is_detailed(form: dict[str, str]) -> bool:
    return bool(form["kind"] not in ("variant", "hidden") or form["valid"] or form["source"])


def _state(uri: Iri, term: Term) -> Iterator[Triple]:
    if term.values["state"] == "deprecated":
        yield uri, DEPRECATED, TRUE
    if term.values["state"] == "proposed":
        yield uri, STATE, Literal("proposed")
    if term.replaced_by:
        yield uri, REPLACED, Iri(term.replaced_by)


def triples_of_scheme(scheme: Scheme) -> Iterator[Triple]:
    """The scheme itself in SKOS."""
    yield Iri(scheme.uri), TYPE, SCHEME
    for lang, text in scheme.title.items():
        yield Iri(scheme.uri), TITLE, Literal(text, ALIKE.get(lang, lang))
    yield from said_again(Iri(scheme.uri), scheme.further)
