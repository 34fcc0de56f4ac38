"""Why a text was refused, and what was assumed when it was read, in sentences for people.

The codes are data and stay the same; the sentences may be improved. `{detail}` is the piece of
the text that the sentence speaks of.
"""

from __future__ import annotations

import re

from archive.dates import english, hungarian
from archive.dates.model import Point

_DAY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(\d\d)")
_OF_DAYS = frozenset({"impossible_day", "reversed"})  # these speak of days that were read
_REFUSALS: dict[str, dict[str, str]] = {
    "empty": {
        "en": "There is no date.",
        "hu": "Nincs megadva dátum.",
    },
    "not_recorded": {
        "en": "“{detail}” records no date. For an undated photograph write “undated”.",
        "hu": "„{detail}”: nincs rögzített dátum. Keltezetlen fényképnél ez írható: „é. n.”.",
    },
    "web_address": {
        "en": "This is a web address, not a date.",
        "hu": "Ez webcím, nem dátum.",
    },
    "too_long": {
        "en": "This is too long to be a date.",
        "hu": "Ez túl hosszú ahhoz, hogy dátum legyen.",
    },
    "unknown_word": {
        "en": "The word “{detail}” is not understood in a date.",
        "hu": "A(z) „{detail}” szó dátumban nem értelmezhető.",
    },
    "unread": {
        "en": "“{detail}” is not understood in a date.",
        "hu": "„{detail}”: ez dátumban nem értelmezhető.",
    },
    "not_understood": {
        "en": "The words are known, but together they do not make a date.",
        "hu": "A szavak ismertek, de együtt nem adnak ki dátumot.",
    },
    "long_number": {
        "en": "“{detail}” is neither a year nor a day; write years with four digits.",
        "hu": "„{detail}” se nem év, se nem nap; az évszám négy számjegyű.",
    },
    "odd_decade": {
        "en": "“{detail}” is not a decade; decades end in 0, as in 1950s.",
        "hu": "„{detail}” nem évtized; az évtized 0-ra végződik, például 1950-es évek.",
    },
    "ambiguous": {
        "en": "This can be read in more than one way; please write it out.",
        "hu": "Ez többféleképpen érthető; kérjük, írja ki részletesebben.",
    },
    "no_month": {
        "en": "It is not clear which month “{detail}” belongs to.",
        "hu": "Nem derül ki, hogy „{detail}” melyik hónaphoz tartozik.",
    },
    "no_year": {
        "en": "The year is missing.",
        "hu": "Hiányzik az év.",
    },
    "no_century": {
        "en": "The century is missing; write the year with four digits.",
        "hu": "Hiányzik az évszázad; az évszámot négy számjeggyel kell megadni.",
    },
    "no_share": {
        "en": "This period has no such part.",
        "hu": "Ennek az időszaknak nincs ilyen része.",
    },
    "impossible_month": {
        "en": "“{detail}” has no such month.",
        "hu": "„{detail}”: nincs ilyen hónap.",
    },
    "impossible_day": {
        "en": "“{detail}” is no day of the calendar; correct it, or write the month alone.",
        "hu": "„{detail}”: nincs ilyen nap a naptárban; javítsa, vagy írja csak a hónapot.",
    },
    "impossible_time": {
        "en": "“{detail}” has no such time of day.",
        "hu": "„{detail}”: nincs ilyen időpont.",
    },
    "impossible_century": {
        "en": "Photographs are not of century {detail}.",
        "hu": "A(z) {detail}. századból nincs fénykép.",
    },
    "month_or_range": {
        "en": "“{detail}” can be a month or a range of years; write “October 1910” or “1910–1911”.",
        "hu": "„{detail}” lehet hónap és évköz is; írja így: „1910. október” vagy „1910–1911”.",
    },
    "day_or_month": {
        "en": "It is not clear which number is the month; write the month’s name.",
        "hu": "Nem derül ki, melyik szám a nap és melyik a hónap; a hónap nevét kell kiírni.",
    },
    "season_pair": {
        "en": "Only a winter lies in two years that follow each other, as in winter 1956/57.",
        "hu": "Csak a tél esik két egymást követő évre, például 1956/57 tele.",
    },
    "weekday": {
        "en": "The day of the week does not fit {detail}.",
        "hu": "A hét napja nem illik a dátumhoz ({detail}).",
    },
    "reversed": {
        "en": "“{detail}” ends before it begins; the earlier date comes first.",
        "hu": "„{detail}” előbb ér véget, mint ahogy elkezdődik; a korábbi dátum álljon elöl.",
    },
    "negative_year": {
        "en": "Years before our era are not dates of photographs.",
        "hu": "Időszámításunk előtti évből nem való fénykép.",
    },
    "long_year": {
        "en": "“{detail}” has a year beyond 9999.",
        "hu": "„{detail}”: az évszám legfeljebb 9999 lehet.",
    },
    "future_year": {
        "en": "“{detail}” is not the year of a photograph; it lies in the future.",
        "hu": "„{detail}” nem lehet fénykép éve; a jövőbe esik.",
    },
    "year_zero": {
        "en": "There is no year 0.",
        "hu": "Nincs 0. év.",
    },
    "significant_digits": {
        "en": "“{detail}” counts significant digits; write 195X for an unknown year of the 1950s.",
        "hu": "„{detail}” értékes jegyeket ad meg; az 1950-es évek így írhatók: 195X.",
    },
    "no_edge": {
        "en": "An interval needs a date at one end at least.",
        "hu": "Az időköznek legalább az egyik végén dátumnak kell állnia.",
    },
    "not_edtf": {
        "en": "“{detail}” is not an EDTF date.",
        "hu": "„{detail}” nem EDTF-dátum.",
    },
}

_NOTES: dict[str, dict[str, str]] = {
    "context_year": {
        "en": "The year was taken from the context.",
        "hu": "Az év a környezetből származik.",
    },
    "two_digit_year": {
        "en": "The year has two digits; the 20th century was assumed.",
        "hu": "Az évszám két számjegyű; a 20. századból valónak tekintjük.",
    },
    "month_or_range": {
        "en": "This may be a month or a range of years.",
        "hu": "Ez lehet hónap és évköz is.",
    },
    "season_or_range": {
        "en": "This may be a season in EDTF or a range of years.",
        "hu": "Ez lehet EDTF-évszak és évköz is.",
    },
    "century_or_decade": {
        "en": "This may mean the decade or the century; the century was taken, which covers both.",
        "hu": "Ez jelenthet évtizedet és évszázadot is; az évszázad mindkettőt lefedi.",
    },
    "winter": {
        "en": "The winter was taken to begin in that year.",
        "hu": "A telet abban az évben kezdődőnek tekintjük.",
    },
    "year_rollover": {
        "en": "The interval crosses New Year; the other year was inferred.",
        "hu": "Az időköz átnyúlik az új évbe; a másik évszám következtetés.",
    },
    "day_or_month": {
        "en": "Day and month may be the other way round, so both days are kept.",
        "hu": "A nap és a hónap fel is cserélődhetett, ezért mindkét nap szerepel.",
    },
    "midnight": {
        "en": "The time 00:00:00 is a database’s filling and was left out.",
        "hu": "A 00:00:00 időpont adatbázis-kitöltés, ezért kimaradt.",
    },
    "time_of_day": {
        "en": "The part of the day stays in the wording only.",
        "hu": "A napszak csak a szövegben marad meg.",
    },
    "machine_time": {
        "en": "The time of day belongs to another time zone and was left out.",
        "hu": "Az időpont más időzónára vonatkozik, ezért kimaradt.",
    },
    "padded": {
        "en": "The first day of the period is a database’s filling and was left out.",
        "hu": "Az időszak első napja adatbázis-kitöltés, ezért kimaradt.",
    },
}


def refusal(code: str, lang: str, detail: str = "") -> str:
    """The sentence that tells a person why a text was refused, in `hu` or `en`."""
    if code in _OF_DAYS:
        detail = _in_words(detail, lang)
    return _REFUSALS[code][lang].format(detail=detail)


def _in_words(detail: str, lang: str) -> str:
    """Days of a refused date as people write them, also those that no calendar has."""
    say = hungarian.day if lang == "hu" else english.day
    return _DAY.sub(lambda found: say(Point(found[1], found[2], found[3])), detail).replace(
        "/", " – "
    )


def note(code: str, lang: str) -> str:
    """The sentence that tells a person what was assumed in reading, in `hu` or `en`."""
    return _NOTES[code][lang]


REFUSAL_CODES = frozenset(_REFUSALS)
NOTE_CODES = frozenset(_NOTES)
