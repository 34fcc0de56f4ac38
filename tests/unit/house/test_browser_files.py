"""What set-up makes of the browser files: every letter of Hungarian, small, and made only once."""

import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

PROJECT = Path(__file__).resolve().parents[3]
VENDOR = PROJECT / "archive" / "static" / "vendor"
FACES = ("source-serif-4", "source-serif-4-italic", "source-sans-3", "source-sans-3-italic")
ON_PAPER = (
    *(f"SourceSerif4-{style}" for style in ("Regular", "Semibold", "Bold", "Italic")),
    *(f"SourceSans3-{style}" for style in ("Regular", "Semibold", "Bold", "Italic")),
)
WRITTEN = "aábcdeéfghiíjklmnoóöőpqrstuúüűvwxyzAÁEÉIÍOÓÖŐUÚÜŰ0123456789„”»«–—…×·’șțčšžłęđ"


@pytest.mark.parametrize(
    "name", [*(f"{face}.woff2" for face in FACES), *(f"{face}.ttf" for face in ON_PAPER)]
)
def test_every_face_writes_hungarian_and_its_neighbours(name: str) -> None:
    letters = TTFont(VENDOR / "fonts" / name).getBestCmap() or {}
    assert [letter for letter in WRITTEN if ord(letter) not in letters] == []


@pytest.mark.parametrize("name", ON_PAPER)
def test_a_letter_of_two_files_is_as_wide_as_its_base(name: str) -> None:
    font = TTFont(VENDOR / "fonts" / f"{name}.ttf")
    letters = font.getBestCmap() or {}
    widths = {letter: font["hmtx"][letters[ord(letter)]][0] for letter in "oöőuüű"}
    assert widths["ő"] == widths["ö"] > 0
    assert widths["ű"] == widths["ü"] > 0


def test_the_two_upright_faces_stay_within_their_budget() -> None:
    sizes = [(VENDOR / "fonts" / f"{face}.woff2").stat().st_size for face in (FACES[0], FACES[2])]
    assert sum(sizes) < 66_000


def test_libraries_come_with_their_licences() -> None:
    for name in ("htmx", "openseadragon"):
        assert (VENDOR / f"{name}.min.js").stat().st_size > 10_000
        assert (VENDOR / f"{name}.LICENSE.txt").read_text()


def test_a_second_run_needs_neither_network_nor_npm() -> None:
    stamp = VENDOR / ".stamp"
    before = stamp.stat().st_mtime_ns
    again = subprocess.run(
        [sys.executable, PROJECT / "scripts" / "browser_files.py"],
        env={"PATH": ""},
        capture_output=True,
        text=True,
    )
    assert again.returncode == 0, again.stderr
    assert again.stdout == ""
    assert stamp.stat().st_mtime_ns == before
