"""Paper, ink and the pull of the press: from two cut plates to a printed sheet.

The sheet's margin always carries SPECIMEN and the number; no sheet is made without it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from archive.demo.drawings.block import BLACK, WASH, Block, Ink
from archive.demo.drawings.letters import cut_text

SIDE, TOP, FOOT = 62.0, 62.0, 112.0
INK_BLACK = (30, 26, 24)
RED, SLATE, OCHRE, GREEN = (163, 52, 38), (97, 118, 136), (205, 156, 72), (126, 140, 108)
PAPER_TONE = (240, 232, 214)


@dataclass(frozen=True)
class Sheet:
    """The size of a sheet in units and its second ink."""

    width: float
    height: float
    colour: tuple[int, int, int]

    @property
    def block_size(self) -> tuple[float, float]:
        """Width and height of the block inside the margins, in units."""
        return self.width - 2 * SIDE, self.height - TOP - FOOT


def pull(block: Block, sheet: Sheet, number: int) -> Image.Image:
    """Print the block on the sheet, with its margin, as an RGB picture."""
    printed = Block(sheet.width, sheet.height, block.scale, block.seed + 9000)
    corner = (round(SIDE * block.fine), round(TOP * block.fine))
    nudge = block.rng.uniform(-2.6, 2.6, 2) * block.fine
    printed.key.paste(block.key, corner)
    printed.tint.paste(block.tint, (corner[0] + round(nudge[0]), corner[1] + round(nudge[1])))
    _label(printed, number)
    return _ink(printed, sheet)


def _label(printed: Block, number: int) -> None:
    base, left = printed.height - 44, SIDE
    black: Ink = BLACK
    for glyph in cut_text(printed.rng, "SPECIMEN", left, base, 38):
        printed.shape(glyph, black, rough=0.7)
    text = f"{number:02d}"
    for glyph in cut_text(printed.rng, text, printed.width - SIDE - 62, base, 38):
        printed.shape(glyph, WASH, rough=0.7)


def _ink(printed: Block, sheet: Sheet) -> Image.Image:
    size = (round(sheet.width * printed.scale), round(sheet.height * printed.scale))
    paper = _paper(printed, size)
    tinted = ImageChops.multiply(paper, Image.new("RGB", size, sheet.colour))
    whole = Image.composite(tinted, paper, _coverage(printed, printed.tint, size, layer=30))
    key = _coverage(printed, printed.key, size, layer=20)
    return Image.composite(Image.new("RGB", size, INK_BLACK), whole, key)


def _paper(printed: Block, size: tuple[int, int]) -> Image.Image:
    cloud = printed.noise(420, 1.0, 40) * np.float32(0.035)
    fibre = printed.noise(3, 5.0, 41) + printed.noise(3, 0.4, 42)
    shade = cloud + fibre * np.float32(0.032) + np.float32(0.95)
    grey = Image.fromarray((np.minimum(shade, 1.04) * np.float32(245)).astype(np.uint8))
    bands = [
        grey.point([min(255, round(v * tone / 245)) for v in range(256)]) for tone in PAPER_TONE
    ]
    return Image.merge("RGB", bands).resize(size)


def _coverage(printed: Block, plate: Image.Image, size: tuple[int, int], layer: int) -> Image.Image:
    """How much ink the paper took: soft-edged, flecked, thinner where the roller was dry."""
    small = plate.resize(size, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.7))
    amount = np.asarray(small, np.float32) / np.float32(255)
    amount += np.float32(0.22) * printed.noise(4, 1.0, layer) - np.float32(0.11)
    solid = np.clip(amount * 4 - np.float32(1.5), 0, 1)
    dry = printed.noise(310, 1.3, layer + 1)
    fleck = printed.noise(2.5, 1.0, layer + 2) * np.float32(0.75)
    fleck += printed.noise(7, 1.0, layer + 3) * np.float32(0.25) + np.float32(0.10) * dry
    holes = np.clip((fleck - np.float32(0.88)) * 9, 0, np.float32(0.85))
    body = (
        np.float32(1.0)
        - np.float32(0.08) * dry
        - np.float32(0.06) * printed.noise(9, 1.0, layer + 4)
    )
    return Image.fromarray((solid * body * (1 - holes) * 255).astype(np.uint8))
