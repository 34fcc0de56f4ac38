"""The drawings: the same every time, all different, and SPECIMEN in every margin."""

from itertools import combinations

import numpy as np
import pytest
from PIL import Image

from archive.demo.backs import BACKS
from archive.demo.drawings import NUMBERS, VERSO_NUMBERS, render, render_verso
from archive.demo.drawings.__main__ import contact_sheet
from archive.demo.drawings.block import Block, box
from archive.demo.drawings.fields import flat, parallel
from archive.demo.drawings.typewriter import knows

SMALL = 360


@pytest.fixture(scope="module")
def rectos():
    return {number: render(number, long_edge=SMALL) for number in NUMBERS}


@pytest.fixture(scope="module")
def versos():
    return {number: render_verso(number, long_edge=SMALL) for number in VERSO_NUMBERS}


def grey(picture):
    return np.asarray(picture.convert("L"), np.float32)


def off_the_grey_scale(picture):
    """How far each pixel is from a mixture of the paper and the black ink."""
    paper, ink = np.array([240, 232, 214.0]), np.array([30, 26, 24.0])
    way = (paper - ink) / np.linalg.norm(paper - ink)
    apart = np.asarray(picture, np.float64) - ink
    return np.linalg.norm(apart - (apart @ way)[..., None] * way, axis=2)


def test_there_are_thirty_rectos_and_eight_versos():
    assert tuple(range(1, 31)) == NUMBERS
    assert len(VERSO_NUMBERS) == 8
    assert set(VERSO_NUMBERS) == {back.number for back in BACKS}


@pytest.mark.parametrize("number", [1, 10, 30])
def test_a_drawing_is_the_same_every_time(rectos, number):
    assert render(number, long_edge=SMALL).tobytes() == rectos[number].tobytes()


def test_a_back_is_the_same_every_time(versos):
    assert render_verso(8, long_edge=SMALL).tobytes() == versos[8].tobytes()


def test_the_longer_side_is_as_asked_and_shapes_vary(rectos):
    assert all(max(picture.size) == SMALL for picture in rectos.values())
    shapes = {round(picture.width / picture.height, 2) for picture in rectos.values()}
    assert min(shapes) < 0.75
    assert max(shapes) > 2
    assert 1.0 in shapes
    assert len(shapes) >= 8


def test_a_larger_print_shows_the_same_picture(rectos):
    large = render(23, long_edge=2 * SMALL).resize(rectos[23].size, Image.Resampling.BOX)
    soft = [grey(picture.resize((40, 26), Image.Resampling.BOX)) for picture in (large, rectos[23])]
    assert np.abs(soft[0] - soft[1]).mean() < 12


def test_specimen_stands_in_the_margin_of_every_sheet(rectos):
    """The foot margin holds dark letters on the left and the number in colour on the right."""
    for number, picture in rectos.items():
        unit = SMALL / 1600
        foot = grey(picture)[-round(90 * unit) : -round(34 * unit)]
        letters = foot[:, round(60 * unit) : round(380 * unit)]
        digits = foot[:, -round(140 * unit) : -round(50 * unit)]
        middle = foot[:, round(400 * unit) : -round(180 * unit)]
        assert (letters < 110).mean() > 0.15, number
        assert (digits < 190).mean() > 0.10, number
        assert (middle < 190).mean() < 0.01, number


def test_the_margins_say_different_numbers(rectos):
    unit = SMALL / 1600
    digits = [
        grey(picture)[-round(90 * unit) : -round(34 * unit), -round(140 * unit) : -round(50 * unit)]
        for picture in rectos.values()
    ]
    assert all(np.abs(a - b).max() > 60 for a, b in combinations(digits, 2))


def test_all_drawings_are_different_pictures(rectos):
    small = [grey(picture.resize((24, 24), Image.Resampling.BOX)) for picture in rectos.values()]
    nearest = min(float(np.sqrt(((a - b) ** 2).mean())) for a, b in combinations(small, 2))
    assert nearest > 25


def test_every_drawing_has_darks_lights_and_a_second_ink(rectos):
    for number, picture in rectos.items():
        dark, light = (grey(picture) < 60).mean(), (grey(picture) > 200).mean()
        assert dark > 0.12, number
        assert light > 0.12, number
        assert (off_the_grey_scale(picture) > 14).mean() > 0.003, number


def test_the_back_carries_typing_and_a_violet_stamp(versos):
    for number, picture in versos.items():
        pixels = np.asarray(picture, np.int16)
        typed = grey(picture)[: picture.height // 2] < 120
        right = pixels[picture.height // 2 :, picture.width // 2 :]
        violet = (right[..., 2] > right[..., 1]) & (right[..., 0] > right[..., 1] + 12)
        assert typed.mean() > 0.004, number
        assert violet.mean() > 0.004, number


def test_the_typewriter_has_every_letter_it_needs():
    text = "".join(back.transcription + back.pencil for back in BACKS) + "őűŐŰáéíóúöü"
    assert {sign for sign in text if sign != "\n" and not knows(sign)} == set()


def test_an_unknown_number_is_refused():
    with pytest.raises(KeyError):
        render(31)
    with pytest.raises(KeyError):
        render_verso(2)


def test_engraved_tone_governs_how_much_ink_there_is():
    amounts = []
    for tone in (0.2, 0.5, 0.8):
        block = Block(200, 200, 1.0, 5)
        block.hatch(box(0, 0, 200, 200), parallel(0, 10), flat(tone))
        amounts.append(np.asarray(block.key).mean() / 255)
    assert amounts[0] < 0.35 < amounts[1] < 0.65 < amounts[2]


def test_the_contact_sheet_holds_all(rectos):
    sheet = contact_sheet(list(rectos.values()))
    assert sheet.width > 6 * 320
    assert sheet.height > 5 * 320
