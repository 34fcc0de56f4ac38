"""The file that anybody may take home of a free photograph, with its credit line inside.

The copy is made when it is asked for: a few milliseconds for a JPEG. Masters that cannot carry the
words (HEIC, PSD) are given as their largest rendition.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import BinaryIO

from archive import db
from archive.catalogue import embedding
from archive.catalogue.service import Reading
from archive.history import Actor
from archive.media import service as media
from archive.media.embed import EmbedError


def credited_copy(reading: Reading, asset_id: str, actor: Actor) -> tuple[BinaryIO, str]:
    """An open file that ends with the answer, and its name. Raises NoPicture or TooLarge."""
    if asset_id not in {asset["id"] for asset in reading.record["assets"]}:
        raise media.NoPicture(asset_id)
    session = db.session()
    source = media.download(session, asset_id, actor)
    name = media.safe_name(reading.record["ref_code"] or reading.record["id"], source)
    words = embedding.credited(reading.record)
    with tempfile.TemporaryDirectory(prefix="pillanat-copy-") as folder:
        target = Path(folder) / "copy"
        try:
            embedding.write(source, target, words)
        except EmbedError:
            rendition = media.rendition(session, asset_id, max(media.SIZES), actor)
            name = media.safe_name(reading.record["ref_code"] or reading.record["id"], rendition)
            embedding.write(rendition, target, words)
        # The folder goes at once; the open file stays readable until the answer is sent.
        return target.open("rb"), name
