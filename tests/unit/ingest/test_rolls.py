"""Rolls and frames read from names: what is one, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from archive.ingest import rolls
from archive.ingest.rolls import Box


def box(*paths: str) -> Box:
    return rolls.read([[(path, "recto")] for path in paths])


def spots(found: Box, count: int) -> list[tuple[str, str] | None]:
    """(roll, frame) of each photograph, None of those that are loose."""
    told: dict[int, tuple[str, str]] = {}
    for roll in found.rolls:
        told |= {frame.photograph: (roll.name, frame.number) for frame in roll.frames}
    return [told.get(place) for place in range(count)]


@pytest.mark.parametrize(
    ("path", "roll", "frame"),
    [
        ("1956_R17_12.tif", "17", "12"),
        ("R17-12A.tif", "17", "12A"),
        ("r17_012.jpg", "17", "12"),
        ("roll17-frame12.jpg", "17", "12"),
        ("Roll 17 frame 12.jpg", "17", "12"),
        ("roll17frame12.jpg", "17", "12"),
        ("R17F12.jpg", "17", "12"),
        ("Szovjet_tekercs_3_kocka_00.tif", "3", "00"),
        ("17. tekercs, 12. kocka.tif", "17", "12"),
        ("17.tekercs_12.tif", "17", "12"),
        ("film4_7.png", "4", "7"),
        ("box/Roll 17/12.tif", "17", "12"),
        ("box/17. tekercs/kocka 12A.tif", "17", "12A"),
        ("box/R17/012.tif", "17", "12"),
        ("R17_12_verso.tif", "17", "12"),
        ("R17_12_v.tif", "17", "12"),
        ("R7b_3.tif", "7B", "3"),
    ],
)
def test_a_name_says_its_roll_and_frame(path: str, roll: str, frame: str) -> None:
    assert spots(box(path), 1) == [(roll, frame)]


@pytest.mark.parametrize(
    "path",
    [
        "IMG_1234.jpg",
        "DSC00012.jpg",
        "DSCR0012_1.jpg",
        "1956_10_23.jpg",
        "1956-10-23_001.jpg",
        "20201225_123456.jpg",
        "1956/10/23.jpg",
        "page_12.tif",
        "HU_0017_12.tif",
        "FOTO:FORTEPAN_40012.jpg",
        "scan0017-12.tif",
        "Control 17 12.jpg",
        "mirror17_12.jpg",
        "R1956_10_23.jpg",
        "12_r.jpg",
        "17-12.jpg",
        "17/12.jpg",
        "roll.jpg",
        "Roll 17/IMG_0012.jpg",
        "microfilm.tif",
        "Camera Roll/12.jpg",
        "",
    ],
)
def test_an_ordinary_name_is_no_roll(path: str) -> None:
    assert box(path).rolls == ()
    assert box(path).loose == (0,)


def test_folders_of_numbers_are_rolls_when_nothing_speaks_against_it() -> None:
    paths = [f"Nagy/{roll}/{frame:02}.tif" for roll in (17, 18) for frame in range(1, 5)]
    found = box(*paths)
    assert [(roll.name, len(roll.frames)) for roll in found.rolls] == [("17", 4), ("18", 4)]
    days = [f"Képek 1956/10/{day}.jpg" for day in range(23, 31)]
    assert box(*days).rolls == ()
    pages = [f"Könyv/3/{page}.tif" for page in range(60, 90)]
    assert box(*pages).rolls == ()
    assert box(*paths[:4], "Nagy/17/IMG_1.tif").rolls == ()


def test_a_box_is_counted_with_its_versos() -> None:
    photographs = [
        [(f"doboz/R{roll:02}_{frame:02}.tif", "recto")]
        for roll in range(1, 13)
        for frame in range(1, 37)
    ]
    for place in range(9):
        path = photographs[place][0][0].replace(".tif", "_verso.tif")
        photographs[place].append((path, "verso"))
    photographs.append([("doboz/IMG_0001.tif", "recto"), ("doboz/IMG_0001_verso.tif", "verso")])
    found = rolls.read(photographs)
    assert (len(found.rolls), found.frames, found.versos) == (12, 432, 9)
    assert found.loose == (432,)
    assert [roll.name for roll in found.rolls] == [str(number) for number in range(1, 13)]
    assert [frame.number for frame in found.rolls[0].frames[:3]] == ["1", "2", "3"]


def test_rolls_of_one_number_are_told_apart() -> None:
    found = box("a/1956_R17_1.tif", "a/1957_R17_1.tif", "R3_1.tif")
    assert [roll.name for roll in found.rolls] == ["3", "1956 17", "1957 17"]
    found = box("első/R17/1.tif", "második/R17/1.tif")
    assert [roll.name for roll in found.rolls] == ["első 17", "második 17"]
    found = box("a/c/x/R17_1.tif", "b/c/x/R17_1.tif")
    assert [roll.name for roll in found.rolls] == ["a/c/x 17", "b/c/x 17"]


@given(some.lists(some.lists(some.text(max_size=40), min_size=1, max_size=2), max_size=20))
def test_every_photograph_is_on_one_roll_or_loose(names: list[list[str]]) -> None:
    found = rolls.read([[(name, "recto") for name in files] for files in names])
    placed = [frame.photograph for roll in found.rolls for frame in roll.frames]
    assert sorted([*placed, *found.loose]) == list(range(len(names)))
    assert len({roll.name for roll in found.rolls}) == len(found.rolls)
