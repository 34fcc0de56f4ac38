"""Regions cut on request beside the same cut of the whole picture, made the long way."""

from pathlib import Path

import numpy as np
import pytest
import pyvips
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from archive.media import cutting, pyramid
from archive.media.iiif import Cut, Malformed, Shown, asked
from archive.media.tiles import Pyramid

WIDTH, HEIGHT = 1501, 1003


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pyramid, Image.Image]:
    """A pyramid of soft forms, and the picture it was made of."""
    draw = np.random.default_rng(1956)
    forms = Image.fromarray(draw.integers(0, 256, (14, 20, 3), dtype=np.uint8))
    whole = forms.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    path = tmp_path_factory.mktemp("source") / "p.tif"
    picture = pyvips.Image.new_from_array(np.asarray(whole))
    pyramid.write(picture.copy(interpretation="srgb"), path)
    return Pyramid(path), whole


regions = st.one_of(
    st.sampled_from(["full", "square"]),
    st.builds(
        "{},{},{},{}".format,
        st.integers(0, 1490), st.integers(0, 990), st.integers(20, 1600), st.integers(20, 1100),
    ),
)  # fmt: skip
sizes = st.one_of(
    st.just("max"),
    st.builds("^{},".format, st.integers(30, 700)),
    st.builds("^{},{}".format, st.integers(30, 700), st.integers(30, 700)),
    st.builds("pct:{}".format, st.integers(10, 100)),
)


@given(region=regions, size=sizes, rotation=st.sampled_from(["0", "!0", "90", "!180", "270"]))
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
def test_a_cut_is_the_same_part_of_the_picture(
    source: tuple[Pyramid, Image.Image], tmp_path: Path, region: str, size: str, rotation: str
) -> None:
    found, whole = source
    try:
        cut = asked("3", Shown(WIDTH, HEIGHT, 2000), region, size, rotation, "default", "png")
    except Malformed:
        return
    cutting.write(found, cut, tmp_path / "cut.png")
    with Image.open(tmp_path / "cut.png") as made:
        wanted = the_long_way(whole, cut)
        assert made.size == wanted.size
        difference = np.abs(np.asarray(made, dtype=int) - np.asarray(wanted, dtype=int))
        assert difference.mean() < 6


def the_long_way(whole: Image.Image, cut: Cut) -> Image.Image:
    """The same cut by another library, from the picture itself."""
    left, top, width, height = cut.box
    part = whole.crop((left, top, left + width, top + height))
    part = part.resize(cut.size, Image.Resampling.LANCZOS)
    if cut.mirrored:
        part = part.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return part.rotate(-cut.turned, expand=True)


def test_grey_and_bitonal_pictures(source: tuple[Pyramid, Image.Image], tmp_path: Path) -> None:
    for quality, shades in (("gray", 50), ("bitonal", 2)):
        cut = asked("3", Shown(WIDTH, HEIGHT, 2000), "full", "200,", "0", quality, "png")
        cutting.write(source[0], cut, tmp_path / "cut.png")
        with Image.open(tmp_path / "cut.png") as made:
            assert made.mode in ("L", "1")
            found = np.unique(np.asarray(made.convert("L")))
            assert len(found) == shades if shades == 2 else len(found) > shades
