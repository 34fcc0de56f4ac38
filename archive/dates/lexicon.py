"""The words of dates, Hungarian and English, each with the one sense it has in a date.

Every word or phrase (lower case, without accents and dots) maps to a `Sense`: a one-letter code
that the grammar in `forms` and `terms` is written in, and a value. What is not here is not
understood, and a text with a word that is not understood is refused.
The one invariant: no word has two senses.
"""

# Lists of words are easier to read and to add to as one string.
# ruff: noqa: SIM905

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple


class Sense(NamedTuple):
    """The code of a word in the grammar, its value, and the code of the ending it carries."""

    code: str
    value: str = ""
    ending: str = ""


def fold(text: str) -> str:
    """Lower case without accents, letter for letter: the length never changes."""
    return text.lower() if text.isascii() else "".join(map(_fold_letter, text))


@lru_cache(maxsize=1024)
def _fold_letter(letter: str) -> str:
    apart = unicodedata.normalize("NFD", letter.lower())
    bare = "".join(part for part in apart if not unicodedata.combining(part))
    return bare if len(bare) == 1 else letter


# Endings of Hungarian nouns: plain ones say "in, of"; the others are "from" and "until".
_PLAIN = "|i|a|e|ja|je|ai|ei|ban|ben|aban|eben|jaban|jeben|an|en|on|jan|jen|val|vel".split("|")
_FROM = "tol|atol|etol|jatol|jetol".split("|")
_UNTIL = "ig|aig|eig|jaig|jeig".split("|")

_HUNGARIAN_MONTHS = (
    "januar februar marcius aprilis majus junius julius augusztus szeptember oktober november "
    "december"
).split()
_ENGLISH_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_SHORT_MONTHS = (
    "jan|feb febr|mar marc marcz marczius|apr|maj|jun|jul|aug|sep sept szep szept|oct okt|nov"
    "|dec decz deczember".split("|")
)
_SEASONS = {
    "21": ("tavasz", "tavasza tavaszan tavasszal tavaszi", "tavasza tavasz", "spring springtime"),
    "22": ("nyar", "nyara nyaran nyaron nyari", "nyara nyar", "summer summertime"),
    "23": ("osz", "osze oszen osszel oszi", "osze osz", "autumn fall"),
    "24": ("tel", "tele telen teli", "tele tel", "winter wintertime"),
}
# Hungarian words of periods, as they stand before "-tól" and "-ig".
_STEMS = (
    ("eleje", "P", "1"),
    ("kozepe", "P", "2"),
    ("vege", "P", "3"),
    ("fele", "F", "2"),
    ("harmada", "F", "3"),
    ("negyede", "F", "4"),
    ("negyedeve", "F", "4"),
    ("evek", "E", ""),
    ("szazad", "C", ""),
    ("szazada", "C", ""),
)
_WEEKDAYS = (
    ("hetfo", "monday mon", "hetfon"),
    ("kedd", "tuesday tue tues", "kedden"),
    ("szerda", "wednesday wed", "szerdan"),
    ("csutortok", "thursday thu thur thurs", "csutortokon"),
    ("pentek", "friday fri", "penteken"),
    ("szombat", "saturday sat", "szombaton"),
    ("vasarnap", "sunday sun", ""),
)
_TENS = {
    "2": "huszas twenties",
    "3": "harmincas thirties",
    "4": "negyvenes forties",
    "5": "otvenes fifties",
    "6": "hatvanas sixties",
    "7": "hetvenes seventies",
    "8": "nyolcvanas eighties",
    "9": "kilencvenes nineties",
}
_CENTURIES = {
    "17": "tizenhetedik|seventeenth",
    "18": "tizennyolcadik|eighteenth",
    "19": "tizenkilencedik|nineteenth",
    "20": "huszadik|twentieth",
    "21": "huszonegyedik|twenty first",
}

# code -> {value: phrases}; the phrases are parted by "|".
_PHRASES: dict[str, dict[str, str]] = {
    " ": {  # says nothing about when
        "": "the|of|in|on|at|a|az|during|dated|date|taken|photographed|made|ev|eve|evben|eveben|evi"
        "|folyaman|soran|keszult|keszitve|year|some time|sometime|valamikor|datum|kelt|ho|hoban"
        "|hava|havaban|honap|honapban"
    },
    "m": {
        "~": "c|ca|cca|cc|k|circa|cirka|kb|korulbelul|about|around|approx|approximately|roughly"
        "|est|estimated|hozzavetoleg|hozzavetolegesen|nagyjabol|korul|koruli|korulrol|tajan|taji|tajt|tajek"
        "|tajekan|tajarol",
        "perhaps": "talan|valoszinuleg|valszeg|vsz|feltehetoen|feltehetoleg|feltetelezhetoen"
        "|feltetelezett|bizonytalan|perhaps|possibly|probably|maybe|likely|presumably|uncertain",
    },
    "b": {"": "before|prior to|earlier than|pre"},
    "B": {"": "elott|elotti|elottrol"},
    "a": {"": "after|later than|post|following"},
    "A": {"": "utan|utani|utanrol|kovetoen"},
    "h": {"a": "not before|not earlier than|no earlier than|legkorabban", "b": "not after"
          "|not later than|no later than|by|at latest|legkesobb"},
    "H": {"a": "or later|and later|or after|and after|vagy kesobb|vagy utana|es kesobb|es utana"
          "|vagy kesobbi", "b": "or earlier|and earlier|or before|and before|vagy korabban"
          "|vagy elotte|es korabban|es elotte|vagy korabbi"},
    "f": {"": "from|since"},
    "t": {"": "onwards|onward|on wards|ota|kezdve|kezdodoen"},
    "u": {"": "until|till|to|through|thru|up to"},
    "i": {"": "bezarolag"},
    "w": {"": "between"},
    "W": {"": "kozott|kozt|kozotti|kozti"},
    "&": {"": "and|es|s|valamint"},
    "|": {"": "or|vagy|illetve|ill"},
    "E": {"": "evek|evei|evekben|eveiben|eveknek|evekbeli"},
    "C": {"": "szazad|szazada|szazadi|szazadban|szazadaban|szd|sz|century|centuries|cent"},
    "P": {
        "1": "early|beginning|start|eleje|elejen|elejerol|eleji|kora|koran|legeleje|legelejen",
        "2": "mid|middle|kozepe|kozepen|kozeperol|kozepi|dereka|derekan",
        "3": "late|end|vege|vegen|vegerol|vegi|keso",
    },
    "F": {
        "2": "half|fele|feleben|felebol|felev|feleve|feleveben|felevben",
        "3": "third|harmada|harmadaban",
        "4": "quarter|negyede|negyedeben|negyedev|negyedeve|negyedeveben|negyedevben",
    },
    "O": {"1": "first|elso", "2": "second|masodik", "3": "harmadik", "4": "fourth|negyedik",
          "-": "last|utolso"},
    "G": {"": "decade|evtized|evtizede|evtizedben"},
    "M": {},
    "U": {
        "m": "month unknown|honap ismeretlen|month not known",
        "d": "day unknown|nap ismeretlen|day not known",
        "md": "month and day unknown|honap es a nap ismeretlen",
        "y": "year unknown|ev ismeretlen|year not known",
    },
    "X": {"N": "northern hemisphere|eszaki felteke", "S": "southern hemisphere|deli felteke"},
    "l": {"": "all|each"},
    "g": {"": "mindegyike|mind"},
    "n": {
        "am": "morning|reggel|reggelen|delelott|delelottjen|delelotti|de|hajnal|hajnala|hajnalan"
        "|hajnalban|hajnali",
        "pm": "afternoon|evening|delutan|delutanjan|delutani|du|este|estejen|esti",
        "": "noon|night|delben|ejjel|ejjelen|ejszaka|ejszakajan|midday|napkozben|nappal",
    },
}  # fmt: skip


def _endings(stem: str, code: str, value: str) -> Iterable[tuple[str, Sense]]:
    for ending in _PLAIN:
        yield stem + ending, Sense(code, value)
    for ending in _FROM:
        yield stem + ending, Sense(code, value, "t")
    for ending in _UNTIL:
        yield stem + ending, Sense(code, value, "i")


def _months() -> Iterable[tuple[str, Sense]]:
    for number, stem in enumerate(_HUNGARIAN_MONTHS, start=1):
        yield from _endings(stem, "M", f"{number:02}")
    for number, names in enumerate(zip(_ENGLISH_MONTHS, _SHORT_MONTHS, strict=True), start=1):
        for name in " ".join(names).split():
            yield name, Sense("M", f"{number:02}")


def _seasons() -> Iterable[tuple[str, Sense]]:
    for code, (bare, forms, stems, english) in _SEASONS.items():
        letter = "V" if code == "24" else "S"
        for word in [bare, *forms.split(), *english.split()]:
            yield word, Sense(letter, code)
        for stem in stems.split():
            yield f"{stem}tol", Sense(letter, code, "t")
            yield f"{stem}ig", Sense(letter, code, "i")


def _from_and_until() -> Iterable[tuple[str, Sense]]:
    for stem, code, value in _STEMS:
        yield f"{stem}tol", Sense(code, value, "t")
        yield f"{stem}ig", Sense(code, value, "i")


def _weekdays() -> Iterable[tuple[str, Sense]]:
    for number, names in enumerate(_WEEKDAYS):
        for name in " ".join(names).split():
            yield name, Sense("x", str(number))


def _written_numbers() -> Iterable[tuple[str, Sense]]:
    for ten, words in _TENS.items():
        yield from ((word, Sense("d", ten)) for word in words.split())
    for number, words in _CENTURIES.items():
        yield from ((word, Sense("N", number)) for word in words.split("|"))
    yield from ((word, Sense("N", "1")) for word in ("elseje", "elsejen", "elsejei"))


def _gather() -> dict[str, Sense]:
    words: dict[str, Sense] = {}
    for code, values in _PHRASES.items():
        for value, phrases in values.items():
            words.update((phrase, Sense(code, value)) for phrase in phrases.split("|"))
    for source in (_months, _seasons, _from_and_until, _weekdays, _written_numbers):
        words.update(source())
    return words


WORDS = _gather()
LONGEST_PHRASE = max(phrase.count(" ") + 1 for phrase in WORDS)

# What may follow a number after a hyphen ("23-án", "4-e", "1956-ig") or directly ("23rd"), and
# the code it stands for: none, "e" for an adjective ("1950-es"), "s" for an English decade, "r"
# for "by" ("1760-ra").
NUMBER_ENDINGS: dict[str, str] = {
    **dict.fromkeys("a e je an en jen ai ei jei i ban ben beli st nd rd th".split(), ""),
    **dict.fromkeys("as es os".split(), "e"),
    **dict.fromkeys("s 's".split(), "s"),
    **dict.fromkeys(_FROM, "t"),
    **dict.fromkeys(_UNTIL, "i"),
    **dict.fromkeys("ra re".split(), "r"),
}

ROMAN = {
    numeral: number
    for number, numeral in enumerate(
        "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi".split(),
        start=1,
    )
}

UNDATED = frozenset(
    "e n|en|e e h n|nd|n d|sd|s d|s a|sa|undated|no date|not dated|date unknown|unknown date"
    "|unknown|not known|datalatlan|datum nelkul|kelt nelkul|keltezetlen|keltezes nelkul|ev nelkul"
    "|evszam nelkul|ismeretlen|ismeretlen idopont|ismeretlen datum|datum ismeretlen|nem ismert"
    "|ohne datum|o j".split("|")
)
NOT_RECORDED = frozenset(
    "na|n a|none|null|nil|nan|nincs|nincs adat|not available|tbd|not recorded|-|--|–|?|??|???"
    "|x|0".split("|")
)
