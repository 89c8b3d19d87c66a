from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from app.access import Role
from app.database import utc_now
from app.extensions import db
from app.journal.models import JournalDetail, JournalEntry
from app.people import personal_data
from app.people.models import Assignment, RoleAssignment
from app.statistics import following, long_lists, sightings, wording
from app.statistics.selecting_names import NamesAsked
from app.statistics.standing import Owing, Standing
from tests.campaigns.making import complete, make_enrolment, make_module
from tests.pages import parse
from tests.signing_in import sign_in
from tests.statistics.conftest import PAST, SOON, TODAY
from tests.statistics.test_situation import plain, read_rows


def seen(session):
    return [
        (entry.actor_id, entry.object_kind, entry.object_id)
        for entry in session.scalars(
            select(JournalEntry)
            .where(JournalEntry.action == "names_seen")
            .order_by(JournalEntry.id)
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("due_on", "started", "completed", "valid_until", "expected"),
    [
        (None, False, False, None, Standing.NOT_ASKED),
        (TODAY, False, False, None, Standing.NOT_STARTED),
        (TODAY, True, False, None, Standing.UNDER_WAY),
        (PAST, False, False, None, Standing.LATE_NOT_STARTED),
        (PAST, True, False, None, Standing.LATE),
        (PAST, True, True, None, Standing.DONE),
        (PAST, True, True, TODAY, Standing.DONE),
        (PAST, True, True, PAST, Standing.EXPIRED),
    ],
)
def test_where_an_agent_stands(due_on, started, completed, valid_until, expected):
    now = utc_now()
    owing = Owing(1, "A", "B", "M", 1, "U", 1 if due_on else None, due_on,
                  now if started else None, now if completed else None, valid_until)  # fmt: skip
    assert owing.standing(TODAY) is expected


class TestFollowUp:
    def test_applying_filters_comes_back_to_them(self, app, place):
        (form,) = parse(sign_in(app, place.hr).get("/rh/suivi")).xpath("//form[@class='filters']")
        assert form.get("action") == f"/rh/suivi#{form.get('id')}"

    def test_hr_sees_who_has_not_started_or_is_late(self, app, session, place):
        page = sign_in(app, place.hr).get("/rh/suivi").text
        rows = read_rows(page)[1:]
        assert [(row[0], row[1]) for row in rows] == [
            ("Idle Alex", "En retard, pas commencé"),
            ("New Alex", "Pas commencé"),
            ("Slow Alex", "En retard, commencé"),
        ]
        assert "3 lignes" in page
        assert "Non commencés et en retard au" in page
        assert seen(session) == [(place.hr.id, "follow_up", str(place.north.id))]

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            ("etat=late", ["Idle Alex", "Slow Alex"]),
            ("etat=not_started", ["Idle Alex", "New Alex"]),
            ("etat=autre&module=autre", ["Idle Alex", "New Alex", "Slow Alex"]),
            ("module=probite", ["Idle Alex", "New Alex", "Slow Alex"]),
            ("apres=abc", ["Idle Alex", "New Alex", "Slow Alex"]),
            ("apres=99999999999-1", ["Idle Alex", "New Alex", "Slow Alex"]),
            ("apres=-1", ["Idle Alex", "New Alex", "Slow Alex"]),
            (f"apres={'9' * 5000}-1", ["Idle Alex", "New Alex", "Slow Alex"]),
        ],
    )
    def test_filters(self, app, place, filters, expected):
        page = sign_in(app, place.hr).get(f"/rh/suivi?{filters}").text
        assert [row[0] for row in read_rows(page)[1:]] == expected

    def test_nobody_is_said_of_what_was_asked_for(self, app, session, place, factories):
        empty = factories.unit(place.team, name="Équipe vide")
        session.commit()
        client = sign_in(app, place.hr)
        for state, told in [
            ("late", "Personne n’est en retard ici."),
            ("not_started", "Personne n’a encore à commencer ici"),
            ("", "tout ce qui est demandé ici est commencé"),
        ]:
            page = plain(client.get(f"/rh/suivi?unite={empty.id}&etat={state}").text)
            assert told in page
            assert page.count("tout ce qui est demandé") == (state == "")
            assert "Équipe vide" in page.partition("<table")[0].rpartition("</form>")[2]

    def test_the_unit_of_the_filter_is_the_one_journalled(self, app, session, place):
        client = sign_in(app, place.hr)
        page = client.get(f"/rh/suivi?unite={place.team.id}&etat=late").text
        assert len(read_rows(page)) == 3
        assert seen(session) == [(place.hr.id, "follow_up", str(place.team.id))]
        detail = session.scalars(select(JournalDetail)).all()[-1].text
        assert '"count": 2' in detail
        assert '"state": "late"' in detail

    def test_another_subtree_is_not_found_and_not_shown(self, app, session, place):
        client = sign_in(app, place.other)
        for address in ("/rh/suivi", "/rh/suivi.csv"):
            assert client.get(f"{address}?unite={place.team.id}").status_code == 404
        page = client.get("/rh/suivi").text
        assert "Alex" not in page
        assert "Personne : tout ce qui est demandé" in plain(page)

    @pytest.mark.parametrize("role", [None, Role.HR_READER, Role.SUPERVISOR, Role.ADMINISTRATOR])
    def test_others_see_no_names(self, app, session, factories, place, role):
        agent = factories.agent(*([role] if role else []), unit=place.root)
        session.commit()
        client = sign_in(app, agent)
        assert client.get("/rh/suivi").status_code == 404
        assert client.get("/rh/suivi.csv").status_code == 404
        assert seen(session) == []

    def test_pages_follow_each_other_and_names_stay_out_of_addresses(
        self, app, session, place, factories, monkeypatch
    ):
        monkeypatch.setattr(following, "PAGE", 4)
        laicite = make_module(session, "laicite", "Laïcité")
        for name in ("Éon", "Martin", "Martin"):
            agent = factories.agent(unit=place.team, family_name=name, given_name="Alex")
            make_enrolment(session, agent.id, place.module, due_on=SOON)
            make_enrolment(session, agent.id, laicite, due_on=PAST)
        session.commit()
        client, address, found = sign_in(app, place.hr), "/rh/suivi", []
        for _page in range(3):
            page = client.get(address).text
            found += [tuple(row) for row in read_rows(page)[1:]]
            nexts = re.findall(r'href="([^"]*apres=[^"]*)"', page)
            address = nexts[0] if nexts else None
            assert "Martin" not in str(address)
        assert address is None
        assert len(found) == 9
        assert len(set(found)) == 9
        assert [row[0].split()[0] for row in found] == sorted(row[0].split()[0] for row in found)

    @pytest.mark.parametrize("at_once", [1, 2, 50])
    def test_pages_go_through_every_unit_once(
        self, session, place, factories, monkeypatch, at_once
    ):
        monkeypatch.setattr(following, "FEWEST_UNITS", at_once)
        units = [factories.unit(place.north) for _ in range(7)]
        for number in range(40):
            agent = factories.agent(unit=units[number * number % 7], family_name=f"N{number % 5}")
            make_enrolment(session, agent.id, place.module, due_on=PAST if number % 3 else None)
        session.flush()
        asked = NamesAsked(paths=(place.north.path,))
        whole = following.list_names(session, asked, today=TODAY, limit=1000)
        found, after = [], None
        while page := following.list_names(session, asked, today=TODAY, after=after, limit=4):
            found += page
            after = page[-1].key
        assert found == whole
        assert len({row.key for row in found}) == len(found) == 26 + 3
        paths = {unit.id: unit.path for unit in [*units, place.north, place.team]}
        order = [(paths[row.unit_id], row.family_name, row.given_name) for row in found]
        assert order == sorted(order)

    def test_a_tree_of_any_size_offers_a_few_hundred_units(self, app, session, place, factories):
        for _ in range(301):
            factories.unit(place.team)
        deep = factories.unit(place.team, name="Tout en bas")
        session.commit()
        client = sign_in(app, place.hr)
        assert "Tout en bas" not in client.get("/rh/suivi").text
        page = client.get(f"/rh/suivi?unite={deep.id}").text
        assert page.count("<option") < 20
        assert "Tout en bas" in page

    @pytest.mark.parametrize("who", ["nobody", "finished"])
    def test_a_list_after_someone_gone_begins_again_and_says_so(self, app, session, place, who):
        """Nobody there, or of another reader's unit: never « all is done »."""
        elsewhere = select(Assignment.agent_id).where(Assignment.unit_id == place.far.id)
        gone = 9999 if who == "nobody" else session.scalars(elsewhere).first()
        client = sign_in(app, place.hr)
        answer = client.get(f"/rh/suivi?etat=late&apres={gone}-1")
        assert answer.location == "/rh/suivi?etat=late"
        page = client.get(answer.location).text
        assert "La liste a changé depuis" in plain(page)
        assert [row[0] for row in read_rows(page)[1:]] == ["Idle Alex", "Slow Alex"]

    @pytest.mark.parametrize("long", [2_000, 0])
    def test_the_whole_list_is_a_file(self, app, session, place, monkeypatch, long):
        """Gone through unit by unit, or put in order at once, as PostgreSQL does a long one."""
        monkeypatch.setattr(following, "FEWEST_UNITS", 1)
        monkeypatch.setattr(long_lists, "LONG", long)
        monkeypatch.setattr(long_lists, "AT_ONCE", 1)
        place.idle.family_name = "@SUM(A1)"
        session.commit()
        response = sign_in(app, place.hr).get("/rh/suivi.csv?etat=late")
        text = response.get_data(as_text=True)
        assert text.startswith("\ufeff")
        rows = list(csv.reader(io.StringIO(text[1:]), delimiter=";"))
        assert rows[1] == []
        assert rows[2] == ["Nom", "État", "Échéance", "Service", "Module", "Matricule"]
        assert [row[0] for row in rows[3:]] == ["'@SUM(A1) Alex", "Slow Alex"]
        assert rows[3][3] == "'=Brigade du nord"
        assert rows[3][2] == PAST.isoformat()
        assert seen(session) == [(place.hr.id, "follow_up", str(place.north.id))]

    def test_a_reader_who_leaves_in_the_middle_leaves_nothing_behind(self, app, place, monkeypatch):
        monkeypatch.setattr(long_lists, "LONG", 0)
        monkeypatch.setattr(long_lists, "AT_ONCE", 1)
        client = sign_in(app, place.hr)
        left = client.get("/rh/suivi.csv?etat=late", buffered=False)
        chunks = left.iter_encoded()
        assert b"Matricule" in next(chunks)
        assert b"Alex" in next(chunks)
        left.close()
        whole = client.get("/rh/suivi.csv?etat=late").get_data(as_text=True)
        assert whole.count("Alex") == 2

    def test_a_name_is_never_sent_when_the_journal_cannot_be_written(self, app, place, monkeypatch):
        def fail(*args, **options):
            raise RuntimeError("no journal")

        monkeypatch.setattr(sightings, "record", fail)
        for address in ("/rh/suivi", "/rh/suivi.csv"):
            response = sign_in(app, place.hr).get(address)
            assert response.status_code == 500
            assert "Alex" not in response.text

    def test_a_renewal_counts_from_its_own_cycle(self, app, session, place, factories):
        agent = factories.agent(unit=place.team, family_name="Again")
        first = make_enrolment(session, agent.id, place.module, due_on=PAST)
        complete(session, first, day=PAST, valid_until=PAST)
        asked = NamesAsked(paths=(place.north.path,))
        listed = following.list_names(session, asked, today=TODAY)
        assert "Again" not in {row.family_name for row in listed}
        make_enrolment(session, agent.id, place.module, cycle=2, due_on=SOON)
        listed = following.list_names(session, asked, today=TODAY)
        assert "Again" in {row.family_name for row in listed}
        ahead = make_enrolment(session, agent.id, place.module, cycle=3)
        complete(session, ahead, day=TODAY)
        listed = following.list_names(session, asked, today=TODAY)
        assert "Again" not in {row.family_name for row in listed}

    def test_a_long_list_says_it_is_longer(self, app):
        with app.test_request_context():
            assert plain(wording.say_count(50, whole=False)).startswith(
                "50 lignes sur cette page, une"
            )
            assert plain(wording.say_count(1200, whole=True)).startswith(
                "1 200 lignes, une par personne"
            )


class TestTeams:
    def test_a_supervisor_sees_their_own_unit_by_name(self, app, session, place, snapshot):
        page = sign_in(app, place.boss).get("/mes-equipes").text
        assert [(row[0], row[1]) for row in read_rows(page)[1:]] == [
            ("Slow Alex", "En retard, commencé"),
            ("Idle Alex", "En retard, pas commencé"),
            ("New Alex", "Pas commencé"),
            ("Done Alex", "Terminé"),
        ]
        assert "5 personnes" in page
        assert "À jour : 1 sur 4" in plain(page)
        assert seen(session) == [(place.boss.id, "team", str(place.team.id))]

    def test_who_has_done_several_modules_stands_on_one_line(self, app, session, place):
        late, soon = make_module(session, "accueil", "Accueil"), make_module(session, "secret")
        for agent, module, done in (
            (place.done, late, True), (place.slow, late, True), (place.slow, soon, False),
        ):  # fmt: skip
            enrolment = make_enrolment(session, agent.id, module, day=PAST, due_on=SOON)
            if done:
                complete(session, enrolment, day=PAST + timedelta(days=5))
        session.commit()
        rows = read_rows(sign_in(app, place.boss).get("/mes-equipes").text)[1:]
        mine = {name: [(row[1], row[-1]) for row in rows if row[0].startswith(name)]
                for name in ("Done", "Slow")}  # fmt: skip
        assert mine["Done"] == [("Terminé", "2 modules")]
        assert [state for state, _module in mine["Slow"]] == ["En retard, commencé", "Pas commencé"]

    def test_units_below_are_seen_by_rate_only(self, app, session, place, factories, snapshot):
        boss = factories.agent(Role.SUPERVISOR, unit=place.north, family_name="Cheffe")
        session.commit()
        page = sign_in(app, boss).get("/mes-equipes").text
        assert "Alex" not in page
        assert ["=Brigade du nord", "4", "1", "25,0 %"] in read_rows(page)

    def test_another_supervisor_sees_none_of_them(self, app, place, snapshot):
        page = sign_in(app, place.stranger).get("/mes-equipes").text
        assert "Alex" not in page
        assert "Finie" in page
        assert "Brigade du nord" not in page

    def test_scores_are_nowhere(self, app, place, snapshot):
        page = sign_in(app, place.boss).get("/mes-equipes").text
        assert "score" not in page.lower()
        assert "1/1" not in page

    def test_hr_alone_has_no_team(self, app, place):
        assert sign_in(app, place.hr).get("/mes-equipes").status_code == 404

    def test_without_a_snapshot_there_are_no_rates(self, app, session, place):
        session.add(RoleAssignment(agent_id=place.boss.id, role=Role.SUPERVISOR,
                                   unit_id=place.north.id, started_at=utc_now()))  # fmt: skip
        session.commit()
        page = sign_in(app, place.boss).get("/mes-equipes").text
        assert "Nord" in page
        assert "Aucun module n’est demandé" in page


@pytest.mark.parametrize(("who", "address"), [("hr", "/rh/suivi"), ("boss", "/mes-equipes")])
def test_lists_stay_within_few_statements(app, place, snapshot, who, address):
    client = sign_in(app, getattr(place, who))
    client.get(address)
    with app.app_context():
        engine = db.engine
    reads = []

    def count(connection, cursor, statement, *rest):
        if statement.startswith("SELECT"):
            reads.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    assert client.get(address).status_code == 200
    event.remove(engine, "before_cursor_execute", count)
    assert 0 < len(reads) <= 8


class TestSightings:
    def test_an_agent_knows_which_staff_looked_and_when(self, app, session, place):
        sign_in(app, place.hr).get("/rh/suivi")
        sign_in(app, place.hr).get("/rh/suivi")
        sign_in(app, place.boss).get("/mes-equipes")
        day = TODAY.isoformat()
        assert sightings.export_for(session, place.idle.id) == [
            {"day": day, "seen_by": "follow_up"}, {"day": day, "seen_by": "team"},
        ]  # fmt: skip
        assert sightings.export_for(session, place.other.id) == []
        exported = personal_data.export_everything(session, place.idle.id)
        assert exported["statistics"][0]["seen_by"] == "follow_up"
        sightings.erase_for(session, place.idle.id)
        assert len(sightings.export_for(session, place.idle.id)) == 2

    def test_a_sight_before_the_arrival_or_after_the_departure_is_not_theirs(
        self, app, session, place, factories
    ):
        sign_in(app, place.boss).get("/mes-equipes")
        late = factories.agent(unit=place.far)
        row = session.scalars(select(Assignment).where(Assignment.agent_id == late.id)).one()
        row.ends_on = TODAY
        session.flush()
        session.add(Assignment(agent_id=late.id, unit_id=place.team.id, corps="pn", grade="x",
                               category="y", starts_on=TODAY + timedelta(days=1)))  # fmt: skip
        left = session.scalars(
            select(Assignment).where(Assignment.agent_id == place.done.id)
        ).one()  # fmt: skip
        left.ends_on = date(2025, 1, 1)
        session.commit()
        assert sightings.export_for(session, late.id) == []
        assert sightings.export_for(session, place.done.id) == []
