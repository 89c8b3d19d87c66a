"""Keep how a version was written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1795420900"
down_revision = "1795420800"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("media", "written"):  # None for the versions that are there.
        op.add_column("module_version", sa.Column(column, sa.JSON(), nullable=True))


def downgrade() -> None:
    for column in ("written", "media"):
        op.drop_column("module_version", column)
