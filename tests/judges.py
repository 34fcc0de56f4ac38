"""What others judge our pictures by: the programs of `scripts/judges.py` and a picture for them.

The picture is the one that the validator of the IIIF consortium knows: a hundred squares of 100
pixels in colours of its own, which viewers show as well. The invariant: the archive is asked over
HTTP only, as by anybody.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Drawing

from archive import db
from archive.catalogue import service as catalogue
from archive.media import service as media
from tests.gallery import FREE, TESTER, Gallery, Photograph, photograph
from tests.served import opened

FOLDER = Path(__file__).resolve().parent.parent / ".venv" / "judges"
SQUARE = 100
COLOURS = "from iiif_validator.validator import ValidationInfo as V; print(V().colorInfo)"


@dataclass(frozen=True)
class Judged:
    """An archive that is being served: its address, the squares, and their colours in order."""

    address: str
    squares: Photograph
    colours: np.ndarray

    @property
    def manifest(self) -> str:
        return f"{self.address}/iiif/manifest/{self.squares.id}"


@pytest.fixture(scope="session")
def judges(needs: Callable[..., None]) -> Path:
    """The folder of the judges."""
    needs(FOLDER.is_dir(), "the judges, which `make judges` brings")
    return FOLDER


@pytest.fixture(scope="module")
def judged(
    judges: Path, gallery: Gallery, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Judged]:
    """The gallery with the squares in it, as recto and turned as verso, served by a thread."""
    folder = tmp_path_factory.mktemp("judged")
    colours = np.array(ast.literal_eval(asked(["-c", COLOURS]).splitlines()[-1]))
    unit = catalogue.add_unit(TESTER, ref_code="HU-J", title={"hu": "Bírák", "en": "Judges"})
    small = Drawing.fromarray(colours.astype(np.uint8).transpose(1, 0, 2).copy())
    recto = small.resize((10 * SQUARE, 10 * SQUARE), Drawing.Resampling.NEAREST)
    squares = photograph(folder, unit, "squares", [recto, recto.rotate(90)], FREE)
    for asset_id in media.want(db.session()):
        media.render(asset_id)
    db.release()
    with opened(gallery.app) as address:
        yield Judged(address, squares, colours.reshape(-1, 3))


def asked(command: Sequence[str | Path], text: str = "") -> str:
    """What a judge written in Python says, its own libraries before ours; raises when it fails."""
    environ = {**os.environ, "PYTHONPATH": str(FOLDER / "python")}
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", *command],
        env=environ, input=text, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr
