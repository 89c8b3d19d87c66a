from __future__ import annotations

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from sqlalchemy import event, func, select

from app.access import Role
from app.database import utc_now
from app.extensions import db
from app.people.models import RoleAssignment
from app.statistics import services, wording
from app.statistics.asking import Asked
from app.statistics.figures import Counts
from app.statistics.models import Snapshot
from app.statistics.situation import Situation
from tests.campaigns.making import complete, make_enrolment
from tests.signing_in import sign_in
from tests.statistics.conftest import PAST, TODAY


class Cells(HTMLParser):
    """Reads the rows of the tables of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.open = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self.open = True

    def handle_endtag(self, tag):
        if tag in {"td", "th"}:
            self.open = False

    def handle_data(self, data):
        if self.open:
            self.rows[-1][-1] += data.strip()


def read_rows(page: str) -> list[list[str]]:
    """Give the rows as a reader sees them: without the bars, with plain spaces."""
    plain = page.replace("\u202f", " ").replace("\u00a0", " ")
    return [[cell for cell in row if cell and cell != "Part, en barre"]
            for row in Cells(plain).rows]  # fmt: skip


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_first_figure_says_its_parts_and_its_population(app, place, snapshot):
    page = plain(sign_in(app, place.hr).get("/rh/situation").text)
    assert "25,0 %" in page
    assert "à jour : 1 sur 4 à qui un module est demandé ; 2 agents sans demande" in page
    assert "En retard : 2 sur 4." in page
    assert read_rows(page) == [
        ["Service", "Demandés", "À jour", "En retard", "Part à jour", "Agents"],
        ["=Brigade du nord", "4", "1", "2", "25,0 %", "5"],
        ["Rattachés directement", "0", "0", "0", "–", "1"],
    ]


def test_one_goes_down_the_tree_and_back(app, place, snapshot):
    client = sign_in(app, place.national)
    page = client.get("/rh/situation").text
    assert [row[0] for row in read_rows(page)[1:]] == ["Nord", "Sud", "Rattachés directement"]
    page = client.get(f"/rh/situation?unite={place.team.id}&corps=pn").text
    assert f"unite={place.north.id}" in page
    assert f"unite={place.root.id}" in page
    assert "33,3" in page


def test_by_module_by_corps_and_for_one_module(app, place, snapshot):
    client = sign_in(app, place.hr)
    rows = read_rows(client.get("/rh/situation?vue=modules").text)
    assert rows[1] == ["Probité", "4", "2", "1", "0", "1", "2", "25,0 %", "non montré"]
    rows = read_rows(client.get("/rh/situation?vue=corps").text)
    assert rows[1:] == [
        ["Gendarmerie nationale", "1", "0", "1", "0,0 %", "1"],
        ["Police nationale", "3", "1", "1", "33,3 %", "5"],
    ]
    rows = read_rows(client.get("/rh/situation?vue=corps&corps=gn&module=probite").text)
    assert rows[1:] == [["Gendarmerie nationale", "1", "0", "1", "0,0 %", "1"]]
    page = plain(client.get("/rh/situation?module=probite").text)
    assert "à jour : 1 sur 4 à qui ce module est demandé" in page


def test_the_trend_goes_over_the_snapshots(app, session, place):
    for days in (60, 20, 0):
        services.take_snapshot(session, as_of=TODAY - timedelta(days=days), now=utc_now())
    session.commit()
    client = sign_in(app, place.hr)
    page = client.get("/rh/situation?vue=evolution&periode=tout").text
    shares = [row[4] for row in read_rows(page)[1:]]
    assert shares == ["–", "25,0 %", "25,0 %"]
    assert page.count("trend__point") == 2
    page = client.get(f"/rh/situation?vue=evolution&date={TODAY - timedelta(days=50)}").text
    assert len(read_rows(page)) == 2
    assert "<polyline" not in page


def test_a_date_answers_with_the_last_snapshot_at_or_before_it(app, session, place):
    services.take_snapshot(session, as_of=PAST + timedelta(days=1), now=utc_now())
    services.take_snapshot(session, as_of=TODAY, now=utc_now())
    session.commit()
    client = sign_in(app, place.hr)

    def share(day):
        return plain(client.get(f"/rh/situation?date={day}").text)

    assert "à jour : 0 sur 4" in share(TODAY - timedelta(days=5))
    assert "à jour : 1 sur 4" in share(TODAY + timedelta(days=5))
    assert "Aucun relevé à cette date" in share(PAST - timedelta(days=9))


def test_filters_with_a_mistake_say_so(app, place, snapshot):
    page = sign_in(app, place.hr).get(
        "/rh/situation?date=hier&corps=armée&module=x&periode=9&vue=ailleurs"
    )
    assert page.status_code == 200
    assert page.text.count("field--wrong") == 3
    assert "à jour : 1 sur 4" in plain(page.text)


@pytest.mark.parametrize("unit", ["999999", "9" * 25, "abc", "-1", "٣"])
def test_an_unknown_unit_is_not_found(app, place, snapshot, unit):
    assert sign_in(app, place.hr).get(f"/rh/situation?unite={unit}").status_code == 404


def test_hr_of_another_subtree_never_sees_it(app, place, snapshot):
    client = sign_in(app, place.other)
    for unit in (place.north, place.team, place.root):
        for kind in ("", ".csv", ".xlsx"):
            address = f"/rh/situation{kind}?unite={unit.id}"
            assert client.get(address).status_code == 404
    for view in ("services", "modules", "corps", "evolution"):
        page = client.get(f"/rh/situation?vue={view}").text
        assert "Nord" not in page
        assert "Brigade du nord" not in page


def test_two_subtrees_are_summed_and_a_unit_below_is_not_counted_twice(
    app, session, place, snapshot
):
    for unit in (place.far, place.team):
        session.add(
            RoleAssignment(agent_id=place.hr.id, role=Role.HR_READER, unit_id=unit.id,
                           started_at=utc_now())
        )  # fmt: skip
    session.commit()
    page = plain(sign_in(app, place.hr).get("/rh/situation").text)
    assert "à jour : 2 sur 5" in page
    assert [row[0] for row in read_rows(page)[1:]] == ["Brigade du sud", "Nord"]
    page = plain(sign_in(app, place.hr).get("/rh/situation?vue=modules").text)
    assert read_rows(page)[1][1] == "5"


def test_a_unit_that_moved_is_where_it_stood(app, session, place, snapshot):
    place.team.parent_id, place.team.path = place.south.id, f"{place.south.path}{place.team.id}/"
    place.team.name = "Brigade déménagée"
    session.add_all([place.team])
    session.commit()
    assert "Brigade du nord" in sign_in(app, place.hr).get("/rh/situation").text
    stranger = sign_in(app, place.other)
    assert stranger.get(f"/rh/situation?unite={place.team.id}").status_code == 404
    services.take_snapshot(session, as_of=TODAY, now=utc_now())
    session.commit()
    page = stranger.get(f"/rh/situation?unite={place.team.id}&vue=evolution")
    assert page.status_code == 200
    page = sign_in(app, place.hr).get("/rh/situation")
    assert "Brigade" not in page.text


@pytest.mark.parametrize("role", [None, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.TRAINER])
def test_others_have_no_situation(app, session, factories, place, snapshot, role):
    agent = factories.agent(*([role] if role else []), unit=place.root)
    session.commit()
    client = sign_in(app, agent)
    for address in ("/rh/situation", "/rh/situation.csv", "/rh/situation.xlsx"):
        assert client.get(address).status_code == 404


def test_without_a_snapshot_the_page_offers_to_take_one(make_app, session, place):
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    assert "Aucun relevé" in client.get("/rh/situation").text
    assert client.get("/rh/situation.csv").status_code == 404
    page = client.post("/rh/situation/releves", follow_redirects=True).text
    assert "Le relevé d’aujourd’hui est fait." in page
    assert session.scalar(select(func.count()).select_from(Snapshot)) == 1


def test_a_new_snapshot_sees_one_more(make_app, session, place, snapshot, factories):
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    agent = factories.agent(unit=place.team)
    enrolment = make_enrolment(session, agent.id, place.module, day=PAST, due_on=TODAY)
    complete(session, enrolment, day=TODAY - timedelta(days=1))
    session.commit()
    assert "à jour : 1 sur 4" in plain(client.get("/rh/situation").text)
    client.post("/rh/situation/releves")
    assert "à jour : 2 sur 5" in plain(client.get("/rh/situation").text)


def test_pressing_again_while_a_snapshot_is_taken_takes_no_other_thread(
    make_app, session, place, monkeypatch
):
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    said = []

    def press_again(**_asked):
        said.append(client.post("/rh/situation/releves", follow_redirects=True).text)

    monkeypatch.setattr("app.statistics.views.situation.take_in_batches", press_again)
    for _time in range(2):  # What was held is given back.
        assert client.post("/rh/situation/releves").status_code == 302
    assert len(said) == 2
    assert all("Un relevé se fait déjà" in page for page in said)


def pass_quizzes(session, factories, place, unit, count):
    for number in range(count):
        agent = factories.agent(unit=unit)
        enrolment = make_enrolment(session, agent.id, place.module, day=PAST, due_on=PAST)
        complete(session, enrolment, day=PAST, tries=1 + number % 2)


def take_today(session):
    services.take_snapshot(session, as_of=TODAY, now=utc_now())
    session.commit()


def test_first_tries_are_told_of_a_division_and_never_below(app, session, place, factories):
    pass_quizzes(session, factories, place, place.team, 12)
    pass_quizzes(session, factories, place, place.far, 14)
    take_today(session)
    client = sign_in(app, place.national)

    def told(filters):
        return read_rows(client.get(f"/rh/situation?vue=modules{filters}").text)[1][-1]

    assert told("") == "15 sur 28"
    assert told(f"&unite={place.north.id}") == "7 sur 13"
    assert told(f"&unite={place.team.id}") == "non montré"
    assert told("&corps=pn") == told("&structure=aujourdhui") == "non montré"


def test_units_with_too_few_passes_are_told_together_and_the_whole_is_exact(
    app, session, place, factories
):
    pass_quizzes(session, factories, place, place.team, 12)
    small = [factories.unit(place.root, name=f"Petite {number}") for number in range(2)]
    for unit in small:
        pass_quizzes(session, factories, place, unit, 6)
    take_today(session)
    client = sign_in(app, place.national)
    page = client.get("/rh/situation?module=probite").text
    rows = {row[0]: row[-1] for row in read_rows(page)[1:]}
    assert rows["Nord"] == "7 sur 13"
    assert rows["Autres services, regroupés"] == "7 sur 13"
    assert rows["Petite 0"] == rows["Petite 1"] == rows["Sud"] == "non montré"
    assert "comptées ensemble" in plain(page)
    whole = read_rows(client.get("/rh/situation?vue=modules").text)[1][-1]
    assert whole == "14 sur 26"
    assert read_rows(client.get("/rh/situation").text)[0][-1] == "Agents"


@pytest.mark.parametrize("view", ["services", "modules", "corps", "grades", "evolution"])
def test_pages_stay_within_few_statements(app, place, snapshot, view):
    client = sign_in(app, place.national)
    client.get("/rh/situation")
    statements = []
    with app.app_context():
        engine = db.engine

    def count(connection, cursor, statement, *rest):
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    address = f"/rh/situation?vue={view}&unite={place.north.id}&corps=pn&module=probite"
    assert client.get(address).status_code == 200
    event.remove(engine, "before_cursor_execute", count)
    assert 0 < len(statements) <= 8
    assert not any(fact in text for text in statements for fact in ("enrolment", "attempt"))


def test_the_commands_take_and_thin(app, session, place):
    runner = app.test_cli_runner()
    result = runner.invoke(args=["statistics", "snapshot"])
    assert result.output == f"Snapshot 1 of {TODAY} is taken.\n"
    result = runner.invoke(args=["statistics", "snapshot", "--as-of", "2020-01-01"])
    assert "2020-01-01" in result.output
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    assert runner.invoke(args=["statistics", "snapshot", "--as-of", tomorrow]).exit_code == 1
    assert runner.invoke(args=["statistics", "thin"]).output == "0 snapshot(s) dropped.\n"


@pytest.mark.parametrize(
    ("counts", "modules", "said"),
    [
        (Counts(0, 0), None, "aucun agent dans ce périmètre"),
        (Counts(1, 0), None, "rien n’est demandé au seul agent de ce périmètre"),
        (Counts(2, 0), None, "rien n’est demandé aux 2 agents de ce périmètre"),
        (Counts(1, 1, 1), (1, 2), "à jour : 1 sur 1 demande, une par agent pour chaque module qui"
         " lui est demandé, parmi 2 ; 1 agent dans ce périmètre"),
        (Counts(3, 4, 1), (1, 2), "à jour : 1 sur 4 demandes, une par agent pour chaque module qui"
         " lui est demandé, parmi 2 ; 3 agents dans ce périmètre"),
    ],
)  # fmt: skip
def test_a_share_is_said_in_the_singular_of_one_and_of_nobody(app, counts, modules, said):
    situation = Situation(Asked(module_ids=modules), None, [], [], counts, [], None, [], [], [])
    with app.test_request_context():
        assert plain(wording.say_share(situation)) == said
