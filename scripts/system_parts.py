"""Sees to the programs that tests need beside Python: installs them on Debian, else names them.

Only the standard library is used, since nothing else is installed yet when this runs. The
invariant: with CI=true a missing part is a failure, never a quietly skipped test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from ctypes.util import find_library
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A program, the Debian packages that bring it, and what goes untested without it."""

    name: str
    packages: tuple[str, ...]
    purpose: str
    is_there: Callable[[], bool]


def has(*programs: str) -> Callable[[], bool]:
    """Whether any of these programs is on the path."""
    return lambda: any(map(shutil.which, programs))


def drives_chromium() -> bool:
    """Whether there is a Chromium, and the library that Playwright's driver asks for."""
    return has("chromium", "chromium-browser", "google-chrome")() and bool(find_library("atomic"))


def reads_hungarian() -> bool:
    """Whether tesseract is there with its Hungarian model."""
    if not shutil.which("tesseract"):
        return False
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True)
    return "hun" in (listed.stdout + listed.stderr).split()


PARTS = (
    Part(
        "Chromium",
        ("chromium", "libatomic1"),
        "pages in a real browser",
        drives_chromium,
    ),
    Part(
        "Tesseract with Hungarian",
        ("tesseract-ocr", "tesseract-ocr-hun"),
        "reading the backs of prints",
        reads_hungarian,
    ),
    Part(
        "ExifTool",
        ("libimage-exiftool-perl",),
        "judging the metadata written into copies",
        has("exiftool"),
    ),
    Part(
        "libmagic",
        ("libmagic1",),
        "what the validator of the IIIF consortium says of the image service",
        lambda: bool(find_library("magic")),
    ),
    Part(
        "strace",
        ("strace",),
        "killing the program at its system calls",
        has("strace"),
    ),
)


def may_install() -> bool:
    """Whether this is Debian (or its kin) and we are root."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def install(packages: list[str]) -> None:
    """Install Debian packages; says so first. A failure shows in what is missing afterwards."""
    print(f"Installing {' '.join(packages)} ...", flush=True)
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-qq"]
    subprocess.run([*apt, "update"], env=environ)
    subprocess.run(
        [*apt, "install", "--yes", "--no-install-recommends", *packages],
        env=environ,
        stdout=subprocess.DEVNULL,
    )


def missing() -> list[Part]:
    return [part for part in PARTS if not part.is_there()]


def main() -> None:
    if may_install() and missing():
        install([package for part in missing() for package in part.packages])
    for part in missing():
        advice = f"Debian: apt install {' '.join(part.packages)}"
        print(f"Missing: {part.name}; not tested: {part.purpose} ({advice}).")
    if missing() and os.environ.get("CI") == "true":
        sys.exit("With CI=true every part must be there.")


if __name__ == "__main__":
    main()
