"""Fingerprints: alike pictures are near, others far, turned ones follow from the upright."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from archive.media import fingerprint as prints
from archive.media import looking, resembling, sketch
from archive.media.derivatives import render
from tests.lookalikes import scene


def grey(picture: Image.Image) -> prints.Grey:
    side = (prints.SIDE, prints.SIDE)
    return np.asarray(picture.convert("L").resize(side, Image.Resampling.BOX), np.float32)


def bits(one: prints.Codes, other: prints.Codes) -> list[int]:
    return np.bitwise_count(one ^ other).tolist()


@pytest.mark.parametrize("turn", prints.TURNS)
def test_the_codes_of_a_turned_picture_follow_from_its_own(turn: prints.Turn) -> None:
    square = grey(scene(3))
    turned = square.T if turn[0] else square
    turned = turned[::-1] if turn[1] else turned
    turned = turned[:, ::-1] if turn[2] else turned
    computed = prints.turned(prints.codes(square), turn)
    assert bits(computed[:1], prints.codes(turned)[:1])[0] <= 1
    assert computed.all()


def test_codes_are_kept_as_octets_and_a_blank_picture_has_none() -> None:
    codes = prints.codes(grey(scene(1)))
    assert len(codes) == 16
    assert prints.from_bytes(prints.to_bytes(codes)).tolist() == codes.tolist()
    assert not prints.codes(np.full((96, 96), 200.0)).any()


def test_shapes_are_of_windows() -> None:
    (whole, *_), (tall, *_) = prints.shapes([300, 100], [150, 200])
    assert (whole, tall) == (1, -1)
    wide, tall = prints.shapes(300, 150)[[4, 1]]  # without its foot, without its right
    assert wide > 1 > tall


def found(table: looking.Table, picture: Image.Image) -> dict[int, int]:
    """The nearest distance of every picture that is found."""
    asked = looking.asked_for(grey(picture), *picture.size)
    nearest: dict[int, int] = {}
    for near in table.search(asked):
        nearest[near.picture] = min(near.bits, nearest.get(near.picture, 64))
    return nearest


def full(count: int) -> looking.Table:
    """A table of so many scenes, in more portions than are kept apart."""
    table = looking.Table()
    for seed in range(count):
        codes = prints.codes(grey(scene(seed)))[np.newaxis]
        table.add([seed + 100], codes, prints.shapes([640], [480]))
    return table


COPIES = {
    "smaller": lambda picture: picture.resize((200, 150)),
    "darker": lambda picture: picture.point(lambda value: value * 0.6 + 10),
    "mirrored": lambda picture: picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    "on its side": lambda picture: picture.transpose(Image.Transpose.ROTATE_90),
    "upside down": lambda picture: picture.transpose(Image.Transpose.ROTATE_180),
    "a part": lambda picture: picture.crop((60, 40, 600, 450)),
    "a mirrored part": lambda picture: picture.crop((0, 40, 560, 460)).transpose(
        Image.Transpose.FLIP_LEFT_RIGHT
    ),
    "leaning": lambda picture: picture.rotate(2, Image.Resampling.BICUBIC, fillcolor=255),
}


@pytest.mark.parametrize("kind", COPIES)
def test_a_copy_is_found_and_how_it_lies_is_told(kind: str) -> None:
    original = scene(5)
    copy = COPIES[kind](original)
    asked = looking.asked_for(grey(copy), *copy.size)
    mine = [near for near in full(11).search(asked) if near.picture == 105]
    assert mine, "its code is not near"
    near = min(mine, key=lambda one: one.bits)
    first = resembling.guess(prints.ASKED[near.asked], near.turn, prints.WINDOWS[near.kept])
    how = resembling.compare(grey(original), grey(copy), first)
    assert how is not None
    assert how.agreement > 0.85
    assert how.mirrored == ("mirrored" in kind)
    assert how.quarters == {"on its side": 3, "upside down": 2}.get(kind, 0)
    assert (how.of_one < 0.9) == ("part" in kind)
    assert how.of_other > 0.95


def test_another_picture_laid_over_does_not_agree() -> None:
    whole = (prints.UPRIGHT, prints.WINDOWS[0])
    first = resembling.guess(prints.ASKED[0], *whole)
    for seed in range(1, 9):
        how = resembling.compare(grey(scene(0)), grey(scene(seed)), first)
        assert how is None or how.agreement < resembling.SAME


def test_a_table_finds_each_of_its_pictures_and_only_of_a_like_shape() -> None:
    table = full(11)
    assert len(table) == 11
    for seed in range(11):
        assert found(table, scene(seed))[seed + 100] == 0
    assert found(table, scene(4).resize((640, 240))) == {}
    assert found(looking.Table(), scene(4)) == {}


def test_what_the_mirror_leaves_is_no_farther_apart_than_the_codes() -> None:
    one, other = np.random.default_rng(3).integers(1, 2**63, (2, 500), dtype=np.uint64)
    mirrored = prints.turned(one, prints.MIRRORED)
    assert prints.unhanded(mirrored).tolist() == prints.unhanded(one).tolist()
    apart = bits(prints.unhanded(one), prints.unhanded(other))
    nearest = np.minimum(bits(one, other), bits(mirrored, other))
    assert (np.array(apart) <= nearest).all()


def test_a_search_finds_exactly_what_comparing_all_with_all_finds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(looking, "CHUNK", 100)  # so that windows of one shape lie in several
    draw = np.random.default_rng(5)
    asked = looking.asked_for(grey(scene(5)), 640, 480)
    near = draw.choice(asked.codes, (300, 16)) ^ _some_bits(draw, (300, 16))
    codes = np.where(draw.random((300, 16)) < 0.1, np.uint64(0), near)
    shapes = prints.shapes(draw.choice([640, 480, 600], 300), draw.choice([480, 640, 500], 300))
    table = looking.Table()
    for part in np.split(np.arange(300), [7, 120]):
        table.add(part, codes[part], shapes[part])
    found = {(one.picture, one.kept, one.asked, one.turn, one.bits) for one in table.search(asked)}
    assert found == set(_all_with_all(codes, shapes, asked))
    assert {looking.RADIUS, looking.RADIUS - 1} <= {distance for *_, distance in found}


def _some_bits(draw: np.random.Generator, shape: tuple[int, int]) -> prints.Codes:
    """Numbers with about a dozen bits set."""
    set_bits = draw.random((*shape, 64)) < looking.RADIUS / 64
    return np.packbits(set_bits, axis=-1).view(np.uint64)[..., 0]


def _all_with_all(
    codes: prints.Codes, shapes: np.ndarray, asked: looking.Asked
) -> Iterator[tuple[int, int, int, prints.Turn, int]]:
    for number, (window, turn) in enumerate(asked.windows):
        apart = np.bitwise_count(codes ^ asked.codes[number])
        like = np.abs(shapes - asked.shapes[number]) < looking.LIKE
        for row, kept in np.argwhere((apart <= looking.RADIUS) & like & (codes != 0)).tolist():
            yield row, kept, window, turn, int(apart[row, kept])


def test_a_rendition_of_a_real_picture(shared_data: Path, tmp_path: Path) -> None:
    master = shared_data / "images" / "fortepan" / "58473.jpg"
    made = render(master, tmp_path, sizes=(320, 640))
    again = sketch.of_rendition(tmp_path / "640.jpg")
    assert again is not None
    assert max(bits(made.codes, prints.codes(again))) <= 4
    assert sketch.of_rendition(tmp_path / "none.jpg") is None
