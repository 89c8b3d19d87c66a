"""Create absences, releases, reminders and recurrences."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1795420700"
down_revision = "1795420650"
branch_labels = None
depends_on = None


def campaign_columns() -> list[sa.Column]:
    return [
        sa.Column("categories", sa.JSON(), nullable=True),
        sa.Column("roles", sa.JSON(), nullable=True),
        sa.Column("arrived_since", sa.Date(), nullable=True),
        sa.Column("recurrence", sa.Text(), nullable=False, server_default="once"),
        sa.Column("early_days", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("window_from", sa.Text(), nullable=True),
        sa.Column("window_to", sa.Text(), nullable=True),
        sa.Column("window_years", sa.Integer(), nullable=False, server_default="1"),
    ]


def upgrade() -> None:
    # Columns are added in place: no row of a large table is written again.
    for column in campaign_columns():
        op.add_column("campaign", column)
    op.execute("UPDATE campaign SET recurrence = 'anniversary' WHERE delay_days IS NOT NULL")
    op.add_column("enrolment", sa.Column("base_due_on", sa.Date(), nullable=True))
    create_releases()
    create_absences()
    create_reminders()


def create_releases() -> None:
    op.create_table(
        "enrolment_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "reason IN ('audience', 'organisation')", name=op.f("ck_enrolment_release_reason_known")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_enrolment_release_enrolment_id_enrolment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_release")),
    )
    op.create_index(
        op.f("ix_enrolment_release_enrolment_id"),
        "enrolment_release",
        ["enrolment_id"],
        unique=False,
    )
    op.create_index(
        "uq_enrolment_release_current",
        "enrolment_release",
        ["enrolment_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def create_absences() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_by_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_absence_ends_after_start")),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_absence_agent_id_agent")),
        sa.ForeignKeyConstraint(
            ["cancelled_by_id"], ["agent.id"], name=op.f("fk_absence_cancelled_by_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["agent.id"], name=op.f("fk_absence_entered_by_id_agent")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    for column in ("agent_id", "cancelled_by_id", "ends_on", "entered_by_id"):
        op.create_index(op.f(f"ix_absence_{column}"), "absence", [column], unique=False)


def create_reminders() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_reminder_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["agent.id"], name=op.f("fk_reminder_asked_by_id_agent")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("agent_id", "week_on", name=op.f("uq_reminder_agent_id_week_on")),
    )
    op.create_index(op.f("ix_reminder_asked_by_id"), "reminder", ["asked_by_id"], unique=False)


def downgrade() -> None:
    op.drop_table("reminder")
    op.drop_table("absence")
    op.drop_table("enrolment_release")
    op.drop_column("enrolment", "base_due_on")
    for column in reversed(campaign_columns()):
        op.drop_column("campaign", column.name)
