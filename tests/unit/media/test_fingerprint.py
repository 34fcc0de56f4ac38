"""Fingerprints: alike pictures are near, others far, turned and mirrored ones found."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from archive.media.derivatives import render
from archive.media.fingerprint import distances, fingerprint, turned


def scene(seed: int) -> Image.Image:
    """Soft patches of light, as different from one another as photographs are."""
    noise = np.random.default_rng(seed).integers(0, 256, (12, 16), dtype=np.uint8)
    return Image.fromarray(noise).resize((640, 480), Image.Resampling.BICUBIC)


def print_of(picture: Image.Image, path: Path, quality: int = 80):
    picture.save(path, "JPEG", quality=quality)
    return fingerprint(path)


def apart(one, other) -> tuple[int, int]:
    return (
        int(distances(one.dhash, [other.dhash])[0]),
        int(distances(one.phash, [other.phash])[0]),
    )


@pytest.mark.parametrize("seed", range(5))
def test_sizes_compressions_and_tones_of_one_picture_are_near(tmp_path: Path, seed: int) -> None:
    picture = scene(seed)
    original = print_of(picture, tmp_path / "a.jpg")
    for other in (
        print_of(picture.resize((200, 150)), tmp_path / "b.jpg"),
        print_of(picture, tmp_path / "c.jpg", quality=15),
        print_of(picture.point(lambda value: min(255, value * 0.8 + 30)), tmp_path / "d.jpg"),
        print_of(picture.filter(ImageFilter.GaussianBlur(3)), tmp_path / "e.jpg"),
    ):
        assert max(apart(original, other)) <= 6


def test_different_pictures_are_far(tmp_path: Path) -> None:
    prints = [print_of(scene(seed), tmp_path / "a.jpg") for seed in range(12)]
    near = [
        min(apart(one, other))
        for number, one in enumerate(prints)
        for other in prints[number + 1 :]
    ]
    assert min(near) >= 12


@pytest.mark.parametrize("turn", list(Image.Transpose))
def test_turned_and_mirrored_copies_are_found(tmp_path: Path, turn: Image.Transpose) -> None:
    picture = scene(3)
    copy = print_of(picture.transpose(turn), tmp_path / "a.jpg")
    picture.save(tmp_path / "b.jpg")
    prints = turned(tmp_path / "b.jpg")
    assert len(prints) == 8
    assert prints[0] == fingerprint(tmp_path / "b.jpg")
    assert int(distances(copy.dhash, [each.dhash for each in prints]).min()) <= 3
    assert apart(copy, prints[0])[0] > 10


def test_distances_count_bits() -> None:
    assert distances(0b1011, [0b1011, 0b1010, 0, 2**64 - 1]).tolist() == [0, 1, 3, 61]


def test_a_rendition_of_a_real_picture(shared_data: Path, tmp_path: Path) -> None:
    master = shared_data / "images" / "fortepan" / "58473.jpg"
    render(master, tmp_path, sizes=(320, 640))
    assert max(apart(fingerprint(tmp_path / "320.jpg"), fingerprint(tmp_path / "640.jpg"))) <= 3
    with pytest.raises(OSError, match="No such file"):
        fingerprint(tmp_path / "none.jpg")
