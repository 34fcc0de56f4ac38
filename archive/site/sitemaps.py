"""Which photographs search engines may know of: all that the public may see, 5,000 to a map.

The invariant: a photograph without a public access row that holds today is in no map.
"""

from __future__ import annotations

from datetime import datetime
from math import ceil

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session

from archive.catalogue.models import Image
from archive.catalogue.projection import today
from archive.rights import Access

MOST = 5000


def pages(session: Session) -> int:
    """How many maps there are; at least one."""
    number = session.scalar(select(func.count()).select_from(_public().subquery()))
    return max(1, ceil((number or 0) / MOST))


def entries(session: Session, page: int) -> list[Row[str, datetime]]:
    """Identifier and last change of the photographs of one map, `page` from 1."""
    wanted = _public().order_by(Image.id).offset((page - 1) * MOST).limit(MOST)
    return list(session.execute(wanted))


def _public() -> Select[str, datetime]:
    return (
        select(Image.public_id, Image.updated_at)
        .join(Access, Access.image_id == Image.id)
        .where(Access.public, or_(Access.valid_until.is_(None), Access.valid_until >= today()))
    )
