"""For every photograph, spelling, format and set of edits: what was not changed is not proposed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from archive import db
from archive.catalogue.drafts import Draft
from archive.ingest.roundtrip import applying, cells, columns, comparing, pending, stamp
from archive.ingest.roundtrip.writing import Wishes
from archive.settings import Settings
from tests.unit.ingest import sheets
from tests.unit.ingest.sheets import TESTER

ONE_ARCHIVE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
names = st.sampled_from(sorted(columns.core()))


@given(st.lists(sheets.texts.map(cells.tidy).filter(bool), max_size=4), st.booleans())
@example(["a;b"], True)
@example(["|", "||"], False)
def test_a_list_is_read_as_it_was_written(entries: list[str], semicolons: bool) -> None:
    cell = cells.joined(entries, semicolons=semicolons)
    assert cells.parts(cell, semicolons=semicolons) == entries


@given(st.lists(sheets.words.map(cells.tidy), max_size=4))
def test_places_are_kept(entries: list[str]) -> None:
    while entries and not entries[-1]:
        entries = entries[:-1]
    assert cells.places(cells.aligned(entries)) == entries


@given(sheets.texts)
@example("'=x")
@example("''=x")
@example("\r=x")
def test_a_guarded_cell_is_no_formula_and_loses_nothing(text: str) -> None:
    cell = cells.guarded(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cells.bare(cell) == text


@given(sheets.drafts)
def test_putting_back_what_is_shown_changes_nothing(draft: Draft) -> None:
    shown = columns.filled(draft)
    columns.fill(draft, shown)  # texts lose outer blanks and unseen signs
    before = repr(draft)
    assert columns.filled(draft) == shown
    assert repr(columns.fill(draft, shown)) == before


@given(sheets.drafts, names, sheets.words)
def test_what_is_put_is_shown_and_no_other_column_changes(
    draft: Draft, name: str, text: str
) -> None:
    column = columns.column(name)
    wanted = column.shape(text)
    if wanted and column.wrong(wanted):
        return
    before = columns.filled(draft)
    columns.fill(draft, {name: wanted})
    after = columns.filled(draft)
    assert after.pop(name, "") == wanted
    before.pop(name, None)
    if not name.startswith("carrier_"):  # a carrier of which nothing is left goes
        assert after == before


values = st.sampled_from(("", "egy", "kettő", "három"))


@given(base=values, theirs=values, ours=values, known=st.booleans())
def test_the_three_way_truth_table(base: str, theirs: str, ours: str, known: bool) -> None:
    column = columns.column("notes")
    stamped = stamp.read(stamp.write("abc", 3, {"notes": base}), "abc") if known else None
    found = comparing.compare(column, theirs, ours, stamped)
    if theirs == ours or (known and theirs == base):
        assert found is None
        return
    assert found is not None
    assert (found.theirs, found.ours) == (theirs, ours)
    assert found.conflict == (known and ours != base)
    assert found.is_plain == (not found.conflict and theirs != "")


wishes = st.builds(
    Wishes,
    form=st.sampled_from(("csv", "xlsx")),
    lang=st.sampled_from(("hu", "en", "")),
    separator=st.sampled_from((",", ";", "\t")),
    byte_order_mark=st.booleans(),
)


@given(st.lists(sheets.drafts, min_size=1, max_size=4), wishes)
@effort(max_examples=40, suppress_health_check=ONE_ARCHIVE)
def test_a_table_that_comes_back_as_it_went_proposes_nothing(
    archive: Settings, tmp_path: Path, made: list[Draft], wish: Wishes
) -> None:
    sheets.take_in(*made)
    found = sheets.compared(sheets.kept(tmp_path, sheets.exported(wish)))
    assert sheets.proposed(found) == {}
    assert [row.remarks for row in found.rows] == []
    db.release()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250", "iso-8859-2"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_encoding_and_separator_is_read(
    archive: Settings, tmp_path: Path, encoding: str, separator: str
) -> None:
    draft = Draft(notes='két\nsor; "árvíztűrő" | tükörfúrógép')
    draft.title("hu", "Őrség a híd előtt, 1956")
    (photograph,) = sheets.take_in(draft)
    edited = sheets.Edited(sheets.exported(Wishes("csv")))
    edited.put(photograph, "tárgyszó", "hidak | őrök")
    path = sheets.kept(tmp_path, sheets.as_csv(edited.rows, separator, encoding))
    assert sheets.proposed(sheets.compared(path)) == {(photograph, "subject"): "hidak | őrök"}


# Looked up when they are written: whoever bears a name already may be shown in another spelling.
NAMED = {"creator", "agency", "depicted", "donor", "place", "event", "subject"}
edits = st.dictionaries(st.tuples(st.integers(0, 2), names), sheets.words, min_size=1, max_size=6)


@given(st.lists(sheets.drafts, min_size=3, max_size=3), edits, st.booleans())
@effort(max_examples=30, suppress_health_check=ONE_ARCHIVE)
def test_any_edits_are_taken_over_exactly_or_not_at_all(
    archive: Settings,
    tmp_path: Path,
    made: list[Draft],
    edits: dict[tuple[int, str], str],
    accepted: bool,
) -> None:
    photographs = sheets.take_in(*made)
    wish = Wishes("csv", lang="")
    edited = sheets.Edited(sheets.exported(wish, photographs))
    before = {p: columns.filled(sheets.said(p)) for p in photographs}
    wanted = {p: dict(told) for p, told in before.items()}
    for (number, name), text in edits.items():
        column = columns.column(name)
        shaped = column.shape(text)
        if shaped.casefold() in ("na", "n/a", "-") or (shaped and column.wrong(shaped)):
            continue
        if "&" in shaped or name in NAMED:
            shaped = column.shape(f"új {number} {name.replace(':', ' ')}") if shaped else ""
        if column.wrong(shaped):
            continue
        edited.put(photographs[number], name, cells.guarded(shaped))
        wanted[photographs[number]][name] = shaped
    path = sheets.kept(tmp_path, sheets.as_csv(edited.rows))
    found = pending.receive(TESTER, path)
    pending.decide(found, accepted)
    applying.apply(TESTER, found)
    db.release()
    for photograph in photographs:
        told = columns.filled(sheets.said(photograph))
        expected = wanted[photograph] if accepted else before[photograph]
        assert told == {name: text for name, text in expected.items() if text}
    db.release()
