"""A text into tokens: numbers, words of the lexicon, times and signs, one code letter each.

The codes strung together are the text's *shape*, on which `forms` matches. The one invariant:
every letter and digit of the text is in a token or the text is refused; nothing is skipped but
the words that the lexicon itself calls empty, brackets, and the dot of an abbreviation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from archive.dates.clock import afternoon, clock_at
from archive.dates.lexicon import LONGEST_PHRASE, NUMBER_ENDINGS, ROMAN, WORDS, Sense, fold
from archive.dates.model import DateError, Marks
from archive.dates.remarks import read_remark

# Hyphens are one sign and dashes another; quotes become the plain apostrophe or a space.
_SIGNS = str.maketrans('‐‑−‒–—―’‘ʼ`´„”“"', "---––––'''''    ")

_SPACE = re.compile(r"[\s\[\]]+|[()]")
_DECADE = re.compile(r"([0-9]{3})(?:[-–](?![0-9])|[?x_*])(?![0-9a-z])")
_CENTURY = re.compile(r"([0-9]{2})(?:--|––|\?\?|xx|__|\*\*)(?![0-9a-z])")
_CENTURY_SHORT = re.compile(  # C19, C19th, 19th c.
    r"c(1[4-9]|2[01])(?:th|st)?(?=$|[-–,;)?])|([0-9]{1,2})(?:st|nd|rd|th) c\b\.?"
)
_SHORT = re.compile(r"'([0-9]{2})(?![0-9])(?:-?('?[a-z]+))?")
_NUMBER = re.compile(r"([0-9]+)(?:(-?)('?[a-z]+))?")
_REMARK = re.compile(r"\(([^()]*)\)")
_COPYRIGHT = re.compile(r"\(c\)")
_PHRASE = re.compile(rf"[a-z]+(?: [a-z]+){{0,{LONGEST_PHRASE - 1}}}")
_SIGN = re.compile(r"\.\.\.?|…|[-–/.,;?~+&]")
_LOOSE_HOUR = re.compile(r"m+T|Tm+(?=,?$)")
OPEN_SIGNS = ("..", "...", "…")
_SIGN_CODES = {"?": "m", "~": "m", "–": "-", **dict.fromkeys(OPEN_SIGNS, "_")}


class Token(NamedTuple):
    """One piece of the text: its code in the grammar and its value."""

    code: str
    value: str = ""


@dataclass
class Scan:
    """The tokens of a text, and what stands beside the grammar."""

    text: str
    folded: str
    tokens: list[Token] = field(default_factory=list)
    remarks: list[tuple[Marks, Marks]] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def shape(self) -> str:
        """The codes of all tokens in one string."""
        return "".join(token.code for token in self.tokens)

    def add(self, code: str, value: str = "") -> None:
        """One token more; an empty code adds nothing."""
        if code:
            self.tokens.append(Token(code, value))


def scan(text: str) -> Scan:
    """The tokens of a text; raises DateError for a word or sign that is not understood."""
    plain = text.translate(_SIGNS)
    found = Scan(plain, fold(plain))
    at = 0
    while at < len(plain):
        at = next(end for reader in _READERS if (end := reader(found, at)) is not None)
    _apply_parts_of_the_day(found)
    return found


def _space(found: Scan, at: int) -> int | None:
    remark = _REMARK.match(found.folded, at)
    marks = read_remark(remark[1]) if remark else None
    if remark and marks:
        found.add("Z", str(len(found.remarks)))
        found.remarks.append(marks)
        return remark.end()
    if _COPYRIGHT.match(found.folded, at):  # the year of a claim, and no "circa"
        raise DateError("unread", found.text[at : at + 3])
    space = _SPACE.match(found.folded, at)
    return space.end() if space else None


def _clock(found: Scan, at: int) -> int | None:
    clock = clock_at(found.folded, at)
    if clock is None or found.folded[at - 1 : at].isdigit():
        return None
    if clock.to_the_second and clock.time == "00:00":
        found.notes.append("midnight")
        if found.shape.endswith(","):
            found.tokens.pop()
    else:
        found.add("T", clock.time)
    return clock.end


def _library_form(found: Scan, at: int) -> int | None:
    """Forms of cataloguing: 195- and 195? for a decade, 19--, C20 and 20th c. for a century."""
    before = found.folded[at - 1 : at]
    if before.isalnum():
        return None
    if match := _CENTURY_SHORT.match(found.folded, at):
        found.add("D", f"{int(match[1] or match[2]) - 1:02}XX")
        return match.end()
    if before in ("-", "–"):
        return None
    for pattern, blank in ((_CENTURY, "XX"), (_DECADE, "X")):
        if match := pattern.match(found.folded, at):
            found.add("D", match[1] + blank)
            return match.end()
    return None


def _short_year(found: Scan, at: int) -> int | None:
    match = _SHORT.match(found.folded, at)
    if not match:
        return None
    code = NUMBER_ENDINGS.get(match[2] or "")
    if code == "s" and match[1][1] == "0":
        found.add("d", match[1][0])
    else:
        found.add("y", match[1])
    return match.end() if code else match.end(1)


def _number(found: Scan, at: int) -> int | None:
    match = _NUMBER.match(found.folded, at)
    if not match:
        return None
    digits, hyphen, word = match[1], match[2], match[3]
    if len(digits) == 3 or len(digits) > 4:
        raise DateError("long_number", digits)
    if digits in ("0", "1", "2", "3") and found.folded.startswith("?", match.end(1)):
        raise DateError("ambiguous")  # "October 2?" may be the twenties of October
    ending = _ending(digits, hyphen, word)
    if ending == "s":
        _english_decade(found, digits)
    else:
        code = "Y" if len(digits) == 4 else "y" if int(digits) > 31 else "N"
        found.add(code, digits)
        found.add(ending or "")
    return match.end(1) if ending is None else match.end()


def _ending(digits: str, hyphen: str | None, word: str | None) -> str | None:
    """The code of what is joined to a number; None when it is a word of its own.

    Raises DateError for a lone letter, which makes 1956a and 1956-b numbers of pictures; but
    X and c in 1956-X-23 and 1887-c.1918 are a month and a circa.
    """
    if not word:
        return ""
    if len(word) > 1 or word == "s":
        return NUMBER_ENDINGS.get(word)
    if hyphen and (word == "i" or (len(digits) < 4 and word in NUMBER_ENDINGS)):
        return ""
    if not (hyphen and (word in ROMAN or word == "c")):
        raise DateError("unknown_word", f"{digits}{hyphen}{word}")
    return None


def _english_decade(found: Scan, digits: str) -> None:
    if not digits.endswith("0") or len(digits) == 1 or digits == "00":
        raise DateError("odd_decade", f"{digits}s")
    if len(digits) == 2:
        found.add("d", digits[0])
    else:
        found.add("D", digits[:3] + "Xs")


def _word(found: Scan, at: int) -> int | None:
    phrase = _PHRASE.match(found.folded, at)
    if not phrase:
        return None
    words = phrase[0].split(" ")
    for size in range(len(words), 0, -1):
        text = " ".join(words[:size])
        sense = WORDS.get(text) or _roman(text)
        if sense:
            _add_sense(found, sense)
            return _after_abbreviation(found.folded, at + len(text))
    raise DateError("unknown_word", found.text[at : at + len(words[0])])


def _after_abbreviation(folded: str, end: int) -> int:
    """Past the single dot that may follow a word."""
    return end + 1 if folded.startswith(".", end) and not folded.startswith("..", end) else end


def _roman(text: str) -> Sense | None:
    number = ROMAN.get(text)
    return Sense("R", str(number)) if number else None


def _add_sense(found: Scan, sense: Sense) -> None:
    if sense.code == "x":
        found.weekdays.append(int(sense.value))
        found.add("x")
    elif sense.code != " ":
        found.add(sense.code, sense.value)
        found.add(sense.ending)


def _sign(found: Scan, at: int) -> int:
    match = _SIGN.match(found.folded, at)
    if not match:
        raise DateError("unread", found.text[at:].strip())
    sign = match[0]
    found.add(_SIGN_CODES.get(sign, sign), sign)
    return match.end()


def _apply_parts_of_the_day(found: Scan) -> None:
    """Take out days of the week and parts of the day, and the commas that set them off."""
    found.tokens = _without_loose_hours(found)
    halves = [token.value for token in found.tokens if token.code == "n"]
    clocks = [token for token in found.tokens if token.code == "T"]
    if halves and not clocks:
        found.notes.append("time_of_day")
    kept: list[Token] = []
    for token in found.tokens:
        if token.code == "T" and "pm" in halves:
            kept.append(Token("T", afternoon(token.value)))
        elif token.code not in "xn" and not (token.code == "," and _ends_in_comma(kept)):
            kept.append(token)
    found.tokens = kept[:-1] if kept and _ends_in_comma(kept) else kept


def _without_loose_hours(found: Scan) -> list[Token]:
    """The tokens without "about 3 o'clock": what is loose there is the hour, never the day."""
    kept, loose = list(found.tokens), _LOOSE_HOUR.search(found.shape)
    if loose:
        found.notes.append("time_of_day")
        del kept[loose.start() : loose.end()]
    return kept


def _ends_in_comma(tokens: list[Token]) -> bool:
    return not tokens or tokens[-1].code == ","


_READERS = (_space, _clock, _library_form, _short_year, _number, _word, _sign)
