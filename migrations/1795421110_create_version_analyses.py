"""Create the analyses of versions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1795421110"
down_revision = "1795421100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "version_analysis",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("stories", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["module_version.id"],
            name=op.f("fk_version_analysis_version_id_module_version"),
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_version_analysis")),
    )


def downgrade() -> None:
    op.drop_table("version_analysis")
