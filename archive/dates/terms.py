"""How pieces stand together: ranges, between, before, after, about, lists of alternatives.

A small grammar over the shape of a text, tried from left to right; pieces come from `forms`.
The one invariant: a text is read to its last token or refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from archive.dates.forms import Order, piece_at
from archive.dates.model import (
    GROUPINGS,
    PLAIN,
    DateError,
    Edtf,
    Kind,
    Mark,
    Marks,
    Part,
    Point,
    Span,
    bounds,
    make,
)
from archive.dates.pieces import Piece, complete, end_of, neighbour, resolve, start_of
from archive.dates.tokens import OPEN_SIGNS, Scan

Relation = Literal[
    "date", "interval", "between", "every", "since", "until", "before", "after", "not_before",
    "not_after", "unknown_start", "unknown_end",
]  # fmt: skip
_PREFIXES: dict[str, Relation] = {"b": "before", "a": "after", "u": "until", "f": "since"}
_POSTFIXES: dict[str, Relation] = {
    "B": "before",
    "A": "after",
    "t": "since",
    "i": "until",
    "+": "not_before",
    "r": "not_after",
}
_BOUNDS: dict[str, Relation] = {"a": "not_before", "b": "not_after"}
_NO_REMARK = (PLAIN, PLAIN)
# "October 1956 or 1957", "1956 vagy 1957 ősze": what is said of one year may be meant of both.
_SAID_OF_BOTH = re.compile(
    r"(?<![^m,])[MRSVPOFN][^Yy,|&;]*[Yy]\.?,?[|&,]m*[Yy](?=m*$)"
    r"|(?<![^m,])[Yy]e?\.?,?[|&,]m*[Yy]e?\.?,?(?:P?[MRSV]|P|[ORN]\.?F)"
)
_ONE_SIDED = ("since", "until", "before", "after", "not_before", "not_after")
_LONE = ("date", *_ONE_SIDED)
_IN_SETS = ("between", "before", "after", "not_before", "not_after")


@dataclass
class Term:
    """One statement: how its one or two pieces relate."""

    relation: Relation
    pieces: list[Piece]


@dataclass
class Cursor:
    """A place in a scanned text, moving to its end."""

    scan: Scan
    order: Order | None
    at: int = 0
    shape: str = field(init=False)

    def __post_init__(self) -> None:
        self.shape = self.scan.shape

    def sees(self, codes: str) -> bool:
        """Whether the next token is one of these."""
        return self.at < len(self.shape) and self.shape[self.at] in codes

    def take(self, codes: str) -> str | None:
        """The value of the next token (its code when it has none) if it is one of these."""
        if not self.sees(codes):
            return None
        token = self.scan.tokens[self.at]
        self.at += 1
        return token.value or token.code


@dataclass
class Side:
    """A piece with the marks before and after it, and the remark that follows, still apart."""

    piece: Piece
    before: list[Mark]
    after: list[Mark]
    remark: tuple[Marks, Marks]

    def finished(self, *more: Mark) -> Piece:
        """The piece with all its marks on."""
        piece = self.piece.remarked(self.remark[1])
        for mark in (*self.before, *self.after, *more):
            piece = piece.marked(mark)
        return piece


def read_terms(
    found: Scan, order: Order | None, context_year: int | None
) -> tuple[Edtf, tuple[str, ...]]:
    """The value of a scanned text and the notes on how it was read; raises DateError."""
    cursor = Cursor(found, order)
    terms, joined = _list(cursor)
    completed = complete([term.pieces for term in terms], context_year)
    notes = [note for pieces in completed for piece in pieces for note in piece.notes]
    for term, pieces in zip(terms, completed, strict=True):
        term.pieces = pieces
        if term.relation == "interval" and _rolled_over(term):
            notes.append("year_rollover")
    value = _alternatives(terms, notes) or _value(terms, joined)
    if ";" not in joined and _holds_itself(value):
        raise DateError("ambiguous")
    return value, tuple(dict.fromkeys(notes))


def _list(cursor: Cursor) -> tuple[list[Term], set[str]]:
    if _SAID_OF_BOTH.search(cursor.shape):
        raise DateError("ambiguous")
    terms, joined = [_term(cursor)], set[str]()
    while cursor.at < len(cursor.shape):
        sign = cursor.take(",;|&")
        if sign is None:
            raise DateError("not_understood")
        cursor.take("|&") if sign == "," else None
        joined.add(cursor.shape[cursor.at - 1])
        terms.append(_term(cursor))
    sides = {term.relation in _ONE_SIDED for term in terms if term.relation in _LONE}
    apart = len(sides) > 1 and joined != {";"}  # "before 1956 or 1957" is before which?
    if {"|", "&"} <= joined or apart:
        raise DateError("ambiguous")
    return terms, joined


def _term(cursor: Cursor) -> Term:
    start = cursor.at
    marks = _marks(cursor)
    term = _prefixed(cursor)
    if term is None:
        cursor.at = start
        return _unprefixed(cursor)
    for mark in marks:
        term.pieces = [piece.marked(mark) for piece in term.pieces]
    return term


def _prefixed(cursor: Cursor) -> Term | None:
    """between …, before …, after …, from … to …, until …, not before …, all of …"""
    if cursor.take("w"):
        return _between(cursor)
    if cursor.take("l"):
        return _range(cursor, _need(cursor), "every")
    if bound := cursor.take("h"):
        return Term(_BOUNDS[bound], [_need(cursor).finished()])
    code = cursor.shape[cursor.at : cursor.at + 1]
    if not cursor.take("bauf"):
        return None
    cursor.take("-")
    side = _need(cursor)
    if code == "f" and cursor.take("u-"):
        return Term("interval", [side.finished(), _need(cursor, right=True).finished()])
    if code == "f":
        cursor.take("t")
    return Term(_PREFIXES[code], [side.finished()])


def _between(cursor: Cursor) -> Term:
    side = _need(cursor)
    if not cursor.take("&-"):
        raise DateError("not_understood")
    return Term("between", [side.finished(), _need(cursor, right=True).finished()])


def _unprefixed(cursor: Cursor) -> Term:
    if cursor.shape.startswith("m-", cursor.at) and cursor.scan.tokens[cursor.at].value == "?":
        cursor.at += 2
        return Term("unknown_start", [_need(cursor).finished()])
    if cursor.take("_"):
        return Term("until", [_need(cursor).finished()])
    side = _need(cursor)
    if cursor.sees("&"):
        term = _and_between(cursor, side)
        if term:
            return term
    if cursor.sees("-_/u"):
        return _range(cursor, side, "interval")
    return _postfixed(cursor, side)


def _postfixed(cursor: Cursor, side: Side) -> Term:
    """1956 előtt, 1956-tól, 1945-től 1948-ig, 1850+, 1956 or later"""
    code = cursor.shape[cursor.at : cursor.at + 1]
    if bound := cursor.take("H"):
        return Term(_BOUNDS[bound], [side.finished()])
    if not cursor.take("BAtir+"):
        return Term("date", [side.finished()])
    if code == "t" and (until := _until(cursor)):
        return Term("interval", [side.finished(), until.finished()])
    return Term(_POSTFIXES[code], [side.finished()])


def _until(cursor: Cursor) -> Side | None:
    """The "1948-ig" of "1945-től 1948-ig"; nothing is taken when it is not there."""
    start = cursor.at
    cursor.take("-,")
    side = _side(cursor, right=True)
    if side and cursor.take("i"):
        return side
    cursor.at = start
    return None


def _and_between(cursor: Cursor, left: Side) -> Term | None:
    """1945 és 1948 között"""
    start = cursor.at
    cursor.take("&")
    right = _side(cursor, right=True)
    if right and cursor.take("W"):
        return Term("between", [left.finished(), right.finished()])
    cursor.at = start
    return None


def _range(cursor: Cursor, left: Side, relation: Relation) -> Term:
    sign = cursor.take("-_/u")
    if sign is None:
        raise DateError("not_understood")
    if _ends_open(cursor):
        return Term("since" if sign in OPEN_SIGNS else "unknown_end", [left.finished()])
    right = _need(cursor, right=True)
    first = left.finished(*(right.after if not left.after else ()))
    last = right.finished(*(left.before if not right.before else ()))
    if left.remark == _NO_REMARK:
        first = first.remarked(right.remark[0])
    if cursor.take("W"):
        return Term("between", [first, last])
    if cursor.take("g"):
        return Term("every", [first, last])
    cursor.take("i")
    if sign == "/" and not _alike(first, last):
        raise DateError("ambiguous")
    return _pair(first, last, sign) or Term(relation, [first, last])


def _ends_open(cursor: Cursor) -> bool:
    """Whether nothing follows the dash, or a question mark alone."""
    if cursor.at == len(cursor.shape):
        return cursor.scan.text.rstrip(" )]").endswith(("-", "–", ".", "…"))
    last = cursor.at + 1 == len(cursor.shape)
    return last and cursor.sees("m") and cursor.take("m") == "?"


def _alike(first: Piece, last: Piece) -> bool:
    """Whether two pieces are as exact as each other, or one is but a number."""
    if first.number or last.number:
        return True
    return (bool(first.month), bool(first.day)) == (bool(last.month), bool(last.day))


def _pair(first: Piece, last: Piece, sign: str) -> Term | None:
    """1956-10 is a month, 1956-57 are years; None when the second is no bare number."""
    number = last.number or (last.year[2:] if last.year.startswith("__") else "")
    if not number.isdigit() or last.month or last.share or not first.year.isdigit():
        return None
    if first.month in GROUPINGS:
        raise DateError("season_pair")
    if first.month or first.share:
        return None
    later, month = int(number) > int(first.year[-len(number) :]), 1 <= int(number) <= 12
    if later and len(number) == 2 and not (month and sign == "-" and first.marks == PLAIN):
        note = ("month_or_range",) if month else ()
        return Term("interval", [first, replace(last, notes=note)])
    if not month or sign == "–" or (later and len(number) == 1):
        raise DateError("month_or_range", f"{first.year}{sign}{number}")
    single = replace(first, month=number.zfill(2), notes=("month_or_range",) if later else ())
    return Term("date", [single])


def _need(cursor: Cursor, *, right: bool = False) -> Side:
    side = _side(cursor, right=right)
    if side is None:
        raise DateError("not_understood")
    return side


def _side(cursor: Cursor, *, right: bool = False) -> Side | None:
    """A piece with the marks and the remark around it."""
    before = _marks(cursor)
    numeric = right and cursor.shape.startswith(("Y.N.N", "Y-N-N"))
    found = piece_at(
        cursor.scan.tokens, cursor.shape, cursor.at, cursor.order, after_numeric=numeric
    )
    if found is None:
        return None
    piece, cursor.at = found
    after = _marks(cursor)
    remark = cursor.take("Z")
    return Side(piece, before, after, cursor.scan.remarks[int(remark)] if remark else _NO_REMARK)


def _marks(cursor: Cursor) -> list[Mark]:
    marks: list[Mark] = []
    while mark := cursor.take("m"):
        marks.append("~" if mark == "~" else "?")
    return marks


def _rolled_over(term: Term) -> bool:
    """Move an inherited year so that "December – January 1950" begins in 1949."""
    first, last = term.pieces
    if first.month == last.month or not (first.year.isdigit() and first.year == last.year):
        return False
    begin, end = bounds(resolve(first))[0], bounds(resolve(last))[1]
    if begin is None or end is None or begin <= end:
        return False
    if first.inherited:
        term.pieces[0] = replace(first, year=f"{int(first.year) - 1:04}")
    elif last.inherited:
        term.pieces[1] = replace(last, year=f"{int(last.year) + 1:04}")
    return first.inherited or last.inherited


def _holds_itself(value: Edtf) -> bool:
    """Whether one date is a piece of another: "October, 23rd 1956" was meant as one."""
    parts = {point.parts for point in value.points}
    return any(part[:size] in parts for part in parts for size in range(1, len(part)))


def _alternatives(terms: list[Term], notes: list[str]) -> Edtf | None:
    """4/3/1945 as one of two days, when nothing says which number is the month."""
    if not any(piece.swapped for term in terms for piece in term.pieces):
        return None
    if len(terms) > 1 or terms[0].relation != "date":
        raise DateError("day_or_month")
    piece = terms[0].pieces[0]
    notes.append("day_or_month")
    other = replace(piece, day=piece.month, month=piece.day)
    days = sorted((resolve(piece), resolve(other)), key=str)
    return make("one_of", days)


def _value(terms: list[Term], joined: set[str]) -> Edtf:
    parts = [_part(term) for term in terms]
    if len(parts) > 1:
        return make("all_of" if "&" in joined else "one_of", parts)
    relation = terms[0].relation
    if relation == "every":
        return make("all_of", parts)
    kind: Kind = "one_of" if relation in _IN_SETS else "interval"
    return make("date" if isinstance(parts[0], Point) else kind, parts)


def _part(term: Term) -> Part:
    resolved = [resolve(piece) for piece in term.pieces]
    first, last = start_of(resolved[0]), end_of(resolved[-1])
    match term.relation:
        case "date":
            return resolved[0]
        case "interval" | "between" | "every":
            return Span(first, last)
        case "since" | "not_before":
            return Span(first, "..")
        case "until" | "not_after":
            return Span("..", last)
        case "before":
            return Span("..", last if _begun(term) else neighbour(first, -1))
        case "after":
            return Span(first if _going_on(term) else neighbour(last, 1), "..")
        case "unknown_start":
            return Span("", last)
        case "unknown_end":
            return Span(first, "")


def _begun(term: Term) -> bool:
    """Whether "before the end of 1956" may reach into that end."""
    share = term.pieces[0].share
    return share is not None and share.loose and share.which > 1


def _going_on(term: Term) -> bool:
    """Whether "after the beginning of 1956" may still lie in that beginning."""
    share = term.pieces[-1].share
    return share is not None and share.loose and share.which < share.of
