"""Create campaigns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1795420300"
down_revision = "1795420200"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("path_id", sa.Integer(), nullable=True),
        sa.Column("module_slugs", sa.JSON(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("corps", sa.JSON(), nullable=False),
        sa.Column("grades", sa.JSON(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("delay_days", sa.Integer(), nullable=True),
        sa.Column("validity_months", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(due_on IS NULL) <> (delay_days IS NULL)", name=op.f("ck_campaign_date_or_delay")
        ),
        sa.CheckConstraint(
            "delay_days BETWEEN 1 AND 3650", name=op.f("ck_campaign_delay_in_range")
        ),
        sa.CheckConstraint("due_on >= opens_on", name=op.f("ck_campaign_due_after_opening")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["agent.id"], name=op.f("fk_campaign_created_by_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["path_id"], ["learning_path.id"], name=op.f("fk_campaign_path_id_learning_path")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["organisational_unit.id"],
            name=op.f("fk_campaign_unit_id_organisational_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
    )
    op.create_index(op.f("ix_campaign_created_by_id"), "campaign", ["created_by_id"], unique=False)
    op.create_index(op.f("ix_campaign_path_id"), "campaign", ["path_id"], unique=False)
    op.create_index(op.f("ix_campaign_unit_id"), "campaign", ["unit_id"], unique=False)


def downgrade() -> None:
    op.drop_table("campaign")
