"""Create drafts, revisions, comments and reviews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1795421000"
down_revision = "1795420900"
branch_labels = None
depends_on = None

STILL_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    create_drafts()
    create_texts()
    create_comments_and_reviews()


def create_drafts() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("base_version_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (state IN ('writing', 'in_review'))",
            name=op.f("ck_draft_closed_when_over"),
        ),
        sa.CheckConstraint(
            "state IN ('writing', 'in_review', 'published', 'withdrawn')",
            name=op.f("ck_draft_state_known"),
        ),
        references("draft", "base_version_id", "module_version"),
        references("draft", "created_by_id", "agent"),
        references("draft", "version_id", "module_version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    for column in ("base_version_id", "created_by_id", "version_id"):
        op.create_index(op.f(f"ix_draft_{column}"), "draft", [column], unique=False)
    op.create_index(
        "uq_draft_open", "draft", ["slug"], unique=True,
        sqlite_where=STILL_OPEN, postgresql_where=STILL_OPEN,
    )  # fmt: skip


def create_texts() -> None:
    op.create_table(
        "draft_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        references("draft_file", "draft_id", "draft"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_file")),
        sa.UniqueConstraint("draft_id", "path", name=op.f("uq_draft_file_draft_id_path")),
    )
    op.create_table(
        "draft_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("is_aside", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        references("draft_revision", "author_id", "agent"),
        references("draft_revision", "file_id", "draft_file"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_revision")),
        sa.UniqueConstraint("file_id", "number", name=op.f("uq_draft_revision_file_id_number")),
    )
    op.create_index(op.f("ix_draft_revision_author_id"), "draft_revision", ["author_id"])
    op.create_table(
        "draft_media",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        references("draft_media", "draft_id", "draft"),
        sa.ForeignKeyConstraint(
            ["sha256"], ["media.sha256"], name=op.f("fk_draft_media_sha256_media")
        ),
        sa.PrimaryKeyConstraint("draft_id", "path", name=op.f("pk_draft_media")),
    )
    op.create_index(op.f("ix_draft_media_sha256"), "draft_media", ["sha256"], unique=False)


def create_comments_and_reviews() -> None:
    op.create_table(
        "draft_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by_id", sa.Integer(), nullable=True),
        references("draft_comment", "author_id", "agent"),
        references("draft_comment", "draft_id", "draft"),
        references("draft_comment", "resolved_by_id", "agent"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_comment")),
    )
    op.create_table(
        "draft_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("base_version_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decision IN ('approved', 'changes')", name=op.f("ck_draft_review_decision_known")
        ),
        references("draft_review", "base_version_id", "module_version"),
        references("draft_review", "draft_id", "draft"),
        references("draft_review", "reviewer_id", "agent"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_review")),
    )
    for table, columns in [
        ("draft_comment", ("author_id", "draft_id", "resolved_by_id")),
        ("draft_review", ("base_version_id", "draft_id", "reviewer_id")),
    ]:
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def references(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def downgrade() -> None:
    for table in ("draft_review", "draft_comment", "draft_media", "draft_revision", "draft_file"):
        op.drop_table(table)
    op.drop_table("draft")
