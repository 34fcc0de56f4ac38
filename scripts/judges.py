"""Brings the programs of others that judge what the archive sends: `.venv/judges/`, git-ignored.

Viewers and a parser come by npm as they are published, without what they are built from; checkers
in Python come by pip into a folder of their own, since they ask for older libraries than ours.
Invariant: only what has the digest written here, or in requirements-judges.txt, is unpacked.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FOLDER = PROJECT / ".venv" / "judges"
PINS = PROJECT / "requirements-judges.txt"
PUBLISHED = {
    "mirador@3.4.3": "yHoug0MHy4e9apykbbBhK+4CmbZS94zMxmugw2E2VX6iB0b2PKKY0JfYr/QfXh9P"
    "29YnWAbymaXJVpgbHVpTVw==",
    "mirador@4.0.0": "uWsE9e2oqSc/lUu+vVwDGhTsycuhGsfZ2KfX6CLfXiT3wgGy6qT9+q5M3V9Zz72h"
    "kdIgsJugKesaowmRtYmvrA==",
    "universalviewer@4.3.0": "jxHXyTCEs0w0RIfPkAEv8FOhOf8MSl7s+kdSgpmo8uYU2vL/s3c8H/P8tC9XH8Lb"
    "w86hBGrnvPI1OsGwC4amCQ==",
    "@iiif/parser@2.2.10": "gzMJprpo8zLIi79hVejoZ7PvNkXLDxwHzGtIJMz4FA6KlLPij5vEIzg/rsJluIOO"
    "M5enNCan54Eit5U8YrLfKg==",
}


def main() -> None:
    """Empties the folder and fills it anew; a set-up that was broken off leaves no stamp."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    for package in PUBLISHED:
        _unpack(package)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    target = ["--no-deps", "--target", FOLDER / "python", "--require-hashes", "-r", PINS]
    subprocess.run([*pip, *target], check=True)
    print(f"The judges are in {FOLDER.relative_to(PROJECT)}.")


def _unpack(package: str) -> None:
    """Put one package below its name and first number, `mirador-4`, without its scope."""
    name, _, version = package.rpartition("/")[2].partition("@")
    with tempfile.TemporaryDirectory() as folder:
        npm = [shutil.which("npm") or str(Path(sys.executable).with_name("npm")), "pack"]
        quiet = ["--json", "--loglevel=error", "--pack-destination", folder]
        said = subprocess.run([*npm, package, *quiet], check=True, capture_output=True, text=True)
        archive = Path(folder) / Path(json.loads(said.stdout)[0]["filename"]).name
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if digest != PUBLISHED[package]:
            sys.exit(f"{package} is not what was pinned; nothing of it was unpacked.")
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        shutil.move(Path(folder) / "package", FOLDER / f"{name}-{version.partition('.')[0]}")


if __name__ == "__main__":
    main()
