"""Renditions and delivery copies: sizes, colours, orientation, refusals."""

import io
import random
from base64 import b64decode
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
import pyvips
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from archive.media.derivatives import DerivativeError, deliver, render
from archive.media.limits import Limits
from archive.media.probe import probe
from archive.media.thumbhash import thumbhash
from tests.unit.media import builders as b

RED, BLUE, PAPER = (200, 40, 40), (30, 40, 200), (255, 255, 255)


@pytest.fixture
def master(tmp_path: Path):
    """A master on disk, made of bytes."""

    def written(data: bytes) -> Path:
        path = tmp_path / "master"
        path.write_bytes(data)
        return path

    return written


def corners(size: tuple[int, int] = (120, 80)) -> Image.Image:
    """Blue, with a red quarter at the top left."""
    picture = Image.new("RGB", size, BLUE)
    picture.paste(RED, (0, 0, size[0] // 2, size[1] // 2))
    return picture


def pixel(path: Path, across: float, down: float) -> tuple[int, ...]:
    with Image.open(path) as picture:
        rgb = picture.convert("RGB")
        return rgb.getpixel((int(across * rgb.width), int(down * rgb.height)))


def near(one: tuple[int, ...], other: tuple[int, ...], by: int = 12) -> bool:
    return all(abs(left - right) <= by for left, right in zip(one, other, strict=True))


def test_sizes_are_longest_sides_and_names(master, tmp_path: Path) -> None:
    made = render(master(b.saved(b.drawing(1500, 1000), "JPEG")), tmp_path / "out")
    assert (made.width, made.height, made.sizes) == (1500, 1000, (320, 640, 1024, 1500))
    for size in made.sizes:
        with Image.open(tmp_path / "out" / f"{size}.jpg") as picture:
            assert picture.format == "JPEG"
            assert max(picture.size) == size
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "1024.jpg", "1500.jpg", "320.jpg", "640.jpg",
    ]  # fmt: skip


def test_a_small_picture_is_never_enlarged(master, tmp_path: Path) -> None:
    made = render(master(b.saved(b.drawing(200, 300), "PNG")), tmp_path / "out")
    assert (made.width, made.height, made.sizes) == (200, 300, (300,))


def test_a_large_jpeg_is_shrunk_while_it_is_read(master, tmp_path: Path) -> None:
    picture = corners((3000, 2000))
    made = render(master(b.saved(picture, "JPEG")), tmp_path / "out", sizes=(160, 320))
    assert (made.width, made.height, made.sizes) == (3000, 2000, (160, 320))
    assert near(pixel(tmp_path / "out" / "160.jpg", 0.2, 0.2), RED)
    assert near(pixel(tmp_path / "out" / "320.jpg", 0.8, 0.8), BLUE)


TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(master, tmp_path: Path, orientation: int) -> None:
    stored = corners()
    if orientation > 1:
        stored = stored.transpose(TURNS[orientation])
    tags = Image.Exif()
    tags[0x0112] = orientation
    path = master(b.saved(stored, "JPEG", exif=tags, quality=95))
    made = render(path, tmp_path / "out")
    assert (made.width, made.height) == (120, 80)
    assert near(pixel(tmp_path / "out" / "120.jpg", 0.25, 0.25), RED)
    assert near(pixel(tmp_path / "out" / "120.jpg", 0.75, 0.75), BLUE)
    assert deliver(path, tmp_path / "delivered.jpg") == (120, 80)
    assert near(pixel(tmp_path / "delivered.jpg", 0.25, 0.25), RED)
    render(path, tmp_path / "tiled", pyramid_above=100)
    assert near(pixel(tmp_path / "tiled" / "pyramid.tif", 0.25, 0.25), RED)
    assert near(pixel(tmp_path / "tiled" / "120.jpg", 0.75, 0.75), BLUE)


def heic(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(picture).save(out, quality=95)
    return out.getvalue()


KINDS = {
    "jpeg": lambda: b.saved(corners(), "JPEG", quality=95),
    "progressive jpeg": lambda: b.saved(corners(), "JPEG", quality=95, progressive=True),
    "cmyk jpeg": lambda: b.saved(corners().convert("CMYK"), "JPEG", quality=95),
    "cmyk tiff": lambda: b.saved(corners().convert("CMYK"), "TIFF"),
    "lzw tiff": lambda: b.saved(corners(), "TIFF", compression="tiff_lzw"),
    "big tiff": lambda: b.saved(corners(), "TIFF", big_tiff=True),
    "png": lambda: b.saved(corners(), "PNG"),
    "palette png": lambda: b.saved(corners().quantize(4), "PNG"),
    "webp": lambda: b.saved(corners(), "WEBP", quality=95),
    "avif": lambda: b.saved(corners(), "AVIF", quality=95),
    "gif": lambda: b.saved(corners().quantize(4), "GIF"),
    "jp2": lambda: b.saved(corners(), "JPEG2000"),
    "heic": lambda: heic(corners()),
}


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_accepted_format_gives_its_colours(master, tmp_path: Path, kind: str) -> None:
    path = master(KINDS[kind]())
    assert probe(path).ok
    made = render(path, tmp_path / "out")
    assert (made.width, made.height, made.sizes) == (120, 80, (120,))
    # CMYK without a profile goes through a press profile, which dulls the blue.
    by = 85 if kind.startswith("cmyk") else 12
    assert near(pixel(tmp_path / "out" / "120.jpg", 0.25, 0.25), RED, by)
    assert near(pixel(tmp_path / "out" / "120.jpg", 0.75, 0.75), BLUE, by)


def test_a_photoshop_file(master, tmp_path: Path) -> None:
    made = render(master(b.psd()), tmp_path / "out")
    assert (made.width, made.height) == (64, 48)


def test_transparency_lies_on_white_paper(master, tmp_path: Path) -> None:
    picture = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    picture.paste((*RED, 255), (0, 0, 30, 40))
    render(master(b.saved(picture, "PNG")), tmp_path / "out")
    assert near(pixel(tmp_path / "out" / "60.jpg", 0.2, 0.5), RED)
    assert near(pixel(tmp_path / "out" / "60.jpg", 0.9, 0.5), PAPER)


@pytest.mark.parametrize("format_", ["PNG", "TIFF"])
def test_sixteen_bits_of_grey(master, tmp_path: Path, format_: str) -> None:
    picture = Image.new("I;16", (60, 40), 128 * 257)
    render(master(b.saved(picture, format_)), tmp_path / "out")
    assert near(pixel(tmp_path / "out" / "60.jpg", 0.5, 0.5), (128, 128, 128), 2)
    with Image.open(tmp_path / "out" / "60.jpg") as made:
        assert made.mode == "L"


def test_sixteen_bits_of_colour(master, tmp_path: Path) -> None:
    deep = pyvips.Image.new_from_array(np.asarray(corners())).cast("ushort") * 257
    path = tmp_path / "deep.tif"
    deep.cast("ushort").copy(interpretation="rgb16").tiffsave(str(path))
    assert probe(path).bits == 16
    render(path, tmp_path / "out")
    assert near(pixel(tmp_path / "out" / "120.jpg", 0.25, 0.25), RED)


def test_black_and_white(master, tmp_path: Path) -> None:
    picture = Image.new("1", (64, 64), 1)
    picture.paste(0, (0, 0, 32, 64))
    render(master(b.saved(picture, "TIFF", compression="group4")), tmp_path / "out")
    assert near(pixel(tmp_path / "out" / "64.jpg", 0.2, 0.5), (0, 0, 0))
    assert near(pixel(tmp_path / "out" / "64.jpg", 0.8, 0.5), PAPER)


def test_a_wide_colour_profile_is_converted(tmp_path: Path) -> None:
    picture = pyvips.Image.new_from_array(np.asarray(corners())).copy(interpretation="srgb")
    path = tmp_path / "wide.jpg"
    picture.icc_transform("p3", input_profile="srgb").jpegsave(str(path), Q=97, profile="p3")
    assert not near(pixel(path, 0.25, 0.25), RED, 10)
    render(path, tmp_path / "out")
    assert near(pixel(tmp_path / "out" / "120.jpg", 0.25, 0.25), RED, 6)


def test_renditions_say_nothing_of_their_origin(master, tmp_path: Path) -> None:
    data = b.jpeg(
        b.exif(b.tiff_block(b.ascii_tag(0x010E, b"A secret"))),
        b.xmp(b.packet(b.alternatives("dc:title", x_default="A secret"))),
        b.iptc((2, 120, b"A secret")),
        picture=corners(),
    )
    render(master(data), tmp_path / "out")
    deliver(master(data), tmp_path / "delivered.jpg")
    for path in (tmp_path / "out" / "120.jpg", tmp_path / "delivered.jpg"):
        assert b"secret" not in path.read_bytes()
        assert not probe(path).xmp


@pytest.mark.parametrize("format_", ["jpeg", "tiff"])
def test_a_delivery_copy_is_full_size_and_srgb(master, tmp_path: Path, format_: str) -> None:
    out = tmp_path / "delivered"
    path = master(b.saved(corners((900, 600)), "PNG"))
    assert deliver(path, out, format=format_) == (900, 600)
    found = probe(out)
    assert (found.format, found.width) == (format_.upper(), 900)
    assert (found.icc or "").startswith("sRGB")
    assert near(pixel(out, 0.25, 0.25), RED, 4)
    assert deliver(path, out, long_edge=300, format=format_) == (300, 200)
    assert deliver(path, out, long_edge=5000, format=format_) == (900, 600)


def test_a_grey_delivery_copy_has_three_channels_for_its_profile(master, tmp_path: Path) -> None:
    deliver(master(b.saved(b.drawing(mode="L"), "JPEG")), tmp_path / "delivered.jpg")
    assert probe(tmp_path / "delivered.jpg").mode == "RGB"


# --- what cannot be made ---

DAMAGED = [
    b.jpeg(picture=b.drawing(40, 30)),
    b.saved(b.drawing(40, 30), "TIFF", compression="tiff_lzw"),
    b.saved(b.drawing(40, 30), "WEBP"),
    b.saved(b.drawing(40, 30), "AVIF"),
    b.saved(b.drawing(40, 30), "JPEG2000"),
    b.psd(),
]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b.saved(b.drawing(400, 300), "JPEG")[:3000],
        b.saved(b.drawing(400, 300), "PNG")[:3000],
        b.png(width=40_000, height=40_000),
        b.saved(b.drawing(400, 300), "JPEG2000")[:900],
        b.jpeg()[:20] + b"\x00" * 400,
    ],
)
def test_what_cannot_be_read_gives_a_sentence_and_leaves_nothing(
    master, tmp_path: Path, data: bytes
) -> None:
    path = master(data)
    with pytest.raises(DerivativeError, match=r"\w"):
        render(path, tmp_path / "out")
    with pytest.raises(DerivativeError):
        deliver(path, tmp_path / "delivered.jpg")
    with pytest.raises(DerivativeError):
        render(path, tmp_path / "tiled", pyramid_above=10)
    left = [found.name for found in tmp_path.rglob("*") if found.is_file()]
    assert left == ["master"]


def test_a_missing_master_gives_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DerivativeError, match="No such file"):
        render(tmp_path / "none", tmp_path / "out")


def test_dimensions_are_checked_before_decoding(master, tmp_path: Path) -> None:
    path = master(b.png(width=30_000, height=20_000))
    with pytest.raises(DerivativeError, match="30000 × 20000"):
        render(path, tmp_path / "out", limits=Limits())
    with pytest.raises(DerivativeError, match="64 × 48"):
        render(master(b.jpeg()), tmp_path / "out", limits=Limits(pixels=100))


def test_every_real_picture_that_is_accepted_can_be_shown(
    shared_data: Path, tmp_path: Path
) -> None:
    folders = ("pillow-formats", "exiv2-iptc-xmp", "orientation")
    paths = [p for name in folders for p in sorted((shared_data / "images" / name).iterdir())]
    for number, path in enumerate(paths):
        if probe(path).ok:
            made = render(path, tmp_path / str(number), sizes=(160,))
            assert (tmp_path / str(number) / f"{made.sizes[0]}.jpg").stat().st_size > 100
            assert 5 <= len(b64decode(made.thumbhash)) <= 30


# --- the thumbhash ---


def colour_of(hash_: str) -> tuple[int, ...]:
    """The mean colour that a thumbhash keeps in its first three bytes."""
    head = int.from_bytes(b64decode(hash_)[:3], "little")
    light, first, second = head & 63, head >> 6 & 63, head >> 12 & 63
    bright, yellow, redder = light / 63, first / 31.5 - 1, second / 31.5 - 1
    blue = bright - 2 / 3 * yellow
    red = (3 * bright - blue + redder) / 2
    return tuple(round(255 * value) for value in (red, red - redder, blue))


@pytest.mark.parametrize("colour", [RED, BLUE, (128, 128, 128), (250, 240, 220), (5, 5, 5)])
def test_a_thumbhash_keeps_the_mean_colour(colour: tuple[int, int, int]) -> None:
    plain = np.full((60, 90, 3), colour, dtype=np.uint8)
    assert near(colour_of(thumbhash(plain)), colour, 8)


def test_a_thumbhash_knows_the_shape_and_the_picture() -> None:
    wide, tall = (np.asarray(corners(size)) for size in ((90, 60), (60, 90)))
    assert int.from_bytes(b64decode(thumbhash(wide))[3:5], "little") >> 15 == 1
    assert int.from_bytes(b64decode(thumbhash(tall))[3:5], "little") >> 15 == 0
    assert thumbhash(wide) == thumbhash(wide.copy())
    assert thumbhash(wide) != thumbhash(wide[:, ::-1])
    with pytest.raises(ValueError, match="at most 100"):
        thumbhash(np.zeros((200, 100, 3), dtype=np.uint8))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5), st.integers(0, 2**32))
def test_no_damage_raises_anything_but_a_sentence(tmp_path_factory, which: int, seed: int) -> None:
    draw = random.Random(seed)
    data = bytearray(DAMAGED[which])
    for _ in range(draw.randint(1, 8)):
        data[draw.randrange(len(data))] = draw.randrange(256)
    folder = tmp_path_factory.getbasetemp()
    (folder / "damaged").write_bytes(data)
    try:
        said = str(render(folder / "damaged", folder / "made", limits=Limits(pixels=10**7)).sizes)
    except DerivativeError as error:
        said = str(error)
    assert said
