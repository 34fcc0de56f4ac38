"""Jobs of the catalogue: what is counted every hour, and what is compared every day.

What they write follows from the records and can be made anew at any time.
"""

from __future__ import annotations

from sqlalchemy import select

from archive import db
from archive.catalogue import gaps, projection
from archive.catalogue.authorities import KINDS, duplicates
from archive.catalogue.models import Image
from archive.jobs import Run, every

HOUR, DAY = 3600, 86_400


@every(HOUR)
def count_gaps(run: Run) -> None:
    """Count what the photographs lack, for the overview of a large archive."""
    for done, code in enumerate(gaps.GAPS, start=1):
        number = gaps.count(db.session(), code)
        with db.transaction() as session:
            gaps.keep_count(session, code, number)
        run.progress(done, len(gaps.GAPS))


@every(DAY)
def find_contradictions(run: Run) -> None:
    """Look at every record again: after an upgrade there may be rules it has not met."""
    keys = db.session().scalars(select(Image.id).order_by(Image.id)).all()
    for start in range(0, len(keys), projection.BATCH):
        chunk = keys[start : start + projection.BATCH]
        with db.transaction() as session:
            projection.compare(session, chunk)
        run.progress(start + len(chunk), len(keys))


@every(DAY)
def find_duplicates(run: Run) -> None:
    """Propose people, places, events and terms that may be there twice."""
    for done, kind in enumerate(KINDS, start=1):
        duplicates.find(kind)
        run.progress(done, len(KINDS))
