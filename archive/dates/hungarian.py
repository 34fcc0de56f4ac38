"""How dates are said in Hungarian: 1956. október 23–30., 1945 előtt, 1956 körül.

Only words; what is said when is decided in `display`. Spelling follows the academy's rules (AkH.
12, 293–299). The one invariant: `reader` understands all of it as the value it was said of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.dates.model import Mark, Point

UNDATED = "keltezetlen"
_MONTHS = (
    "január", "február", "március", "április", "május", "június", "július", "augusztus",
    "szeptember", "október", "november", "december",
)  # fmt: skip
_SEASONS = ("tavasza", "nyara", "ősze", "tele")
_QUARTERS = ("I. negyedéve", "II. negyedéve", "III. negyedéve", "IV. negyedéve")
_THIRDS = ("eleje", "közepe", "vége")
_HALVES = ("első fele", "második fele")
_HEMISPHERES = ("", " (északi félteke)", " (déli félteke)")
_UNKNOWN = {
    "m": "a hónap ismeretlen",
    "d": "a nap ismeretlen",
    "md": "a hónap és a nap ismeretlen",
}
_DOUBTS: dict[Mark, str] = {"": "{}", "?": "talán {}", "~": "{} körül", "%": "talán {} körül"}
_DOUBTS_INSIDE: dict[Mark, str] = {"": "", "?": "talán ", "~": "kb. ", "%": "talán kb. "}
_BACK_VOWELS = "aáoóuú"
_FRONT_VOWELS = "eöőüű"  # i, í and é side with the vowel before them


def year(point: Point) -> str:
    """1956, 1950-es évek, 20. század."""
    text = point.year
    if text.isdigit():
        return text
    if text.endswith("XX"):
        return f"{int(text[:2]) + 1}. század"
    back = text[2] in "2368" or (text[2] == "0" and text[1] != "0")
    ending = "as" if back else "es"
    return f"{text[:3]}0-{ending} évek" + (" (évtized)" if text[2] == "0" else "")


def month(point: Point) -> str:
    """1956. október."""
    return f"{point.year}. {_month(point)}"


def _month(point: Point) -> str:
    return _MONTHS[int(point.month) - 1]


def day(point: Point) -> str:
    """1956. október 23."""
    return f"{month(point)} {int(point.day)}."


def month_alone(point: Point) -> str:
    """október."""
    return _month(point)


def day_alone(point: Point) -> str:
    """október 23."""
    return f"{_month(point)} {int(point.day)}."


def time(point: Point) -> str:
    """11 óra, 11 óra 30 perc."""
    hour, minute = (int(part) for part in point.clock.split(":"))
    return f"{hour} óra {minute} perc" if minute else f"{hour} óra"


def season(point: Point, index: int, hemisphere: int, following: str) -> str:
    """1956 ősze; 1956/57 tele, where `following` is the second year's ending."""
    pair = f"{point.year}/{following}" if following else point.year
    return f"{pair} {_SEASONS[index]}{_HEMISPHERES[hemisphere]}"


def quarter(point: Point, index: int) -> str:
    """1956 I. negyedéve."""
    return f"{point.year} {_QUARTERS[index]}"


def third(period: str, index: int) -> str:
    """1956 eleje, 1956. október közepe."""
    return f"{period} {_THIRDS[index]}"


def half(point: Point, index: int) -> str:
    """1956 első fele."""
    return f"{point.year} {_HALVES[index]}"


def unknown(period: str, components: str) -> str:
    """1956, a hónap ismeretlen."""
    return f"{period}, {_UNKNOWN[components]}"


def year_unknown(period: str) -> str:
    """október 23., az év ismeretlen."""
    return f"{period}, az év ismeretlen"


def doubted(text: str, mark: Mark) -> str:
    """1956 körül, talán 1956."""
    return _DOUBTS[mark].format(_with_article(text)) if mark else text


def doubted_inside(text: str, mark: Mark) -> str:
    """kb. 1956, where more words follow."""
    return f"{_DOUBTS_INSIDE[mark]}{_with_article(text)}"


def _with_article(text: str) -> str:
    """az 1950-es évek, a 20. század; a year has no article."""
    if not re.match(r"[0-9]+(?:-[ae]s évek|\. század)", text):
        return text
    vowel = (text.startswith("1") and text[1:4].isdigit()) or text.startswith(("1.", "5."))
    return f"{'az' if vowel else 'a'} {text}"


def days(points: Sequence[Point]) -> list[str]:
    """Days of one month: 1956. október 23., 30."""
    return [day(points[0]), *(f"{int(point.day)}." for point in points[1:])]


def days_of_year(points: Sequence[Point]) -> list[str]:
    """Days of one year: 1956. október 23., november 4."""
    return [day(points[0]), *(day_alone(point) for point in points[1:])]


def months(points: Sequence[Point]) -> list[str]:
    """Months of one year: 1956. október, november."""
    return [month(points[0]), *(month_alone(point) for point in points[1:])]


def between(start: str, end: str) -> str:
    """1945 és 1948 között."""
    return f"{start} és {end} között"


def before(text: str) -> str:
    """1945 előtt."""
    return f"{text} előtt"


def after(text: str) -> str:
    """1945 után."""
    return f"{text} után"


def or_earlier(text: str) -> str:
    """1945 vagy korábban."""
    return f"{text} vagy korábban"


def or_later(text: str) -> str:
    """1945 vagy később."""
    return f"{text} vagy később"


def since(text: str, point: Point) -> str:
    """1945-től, 1956. október 23-tól, 1956 őszétől, az 1950-es évektől."""
    if text[-1].isdigit() or text.endswith("."):
        spoken = int(point.day or point.year)
        return f"{text.rstrip('.')}-{'től' if _front(_last_word(spoken)) else 'tól'}"
    stem = _long_ending(text)
    return f"{stem}{'től' if _front(stem.split()[-1]) else 'tól'}"


def until(text: str, point: Point) -> str:  # noqa: ARG001 (the same words as `since` takes)
    """1945-ig, 1956. október 23-ig, 1956 őszéig."""
    if text[-1].isdigit() or text.endswith("."):
        return f"{text.rstrip('.')}-ig"
    return f"{_long_ending(text)}ig"


def _long_ending(text: str) -> str:
    """A final a or e grows long before an ending: ősze, őszéig."""
    return text[:-1] + {"a": "á", "e": "é"}.get(text[-1], text[-1])


def _front(word: str) -> bool:
    """Whether a word takes the endings with front vowels: októbertől, but áprilistól."""
    vowels = [letter for letter in word if letter in _BACK_VOWELS + _FRONT_VOWELS]
    return not vowels or vowels[-1] in _FRONT_VOWELS


def _last_word(number: int) -> str:
    """The last word of a number as it is spoken; its vowels choose the ending."""
    ones = ("", "egy", "kettő", "három", "négy", "öt", "hat", "hét", "nyolc", "kilenc")
    tens = ("", "tíz", "húsz", "harminc", "negyven", "ötven", "hatvan", "hetven", "nyolcvan",
            "kilencven")  # fmt: skip
    if number % 10:
        return ones[number % 10]
    if number % 100:
        return tens[number % 100 // 10]
    return "száz" if number % 1000 else "ezer"


def every(text: str) -> str:
    """1960–1962 mindegyike."""
    return f"{text} mindegyike"


def joined(texts: Sequence[str], *, alternative: bool) -> str:
    """1928 vagy 1931; 1928, 1929 és 1931."""
    return f"{', '.join(texts[:-1])} {'vagy' if alternative else 'és'} {texts[-1]}"
