"""The real catalogues: how much is read, and that readings agree with the museums' own bounds."""

from pathlib import Path

from tests.bench.dates_real import BOUNDS, NO_DATE, agreement, rows_of, tallies


def test_real_dates_are_read(shared_data: Path) -> None:
    found = list(tallies(shared_data / "catalogues"))
    dated = sum(len(tally.dated) for tally in found)
    missed = [reading.text for tally in found for reading in tally.missed]
    assert dated > 3000
    assert len(missed) / dated <= 0.005, missed


def test_cells_without_a_date_are_refused_with_a_reason(shared_data: Path) -> None:
    readings = [r for tally in tallies(shared_data / "catalogues") for r in tally.readings]
    blank = [reading for reading in readings if reading.text in ("", "NA") or ":/" in reading.text]
    assert len(blank) > 400
    assert {reading.reason for reading in blank} == NO_DATE
    assert not any(reading.ok for reading in blank)


def test_readings_agree_with_the_museum(shared_data: Path) -> None:
    name = "teenie_harris"
    result = agreement(rows_of(shared_data / "catalogues", name), BOUNDS[name])
    assert result.overlapping / result.compared >= 0.999, result.differing
    assert result.same_years / result.exact_forms >= 0.98
