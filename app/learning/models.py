"""What was done: enrolments, steps read, attempts, answers, completions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access import Corps
from app.catalogue.models import Module, ModuleVersion
from app.database import Model, foreign_key, one_of, utc_now
from app.learning.cycle_keys import add_latest_cycle, one_each_cycle
from app.people.models import Agent


class Enrolment(Model):
    """An agent's place on a module for one cycle; a renewal is a new row."""

    __tablename__ = "enrolment"
    __table_args__ = (
        one_each_cycle(),
        sa.CheckConstraint("cycle >= 1", name="cycle_from_one"),
        one_of("origin", ("own", "campaign")),
        sa.CheckConstraint(
            "(version_id IS NULL) = (started_at IS NULL)"
            " AND (corps IS NULL) = (started_at IS NULL)",
            name="pinned_when_started",
        ),
    )
    append_only = frozenset({"delete"})

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = foreign_key("agent.id", index=False)
    module_id: Mapped[int] = foreign_key("module.id")
    cycle: Mapped[int] = mapped_column(default=1)
    origin: Mapped[str]
    campaign_id: Mapped[int | None] = foreign_key("campaign.id")
    due_on: Mapped[date | None]
    base_due_on: Mapped[date | None]
    """The due date before absences postponed it; None where none did."""
    enrolled_at: Mapped[datetime] = mapped_column(default=utc_now)
    started_at: Mapped[datetime | None]
    version_id: Mapped[int | None] = foreign_key("module_version.id")
    """The version pinned at the start."""
    corps: Mapped[str | None]
    """The variant pinned at the start: the corps of the agent that day."""

    agent: Mapped[Agent] = relationship()
    module: Mapped[Module] = relationship()
    version: Mapped[ModuleVersion | None] = relationship()


class EnrolmentRelease(Model):
    """From when to when what an enrolment asks was not owed; what was done stays as it is."""

    __tablename__ = "enrolment_release"
    __table_args__ = (
        one_of("reason", ("audience", "organisation", "module")),
        sa.Index(
            "uq_enrolment_release_current", "enrolment_id", unique=True,
            sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )  # fmt: skip
    append_only = frozenset({"update", "delete"})
    may_change = ("ended_at",)
    final_once = "ended_at"

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = foreign_key("enrolment.id")
    released_at: Mapped[datetime]
    reason: Mapped[str]
    """What the agent left, the audience of the campaign or the organisation; or what left the
    catalogue, the module."""
    ended_at: Mapped[datetime | None]
    """When it was owed again."""


class StepVisit(Model):
    """First and last time a step of the enrolment's version was read (moved on from)."""

    __tablename__ = "step_visit"
    append_only = frozenset({"delete"})

    enrolment_id: Mapped[int] = foreign_key("enrolment.id", primary_key=True, index=False)
    step_id: Mapped[str] = mapped_column(primary_key=True)
    first_read_at: Mapped[datetime] = mapped_column(default=utc_now)
    last_read_at: Mapped[datetime] = mapped_column(default=utc_now)


class Attempt(Model):
    """One sitting of the graded quiz, with everything needed to show it again."""

    __tablename__ = "attempt"
    __table_args__ = (
        sa.UniqueConstraint("enrolment_id", "number"),
        one_of("corps", Corps),
        sa.CheckConstraint("number >= 1", name="number_from_one"),
        sa.CheckConstraint("pass_mark BETWEEN 1 AND 100", name="pass_mark_percent"),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (passed IS NULL)"
            " AND (submitted_at IS NULL) = (score_numerator IS NULL)"
            " AND (submitted_at IS NULL) = (score_denominator IS NULL)",
            name="scored_when_submitted",
        ),
        sa.CheckConstraint(
            "score_numerator >= 0 AND score_denominator > 0"
            " AND score_numerator <= score_denominator",
            name="score_in_range",
        ),
        sa.Index(
            "uq_attempt_open", "enrolment_id", unique=True,
            sqlite_where=sa.text("submitted_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NULL"),
        ),
    )  # fmt: skip
    append_only = frozenset({"update", "delete"})
    may_change = ("submitted_at", "score_numerator", "score_denominator", "passed")
    final_once = "submitted_at"

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = foreign_key("enrolment.id")
    number: Mapped[int]
    version_id: Mapped[int] = foreign_key("module_version.id")
    corps: Mapped[str]
    language: Mapped[str]
    draw: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    """``{"item": id, "order": [letters]}`` in the order asked."""
    pass_mark: Mapped[int]
    seed: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(default=utc_now)
    submitted_at: Mapped[datetime | None]
    score_numerator: Mapped[int | None]
    """Points earned over points possible, as an exact fraction in lowest terms."""
    score_denominator: Mapped[int | None]
    passed: Mapped[bool | None]

    enrolment: Mapped[Enrolment] = relationship()


class Erratum(Model):
    """The application of an erratum to the attempts of earlier versions; it happens once."""

    __tablename__ = "erratum"
    append_only = frozenset({"update", "delete"})
    may_change = ("reached", "finished_at")
    final_once = "finished_at"

    version_id: Mapped[int] = foreign_key("module_version.id", primary_key=True, index=False)
    applied_by_id: Mapped[int | None] = foreign_key("agent.id")
    applied_at: Mapped[datetime] = mapped_column(default=utc_now)
    """When it began; what is handed in from then on is corrected at once."""
    reached: Mapped[int] = mapped_column(default=0)
    """The last attempt that was looked at."""
    finished_at: Mapped[datetime | None]


class AttemptCorrection(Model):
    """What an attempt earns by the key of an erratum, beside what it earned when handed in."""

    __tablename__ = "attempt_correction"
    __table_args__ = (
        sa.CheckConstraint(
            "score_numerator >= 0 AND score_denominator > 0"
            " AND score_numerator <= score_denominator",
            name="score_in_range",
        ),
    )
    append_only = frozenset({"update", "delete"})
    may_change = ("told_at",)
    final_once = "told_at"

    attempt_id: Mapped[int] = foreign_key("attempt.id", primary_key=True, index=False)
    version_id: Mapped[int] = foreign_key("module_version.id", primary_key=True)
    """The erratum."""
    score_numerator: Mapped[int]
    score_denominator: Mapped[int]
    passed: Mapped[bool]
    """Whether this score reaches the attempt's pass mark; the better of both scores counts."""
    applied_at: Mapped[datetime] = mapped_column(default=utc_now)
    told_at: Mapped[datetime | None]
    """When the agent said that they had read of it."""


class Answer(Model):
    """One answer event of an attempt; the current answer of an item has the highest id."""

    __tablename__ = "answer"
    __table_args__ = (
        sa.UniqueConstraint("attempt_id", "token"),
        sa.Index("ix_answer_item", "attempt_id", "item_id", "id"),
    )
    append_only = frozenset({"update", "delete"})

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = foreign_key("attempt.id", index=False)
    item_id: Mapped[str]
    token: Mapped[str]
    value: Mapped[Any] = mapped_column(sa.JSON(none_as_null=True))
    received_at: Mapped[datetime] = mapped_column(default=utc_now)


class ReviewMark(Model):
    """A question that the agent wants to look at again before submitting."""

    __tablename__ = "review_mark"

    attempt_id: Mapped[int] = foreign_key("attempt.id", primary_key=True, index=False)
    item_id: Mapped[str] = mapped_column(primary_key=True)


class PracticeAnswer(Model):
    """An answer in the flow, a dilemma's choice or a reflection: the agent's own, to delete."""

    __tablename__ = "practice_answer"
    __table_args__ = (
        sa.UniqueConstraint("enrolment_id", "token"),
        sa.Index("ix_practice_answer_item", "enrolment_id", "item_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = foreign_key("enrolment.id", index=False)
    item_id: Mapped[str]
    token: Mapped[str]
    walk: Mapped[int] = mapped_column(default=1)
    """Which walk through a dilemma the choice belongs to; 1 elsewhere."""
    value: Mapped[Any] = mapped_column(sa.JSON(none_as_null=True))
    received_at: Mapped[datetime] = mapped_column(default=utc_now)


class PracticeTally(Model):
    """How often a practice value was given, once the answers themselves are gone."""

    __tablename__ = "practice_tally"

    version_id: Mapped[int] = foreign_key("module_version.id", primary_key=True, index=False)
    item_id: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class VersionAnalysis(Model):
    """What the first attempts at a version say of its questions, as last computed; totals only."""

    __tablename__ = "version_analysis"

    version_id: Mapped[int] = foreign_key("module_version.id", primary_key=True, index=False)
    computed_at: Mapped[datetime] = mapped_column(default=utc_now)
    attempts: Mapped[int]
    """First attempts handed in at that moment."""
    items: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    """`app.learning.item_figures.ItemFigures`, by question of the quiz."""
    stories: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    """``{"item_id", "n", "scenes": {scene: {choice: agents}}}``, by dilemma."""


class Completion(Model):
    """The permanent fact that all was read and the quiz passed, as things stood that day."""

    __tablename__ = "completion"
    __table_args__ = (
        one_each_cycle(),
        one_of("corps", Corps),
        sa.CheckConstraint(
            "(attempt_id IS NULL) = (equivalence_reason IS NOT NULL)",
            name="attempt_or_equivalence",
        ),
        sa.Index("ix_completion_module_unit", "module_id", "unit_id"),
    )
    append_only = frozenset({"update", "delete"})

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = foreign_key("agent.id", index=False)
    module_id: Mapped[int] = foreign_key("module.id", index=False)
    version_id: Mapped[int] = foreign_key("module_version.id")
    enrolment_id: Mapped[int] = foreign_key("enrolment.id")
    attempt_id: Mapped[int | None] = foreign_key("attempt.id")
    cycle: Mapped[int]
    completed_at: Mapped[datetime]
    valid_until: Mapped[date | None]
    unit_id: Mapped[int] = foreign_key("organisational_unit.id")
    unit_path: Mapped[str]
    unit_names: Mapped[list[str]] = mapped_column(sa.JSON)
    """Names of the units from the root, as they were that day."""
    corps: Mapped[str]
    grade: Mapped[str]
    category: Mapped[str]
    equivalence_reason: Mapped[str | None]
    equivalence_proof: Mapped[str | None]
    granted_by_id: Mapped[int | None] = foreign_key("agent.id")

    agent: Mapped[Agent] = relationship(foreign_keys=[agent_id])
    module: Mapped[Module] = relationship()
    version: Mapped[ModuleVersion] = relationship()


add_latest_cycle(Enrolment, "due_on", "started_at", "enrolled_at", "campaign_id", "id")
add_latest_cycle(Completion, "valid_until", "completed_at", also_on_sqlite=True)
