"""How many real dates are read, and how far the readings agree with the museums' own bounds.

    python tests/bench/dates_real.py [FOLDER]

Every verbatim date of the real catalogues is read as it stands (a column of figures settles day
and month for itself, as at ingest). A cell that holds no date (empty, NA, a web address) must be
refused with a reason. Goals: 99.5 % read; the museum's own interval overlaps in 99.9 %; where
its words are exact the years agree in 98 % of distinct forms.
"""

# ruff: noqa: T201 - a table on standard output is what it is for
import csv
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from archive.dates import Reading, order_of, read
from archive.dates.reader import _read

SHARED = Path(os.environ.get("PILLANAT_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
COLUMNS = {
    "bath_historical_images": ["Date"],
    "butler_library_iiif": ["_date"],
    "edmonton_city_archives": ["creation_date"],
    "fsa_owi_photogrammar": ["year"],
    "hirahara_wsu": ["date", "date_digitized", "date_created", "date_modified"],
    "idaho_cities": ["date"],
    "nw_postcards_compound_objects": ["date"],
    "nypl_pd_collections": ["Date", "Date Start", "Date End"],
    "oldnyc_nypl": ["date"],
    "seattle_public_library": ["createdDate"],
    "teenie_harris": ["CreDateCreated", "CreEarliestDate", "CreLatestDate"],
    "wikidata_hungarian_photographers": ["birthdate", "deathdate"],
}
# The verbatim date beside the institution's own earliest and latest.
BOUNDS = {
    "teenie_harris": ("CreDateCreated", "CreEarliestDate", "CreLatestDate"),
    "nypl_pd_collections": ("Date", "Date Start", "Date End"),
}
NO_DATE = {"empty", "not_recorded", "web_address"}
PHRASE = re.compile(
    r"\b(?:az )?1[0-9]{3}(?![0-9])(?:\.? ?[-–] ?(?:1[0-9]{3}|[0-9]{2})\b)?[-.]?(?:\w+)?"
    r"(?: (?:január|február|március|április|május|június|július|augusztus|szeptember|október"
    r"|november|december)\w*(?: [0-9]{1,2}\.?(?:-\w+)?)?)?"
    r"(?: és 1[0-9]{3})?(?: (?:körül|előtt|után|között|években|évek))?"
)


class Tally(NamedTuple):
    """One column: its cells, how they were read, and those that were not."""

    name: str
    readings: list[Reading]

    @property
    def dated(self) -> list[Reading]:
        """The cells that hold a date."""
        return [reading for reading in self.readings if reading.reason not in NO_DATE]

    @property
    def missed(self) -> list[Reading]:
        """The dates that were refused."""
        return [reading for reading in self.dated if not reading.ok]


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of one catalogue."""
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def column(name: str, texts: list[str]) -> Tally:
    """The cells of a column, read with the order that they prove."""
    order = order_of(texts)
    return Tally(name, [read(text, order=order) for text in texts])


def tallies(folder: Path) -> Iterator[Tally]:
    """Every column of dates, and the dates in the captions of Fortepan."""
    for name, columns in COLUMNS.items():
        rows = rows_of(folder, name)
        for field in columns:
            yield column(f"{name} · {field}", [row[field] for row in rows])
    captions = [row["description"] for row in rows_of(folder, "fortepan_budapest_hu")]
    phrases = [match[0].strip() for text in captions for match in PHRASE.finditer(text)]
    yield Tally("fortepan_budapest_hu · caption", [read(text, lang="hu") for text in phrases])


class Agreement(NamedTuple):
    """Verbatim dates against the institution's own bounds."""

    compared: int
    overlapping: int
    exact_forms: int
    same_years: int
    differing: list[str]


def agreement(rows: list[dict[str, str]], fields: tuple[str, str, str]) -> Agreement:
    """Compare each row's verbatim date with its bounds; exact forms count once each."""
    compared = overlapping = 0
    forms: dict[str, bool] = {}
    differing = []
    for row in rows:
        said, first, last = (read(row[field].rstrip("-")) for field in fields)
        if not (said.earliest and said.latest and first.earliest):
            continue
        ends = sorted([first.earliest, (last if last.latest else first).latest or first.earliest])
        compared += 1
        meets = said.earliest <= ends[1] and ends[0] <= said.latest
        overlapping += meets
        years = (said.earliest.year, said.latest.year) == (ends[0].year, ends[1].year)
        if not meets:
            differing.append(f"{said.text!r} against {ends[0]} to {ends[1]}")
        if not said.approximate and not said.uncertain:
            forms[said.text] = forms.get(said.text, False) or years
    return Agreement(compared, overlapping, len(forms), sum(forms.values()), differing)


def microseconds(texts: list[str]) -> tuple[float, float]:
    """The mean time of one reading: every text as if new, and as the catalogues repeat them."""
    started = time.process_time()
    for text in texts:
        _read.__wrapped__(text, None, None)
    fresh = time.process_time() - started
    _read.cache_clear()
    started = time.process_time()
    for text in texts:
        read(text)
    repeated = time.process_time() - started
    return fresh * 1e6 / len(texts), repeated * 1e6 / len(texts)


def share(part: int, whole: int) -> str:
    """A share in per cent."""
    return f"{100 * part / whole:6.2f} %" if whole else "      –"


def main() -> None:
    """Print the tables."""
    folder = (Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED) / "catalogues"
    if not folder.is_dir():
        sys.exit(f"The folder of real catalogues {folder} is missing.")
    found = list(tallies(folder))
    print(f"{'column':48} {'cells':>6} {'no date':>8} {'dates':>6} {'read':>9}  flagged")
    for tally in found:
        dated = len(tally.dated)
        read_share = share(dated - len(tally.missed), dated)
        flagged = sum(bool(reading.notes) for reading in tally.dated)
        cells = len(tally.readings)
        print(f"{tally.name:48} {cells:6} {cells - dated:8} {dated:6} {read_share:>9}  {flagged}")
    dated = sum(len(tally.dated) for tally in found)
    missed = [reading for tally in found for reading in tally.missed]
    print(f"{'all':48} {'':6} {'':8} {dated:6} {share(dated - len(missed), dated):>9}")
    for reading in missed:
        print(f"  not read: {reading.text!r} ({reading.reason} {reading.detail})")
    for name, fields in BOUNDS.items():
        print_agreement(name, agreement(rows_of(folder, name), fields))
    fresh, repeated = microseconds([reading.text for tally in found for reading in tally.dated])
    print(f"one date {fresh:.0f} µs, {repeated:.1f} µs as catalogues repeat them")


def print_agreement(name: str, result: Agreement) -> None:
    """Print how far one institution's bounds agree."""
    print(
        f"{name}: overlapping {share(result.overlapping, result.compared)} of {result.compared}, "
        f"same years {share(result.same_years, result.exact_forms)} of "
        f"{result.exact_forms} exact forms"
    )
    for line in result.differing:
        print(f"  apart: {line}")


if __name__ == "__main__":
    main()
