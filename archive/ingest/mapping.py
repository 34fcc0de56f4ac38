"""Which column of a spreadsheet says what: guessed from headings and values, or given by a person.

Pure: no file and no database is touched here. The invariant: a column has one target or none, and
a target that can hold one value has one column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from archive import dates
from archive.ingest.headings import MEANING, TARGETS, meaning, words_of
from archive.ingest.spreadsheet import Row
from archive.ingest.words import Unreadable

# Targets that several columns may feed; every other target takes the best column only.
MANY = frozenset(
    {
        "id", "original_no", "former_no", "inventory_no", "accession_no", "guid", "subject",
        "genre", "technique", "format", "place", "old_place", "depicted", "contributor", "notes",
        "inscription", "rights",
    }
)  # fmt: skip
LISTS = frozenset(
    {
        "subject", "genre", "place", "old_place", "depicted", "contributor", "creator", "agency",
        "studio", "publisher", "donor", "event",
    }
)  # fmt: skip
NAMES = frozenset({"creator", "contributor", "depicted", "donor", "owner"})
DATES = frozenset({"date", "date_start", "date_end", "date_published", "date_digitised"})
TEXTS = ("title", "other_title", "caption", "description", "inscription", "agency_caption")
IDENTIFIERS = ("id", "original_no", "inventory_no", "accession_no", "ref_code")
SAMPLE = 400
GLUED = "."  # "Men--Pittsburgh.Women--Pittsburgh.": a separator without a blank
HUNGARIAN = frozenset(
    {
        "az", "és", "egy", "nem", "is", "volt", "hogy", "után", "előtt", "mellett", "utca", "tér",
        "híd", "ház", "készült", "felvétel", "látható", "között", "szemben", "háttérben", "kép",
    }
)  # fmt: skip
ENGLISH = frozenset(
    {
        "the", "of", "and", "in", "at", "on", "with", "from", "to", "by", "for", "was", "street",
        "view",
    }
)  # fmt: skip
OF_PICTURE = re.compile(r"image|img|thumb|media|picture|iiif|jpg|kep")
PICTURE_ADDRESS = re.compile(r"\.(jpe?g|png|tiff?|json|jp2)(\?|$)|/iiif/", re.IGNORECASE)
MIME = re.compile(r"(image|text|application|video)/[\w.+-]+$")
FAMILY_FIRST = re.compile(r"[^\W\d][\w'’. -]*, *[^\W\d][\w'’.() -]*(, *\d{4}.*)?$")


@dataclass(frozen=True)
class Column:
    """What one column says.

    `separator` cuts lists; `family_first` is "Watkins, Carleton E."; `order` is how the column
    writes dates in figures, "dmy" or "mdy".
    """

    target: str
    separator: str = ""
    family_first: bool = False
    order: str = ""


@dataclass(frozen=True)
class Mapping:
    """The columns that are taken over, by heading, and the language of the texts."""

    columns: dict[str, Column] = field(default_factory=dict)
    language: str = ""
    name: str = ""

    def headings(self, target: str) -> list[str]:
        return [name for name, column in self.columns.items() if column.target == target]

    def unmapped(self, headings: Iterable[str]) -> list[str]:
        return [heading for heading in headings if heading not in self.columns]

    def as_json(self) -> dict[str, Any]:
        columns = {
            heading: {
                "target": column.target,
                "separator": column.separator,
                "family_first": column.family_first,
                "order": column.order,
            }
            for heading, column in self.columns.items()
        }
        return {"name": self.name, "language": self.language, "columns": columns}


def from_json(stored: Any) -> Mapping:
    """A mapping as `as_json` wrote it, or in short ``{"columns": {"Cím": "title"}}``.

    Raises Unreadable for anything else.
    """
    try:
        columns = {heading: _column(value) for heading, value in stored["columns"].items()}
        language, name = str(stored.get("language", "")), str(stored.get("name", ""))
    except (TypeError, KeyError, AttributeError) as error:
        raise Unreadable("mapping_broken", error="“columns” must list heading: target") from error
    unknown = sorted({c.target for c in columns.values()} - TARGETS.keys())
    if unknown:
        known = ", ".join(sorted(TARGETS))
        said = f"unknown target {', '.join(unknown)} (the targets are {known})"
        raise Unreadable("mapping_broken", error=said)
    return Mapping(columns, language, name)


def _column(value: Any) -> Column:
    if isinstance(value, str):
        return Column(value)
    return Column(
        str(value["target"]),
        str(value.get("separator", "")),
        bool(value.get("family_first")),
        str(value.get("order", "")),
    )


def check(mapping: Mapping, headings: Sequence[str]) -> None:
    """Raises Unreadable when the mapping names columns that the spreadsheet does not have."""
    missing = [heading for heading in mapping.columns if heading not in headings]
    if missing:
        raise Unreadable("missing_columns", columns=missing, found=list(headings))


def guess(headings: Sequence[str], rows: Sequence[Row]) -> Mapping:
    """The mapping that the headings suggest and the values bear out."""
    sample = {heading: _values(heading, rows) for heading in headings}
    targets = {heading: _target(heading, sample[heading]) for heading in headings}
    chosen = _one_each({heading: target for heading, target in targets.items() if target})
    _offer_address(chosen, sample)
    _people_are_creators(chosen)
    columns = {
        heading: Column(
            target,
            separator(sample[heading], of_names=target in NAMES) if target in LISTS else "",
            target in NAMES and family_first(sample[heading]),
            (dates.order_of(sample[heading]) or "") if target in DATES else "",
        )
        for heading, target in chosen.items()
    }
    texts = [value for name, target in chosen.items() if target in TEXTS for value in sample[name]]
    return Mapping(columns, language_of(texts) or _language_of_headings(chosen))


def _values(heading: str, rows: Sequence[Row]) -> list[str]:
    step = max(1, len(rows) // SAMPLE)
    return [row.cells[heading] for row in rows[::step] if heading in row.cells]


def _target(heading: str, values: list[str]) -> str:
    """What the heading means, unless the values contradict it."""
    target = meaning(heading)
    if target == "filename" and not _are_file_names(values):
        return ""
    if target == "genre" and all(MIME.match(value) for value in values):
        return ""
    if target in ("latitude", "longitude") and not all(_is_number(value) for value in values[:20]):
        return ""
    return target


def _are_file_names(values: list[str]) -> bool:
    """Whether the values end like files, and hardly two alike (not ".../default.jpg")."""
    names = [file_name(value) for value in values]
    ending = sum(bool(re.search(r"\.\w{2,5}$", name)) for name in names)
    return ending * 2 > len(names) and len(set(names)) * 2 >= len(names)


def file_name(value: str) -> str:
    """The last part of a path or address, folded: how a row names a file."""
    return re.split(r"[/\\]", value.split("?")[0].rstrip("/\\"))[-1].strip().casefold()


def _is_number(value: str) -> bool:
    return bool(re.fullmatch(r"\s*[-+]?\d+([.,]\d+)?\s*", value))


def _one_each(targets: dict[str, str]) -> dict[str, str]:
    """A target for one value keeps its best heading: the phrase listed first."""
    best: dict[str, str] = {}
    for heading, target in targets.items():
        held = best.get(target)
        if held is None or _rank(heading) < _rank(held):
            best[target] = heading
    return {
        heading: target
        for heading, target in targets.items()
        if target in MANY or best[target] == heading
    }


def _rank(heading: str) -> int:
    words = words_of(heading)
    return list(MEANING).index(words) if words in MEANING else len(MEANING)


def _offer_address(chosen: dict[str, str], sample: dict[str, list[str]]) -> None:
    """Without a known heading, the first column of links that are no pictures is the address."""
    if "address_online" in chosen.values():
        return
    for heading, values in sample.items():
        if heading in chosen or not re.search(r"(url|link|uri|page)$", words_of(heading)):
            continue
        links = [value for value in values if re.match(r"https?://", value)]
        pictures = [
            v for v in links if re.search(r"\.(jpe?g|png|tiff?|json|jp2)(\?|$)", v, re.IGNORECASE)
        ]
        if len(links) * 2 > len(values) and not pictures and len(set(links)) * 2 > len(links):
            chosen[heading] = "address_online"
            return


def _people_are_creators(chosen: dict[str, str]) -> None:
    """A list of people with their life dates: its label is a name, not the title of a picture."""
    if not {"creator_born", "creator_died"} & set(chosen.values()) or "creator" in chosen.values():
        return
    for heading, target in list(chosen.items()):
        if target == "title":
            chosen[heading] = "creator"
        elif target == "description":
            chosen[heading] = "creator_note"


def separator(values: Sequence[str], *, of_names: bool = False) -> str:
    """What cuts the values of a column into lists; empty when they are single.

    A comma cuts only short terms that come again and again, and never names.
    """
    counts = Counter(sign for value in values for sign in "|;" if sign in value)
    if counts:
        return counts.most_common(1)[0][0]
    headed = [value for value in values if "--" in value]
    if any(re.search(r"--[^.]+\.(?=[A-Z])", value) for value in headed):
        return GLUED
    with_comma = [value for value in values if ", " in value]
    if of_names or headed or not with_comma or len(with_comma) * 4 < len(values):
        return ""
    parts = [part for value in with_comma for part in value.split(", ")]
    short = sum(len(part) <= 30 for part in parts)
    repeated = len(parts) - len(set(parts))
    return "," if short * 10 >= len(parts) * 9 and repeated * 3 >= len(parts) else ""


def family_first(values: Sequence[str]) -> bool:
    """Whether the names of a column are written "family name, given name"."""
    names = [part.strip() for value in values for part in re.split(r"[;|]", value) if part.strip()]
    inverted = sum(bool(FAMILY_FIRST.match(name)) for name in names)
    return bool(names) and inverted * 2 > len(names)


def _language_of_headings(headings: Iterable[str]) -> str:
    """Hungarian headings stand over Hungarian texts; English ones stand over any."""
    letters = {sign for heading in headings for sign in heading.casefold()}
    return "hu" if letters & set("áéíóöőúüű") else ""


def language_of(texts: Iterable[str]) -> str:
    """ "hu" or "en" by their small words, "" when neither is clear."""
    counts = Counter(word for text in texts for word in re.findall(r"[^\W\d]+", text.casefold()))
    hungarian = sum(counts[word] for word in HUNGARIAN) + sum(
        number for word, number in counts.items() if set(word) & set("őű")
    )
    english = sum(counts[word] for word in ENGLISH)
    if max(hungarian, english) < 3:
        return ""
    return "hu" if hungarian > english else "en"
