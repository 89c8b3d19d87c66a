"""Create errata and the corrections of attempts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1795421100"
down_revision = "1795421000"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erratum",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("applied_by_id", sa.Integer(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["applied_by_id"], ["agent.id"], name=op.f("fk_erratum_applied_by_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["module_version.id"], name=op.f("fk_erratum_version_id_module_version")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_erratum")),
    )
    op.create_index(op.f("ix_erratum_applied_by_id"), "erratum", ["applied_by_id"])
    op.create_table(
        "attempt_correction",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("score_numerator", sa.Integer(), nullable=False),
        sa.Column("score_denominator", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "score_numerator >= 0 AND score_denominator > 0"
            " AND score_numerator <= score_denominator",
            name=op.f("ck_attempt_correction_score_in_range"),
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_correction_attempt_id_attempt")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["module_version.id"],
            name=op.f("fk_attempt_correction_version_id_module_version"),
        ),
        sa.PrimaryKeyConstraint("attempt_id", "version_id", name=op.f("pk_attempt_correction")),
    )
    op.create_index(op.f("ix_attempt_correction_version_id"), "attempt_correction", ["version_id"])


def downgrade() -> None:
    op.drop_table("attempt_correction")
    op.drop_table("erratum")
