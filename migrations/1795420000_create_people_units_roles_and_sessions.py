"""Create people, units, roles and sessions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1795420000"
down_revision = None
branch_labels = ("default",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matricule", sa.Text(), nullable=False),
        sa.Column("matricule_key", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deactivated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("password_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_agent_language_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent")),
        sa.UniqueConstraint("matricule_key", name=op.f("uq_agent_matricule_key")),
    )
    op.create_index("ix_agent_name", "agent", ["family_name", "given_name", "id"], unique=False)
    op.create_index(op.f("ix_agent_search_key"), "agent", ["search_key"], unique=False)
    op.create_table(
        "ethics_contact",
        sa.Column("corps", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "corps IN ('pn', 'gn', 'pm', 'sp', 'pref')", name=op.f("ck_ethics_contact_corps_known")
        ),
        sa.CheckConstraint(
            "kind IN ('referent', 'listening', 'reporting', 'secularism')",
            name=op.f("ck_ethics_contact_kind_known"),
        ),
        sa.PrimaryKeyConstraint("corps", "kind", name=op.f("pk_ethics_contact")),
    )
    op.create_table(
        "organisational_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "closed_on > opened_on", name=op.f("ck_organisational_unit_closed_after_opened")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["organisational_unit.id"],
            name=op.f("fk_organisational_unit_parent_id_organisational_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisational_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_organisational_unit_code")),
    )
    op.create_index(
        op.f("ix_organisational_unit_parent_id"), "organisational_unit", ["parent_id"], unique=False
    )
    op.create_index(
        op.f("ix_organisational_unit_path"), "organisational_unit", ["path"], unique=False
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "sign_in_counter",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failure_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_counter")),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("corps", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "corps IN ('pn', 'gn', 'pm', 'sp', 'pref')", name=op.f("ck_assignment_corps_known")
        ),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_assignment_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_assignment_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["organisational_unit.id"],
            name=op.f("fk_assignment_unit_id_organisational_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_agent_id"), "assignment", ["agent_id"], unique=False)
    op.create_index(op.f("ix_assignment_unit_id"), "assignment", ["unit_id"], unique=False)
    op.create_index(
        "uq_assignment_current",
        "assignment",
        ["agent_id"],
        unique=True,
        sqlite_where=sa.text("ends_on IS NULL"),
        postgresql_where=sa.text("ends_on IS NULL"),
    )
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_outgoing_mail_agent_id_agent")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
    )
    op.create_index(op.f("ix_outgoing_mail_agent_id"), "outgoing_mail", ["agent_id"], unique=False)
    op.create_table(
        "password_reset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_password_reset_agent_id_agent")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_reset")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_password_reset_token_hash")),
    )
    op.create_index(
        op.f("ix_password_reset_agent_id"), "password_reset", ["agent_id"], unique=False
    )
    op.create_table(
        "role_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "role IN ('supervisor', 'trainer', 'reviewer', 'hr_reader', 'hr_follow_up', 'administrator')",
            name=op.f("ck_role_assignment_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_role_assignment_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["agent.id"], name=op.f("fk_role_assignment_ended_by_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["agent.id"], name=op.f("fk_role_assignment_granted_by_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["organisational_unit.id"],
            name=op.f("fk_role_assignment_unit_id_organisational_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_assignment")),
    )
    op.create_index(
        op.f("ix_role_assignment_agent_id"), "role_assignment", ["agent_id"], unique=False
    )
    op.create_index(
        op.f("ix_role_assignment_ended_by_id"), "role_assignment", ["ended_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_role_assignment_granted_by_id"), "role_assignment", ["granted_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_role_assignment_unit_id"), "role_assignment", ["unit_id"], unique=False
    )
    op.create_index(
        "uq_role_assignment_current",
        "role_assignment",
        ["agent_id", "role", "unit_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_sign_in_session_agent_id_agent")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_session_token_hash")),
    )
    op.create_index(
        op.f("ix_sign_in_session_agent_id"), "sign_in_session", ["agent_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("sign_in_session")
    op.drop_table("role_assignment")
    op.drop_table("password_reset")
    op.drop_table("outgoing_mail")
    op.drop_table("assignment")
    op.drop_table("sign_in_counter")
    op.drop_table("setting")
    op.drop_table("organisational_unit")
    op.drop_table("ethics_contact")
    op.drop_table("agent")
