"""Prints cut from a master: exactly its pixels, whatever its depth, colours and orientation."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageOps
from pyvips import GValue
from pyvips import Image as Picture

from archive.media import parting
from archive.media.derivatives import DerivativeError
from archive.media.limits import Limits

DRAW = np.random.default_rng(7)
BOX = (11, 23, 40, 31)


def levels(path: Path) -> np.ndarray:
    return np.asarray(Picture.new_from_file(str(path)).numpy())


def part(whole: np.ndarray, box: parting.Box = BOX) -> np.ndarray:
    left, top, width, height = box
    return whole[top : top + height, left : left + width]


def noise(*shape: int) -> np.ndarray:
    return DRAW.integers(0, 256, shape, dtype=np.uint8)


def cut(master: Path, folder: Path, *boxes: parting.Box) -> list[Path]:
    return list(parting.cut(master, boxes or [BOX], folder, Limits()))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["jpg", "tif"])
def test_a_cut_is_a_part_of_the_upright_picture(
    tmp_path: Path, orientation: int, form: str
) -> None:
    master, exif = tmp_path / f"scan.{form}", Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(noise(90, 120, 3)).save(master, exif=exif)
    upright = tmp_path / "upright.png"
    ImageOps.exif_transpose(Image.open(master)).save(upright)
    (made,) = cut(master, tmp_path)
    assert np.array_equal(levels(made), part(levels(upright)))


def test_depth_colours_profile_and_resolution_stay(tmp_path: Path) -> None:
    deep = DRAW.integers(0, 65536, (90, 120, 3), dtype=np.uint16)
    picture = Picture.new_from_array(deep).copy(interpretation="rgb16", xres=23.62, yres=23.62)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = picture.copy()
    picture.set_type(GValue.blob_type, "icc-profile-data", profile)
    picture.tiffsave(str(tmp_path / "deep.tif"))
    (made,) = cut(tmp_path / "deep.tif", tmp_path)
    found = Picture.new_from_file(str(made))
    assert found.format == "ushort"
    assert np.array_equal(found.numpy(), part(deep))
    assert bytes(found.get("icc-profile-data")) == profile
    assert found.xres == pytest.approx(23.62, abs=0.01)
    inks = noise(90, 120, 4)
    Image.fromarray(inks, "CMYK").save(tmp_path / "inks.tif")
    (made,) = cut(tmp_path / "inks.tif", tmp_path)
    assert np.array_equal(levels(made), part(inks))


def test_the_same_box_is_the_same_file_and_several_are_cut_at_once(tmp_path: Path) -> None:
    master, whole = tmp_path / "scan.png", noise(90, 120)
    Image.fromarray(whole).save(master)
    first = [path.read_bytes() for path in cut(master, tmp_path, BOX, (0, 0, 120, 90))]
    assert np.array_equal(levels(tmp_path / "1.tif"), whole)
    again = tmp_path / "again"
    again.mkdir()
    assert [path.read_bytes() for path in cut(master, again, BOX, (0, 0, 120, 90))] == first


def test_shares_become_pixels_that_hold_all_of_them() -> None:
    assert parting.pixels((0, 0, 100, 100), 333, 77) == (0, 0, 333, 77)
    assert parting.pixels((10.1, 0.4, 50, 99.6), 1000, 500) == (101, 2, 500, 498)
    assert parting.pixels((99.9, 99.9, 5, 5), 1000, 1000) == (999, 999, 1, 1)


def test_what_cannot_be_cut_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n nothing")
    with pytest.raises(DerivativeError, match=r"\.$"):
        cut(tmp_path / "scan.png", tmp_path)
    Image.fromarray(noise(90, 120)).save(tmp_path / "whole.png")
    with pytest.raises(DerivativeError, match=r"\.$"):
        cut(tmp_path / "whole.png", tmp_path, (100, 0, 50, 50))
