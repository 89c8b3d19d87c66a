"""Read from indexes alone who is in a unit, and which units stood below which.

A list of names goes through the people of its units: where they are stood in the table only, one
read of the disk for each of them. Comparing a past tree of units with today's looked every unit up.
The indexes that there were are the start of the new ones, or hold the same columns.
"""

from __future__ import annotations

from alembic import op

revision = "1795421510"
down_revision = "1795421400"
branch_labels = None
depends_on = None

CHANGED = (
    ("assignment", ("ix_assignment_unit_id", ["unit_id"]),
     ("ix_assignment_unit", ["unit_id", "ends_on", "agent_id", "starts_on"])),
    ("snapshot_unit", ("ix_snapshot_unit_parent", ["snapshot_id", "parent_id", "corps"]),
     ("ix_snapshot_unit_below", ["snapshot_id", "corps", "parent_id", "unit_id"])),
)  # fmt: skip
"""Each table, with its index before and after."""


def upgrade() -> None:
    for table, (old, _columns), (new, columns) in CHANGED:
        op.create_index(new, table, columns)
        op.drop_index(old, table_name=table)


def downgrade() -> None:
    for table, (old, columns), (new, _columns) in CHANGED:
        op.create_index(old, table, columns)
        op.drop_index(new, table_name=table)
