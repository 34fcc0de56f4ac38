"""What the archive knows already of files and rows, asked for a whole group at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from archive import db
from archive.catalogue.models import Asset, Image
from archive.ingest.models import BatchFile


def came_before(paths: Iterable[str]) -> set[tuple[str, int]]:
    """The address and size of files that were answered for in an earlier batch."""
    found = db.session().execute(
        select(BatchFile.path, BatchFile.bytes).where(
            BatchFile.path.in_(list(paths)), BatchFile.sha256 != ""
        )
    )
    return {(path, size) for path, size in found}


def holders(digests: Sequence[str]) -> dict[str, tuple[int, str]]:
    """The image that each known master belongs to, and the name it came under."""
    found = db.session().execute(
        select(Asset.sha256, Asset.image_id, Asset.filename).where(Asset.sha256.in_(digests))
    )
    return {digest: (image_id, filename) for digest, image_id, filename in found}


def by_key(keys: Sequence[str]) -> dict[str, str]:
    """The photographs that rows of these keys have made, the latest of each."""
    found = db.session().execute(
        select(BatchFile.key, BatchFile.image)
        .where(BatchFile.key.in_([key for key in keys if key]), BatchFile.image != "")
        .order_by(BatchFile.id)
    )
    return {row.key: row.image for row in found}


def is_bare(image: Image) -> bool:
    """Whether a photograph is described, but has no picture yet."""
    return db.session().scalar(select(Asset.id).where(Asset.image_id == image.id)) is None


def was_offered(image: Image, words: str) -> bool:
    """Whether these words came for this photograph before."""
    before = select(BatchFile.id).where(
        BatchFile.image == image.public_id, BatchFile.words == words
    )
    return db.session().scalar(before.limit(1)) is not None
