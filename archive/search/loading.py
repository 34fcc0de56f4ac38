"""Documents from the database: what the index should hold now, and what it should hold of some.

The invariant: a document's version grows whenever its photograph or the decision about it changes,
so that comparing versions finds what an index has missed.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import BindParameter, ColumnElement, and_, case, or_, select
from sqlalchemy.orm import Session

from archive import rights
from archive.catalogue.models import Image, RecordRow, Unit
from archive.catalogue.projection import today
from archive.catalogue.service import Reading, records_of
from archive.search.documents import Access, SearchDocument, document

CHUNK = 500


def documents_of(session: Session, image_ids: Sequence[int], seq: int) -> Iterator[SearchDocument]:
    """The documents of some images, by key, as they are now."""
    day = today()
    _held = session.scalars(select(Unit)).all()  # kept while we work, so that none is read twice
    for start in range(0, len(image_ids), CHUNK):
        for reading in records_of(session, image_ids[start : start + CHUNK]):
            yield _document(reading, seq, day)


def all_keys(session: Session) -> list[int]:
    """The keys of all images that have a record."""
    return list(session.scalars(select(RecordRow.image_id).order_by(RecordRow.image_id)))


def versions(session: Session) -> dict[str, int]:
    """Every photograph that belongs into the index, with the version it should have.

    The version of the record and the epoch of the decision only grow, so their sum does; a
    decision that has run out counts one more."""
    day = today()
    rows = session.execute(
        select(Image.public_id, Image.version, rights.Access.epoch, rights.Access.valid_until)
        .join(RecordRow, RecordRow.image_id == Image.id)
        .join(rights.Access, rights.Access.image_id == Image.id)
    )
    return {
        name: version + epoch + int(until is not None and until < day)
        for name, version, epoch, until in rows
    }


def keys_of(session: Session, public_ids: Sequence[str]) -> list[int]:
    found: list[int] = []
    for start in range(0, len(public_ids), CHUNK):
        chunk = public_ids[start : start + CHUNK]
        found += session.scalars(select(Image.id).where(Image.public_id.in_(chunk)))
    return found


def shown_to_readers(day: date | BindParameter[date]) -> ColumnElement[bool]:
    """The condition under which readers may see a photograph (images and accesses are joined).

    Said so that no index answers it: almost all is public, and SQLite would walk through all that
    is to find the few that a page asks for by name.
    """
    lasting = or_(rights.Access.valid_until.is_(None), rights.Access.valid_until >= day)
    shown = and_(rights.Access.public, lasting, Image.state == "published")
    return case((shown, 1), else_=0) == 1


def _document(reading: Reading, seq: int, day: date) -> SearchDocument:
    row = reading.access
    version = reading.record["version"] + row.epoch + int(rights.expired(row, day))
    record = {**reading.record, "version": version}
    return document(record, seq=seq, access=access_of(reading, day))


def access_of(reading: Reading, day: date) -> Access:
    """What search needs of the stored rights decision."""
    row = reading.access
    visible = row.public and not rights.expired(row, day) and reading.record["state"] == "published"
    known = rights.statement(row.statement)
    uses = {
        "view": visible,
        "download": visible and row.download_px != 0,
        "licence": visible and row.licensable,
    }
    allowed = tuple(use for use, may in uses.items() if may)
    return Access(visible, row.max_px, known.code if known else "", allowed)
