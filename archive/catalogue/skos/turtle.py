"""Turtle, read and written (RDF 1.1 Turtle); N-Triples, which is a part of it, is read as well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from urllib.parse import urljoin

from archive.catalogue.skos.triples import (
    PREFIXES,
    RDF,
    TYPE,
    XSD,
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

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+|\#[^\n]*)
    |(?P<iri><[^\x00-\x20<>"{}|^`]*>)
    |(?P<long>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*''')
    |(?P<text>"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<lang>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<type>\^\^)
    |(?P<number>[+-]?(?:\d+\.?\d*[eE][+-]?\d+|\.\d+[eE][+-]?\d+|\d*\.\d+|\d+))
    |(?P<blank>_:[\w](?:[\w.\-·]*[\w\-·])?)
    |(?P<name>(?:[^\W\d_][\w.\-·]*)?:(?:(?:[\w:%\-·]|\\[_~.\-!$&'()*+,;=/?\#@%])(?:(?:[\w:%.\-·]|\\[_~.\-!$&'()*+,;=/?\#@%])*(?:[\w:%\-·]|\\[_~.\-!$&'()*+,;=/?\#@%]))?)?)
    |(?P<word>[A-Za-z]+)
    |(?P<mark>[.;,\[\]()])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
DEEPEST = 100


def read(data: bytes) -> list[Triple]:
    """The statements of a document. Raises NotRdf."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotRdf("not_utf8", data[: error.start].count(b"\n") + 1) from error
    reader = _Reader(text)
    reader.document()
    return reader.triples


class _Reader:
    """Reads tokens one by one; `triples` are what was found."""

    def __init__(self, text: str) -> None:
        self.triples: list[Triple] = []
        self._text, self._at = text, 0
        self._base, self._prefixes = "", dict[str, str]()
        self._numbers = count(1)
        self._kind = self._token = ""
        self._next()

    def document(self) -> None:
        while self._kind:
            if self._is_directive():
                self._directive()
            else:
                self._statement()

    def _next(self) -> str:
        """Step over the present token and give it back."""
        before = self._token
        while self._at < len(self._text):
            found = _TOKEN.match(self._text, self._at)
            if found is None:
                raise self._wrong()
            self._at = found.end()
            if found.lastgroup != "space":
                self._kind, self._token = str(found.lastgroup), found[0]
                return before
        self._kind = self._token = ""
        return before

    def _wrong(self) -> NotRdf:
        return NotRdf("not_turtle", self._text.count("\n", 0, self._at) + 1)

    def _expect(self, token: str) -> None:
        if self._token != token:
            raise self._wrong()
        self._next()

    def _is_directive(self) -> bool:
        return self._token.lower() in ("@prefix", "@base", "prefix", "base")

    def _directive(self) -> None:
        word = self._next().lower()
        if word.endswith("prefix"):
            if self._kind != "name" or not self._token.endswith(":"):
                raise self._wrong()
            prefix = self._next()[:-1]
            self._prefixes[prefix] = self._iri()
        else:
            self._base = self._iri()
        if word.startswith("@"):
            self._expect(".")

    def _statement(self) -> None:
        alone = self._token == "["  # noqa: S105 - a bracket
        subject = self._object(0)
        if isinstance(subject, Literal):
            raise self._wrong()
        if not (alone and self._token == "."):  # noqa: S105 - a full stop
            self._said(subject, 0)
        self._expect(".")

    def _said(self, subject: Subject, depth: int) -> None:
        """Predicates and objects, parted by semicolons and commas."""
        while self._token not in (".", "]", ""):
            predicate = self._predicate()
            self.triples.append((subject, predicate, self._object(depth)))
            while self._token == ",":  # noqa: S105 - a comma
                self._next()
                self.triples.append((subject, predicate, self._object(depth)))
            if self._token != ";":  # noqa: S105 - a semicolon
                return
            while self._token == ";":  # noqa: S105 - a semicolon
                self._next()

    def _predicate(self) -> Iri:
        if self._token == "a":  # noqa: S105 - the word for a type
            self._next()
            return TYPE
        return self._iri()

    def _iri(self) -> Iri:
        if self._kind == "iri":
            return Iri(urljoin(self._base, _unescaped(self._next()[1:-1])))
        if self._kind == "name":
            prefix, local = self._token.split(":", 1)
            if prefix not in self._prefixes:
                raise self._wrong()
            self._next()
            return Iri(self._prefixes[prefix] + re.sub(r"\\(.)", r"\1", local))
        raise self._wrong()

    def _object(self, depth: int) -> Object:
        if depth > DEEPEST:
            raise NotRdf("too_deep")
        if self._kind in ("text", "long"):
            return self._literal()
        if self._kind == "number":
            text = self._next()
            kind = "double" if "e" in text.lower() else "decimal" if "." in text else "integer"
            return Literal(text, datatype=XSD + kind)
        if self._token in ("true", "false"):
            return Literal(self._next(), datatype=XSD + "boolean")
        if self._kind == "blank":
            return Blank(f"n-{self._next()[2:]}")
        if self._token == "[":  # noqa: S105 - a bracket
            self._next()
            inner = self._blank()
            self._said(inner, depth + 1)
            self._expect("]")
            return inner
        return self._list(depth) if self._token == "(" else self._iri()  # noqa: S105

    def _literal(self) -> Literal:
        quotes = 3 if self._kind == "long" else 1
        text = _unescaped(self._next()[quotes:-quotes])
        if self._kind == "lang":
            return Literal(text, self._next()[1:])
        if self._kind == "type":
            self._next()
            datatype = self._iri()
            return Literal(text, datatype="" if datatype == XSD + "string" else datatype)
        return Literal(text)

    def _list(self, depth: int) -> Subject:
        self._next()
        members: list[Object] = []
        while self._token != ")":  # noqa: S105 - a bracket
            if not self._kind:
                raise self._wrong()
            members.append(self._object(depth + 1))
        self._next()
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
    """A document, line by line; what is said of one subject stands together."""
    for prefix, namespace in PREFIXES.items():
        yield f"@prefix {prefix}: <{namespace}> .\n"
    for subject, said in by_subject(triples).items():
        yield f"\n{_term(subject)}\n"
        lines = [f"  {_term(predicate)} {_term(value)}" for predicate, value in said]
        yield " ;\n".join(lines) + " .\n"


def _term(value: Object) -> str:
    if isinstance(value, Blank):
        return f"_:{value}"
    if isinstance(value, Iri):
        short = shortened(value)
        return ":".join(short) if short else f"<{value}>"
    text = f'"{_escaped(value.text)}"'
    if value.lang:
        return f"{text}@{value.lang}"
    return f"{text}^^{_term(Iri(value.datatype))}" if value.datatype else text


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: _sign(found[1]), text)


def _sign(code: str) -> str:
    if code[0] in "uU" and len(code) > 1:
        number = int(code[1:], 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    return _LETTERS.get(code, code)
