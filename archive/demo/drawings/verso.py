"""The back of a print: aged paper, typed caption, pencil, and the SPECIMEN stamp.

The stamp is that of the invented "Pillanat mintaarchívum"; no real owner's mark is imitated.
"""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from archive.demo.backs import Back
from archive.demo.drawings.block import Block, box, curve, ellipse
from archive.demo.drawings.fields import Array
from archive.demo.drawings.letters import cut_text, text_width
from archive.demo.drawings.typewriter import CELL, LINE, letter_strokes, type_line

AGED, TYPED, GRAPHITE, STAMP = (231, 217, 186), (46, 42, 48), (104, 100, 98), (110, 60, 104)
UPPER, LOWER = "PILLANAT MINTAARCHÍVUM", "NEM FÉNYKÉP"


def draw_back(back: Back, width: float, height: float, scale: float) -> Image.Image:
    """The back of a sheet of the given units, printed at `scale` pixels a unit."""
    block = Block(width, height, scale, 56000 + back.number)
    size = (round(width * scale), round(height * scale))
    sheet = _aged_paper(block, size)
    for draw, colour, wear in (
        (_pencil, GRAPHITE, 0.5),
        (_typed, TYPED, 0.34),
        (_stamp, STAMP, 0.72),
    ):
        layer = Block(width, height, scale, 57000 + back.number)
        draw(layer, back)
        sheet = _print(sheet, layer, colour, wear)
    return sheet


def _print(
    sheet: Image.Image, layer: Block, colour: tuple[int, int, int], wear: float
) -> Image.Image:
    """Lay one ink on the sheet, worn by `wear` (0 even, 1 patchy)."""
    small = layer.key.resize(sheet.size, Image.Resampling.BOX).filter(
        ImageFilter.GaussianBlur(0.6 * layer.scale)
    )
    amount = np.asarray(small, np.float32) / 255
    patchy = 0.6 * layer.noise(5, 1.0, 2) + 0.4 * layer.noise(60, 1.0, 3)
    kept = np.clip(1.25 - wear * 1.5 * patchy - wear * 0.25, 0, 1)
    mask = Image.fromarray((np.clip(amount, 0, 1) * kept * 235).astype(np.uint8))
    ink = ImageChops.multiply(sheet, Image.new("RGB", sheet.size, colour))
    return Image.composite(ink, sheet, mask)


def _aged_paper(block: Block, size: tuple[int, int]) -> Image.Image:
    x = np.linspace(-1, 1, size[0], dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, size[1], dtype=np.float32)[:, None]
    edge = np.maximum(np.abs(x), np.abs(y)) ** 10 * 0.13
    fibre = block.noise(3, 4.0, 1) * 0.035 + block.noise(2.5, 0.5, 2) * 0.03
    stain = np.clip(block.noise(260, 1.2, 3) - 0.62, 0, 1) * 0.22
    fox = np.clip(block.noise(15, 1.0, 4) - 0.95, 0, 1) * 2.4 * (block.noise(300, 1.0, 5) > 0.45)
    shade = 1.01 - edge - fibre - stain - np.minimum(fox, 0.25)
    shade -= _creases(block, x, y)
    bands = [
        shade * tone * (1 - extra * (edge + stain + fox * 0.5))
        for tone, extra in zip(AGED, (0.0, 0.35, 0.9), strict=True)
    ]
    return Image.fromarray(np.clip(np.stack(bands, axis=-1), 0, 255).astype(np.uint8))


def _creases(block: Block, x: Array, y: Array) -> Array:
    corner = block.rng.uniform(1.45, 1.6)
    fold = np.abs(x * block.rng.choice([-1, 1]) + y - corner)
    line = np.exp(-((fold / 0.004) ** 2)) * 0.2 + np.clip(0.03 - fold, 0, 1) * 1.2
    return np.asarray(line, np.float32)


def _typed(block: Block, back: Back) -> None:
    longest = max(len(line) for line in back.lines)
    unit = min(block.width * 0.74 / (longest * CELL), 3.8)
    left, top = block.width * 0.1, block.height * (0.2 if block.width > block.height else 0.14)
    for row, line in enumerate(back.lines):
        type_line(
            block, line, left + block.rng.normal(0, 0.8), top + row * LINE * unit * 1.12, unit
        )


def _pencil(block: Block, back: Back) -> None:
    unit, left, base = 11.0, block.width * 0.08, block.height * 0.9
    for column, letter in enumerate(back.pencil):
        if letter == " ":
            continue
        for stroke in letter_strokes(letter):
            slant = stroke[:, 0] + stroke[:, 1] * 0.3 + block.rng.normal(0, 0.1, len(stroke))
            path = np.column_stack(
                [left + unit * (column * 5.6 + slant), base - unit * stroke[:, 1]]
            )
            block.stroke(path, 5.5, taper=(0.08, 0.2))
    block.stroke(
        curve([(left - 10, base + 24), (left + 150, base + 18), (left + 290, base + 26)]),
        5,
        taper=(0.1, 0.5),
    )


def _stamp(block: Block, back: Back) -> None:
    radius = min(block.width, block.height) * 0.155
    x, y = block.width * 0.76, block.height * 0.76
    for grow in (1.0, 0.955, 0.66):
        ring = ellipse(x, y, radius * grow, radius * grow, 90)
        block.line(np.vstack([ring, ring[:2]]), 5 if grow == 1.0 else 2.6)
    _ring_text(block, x, y, radius)
    word, high = "SPECIMEN", radius * 0.25
    wide = text_width(word, high)
    block.shape(box(x - wide * 0.58, y - high * 0.95, x + wide * 0.58, y + high * 0.95))
    block.shape(box(x - wide * 0.56, y - high * 0.85, x + wide * 0.56, y + high * 0.85), (0, None))
    for glyph in cut_text(block.rng, word, x - wide / 2, y + high * 0.5, high):
        block.shape(glyph, rough=0.3)
    for glyph in cut_text(
        block.rng, f"{back.number:02d}", x - high * 0.6, y + high * 1.95, high * 0.7
    ):
        block.shape(glyph, rough=0.3)


def _ring_text(block: Block, x: float, y: float, radius: float) -> None:
    """The archive's name over the top of the ring, a warning along its foot."""
    unit = radius * 0.021
    for text, middle, sign in ((UPPER, -np.pi / 2, 1), (LOWER, np.pi / 2, -1)):
        step = 0.108 * sign
        for k, letter in enumerate(text):
            turn = middle + (k - (len(text) - 1) / 2) * step
            out = np.array([np.cos(turn), np.sin(turn)])
            along, rise = sign * np.array([-out[1], out[0]]), sign * out
            base = radius * (0.72 if sign > 0 else 0.9)
            for stroke in letter_strokes(letter) if letter != " " else ():
                local = (stroke - np.array([3.0, 0.0])) * unit * 1.05
                path = np.array([x, y]) + base * out + local[:, :1] * along + local[:, 1:] * rise
                block.line(path, unit * 1.5)
