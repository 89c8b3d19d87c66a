"""Someone who keeps every figure ever shown about answers learns of no group under the smallest.

The reader asks for every page and file, at every date, beside every other date, with every filter;
each figure found is traced to the passes that it is about, and all are combined.
"""

from __future__ import annotations

import csv
import io
import os
import re
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from random import Random

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from app.access import Role
from app.campaigns import services as campaigns
from app.learning.models import Attempt, Completion
from app.people.models import Agent, Assignment, OrganisationalUnit
from app.statistics import services
from app.statistics.models import Snapshot
from app.statistics.telling import Passes, Told, add_waiting, tell
from app.statistics.told import list_first_tries
from tests.campaigns.making import complete, make_enrolment, make_module, noon
from tests.signing_in import sign_in

FIRST = date(2025, 3, 1)
SMALLEST = 10
ATTACKS = int(os.environ.get("ATTACKS", "1"))
DAYS = int(os.environ.get("ATTACK_DAYS", "3"))
EVERY_UNIT = "ATTACKS" in os.environ
"""By default one unit is asked for beside the whole: a run of some seconds."""


class Population:
    """Units under a root, agents who complete, move, leave and come back."""

    def __init__(self, session, factories, seed):
        self.session, self.factories, self.random = session, factories, Random(seed)
        self.modules = [make_module(session, slug) for slug in ("probite", "laicite")]
        self.root = factories.unit()
        self.tops = [factories.unit(self.root) for _ in range(5)]
        self.units = [*self.tops, *(factories.unit(top) for top in self.tops), self.root]
        self.agents = []
        campaigns.create(
            session, title="Toutes", unit_id=self.root.id, module_slugs=["probite", "laicite"],
            opens_on=FIRST, delay_days=30, now=noon(FIRST),
        )  # fmt: skip

    def live(self, day):
        """Let a day pass: groups complete, groups move, units too; a few leave or come back."""
        for unit, module in product(self.random.sample(self.units, 4), self.modules):
            for _ in range(self.random.choice([0, 1, 2, 9, 10, 11, 21])):
                self.complete(self.factories.agent(unit=unit), module, day)
        here, there = self.random.sample(self.units, 2)
        self.move(here, there, self.random.choice([1, 5, 10]), day)
        for agent in self.random.sample(self.agents, min(2, len(self.agents))):
            gone = agent.deactivated_at is not None
            agent.deactivated_at = None if gone else noon(day)
        leaf, top = self.random.choice(self.units[5:10]), self.random.choice(self.tops)
        leaf.parent_id, leaf.path = top.id, f"{top.path}{leaf.id}/"
        self.session.flush()

    def complete(self, agent, module, day):
        enrolment = make_enrolment(self.session, agent.id, module, day=day, due_on=day)
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


def live_for_days(session, factories, seed):
    """Take a snapshot a day, and some again for days gone by."""
    population = Population(session, factories, seed)
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        population.live(day)
        services.take_snapshot(session, as_of=day, now=noon(day))
        if number > 1:
            earlier = FIRST + timedelta(days=population.random.randrange(number))
            services.take_snapshot(session, as_of=earlier, now=noon(day))
    return population


def list_addresses(population):
    """List every page that may be asked for: day, and the rest of the address."""
    days = [FIRST + timedelta(days=number) for number in range(DAYS)]
    filters = ["", "&corps=pn", "&ensemble=campagne-1", "&structure=aujourdhui"]
    filters += [f"&module={module.slug}" for module in population.modules]
    filters += [f"&avec={day}" for day in days[:2]]
    tops = population.tops if EVERY_UNIT else population.tops[:1]
    views = ("services", "modules", "corps", "grades")
    for day, view, kept, unit in product(days, views, filters, [None, *tops]):
        if view in {"corps", "grades"} and kept and not EVERY_UNIT:
            continue
        place = f"&unite={unit.id}" if unit else ""
        yield day, f"?date={day}&vue={view}{kept}{place}"


def ask_everything(client, population, kind="csv"):
    """Collect, from every page as a file, each figure told: its two parts."""
    found = set()
    for day, address in list_addresses(population):
        # A workbook of the last day holds what those before hold.
        if kind != "csv" and not EVERY_UNIT and day != FIRST + timedelta(days=DAYS - 1):
            continue
        response = client.get(f"/rh/situation.{kind}{address}")
        if response.status_code != 404:
            found |= tell_figures(READ[kind](response.data))
    return found


def tell_figures(rows):
    """Find the first tries in the rows of a table, wherever its headings stand."""
    found, heads = set(), []
    for row in rows:
        if "Au premier essai" in row:
            heads = row
            continue
        for head, cell in zip(heads, row, strict=True) if heads else ():
            if head == "Au premier essai" and cell:
                found.add(tuple(int(re.sub(r"\s", "", part)) for part in cell.split(" sur ")))
    return found


def read_csv(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def read_workbook(data):
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


READ = {"csv": read_csv, "xlsx": read_workbook, "ods": read_workbook}


@pytest.mark.parametrize("seed", range(ATTACKS))
@pytest.mark.parametrize("kind", READ)
def test_every_figure_of_every_file_is_a_sum_of_groups_of_enough(
    app, session, factories, kind, seed
):
    """Give each group told at once its size: all figures shown are sums of whole groups."""
    population = live_for_days(session, factories, seed)
    reader = factories.agent(Role.HR_READER, unit=population.root)
    session.commit()
    shown = ask_everything(sign_in(app, reader), population, kind)
    assert len(shown) >= (5 if kind == "csv" or EVERY_UNIT else 3)  # Workbooks of one day.
    atoms = list(replay(session).values())
    assert all(len(atom) >= SMALLEST for atom in atoms)
    first = {row.id: row.number == 1 for row in session.scalars(select(Attempt))}
    sums = sums_of_groups(session, atoms)
    for part, whole in shown:
        assert any(
            len(told) == whole and sum(first[attempt] for attempt in told) == part for told in sums
        ), (part, whole)


def test_a_printed_table_tells_no_figure_that_its_csv_does_not(app, session, factories):
    population = live_for_days(session, factories, 0)
    reader = factories.agent(Role.HR_READER, unit=population.root)
    session.commit()
    client, told = sign_in(app, reader), 0
    for day, address in list_addresses(population):
        if "vue=modules" not in address or day != FIRST + timedelta(days=DAYS - 1):
            continue
        table, printed = (client.get(f"/rh/situation.{kind}{address}") for kind in ("csv", "pdf"))
        if table.status_code == 404:
            assert printed.status_code == 404
            continue
        pages = pypdf.PdfReader(io.BytesIO(printed.data)).pages
        seen = pairs_in(" ".join(page.extract_text() for page in pages))
        assert seen <= pairs_in(table.get_data(as_text=True)), address
        told += len(seen)
    assert told >= 3


def pairs_in(text):
    """Find every « part sur whole » of a text."""
    number = r"\d{1,3}(?:\s\d{3})+|\d+"
    found = re.findall(rf"({number})\s+sur\s+({number})", text)
    return {tuple(int(re.sub(r"\s", "", part)) for part in pair) for pair in found}


@pytest.mark.parametrize("seed", range(ATTACKS))
def test_no_pass_is_solved_for(session, factories, seed):
    """Reduce all equations by elimination: no row is about fewer than the smallest group."""
    live_for_days(session, factories, 100 + seed)
    atoms = list(replay(session).values())
    sets = [told for told in sums_of_groups(session, atoms) if told]
    passes = sorted(set().union(*sets))
    rows = [[Fraction(one in told) for one in passes] for told in sets]
    for row in reduce(rows):
        assert sum(1 for value in row if value) >= SMALLEST


@pytest.mark.parametrize("seed", range(ATTACKS))
def test_the_national_total_counts_every_pass_but_a_few_that_wait(session, factories, seed):
    population = live_for_days(session, factories, 200 + seed)
    last = session.scalars(select(Snapshot).order_by(Snapshot.as_of.desc(), Snapshot.id.desc()))
    taken = last.first()
    for module in population.modules:
        shown = list_first_tries(
            session, taken.id, unit_ids=[population.root.id]
        )[module.id]  # fmt: skip
        every = session.scalars(
            select(Completion.id).where(Completion.module_id == module.id)
        ).all()  # fmt: skip
        assert len(every) - SMALLEST < shown.whole <= len(every)


def replay(session):
    """Rebuild in plain Python which passes were told at once: by day, module and name."""
    attempts = {row.id: row for row in session.scalars(select(Attempt))}
    days = sorted(
        {
            taken.as_of: taken for taken in session.scalars(select(Snapshot).order_by(Snapshot.id))
        }.values(),
        key=lambda taken: taken.as_of,
    )
    waiting, atoms = {}, {}
    passes = sorted(session.scalars(select(Completion)), key=lambda one: one.completed_at)
    for taken in days:
        for one in [one for one in passes if one.completed_at <= noon(taken.as_of)]:
            passes.remove(one)
            ids = [int(part) for part in one.unit_path.split("/") if part]
            top = (ids + ids)[1] if len(ids) > 1 else ids[0]
            waiting.setdefault(one.module_id, {}).setdefault(top, set()).add(one.attempt_id)
        for module_id, units in waiting.items():
            if sum(map(len, units.values())) < SMALLEST:
                continue
            large = sorted(
                (top for top in units if len(units[top]) >= SMALLEST),
                key=lambda top: (len(units[top]), top),
            )
            left = sum(len(told) for told in units.values() if len(told) < SMALLEST)
            alone = large[1:] if 0 < left < SMALLEST else large
            for top, told in units.items():
                key = (taken.as_of, module_id, top if top in alone else "others")
                atoms.setdefault(key, set()).update(told)
            waiting[module_id] = {}
    assert all(one in attempts for told in atoms.values() for one in told)
    return {key: told for key, told in atoms.items() if told}


def sums_of_groups(session, atoms):
    """List what pages may show: of each name, and of all, what was told up to each day, by module.

    The modules of a set are shown one by one and together.
    """
    keyed = replay(session)
    assert list(keyed.values()) == atoms
    days = sorted({day for day, _module, _name in keyed})
    modules = sorted({module for _day, module, _name in keyed})
    names = {name for _day, _module, name in keyed}
    groups = [[one] for one in modules] + [modules]
    sums = []
    for day, of_modules, name in product(days, groups, [*names, None]):
        told = set()
        for (on, module, under), atom in keyed.items():
            if on <= day and module in of_modules and name in {None, under}:
                told |= atom
        sums.append(told)
    return sums


def reduce(rows):
    """Bring equations to the form in which each unknown that can be solved for stands alone."""
    reduced, column = [], 0
    rows = [list(row) for row in {tuple(row) for row in rows}]
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


@given(
    days=st.lists(
        st.dictionaries(st.integers(1, 6), st.integers(0, 30), max_size=6), min_size=1, max_size=8
    ),
    smallest=st.integers(5, 15),
)
def test_whatever_comes_in_what_is_told_at_once_is_enough(days, smallest):
    units, told_before = {}, {}
    for day in days:
        units = add_waiting(units, {unit: Passes(count, 0) for unit, count in day.items()})
        every = sum(one.own.passed + one.merged.passed + one.waiting.passed
                    for one in units.values())  # fmt: skip
        units = tell(units, smallest_group=smallest)
        told = {unit: one.own.passed for unit, one in units.items()}
        told["others"] = sum(one.merged.passed for one in units.values())
        for name, count in told.items():
            more = count - told_before.get(name, 0)
            assert more == 0 or more >= smallest
        waiting = sum(one.waiting.passed for one in units.values())
        assert waiting < smallest
        assert sum(told.values()) + waiting == every
        told_before = told


def test_what_waits_is_told_once():
    units = add_waiting({1: Told(own=Passes(10, 5))}, {1: Passes(9, 9), 2: Passes(1, 0)})
    assert tell(units, smallest_group=10) == {
        1: Told(own=Passes(10, 5), merged=Passes(9, 9)), 2: Told(merged=Passes(1, 0)),
    }  # fmt: skip


def test_those_who_move_between_units_change_no_figure(session, factories):
    population = Population(session, factories, 0)
    here, there, *_ = population.tops
    for unit in (here, there):
        for _ in range(20):
            population.complete(factories.agent(unit=unit), population.modules[0], FIRST)
    later = FIRST + timedelta(days=1)
    first = services.take_snapshot(session, as_of=FIRST, now=noon(FIRST))
    population.move(here, there, 10, later)
    population.complete(factories.agent(unit=there), population.modules[0], later)
    session.scalars(select(Agent)).first().deactivated_at = noon(later)
    session.get_one(OrganisationalUnit, here.id).name = "Ailleurs"
    session.flush()
    second = services.take_snapshot(session, as_of=later, now=noon(later))
    shown = [
        list_first_tries(session, taken, unit_ids=[unit.id])
        for taken, unit in product((first, second), (population.root, here, there))
    ]
    assert shown[:3] == shown[3:]
