"""The image service and the manifests before the judges of others: iiif-validator, iiif-prezi3."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.gallery import Gallery, gallery
from tests.judges import Judged, asked, judged, judges

__all__ = ["gallery", "judged", "judges"]
# The library refuses what the Presentation API does not know, and values of other types.
READ_STRICTLY = """
import json, sys
from iiif_prezi3 import Collection, Manifest
for told in json.load(sys.stdin):
    kind = {"Manifest": Manifest, "Collection": Collection}[told["type"]]
    again = json.loads(kind(**told).json())
    lost = told.keys() - again.keys()
    assert not lost, lost
    print(told["id"])
"""


@pytest.mark.parametrize(("version", "tests"), [("2.0", 30), ("3.0", 33)])
def test_the_validator_of_the_consortium_finds_level_2(
    judged: Judged, judges: Path, version: str, tests: int
) -> None:
    host = judged.address.removeprefix("http://")
    said = asked(
        [judges / "python" / "bin" / "iiif-validate.py", "--version", version, "--level", "2",
         "--server", host, "--prefix", f"iiif/{version[0]}", "--identifier", judged.squares.asset]
    )  # fmt: skip
    done = re.search(r"Done \((\d+) tests, 0 failures\)", said)
    assert done, said
    assert int(done[1]) == tests


def test_manifests_and_collections_are_read_strictly(judged: Judged, gallery: Gallery) -> None:
    reader = gallery.reader()
    ids = [gallery.free.id, gallery.protected.id, gallery.without.id, judged.squares.id]
    addresses = [f"/iiif/manifest/{one}" for one in ids]
    addresses += ["/iiif/collection", "/iiif/collection/HU-G", "/iiif/collection/HU-G-1"]
    told = [reader.get(address).get_json() for address in addresses]
    said = asked(["-c", READ_STRICTLY], json.dumps(told))
    assert said.split() == [f"http://localhost{address}" for address in addresses]


def test_a_manifest_that_is_wrong_is_refused(judged: Judged) -> None:
    """So that the test above can fail."""
    with urlopen(judged.manifest) as answer:
        told = json.load(answer)
    told["items"][0]["height"] = "high"
    with pytest.raises(AssertionError, match="height"):
        asked(["-c", READ_STRICTLY], json.dumps([told]))
