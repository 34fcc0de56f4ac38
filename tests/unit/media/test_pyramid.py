"""Pyramids: made in the reading that makes the renditions, read again without decoding."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from math import ceil
from pathlib import Path

import numpy as np
import pytest
import pyvips
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from archive.media import cutting, pyramid
from archive.media.derivatives import PYRAMID, render
from archive.media.tiles import NotPyramid, Pyramid, opened
from tests.unit.media import builders as b

TILE = 512


@pytest.fixture
def made(tmp_path: Path):
    """Renders a master made of bytes; returns its pyramid."""

    def render_one(data: bytes, **options: int) -> Pyramid:
        master = tmp_path / "master"
        master.write_bytes(data)
        render(master, tmp_path / "out", **{"pyramid_above": 100, **options})
        return Pyramid(tmp_path / "out" / PYRAMID)

    return render_one


def places(found: Pyramid) -> Iterator[tuple[int, int, int, tuple[int, int]]]:
    """Every tile that a viewer asks for, with the size it must have (Image API 3.0, tiles)."""
    for level in range(len(found.levels)):
        across, down = ceil(found.width / 2**level), ceil(found.height / 2**level)
        for column in range(ceil(across / found.tile)):
            for row in range(ceil(down / found.tile)):
                left, top = column * found.tile, row * found.tile
                yield (
                    level,
                    column,
                    row,
                    (
                        min(found.tile, across - left),
                        min(found.tile, down - top),
                    ),
                )


def decoded(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        assert picture.format == "JPEG"
        return picture


def gradient(width: int, height: int) -> pyvips.Image:
    """Red grows to the right, green downwards: every place has its own colour."""
    place = pyvips.Image.xyz(width, height)
    red, green = place[0] * (255 / width), place[1] * (255 / height)
    picture = red.bandjoin([green, green * 0 + 60]).cast("uchar")
    return picture.copy(interpretation="srgb")


@pytest.mark.parametrize("size", [(1537, 1025), (1024, 512), (1100, 90), (513, 2049), (400, 300)])
def test_every_tile_a_viewer_asks_for_is_a_jpeg_of_its_place(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    pyramid.write(gradient(*size), tmp_path / "p.tif")
    found = Pyramid(tmp_path / "p.tif")
    assert (found.width, found.height) == size
    for level, column, row, wanted in places(found):
        tile = decoded(found.jpeg(level, column, row)).convert("RGB")
        assert tile.size == wanted
        step = 2**level
        across = (column * TILE + wanted[0] / 2) * step * 255 / size[0]
        down = (row * TILE + wanted[1] / 2) * step * 255 / size[1]
        red, green, blue = tile.getpixel((wanted[0] // 2, wanted[1] // 2))
        assert abs(red - across) < 5 + 255 * step / size[0]
        assert abs(green - down) < 5 + 255 * step / size[1]
        assert abs(blue - 60) < 6


@given(width=st.integers(1, 700), height=st.integers(1, 700))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_shape_has_all_its_tiles(tmp_path: Path, width: int, height: int) -> None:
    pyramid.write(gradient(width, height), tmp_path / "p.tif")
    found = Pyramid(tmp_path / "p.tif")
    sizes = [decoded(found.jpeg(*place[:3])).size == place[3] for place in places(found)]
    assert sizes
    assert all(sizes)


def test_what_no_viewer_asks_for_is_not_there(tmp_path: Path) -> None:
    pyramid.write(gradient(600, 600), tmp_path / "p.tif")
    with pytest.raises(KeyError):
        Pyramid(tmp_path / "p.tif").jpeg(0, 2, 0)


def test_other_programs_read_it_as_a_tiled_tiff(made, tmp_path: Path) -> None:
    found = made(b.saved(b.drawing(2000, 1500), "JPEG"))
    top = pyvips.Image.tiffload(str(found.path))
    pages = [pyvips.Image.tiffload(str(found.path), page=n) for n in range(top.get("n-pages"))]
    assert [(page.width, page.height) for page in pages] == [(2000, 1500), (1000, 750), (500, 375)]
    assert [page.avg() > 20 for page in pages] == [True] * len(found.levels)
    with Image.open(found.path) as picture:
        assert (picture.tag_v2[322], picture.tag_v2[323], picture.tag_v2[259]) == (TILE, TILE, 7)


KINDS = {
    "grey of 16 bits": lambda: deep_grey(),
    "cmyk": lambda: b.saved(b.drawing(900, 700).convert("CMYK"), "TIFF"),
    "with a hole": lambda: b.saved(b.drawing(900, 700, "RGBA"), "PNG"),
    "grey": lambda: b.saved(b.drawing(900, 700, "L"), "PNG"),
    "bitonal": lambda: b.saved(b.drawing(900, 700).convert("1"), "PNG"),
}


def deep_grey() -> bytes:
    ramp = np.linspace(0, 65535, 900 * 700).reshape(700, 900).astype(np.uint16)
    return b.saved(Image.fromarray(ramp), "TIFF")


@pytest.mark.parametrize("kind", KINDS)
def test_masters_of_every_depth_become_tiles_of_eight_bits(made, kind: str) -> None:
    found = made(KINDS[kind]())
    assert (found.width, found.height) == (900, 700)
    tile = decoded(found.jpeg(0, 0, 0))
    assert tile.mode in ("L", "RGB")
    overview = np.asarray(decoded(found.jpeg(len(found.levels) - 1, 0, 0)).convert("L"))
    assert overview.std() > 10


def test_a_large_master_that_lies_on_its_side_is_turned(made) -> None:
    picture = Image.new("RGB", (4400, 4000), (30, 40, 200))
    picture.paste((200, 40, 40), (0, 0, 2200, 2000))
    tags = Image.Exif()
    tags[0x0112] = 6
    found = made(b.saved(picture, "JPEG", exif=tags))
    assert (found.width, found.height) == (4000, 4400)
    corner = decoded(found.jpeg(0, 7, 0)).getpixel((100, 100))
    assert corner[0] > 180 > 60 > corner[2]
    assert sorted(path.name for path in found.path.parent.iterdir()) == [
        "1024.jpg", "2048.jpg", "320.jpg", "640.jpg", PYRAMID,
    ]  # fmt: skip


def test_small_pictures_get_none(made, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        made(b.saved(b.drawing(300, 200), "JPEG"), pyramid_above=300)
    assert (tmp_path / "out" / "300.jpg").exists()


def test_a_hundred_megapixels_are_never_held_in_memory(tmp_path: Path) -> None:
    pyvips.Image.black(12_500, 8_000, bands=3).jpegsave(str(tmp_path / "master"), Q=90)
    program = (
        "import json, re, sys; from pathlib import Path;"
        "from archive.media.derivatives import render;"
        "made = render(Path(sys.argv[1]), Path(sys.argv[2]), pyramid_above=2048);"
        "status = Path('/proc/self/status').read_text();"
        "most = int(re.search(r'VmHWM:\\s+(\\d+)', status)[1]) // 1024;"
        "print(json.dumps([made.width, made.height, most]))"
    )
    arguments = [sys.executable, "-c", program, str(tmp_path / "master"), str(tmp_path / "out")]
    ran = subprocess.run(arguments, capture_output=True, text=True, check=True)
    width, height, most_mib = json.loads(ran.stdout)
    assert (width, height) == (12_500, 8_000)
    assert most_mib < 286, "the pixels alone are 286 MiB"
    assert Pyramid(tmp_path / "out" / PYRAMID).jpeg(0, 24, 15)


@pytest.mark.parametrize("keep", [0, 7, 4000, -1, -30])
def test_a_cut_off_pyramid_is_refused_when_it_is_opened(tmp_path: Path, keep: int) -> None:
    whole = tmp_path / "p.tif"
    pyramid.write(gradient(700, 600), whole)
    whole.write_bytes(whole.read_bytes()[:keep])
    with pytest.raises(NotPyramid):
        Pyramid(whole)


def test_other_files_are_refused(tmp_path: Path) -> None:
    for number, data in enumerate(
        (b.saved(b.drawing(900, 700), "TIFF"), b.saved(b.drawing(), "JPEG"))
    ):
        path = tmp_path / str(number)
        path.write_bytes(data)
        with pytest.raises(NotPyramid):
            Pyramid(path)


def test_a_pyramid_made_anew_is_opened_anew(tmp_path: Path) -> None:
    path = tmp_path / "p.tif"
    pyramid.write(gradient(700, 600), path)
    assert opened(path) is opened(path)
    assert opened(path).width == 700
    pyramid.write(gradient(800, 600), path)
    assert opened(path).width == 800


def test_a_smaller_picture_is_a_pyramid_of_its_own(tmp_path: Path) -> None:
    pyramid.write(gradient(3000, 2000), tmp_path / "p.tif")
    cutting.reduce(tmp_path / "p.tif", 1200, tmp_path / "reduced.tif")
    found = Pyramid(tmp_path / "reduced.tif")
    assert (found.width, found.height) == (1200, 800)
    red, green, _blue = decoded(found.jpeg(0, 1, 1)).getpixel((100, 100))
    assert abs(red - 612 * 255 / 1200) < 8
    assert abs(green - 612 * 255 / 800) < 8


def test_what_a_killed_process_left_half_written_goes(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = tmp_path / f".p.tif.{dead.pid}-1.tmp"
    left.write_bytes(b"half")
    pyramid.write(gradient(300, 200), tmp_path / "p.tif")
    assert [path.name for path in tmp_path.iterdir()] == ["p.tif"]
