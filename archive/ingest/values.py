"""Single values as people write them: lists, names, dates of a cell, positions, captions.

Pure functions, each for one habit of cataloguers. The invariant: words are only cut apart, never
rewritten; what is left over stays in the caption.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, cast

from archive import dates
from archive.catalogue.drafts import DateDraft
from archive.ingest.mapping import GLUED, Column
from archive.ingest.words import Reason, reason

UNKNOWN = re.compile(
    r"(unknown|unidentified|not identified|anonymous|anon\.?|n\.? ?n\.?|ismeretlen|névtelen"
    r"|nem ismert)( (photographer|creator|artist|author|fényképész|szerző|készítő))?\.?",
    re.IGNORECASE,
)
LIFE_DATES = re.compile(
    r",?\s*\(?\b(?:b\. |born |ca?\. ?)?(\d{4}\??)\s*[-–]\s*(?:d\. ?|ca?\. ?)?(\d{4}\??)?\)?\.?$"
)
CORPORATE = re.compile(
    r"\b(co|inc|ltd|llc|bros|brothers|company|studio|studios|press|agency|library|libraries"
    r"|university|museum|archives?|institute|society|church|hotel|hospital|school|college|club"
    r"|association|department|committee|services?|corporation|party|union|federation|photos"
    r"|publishing|rt|kft|zrt|és társa|műterem|műterme|műintézet\w*|vállalat|egyesület|múzeum"
    r"|könyvtár|levéltár\w*|iroda|egylet|hivatal|mti|párt|szövetség|intézet)\b\.?|&",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"\s*(?:A (?:fény)?kép forrását kérjük így adja meg|Please credit(?: this image)?(?: as)?"
    r"|Forrásmegjelölés)\s*:\s*(?P<credit>[^\n]+?)"
    r"(?=\.\s*(?:Levéltári|Leltári)\s+jelzet|\.?\s*$|\.\s+[A-ZÁÉÍÓÖŐÚÜŰ])\.?",
    re.IGNORECASE | re.MULTILINE,
)
SHELFMARK = re.compile(
    r"\s*\b(?P<kind>Levéltári|Leltári)\s+jelzet\s*:\s*(?P<value>[^\n;]+?)\s*\.?(?=\s*$|\n)",
    re.IGNORECASE,
)
TAKEN = re.compile(
    r"\bA (?:felvétel|fénykép|kép)(?:ek)?\s+(?P<when>[^.]*?\d[^.]*?(?:\.\s?\w[^.]*?)*?)\s*"
    r"készült(?:ek)?\b",
    re.IGNORECASE,
)
EATEN = re.compile(r"(?:\d{1,2}-)?[A-Z][a-z]{2}-\d{2}$")
SERIAL = re.compile(r"\d{5}(\.\d+)?$")
NOWHERE = re.compile(r"https?://", re.IGNORECASE)
LANGUAGES = {
    "hu": "hu", "hun": "hu", "hungarian": "hu", "magyar": "hu", "hu-hu": "hu",
    "en": "en", "eng": "en", "english": "en", "angol": "en", "en-us": "en", "en-gb": "en",
    "de": "de", "ger": "de", "deu": "de", "german": "de", "német": "de",
    "fr": "fr", "fre": "fr", "fra": "fr", "french": "fr", "francia": "fr",
    "ru": "ru", "rus": "ru", "russian": "ru", "orosz": "ru",
}  # fmt: skip


def parts(text: str, separator: str) -> list[str]:
    """The entries of a list, each once, in order."""
    if separator == GLUED:
        found = re.split(r"(?<=[^\W\d][^\W\d)])\.(?=[A-Z])|\.$", text)
    elif separator:
        found = text.split(separator)
    else:
        found = [text]
    return list(dict.fromkeys(entry.strip() for entry in found if entry.strip()))


def is_unknown(name: str) -> bool:
    return bool(UNKNOWN.fullmatch(name.strip()))


@dataclass(frozen=True)
class Name:
    """A name in reading order, with the life dates that stood behind it."""

    text: str
    life: str = ""
    kind: str = "person"


def name_of(written: str, *, family_first: bool, lang: str) -> Name:
    """A name as it is read; a corporate body keeps its commas.

    "Watkins, Carleton E., 1829-1916" is Carleton E. Watkins; in Hungarian "Nagy, Imre" is Nagy
    Imre.
    """
    text, life = written.strip(), ""
    if found := LIFE_DATES.search(text):
        life = f"{found[1]}–{found[2] or ''}"
        text = text[: found.start()].strip(" ,")
    if text.count(": http"):
        text = text[: text.index(": http")]
    if CORPORATE.search(text):
        return Name(text, life, "corporate")
    family, comma, given = text.partition(", ")
    if family_first and comma and "," not in given and "(" not in family:
        text = f"{family} {given}" if lang == "hu" else f"{given} {family}"
    return Name(" ".join(text.split()), life)


@dataclass
class Told:
    """What a caption tells beside itself; `text` is what is left of it."""

    text: str
    credit: str = ""
    numbers: list[tuple[str, str]] = field(default_factory=list)
    taken: str = ""


def told(caption: str) -> Told:
    """Take the wish for a credit line and the shelf mark out of a caption; read when it was taken.

    The words that give the date stay in the caption.
    """
    found = Told(caption)
    for match in SHELFMARK.finditer(caption):
        kind = "source_id" if match["kind"].lower().startswith("levéltári") else "inventory_no"
        found.numbers.append((kind, match["value"].strip(" .")))
    text = SHELFMARK.sub("", caption)
    if credit := CREDIT.search(text):
        found.credit = credit["credit"].strip(" .")
        text = text[: credit.start()] + text[credit.end() :]
    found.text = text.strip()
    taken = TAKEN.search(found.text)
    if taken and dates.read(taken["when"].strip()).ok:
        found.taken = taken["when"].strip()
    return found


def first_sentence(text: str, limit: int = 120) -> str:
    """A title made of the beginning of a caption, cut at a sentence or, if long, at a word."""
    line = text.strip().split("\n", 1)[0].strip()
    for end in re.finditer(r"(?:(?<=[^\W\d]{3})|(?<=\)))[.!?](?=\s+[^\W\d_a-záéíóöőúüű])", line):
        if end.start() >= 12:
            line = line[: end.start()]
            break
    line = line.rstrip(" .,;:")
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def position(latitude: str, longitude: str) -> tuple[float, float] | None:
    """Degrees north and east; None when the values are none."""
    try:
        lat, lon = float(latitude.replace(",", ".")), float(longitude.replace(",", "."))
    except ValueError:
        return None
    within = abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0, 0)
    return (round(lat, 7), round(lon, 7)) if within else None


def coordinates(text: str) -> tuple[float, float] | None:
    """A position in one cell: "47.6; -122.3", "47.6, -122.3"."""
    numbers = re.findall(r"[-+]?\d+(?:\.\d+)?", text)
    return position(numbers[0], numbers[1]) if len(numbers) == 2 else None


def is_undated(words: str) -> bool:
    """Whether the words say that there is no date."""
    return dates.read(words).kind == "undated"


def year_of(written: str) -> str:
    """The year of a birth or death as a database writes it; empty when it is not known."""
    reading = dates.read(written)
    return str(reading.earliest.year) if reading.ok and reading.earliest else ""


def place_name(text: str) -> str:
    """A chain from the large to the small, "Hungary--Budapest", is turned: "Budapest, Hungary"."""
    chain = [part.strip() for part in text.split("--") if part.strip()]
    return ", ".join(reversed(chain)) if len(chain) > 1 else text.strip()


def language(code: str) -> str:
    """A BCP 47 code for what a column of languages says; empty when not known."""
    return LANGUAGES.get(code.strip().casefold(), "")


@dataclass(frozen=True)
class Bounds:
    """What other columns say of the same date."""

    start: str = ""
    end: str = ""
    approximate: bool = False

    @property
    def span(self) -> str:
        return "/".join(dict.fromkeys(iso for iso in (self.start, self.end) if iso))


def date_of(
    words: str, column: Column, heading: str, lang: str, bounds: Bounds
) -> tuple[DateDraft | None, list[Reason]]:
    """The date statement of a row: the words as written, and EDTF where more is known."""
    if NOWHERE.match(words):
        words = ""
    if not words:
        display = " – ".join(dict.fromkeys(iso for iso in (bounds.start, bounds.end) if iso))
        return (DateDraft(display, lang, edtf=bounds.span) if bounds.span else None), []
    order = cast(Literal["dmy", "mdy"] | None, column.order or None)
    reading = dates.read(words, lang=lang or None, order=order)
    known, warnings = _narrowed(reading, bounds)
    plain = dates.read(words, lang=lang or None)
    edtf = known if known != plain.edtf else ""
    return DateDraft(words, lang, edtf=edtf), [*_doubts(reading, heading), *warnings]


def _doubts(reading: dates.Reading, heading: str) -> list[Reason]:
    """What a person should look at: machines have changed or filled in dates."""
    value = reading.text
    if EATEN.match(value):
        return [reason("spreadsheet_date", column=heading, value=value)]
    if SERIAL.match(value):
        return [reason("serial_date", column=heading, value=value)]
    if "padded" in reading.notes:
        return [reason("padded_date", column=heading, value=value)]
    return [] if reading.ok else [reason("date_not_read", column=heading, value=value)]


def _narrowed(reading: dates.Reading, bounds: Bounds) -> tuple[str, list[Reason]]:
    """EDTF of the words, taken closer where other columns know more; the disagreements."""
    if bounds.span:
        given = dates.read(bounds.span)
        if given.ok and not reading.ok:
            return bounds.span, []
        if not _overlap(given, reading):
            return reading.edtf or "", [
                reason("dates_disagree", words=reading.text, bounds=bounds.span)
            ]
        return (bounds.span if _closer(given, reading) else reading.edtf or ""), []
    if bounds.approximate and re.fullmatch(r"[\d-]+", reading.edtf or ""):
        return f"{reading.edtf}~", []
    return reading.edtf or "", []


def _overlap(given: dates.Reading, reading: dates.Reading) -> bool:
    if not (given.earliest and given.latest and reading.earliest and reading.latest):
        return True
    return given.earliest <= reading.latest and reading.earliest <= given.latest


def _closer(given: dates.Reading, reading: dates.Reading) -> bool:
    """Whether the given bounds lie within what exact words mean, and say more."""
    if not (given.earliest and given.latest and reading.earliest and reading.latest):
        return False
    within = reading.earliest <= given.earliest and given.latest <= reading.latest
    same = (reading.earliest, reading.latest) == (given.earliest, given.latest)
    return within and not same and not reading.approximate
