"""A dated duty and whom it concerns; absences that suspend it; reminders and who wants them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.campaigns.rules import Recurring
from app.database import Model, foreign_key, utc_now
from app.people.models import OrganisationalUnit


class Campaign(Model):
    """Modules owed by an audience, from an opening, by a date or a delay after arrival."""

    __tablename__ = "campaign"
    __table_args__ = (
        sa.CheckConstraint("(due_on IS NULL) <> (delay_days IS NULL)", name="date_or_delay"),
        sa.CheckConstraint("due_on >= opens_on", name="due_after_opening"),
        sa.CheckConstraint("delay_days BETWEEN 1 AND 3650", name="delay_in_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    """Why it is asked, shown to the agents concerned."""
    path_id: Mapped[int | None] = foreign_key("learning_path.id")
    module_slugs: Mapped[list[str]] = mapped_column(sa.JSON)
    """Copied from the path or module when the campaign was made: this copy holds."""
    unit_id: Mapped[int] = foreign_key("organisational_unit.id")
    corps: Mapped[list[str]] = mapped_column(sa.JSON)
    """Keys of corps; empty for all."""
    grades: Mapped[list[str]] = mapped_column(sa.JSON)
    """Grades; empty for all."""
    categories: Mapped[list[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    """Bands of grades; none for all."""
    roles: Mapped[list[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    """Keys of roles held over any unit; none for all agents."""
    arrived_since: Mapped[date | None]
    """Keeps those who arrived in the organisation on that day or later."""
    opens_on: Mapped[date]
    due_on: Mapped[date | None]
    delay_days: Mapped[int | None]
    """Days after the opening or the agent's arrival in the audience, whichever is later."""
    validity_months: Mapped[int | None]
    recurrence: Mapped[str] = mapped_column(default=Recurring.ONCE, server_default=Recurring.ONCE)
    early_days: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many days before its end a proof may be renewed, keeping its anniversary."""
    window_from: Mapped[str | None]
    """Month and day, as ``01-15``: the calendar window of each year, or every so many."""
    window_to: Mapped[str | None]
    window_years: Mapped[int] = mapped_column(default=1, server_default="1")
    created_by_id: Mapped[int | None] = foreign_key("agent.id")
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    closed_at: Mapped[datetime | None]

    unit: Mapped[OrganisationalUnit] = relationship()


class Absence(Model):
    """Days on which an agent is away: nothing is asked meanwhile, and why is not kept."""

    __tablename__ = "absence"
    __table_args__ = (sa.CheckConstraint("ends_on >= starts_on", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = foreign_key("agent.id")
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    """The last day away."""
    entered_by_id: Mapped[int | None] = foreign_key("agent.id")
    entered_at: Mapped[datetime] = mapped_column(default=utc_now)
    cancelled_by_id: Mapped[int | None] = foreign_key("agent.id")
    cancelled_at: Mapped[datetime | None]


class Reminder(Model):
    """The one reminder that an agent gets in a week, and who asked for it."""

    __tablename__ = "reminder"
    __table_args__ = (sa.UniqueConstraint("agent_id", "week_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = foreign_key("agent.id", index=False)
    week_on: Mapped[date]
    """The Monday of the week: with the agent, what a race cannot write twice."""
    asked_by_id: Mapped[int | None] = foreign_key("agent.id")
    """None for the weekly one, which nobody asked for."""
    asked_at: Mapped[datetime] = mapped_column(default=utc_now)


class TeamDigest(Model):
    """The one mail about their units that a supervisor who asked for it gets in a week."""

    __tablename__ = "team_digest"
    __table_args__ = (sa.UniqueConstraint("agent_id", "week_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = foreign_key("agent.id", index=False)
    week_on: Mapped[date]
    written_at: Mapped[datetime] = mapped_column(default=utc_now)


class MailChoice(Model):
    """Which mails an agent chose; who chose nothing has no row."""

    __tablename__ = "mail_choice"

    agent_id: Mapped[int] = foreign_key("agent.id", primary_key=True, index=False)
    weekly_stopped_at: Mapped[datetime | None]
    """Since when they want no weekly reminder."""
    teams_asked_at: Mapped[datetime | None]
    """Since when a supervisor wants a mail a week about their units."""
