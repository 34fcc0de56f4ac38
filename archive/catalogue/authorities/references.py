"""What refers to an authority: photographs, other authorities, and whatever else has a key to it.

The tables are asked, not listed, so that a new room that refers to people is found as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, func, select
from sqlalchemy.orm import Session

from archive.catalogue.authorities.names import Row
from archive.db import Base


def columns(table: str) -> Iterator[tuple[type[Any], Column[Any]]]:
    """Every column that refers to a table of authorities, with the model it belongs to."""
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: str(mapper.local_table)):
        for key in mapper.local_table.foreign_keys:
            if str(key.column.table) == table and isinstance(key.parent, Column):
                yield mapper.class_, key.parent


def referring(session: Session, row: Row) -> Iterator[tuple[Any, str]]:
    """Every row that refers to an authority, with the name of its column."""
    for model, column in columns(row.__tablename__):
        for found in session.scalars(select(model).where(column == row.id).order_by(model.id)):
            yield found, column.name


def is_used(session: Session, row: Row) -> bool:
    """Whether anything refers to it; what is used cannot be taken out."""
    return any(
        session.scalar(select(model.id).where(column == row.id).limit(1)) is not None
        for model, column in columns(row.__tablename__)
    )


def number(session: Session, row: Row, *, besides: Any) -> int:
    """How many rows refer to it, those of one table left out."""
    counted = (
        session.scalar(select(func.count()).select_from(model).where(column == row.id)) or 0
        for model, column in columns(row.__tablename__)
        if model is not besides
    )
    return sum(counted)
