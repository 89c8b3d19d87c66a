"""Create enrolments, attempts, answers and completions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1795420400"
down_revision = "1795420300"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("corps", sa.Text(), nullable=True),
        sa.CheckConstraint("origin IN ('own', 'campaign')", name=op.f("ck_enrolment_origin_known")),
        sa.CheckConstraint(
            "(version_id IS NULL) = (started_at IS NULL) AND (corps IS NULL) = (started_at IS NULL)",
            name=op.f("ck_enrolment_pinned_when_started"),
        ),
        sa.CheckConstraint("cycle >= 1", name=op.f("ck_enrolment_cycle_from_one")),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_enrolment_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_enrolment_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["module_id"], ["module.id"], name=op.f("fk_enrolment_module_id_module")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["module_version.id"],
            name=op.f("fk_enrolment_version_id_module_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint(
            "agent_id", "module_id", "cycle", name=op.f("uq_enrolment_agent_id_module_id_cycle")
        ),
    )
    op.create_index(op.f("ix_enrolment_agent_id"), "enrolment", ["agent_id"], unique=False)
    op.create_index(op.f("ix_enrolment_campaign_id"), "enrolment", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_enrolment_module_id"), "enrolment", ["module_id"], unique=False)
    op.create_index(op.f("ix_enrolment_version_id"), "enrolment", ["version_id"], unique=False)
    op.create_table(
        "practice_tally",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["module_version.id"],
            name=op.f("fk_practice_tally_version_id_module_version"),
        ),
        sa.PrimaryKeyConstraint("version_id", "item_id", "value", name=op.f("pk_practice_tally")),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("corps", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("draw", sa.JSON(), nullable=False),
        sa.Column("pass_mark", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("score_numerator", sa.Integer(), nullable=True),
        sa.Column("score_denominator", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "corps IN ('pn', 'gn', 'pm', 'sp', 'pref')", name=op.f("ck_attempt_corps_known")
        ),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (passed IS NULL) AND (submitted_at IS NULL) = (score_numerator IS NULL) AND (submitted_at IS NULL) = (score_denominator IS NULL)",
            name=op.f("ck_attempt_scored_when_submitted"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_attempt_number_from_one")),
        sa.CheckConstraint(
            "pass_mark BETWEEN 1 AND 100", name=op.f("ck_attempt_pass_mark_percent")
        ),
        sa.CheckConstraint(
            "score_numerator >= 0 AND score_denominator > 0 AND score_numerator <= score_denominator",
            name=op.f("ck_attempt_score_in_range"),
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_attempt_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["module_version.id"], name=op.f("fk_attempt_version_id_module_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("enrolment_id", "number", name=op.f("uq_attempt_enrolment_id_number")),
    )
    op.create_index(op.f("ix_attempt_enrolment_id"), "attempt", ["enrolment_id"], unique=False)
    op.create_index(op.f("ix_attempt_version_id"), "attempt", ["version_id"], unique=False)
    op.create_index(
        "uq_attempt_open",
        "attempt",
        ["enrolment_id"],
        unique=True,
        sqlite_where=sa.text("submitted_at IS NULL"),
        postgresql_where=sa.text("submitted_at IS NULL"),
    )
    op.create_table(
        "practice_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("walk", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_practice_answer_enrolment_id_enrolment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_answer")),
        sa.UniqueConstraint(
            "enrolment_id", "token", name=op.f("uq_practice_answer_enrolment_id_token")
        ),
    )
    op.create_index(
        "ix_practice_answer_item",
        "practice_answer",
        ["enrolment_id", "item_id", "id"],
        unique=False,
    )
    op.create_table(
        "step_visit",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Text(), nullable=False),
        sa.Column("first_read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_step_visit_enrolment_id_enrolment")
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "step_id", name=op.f("pk_step_visit")),
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_answer_attempt_id_attempt")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("attempt_id", "token", name=op.f("uq_answer_attempt_id_token")),
    )
    op.create_index("ix_answer_item", "answer", ["attempt_id", "item_id", "id"], unique=False)
    op.create_table(
        "completion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=True),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.Text(), nullable=False),
        sa.Column("unit_names", sa.JSON(), nullable=False),
        sa.Column("corps", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("equivalence_reason", sa.Text(), nullable=True),
        sa.Column("equivalence_proof", sa.Text(), nullable=True),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "corps IN ('pn', 'gn', 'pm', 'sp', 'pref')", name=op.f("ck_completion_corps_known")
        ),
        sa.CheckConstraint(
            "(attempt_id IS NULL) = (equivalence_reason IS NOT NULL)",
            name=op.f("ck_completion_attempt_or_equivalence"),
        ),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_completion_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_completion_attempt_id_attempt")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_completion_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["agent.id"], name=op.f("fk_completion_granted_by_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["module_id"], ["module.id"], name=op.f("fk_completion_module_id_module")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["organisational_unit.id"],
            name=op.f("fk_completion_unit_id_organisational_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["module_version.id"],
            name=op.f("fk_completion_version_id_module_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion")),
        sa.UniqueConstraint(
            "agent_id", "module_id", "cycle", name=op.f("uq_completion_agent_id_module_id_cycle")
        ),
    )
    op.create_index(op.f("ix_completion_agent_id"), "completion", ["agent_id"], unique=False)
    op.create_index(op.f("ix_completion_attempt_id"), "completion", ["attempt_id"], unique=False)
    op.create_index(
        op.f("ix_completion_enrolment_id"), "completion", ["enrolment_id"], unique=False
    )
    op.create_index(
        op.f("ix_completion_granted_by_id"), "completion", ["granted_by_id"], unique=False
    )
    op.create_index(
        "ix_completion_module_unit", "completion", ["module_id", "unit_id"], unique=False
    )
    op.create_index(op.f("ix_completion_unit_id"), "completion", ["unit_id"], unique=False)
    op.create_index(op.f("ix_completion_version_id"), "completion", ["version_id"], unique=False)
    op.create_table(
        "review_mark",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_review_mark_attempt_id_attempt")
        ),
        sa.PrimaryKeyConstraint("attempt_id", "item_id", name=op.f("pk_review_mark")),
    )


def downgrade() -> None:
    op.drop_table("review_mark")
    op.drop_table("completion")
    op.drop_table("answer")
    op.drop_table("step_visit")
    op.drop_table("practice_answer")
    op.drop_table("attempt")
    op.drop_table("practice_tally")
    op.drop_table("enrolment")
