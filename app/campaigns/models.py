"""A dated duty and whom it concerns."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

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
    opens_on: Mapped[date]
    due_on: Mapped[date | None]
    delay_days: Mapped[int | None]
    """Days after the opening or the agent's arrival in the audience, whichever is later."""
    validity_months: Mapped[int | None]
    created_by_id: Mapped[int | None] = foreign_key("agent.id")
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    closed_at: Mapped[datetime | None]

    unit: Mapped[OrganisationalUnit] = relationship()
