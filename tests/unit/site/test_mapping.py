"""The map: every place drawn once or told to lie outside, and never more than is seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.site import mapping, outlines
from archive.site.mapping import HEIGHT, WIDTH, Spot, draw, framed, read_box, written
from archive.site.outlines import stretched, unstretched

BUDAPEST = (47.4979, 19.0402)
NEW_YORK = (40.7128, -74.006)


def spot(name: str, lat: float, lon: float, count: int = 1, *, rough: bool = False) -> Spot:
    return Spot(name, name, lat, lon, count, rough=rough)


SPOTS = st.lists(
    st.tuples(st.floats(-80, 80), st.floats(-170, 170), st.integers(1, 500)), max_size=60
).map(lambda found: [spot(f"p{n}", *each) for n, each in enumerate(found)])
BOXES = st.none() | st.tuples(
    st.floats(-70, 60), st.floats(-170, 160), st.floats(0, 20), st.floats(0, 20)
).map(lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3]))


@given(SPOTS, BOXES)
def test_every_place_is_drawn_once_or_lies_outside(
    spots: list[Spot], asked: mapping.Box | None
) -> None:
    drawn = draw(spots, asked)
    shown = [each.id for circle in drawn.circles for each in circle.spots]
    assert len(shown) == len(set(shown)) == drawn.within
    assert drawn.within + drawn.outside == len(spots)
    assert bool(drawn.whole) == bool(drawn.outside)
    for circle in drawn.circles:
        assert 0 <= circle.x <= WIDTH
        assert 0 <= circle.y <= HEIGHT
        assert circle.count == sum(each.count for each in circle.spots)


@given(SPOTS, BOXES)
def test_names_cover_neither_each_other_nor_a_circle(
    spots: list[Spot], asked: mapping.Box | None
) -> None:
    circles = draw(spots, asked).circles
    rooms = []
    for circle in circles:
        if circle.name:
            wide = 6.2 * len(circle.name)
            left = circle.name_x - wide if circle.name_end else circle.name_x
            rooms.append((left, circle.y - 8, left + wide, circle.y + 8))
    for at, room in enumerate(rooms):
        assert not any(mapping._cover(room, other) for other in rooms[at + 1 :])


def test_places_near_each_other_are_one_circle_to_come_closer_to() -> None:
    far = spot("new-york", *NEW_YORK, 5)
    near = [spot("a", *BUDAPEST, 3), spot("b", 47.51, 19.05, 2)]
    drawn = draw([*near, far], None)
    together = next(circle for circle in drawn.circles if len(circle.spots) == 2)
    assert together.count == 5
    box = read_box(together.box)
    assert box
    closer = draw([*near, far], box)
    assert sorted(len(circle.spots) for circle in closer.circles) == [1, 1]
    assert (closer.within, closer.outside) == (2, 1)


def test_places_at_one_point_are_chosen_together() -> None:
    (circle,) = draw([spot("a", *BUDAPEST), spot("b", *BUDAPEST)], None).circles
    assert circle.box == ""
    assert sorted(mapping.places_of(circle)) == ["a", "b"]


def test_the_map_begins_where_nearly_all_photographs_are() -> None:
    city = [spot(f"c{n}", 47.48 + n / 200, 19.02 + n / 200, 10) for n in range(8)]
    drawn = draw([*city, spot("new-york", *NEW_YORK, 1)], None)
    assert (drawn.within, drawn.outside) == (8, 1)
    many = draw([*city, spot("new-york", *NEW_YORK, 40)], None)
    assert many.outside == 0


@given(st.floats(-70, 70), st.floats(-170, 170), st.floats(0.01, 10))
def test_a_box_gives_the_same_sheet_again(lat: float, lon: float, span: float) -> None:
    frame = framed((lat, lon, lat + span / 10, lon + span))
    again = read_box(written(mapping._box(frame)))
    assert again
    second = framed(again)
    assert second.west == pytest.approx(frame.west, abs=span / 1000 + 1e-4)
    assert second.north == pytest.approx(frame.north, abs=span / 1000 + 1e-4)


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "a,b,c,d", "nan,1,2,3", "inf,1,2,3", "3,1,2,3", "1,9,2,3", "1,2,3,4,5"]
)
def test_what_is_no_part_of_the_world_is_not_asked_for(text: str) -> None:
    assert read_box(text) is None


def test_even_a_part_beyond_the_world_is_drawn() -> None:
    drawn = draw([spot("a", *BUDAPEST)], read_box("-90,-100000,90,100000"))
    assert drawn.within == 1
    assert draw([], read_box("89,0,89.9,0.1")).within == 0


@given(st.floats(-84, 84))
def test_the_projection_goes_back(lat: float) -> None:
    assert unstretched(stretched(lat)) == pytest.approx(lat, abs=1e-9)


@pytest.mark.parametrize(
    "box",
    [(47.46, 19.0, 47.53, 19.1), (45.6, 15.5, 48.8, 23.2), (36, -10, 60, 40), (-60, -170, 75, 170)],
)
def test_outlines_stay_small_whatever_is_seen(box: mapping.Box) -> None:
    assert outlines.FILE.is_file()
    path = outlines.land(framed(box))
    assert 0 < len(path) < 40_000


def test_land_is_where_it_is() -> None:
    frame = framed((45.6, 15.5, 48.8, 23.2))
    budapest = frame.x(BUDAPEST[1]), frame.y(BUDAPEST[0])
    assert 0 < budapest[0] < WIDTH
    assert 0 < budapest[1] < HEIGHT
    assert outlines.land(framed((47.46, 19.0, 47.53, 19.1))).count("M") == 1  # one country only
    assert outlines.land(framed((-40.0, -130.0, -39.0, -129.0))) == ""  # the middle of an ocean
