"""The workbench: authorities that merge, arrangement, carriers, sources, drafts, queues."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from archive.db import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Tables whose rows history speaks of by their keys.
RECORDED = (
    "change_set", "unit", "former_code", "image", "image_link", "caption_statement",
    "date_statement", "agent", "image_agent", "place", "image_place", "event", "image_event",
    "concept_scheme", "concept", "image_concept", "image_identifier", "carrier", "asset",
    "person", "role_grant", "licence_request", "request_line", "quote", "acceptance", "licence",
    "licence_line", "delivery", "distinct_pair",
)  # fmt: skip
# References that are asked whenever what they refer to is removed.
REFERRING = (
    ("caption_statement", "translation_of_id"),
    ("caption_statement", "superseded_by_id"),
    ("concept", "broader_id"),
    ("asset", "carrier_id"),
    ("change_set", "undo_of_id"),
)


def upgrade() -> None:
    op.create_table(
        "sheet_import",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_label", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("notes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("trouble", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("change_set", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("applied_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_import")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sheet_import_public_id")),
    )
    with op.batch_alter_table("sheet_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_import_sent_at"), ["sent_at"], unique=False)

    op.create_table(
        "sheet_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("image", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=120), nullable=False),
        sa.Column("remarks", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["sheet_import.id"],
            name=op.f("fk_sheet_row_import_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_row")),
    )
    with op.batch_alter_table("sheet_row", schema=None) as batch_op:
        batch_op.create_index("ix_sheet_row_import_number", ["import_id", "number"], unique=False)

    op.create_table(
        "sheet_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("column", sa.String(length=80), nullable=False),
        sa.Column("base", sa.Text(), nullable=True),
        sa.Column("theirs", sa.Text(), nullable=False),
        sa.Column("ours", sa.Text(), nullable=False),
        sa.Column("conflict", sa.Boolean(), nullable=False),
        sa.Column("remarked", sa.Boolean(), nullable=False),
        sa.Column("usable", sa.Boolean(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("remarks", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("stops", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["sheet_import.id"],
            name=op.f("fk_sheet_cell_import_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["row_id"], ["sheet_row.id"], name=op.f("fk_sheet_cell_row_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_cell")),
    )
    with op.batch_alter_table("sheet_cell", schema=None) as batch_op:
        batch_op.create_index("ix_sheet_cell_import_column", ["import_id", "column"], unique=False)
        batch_op.create_index(batch_op.f("ix_sheet_cell_row_id"), ["row_id"], unique=False)

    op.create_table(
        "concept_scheme",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("further", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concept_scheme")),
        sa.UniqueConstraint("code", name=op.f("uq_concept_scheme_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_concept_scheme_public_id")),
    )
    op.create_table(
        "search_miss",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_miss")),
        sa.UniqueConstraint("key", name=op.f("uq_search_miss_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_search_miss_public_id")),
    )
    op.create_table(
        "search_wish",
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(length=255), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_wish")),
        sa.UniqueConstraint("public_id", name=op.f("uq_search_wish_public_id")),
    )
    op.create_table(
        "transcription",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_transcription")),
    )
    op.create_table(
        "gap_count",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("counted_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_gap_count")),
    )
    op.create_table(
        "contradiction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("values", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_contradiction_image_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contradiction")),
    )
    with op.batch_alter_table("contradiction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contradiction_image_id"), ["image_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contradiction_rule"), ["rule"], unique=False)

    op.create_table(
        "bulk_plan",
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("instructions", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("undo_of_id", sa.Integer(), nullable=True),
        sa.Column("later", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("photographs", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("portions", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("conflicts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("left", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("change_set_id", sa.Integer(), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_label", sa.String(length=60), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_bulk_plan_change_set_id")
        ),
        sa.ForeignKeyConstraint(
            ["undo_of_id"], ["change_set.id"], name=op.f("fk_bulk_plan_undo_of_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_plan")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bulk_plan_public_id")),
    )
    with op.batch_alter_table("bulk_plan", schema=None) as batch_op:
        for column in ("change_set_id", "created_at", "state", "undo_of_id"):
            batch_op.create_index(batch_op.f(f"ix_bulk_plan_{column}"), [column], unique=False)

    op.create_table(
        "template",
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("values", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_template_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template")),
        sa.UniqueConstraint("public_id", name=op.f("uq_template_public_id")),
    )
    op.create_table(
        "work_queue",
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("query", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_work_queue_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_queue")),
        sa.UniqueConstraint("public_id", name=op.f("uq_work_queue_public_id")),
    )
    op.create_table(
        "likely_pair",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("one_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("kind", "one_id", "other_id", name=op.f("pk_likely_pair")),
    )
    op.create_table(
        "distinct_pair",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distinct_pair")),
        sa.UniqueConstraint(
            "kind", "one_id", "other_id", name=op.f("uq_distinct_pair_kind_one_id_other_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_distinct_pair_public_id")),
    )
    op.create_table(
        "authority_word",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("authority_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "word",
            sa.String(length=80).with_variant(sa.String(length=80, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("scheme", sa.String(length=20), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "authority_id", "word", name=op.f("pk_authority_word")),
    )
    with op.batch_alter_table("authority_word", schema=None) as batch_op:
        batch_op.create_index(
            "ix_authority_word_lookup",
            ["kind", "word", "scheme", "uses", "authority_id"],
            unique=False,
        )

    op.create_table(
        "former_code",
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("image_id", sa.Integer(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "(unit_id IS NULL) <> (image_id IS NULL)", name=op.f("ck_former_code_of_one_thing")
        ),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_former_code_image_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_former_code_unit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_former_code_public_id")),
    )
    with op.batch_alter_table("former_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_former_code_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_former_code_image_id"), ["image_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_former_code_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "image_link",
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.CheckConstraint("image_id <> other_id", name=op.f("ck_image_link_not_to_itself")),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_image_link_image_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["image.id"], name=op.f("fk_image_link_other_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image_link")),
        sa.UniqueConstraint(
            "image_id", "other_id", "kind", name=op.f("uq_image_link_image_id_other_id_kind")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_image_link_public_id")),
    )
    with op.batch_alter_table("image_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_image_link_other_id"), ["other_id"], unique=False)

    op.create_table(
        "picture_print",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.String(length=16), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("codes", sa.LargeBinary(), nullable=False),
        sa.Column("compared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asset_id"],
            ["asset.public_id"],
            name=op.f("fk_picture_print_asset_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture_print")),
        sa.UniqueConstraint("asset_id", name=op.f("uq_picture_print_asset_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("picture_print", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_picture_print_compared"), ["compared"], unique=False)

    op.create_table(
        "picture_likeness",
        sa.Column("one_asset", sa.String(length=16), nullable=False),
        sa.Column("other_asset", sa.String(length=16), nullable=False),
        sa.Column("agreement", sa.Double(), nullable=False),
        sa.Column("of_one", sa.Double(), nullable=False),
        sa.Column("of_other", sa.Double(), nullable=False),
        sa.Column("mirrored", sa.Boolean(), nullable=False),
        sa.Column("quarters", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["one_asset"],
            ["asset.public_id"],
            name=op.f("fk_picture_likeness_one_asset"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_asset"],
            ["asset.public_id"],
            name=op.f("fk_picture_likeness_other_asset"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("one_asset", "other_asset", name=op.f("pk_picture_likeness")),
    )
    with op.batch_alter_table("picture_likeness", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_picture_likeness_other_asset"), ["other_asset"], unique=False
        )

    op.create_table(
        "review_note",
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_review_note_image_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_review_note_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_note")),
        sa.UniqueConstraint("public_id", name=op.f("uq_review_note_public_id")),
    )
    with op.batch_alter_table("review_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_note_image_id"), ["image_id"], unique=False)

    op.create_table(
        "working_draft",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_working_draft_image_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_working_draft_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_draft")),
        sa.UniqueConstraint(
            "person_id", "image_id", name=op.f("uq_working_draft_person_id_image_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_working_draft_public_id")),
    )
    with op.batch_alter_table("working_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_working_draft_image_id"), ["image_id"], unique=False)

    with op.batch_alter_table("agent", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("forms", sa.JSON(none_as_null=True), nullable=False, server_default="[]")
        )
        batch_op.add_column(sa.Column("sources", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_index(
            batch_op.f("ix_agent_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_agent_merged_into_id"), "agent", ["merged_into_id"], ["id"]
        )

    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("rolls", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("change_set_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_batch_change_set_id"), "change_set", ["change_set_id"], ["id"]
        )
        batch_op.drop_constraint(batch_op.f("fk_batch_unit_id"), type_="foreignkey")
        batch_op.create_foreign_key(
            batch_op.f("fk_batch_unit_id"), "unit", ["unit_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("caption_statement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source", sa.Text(), nullable=False, server_default=""))

    with op.batch_alter_table("carrier", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("kind", sa.String(length=20), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("inventory_no", sa.String(length=80), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("polarity", sa.String(length=20), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("colour", sa.String(length=20), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("height_mm", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("width_mm", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("sheet_height_mm", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("sheet_width_mm", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("condition", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("condition_note", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("condition_on", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_carrier_inventory_no"), ["inventory_no"], unique=False)

    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("state", sa.String(length=20), nullable=False, server_default="approved")
        )
        batch_op.add_column(
            sa.Column("notation", sa.String(length=80), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("uri", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("further", sa.JSON(none_as_null=True), nullable=False, server_default="[]")
        )
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.alter_column("labels", new_column_name="names")
        batch_op.add_column(
            sa.Column("forms", sa.JSON(none_as_null=True), nullable=False, server_default="[]")
        )
        batch_op.add_column(
            sa.Column("note", sa.JSON(none_as_null=True), nullable=False, server_default="{}")
        )
        batch_op.add_column(
            sa.Column(
                "identifiers", sa.JSON(none_as_null=True), nullable=False, server_default="{}"
            )
        )
        batch_op.add_column(sa.Column("sources", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_index(
            batch_op.f("ix_concept_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_concept_merged_into_id"), "concept", ["merged_into_id"], ["id"]
        )

    with op.batch_alter_table("date_statement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source", sa.Text(), nullable=False, server_default=""))

    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("forms", sa.JSON(none_as_null=True), nullable=False, server_default="[]")
        )
        batch_op.add_column(
            sa.Column(
                "identifiers", sa.JSON(none_as_null=True), nullable=False, server_default="{}"
            )
        )
        batch_op.add_column(sa.Column("sources", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_index(
            batch_op.f("ix_event_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_event_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_place_id"), ["place_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_event_place_id"), "place", ["place_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_event_merged_into_id"), "event", ["merged_into_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_event_parent_id"), "event", ["parent_id"], ["id"]
        )

    with op.batch_alter_table("image", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("frame", sa.String(length=20), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_image_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_image_merged_into_id"), "image", ["merged_into_id"], ["id"]
        )

    with op.batch_alter_table("image_agent", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("region", sa.JSON(none_as_null=True), nullable=True))

    with op.batch_alter_table("image_event", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("certainty", sa.String(length=20), nullable=False, server_default="certain")
        )
        batch_op.add_column(sa.Column("source", sa.Text(), nullable=False, server_default=""))

    with op.batch_alter_table("image_place", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("lat", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("lon", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("uncertainty_m", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("heading_deg", sa.Integer(), nullable=True))

    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("forms", sa.JSON(none_as_null=True), nullable=False, server_default="[]")
        )
        batch_op.add_column(
            sa.Column(
                "identifiers", sa.JSON(none_as_null=True), nullable=False, server_default="{}"
            )
        )
        batch_op.add_column(sa.Column("sources", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_index(
            batch_op.f("ix_place_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_place_parent_id"), ["parent_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_place_parent_id"), "place", ["parent_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_place_merged_into_id"), "place", ["merged_into_id"], ["id"]
        )

    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("form", sa.String(length=20), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("isad", sa.JSON(none_as_null=True), nullable=False, server_default="{}")
        )
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))

    for table, column in REFERRING:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)

    _set_keys(once=True)


def _set_keys(*, once: bool) -> None:
    """SQLite: whether the key of a removed row is never given again, so that history stays true."""
    if op.get_bind().dialect.name == "sqlite":
        for name in RECORDED:
            with op.batch_alter_table(
                name, recreate="always", table_kwargs={"sqlite_autoincrement": once}
            ):
                pass


def downgrade() -> None:
    _set_keys(once=False)
    for table, column in REFERRING:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f"ix_{table}_{column}"))
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_column("version")
        batch_op.drop_column("isad")
        batch_op.drop_column("form")

    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_place_merged_into_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_place_parent_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_place_parent_id"))
        batch_op.drop_index(batch_op.f("ix_place_merged_into_id"))
        batch_op.drop_column("version")
        batch_op.drop_column("sources")
        batch_op.drop_column("identifiers")
        batch_op.drop_column("forms")
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("parent_id")

    with op.batch_alter_table("image_place", schema=None) as batch_op:
        batch_op.drop_column("heading_deg")
        batch_op.drop_column("uncertainty_m")
        batch_op.drop_column("lon")
        batch_op.drop_column("lat")
        batch_op.drop_column("source")

    with op.batch_alter_table("image_event", schema=None) as batch_op:
        batch_op.drop_column("source")
        batch_op.drop_column("certainty")

    with op.batch_alter_table("image_agent", schema=None) as batch_op:
        batch_op.drop_column("region")
        batch_op.drop_column("source")

    with op.batch_alter_table("image", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_image_merged_into_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_image_merged_into_id"))
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("frame")

    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_event_parent_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_event_merged_into_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_event_place_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_event_place_id"))
        batch_op.drop_index(batch_op.f("ix_event_parent_id"))
        batch_op.drop_index(batch_op.f("ix_event_merged_into_id"))
        batch_op.drop_column("version")
        batch_op.drop_column("sources")
        batch_op.drop_column("identifiers")
        batch_op.drop_column("forms")
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("parent_id")
        batch_op.drop_column("place_id")

    with op.batch_alter_table("date_statement", schema=None) as batch_op:
        batch_op.drop_column("source")

    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.alter_column("names", new_column_name="labels")
        batch_op.drop_constraint(batch_op.f("fk_concept_merged_into_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_concept_merged_into_id"))
        batch_op.drop_column("version")
        batch_op.drop_column("sources")
        batch_op.drop_column("identifiers")
        batch_op.drop_column("note")
        batch_op.drop_column("forms")
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("further")
        batch_op.drop_column("uri")
        batch_op.drop_column("notation")
        batch_op.drop_column("state")

    with op.batch_alter_table("carrier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_carrier_inventory_no"))
        batch_op.drop_column("condition_on")
        batch_op.drop_column("condition_note")
        batch_op.drop_column("condition")
        batch_op.drop_column("sheet_width_mm")
        batch_op.drop_column("sheet_height_mm")
        batch_op.drop_column("width_mm")
        batch_op.drop_column("height_mm")
        batch_op.drop_column("colour")
        batch_op.drop_column("polarity")
        batch_op.drop_column("inventory_no")
        batch_op.drop_column("kind")

    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_batch_unit_id"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_batch_unit_id"), "unit", ["unit_id"], ["id"])
        batch_op.drop_constraint(batch_op.f("fk_batch_change_set_id"), type_="foreignkey")
        batch_op.drop_column("change_set_id")
        batch_op.drop_column("rolls")

    with op.batch_alter_table("caption_statement", schema=None) as batch_op:
        batch_op.drop_column("source")

    with op.batch_alter_table("agent", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_agent_merged_into_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_agent_merged_into_id"))
        batch_op.drop_column("version")
        batch_op.drop_column("sources")
        batch_op.drop_column("forms")
        batch_op.drop_column("merged_into_id")

    with op.batch_alter_table("working_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_working_draft_image_id"))

    op.drop_table("working_draft")
    with op.batch_alter_table("review_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_note_image_id"))

    op.drop_table("review_note")
    with op.batch_alter_table("picture_likeness", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_picture_likeness_other_asset"))

    op.drop_table("picture_likeness")
    with op.batch_alter_table("picture_print", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_picture_print_compared"))

    op.drop_table("picture_print")
    with op.batch_alter_table("image_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_image_link_other_id"))

    op.drop_table("image_link")
    with op.batch_alter_table("former_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_former_code_unit_id"))
        batch_op.drop_index(batch_op.f("ix_former_code_image_id"))
        batch_op.drop_index(batch_op.f("ix_former_code_code"))

    op.drop_table("former_code")
    with op.batch_alter_table("authority_word", schema=None) as batch_op:
        batch_op.drop_index("ix_authority_word_lookup")

    op.drop_table("authority_word")
    op.drop_table("distinct_pair")
    op.drop_table("likely_pair")
    op.drop_table("bulk_plan")
    op.drop_table("work_queue")
    op.drop_table("template")
    with op.batch_alter_table("contradiction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contradiction_rule"))
        batch_op.drop_index(batch_op.f("ix_contradiction_image_id"))

    op.drop_table("contradiction")
    op.drop_table("gap_count")
    op.drop_table("transcription")
    op.drop_table("search_wish")
    op.drop_table("search_miss")
    op.drop_table("concept_scheme")
    with op.batch_alter_table("sheet_cell", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sheet_cell_row_id"))
        batch_op.drop_index("ix_sheet_cell_import_column")

    op.drop_table("sheet_cell")
    with op.batch_alter_table("sheet_row", schema=None) as batch_op:
        batch_op.drop_index("ix_sheet_row_import_number")

    op.drop_table("sheet_row")
    with op.batch_alter_table("sheet_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sheet_import_sent_at"))

    op.drop_table("sheet_import")
