"""Knowing a picture again: how soon among a million codes, how surely after what was done to it.

    python tests/bench/alike.py

Speed: one code, and everything a picture is asked for by, against a million codes; the peer is a
table of bits for each octet, added up row by row in numpy, in the same run. Goal: 20 ms a search.
Quality: the real pictures beside the project (PILLANAT_SHARED_DATA) and the drawings of the demo,
each changed in every way of the list; how many are known again, and how many pairs are taken for
one that are not. Pictures that are there twice are counted as one.
"""

# ruff: noqa: T201 - a table on standard output is what it is for
import io
import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from PIL import Image, ImageOps

from archive.demo.drawings.catalogue import NUMBERS, render
from archive.media import fingerprint, looking, resembling
from archive.media.fingerprint import ASKED, SIDE, WINDOWS, Grey

DRAW = np.random.default_rng(1956)
MILLION = 1_000_000
LONGEST = 640  # of the pictures that are changed
EVERY = 2  # of so many pictures one is changed and asked for


def best(work: Callable[[], object], tries: int = 15) -> float:
    """Milliseconds of one core, the median of some tries."""
    taken = []
    for _ in range(tries):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return median(taken) * 1000


def speed() -> None:
    codes = DRAW.integers(1, 2**63, (MILLION // 16, 16), dtype=np.uint64)
    sizes = DRAW.choice([(3, 2), (2, 3), (4, 3), (1, 1)], len(codes))
    table = looking.Table()
    table.add(range(1, len(codes) + 1), codes, fingerprint.shapes(sizes[:, 0], sizes[:, 1]))
    asked = looking.asked_for(DRAW.uniform(0, 255, (SIDE, SIDE)), 3, 2)
    flat, octets = codes.ravel(), codes.ravel().view(np.uint8).reshape(-1, 8)
    code, parts = asked.codes[0], asked.codes[:1].view(np.uint8)
    counts = np.array([number.bit_count() for number in range(256)], np.uint8)
    one = best(lambda: np.flatnonzero(np.bitwise_count(flat ^ code) <= looking.RADIUS))
    peer = best(lambda: np.flatnonzero(counts[octets ^ parts].sum(1) <= looking.RADIUS), 3)
    whole = best(lambda: list(table.search(asked)))
    print(f"one code against a million:             {one:7.1f} ms")
    print(f"  peer, tables of octets:               {peer:7.1f} ms  ({peer / one:.0f} times)")
    print(f"a picture ({len(asked.codes)} codes) among a million:   {whole:7.1f} ms")
    print(f"  peer, the same number of codes:       {peer * len(asked.codes):7.0f} ms")


def jpeg(picture: Image.Image, quality: int = 30) -> Image.Image:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return Image.open(file).convert("RGB")


def rescaled(picture: Image.Image) -> Image.Image:
    factor = DRAW.uniform(0.3, 3)
    size = (max(8, round(side * factor)) for side in picture.size)
    return picture.resize(tuple(size), Image.Resampling.LANCZOS)


def toned(picture: Image.Image) -> Image.Image:
    gamma, contrast = DRAW.choice([0.6, 1.7]), DRAW.uniform(0.7, 1.3)
    levels = ((np.arange(256) / 255) ** gamma - 0.5) * contrast * 255 + 128
    return picture.point([int(level) for level in levels.clip(0, 255)] * 3)


def cropped(picture: Image.Image, least: float, most: float) -> Image.Image:
    """So much of each side taken off, somewhere."""
    width, height = picture.size
    wide, high = DRAW.uniform(least, most) * width, DRAW.uniform(least, most) * height
    left, top = DRAW.uniform(0, wide), DRAW.uniform(0, high)
    right, low = left + width - wide, top + height - high
    return picture.crop((round(left), round(top), round(right), round(low)))


def of_area(picture: Image.Image) -> Image.Image:
    side = float(1 - np.sqrt(1 - DRAW.uniform(0.1, 0.3)))
    return cropped(picture, side, side)


def bordered(picture: Image.Image) -> Image.Image:
    level = int(DRAW.choice([0, 230, 255]))
    return ImageOps.expand(
        picture, round(DRAW.uniform(0.03, 0.1) * max(picture.size)), (level,) * 3
    )


def photographed(picture: Image.Image) -> Image.Image:
    """Lying on a table: seen at an angle, unevenly lit, with noise and compression."""
    width, height = picture.size
    table = Image.new("RGB", (round(width * 1.4), round(height * 1.4)), (120, 105, 90))
    table.paste(picture, (round(0.2 * width), round(0.2 * height)))
    corners = [(0.15, 0.15), (0.15, 1.25), (1.25, 1.25), (1.25, 0.15)]
    seen = [
        (share + DRAW.uniform(-0.03, 0.03)) * side
        for corner in corners
        for share, side in zip(corner, (width, height), strict=True)
    ]
    taken = table.transform((width, height), Image.Transform.QUAD, seen, Image.Resampling.BICUBIC)
    light = 1 + 0.25 * np.linspace(-1, 1, width)[None, :, None] * DRAW.choice([-1, 1])
    levels = np.asarray(taken) * light * 0.85 + DRAW.normal(0, 8, (height, width, 3)) + 10
    return jpeg(Image.fromarray(levels.clip(0, 255).astype(np.uint8)))


CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "rescaled 0.3-3": rescaled,
    "JPEG quality 30": jpeg,
    "gamma and contrast": toned,
    "sepia": lambda one: ImageOps.colorize(one.convert("L"), (30, 15, 5), (250, 235, 205)),
    "rotated by up to 2 degrees": lambda one: one.rotate(
        DRAW.uniform(-2, 2), Image.Resampling.BICUBIC, expand=True, fillcolor=(255,) * 3
    ),
    "mirrored": ImageOps.mirror,
    "on its side": lambda one: one.transpose(Image.Transpose.ROTATE_90),
    "10-30 % of the area cropped": of_area,
    "10-30 % of each side cropped": lambda one: cropped(one, 0.1, 0.3),
    "cropped and mirrored": lambda one: ImageOps.mirror(of_area(one)),
    "border added": bordered,
    "photographed again": photographed,
}


def grey(picture: Image.Image) -> Grey:
    square = picture.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(square, np.float32)


def real() -> list[Image.Image]:
    """The real pictures that a person could know again; those of which there are several, once."""
    folder = Path(os.environ.get("PILLANAT_SHARED_DATA", "../shared/data")) / "images"
    found = []
    for path in sorted(folder.rglob("*.*")):
        if path.parent.name in ("orientation", "pillow-formats") or "orientation" in path.name:
            continue
        try:
            picture = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
        except (OSError, ValueError, SyntaxError):
            continue
        if min(picture.size) >= 100:
            picture.thumbnail((LONGEST, LONGEST))
            found.append(picture)
    return found


def drawn() -> list[Image.Image]:
    return [render(number, long_edge=LONGEST).convert("RGB") for number in NUMBERS]


class Archive:
    """Pictures in memory, looked for as the archive looks for them."""

    def __init__(self, pictures: list[Image.Image]) -> None:
        self.pictures: list[Image.Image] = []
        self.squares: list[Grey] = []
        self.table = looking.Table()
        for picture in pictures:
            square = grey(picture)
            codes = fingerprint.codes(square)
            if codes[0] and not self.find(picture):
                shapes = fingerprint.shapes([picture.width], [picture.height])
                self.table.add([len(self.squares)], codes[None], shapes)
                self.pictures.append(picture)
                self.squares.append(square)

    def find(self, picture: Image.Image) -> dict[int, float]:
        """The agreement of every picture that is taken for this one."""
        square, near = grey(picture), {}
        for one in self.table.search(looking.asked_for(square, *picture.size)):
            near.setdefault(one.picture, []).append(one)
        order = sorted(near, key=lambda number: min(one.bits for one in near[number]))[:24]
        found = {}
        for number in order:
            for one in sorted(near[number], key=lambda one: one.bits)[:3]:
                first = resembling.guess(ASKED[one.asked], one.turn, WINDOWS[one.kept])
                how = resembling.compare(self.squares[number], square, first)
                if how and how.agreement >= resembling.SAME:
                    found[number] = max(how.agreement, found.get(number, 0))
        return found


def quality() -> None:
    archive = Archive(real() + drawn())
    asked = range(0, len(archive.pictures), EVERY)
    print(f"\n{len(archive.pictures)} pictures, {len(asked)} of them asked for in each way")
    print(f"{'what was done':32}{'known again':>12}{'others taken for it':>22}")
    for name, change in CHANGES.items():
        found = {number: archive.find(change(archive.pictures[number])) for number in asked}
        known = sum(number in ones for number, ones in found.items())
        wrong = sum(len(set(ones) - {number}) for number, ones in found.items())
        pairs = len(asked) * (len(archive.pictures) - 1)
        print(f"{name:32}{known / len(asked):>12.1%}{wrong:>12} of {pairs:,}")


if __name__ == "__main__":
    speed()
    quality()
