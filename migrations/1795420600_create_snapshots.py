"""Create snapshots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1795420600"
down_revision = "1795420500"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["agent.id"], name=op.f("fk_snapshot_taken_by_id_agent")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
    )
    op.create_index(op.f("ix_snapshot_as_of"), "snapshot", ["as_of"], unique=False)
    op.create_index(op.f("ix_snapshot_taken_by_id"), "snapshot", ["taken_by_id"], unique=False)
    op.create_table(
        "snapshot_cell",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("corps", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("owed", sa.Integer(), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.Column("overdue", sa.Integer(), nullable=False),
        sa.Column("expired", sa.Integer(), nullable=False),
        sa.Column("first_try", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_id"], ["module.id"], name=op.f("fk_snapshot_cell_module_id_module")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_cell_snapshot_id_snapshot")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["organisational_unit.id"],
            name=op.f("fk_snapshot_cell_unit_id_organisational_unit"),
        ),
        sa.PrimaryKeyConstraint(
            "snapshot_id",
            "unit_id",
            "module_id",
            "corps",
            "category",
            name=op.f("pk_snapshot_cell"),
        ),
    )
    op.create_table(
        "snapshot_first_try",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.Column("first_try", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_id"], ["module.id"], name=op.f("fk_snapshot_first_try_module_id_module")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["snapshot.id"],
            name=op.f("fk_snapshot_first_try_snapshot_id_snapshot"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["organisational_unit.id"],
            name=op.f("fk_snapshot_first_try_unit_id_organisational_unit"),
        ),
        sa.PrimaryKeyConstraint(
            "snapshot_id", "unit_id", "module_id", name=op.f("pk_snapshot_first_try")
        ),
    )
    op.create_table(
        "snapshot_total",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("corps", sa.Text(), nullable=False),
        sa.Column("owed", sa.Integer(), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.Column("overdue", sa.Integer(), nullable=False),
        sa.Column("expired", sa.Integer(), nullable=False),
        sa.Column("first_try", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_id"], ["module.id"], name=op.f("fk_snapshot_total_module_id_module")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_total_snapshot_id_snapshot")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["organisational_unit.id"],
            name=op.f("fk_snapshot_total_unit_id_organisational_unit"),
        ),
        sa.PrimaryKeyConstraint(
            "snapshot_id", "unit_id", "module_id", "corps", name=op.f("pk_snapshot_total")
        ),
    )
    op.create_table(
        "snapshot_unit",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("corps", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("up_to_date", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_unit_snapshot_id_snapshot")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["organisational_unit.id"],
            name=op.f("fk_snapshot_unit_unit_id_organisational_unit"),
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "unit_id", "corps", name=op.f("pk_snapshot_unit")),
    )
    op.create_index(
        "ix_snapshot_unit_parent",
        "snapshot_unit",
        ["snapshot_id", "parent_id", "corps"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("snapshot_unit")
    op.drop_table("snapshot_total")
    op.drop_table("snapshot_first_try")
    op.drop_table("snapshot_cell")
    op.drop_table("snapshot")
