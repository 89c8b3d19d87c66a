from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import product

import pytest
from sqlalchemy import func, select

from app.access import Corps
from app.catalogue.models import Module, ModuleVersion
from app.journal.models import JournalEntry
from app.learning.models import EnrolmentRelease
from app.people.models import Agent, Assignment, OrganisationalUnit, Setting
from app.people.settings import NumberKey
from app.statistics import queries, services, thinning
from app.statistics.models import (
    Snapshot,
    SnapshotCell,
    SnapshotFirstTry,
    SnapshotTotal,
    SnapshotUnit,
)
from app.statistics.summing import MEASURES
from tests.campaigns.making import complete, make_enrolment, make_module, noon
from tests.statistics.history import LAST, any_day, make_history
from tests.statistics.recount import NOTHING, Recount

NOW = noon(LAST)


def take(session, as_of=LAST, **options):
    return services.take_snapshot(session, as_of=as_of, now=NOW, **options)


def rows_of(session, model, snapshot_id):
    return list(session.scalars(select(model).where(model.snapshot_id == snapshot_id)))


def measures(row):
    return {name: getattr(row, name) for name in MEASURES}


@pytest.mark.parametrize("seed", range(4))
def test_a_snapshot_is_what_a_second_count_finds(session, factories, seed):
    random = make_history(session, factories, seed)
    for as_of in (any_day(random), LAST):
        snapshot_id, recount = take(session, as_of), Recount(session, as_of)

        cells = {
            (row.unit_id, row.module_id, row.corps, row.category): measures(row)
            for row in rows_of(session, SnapshotCell, snapshot_id)
        }
        assert cells == {key: NOTHING | count for key, count in recount.cells().items()}
        units = rows_of(session, SnapshotUnit, snapshot_id)
        assert len(units) == len(recount.units) * (1 + len(Corps))
        for row in units:
            found = (row.population, row.asked, row.up_to_date, row.late)
            assert found == recount.people_of(row.unit_id, row.corps)


@pytest.mark.parametrize("seed", range(2))
def test_totals_are_the_sums_of_the_cells_below(session, factories, seed):
    make_history(session, factories, seed)
    snapshot_id = take(session)
    paths = dict(session.execute(select(OrganisationalUnit.id, OrganisationalUnit.path)).all())
    # The cells of a unit that has none below are its totals, and are kept once.
    above = {int(part) for path in paths.values() for part in path.split("/")[1:-2]}
    expected = {}
    for cell in rows_of(session, SnapshotCell, snapshot_id):
        for unit_id, path in paths.items():
            if unit_id not in above or not paths[cell.unit_id].startswith(path):
                continue
            for corps in ("", cell.corps):
                sums = expected.setdefault((unit_id, cell.module_id, corps), dict(NOTHING))
                for name in MEASURES:
                    sums[name] += getattr(cell, name)
    totals = rows_of(session, SnapshotTotal, snapshot_id)
    assert {(row.unit_id, row.module_id, row.corps): measures(row) for row in totals} == expected


@pytest.mark.parametrize("seed", range(3))
def test_a_kept_snapshot_does_not_move(app, session, factories, seed):
    random = make_history(session, factories, 7 + seed)
    kept = [take(session, any_day(random)), take(session)]

    def freeze():
        session.expire_all()
        return [
            sorted(
                tuple(str(value) for value in row)
                for row in session.execute(
                    select(model.__table__).where(model.snapshot_id.in_(kept))
                )
            )
            for model in services.PARTS
        ]

    before = freeze()
    assert all(before[:4])
    for days in range(1, 6):
        later = LAST + timedelta(days=days)
        for change in random.sample(CHANGES, 3):
            change(session, random, later)
            session.flush()
        take_later(app, session, later)
        assert freeze() == before


def take_later(app, session, later):
    moment = noon(later)
    services.take_snapshot(session, as_of=later, now=moment)
    thin(app, session, moment)


def thin(app, session, now=NOW):
    session.commit()
    with app.app_context():
        return thinning.thin(now=now)


def all_of(session, model):
    return list(session.scalars(select(model).order_by(model.id)))


def rename(session, random, later):
    for unit in all_of(session, OrganisationalUnit):
        unit.name = f"{unit.name} {random.randrange(100)}"


def attach_elsewhere(session, random, later):
    root, *others = all_of(session, OrganisationalUnit)
    leaves = [unit for unit in others if unit.id not in {one.parent_id for one in others}]
    unit = random.choice(leaves)
    unit.parent_id, unit.path = root.id, f"{root.path}{unit.id}/"


def merge(session, random, later):
    """Move everyone of a unit into another one, and close it."""
    into, closed = random.sample(all_of(session, OrganisationalUnit)[1:], 2)
    here = [row for row in current_posts(session, later) if row.unit_id == closed.id]
    post(session, here, into.id, later)
    closed.closed_on = later


def move_some(session, random, later):
    units = all_of(session, OrganisationalUnit)
    for row in random.sample(current_posts(session, later), 8):
        post(session, [row], random.choice(units).id, later)


def current_posts(session, later):
    wanted = Assignment.ends_on.is_(None), Assignment.starts_on < later
    return list(session.scalars(select(Assignment).where(*wanted).order_by(Assignment.id)))


def post(session, rows, unit_id, day):
    for row in rows:
        row.ends_on = day
        session.flush()
        session.add(
            Assignment(agent_id=row.agent_id, unit_id=unit_id, corps=row.corps,
                       grade="major", category="maitrise", starts_on=day)
        )  # fmt: skip


def publish(session, random, later):
    """Publish a next version of each module, an erratum among them, and retire one."""
    for module in all_of(session, Module):
        versions = session.scalars(
            select(ModuleVersion).where(ModuleVersion.module_id == module.id)
        ).all()
        last = max(versions, key=lambda version: version.number)
        kind = random.choice(["editorial", "substantial", "erratum"])
        columns = [one.key for one in ModuleVersion.__table__.columns if one.key != "id"]
        changed = {"number": last.number + 1, "kind": kind, "published_at": noon(later)}
        session.add(ModuleVersion(**{key: getattr(last, key) for key in columns} | changed))
    random.choice(all_of(session, Module)).retired_at = noon(later)


def leave(session, random, later):
    for agent in random.sample(all_of(session, Agent), 3):
        agent.deactivated_at = noon(later)


CHANGES = [rename, attach_elsewhere, merge, move_some, publish, leave]


def test_a_day_to_come_is_refused(session):
    with pytest.raises(ValueError, match="day to come"):
        take(session, LAST + timedelta(days=1))


def test_taking_a_snapshot_is_journalled(session, factories):
    agent = factories.agent()
    snapshot_id = take(session, taken_by_id=agent.id)
    entry = session.scalars(select(JournalEntry)).one()
    assert (entry.action, entry.actor_id) == ("snapshot_taken", agent.id)
    assert entry.object_id == str(snapshot_id)


def test_a_closed_unit_leaves_the_list_once_it_is_empty(session, factories):
    root = factories.unit()
    gone = factories.unit(root, closed_on=date(2025, 6, 1))
    full = factories.unit(root, closed_on=date(2025, 6, 1))
    factories.agent(unit=full)
    snapshot_id = take(session)
    shown = {row.unit_id for row in rows_of(session, SnapshotUnit, snapshot_id)}
    assert shown == {root.id, full.id}
    before = rows_of(session, SnapshotUnit, take(session, date(2025, 5, 31)))
    assert gone.id in {row.unit_id for row in before}


def test_due_today_is_not_late(session, factories):
    module, agent = make_module(session), factories.agent()
    make_enrolment(session, agent.id, module, day=date(2025, 1, 1), due_on=LAST)
    [row] = rows_of(session, SnapshotCell, take(session))
    assert (row.owed, row.overdue) == (1, 0)
    [row] = rows_of(session, SnapshotCell, services.take_snapshot(
        session, as_of=LAST + timedelta(days=1), now=NOW + timedelta(days=1)))  # fmt: skip
    assert (row.owed, row.overdue) == (1, 1)


def test_old_snapshots_are_thinned_to_one_a_month(app, session, factories):
    factories.unit()
    for days in (92, 91, 61, 60, 40, 35, 34, 20, 1, 0):
        take(session, LAST - timedelta(days=days))
    again = take(session)

    dropped = thin(app, session)

    kept = session.scalars(select(Snapshot.as_of).order_by(Snapshot.as_of)).all()
    assert [(LAST - day).days for day in kept] == [92, 61, 34, 20, 1, 0]
    assert dropped == 5
    assert session.get(Snapshot, again) is not None
    assert thin(app, session) == 0


@pytest.mark.parametrize("seed", range(3))
def test_bands_of_grades_are_what_a_second_count_finds(session, factories, seed):
    make_history(session, factories, 20 + seed)
    snapshot_id, recount = take(session), Recount(session, LAST)
    modules = [None, *session.scalars(select(Module.id))]
    bands = ("application", "officiers", "maitrise")
    for unit_id, module_id in product(recount.units, modules):
        found = queries.list_by_band(
            session, snapshot_id, weights={unit_id: 1},
            module_ids=None if module_id is None else [module_id],
        )  # fmt: skip
        expected = {}
        for band in bands:
            people = recount.people_of(unit_id, band=band)
            asked = recount.people_of(unit_id, band=band, module_id=module_id)
            if people[0]:
                expected[band] = (people[0], *asked[1:])
        assert {one.key: one.counts.parts for one in found} == expected


@pytest.mark.parametrize("seed", range(2))
def test_a_set_of_modules_counts_what_each_of_them_asks(session, factories, seed):
    make_history(session, factories, 30 + seed)
    snapshot_id, recount = take(session), Recount(session, LAST)
    ids = list(session.scalars(select(Module.id)))[:2]
    for unit in queries.list_units(session, snapshot_id, ids=list(recount.units), module_ids=ids):
        each = [recount.people_of(unit.unit_id, module_id=module_id) for module_id in ids]
        sums = tuple(map(sum, zip(*each, strict=True)))[1:]
        assert unit.counts.parts == (recount.people_of(unit.unit_id)[0], *sums)


@pytest.mark.parametrize("seed", range(3))
def test_what_modules_ask_of_any_unit_is_what_a_second_count_finds(session, factories, seed):
    make_history(session, factories, 40 + seed)
    snapshot_id, recount = take(session), Recount(session, LAST)
    cells = recount.cells()
    for (unit_id, unit), corps in product(recount.units.items(), ("", *Corps)):
        expected = defaultdict(Counter)
        for (own_id, module_id, own_corps, _category), measured in cells.items():
            inside = recount.units[own_id].path.startswith(unit.path)
            if inside and corps in {"", own_corps}:
                expected[module_id].update(measured)
        found = queries.list_by_module(session, snapshot_id, weights={unit_id: 2}, corps=corps)
        assert {one.module_id: (one.owed, one.started, one.completed, one.overdue, one.expired)
                for one in found} == {
            module_id: tuple(2 * count[name] for name in MEASURES)
            for module_id, count in expected.items()
        }  # fmt: skip
        for module_id in expected:
            [row] = queries.list_units(
                session, snapshot_id, ids=[unit_id], corps=corps, module_ids=[module_id]
            )
            assert row.counts.parts == recount.people_of(unit_id, corps, module_id=module_id)


class TestFirstTries:
    """What is told of first attempts: see `test_telling` for the rule, and for attacks on it."""

    @staticmethod
    def pass_quiz(session, factories, module, unit, count, tries=1, day=date(2025, 2, 1)):
        for _ in range(count):
            agent = factories.agent(unit=unit)
            enrolment = make_enrolment(session, agent.id, module, day=day, due_on=day)
            complete(session, enrolment, day=day, tries=tries)

    @staticmethod
    def told(session, snapshot_id):
        """Map units to what is told under their name, and "others" to the rest."""
        rows = rows_of(session, SnapshotFirstTry, snapshot_id)
        found = {row.unit_id: (row.passed, row.first_try) for row in rows if row.passed}
        merged = (sum(row.merged for row in rows), sum(row.merged_first_try for row in rows))
        return found | ({"others": merged} if merged[0] else {})

    def test_units_under_the_root_with_enough_passes_are_told(self, session, factories):
        module, root = make_module(session), factories.unit()
        large, small, other = (factories.unit(root) for _ in range(3))
        inside = factories.unit(large)
        self.pass_quiz(session, factories, module, inside, 9)
        self.pass_quiz(session, factories, module, large, 3, tries=2)
        self.pass_quiz(session, factories, module, small, 9)
        self.pass_quiz(session, factories, module, other, 2, tries=2)
        assert self.told(session, take(session)) == {large.id: (12, 9), "others": (11, 9)}

    def test_the_agents_of_the_root_itself_count_in_the_whole(self, session, factories):
        module, root = make_module(session), factories.unit()
        self.pass_quiz(session, factories, module, root, 10)
        assert self.told(session, take(session)) == {root.id: (10, 10)}

    def test_too_few_others_take_the_smallest_large_unit_along(self, session, factories):
        module, root = make_module(session), factories.unit()
        first, second, small = (factories.unit(root) for _ in range(3))
        for unit, count in ((first, 12), (second, 15), (small, 1)):
            self.pass_quiz(session, factories, module, unit, count)
        assert self.told(session, take(session)) == {second.id: (15, 15), "others": (13, 13)}

    def test_passes_wait_until_enough_have_come(self, session, factories):
        module, root = make_module(session), factories.unit()
        unit = factories.unit(root)
        self.pass_quiz(session, factories, module, unit, 10)
        first = self.told(session, take(session))
        self.pass_quiz(session, factories, module, unit, 9, tries=2)
        assert self.told(session, take(session)) == first == {unit.id: (10, 10)}
        self.pass_quiz(session, factories, module, unit, 1)
        assert self.told(session, take(session)) == {unit.id: (20, 11)}

    def test_who_leaves_takes_nothing_along(self, session, factories):
        module, root = make_module(session), factories.unit()
        unit = factories.unit(root)
        self.pass_quiz(session, factories, module, unit, 10)
        before = self.told(session, take(session))
        session.scalars(select(Agent)).first().deactivated_at = NOW - timedelta(days=1)
        session.flush()
        assert self.told(session, take(session)) == before

    def test_the_smallest_group_is_the_one_that_administrators_set(self, session, factories):
        module, root = make_module(session), factories.unit()
        unit = factories.unit(root)
        self.pass_quiz(session, factories, module, unit, 11)
        session.add(Setting(key=NumberKey.MINIMUM_GROUP, value="12"))
        assert self.told(session, take(session)) == {}
        assert self.told(session, take(session, smallest_group=1)) == {unit.id: (11, 11)}

    def test_a_smallest_group_under_five_is_five(self, session, factories):
        module, root = make_module(session), factories.unit()
        self.pass_quiz(session, factories, module, factories.unit(root), 4)
        assert self.told(session, take(session, smallest_group=1)) == {}

    def test_a_past_day_tells_what_was_told_by_then(self, session, factories):
        module, root = make_module(session), factories.unit()
        unit = factories.unit(root)
        self.pass_quiz(session, factories, module, unit, 15, day=date(2025, 2, 1))
        early = self.told(session, take(session, date(2025, 3, 1)))
        self.pass_quiz(session, factories, module, unit, 15, day=date(2025, 4, 1))
        assert self.told(session, take(session)) == {unit.id: (30, 30)}
        self.pass_quiz(session, factories, module, unit, 12, day=date(2025, 2, 3))
        assert self.told(session, take(session, date(2025, 4, 1))) == early
        assert self.told(session, take(session, date(2025, 2, 1))) == {}
        assert self.told(session, take(session)) == {unit.id: (42, 42)}

    def test_days_counted_one_after_the_other_long_after_count_each_pass_once(
        self, session, factories
    ):
        module, root = make_module(session), factories.unit()
        unit = factories.unit(root)
        for month in (2, 3, 4):
            self.pass_quiz(session, factories, module, unit, 10, day=date(2025, month, 1))
        told = [self.told(session, take(session, date(2025, month, 2))) for month in (2, 3, 4)]
        assert told == [{unit.id: (10, 10)}, {unit.id: (20, 20)}, {unit.id: (30, 30)}]


def test_the_temporary_table_leaves_nothing_behind(session, factories):
    factories.agent()
    take(session)
    take(session)
    assert session.scalar(select(func.count()).select_from(Snapshot)) == 2


def test_what_an_agent_was_released_from_is_owed_before_it_and_not_after(session, factories):
    module, agent = make_module(session), factories.agent()
    enrolment = make_enrolment(session, agent.id, module, day=date(2025, 6, 1), due_on=LAST)
    released_at = NOW - timedelta(days=5)
    session.add(
        EnrolmentRelease(enrolment_id=enrolment.id, released_at=released_at, reason="audience")
    )
    session.flush()
    owed = {}
    for days in (0, 4, 6, 9):
        snapshot_id = take(session, LAST - timedelta(days=days))
        owed[days] = sum(row.owed for row in rows_of(session, SnapshotCell, snapshot_id))
    assert owed == {0: 0, 4: 0, 6: 1, 9: 1}
