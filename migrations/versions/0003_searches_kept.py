"""Searches kept: those somebody saved, and what became of those that found nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from archive.db import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_search",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("alert", sa.String(length=10), nullable=False),
        sa.Column("told", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("watched_at", UtcDateTime(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_saved_search_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("person_id", "digest", name=op.f("uq_saved_search_person_id_digest")),
        sa.UniqueConstraint("public_id", name=op.f("uq_saved_search_public_id")),
    )
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_search_alert"), ["alert"], unique=False)
    with op.batch_alter_table("search_miss", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("outcome", sa.String(length=20), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("answer", sa.String(length=16), nullable=False, server_default="")
        )


def downgrade() -> None:
    with op.batch_alter_table("search_miss", schema=None) as batch_op:
        batch_op.drop_column("answer")
        batch_op.drop_column("outcome")
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_search_alert"))
    op.drop_table("saved_search")
