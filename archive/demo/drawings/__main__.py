"""`python -m archive.demo.drawings FOLDER`: write all sheets and a contact sheet as PNG."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

from archive.demo.drawings import NUMBERS, VERSO_NUMBERS, render, render_verso

CELL, COLUMNS, GAP = 320, 6, 16


def contact_sheet(pictures: list[Image.Image]) -> Image.Image:
    """All pictures in rows of `COLUMNS`, each within `CELL` pixels."""
    rows = -(-len(pictures) // COLUMNS)
    sheet = Image.new(
        "RGB", (COLUMNS * (CELL + GAP) + GAP, rows * (CELL + GAP) + GAP), (52, 50, 47)
    )
    for place, picture in enumerate(pictures):
        small = picture.copy()
        small.thumbnail((CELL, CELL), Image.Resampling.LANCZOS)
        row, column = divmod(place, COLUMNS)
        x = GAP + column * (CELL + GAP) + (CELL - small.width) // 2
        y = GAP + row * (CELL + GAP) + (CELL - small.height) // 2
        sheet.paste(small, (x, y))
    return sheet


def main(folder: Path) -> None:
    """Write every recto, verso and the contact sheet into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rectos = [render(number) for number in NUMBERS]
    versos = [render_verso(number) for number in VERSO_NUMBERS]
    for number, picture in zip(NUMBERS, rectos, strict=True):
        picture.save(folder / f"{number:02d}_recto.png")
    for number, picture in zip(VERSO_NUMBERS, versos, strict=True):
        picture.save(folder / f"{number:02d}_verso.png")
    contact_sheet(rectos + versos).save(folder / "contact_sheet.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
