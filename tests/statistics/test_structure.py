"""Figures of a past tree under today's: as if each unit's own were counted where it is now."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from app.campaigns import services as campaigns
from app.database import utc_now
from app.people.models import OrganisationalUnit
from app.statistics import queries, services
from app.statistics.asking import Asked, View
from app.statistics.figures import Counts, Taken, add_up
from app.statistics.situation import read_situation
from app.statistics.structure import read_structure
from app.statistics.trees import Tree
from tests.signing_in import sign_in
from tests.statistics.conftest import TODAY
from tests.statistics.history import LAST, make_history
from tests.statistics.test_situation import plain, read_rows
from tests.statistics.test_snapshots import NOW, merge, take


def all_units(session):
    return list(session.scalars(select(OrganisationalUnit).order_by(OrganisationalUnit.id)))


def put_elsewhere(session, random):
    """Put a unit, with all below it, under another one."""
    units = all_units(session)
    unit = random.choice(units[1:])
    above = random.choice([one for one in units if not one.path.startswith(unit.path)])
    before, unit.parent_id = unit.path, above.id
    for one in units:
        if one.path.startswith(before):
            one.path = f"{above.path}{unit.id}/{one.path.removeprefix(before)}"
    session.flush()


def merge_two(session, random):
    """Merge a unit without others below into another one, as the directory does."""
    units = all_units(session)
    parents = {unit.parent_id for unit in units}
    closed = random.choice([unit for unit in units[1:] if unit.id not in parents])
    into = random.choice([one for one in units if one is not closed])
    if closed.closed_on is None:
        closed.merged_into_id, closed.closed_on = into.id, LAST + timedelta(days=1)
    session.flush()


def own_counts(session, snapshot_id):
    """Give the counts of each unit then, without those below."""
    ids = [unit.id for unit in all_units(session)]
    then = queries.list_units(session, snapshot_id, ids=ids)
    return {
        unit.unit_id: unit.counts
        - add_up(below.counts for below in then if below.parent_id == unit.unit_id)
        for unit in then
    }


def stands_in(session, unit):
    """List the units that a unit counts in today."""
    seen = set()
    while unit.merged_into_id is not None and unit.id not in seen:
        seen.add(unit.id)
        unit = session.get_one(OrganisationalUnit, unit.merged_into_id)
    return [int(part) for part in unit.path.split("/") if part]


@pytest.mark.parametrize("seed", range(6))
def test_each_unit_of_today_has_the_figures_of_those_that_came_to_it(session, factories, seed):
    make_history(session, factories, 40 + seed, agents=30)
    snapshot_id, random = take(session), Random(seed)
    for _ in range(random.randint(1, 5)):
        random.choice([put_elsewhere, put_elsewhere, merge_two])(session, random)
    factories.unit(all_units(session)[0], name="Nouveau")

    expected = {unit.id: Counts() for unit in all_units(session)}
    for unit_id, counts in own_counts(session, snapshot_id).items():
        for above in stands_in(session, session.get_one(OrganisationalUnit, unit_id)):
            expected[above] += counts

    tree = Tree(session, Taken(snapshot_id, LAST, NOW), Asked(under_today=True))
    found = {unit.unit_id: unit.counts for unit in tree.list_units(ids=list(expected))}
    assert found == {
        unit.id: expected[unit.id] for unit in all_units(session) if unit.closed_on is None
    }
    assert tree.moved > 0


@pytest.mark.parametrize("view", [View.MODULES, View.CORPS, View.BANDS])
def test_every_cut_follows_the_units(session, factories, view):
    make_history(session, factories, 50)
    take(session)
    random = Random(5)
    root, *_ = all_units(session)

    def read(unit_id, today):
        asked = Asked(unit_id=unit_id, view=view, under_today=today)
        found = read_situation(session, asked, followed=[root.id])
        modules = [replace(one, first_try=None) for one in found.modules]  # Told of no other tree.
        return found.total, modules, found.groups

    before = {unit.id: read(unit.id, False) for unit in all_units(session)}
    assert before == {unit.id: read(unit.id, True) for unit in all_units(session)}
    put_elsewhere(session, random)
    assert {unit_id: read(unit_id, False) for unit_id in before} == before
    now = {unit_id: read(unit_id, True) for unit_id in before}
    assert now[root.id] == before[root.id]
    assert now != before
    for total, _modules, groups in now.values():
        if groups:
            assert add_up(one.counts for one in groups) == total


def test_units_merged_in_a_ring_lose_nobody(session, factories):
    make_history(session, factories, 60)
    snapshot_id = take(session)
    units = all_units(session)
    units[3].merged_into_id, units[4].merged_into_id = units[4].id, units[3].id
    session.flush()
    tree = Tree(session, Taken(snapshot_id, LAST, NOW), Asked(under_today=True))
    [root] = tree.list_units(ids=[units[0].id])
    [then] = queries.list_units(session, snapshot_id, ids=[units[0].id])
    assert root.counts == then.counts
    assert read_structure(session, snapshot_id).moves


def test_people_who_moved_by_a_merger_stay_counted_where_they_were(session, factories):
    """Today's units say where units went, not where people went since."""
    make_history(session, factories, 61)
    snapshot_id = take(session)
    own = own_counts(session, snapshot_id)
    merge(session, Random(1), LAST + timedelta(days=1))
    session.flush()
    assert own_counts(session, snapshot_id) == own


class TestPage:
    """The page says whose units it shows, and files say so too."""

    @pytest.fixture
    def moved(self, session, place, snapshot):
        place.far.parent_id, place.far.path = place.north.id, f"{place.north.path}{place.far.id}/"
        session.commit()
        return place

    def test_a_unit_put_elsewhere_counts_where_it_is_now(self, app, moved):
        client = sign_in(app, moved.national)
        then = read_rows(client.get("/rh/situation").text)
        now = client.get("/rh/situation?structure=aujourdhui")
        assert [row[:3] for row in then[1:3]] == [["Nord", "4", "1"], ["Sud", "1", "1"]]
        assert [row[:3] for row in read_rows(now.text)[1:3]] == [
            ["Nord", "5", "2"],
            ["Sud", "0", "0"],
        ]
        assert "1 service rattaché ailleurs ou fusionné" in plain(now.text)
        assert "dans le service qui était le sien ce jour-là" in plain(now.text)
        text = client.get("/rh/situation.csv?structure=aujourdhui").text
        assert "1 service rattaché ailleurs" in text.replace("\u202f", " ").replace("\u00a0", " ")
        assert any(
            row[:3] == ["Nord", "5", "2"] for row in csv.reader(io.StringIO(text), delimiter=";")
        )

    def test_a_unit_that_is_another_readers_now_stays_out_of_sight(self, app, moved):
        client = sign_in(app, moved.other)
        assert (
            client.get(f"/rh/situation?structure=aujourdhui&unite={moved.far.id}").status_code
            == 404
        )
        client = sign_in(app, moved.hr)
        assert (
            client.get(f"/rh/situation?structure=aujourdhui&unite={moved.far.id}").status_code
            == 200
        )

    def test_without_a_move_the_page_says_that_nothing_changed(self, app, place, snapshot):
        page = sign_in(app, place.national).get("/rh/situation?structure=aujourdhui").text
        assert "aucun n’a changé de place" in plain(page)


class TestComparison:
    """Two dates beside each other."""

    @pytest.fixture
    def two_days(self, session, place):
        services.take_snapshot(session, as_of=TODAY - timedelta(days=39), now=utc_now())
        services.take_snapshot(session, as_of=TODAY, now=utc_now())
        session.commit()
        return f"avec={TODAY - timedelta(days=39)}"

    def test_each_row_has_both_days_and_the_difference(self, app, place, two_days):
        client = sign_in(app, place.national)
        page = client.get(f"/rh/situation?{two_days}").text
        rows = read_rows(page)
        assert rows[1] == ["Nord", "4", "1", "25,0 %", "+25,0", "4", "0", "0,0 %"]
        assert rows[2] == ["Sud", "1", "1", "100,0 %", "0,0", "1", "1", "100,0 %"]
        assert len(rows[0]) == 8
        assert "comparée au" in plain(page)

    @pytest.mark.parametrize("view", ["services", "modules", "corps", "grades"])
    def test_files_hold_what_is_on_screen(self, app, place, two_days, view):
        client = sign_in(app, place.national)
        address = f"?vue={view}&{two_days}"
        screen = read_rows(client.get(f"/rh/situation{address}").text)
        text = client.get(f"/rh/situation.csv{address}").text
        table = list(csv.reader(io.StringIO(text[1:]), delimiter=";"))
        rows = table[table.index([]) + 1 :]
        assert len(rows) == len(screen) > 1
        for shown, row in zip(screen, rows, strict=True):
            assert [cell.replace("+", "") for cell in shown if cell != "–"] == [
                plain(cell) for cell in row if cell not in {"", "–"}
            ]
        for kind in ("xlsx", "ods", "pdf"):
            assert client.get(f"/rh/situation.{kind}{address}").status_code == 200

    def test_a_unit_that_was_not_there_has_dashes(self, app, session, place, factories, two_days):
        factories.unit(place.root, name="Nouvelle", opened_on=TODAY - timedelta(days=3))
        services.take_snapshot(session, as_of=TODAY, now=utc_now())
        session.commit()
        rows = read_rows(sign_in(app, place.national).get(f"/rh/situation?{two_days}").text)
        assert ["Nouvelle", "0", "0", "–", "–", "–", "–", "–"] in rows

    @pytest.mark.parametrize("days", ["", "&date="])
    def test_a_day_without_a_snapshot_says_which_one_is_shown(self, app, place, two_days, days):
        between = TODAY - timedelta(days=1)
        client = sign_in(app, place.national)
        page = plain(client.get(f"/rh/situation?avec={between}{days and days + str(between)}").text)
        assert page.count("Il n’y a pas de relevé au") == (2 if days else 1)
        assert "Il n’y a pas de relevé" not in client.get(f"/rh/situation?{two_days}").text

    def test_a_day_before_all_snapshots_has_nothing_to_compare(self, app, place, snapshot):
        page = sign_in(app, place.national).get("/rh/situation?avec=2001-01-01").text
        assert "il n’y a rien à comparer" in plain(page)
        assert len(read_rows(page)[0]) == 6

    def test_a_path_or_a_campaign_is_the_set_of_its_modules(self, app, session, place, factories):
        campaigns.create(
            session, title="Rentrée", unit_id=place.root.id, module_slugs=["probite"],
            opens_on=TODAY, delay_days=30, now=utc_now(),
        )  # fmt: skip
        services.take_snapshot(session, as_of=TODAY, now=utc_now())
        session.commit()
        client = sign_in(app, place.hr)
        page = client.get("/rh/situation?ensemble=campagne-1").text
        assert "Rentrée" in page
        one = read_rows(client.get("/rh/situation?module=probite").text)
        assert read_rows(page) == one
        assert "« Rentrée »" in plain(page)
        assert '<optgroup label="Campagnes">' in page
        said = "sont comptés pour tout le périmètre, demandés par elle ou autrement"
        assert said in plain(page)
        assert said in plain(client.get("/rh/situation.csv?ensemble=campagne-1").text)
        both = client.get("/rh/situation?ensemble=campagne-1&module=probite").text
        assert "ce filtre n’est pas appliqué" in plain(both)
        assert said not in plain(both)
        assert client.get("/rh/situation?ensemble=campagne-99").status_code == 200
