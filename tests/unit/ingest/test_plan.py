"""Files and rows are put together; whatever is doubtful is said and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.mapping import Column, Mapping
from archive.ingest.plan import Task, plan
from archive.ingest.receive import Found, OnDisk
from archive.ingest.spreadsheet import Row, Sheet
from archive.ingest.words import Unreadable

MAPPING = Mapping({"file": Column("filename"), "id": Column("id"), "title": Column("title"),
                   "parent": Column("parent")})  # fmt: skip


def files(*paths: str) -> list[Found]:
    return [Found(path, str(Path(path).parent), Path(path).name, 9, OnDisk(path)) for path in paths]


def sheet(*rows: dict[str, str]) -> Sheet:
    return Sheet("list.csv", [], [Row(number + 2, cells) for number, cells in enumerate(rows)])


def shape(tasks: list[Task]) -> list[tuple[int | None, list[tuple[str, str]], str]]:
    """(row, [(file, side)], why the row is refused) of each task."""
    return [
        (
            task.row.number if task.row else None,
            [(part.found.name, part.side) for part in task.parts],
            task.refusal.code if task.refusal else "",
        )
        for task in tasks
    ]


def test_files_alone() -> None:
    tasks = plan(files("a/1.jpg", "a/2_r.jpg", "a/2_v.jpg", "b/2_v.jpg"), None, Mapping())
    assert shape(tasks) == [
        (None, [("1.jpg", "recto")], ""),
        (None, [("2_r.jpg", "recto"), ("2_v.jpg", "verso")], ""),
        (None, [("2_v.jpg", "recto")], ""),
    ]


def test_a_row_names_its_file_by_name_path_number_or_other_ending() -> None:
    rows = sheet(
        {"file": "KEP1.JPG"}, {"file": "b\\2.jpg"}, {"id": "inv-3"}, {"file": "4.tif"},
        {"file": "https://a.example/x/5.jpg?size=full"},
    )  # fmt: skip
    found = files("a/kep1.jpg", "a/2.jpg", "b/2.jpg", "a/INV-3.jpg", "a/4.jpg", "a/5.jpg")
    assert shape(plan(found, rows, MAPPING)) == [
        (2, [("kep1.jpg", "recto")], ""),
        (None, [("2.jpg", "recto")], ""),
        (3, [("2.jpg", "recto")], ""),
        (4, [("INV-3.jpg", "recto")], ""),
        (5, [("4.jpg", "recto")], ""),
        (6, [("5.jpg", "recto")], ""),
    ]


def test_a_row_named_for_the_front_takes_the_back_along() -> None:
    found = files("7_r.jpg", "7_v.jpg", "8.jpg")
    for cells in ({"file": "7_r.jpg"}, {"id": "7"}):
        assert shape(plan(found, sheet(cells), MAPPING))[0] == (
            2, [("7_r.jpg", "recto"), ("7_v.jpg", "verso")], "",
        )  # fmt: skip


def test_two_rows_for_two_names_make_two_photographs() -> None:
    rows = sheet({"file": "7a.jpg", "title": "One"}, {"file": "7b.jpg", "title": "Other"})
    assert shape(plan(files("7a.jpg", "7b.jpg"), rows, MAPPING)) == [
        (2, [("7a.jpg", "recto")], ""),
        (3, [("7b.jpg", "recto")], ""),
    ]


def test_rows_of_sides_belong_to_their_photograph() -> None:
    rows = sheet(
        {"id": "card1", "title": "Postcard"},
        {"id": "card2", "parent": "card1", "file": "card_023.jpg"},
        {"id": "card3", "parent": "card1", "file": "card_023b.jpg"},
        {"id": "lost", "parent": "nobody", "file": "x.jpg"},
    )
    tasks = plan(files("card_023.jpg", "card_023b.jpg"), rows, MAPPING)
    assert shape(tasks) == [
        (2, [("card_023.jpg", "recto"), ("card_023b.jpg", "verso")], ""),
        (5, [], "row_orphan"),
    ]
    (task, _) = plan(files("card_023.jpg"), rows, MAPPING)
    assert [row.number for row in task.rows] == [4]
    assert task.answers == 2


def test_a_file_named_twice_keeps_its_first_row() -> None:
    rows = sheet({"file": "1.jpg", "title": "A"}, {"file": "1.jpg", "title": "B"})
    tasks = plan(files("1.jpg"), rows, MAPPING)
    assert shape(tasks) == [(2, [("1.jpg", "recto")], ""), (3, [], "row_names_taken_file")]
    assert tasks[1].refusal is not None
    assert tasks[1].refusal.params == {"name": "1.jpg", "row": 2}


def test_a_name_that_fits_two_files_is_not_decided() -> None:
    tasks = plan(files("a/1.jpg", "b/1.jpg", "2.jpg"), sheet({"file": "1.jpg"}), MAPPING)
    assert shape(tasks) == [
        (None, [("1.jpg", "recto")], ""),
        (None, [("1.jpg", "recto")], ""),
        (None, [("2.jpg", "recto")], ""),
        (2, [], "row_ambiguous"),
    ]
    reasons = [part.reason.code for task in tasks for part in task.parts if part.reason]
    assert reasons == ["ambiguous_name", "ambiguous_name", "no_row"]


def test_the_same_picture_in_two_formats_is_one_photograph() -> None:
    (task,) = plan(files("9.jpg", "9.tif"), sheet({"id": "9"}), MAPPING)
    assert [part.side for part in task.parts] == ["recto", "recto"]


def test_rows_without_files_come_last() -> None:
    rows = sheet({"file": "gone.jpg", "title": "A"}, {"file": "1.jpg"})
    tasks = plan(files("1.jpg"), rows, MAPPING)
    assert shape(tasks) == [(3, [("1.jpg", "recto")], ""), (2, [], "")]
    assert tasks[1].named == "gone.jpg"


def test_a_list_that_names_no_file_is_not_applied() -> None:
    with pytest.raises(Unreadable, match="names a file of the delivery"):
        plan(files("1.jpg"), sheet({"file": "other.jpg"}), MAPPING)
    with pytest.raises(Unreadable, match="names a file of the delivery"):
        plan(files("1.jpg"), sheet({"title": "no names at all"}), MAPPING)


def test_rows_are_known_again_by_number_and_apart_by_words() -> None:
    first, second = plan([], sheet({"id": "1", "title": "A"}, {"id": "2"}), MAPPING)
    again, _ = plan([], sheet({"id": "1", "title": "changed"}, {"id": "2"}), MAPPING)
    assert first.key == again.key != second.key
    one, other = plan([], sheet({"id": "1", "title": "A"}, {"id": "1", "title": "B"}), MAPPING)
    assert one.key != other.key
    (elsewhere, _) = plan([], sheet({"id": "1"}, {"id": "2"}), MAPPING, "OTHER-UNIT")
    assert elsewhere.key != first.key


NAMES = st.lists(
    st.from_regex(r"[ab]/[12][abrv_]?(_r|_v|_verso)?\.(jpg|tif)", fullmatch=True),
    max_size=8,
    unique=True,
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "file": st.sampled_from(["1.jpg", "2.jpg", "1_r.jpg", "a/1.jpg", "1a.jpg", "9.jpg"]),
            "id": st.sampled_from(["1", "2", "3", "1a"]),
            "parent": st.sampled_from(["1", "2", "7"]),
            "title": st.sampled_from(["A", "B"]),
        },
    ),
    max_size=6,
)


@given(NAMES, ROWS)
def test_every_file_and_every_row_is_answered_for_once(
    paths: list[str], rows: list[dict[str, str]]
) -> None:
    given_sheet = sheet(*[cells for cells in rows if cells])
    try:
        tasks = plan(files(*paths), given_sheet, MAPPING)
    except Unreadable:
        return
    taken = [part.found.path for task in tasks for part in task.parts]
    assert sorted(taken) == sorted(paths)
    numbers = [task.row.number for task in tasks if task.row]
    assert len(numbers) == len(set(numbers))
    sides = {row.number for task in tasks for row in task.rows}
    of_files = {part.row.number for task in tasks for part in task.parts if part.row}
    assert {row.number for row in given_sheet.rows} == set(numbers) | sides | of_files
