"""Find the latest cycle of everybody in one index, with what a snapshot reads of it.

On PostgreSQL, the index that refuses a second row for a cycle takes the place of the constraint that
did, and the units of a snapshot are looked up once for each statement; SQLite keeps its own, and has
a second index of completions.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import text

revision = "1795421550"
down_revision = "1795421540"
branch_labels = None
depends_on = None

READ_WITH = {
    "enrolment": ["due_on", "started_at", "enrolled_at", "campaign_id", "id"],
    "completion": ["valid_until", "completed_at"],
}
UNITS = "fk_snapshot_unit_unit_id_organisational_unit"
SECOND = "ix_completion_latest_cycle"
KEY = ["agent_id", "module_id", "cycle"]


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in READ_WITH.items():
            op.create_index(
                f"uq_{table}_latest_cycle", table, [*KEY[:2], text("cycle DESC")],
                unique=True, postgresql_include=columns,
            )  # fmt: skip
            op.drop_constraint(name(table), table, type_="unique")
        op.drop_constraint(op.f(UNITS), "snapshot_unit", type_="foreignkey")
    else:
        op.create_index(SECOND, "completion", [*KEY, *READ_WITH["completion"]])


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.create_foreign_key(
            op.f(UNITS), "snapshot_unit", "organisational_unit", ["unit_id"], ["id"]
        )
        for table in READ_WITH:
            op.create_unique_constraint(name(table), table, KEY)
            op.drop_index(f"uq_{table}_latest_cycle", table)
    else:
        op.drop_index(SECOND, "completion")


def name(table: str) -> str:
    """Name the constraint that a table had."""
    return op.f(f"uq_{table}_agent_id_module_id_cycle")
