"""Keep what media came into drafts, and which ones no publication has yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1795421200"
down_revision = "1795421110"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "held_media",
        sa.Column("sha256", sa.Text(), nullable=False),
        references("held_media", "sha256", "media", "sha256"),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_held_media")),
    )
    op.create_table(
        "draft_media_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        references("draft_media_change", "author_id", "agent", "id"),
        references("draft_media_change", "draft_id", "draft", "id"),
        references("draft_media_change", "sha256", "media", "sha256"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_media_change")),
    )
    for column in ("author_id", "draft_id", "sha256"):
        op.create_index(op.f(f"ix_draft_media_change_{column}"), "draft_media_change", [column])


def references(table: str, column: str, other: str, key: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=name)


def downgrade() -> None:
    op.drop_table("draft_media_change")
    op.drop_table("held_media")
