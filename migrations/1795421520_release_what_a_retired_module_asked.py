"""Let a release say that its module was retired."""

from __future__ import annotations

from alembic import op

revision = "1795421520"
down_revision = "1795421510"
branch_labels = None
depends_on = None

NAME = "ck_enrolment_release_reason_known"


def upgrade() -> None:
    know("'audience', 'organisation', 'module'")


def downgrade() -> None:
    # The older table knows two reasons; it keeps that the module was not owed.
    op.execute("UPDATE enrolment_release SET reason = 'audience' WHERE reason = 'module'")
    know("'audience', 'organisation'")


def know(reasons: str) -> None:
    """Let the table know these reasons."""
    # Nothing refers to this table: on SQLite it may be made again.
    with op.batch_alter_table("enrolment_release") as release:
        release.drop_constraint(op.f(NAME), type_="check")
        release.create_check_constraint(op.f(NAME), f"reason IN ({reasons})")
