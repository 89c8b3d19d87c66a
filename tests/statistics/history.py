"""A random history: units, moves, campaigns, enrolments, completions, renewals, departures."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from sqlalchemy import select

from app.access import Corps
from app.campaigns import services as campaigns
from app.people.models import Assignment
from tests.campaigns.making import complete, make_enrolment, make_module, noon, start

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)


def make_history(session, factories, seed: int, agents: int = 40):
    """Make a year of it; return the random numbers, for the test to go on with."""
    random = Random(seed)
    units = [factories.unit()]
    for _ in range(9):
        units.append(factories.unit(random.choice(units)))
    modules = [make_module(session, slug) for slug in ("probite", "laicite", "force")]
    for number in range(3):
        campaigns.create(
            session, title=f"C{number}", unit_id=random.choice(units[:4]).id,
            module_slugs=[random.choice(modules).slug], opens_on=any_day(random),
            delay_days=random.randint(10, 90), now=noon(FIRST),
        )  # fmt: skip
    for _ in range(agents):
        make_agent(session, factories, random, units, modules)
    session.flush()
    return random


def any_day(random: Random) -> date:
    return FIRST + timedelta(days=random.randint(0, (LAST - FIRST).days))


def make_agent(session, factories, random, units, modules):
    agent = factories.agent(
        unit=random.choice(units),
        corps=random.choice(list(Corps)),
        category=random.choice(["application", "officiers"]),
    )
    if random.random() < 0.2:
        agent.deactivated_at = noon(any_day(random))
    if random.random() < 0.4:
        move(session, agent, random, units)
    for module in modules:
        study(session, agent, random, module)


def move(session, agent, random, units):
    row = session.scalars(select(Assignment).where(Assignment.agent_id == agent.id)).one()
    row.ends_on = day = any_day(random)
    session.flush()
    session.add(
        Assignment(agent_id=agent.id, unit_id=random.choice(units).id, corps=row.corps,
                   grade="major", category="maitrise", starts_on=day)
    )  # fmt: skip
    session.flush()


def study(session, agent, random, module):
    """Enrol for some cycles, each started, completed, valid for a while, or not."""
    day = any_day(random)
    for cycle in range(1, random.choice([1, 2, 2, 3, 4])):
        due_on = random.choice([None, day + timedelta(days=random.randint(0, 60))])
        campaign_id = random.choice([None, 1, 2, 3]) if due_on else None
        enrolment = make_enrolment(
            session, agent.id, module, day=day, cycle=cycle, due_on=due_on,
            campaign_id=campaign_id, origin="campaign" if campaign_id else "own",
        )  # fmt: skip
        day += timedelta(days=random.randint(0, 40))
        if random.random() < 0.3:
            start(session, enrolment, day=day)
        if random.random() < 0.35:
            return
        valid_until = random.choice([None, day + timedelta(days=random.randint(1, 120))])
        complete(
            session, enrolment, day=day, valid_until=valid_until, tries=random.randint(1, 2)
        )  # fmt: skip
        day += timedelta(days=random.randint(0, 60))
