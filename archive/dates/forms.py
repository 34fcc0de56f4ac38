"""The forms in which one date is written, as patterns over the shape of a text.

Each pattern is matched on the code letters of `tokens.scan` (Y year, y short year, N number,
M month, R Roman number, S season, V winter, D decade, C century, P early/mid/late …); the names
of its groups say what a token means there. The first pattern that fits is taken, so longer ones
come first. What pieces mean together is said in `terms`.
The one invariant: a form that could be meant in two ways is marked so (`swapped`) or not here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from archive.dates.model import WINTER, DateError, Mark
from archive.dates.pieces import Piece, Share
from archive.dates.tokens import Token

Order = Literal["dmy", "mdy"]

# Groups: y year, m month, d day, p q day and month in either order, s second year of a winter,
# S V season, k K year of a Hungarian decade, D decade, c century, b bare century, n bare number,
# u v a doubt of the day or the month.
_PATTERNS = (
    r"(?P<y>[Yy])e?\.?[-/,]?(?P<m>[MR])\.?[-/,]?(?P<d>N)\.?(?!C)",  # 1956. október 23.
    r"(?P<y>Y)(?P<g>[-/.])(?P<m>N)(?P=g)(?P<d>N)\.?",  # 1956-10-23, 1956.10.23.
    r"(?P<d>N)\.?(?P<g>[-/]?)(?P<m>[MR])\.?(?P=g),?(?P<y>[Yy])\.?",  # 23 October 1956, 23-Oct-56
    r"(?P<y>Y),(?P<d>N)\.?(?P<m>M)",  # 1956, 23 October
    r"(?P<d>N)-(?P<m>M)-(?P<y>N)",  # 7-Oct-03
    r"(?P<m>M)(?P<d>N)\.?[-,]?(?P<y>[Yy])\.?",  # October 23, 1956
    r"(?P<m>M)(?P<d>N)(?P<u>m),(?P<y>Y)",  # October 23?, 1956
    r"(?P<m>M)(?P<v>m),(?P<y>Y)",  # October?, 1956
    r"(?P<m>M)(?P<g>[-/])(?P<d>N)(?P=g)(?P<y>Y)",  # Oct-23-1956
    r"(?P<p>N)(?P<g>[-/.])(?P<q>N)(?P=g)(?P<y>[Yy])\.?",  # 23.10.1956, 10/23/1956
    r"(?P<V>V),?(?P<y>[Yy])/(?P<s>[NyY])",  # winter 1956/57
    r"(?P<V>V),?(?P<y>[Yy])(?:-(?P<s>[NyY])(?![-/.MSV]))?",  # winter 1956-57
    r"(?P<y>[Yy])e?\.?[-/](?P<s>[NyY])e?\.?,?(?P<V>V)",  # 1956/57 tele
    r"(?P<S>S),?(?P<y>[Yy])",  # autumn 1956
    r"(?P<y>[Yy])e?\.?(?P<P>P)?(?P<S>[SV])(?!Y)",  # 1956 ősze, 1956 késő ősze
    r"(?P<y>[Yy]),(?P<S>[SV])(?!,?Y)",  # 1956, autumn
    r"(?P<m>[MR])\.?[-,/]?(?P<y>[Yy])\.?(?!E|eE)",  # October 1956, Oct-1956
    r"(?P<m>N)[-/.](?P<y>Y)(?![-/.]?N)",  # 10/1956
    r"(?P<y>[Yy])e?\.?(?P<m>[MR])\.?(?!Y|C|F)",  # 1956. október
    r"(?P<y>[Yy])[-,/](?P<m>[MR])\.?(?!,?Y|C|F)",  # 1956-Oct
    r"(?P<y>Y)\.(?P<m>N)\.?(?![MR])",  # 1956.10.
    r"(?P<y>Y)-(?P<m>N)-$",  # 1956-10-
    r"(?P<k>[YyN])e?E(?P<G>G)?",  # 1950-es évek
    r"(?P<K>[YyN])(?=(?:e[-&_,/|]|-)[YyN]e?E)e?",  # 1950–60-as évek
    r"(?P<D>[Dd])E?(?P<G>G)?",  # 1950s, ötvenes évek
    r"(?P<c>[NyR])\.?C",  # 19th century
    r"(?P<c>[NR])\.?(?=[-&_][NR]\.?C)",  # 19th–20th century
    r"(?P<b>C)",  # a század
    r"(?P<m>[MR])\.?(?P<d>N)\.?(?!C|-?M,?Y)",  # október 23.
    r"(?P<d>N)\.?(?P<m>[MR])\.?",  # 23 October
    r"(?P<y>[Yy])e?\.?(?!C)",  # 1956
    r"(?P<m>[MR])\.?(?!C|F)",  # October
    r"(?P<S>[SV])",  # autumn
    r"(?P<d>N),?(?P<y>Y)(?![-/.]?N)",  # the end of October 23–30, 1956
    r"(?P<n>N)\.?(?![.CF])",  # 23
)
_FORMS = tuple(re.compile(pattern) for pattern in _PATTERNS)
_NUMERIC_RIGHT = re.compile(r"(?P<m>N)(?P<g>[-.])(?P<d>N)\.?(?![-/.])")  # 1956.10.23–11.04.
_SHARE_BEFORE = re.compile(r"(?P<P>P)-?|(?P<O>[OFN])-?(?P<F>F)")
_SHARE_AFTER = re.compile(r"(?P<P>P)(?!-[MSV])|(?P<O>[ORN])\.?(?P<F>F)")  # 1956 mid-October: no
_CLOCK = re.compile(r",?(?P<T>T)")
_TAIL = re.compile(r",?(?:(?P<U>U)|(?P<X>X))")
_LATEST_CENTURY = 21
_HEMISPHERES = {"N": 4, "S": 8}


def piece_at(
    tokens: Sequence[Token],
    shape: str,
    at: int,
    order: Order | None,
    *,
    after_numeric: bool = False,
) -> tuple[Piece, int] | None:
    """The piece that begins at this token and where it ends, or None.

    `order` settles whether 4/3/1945 begins with its day; `after_numeric` allows "11.04." as the
    second half of an interval. Raises DateError for a number that cannot be what its place says.
    """
    if shape.startswith("T", at):
        return _timed(tokens, shape, at, order)
    share, start = _share(tokens, shape, at, _SHARE_BEFORE)
    forms = (_NUMERIC_RIGHT, *_FORMS) if after_numeric else _FORMS
    match = next((found for form in forms if (found := form.match(shape, start))), None)
    if match is None:
        return None
    piece = _build(_values(tokens, match), order)
    later, end = _share(tokens, shape, match.end(), _SHARE_AFTER)
    shares = [found for found in (share, piece.share, later) if found]
    if len(shares) > 1:
        raise DateError("ambiguous")
    piece = replace(piece, share=shares[0] if shares else None)
    return _tail(tokens, shape, end, piece)


def _timed(tokens: Sequence[Token], shape: str, at: int, order: Order | None) -> tuple[Piece, int]:
    """A time of day before its day, "11:00, 25 October 1956", or by itself."""
    comma = shape.startswith(",", at + 1)
    found = piece_at(tokens, shape, at + 1 + comma, order)
    if found and found[0].day and not found[0].clock:
        return replace(found[0], clock=tokens[at].value), found[1]
    return Piece(clock=tokens[at].value), at + 1


def _values(tokens: Sequence[Token], match: re.Match[str]) -> dict[str, Token]:
    return {
        name: tokens[match.start(name)]
        for name, code in match.groupdict().items()
        if code and name != "g"
    }


def _share(
    tokens: Sequence[Token], shape: str, at: int, pattern: re.Pattern[str]
) -> tuple[Share | None, int]:
    match = pattern.match(shape, at)
    if not match:
        return None, at
    found = _values(tokens, match)
    if "P" in found:
        return _loose(found["P"]), match.end()
    of, which = int(found["F"].value), found["O"].value
    number = of if which == "-" else int(which)
    if number > of:
        raise DateError("no_share")
    return Share(number, of, loose=False), match.end()


def _loose(part: Token) -> Share:
    """Early, mid or late."""
    return Share(int(part.value), 3, loose=True)


def _build(found: dict[str, Token], order: Order | None) -> Piece:
    piece = Piece()
    if "y" in found:
        piece = replace(piece, year=_year(found["y"]))
    if "m" in found:
        piece = replace(piece, month=_month(found["m"].value))
    if "d" in found:
        piece = replace(piece, day=_day(found["d"].value))
    if "n" in found:
        piece = replace(piece, number=found["n"].value)
    if "u" in found or "v" in found:
        piece = _doubted(piece, found)
    if "p" in found:
        piece = _either_order(piece, found["p"].value, found["q"].value, order)
    if season := found.get("S") or found.get("V"):
        piece = _season(piece, season.value, found.get("s"))
    if "P" in found:
        piece = replace(piece, share=_loose(found["P"]))
    return _period(piece, found)


def _doubted(piece: Piece, found: dict[str, Token]) -> Piece:
    """The question mark after the day (u) or the month (v) before the year."""
    mark: Mark = "~" if (found.get("u") or found["v"]).value == "~" else "?"
    return piece.remarked(("", "", mark) if "u" in found else ("", mark, ""))


def _period(piece: Piece, found: dict[str, Token]) -> Piece:
    if "K" in found and not found["K"].value.endswith("0"):
        return replace(piece, year=_year(found["K"]))
    if "K" in found:
        return _hungarian_decade(piece, found["K"].value, exact=False)
    if "k" in found:
        return _hungarian_decade(piece, found["k"].value, exact="G" in found)
    if "D" in found:
        return _decade(piece, found["D"], exact="G" in found)
    if "c" in found:
        return replace(piece, year=_century(found["c"].value))
    return replace(piece, year="__XX") if "b" in found else piece


def _year(token: Token) -> str:
    return token.value if token.code == "Y" else f"__{token.value.zfill(2)}"


def _month(value: str) -> str:
    if not 1 <= int(value) <= 12:
        raise DateError("impossible_month", value)
    return value.zfill(2)


def _day(value: str) -> str:
    if not 1 <= int(value) <= 31:
        raise DateError("impossible_day", value)
    return value.zfill(2)


def _either_order(piece: Piece, first: str, second: str, order: Order | None) -> Piece:
    """Day and month in the order that the numbers prove, or that is known, or marked swapped."""
    one, two = int(first), int(second)
    if one > 12 and two > 12:
        raise DateError("impossible_month", f"{first}/{second}")
    day_first = one > 12 or (two <= 12 and order == "dmy")
    if order == "mdy" and one > 12:
        day_first = True
    day, month = (first, second) if day_first else (second, first)
    swapped = order is None and one <= 12 and two <= 12 and one != two
    return replace(piece, day=_day(day), month=_month(month), swapped=swapped)


def _season(piece: Piece, season: str, second: Token | None) -> Piece:
    if second is not None:
        following = f"{int(piece.year[-2:]) + 1:02}"[-2:]
        if second.value[-2:] != following:
            raise DateError("season_pair")
        return replace(piece, month=season)
    return replace(piece, month=season, notes=("winter",) if season == WINTER else ())


def _hungarian_decade(piece: Piece, digits: str, *, exact: bool) -> Piece:
    if not digits.endswith("0") or len(digits) == 1 or digits == "00":
        raise DateError("odd_decade", digits)
    if len(digits) == 2:
        return replace(piece, year=f"__{digits[0]}X")
    if digits.endswith("00") and not exact:
        return replace(piece, year=digits[:2] + "XX").noted("century_or_decade")
    return replace(piece, year=digits[:3] + "X")


def _decade(piece: Piece, token: Token, *, exact: bool) -> Piece:
    if token.code == "d":
        return replace(piece, year=f"__{token.value}X")
    if token.value.endswith("0Xs") and not exact:
        return replace(piece, year=token.value[:2] + "XX").noted("century_or_decade")
    return replace(piece, year=token.value.removesuffix("s"))


def _century(value: str) -> str:
    if not 1 <= int(value) <= _LATEST_CENTURY:
        raise DateError("impossible_century", value)
    return f"{int(value) - 1:02}XX"


def _tail(tokens: Sequence[Token], shape: str, at: int, piece: Piece) -> tuple[Piece, int]:
    """A time of day after a day; "day unknown"; the hemisphere of a season."""
    match = _CLOCK.match(shape, at)
    if match and piece.day:
        return replace(piece, clock=tokens[match.start("T")].value), match.end()
    match = _TAIL.match(shape, at)
    if not match:
        return piece, at
    token = tokens[match.end() - 1]
    return (_unknown if token.code == "U" else _hemisphere)(piece, token.value), match.end()


def _unknown(piece: Piece, components: str) -> Piece:
    if "y" in components and not piece.year:
        return replace(piece, year="XXXX")
    month = "XX" if "m" in components and not piece.month else piece.month
    day = "XX" if "d" in components and not piece.day and month else piece.day
    if (month, day) == (piece.month, piece.day):
        raise DateError("ambiguous")
    return replace(piece, month=month, day=day)


def _hemisphere(piece: Piece, which: str) -> Piece:
    if piece.month not in ("21", "22", "23", "24"):
        raise DateError("ambiguous")
    return replace(piece, month=str(int(piece.month) + _HEMISPHERES[which]))
