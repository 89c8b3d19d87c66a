"""Write weekly reminders and follow each mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1795421300"
down_revision = "1795421200"
branch_labels = None
depends_on = None

CHECKS = {
    "kind_known": "kind IN ('password', 'reminder', 'team')",
    "state_known": "state IN ('waiting', 'failed', 'sent', 'given_up')",
    "reason_known": (
        "reason IN ('', 'server_away', 'later', 'refused_address', 'refused', 'sender_refused',"
        " 'cut_short', 'cut_short_again', 'expired', 'nothing_left')"
    ),
}


def mail_columns() -> list[sa.Column]:
    return [
        sa.Column("kind", sa.Text(), nullable=False, server_default="password"),
        sa.Column("state", sa.Text(), nullable=False, server_default="waiting"),
        sa.Column("html", sa.Text(), nullable=False, server_default=""),
        sa.Column("stop_url", sa.Text(), nullable=False, server_default=""),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unknown_tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("reply_code", sa.Integer(), nullable=True),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
    ]


def upgrade() -> None:
    # Nothing refers to these two tables: on SQLite they may be made again.
    with op.batch_alter_table("outgoing_mail") as mail:
        for column in mail_columns():
            mail.add_column(column)
        for name, condition in CHECKS.items():
            mail.create_check_constraint(op.f(f"ck_outgoing_mail_{name}"), condition)
    with op.batch_alter_table("outgoing_mail") as mail:
        for name in ("html", "stop_url", "unknown_tries", "reason"):
            mail.alter_column(name, server_default=None)
    op.execute("UPDATE outgoing_mail SET state = 'sent' WHERE sent_at IS NOT NULL")
    op.execute(
        "UPDATE outgoing_mail SET state = 'given_up', body = '', reason = 'server_away'"
        " WHERE sent_at IS NULL AND failures >= 10"
    )
    op.execute(
        "UPDATE outgoing_mail SET state = 'failed', reason = 'server_away'"
        " WHERE sent_at IS NULL AND failures BETWEEN 1 AND 9"
    )
    op.create_index("ix_outgoing_mail_state", "outgoing_mail", ["state", "id"], unique=False)
    with op.batch_alter_table("reminder") as reminder:
        reminder.alter_column("asked_by_id", existing_type=sa.Integer(), nullable=True)
    create_team_digests()
    create_mail_choices()


def create_team_digests() -> None:
    op.create_table(
        "team_digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_team_digest_agent_id_agent")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_digest")),
        sa.UniqueConstraint("agent_id", "week_on", name=op.f("uq_team_digest_agent_id_week_on")),
    )


def create_mail_choices() -> None:
    op.create_table(
        "mail_choice",
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("weekly_stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("teams_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_mail_choice_agent_id_agent")
        ),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_mail_choice")),
    )


def downgrade() -> None:
    op.drop_table("mail_choice")
    op.drop_table("team_digest")
    # A reminder that nobody asked for has no place in the older table: its agent asked it then.
    op.execute("UPDATE reminder SET asked_by_id = agent_id WHERE asked_by_id IS NULL")
    with op.batch_alter_table("reminder") as reminder:
        reminder.alter_column("asked_by_id", existing_type=sa.Integer(), nullable=False)
    # Ten failures are all that the older table knows of giving up; what was, must not leave blank.
    op.execute("UPDATE outgoing_mail SET failures = 10 WHERE state = 'given_up'")
    op.execute("UPDATE outgoing_mail SET failures = 9 WHERE state = 'failed' AND failures > 9")
    op.drop_index("ix_outgoing_mail_state", table_name="outgoing_mail")
    with op.batch_alter_table("outgoing_mail") as mail:
        for name in CHECKS:
            mail.drop_constraint(op.f(f"ck_outgoing_mail_{name}"), type_="check")
        for column in reversed(mail_columns()):
            mail.drop_column(column.name)
