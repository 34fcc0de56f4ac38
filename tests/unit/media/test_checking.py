"""The technical check: what a file says of its scan, and what is seen of it."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from archive.media import checking, derivatives
from archive.media.probe import probe

DRAW = np.random.default_rng(1956)


def photograph(width: int, height: int) -> Image.Image:
    """Soft forms with edges and grain, in levels that clip nowhere."""
    forms = DRAW.integers(60, 200, (height // 40, width // 40), dtype=np.uint8)
    large = np.asarray(Image.fromarray(forms).resize((width, height), Image.Resampling.NEAREST))
    return Image.fromarray(
        (large + DRAW.normal(0, 6, (height, width))).clip(20, 235).astype("uint8")
    )


def checked(picture: Image.Image, folder: Path, **saved: object) -> checking.Check:
    master = folder / "scan.tif"
    picture.save(master, **saved)
    derivatives.render(master, folder / "made", pyramid_above=2048)
    return checking.check(probe(master), folder / "made")


def test_what_the_file_says_and_what_is_seen(tmp_path: Path) -> None:
    found = checked(photograph(2400, 1600), tmp_path, dpi=(600, 600))
    assert (found.format, found.width, found.bits, found.mode) == ("TIFF", 2400, 8, "L")
    assert found.ppi == pytest.approx(600)
    assert found.centimetres == pytest.approx((10.16, 6.773), abs=0.01)
    assert found.clipped == (0, 0)
    assert found.seems == "sharp"
    assert found.prints == ()


@pytest.mark.parametrize(("radius", "seems"), [(1.5, "soft"), (5, "blurred")])
def test_a_blurred_scan_is_told(tmp_path: Path, radius: float, seems: str) -> None:
    blurred = photograph(1200, 900).filter(ImageFilter.GaussianBlur(radius))
    assert checked(blurred, tmp_path).seems == seems


def test_shadows_and_lights_without_drawing(tmp_path: Path) -> None:
    levels = np.asarray(photograph(1000, 800)).copy()
    levels[:, :200], levels[:, 900:] = 0, 255
    dark, light = checked(Image.fromarray(levels), tmp_path).clipped or (0, 0)
    assert dark == pytest.approx(0.2, abs=0.01)
    assert light == pytest.approx(0.1, abs=0.01)


@pytest.mark.parametrize("lid", [250, 8])
@pytest.mark.parametrize("number", [1, 2, 5])
def test_several_prints_on_one_scan(tmp_path: Path, number: int, lid: int) -> None:
    bed = Image.new("L", (1800, 2400), lid)
    places = [(90, 100), (950, 100), (90, 880), (950, 880), (90, 1660)][:number]
    for place in places:
        turned = photograph(720, 560).rotate(1.5, expand=True, fillcolor=lid)
        bed.paste(turned, place)
    boxes = checked(bed, tmp_path).prints
    assert len(boxes) == (number if number > 1 else 0)
    for (left, top), box in zip(places, boxes, strict=False):
        assert box[:2] == pytest.approx((left / 18, top / 24), abs=2)
        assert box[2:] == pytest.approx((41, 24), abs=3)


def test_no_resolution_is_made_up(tmp_path: Path) -> None:
    assert checked(photograph(400, 300), tmp_path).ppi is None
    assert checked(photograph(400, 300), tmp_path, dpi=(72, 72)).ppi is None
    assert checked(photograph(400, 300), tmp_path, dpi=(72.009, 72.009)).ppi is None


def test_without_pictures_there_is_what_the_file_says(tmp_path: Path) -> None:
    photograph(400, 300).save(tmp_path / "scan.png")
    found = checking.check(probe(tmp_path / "scan.png"), tmp_path / "none")
    assert (found.width, found.clipped, found.sharpness, found.seems) == (400, None, None, "")


def test_no_real_picture_is_taken_for_several(shared_data: Path, tmp_path: Path) -> None:
    several = []
    for path in sorted((shared_data / "images" / "nyc-nypl").glob("*.jpg"))[:12]:
        with Image.open(path) as opened:
            opened.thumbnail((640, 640))
            grey = np.asarray(opened.convert("L"), dtype=np.float32)
        several += [path.name] if checking.prints(grey) else []
    assert several == []
