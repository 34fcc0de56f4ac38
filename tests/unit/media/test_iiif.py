"""The geometry of the image service beside a slow, plain reading of the standard."""

from decimal import ROUND_HALF_UP, Decimal
from math import ceil

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.media import iiif
from archive.media.iiif import Cut, Malformed, NotMade, Shown, asked, canonical, sizes, tile

SHOWN = Shown(300, 200, 2048)
VERSIONS = st.sampled_from(["2", "3"])
SIDES = st.integers(1, 400)
shown_pictures = st.builds(Shown, SIDES, SIDES, st.integers(1, 500))
percents = st.decimals(0, 150, places=2)
numbers = st.integers(0, 700)
regions = st.one_of(
    st.sampled_from(["full", "square"]),
    st.builds("{},{},{},{}".format, numbers, numbers, numbers, numbers),
    st.builds("pct:{},{},{},{}".format, percents, percents, percents, percents),
)
plain_sizes = st.one_of(
    st.sampled_from(["max", "full"]),
    st.builds("{},".format, numbers),
    st.builds(",{}".format, numbers),
    st.builds("pct:{}".format, percents),
    st.builds("{},{}".format, numbers, numbers),
    st.builds("!{},{}".format, numbers, numbers),
)
wanted_sizes = st.one_of(plain_sizes, plain_sizes.map("^{}".format))


def cut(
    region: str = "full", size: str = "max", rotation: str = "0", *, shown: Shown = SHOWN, **more
) -> Cut:
    ending = {"quality": "default", "format": "jpg", **more}
    version = ending.pop("version", "3")
    return asked(version, shown, region, size, rotation, **ending)


# --- regions ---


@given(shown=shown_pictures, left=numbers, top=numbers, width=numbers, height=numbers)
def test_a_region_is_the_pixels_that_are_both_asked_for_and_there(
    shown: Shown, left: int, top: int, width: int, height: int
) -> None:
    across = [x for x in range(left, left + width) if x < shown.width]
    down = [y for y in range(top, top + height) if y < shown.height]
    region = f"{left},{top},{width},{height}"
    if not across or not down:
        with pytest.raises(Malformed, match=r"region (is empty|lies outside)"):
            cut(region, shown=shown)
    else:
        box = cut(region, shown=shown).box
        assert box == (across[0], down[0], len(across), len(down))


@given(shown=shown_pictures, parts=st.tuples(percents, percents, percents, percents))
def test_a_region_in_per_cent_is_rounded_to_pixels(shown: Shown, parts) -> None:
    sides = (shown.width, shown.height) * 2
    left, top, width, height = (
        int((part * side / 100).quantize(Decimal(1), ROUND_HALF_UP))
        for part, side in zip(parts, sides, strict=True)
    )
    assume(left < shown.width and top < shown.height and parts[2] and parts[3])
    box = cut("pct:" + ",".join(map(str, parts)), shown=shown).box
    assert box[:2] == (left, top)
    assert box[2] == min(max(width, 1), shown.width - left)
    assert box[3] == min(max(height, 1), shown.height - top)


@given(shown=shown_pictures)
def test_a_square_is_as_large_as_fits_and_in_the_middle(shown: Shown) -> None:
    left, top, width, height = cut("square", shown=shown).box
    assert width == height == min(shown.width, shown.height)
    assert 0 <= (shown.width - width - left) - left <= 1
    assert 0 <= (shown.height - height - top) - top <= 1


# --- sizes ---


def nearest(wide: int, box: tuple[int, int]) -> int:
    """The height that keeps the shape best at this width, found by trying them all."""
    heights = range(1, box[1] * wide // box[0] + 3)
    return min(heights, key=lambda high: (abs(high * box[0] - wide * box[1]), -high))


@given(box=st.tuples(SIDES, SIDES), wide=st.integers(1, 400))
def test_one_side_given_keeps_the_shape(box: tuple[int, int], wide: int) -> None:
    picture = Shown(*box, 10**6)
    assert cut(size=f"^{wide},", shown=picture).size == (wide, nearest(wide, box))
    turned = Shown(*box[::-1], 10**6)
    assert cut(size=f"^,{wide}", shown=turned).size == (nearest(wide, box), wide)


@given(box=st.tuples(SIDES, SIDES), frame=st.tuples(st.integers(1, 600), st.integers(1, 600)))
def test_a_frame_is_filled_as_far_as_the_shape_allows(
    box: tuple[int, int], frame: tuple[int, int]
) -> None:
    width, height = cut(size=f"^!{frame[0]},{frame[1]}", shown=Shown(*box, 1000)).size
    assert width <= frame[0]
    assert height <= frame[1]
    assert width == frame[0] or height == frame[1]
    by_width, by_height = nearest(width, box), nearest(height, box[::-1])
    assert height == by_width or width == by_height


@pytest.mark.parametrize(
    ("size", "found"),
    [
        ("max", (300, 200)),
        ("^max", (400, 267)),
        ("150,", (150, 100)),
        (",50", (75, 50)),
        ("pct:50", (150, 100)),
        ("pct:0.4", (1, 1)),
        ("^pct:120.5", (362, 241)),
        ("10,90", (10, 90)),
        ("!200,20", (30, 20)),
        ("!200,1000", (200, 133)),
        ("^!350,350", (350, 233)),
        ("^!4000,4000", (400, 267)),
        ("^400,10", (400, 10)),
    ],
)
def test_sizes_of_version_3(size: str, found: tuple[int, int]) -> None:
    assert cut(size=size, shown=Shown(300, 200, 400)).size == found


@pytest.mark.parametrize(
    ("size", "found"),
    [("full", (300, 200)), ("max", (300, 200)), ("!4000,4000", (300, 200)), ("150,", (150, 100))],
)
def test_sizes_of_version_2(size: str, found: tuple[int, int]) -> None:
    assert cut(size=size, version="2").size == found


@pytest.mark.parametrize("size", ["301,", ",201", "pct:101", "301,10", "10,201", "!301,201"])
def test_nothing_is_enlarged_unless_it_is_said(size: str) -> None:
    with pytest.raises(Malformed, match=r"put \^ before"):
        cut(size=size)
    assert max(cut(size=f"^{size}").size) > 10


@pytest.mark.parametrize("size", ["301,", "pct:101", "10,201", "^max", "^10,"])
def test_version_2_enlarges_nothing(size: str) -> None:
    with pytest.raises(Malformed):
        cut(size=size, version="2")


def test_full_is_no_size_of_version_3_and_none_above_the_limit() -> None:
    with pytest.raises(Malformed, match="not written"):
        cut(size="full")
    with pytest.raises(Malformed, match="longer than 100 pixels"):
        cut(size="full", version="2", shown=Shown(300, 200, 100))


# --- limits ---


@given(version=VERSIONS, shown=shown_pictures, region=regions, size=wanted_sizes)
def test_no_answer_is_larger_than_the_limit_whatever_is_asked(
    version: str, shown: Shown, region: str, size: str
) -> None:
    try:
        found = asked(version, shown, region, size, "0", "default", "jpg")
    except Malformed:
        return
    left, top, width, height = found.box
    assert 0 <= left < left + width <= shown.width
    assert 0 <= top < top + height <= shown.height
    assert min(found.size) >= 1
    assert max(found.size) <= shown.max_px
    if not size.startswith("^"):
        assert not found.enlarged


@given(version=VERSIONS, shown=shown_pictures, region=regions, size=wanted_sizes)
def test_the_canonical_address_asks_for_the_same(
    version: str, shown: Shown, region: str, size: str
) -> None:
    try:
        found = asked(version, shown, region, size, "!90.0", "gray", "png")
    except Malformed:
        return
    address = canonical(version, shown, found)
    *parts, name = address.split("/")
    again = asked(version, shown, *parts, *name.split("."))
    assert again == found
    assert canonical(version, shown, again) == address


@pytest.mark.parametrize(
    ("version", "asks", "address"),
    [
        ("3", ("0,0,300,200", "300,200", "360", "color"), "full/max/0/default.jpg"),
        ("3", ("pct:0,0,50,50", "^max", "!0", "default"), "0,0,150,100/^max/!0/default.jpg"),
        ("3", ("square", "^400,400", "90.0", "gray"), "50,0,200,200/^400,400/90/gray.jpg"),
        ("2", ("full", "max", "0", "default"), "full/full/0/default.jpg"),
        ("2", ("full", ",50", "0", "default"), "full/75,/0/default.jpg"),
        ("2", ("full", "75,51", "0", "bitonal"), "full/75,51/0/bitonal.jpg"),
    ],
)
def test_canonical_addresses(version: str, asks: tuple[str, ...], address: str) -> None:
    assert canonical(version, SHOWN, asked(version, SHOWN, *asks, "jpg")) == address


# --- turning, qualities, formats ---


@pytest.mark.parametrize(
    ("text", "found"),
    [("0", (False, 0)), ("!0", (True, 0)), ("90", (False, 90)), ("!180.0", (True, 180)),
     ("270.", (False, 270)), ("360", (False, 0))],
)  # fmt: skip
def test_turns(text: str, found: tuple[bool, int]) -> None:
    made = cut(rotation=text)
    assert (made.mirrored, made.turned) == found


@pytest.mark.parametrize("text", ["45", "!22.5", ".5", "359.99"])
def test_other_angles_are_not_made(text: str) -> None:
    with pytest.raises(NotMade, match="turned by 0, 90"):
        cut(rotation=text)


WRONG = [
    "", "x", "-1", "1,2,3", "1,2,3,4,5", "1, 2,3,4", "pct:1,2,3", "pct:a,b,c,d", "1e3,1,1,1",
    "²,1,1,1", "0,0,0,10", "300,0,1,1", "pct:0,0,0,10", "pct:100,0,5,5", "9" * 40, "\n",
]  # fmt: skip


@pytest.mark.parametrize("region", WRONG)
def test_a_wrong_region_is_told_in_a_sentence(region: str) -> None:
    with pytest.raises(Malformed, match=r"[a-z].*\.$"):
        cut(region)


@pytest.mark.parametrize(
    "size", [*WRONG[:4], "0,", ",0", "pct:0", "0,0", "!0,10", "^", "^^max", "pct:-5", "1.5,", "!5"]
)
def test_a_wrong_size_is_told_in_a_sentence(size: str) -> None:
    with pytest.raises(Malformed, match=r"[a-z].*\.$"):
        cut(size=size)


@pytest.mark.parametrize("rotation", ["", "x", "-90", "361", "!!90", "90!", "1e2", "nan"])
def test_a_wrong_rotation_is_told_in_a_sentence(rotation: str) -> None:
    with pytest.raises(Malformed, match="degrees from 0 to 360"):
        cut(rotation=rotation)


def test_qualities_and_formats() -> None:
    with pytest.raises(Malformed, match="no quality 'grey'"):
        cut(quality="grey")
    with pytest.raises(Malformed, match="no format 'exe'"):
        cut(format="exe")
    with pytest.raises(NotMade, match="not made as tif"):
        cut(format="tif")
    assert {cut(quality=q, format=f).format for q in iiif.QUALITIES for f in iiif.FORMATS} == {
        "jpg", "png", "webp",
    }  # fmt: skip


# --- tiles ---


def viewer_asks(shown: Shown, side: int, scale: int, column: int, row: int) -> tuple[str, str]:
    """Region and size as a viewer works them out (Image API 3.0, implementation notes)."""
    left, top = column * side * scale, row * side * scale
    width = min(side * scale, shown.width - left)
    height = min(side * scale, shown.height - top)
    return f"{left},{top},{width},{height}", f"{ceil(width / scale)},{ceil(height / scale)}"


@given(width=st.integers(1, 3000), height=st.integers(1, 3000), side=st.sampled_from([64, 256]))
def test_every_tile_of_a_viewer_is_known_as_one(width: int, height: int, side: int) -> None:
    shown = Shown(width, height, 4096)
    for scale in (1, 2, 4, 8):
        for column in range(ceil(width / side / scale)):
            for row in range(ceil(height / side / scale)):
                region, size = viewer_asks(shown, side, scale, column, row)
                place = tile(shown, side, 4, cut(region, size, shown=shown))
                assert place is not None
                found = viewer_asks(shown, side, 2 ** place[0], *place[1:])
                assert found == (region, size)


@given(shown=shown_pictures, region=regions, size=wanted_sizes)
def test_nothing_else_is_taken_for_a_tile(shown: Shown, region: str, size: str) -> None:
    try:
        found = cut(region, size, shown=shown)
    except Malformed:
        return
    place = tile(shown, 64, 3, found)
    if place is not None:
        texts = viewer_asks(shown, 64, 2 ** place[0], *place[1:])
        assert texts == (",".join(map(str, found.box)), ",".join(map(str, found.size)))


@pytest.mark.parametrize(
    "more", [{"rotation": "90"}, {"rotation": "!0"}, {"quality": "gray"}, {"format": "png"}]
)
def test_a_tile_that_is_turned_or_coloured_is_cut(more: dict[str, str]) -> None:
    assert tile(SHOWN, 512, 1, cut()) == (0, 0, 0)
    assert tile(SHOWN, 512, 1, cut(**more)) is None


def test_the_sizes_that_are_stored_are_told_rising_and_within_the_limit() -> None:
    assert sizes(Shown(1001, 700, 2048), 3) == [(251, 175), (501, 350), (1001, 700)]
    assert sizes(Shown(1001, 700, 600), 3) == [(251, 175), (501, 350)]
