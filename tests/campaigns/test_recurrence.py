"""The decision table of recurrence: stories told night after night, and what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns import nightly, services
from app.campaigns.absences import Span
from app.campaigns.rules import Recurring
from app.campaigns.services import absences
from app.catalogue.models import Module
from app.learning.models import Completion, Enrolment, EnrolmentRelease
from app.learning.queries.snapshots import find_validity
from app.learning.services.completing import find_former_end
from app.people.models import Agent, Assignment, OrganisationalUnit
from tests.campaigns.making import complete, make_module, noon
from tests.factories import Factories

OPENING = date(2026, 1, 5)
ANNIVERSARY = {"delay_days": 30, "every_months": 12, "early_days": 30,
               "recurrence": Recurring.ANNIVERSARY}  # fmt: skip
WINDOW = {"delay_days": 30, "window": ("01-15", "03-15", 1), "early_days": 10,
          "recurrence": Recurring.WINDOW}  # fmt: skip


def day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)


class World:
    """An agent in the north, a module, and a campaign over the north."""

    def __init__(self, app: Flask, session: Session, factories: Factories, **plan: Any) -> None:
        self.app, self.session = app, session
        root = factories.unit()
        self.units: dict[str, OrganisationalUnit] = {
            "north": (north := factories.unit(root)), "team": factories.unit(north),
            "south": factories.unit(root),
        }  # fmt: skip
        self.module: Module = make_module(session)
        self.agent: Agent = factories.agent(unit=self.units["north"])
        services.create(
            session, title="Probité", unit_id=north.id, module_slugs=["probite"],
            opens_on=OPENING, now=noon(OPENING), **plan,
        )  # fmt: skip
        session.commit()

    def night(self, text: str) -> None:
        """Run the night of a day."""
        self.session.commit()
        with self.app.app_context():
            for duty in nightly.list_due(today=day(text)):
                nightly.run_one(duty, today=day(text), now=noon(day(text)))
            nightly.follow_absences(today=day(text))

    def passes(self, text: str) -> None:
        """Pass the quiz of the open cycle."""
        enrolment = self.session.scalars(
            select(Enrolment).order_by(Enrolment.cycle.desc()).limit(1)
        ).one()
        validity = find_validity(self.session, campaign_id=enrolment.campaign_id, default_months=36)
        until = validity.until(noon(day(text)), find_former_end(self.session, enrolment))
        complete(self.session, enrolment, day=day(text), valid_until=until)

    def moves(
        self, text: str, to: str = "north", grade: str = "gardien de la paix", since: str = ""
    ) -> None:
        """Assign the agent elsewhere, or to another grade; the former assignment ends before."""
        held = self.session.scalars(select(Assignment).where(Assignment.ends_on.is_(None))).one()
        held.ends_on = day(since or text)
        self.session.flush()
        self.session.add(
            Assignment(
                agent_id=self.agent.id,
                unit_id=self.units[to].id,
                corps="pn",
                grade=grade,
                category="application",
                starts_on=day(text),
            )
        )
        self.session.flush()

    def arrives(self, text: str) -> None:
        """Let the agent arrive only that day."""
        self.moves(text, since="2024-01-02")
        self.agent.arrived_on = day(text)

    def leaves(self, text: str) -> None:
        """Let the agent leave the organisation."""
        self.agent.deactivated_at = noon(day(text))

    def retires(self, text: str) -> None:
        """Take the module out of the catalogue."""
        self.module.retired_at = noon(day(text))

    def restores(self, text: str) -> None:
        """Put the module back."""
        self.module.retired_at = None

    def is_away(self, text: str) -> None:
        """Enter an absence of ten days."""
        starts_on = day(text)
        span = Span(starts_on, starts_on.replace(day=starts_on.day + 9))
        absences.enter(
            self.session, agent_id=self.agent.id, span=span, actor_id=self.agent.id,
            now=noon(starts_on),
        )  # fmt: skip

    def owed(self) -> list[str]:
        """Write each cycle: its due date, and what became of it."""
        self.session.commit()
        self.session.expire_all()
        return [self.say(one) for one in self.session.scalars(select(Enrolment).order_by("cycle"))]

    def say(self, enrolment: Enrolment) -> str:
        """Write one cycle."""
        proof = self.session.scalars(
            select(Completion).where(Completion.enrolment_id == enrolment.id)
        ).one_or_none()
        release = self.session.scalars(
            select(EnrolmentRelease).where(
                EnrolmentRelease.enrolment_id == enrolment.id, EnrolmentRelease.ended_at.is_(None)
            )
        ).one_or_none()
        state = f"valid to {proof.valid_until}" if proof else "open"
        if release is not None:
            state = f"released: {release.reason}"
        return f"{enrolment.cycle} due {enrolment.due_on}, {state}"


@dataclass(frozen=True)
class Row:
    """One row of the table."""

    name: str
    plan: dict[str, Any]
    story: str
    """Acts as ``act day [where]``, parted by commas."""
    owed: list[str]


TABLE = [
    Row("anniversary, before it may be renewed", ANNIVERSARY,
        "night 2026-01-05, passes 2026-02-03, night 2027-01-04",
        ["1 due 2026-02-04, valid to 2027-02-03"]),
    Row("anniversary, early", ANNIVERSARY,
        "night 2026-01-05, passes 2026-02-03, night 2027-01-05, passes 2027-01-20",
        ["1 due 2026-02-04, valid to 2027-02-03", "2 due 2027-02-03, valid to 2028-02-03"]),
    Row("anniversary, on time", ANNIVERSARY,
        "night 2026-01-05, passes 2026-02-03, night 2027-01-05, passes 2027-02-03",
        ["1 due 2026-02-04, valid to 2027-02-03", "2 due 2027-02-03, valid to 2028-02-03"]),
    Row("anniversary, late", ANNIVERSARY,
        "night 2026-01-05, passes 2026-02-03, night 2027-01-05, passes 2027-03-05",
        ["1 due 2026-02-04, valid to 2027-02-03", "2 due 2027-02-03, valid to 2028-03-05"]),
    Row("anniversary, transfer out of the audience", ANNIVERSARY,
        "night 2026-01-05, moves 2026-01-20 south, night 2026-01-20",
        ["1 due 2026-02-04, released: audience"]),
    Row("anniversary, transfer within the audience", ANNIVERSARY,
        "night 2026-01-05, moves 2026-01-20 team, night 2026-01-20",
        ["1 due 2026-02-04, open"]),
    Row("anniversary, transfer after a completion", ANNIVERSARY,
        "night 2026-01-05, passes 2026-01-10, moves 2026-01-20 south, night 2027-01-20",
        ["1 due 2026-02-04, valid to 2027-01-10"]),
    Row("anniversary, leave", ANNIVERSARY,
        "night 2026-01-05, is_away 2026-01-15, night 2026-01-20",
        ["1 due 2026-02-14, open"]),
    Row("anniversary, return to the audience", ANNIVERSARY,
        "night 2026-01-05, moves 2026-01-20 south, night 2026-01-20, moves 2026-04-01 north,"
        " night 2026-04-01",
        ["1 due 2026-05-01, open"]),
    Row("anniversary, return before the first date", ANNIVERSARY,
        "night 2026-01-05, moves 2026-01-06 south, night 2026-01-06, moves 2026-01-07 north,"
        " night 2026-01-07",
        ["1 due 2026-02-06, open"]),
    Row("anniversary, promotion out of the audience", ANNIVERSARY | {
        "grades": ["gardien de la paix"]},
        "night 2026-01-05, moves 2026-01-20 north brigadier, night 2026-01-20",
        ["1 due 2026-02-04, released: audience"]),
    Row("anniversary, promotion that changes nothing", ANNIVERSARY,
        "night 2026-01-05, moves 2026-01-20 north brigadier, night 2026-01-20",
        ["1 due 2026-02-04, open"]),
    Row("anniversary, arrival", ANNIVERSARY,
        "arrives 2026-06-01, night 2026-05-31, night 2026-06-01",
        ["1 due 2026-07-01, open"]),
    Row("anniversary, leaver", ANNIVERSARY,
        "night 2026-01-05, leaves 2026-01-20, night 2026-01-21",
        ["1 due 2026-02-04, released: organisation"]),
    Row("anniversary, module retired", ANNIVERSARY,
        "night 2026-01-05, retires 2026-01-20, night 2026-01-20",
        ["1 due 2026-02-04, released: module"]),
    Row("anniversary, module retired, who has left", ANNIVERSARY,
        "night 2026-01-05, retires 2026-01-20, leaves 2026-01-20, night 2026-01-21",
        ["1 due 2026-02-04, released: organisation"]),
    Row("anniversary, module retired after a completion", ANNIVERSARY,
        "night 2026-01-05, passes 2026-01-10, retires 2026-01-20, night 2027-01-20",
        ["1 due 2026-02-04, valid to 2027-01-10"]),
    Row("anniversary, module restored", ANNIVERSARY,
        "night 2026-01-05, retires 2026-01-20, night 2026-01-20, restores 2026-03-01,"
        " night 2026-03-01",
        ["1 due 2026-03-31, open"]),
    Row("window, between two", WINDOW,
        "night 2026-01-05, passes 2026-01-20, night 2027-01-04",
        ["1 due 2026-03-15, valid to 2027-03-15"]),
    Row("window, early", WINDOW,
        "night 2026-01-05, passes 2026-01-20, night 2027-01-05, passes 2027-01-06,"
        " night 2027-02-01",
        ["1 due 2026-03-15, valid to 2027-03-15", "2 due 2027-03-15, valid to 2028-03-15"]),
    Row("window, on time", WINDOW,
        "night 2026-01-05, passes 2026-03-15, night 2027-01-05, passes 2027-03-15",
        ["1 due 2026-03-15, valid to 2027-03-15", "2 due 2027-03-15, valid to 2028-03-15"]),
    Row("window, late", WINDOW,
        "night 2026-01-05, night 2026-04-01, passes 2026-05-02, night 2026-12-01,"
        " night 2027-01-05",
        ["1 due 2026-03-15, valid to 2027-03-15", "2 due 2027-03-15, open"]),
    Row("window, transfer out of the audience", WINDOW,
        "night 2026-01-05, moves 2026-01-20 south, night 2026-01-20",
        ["1 due 2026-03-15, released: audience"]),
    Row("window, leave", WINDOW,
        "night 2026-01-05, is_away 2026-02-01, night 2026-02-02",
        ["1 due 2026-03-25, open"]),
    Row("window, return between two", WINDOW,
        "night 2026-01-05, moves 2026-01-20 south, night 2026-01-20, moves 2026-06-01 north,"
        " night 2026-06-01, night 2027-01-05",
        ["1 due 2027-03-15, open"]),
    Row("window, promotion out of the audience", WINDOW | {"grades": ["gardien de la paix"]},
        "night 2026-01-05, moves 2026-01-20 north brigadier, night 2026-01-20",
        ["1 due 2026-03-15, released: audience"]),
    Row("window, arrival within it", WINDOW,
        "arrives 2026-03-10, night 2026-03-10",
        ["1 due 2026-04-09, open"]),
    Row("window, arrival after it", WINDOW,
        "arrives 2026-04-10, night 2026-04-10, night 2027-01-05",
        ["1 due 2027-03-15, open"]),
    Row("window, leaver", WINDOW,
        "night 2026-01-05, leaves 2026-01-20, night 2026-01-21",
        ["1 due 2026-03-15, released: organisation"]),
]  # fmt: skip


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_each_row_of_the_table(
    app: Flask, session: Session, factories: Factories, row: Row
) -> None:
    world = World(app, session, factories, **row.plan)
    for act in row.story.split(", "):
        name, *arguments = act.split()
        getattr(world, name)(*arguments)
    assert world.owed() == row.owed
    last = max(act.split()[1] for act in row.story.split(", "))
    world.night(last)
    world.night(last)
    assert world.owed() == row.owed  # The same night again changes nothing.


def test_a_story_ends_with_a_leaver_who_comes_back(
    app: Flask, session: Session, factories: Factories
) -> None:
    world = World(app, session, factories, **ANNIVERSARY)
    world.night("2026-01-05")
    world.leaves("2026-01-20")
    world.night("2026-01-21")
    world.agent.deactivated_at = None
    world.night("2026-03-01")
    assert world.owed() == ["1 due 2026-03-31, open"]
    assert len(session.scalars(select(EnrolmentRelease)).all()) == 1


@pytest.mark.parametrize(
    ("moment", "first_day", "counts"),
    [
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), "03-29", False),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), "03-29", True),
        (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), "10-25", False),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), "10-25", True),
    ],
)
def test_a_window_opens_at_midnight_in_paris_on_days_of_23_and_25_hours(
    app: Flask, session: Session, factories: Factories, moment: datetime, first_day: str,
    counts: bool,
) -> None:  # fmt: skip
    plan = WINDOW | {"window": (first_day, "11-30", 1), "early_days": 0}
    world = World(app, session, factories, **plan)
    enrolment = Enrolment(agent_id=world.agent.id, module_id=world.module.id, origin="own",
                          enrolled_at=noon(OPENING))  # fmt: skip
    session.add(enrolment)
    session.flush()
    complete(session, enrolment, day=moment.date(), valid_until=date(2027, 12, 1), moment=moment)
    world.night("2026-10-26")
    cycles = [line.split(" ")[0] for line in world.owed()]
    assert cycles == (["1"] if counts else ["1", "2"])
