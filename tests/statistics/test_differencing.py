"""Someone who keeps every figure ever shown about answers learns of no group under the smallest."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from sqlalchemy import select

from app.learning.models import Completion
from app.people.models import Agent, Assignment, OrganisationalUnit
from app.statistics import queries, services
from app.statistics.models import SnapshotFirstTry
from tests.campaigns.making import complete, make_enrolment, make_module, noon

FIRST = date(2025, 3, 1)
SMALLEST = 5
ATTACKS = int(os.environ.get("ATTACKS", "3"))
DAYS = 6


class Population:
    """Units under a root, agents who complete, move, leave and come back."""

    def __init__(self, session, factories, seed):
        self.session, self.factories, self.random = session, factories, Random(seed)
        self.module, self.root = make_module(session), factories.unit()
        self.tops = [factories.unit(self.root) for _ in range(3)]
        self.units = [*self.tops, *(factories.unit(top) for top in self.tops)]
        self.agents, self.done = [], []

    def live(self, day):
        """Let a day pass: groups complete, groups move, a few leave or come back."""
        for unit in self.random.sample(self.units, 3):
            for _ in range(self.random.choice([1, 4, 5, 6, 11])):
                self.complete(self.factories.agent(unit=unit), day)
        for _ in range(2):
            here, there = self.random.sample(self.units, 2)
            self.move(here, there, self.random.choice([1, 5, 6]), day)
        for agent in self.random.sample(self.agents, min(2, len(self.agents))):
            gone = agent.deactivated_at is not None
            agent.deactivated_at = None if gone else noon(day)
        self.session.flush()

    def complete(self, agent, day):
        enrolment = make_enrolment(self.session, agent.id, self.module, day=day, due_on=day)
        complete(self.session, enrolment, day=day, tries=self.random.choice([1, 1, 2]))
        self.agents.append(agent)

    def move(self, here, there, count, day):
        posts = self.session.scalars(
            select(Assignment)
            .where(Assignment.unit_id == here.id, Assignment.ends_on.is_(None),
                   Assignment.starts_on < day)
            .limit(count)
        ).all()  # fmt: skip
        for row in posts:
            row.ends_on = day
            self.session.flush()
            self.session.add(
                Assignment(agent_id=row.agent_id, unit_id=there.id, corps=row.corps,
                           grade=row.grade, category=row.category, starts_on=day)
            )  # fmt: skip

    def counted(self, day):
        """Map each unit under the root to those whom a new figure of it would be about."""
        paths = {unit.id: unit.path for unit in self.session.scalars(select(OrganisationalUnit))}
        found = {top.id: set() for top in self.tops}
        for row in self.session.scalars(select(Completion)):
            agent = self.session.get_one(Agent, row.agent_id)
            if agent.deactivated_at is None and row.completed_at <= noon(day):
                top = next(top for top in self.tops if paths[row.unit_id].startswith(top.path))
                found[top.id].add(agent.id)
        return found


def snapshots_of(population, session):
    """Take a snapshot a day; give each figure told, of whom it is."""
    equations = {}
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        population.live(day)
        sets = population.counted(day)
        snapshot_id = services.take_snapshot(
            session, as_of=day, now=noon(day), smallest_group=SMALLEST
        )
        for row in session.scalars(
            select(SnapshotFirstTry).where(SnapshotFirstTry.snapshot_id == snapshot_id)
        ):
            key = (row.unit_id, row.completed, row.first_try)
            if key not in equations:
                equations[key] = sets[row.unit_id]
                assert len(sets[row.unit_id]) == row.completed, "a figure is of other people"
    return equations


@pytest.mark.parametrize("seed", range(ATTACKS))
def test_no_combination_of_figures_is_about_fewer_than_the_smallest_group(session, factories, seed):
    population = Population(session, factories, seed)
    sets = list(snapshots_of(population, session).values())
    assert len(sets) >= 5
    assert combine(sets) >= SMALLEST


def combine(sets):
    """Find the fewest agents that a combination of the figures, taken -1, 0 or 1 time, is about."""
    fewest = min(map(len, sets))
    for weights in product((-1, 0, 1), repeat=min(len(sets), 9)):
        total = Counter()
        for weight, members in zip(weights, sets, strict=False):
            for agent in members if weight else ():
                total[agent] += weight
        about = sum(1 for count in total.values() if count)
        if about:
            fewest = min(fewest, about)
    return fewest


@pytest.mark.parametrize("seed", range(ATTACKS))
def test_no_agent_is_solved_for(session, factories, seed):
    """Reduce the equations by elimination: no row is about fewer than the smallest group."""
    population = Population(session, factories, 100 + seed)
    sets = list(snapshots_of(population, session).values())
    agents = sorted(set().union(*sets))
    rows = [[Fraction(agent in members) for agent in agents] for members in sets]
    for row in reduce(rows):
        assert sum(1 for value in row if value) >= SMALLEST


def reduce(rows):
    """Bring equations to the form in which each unknown that can be solved for stands alone."""
    reduced, column = [], 0
    rows = [list(row) for row in rows]
    while rows and column < len(rows[0]):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            column += 1
            continue
        rows.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        less = lambda row: [a - row[column] * b for a, b in zip(row, pivot, strict=True)]  # noqa: B023, E731
        rows = [row for row in map(less, rows) if any(row)]
        reduced = [less(row) for row in reduced] + [pivot]
        column += 1
    return reduced


def test_those_who_move_between_units_open_nobody(session, factories):
    """Ten go from a unit to another, where one more completes: neither figure tells of the one."""
    population = Population(session, factories, 0)
    here, there, _ = population.tops
    for unit in (here, there):
        for _ in range(20):
            population.complete(factories.agent(unit=unit), FIRST)
    take = lambda day: services.take_snapshot(  # noqa: E731
        session, as_of=day, now=noon(day), smallest_group=10
    )
    before = queries.list_first_tries(session, take(FIRST), paths=[population.root.path])
    population.move(here, there, 10, FIRST + timedelta(days=1))
    population.complete(factories.agent(unit=there), FIRST + timedelta(days=1))
    session.flush()
    later = take(FIRST + timedelta(days=1))
    assert queries.list_first_tries(session, later, paths=[population.root.path]) == before
