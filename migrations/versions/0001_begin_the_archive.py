"""Begin the archive."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from archive.db import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agent",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("names", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("dates", sa.String(length=80), nullable=False),
        sa.Column("note", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("identifiers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agent_public_id")),
    )
    with op.batch_alter_table("agent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agent_key"), ["key"], unique=False)

    op.create_table(
        "audit_event",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=30), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_event")),
    )
    op.create_table(
        "change_set",
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_label", sa.String(length=60), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("undo_of_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["undo_of_id"], ["change_set.id"], name=op.f("fk_change_set_undo_of_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_set")),
        sa.UniqueConstraint("public_id", name=op.f("uq_change_set_public_id")),
    )
    with op.batch_alter_table("change_set", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_set_action"), ["action"], unique=False)
        batch_op.create_index(batch_op.f("ix_change_set_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_change_set_at"), ["at"], unique=False)

    op.create_table(
        "concept",
        sa.Column("scheme", sa.String(length=20), nullable=False),
        sa.Column("label", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("labels", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("broader_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["broader_id"], ["concept.id"], name=op.f("fk_concept_broader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concept")),
        sa.UniqueConstraint("public_id", name=op.f("uq_concept_public_id")),
    )
    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concept_key"), ["key"], unique=False)

    op.create_table(
        "document",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_document")),
    )
    op.create_table(
        "document_counter",
        sa.Column("series", sa.String(length=4), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_document_counter")),
    )
    op.create_table(
        "event",
        sa.Column("name", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("names", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("edtf", sa.String(length=120), nullable=False),
        sa.Column("note", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("public_id", name=op.f("uq_event_public_id")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_key"), ["key"], unique=False)

    op.create_table(
        "job",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("args", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("heartbeat_at", UtcDateTime(), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("public_id", name=op.f("uq_job_public_id")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_kind"), ["kind"], unique=False)
        batch_op.create_index("ix_job_state_due", ["state", "due_at"], unique=False)

    op.create_table(
        "mapping",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("columns", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mapping")),
        sa.UniqueConstraint("name", name=op.f("uq_mapping_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mapping_public_id")),
    )
    op.create_table(
        "outgoing_mail",
        sa.Column("template", sa.String(length=60), nullable=False),
        sa.Column("to", sa.String(length=255), nullable=False),
        sa.Column("locale", sa.String(length=2), nullable=False),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("dedupe_key", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("next_try", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outgoing_mail_dedupe_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_outgoing_mail_public_id")),
    )
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.create_index("ix_outgoing_mail_due", ["state", "next_try"], unique=False)

    op.create_table(
        "person",
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("theme", sa.String(length=10), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_person_fs_uniquifier")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_public_id")),
    )
    op.create_table(
        "place",
        sa.Column("name", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("then", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("names", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("uncertainty_m", sa.Integer(), nullable=True),
        sa.Column("note", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("public_id", name=op.f("uq_place_public_id")),
    )
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_key"), ["key"], unique=False)

    op.create_table(
        "stored_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.Column("checked_at", UtcDateTime(), nullable=True),
        sa.Column("intact", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "unit",
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("ref_code", sa.String(length=120), nullable=False),
        sa.Column("title", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("scope", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("dates", sa.String(length=120), nullable=False),
        sa.Column("extent", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("creator", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("rights_statement", sa.String(length=120), nullable=False),
        sa.Column("credit_line", sa.Text(), nullable=False),
        sa.Column("rights_holder", sa.Text(), nullable=False),
        sa.Column("rights_note", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("acquisition", sa.Text(), nullable=False),
        sa.Column("custody", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("publication_publisher", sa.Text(), nullable=False),
        sa.Column("publication_title", sa.Text(), nullable=False),
        sa.Column("publication_address", sa.Text(), nullable=False),
        sa.Column("publication_date", sa.String(length=80), nullable=False),
        sa.Column("publication_retrieved_on", sa.Date(), nullable=True),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_unit_not_its_own_parent")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("public_id", name=op.f("uq_unit_public_id")),
        sa.UniqueConstraint("ref_code", name=op.f("uq_unit_ref_code")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "batch",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("paths", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("spreadsheet", sa.Text(), nullable=False),
        sa.Column("mapping", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("dry_run", sa.Boolean(), nullable=False),
        sa.Column("by_reference", sa.Boolean(), nullable=False),
        sa.Column("publish", sa.Boolean(), nullable=False),
        sa.Column("uploaded", sa.Boolean(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("notes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("trouble", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("runner", sa.String(length=120), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_label", sa.String(length=60), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_batch_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint("public_id", name=op.f("uq_batch_public_id")),
    )
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_opened_at"), ["opened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_batch_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_batch_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "change",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("change_set_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=30), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_change_change_set_id")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_change_change_set_id"), ["change_set_id"], unique=False
        )
        batch_op.create_index("ix_change_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "image",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("ref_code", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("undated", sa.Boolean(), nullable=False),
        sa.Column("creator_unknown", sa.Boolean(), nullable=False),
        sa.Column("specimen", sa.Boolean(), nullable=False),
        sa.Column("alt", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("withdrawn_reason", sa.String(length=40), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("rights_statement", sa.String(length=120), nullable=False),
        sa.Column("credit_line", sa.Text(), nullable=False),
        sa.Column("rights_holder", sa.Text(), nullable=False),
        sa.Column("rights_note", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("acquisition", sa.Text(), nullable=False),
        sa.Column("custody", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("publication_publisher", sa.Text(), nullable=False),
        sa.Column("publication_title", sa.Text(), nullable=False),
        sa.Column("publication_address", sa.Text(), nullable=False),
        sa.Column("publication_date", sa.String(length=80), nullable=False),
        sa.Column("publication_retrieved_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_image_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image")),
        sa.UniqueConstraint("public_id", name=op.f("uq_image_public_id")),
    )
    with op.batch_alter_table("image", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_image_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_image_ref_code"), ["ref_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_image_state"), ["state"], unique=False)
        batch_op.create_index("ix_image_unit_position", ["unit_id", "position", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_image_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "licence_request",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("lang", sa.String(length=5), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("billing_address", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("vat_id", sa.String(length=30), nullable=False),
        sa.Column("usage", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_licence_request_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_request")),
        sa.UniqueConstraint("number", name=op.f("uq_licence_request_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_licence_request_public_id")),
    )
    with op.batch_alter_table("licence_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_licence_request_created_at"), ["created_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_licence_request_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_licence_request_state"), ["state"], unique=False)

    op.create_table(
        "raw_metadata",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("probe", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("blocks", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_raw_metadata_sha256")
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_raw_metadata")),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("granted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint("person_id", "role", name=op.f("uq_role_grant_person_id_role")),
    )
    op.create_table(
        "access",
        sa.Column("image_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("max_px", sa.Integer(), nullable=False),
        sa.Column("download_px", sa.Integer(), nullable=True),
        sa.Column("licensable", sa.Boolean(), nullable=False),
        sa.Column("statement", sa.String(length=120), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("policy_version", sa.String(length=20), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_access_image_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("image_id", name=op.f("pk_access")),
    )
    with op.batch_alter_table("access", schema=None) as batch_op:
        batch_op.create_index("ix_access_public", ["public", "image_id"], unique=False)

    op.create_table(
        "batch_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("image", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("params", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=True),
        sa.Column("row", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("words", sa.String(length=64), nullable=False),
        sa.Column("origins", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("warnings", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_batch_file_batch_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_file")),
    )
    with op.batch_alter_table("batch_file", schema=None) as batch_op:
        batch_op.create_index(
            "ix_batch_file_batch_position", ["batch_id", "position"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_batch_file_key"), ["key"], unique=False)
        batch_op.create_index(batch_op.f("ix_batch_file_path"), ["path"], unique=False)
        batch_op.create_index(batch_op.f("ix_batch_file_sha256"), ["sha256"], unique=False)

    op.create_table(
        "caption_statement",
        sa.Column("type", sa.String(length=30), nullable=False),
        sa.Column("lang", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("attributed", sa.Text(), nullable=False),
        sa.Column("dated", sa.String(length=80), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("stance", sa.String(length=20), nullable=False),
        sa.Column("stance_note", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("translation_of_id", sa.Integer(), nullable=True),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_id"],
            ["image.id"],
            name=op.f("fk_caption_statement_image_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"],
            ["caption_statement.id"],
            name=op.f("fk_caption_statement_superseded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["translation_of_id"],
            ["caption_statement.id"],
            name=op.f("fk_caption_statement_translation_of_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caption_statement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_caption_statement_public_id")),
    )
    with op.batch_alter_table("caption_statement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_caption_statement_image_id"), ["image_id"], unique=False
        )

    op.create_table(
        "carrier",
        sa.Column("technique", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_carrier_image_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carrier")),
        sa.UniqueConstraint("public_id", name=op.f("uq_carrier_public_id")),
    )
    with op.batch_alter_table("carrier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_carrier_image_id"), ["image_id"], unique=False)

    op.create_table(
        "date_statement",
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("edtf", sa.String(length=120), nullable=False),
        sa.Column("display", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=20), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("uncertain", sa.Boolean(), nullable=False),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=30), nullable=False),
        sa.Column("attributed", sa.Text(), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "earliest IS NULL OR latest IS NULL OR earliest <= latest",
            name=op.f("ck_date_statement_order"),
        ),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_date_statement_image_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_statement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_date_statement_public_id")),
    )
    with op.batch_alter_table("date_statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_date_statement_image_id"), ["image_id"], unique=False)
        batch_op.create_index("ix_date_statement_span", ["earliest", "latest"], unique=False)

    op.create_table(
        "image_agent",
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("certainty", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_image_agent_agent_id")),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_image_agent_image_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image_agent")),
        sa.UniqueConstraint("public_id", name=op.f("uq_image_agent_public_id")),
    )
    with op.batch_alter_table("image_agent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_image_agent_agent_id"), ["agent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_image_agent_image_id"), ["image_id"], unique=False)

    op.create_table(
        "image_concept",
        sa.Column("concept_id", sa.Integer(), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["concept_id"], ["concept.id"], name=op.f("fk_image_concept_concept_id")
        ),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_image_concept_image_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image_concept")),
        sa.UniqueConstraint(
            "image_id", "concept_id", name=op.f("uq_image_concept_image_id_concept_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_image_concept_public_id")),
    )
    with op.batch_alter_table("image_concept", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_image_concept_concept_id"), ["concept_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_image_concept_image_id"), ["image_id"], unique=False)

    op.create_table(
        "image_event",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_image_event_event_id")),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_image_event_image_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image_event")),
        sa.UniqueConstraint("image_id", "event_id", name=op.f("uq_image_event_image_id_event_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_image_event_public_id")),
    )
    with op.batch_alter_table("image_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_image_event_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_image_event_image_id"), ["image_id"], unique=False)

    op.create_table(
        "image_identifier",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_id"],
            ["image.id"],
            name=op.f("fk_image_identifier_image_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image_identifier")),
        sa.UniqueConstraint("public_id", name=op.f("uq_image_identifier_public_id")),
    )
    with op.batch_alter_table("image_identifier", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_image_identifier_image_id"), ["image_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_image_identifier_value"), ["value"], unique=False)

    op.create_table(
        "image_place",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("certainty", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_image_place_image_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_image_place_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image_place")),
        sa.UniqueConstraint("public_id", name=op.f("uq_image_place_public_id")),
    )
    with op.batch_alter_table("image_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_image_place_image_id"), ["image_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_image_place_place_id"), ["place_id"], unique=False)

    op.create_table(
        "licence_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("by_staff", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["licence_request.id"], name=op.f("fk_licence_step_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_step")),
    )
    with op.batch_alter_table("licence_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_licence_step_request_id"), ["request_id"], unique=False
        )

    op.create_table(
        "proposal",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("draft", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_proposal_batch_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_proposal_image_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("public_id", name=op.f("uq_proposal_public_id")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_image_id"), ["image_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_state"), ["state"], unique=False)

    op.create_table(
        "quote",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("vat_minor", sa.BigInteger(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("frozen", sa.Text(), nullable=False),
        sa.Column("frozen_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["pdf_sha256"], ["document.sha256"], name=op.f("fk_quote_pdf_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["licence_request.id"], name=op.f("fk_quote_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        sa.UniqueConstraint("number", name=op.f("uq_quote_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_quote_public_id")),
        sa.UniqueConstraint("request_id", "revision", name=op.f("uq_quote_request_id_revision")),
    )
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quote_request_id"), ["request_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quote_state"), ["state"], unique=False)

    op.create_table(
        "record",
        sa.Column("image_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("own", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_record_image_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("image_id", name=op.f("pk_record")),
    )
    op.create_table(
        "request_line",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["image_id"], ["image.id"], name=op.f("fk_request_line_image_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["licence_request.id"], name=op.f("fk_request_line_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_line")),
        sa.UniqueConstraint("public_id", name=op.f("uq_request_line_public_id")),
        sa.UniqueConstraint(
            "request_id", "image_id", name=op.f("uq_request_line_request_id_image_id")
        ),
    )
    with op.batch_alter_table("request_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_line_image_id"), ["image_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_request_line_request_id"), ["request_id"], unique=False
        )

    op.create_table(
        "acceptance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.Column("accepted_by", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("idempotency_key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["accepted_by"], ["person.id"], name=op.f("fk_acceptance_accepted_by")
        ),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name=op.f("fk_acceptance_quote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_acceptance_idempotency_key")),
        sa.UniqueConstraint("quote_id", name=op.f("uq_acceptance_quote_id")),
    )
    op.create_table(
        "asset",
        sa.Column("carrier_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("mime", sa.String(length=60), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("representative", sa.Boolean(), nullable=False),
        sa.Column("digital_source_type", sa.String(length=60), nullable=False),
        sa.Column("digitised", sa.String(length=40), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["carrier_id"], ["carrier.id"], name=op.f("fk_asset_carrier_id")),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_asset_image_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name=op.f("fk_asset_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset")),
        sa.UniqueConstraint("public_id", name=op.f("uq_asset_public_id")),
        sa.UniqueConstraint("sha256", name="uq_asset_sha256"),
    )
    with op.batch_alter_table("asset", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asset_image_id"), ["image_id"], unique=False)

    op.create_table(
        "licence",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("acceptance_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("frozen", sa.Text(), nullable=False),
        sa.Column("frozen_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("granted_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["acceptance_id"], ["acceptance.id"], name=op.f("fk_licence_acceptance_id")
        ),
        sa.ForeignKeyConstraint(
            ["pdf_sha256"], ["document.sha256"], name=op.f("fk_licence_pdf_sha256")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_licence_person_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["licence_request.id"], name=op.f("fk_licence_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence")),
        sa.UniqueConstraint("acceptance_id", name=op.f("uq_licence_acceptance_id")),
        sa.UniqueConstraint("number", name=op.f("uq_licence_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_licence_public_id")),
    )
    with op.batch_alter_table("licence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_licence_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_licence_request_id"), ["request_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_licence_state"), ["state"], unique=False)

    op.create_table(
        "picture",
        sa.Column("asset_id", sa.String(length=16), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("sizes", sa.JSON(), nullable=False),
        sa.Column("thumbhash", sa.String(length=60), nullable=False),
        sa.Column("rendered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asset_id"], ["asset.public_id"], name=op.f("fk_picture_asset_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_picture_image_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("asset_id", name=op.f("pk_picture")),
    )
    with op.batch_alter_table("picture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_picture_image_id"), ["image_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_picture_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_picture_state"), ["state"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("licence_id", sa.Integer(), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("max_sessions", sa.Integer(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_delivery_asset_id")),
        sa.ForeignKeyConstraint(["image_id"], ["image.id"], name=op.f("fk_delivery_image_id")),
        sa.ForeignKeyConstraint(
            ["licence_id"], ["licence.id"], name=op.f("fk_delivery_licence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("public_id", name=op.f("uq_delivery_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_delivery_token_hash")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_image_id"), ["image_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_licence_id"), ["licence_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_state"), ["state"], unique=False)

    op.create_table(
        "licence_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("licence_id", sa.Integer(), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("usage", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("credit_line", sa.Text(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["image_id"], ["image.id"], name=op.f("fk_licence_line_image_id")),
        sa.ForeignKeyConstraint(
            ["licence_id"], ["licence.id"], name=op.f("fk_licence_line_licence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_line")),
    )
    with op.batch_alter_table("licence_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_licence_line_image_id"), ["image_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_licence_line_licence_id"), ["licence_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("licence_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_licence_line_licence_id"))
        batch_op.drop_index(batch_op.f("ix_licence_line_image_id"))

    op.drop_table("licence_line")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_state"))
        batch_op.drop_index(batch_op.f("ix_delivery_licence_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_image_id"))

    op.drop_table("delivery")
    with op.batch_alter_table("picture", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_picture_state"))
        batch_op.drop_index(batch_op.f("ix_picture_sha256"))
        batch_op.drop_index(batch_op.f("ix_picture_image_id"))

    op.drop_table("picture")
    with op.batch_alter_table("licence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_licence_state"))
        batch_op.drop_index(batch_op.f("ix_licence_request_id"))
        batch_op.drop_index(batch_op.f("ix_licence_person_id"))

    op.drop_table("licence")
    with op.batch_alter_table("asset", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_asset_image_id"))

    op.drop_table("asset")
    op.drop_table("acceptance")
    with op.batch_alter_table("request_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_line_request_id"))
        batch_op.drop_index(batch_op.f("ix_request_line_image_id"))

    op.drop_table("request_line")
    op.drop_table("record")
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quote_state"))
        batch_op.drop_index(batch_op.f("ix_quote_request_id"))

    op.drop_table("quote")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_state"))
        batch_op.drop_index(batch_op.f("ix_proposal_image_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_batch_id"))

    op.drop_table("proposal")
    with op.batch_alter_table("licence_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_licence_step_request_id"))

    op.drop_table("licence_step")
    with op.batch_alter_table("image_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_image_place_place_id"))
        batch_op.drop_index(batch_op.f("ix_image_place_image_id"))

    op.drop_table("image_place")
    with op.batch_alter_table("image_identifier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_image_identifier_value"))
        batch_op.drop_index(batch_op.f("ix_image_identifier_image_id"))

    op.drop_table("image_identifier")
    with op.batch_alter_table("image_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_image_event_image_id"))
        batch_op.drop_index(batch_op.f("ix_image_event_event_id"))

    op.drop_table("image_event")
    with op.batch_alter_table("image_concept", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_image_concept_image_id"))
        batch_op.drop_index(batch_op.f("ix_image_concept_concept_id"))

    op.drop_table("image_concept")
    with op.batch_alter_table("image_agent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_image_agent_image_id"))
        batch_op.drop_index(batch_op.f("ix_image_agent_agent_id"))

    op.drop_table("image_agent")
    with op.batch_alter_table("date_statement", schema=None) as batch_op:
        batch_op.drop_index("ix_date_statement_span")
        batch_op.drop_index(batch_op.f("ix_date_statement_image_id"))

    op.drop_table("date_statement")
    with op.batch_alter_table("carrier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_carrier_image_id"))

    op.drop_table("carrier")
    with op.batch_alter_table("caption_statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_caption_statement_image_id"))

    op.drop_table("caption_statement")
    with op.batch_alter_table("batch_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_batch_file_sha256"))
        batch_op.drop_index(batch_op.f("ix_batch_file_path"))
        batch_op.drop_index(batch_op.f("ix_batch_file_key"))
        batch_op.drop_index("ix_batch_file_batch_position")

    op.drop_table("batch_file")
    with op.batch_alter_table("access", schema=None) as batch_op:
        batch_op.drop_index("ix_access_public")

    op.drop_table("access")
    op.drop_table("role_grant")
    op.drop_table("raw_metadata")
    with op.batch_alter_table("licence_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_licence_request_state"))
        batch_op.drop_index(batch_op.f("ix_licence_request_person_id"))
        batch_op.drop_index(batch_op.f("ix_licence_request_created_at"))

    op.drop_table("licence_request")
    with op.batch_alter_table("image", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_image_updated_at"))
        batch_op.drop_index("ix_image_unit_position")
        batch_op.drop_index(batch_op.f("ix_image_state"))
        batch_op.drop_index(batch_op.f("ix_image_ref_code"))
        batch_op.drop_index(batch_op.f("ix_image_created_at"))

    op.drop_table("image")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index("ix_change_subject")
        batch_op.drop_index(batch_op.f("ix_change_change_set_id"))

    op.drop_table("change")
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_batch_unit_id"))
        batch_op.drop_index(batch_op.f("ix_batch_state"))
        batch_op.drop_index(batch_op.f("ix_batch_opened_at"))

    op.drop_table("batch")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_parent_id"))

    op.drop_table("unit")
    op.drop_table("stored_file")
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_key"))

    op.drop_table("place")
    op.drop_table("person")
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.drop_index("ix_outgoing_mail_due")

    op.drop_table("outgoing_mail")
    op.drop_table("mapping")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_state_due")
        batch_op.drop_index(batch_op.f("ix_job_kind"))

    op.drop_table("job")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_key"))

    op.drop_table("event")
    op.drop_table("document_counter")
    op.drop_table("document")
    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concept_key"))

    op.drop_table("concept")
    with op.batch_alter_table("change_set", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_change_set_at"))
        batch_op.drop_index(batch_op.f("ix_change_set_actor_id"))
        batch_op.drop_index(batch_op.f("ix_change_set_action"))

    op.drop_table("change_set")
    op.drop_table("audit_event")
    with op.batch_alter_table("agent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agent_key"))

    op.drop_table("agent")
