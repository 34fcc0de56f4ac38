"""The language of the search box: words, "phrases", AND OR NOT, prefix*, nearly~, field:value.

`read()` never refuses. What cannot be understood is read as plain words and noted. Hungarian and
English names of fields and operators are both known; operators are written in capitals, so that
`és`, `not` and `or` stay words. Dates are recognised by `archive.dates`, the parser of the archive.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from archive import dates
from archive.search.analysis import identifier, identifiers, normal, words
from archive.search.documents import FIRST_HOUR, LAST_HOUR, hours
from archive.search.lexicon import fold
from archive.search.tree import (
    And,
    Everything,
    Field,
    Fuzzy,
    Guards,
    Identifier,
    Node,
    Not,
    Notice,
    Or,
    Overlap,
    Phrase,
    Prefix,
    Term,
)

OPERATORS = {
    "AND": "AND", "ÉS": "AND", "&&": "AND",
    "OR": "OR", "VAGY": "OR", "||": "OR",
    "NOT": "NOT", "NEM": "NOT", "!": "NOT", "-": "NOT",
}  # fmt: skip
FIELDS = {
    "person": "person", "szemely": "person", "ki": "person",
    "photographer": "photographer", "fenykepesz": "photographer", "keszito": "photographer",
    "creator": "photographer",
    "place": "place", "hely": "place", "helyszin": "place",
    "event": "event", "esemeny": "event",
    "subject": "subject", "targyszo": "subject", "tema": "subject",
    "technique": "technique", "technika": "technique",
    "collection": "collection", "gyujtemeny": "collection", "fond": "collection",
    "title": "title", "cim": "title",
    "caption": "caption", "leiras": "caption", "kepalairas": "caption",
    "date": "date", "datum": "date", "kelt": "date", "mikor": "date",
    "rights": "rights", "jog": "rights", "jogok": "rights",
    "use": "use", "felhasznalas": "use",
    "year": "year", "ev": "year", "decade": "decade", "evtized": "decade",
    "state": "state", "allapot": "state", "lacks": "lacks", "hianyzik": "lacks",
    "id": "id", "jelzet": "id", "azonosito": "id", "ref": "id",
}  # fmt: skip
STOP_WORDS = frozenset(
    {"a", "az", "egy", "és", "is", "de", "hogy", "ez", "the", "an", "of", "in", "on", "at",
     "and", "or", "to", "for", "by", "with", "from"}
)  # fmt: skip
_TOKEN = re.compile(
    r"""
    (?P<quote>["„“”«»])
    | (?P<open>\()
    | (?P<close>\))
    | (?P<operator>&&|\|\||!(?=\S)|-(?=["„“(«]))
    | (?P<field>[^\W\d_]+):\s*
    | (?P<word>[^\s()"„“”«»]+)
    """,
    re.VERBOSE,
)
_QUOTES = '"„“”«»'
_YEAR = re.compile(r"(?<!\d)(1[0-9]|20)\d\d(?!\d)|\d\d\d0s")
_ISO_HOUR = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d")
# 11–14 óra, 11 órától 14 óráig, 11 és 14 óra között, from 11 to 14, between 11 and 14 hours
_HOURS = re.compile(
    r"(?P<day>\S.*?),?\s+(?P<said>between\s+|from\s+)?"
    r"(?P<from>\d\d?)(?:\s+órától|\s+óra)?(?:\s*[-–]\s*|\s+(?:(?:és|and|to)\s+)?)"
    r"(?P<to>\d\d?)(?:\s+(?P<unit>ór[aá](?:ig)?|hours|h)(?:\s+között)?)?",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(r"\d{4}(-[^\W\d_]{1,4})?")  # 1956, 1956-os, 1956-ban
_DATE_WORDS = 9


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


@dataclass
class _Reading:
    """The state of one reading: tokens still to come and what was noted."""

    tokens: list[_Token]
    guards: Guards
    at: int = 0
    clauses: int = 0
    notices: dict[str, Notice] = field(default_factory=dict)

    def note(self, code: str, **params: Any) -> None:
        self.notices.setdefault(code, Notice(code, params))

    def next(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self) -> _Token:
        self.at += 1
        return self.tokens[self.at - 1]


def read(text: str, guards: Guards) -> tuple[Node, tuple[Notice, ...]]:
    """The tree of a typed query and what had to be guessed."""
    reading = _Reading([], guards)
    if len(text) > guards.chars:
        reading.note("query_cut", chars=guards.chars)
        text = text[: guards.chars]
    reading.tokens = _tokens(text, reading)
    node = _alternatives(reading, 0)
    while reading.next() is not None:  # a bracket that was closed but never opened
        reading.note("bracket_unopened")
        reading.take()
        node = _both(node, _alternatives(reading, 0))
    return node or Everything(), tuple(reading.notices.values())


def _tokens(text: str, reading: _Reading) -> list[_Token]:
    found, at = [], 0
    while match := _TOKEN.search(text, at):
        kind, at = str(match.lastgroup), match.end()
        token = _Token(kind, match[kind])
        if kind == "quote":
            token, at = _quoted(text, at, reading)
        elif kind == "field" and fold(normal(token.text)) not in FIELDS:
            token, at = _Token("word", match[0]), at
        elif kind == "word" and len(token.text) > 1 and token.text in OPERATORS:
            token = _Token("operator", token.text)
        found.append(token)
    return found


def _quoted(text: str, start: int, reading: _Reading) -> tuple[_Token, int]:
    ends = [at for at in range(start, len(text)) if text[at] in _QUOTES]
    if not ends:
        reading.note("quote_unclosed")
        return _Token("phrase", text[start:]), len(text)
    return _Token("phrase", text[start : ends[0]]), ends[0] + 1


def _alternatives(reading: _Reading, depth: int) -> Node | None:
    """`a OR b`, the weakest binding."""
    nodes = [_together(reading, depth)]
    while (token := reading.next()) and _operator(token) == "OR":
        reading.take()
        nodes.append(_together(reading, depth))
    if len(nodes) > 1 and None in nodes:
        reading.note("operator_alone", operator="OR")
    kept = tuple(node for node in nodes if node is not None)
    return Or(kept) if len(kept) > 1 else (kept[0] if kept else None)


def _together(reading: _Reading, depth: int) -> Node | None:
    """Things side by side, or joined by AND."""
    nodes: list[Node] = []
    while (token := reading.next()) and token.kind != "close" and _operator(token) != "OR":
        if _operator(token) == "AND":
            reading.take()
            if not nodes or _ends(reading):
                reading.note("operator_alone", operator="AND")
            continue
        node = _one(reading, depth)
        if node is not None and _counted(reading):
            nodes.append(node)
    return _conjunction(nodes)


def _one(reading: _Reading, depth: int) -> Node | None:
    token = reading.take()
    if _operator(token) == "NOT":
        if _ends(reading):
            reading.note("operator_alone", operator="NOT")
            return None
        inner = _one(reading, depth)
        return Not(inner) if inner is not None else None
    if token.kind == "open":
        return _bracket(reading, depth)
    if token.kind == "field":
        return _field(reading, FIELDS[fold(normal(token.text))], depth)
    if token.kind == "phrase":
        return _phrase(token.text)
    return _dated(reading) or _word(token.text, reading)


def _bracket(reading: _Reading, depth: int) -> Node | None:
    if depth >= reading.guards.depth:
        reading.note("too_deep", depth=reading.guards.depth)
        return None
    inner = _alternatives(reading, depth + 1)
    if reading.next() is None:
        reading.note("bracket_unclosed")
    else:
        reading.take()
    return inner


def _field(reading: _Reading, name: str, depth: int) -> Node | None:
    token = reading.next()
    if token is None or token.kind in ("close", "operator", "field"):
        reading.note("field_empty", field=name)
        return None
    if name == "date":
        return _date_field(reading)
    if name == "id":
        return Identifier(identifier(reading.take().text))
    inner = _one(reading, depth)
    return Field(name, inner) if inner is not None else None


def _date_field(reading: _Reading) -> Node | None:
    token = reading.take()
    node = read_date(token.text) if token.kind == "phrase" else _dated(reading, any_year=True)
    if node is None:
        reading.note("date_unread", text=token.text)
        return _phrase(token.text) if token.kind == "phrase" else _word(token.text, reading)
    return node


def _operator(token: _Token) -> str:
    return OPERATORS[token.text] if token.kind == "operator" else ""


def _ends(reading: _Reading) -> bool:
    token = reading.next()
    return token is None or token.kind == "close" or _operator(token) in ("AND", "OR")


def _counted(reading: _Reading) -> bool:
    reading.clauses += 1
    if reading.clauses > reading.guards.clauses:
        reading.note("too_many_words", clauses=reading.guards.clauses)
        return False
    return True


def _both(one: Node | None, other: Node | None) -> Node | None:
    return _conjunction([node for node in (one, other) if node is not None])


def _conjunction(nodes: list[Node]) -> Node | None:
    """All of them; words that carry no meaning are left out when others remain."""
    telling = [n for n in nodes if not (isinstance(n, Term) and n.text in STOP_WORDS)] or nodes
    if not telling:
        return None
    if all(isinstance(node, Not) for node in telling):
        telling = [Everything(), *telling]
    return And(tuple(telling)) if len(telling) > 1 else telling[0]


def _phrase(text: str) -> Node | None:
    found = tuple(word.surface for word in words(text))
    return Phrase(found) if found else None


def _word(text: str, reading: _Reading) -> Node | None:
    plain = text.lstrip("+-")
    if plain != text:
        inner = _word(plain, reading)
        return Not(inner) if inner is not None and text[0] == "-" else inner
    if text.startswith("*"):
        reading.note("leading_star")
        text = text.lstrip("*")
    found = [word.surface for word in words(text)]
    if not found:
        return None
    if text.endswith("*"):
        return _prefix(found, reading)
    if text.endswith("~"):
        return _conjunction([Fuzzy(word, 2 if len(word) > 7 else 1) for word in found])
    if _YEAR_ALONE.fullmatch(text):
        return Term(found[0])
    if whole := identifiers(text):
        return Identifier(whole[0], tuple(found))
    return _conjunction([Term(word) for word in found])


def _prefix(found: list[str], reading: _Reading) -> Node | None:
    if len(found[-1]) < reading.guards.prefix:
        reading.note("prefix_short", letters=reading.guards.prefix)
        return _conjunction([Term(word) for word in found])
    return _conjunction([*(Term(word) for word in found[:-1]), Prefix(found[-1])])


def _dated(reading: _Reading, *, any_year: bool = False) -> Node | None:
    """The longest run of words from here that is a date, taken as a whole.

    A bare year stays a word (captions speak of 1956 too) unless `any_year`.
    """
    start = reading.at - 1
    run = []
    for token in reading.tokens[start : start + _DATE_WORDS]:
        if token.kind != "word":
            break
        run.append(token.text)
    for size in range(len(run), 0, -1):
        text = " ".join(run[:size])
        bare = size == 1 and _YEAR_ALONE.fullmatch(text) and not any_year
        if not bare and _YEAR.search(text) and (node := read_date(text)) is not None:
            reading.at = start + size
            return node
    return None


def read_date(text: str) -> Overlap | None:
    """A date, a range `a..b` or some hours of a day, as hours; None when it is none of these."""
    start, dots, end = text.rpartition("..")
    if dots and ".." not in start and (start or end):
        return _range(start.strip(), end.strip())
    if (some := _hours_of_a_day(text)) is not None:
        return some
    reading = dates.read(f"{text}:00" if _ISO_HOUR.fullmatch(text) else text)
    if not reading.edtf:
        return None
    found = hours(reading.edtf, reading.earliest, reading.latest)
    return Overlap(*found) if found else None


def _range(start: str, end: str) -> Overlap | None:
    first = read_date(start) if start else Overlap(FIRST_HOUR, FIRST_HOUR)
    last = read_date(end) if end else Overlap(LAST_HOUR, LAST_HOUR)
    if first is None or last is None or first.first > last.last:
        return None
    return Overlap(first.first, last.last)


def _hours_of_a_day(text: str) -> Overlap | None:
    """`1956. október 25. 11–14 óra`: both hours included."""
    found = _HOURS.fullmatch(text)
    if not found or not (found["said"] or found["unit"]):
        return None
    reading, first, last = dates.read(found["day"]), int(found["from"]), int(found["to"])
    if reading.earliest is None or reading.earliest != reading.latest or not first <= last < 24:
        return None
    midnight = reading.earliest.toordinal() * 24
    return Overlap(midnight + first, midnight + last)
