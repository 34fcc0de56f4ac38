"""Tables of people and the roles they hold. The four roles are part of the program, not data."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from flask_security import RoleMixin, UserMixin
from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.db import Base, Identified, now
from archive.history import Recorded

ROLES = ("administrator", "archivist", "officer", "publisher")


class Role(RoleMixin):
    """A role as Flask-Security wants to see it."""

    def __init__(self, name: str) -> None:
        self.name = name


class Person(Recorded, Identified, UserMixin, Base):
    """Somebody with an account. History keeps that they are active and their roles, no more."""

    __tablename__ = "person"
    __subject__ = ("account", "id")
    __unrecorded__ = frozenset(
        {
            "email",
            "name",
            "organisation",
            "password",
            "fs_uniquifier",
            "confirmed_at",
            "language",
            "theme",
        }
    )

    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    organisation: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(2), default="")
    theme: Mapped[str] = mapped_column(String(10), default="")
    active: Mapped[bool] = mapped_column(default=True)
    password: Mapped[str | None] = mapped_column(String(255))
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=lambda: uuid4().hex)
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    grants: Mapped[list[Grant]] = relationship(
        back_populates="person", cascade="all", order_by="Grant.role", lazy="selectin"
    )

    @property
    def roles(self) -> list[Any]:
        return [Role(grant.role) for grant in self.grants]

    @roles.setter
    def roles(self, roles: list[Any]) -> None:
        self.grants = [Grant(role=role.name) for role in roles]


class Grant(Recorded, Base):
    """One role that one person holds."""

    __tablename__ = "role_grant"
    __subject__ = ("account", "person_id")
    __table_args__ = (UniqueConstraint("person_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    granted_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(back_populates="grants")
