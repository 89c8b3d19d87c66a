from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from app.access import Role
from app.campaigns import services
from app.campaigns.models import Absence, Campaign
from app.campaigns.queries import Preview
from app.catalogue.models import LearningPath
from app.database import utc_now
from app.days import day_of
from app.journal.models import JournalEntry
from app.learning.models import Enrolment
from tests.campaigns.making import complete, make_enrolment, make_module, noon
from tests.signing_in import sign_in

TODAY = day_of(utc_now())


@pytest.fixture
def place(session, factories):
    """Give two subtrees, a module, agents in each, and HR of the first."""
    root = factories.unit(name="Ministère")
    north, south = factories.unit(root, name="Nord"), factories.unit(root, name="Sud")
    team = factories.unit(north, name="Brigade du nord")
    made = SimpleNamespace(
        module=make_module(session), root=root, north=north, south=south,
        hr=factories.agent(Role.HR_FOLLOW_UP, unit=north),
        agents=[factories.agent(unit=team) for _ in range(4)],
        other=factories.agent(Role.HR_FOLLOW_UP, unit=south),
    )  # fmt: skip
    session.commit()
    return made


def plain(text):
    """Give a page with plain spaces."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def make_campaign(session, unit, **values):
    campaign_id = services.create(
        session,
        **{
            "title": "Probité", "unit_id": unit.id, "module_slugs": ["probite"],
            "opens_on": TODAY - timedelta(days=10), "delay_days": 30, "now": utc_now(),
        } | values,
    )  # fmt: skip
    session.commit()
    return campaign_id


def form_of(place, **values):
    return {
        "title": "Probité 2026", "subject": "module-probite", "unit": str(place.north.id),
        "opens_on": TODAY.isoformat(), "term": "delay", "delay_days": "60", "reason": "La loi",
        "action": "preview",
    } | values  # fmt: skip


def launch(client, data):
    """Look at what a campaign would do, and launch it."""
    page = client.post("/campagnes/nouvelle", data=data | {"action": "preview"}).text
    seen = re.search(r'name="previewed"[^>]*value="([^"]+)"', page)[1]
    return client.post("/campagnes/nouvelle", data=data | {"action": "launch", "previewed": seen})


def test_a_campaign_is_previewed_then_launched(make_app, session, place):
    app = make_app(WTF_CSRF_ENABLED=False)
    client = sign_in(app, place.hr)
    assert "Nouvelle campagne" in plain(client.get("/campagnes/nouvelle").text)

    page = client.post("/campagnes/nouvelle", data=form_of(place))
    assert "5 personnes concernées" in plain(page.text)

    response = launch(client, form_of(place))
    campaign = session.scalars(select(Campaign)).one()
    assert response.location == f"/campagnes/{campaign.id}"
    assert (campaign.title, campaign.delay_days, campaign.created_by_id) == (
        "Probité 2026", 60, place.hr.id,
    )  # fmt: skip
    assert session.scalar(select(func.count()).select_from(Enrolment)) == 5
    assert "5 inscriptions ajoutées." in plain(client.get(response.location).text)


def test_a_campaign_to_come_that_is_sent_twice_is_one_campaign(make_app, session, place):
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    data = form_of(place, opens_on=(TODAY + timedelta(days=9)).isoformat())
    first, second = (launch(client, data) for _press in range(2))
    assert first.location == second.location == "/campagnes/1"
    assert "déjà lancée" in plain(client.get(second.location).text)
    yearly = {"recurrence": "anniversary", "every_months": "12"}
    others = [
        {"corps": "pn"}, {"title": "Autre"}, {"delay_days": "61"}, {"reason": "Un arrêté"},
        yearly, yearly | {"early_days": "30"},
    ]  # fmt: skip
    made = [launch(client, data | other).location for other in others]
    assert made == [f"/campagnes/{number}" for number in range(2, 8)]
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Campaign)) == 7


def test_counts_that_moved_are_shown_again_before_the_launch(make_app, session, place, factories):
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    data = form_of(place, action="launch", previewed="4-4-0-0")
    page = client.post("/campagnes/nouvelle", data=data)
    assert "Les chiffres ont changé" in plain(page.text)
    assert session.scalar(select(func.count()).select_from(Campaign)) == 0


def test_what_was_not_previewed_is_not_launched_under_the_same_counts(make_app, session, place):
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    page = client.post("/campagnes/nouvelle", data=form_of(place)).text
    seen = re.search(r'name="previewed"[^>]*value="([^"]+)"', page)[1]
    data = form_of(place, action="launch", previewed=seen, delay_days="6")
    page = client.post("/campagnes/nouvelle", data=data).text
    assert "ou ce que vous demandez" in plain(page)
    assert session.scalar(select(func.count()).select_from(Campaign)) == 0


def test_a_campaign_that_concerns_nobody_says_what_to_check(make_app, place):
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    page = client.post("/campagnes/nouvelle", data=form_of(place, corps="gn")).text
    assert "Vérifiez le service" in plain(page)


def test_a_path_and_a_narrow_audience_are_kept(make_app, session, place):
    path = LearningPath(slug="socle", titles={"fr": "Socle"}, audience=[],
                        module_slugs=["probite"])  # fmt: skip
    session.add(path)
    session.commit()
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    data = form_of(
        place, subject=f"path-{path.id}", corps="gn",
        grades="gardien de la paix", term="date",
        due_on=(TODAY + timedelta(days=30)).isoformat(), delay_days="",
    )  # fmt: skip
    assert launch(client, data).status_code == 302
    campaign = session.scalars(select(Campaign)).one()
    assert (campaign.path_id, campaign.corps, campaign.grades) == (
        path.id, ["gn"], ["gardien de la paix"],
    )  # fmt: skip
    assert campaign.due_on == TODAY + timedelta(days=30)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"title": ""}, "Donnez un titre à la campagne."),
        ({"title": "x" * 201}, "200"),
        ({"subject": "module-inconnu"}, "Ce choix n’existe pas, ou plus."),
        ({"unit": "999999"}, "Ce choix n’existe pas, ou plus."),
        ({"unit": "9" * 30}, "Ce choix n’existe pas, ou plus."),
        ({"unit": "٣"}, "Ce choix n’existe pas, ou plus."),
        ({"corps": "armée"}, "Ce choix n’existe pas, ou plus."),
        ({"opens_on": "demain"}, "Cette date n’existe pas, ou"),
        ({"opens_on": "9999-12-31"}, "Cette date est à plus de dix ans."),
        ({"term": "date"}, "Donnez la date d’échéance."),
        ({"term": "date", "due_on": "2020-01-01"}, "Cette date est déjà passée."),
        ({"term": "date", "due_on": "9999-12-31"}, "Cette date est à plus de dix ans."),
        ({"term": "autre"}, "Ce choix n’existe pas, ou plus."),
        ({"delay_days": ""}, "Donnez le délai en jours."),
        ({"delay_days": "0"}, "entre 1 et 3"),
        ({"delay_days": "9" * 40}, "entre 1 et 3"),
        ({"delay_days": "bientôt"}, "Écrivez un nombre entier."),
        ({"reason": "x" * 1001}, "1000"),
    ],
)
def test_mistakes_stand_beside_their_field(make_app, session, place, values, message):
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    page = client.post("/campagnes/nouvelle", data=form_of(place, **values))
    assert page.status_code == 400
    assert message in plain(page.text)
    assert "field--wrong" in plain(page.text)
    assert session.scalar(select(func.count()).select_from(Campaign)) == 0


def test_a_due_date_before_the_opening_is_refused(make_app, place):
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    data = form_of(place, term="date", due_on=(TODAY + timedelta(days=3)).isoformat(),
                   opens_on=(TODAY + timedelta(days=9)).isoformat())  # fmt: skip
    assert "avant l’ouverture" in plain(client.post("/campagnes/nouvelle", data=data).text)


def test_a_campaign_to_come_enrols_nobody_at_its_launch(make_app, session, place):
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    data = form_of(place, opens_on=(TODAY + timedelta(days=9)).isoformat())
    location = launch(client, data).location
    page = client.get(location).text
    assert "Personne n’est encore inscrit" in plain(page)
    assert "À venir" in plain(page)
    assert session.scalar(select(func.count()).select_from(Enrolment)) == 0


def test_hr_of_another_subtree_finds_nothing(make_app, session, place):
    app = make_app(WTF_CSRF_ENABLED=False)
    campaign_id = make_campaign(session, place.north)
    national = make_campaign(session, place.root)
    stranger = sign_in(app, place.other)
    assert "Probité" not in plain(stranger.get("/campagnes").text)
    for hidden in (campaign_id, national, 999):
        assert stranger.get(f"/campagnes/{hidden}").status_code == 404
        assert stranger.post(f"/campagnes/{hidden}/inscriptions").status_code == 404
        assert stranger.post(f"/campagnes/{hidden}/cloture").status_code == 404
    data = form_of(place, action="launch", previewed="5-5-0-0")
    assert stranger.post("/campagnes/nouvelle", data=data).status_code == 400
    assert session.scalar(select(func.count()).select_from(Enrolment)) == 0


@pytest.mark.parametrize("role", [None, Role.HR_READER, Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_others_have_no_campaigns(app, session, factories, place, role):
    agent = factories.agent(*([role] if role else []), unit=place.root)
    session.commit()
    client = sign_in(app, agent)
    assert client.get("/campagnes").status_code == 404
    assert client.get("/campagnes/nouvelle").status_code == 404


def test_the_page_of_a_campaign_counts_its_progress(app, session, place):
    campaign_id = make_campaign(session, place.north)
    day = TODAY - timedelta(days=10)
    services.enrol(session, campaign_id, today=day, now=noon(day))
    first, second = session.scalars(select(Enrolment).order_by(Enrolment.id).limit(2))
    complete(session, first, day=TODAY - timedelta(days=2))
    make_enrolment(session, place.other.id, place.module)
    session.commit()
    page = sign_in(app, place.hr).get(f"/campagnes/{campaign_id}").text
    cells = [part.split("<")[0] for part in plain(page).split('<td class="number">')[1:]]
    assert cells == ["5", "1", "1", "0", "20,0 %"]
    assert "Brigade" not in plain(page)
    assert second.due_on is not None


def test_newcomers_are_enrolled_by_the_button(make_app, session, place, factories):
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    campaign_id = make_campaign(session, place.north)
    address = f"/campagnes/{campaign_id}"
    assert "5 inscriptions restent à ajouter" in plain(client.get(address).text)
    page = client.post(f"{address}/inscriptions", follow_redirects=True).text
    assert "5 inscriptions ajoutées." in plain(page)
    page = client.post(f"{address}/inscriptions", follow_redirects=True).text
    assert "étaient déjà inscrites" in plain(page)
    page = client.post(f"{address}/cloture").text
    assert "ne se rouvre pas" in plain(page)
    assert "n’inscrit plus personne" in plain(client.get(address).text)  # What closing would do.
    session.rollback()
    assert session.get_one(Campaign, campaign_id).closed_at is None
    session.rollback()
    page = client.post(f"{address}/cloture", data={"action": "confirm"}, follow_redirects=True).text
    assert "Ce qui était demandé le reste" in plain(page)
    page = client.post(f"{address}/inscriptions", follow_redirects=True).text
    assert "n’inscrit plus personne" in plain(page)


def test_no_campaign_says_what_to_do(app, place):
    page = plain(sign_in(app, place.hr).get("/campagnes").text)
    assert "Aucune campagne" in page
    assert "lancée plus haut" in page  # What HR sees stops at their units: what is asked does not.


def test_a_campaign_being_written_outlives_the_session(make_app, session, place):
    client = make_app(WTF_CSRF_ENABLED=False).test_client()
    page = client.post("/campagnes/nouvelle", data=form_of(place))
    assert page.status_code == 401
    held = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    assert held.items() >= {"reason": "La loi", "delay_days": "60", "action": "preview"}.items()
    assert re.search(r'<textarea[^>]*name="title"[^>]*>\nProbité 2026</textarea>', page.text)


def test_the_command_enrols_in_every_open_campaign(app, session, place):
    ids = [make_campaign(session, place.north), make_campaign(session, place.south)]
    closed = make_campaign(session, place.root)
    services.close(session, closed, now=utc_now())
    session.commit()
    runner = app.test_cli_runner()

    result = runner.invoke(args=["campaigns", "enrol", "--campaign", str(ids[0])])
    assert result.output == (
        f"Campaign {ids[0]}: 5 enrolment(s) added, 0 given a due date, 0 no longer owed,"
        " 0 owed again.\n"
    )
    result = runner.invoke(args=["campaigns", "enrol"])
    assert result.output.splitlines()[1].startswith(f"Campaign {ids[1]}: 1 enrolment(s)")
    result = runner.invoke(args=["campaigns", "enrol", "--campaign", str(closed)])
    assert result.exit_code == 1
    assert "no open campaign" in result.output


def test_the_command_says_when_there_is_nothing_to_do(app):
    assert "no open campaign" in app.test_cli_runner().invoke(args=["campaigns", "enrol"]).output


def test_a_large_tree_offers_its_highest_units(session, place):
    from app.campaigns.forms import MOST_UNITS, unit_choices
    from app.people.queries import Unit

    units = [Unit(1, "Racine", "direction", "/1/")]
    units += [Unit(n, f"D{n}", "direction", f"/1/{n}/") for n in range(2, 52)]
    units += [Unit(n, f"S{n}", "service", f"/1/2/{n}/") for n in range(100, 500)]
    offered = unit_choices(units, 123)
    assert len(offered) == 52 < MOST_UNITS
    assert "123" in offered


def test_an_own_choice_and_a_fixed_date_are_said(make_app, session, place):
    make_enrolment(session, place.agents[0].id, place.module)
    campaign_id = make_campaign(
        session, place.north, delay_days=None, due_on=TODAY + timedelta(days=9)
    )
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    address = f"/campagnes/{campaign_id}"
    assert "Au plus tard le" in plain(client.get(address).text)
    page = plain(client.post(f"{address}/inscriptions", follow_redirects=True).text)
    assert "4 inscriptions ajoutées. 1 inscription déjà prise a reçu une échéance." in page


def test_an_opening_far_away_is_refused(make_app, place):
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    data = form_of(place, opens_on=(TODAY + timedelta(days=4000)).isoformat())
    assert "à plus de dix ans" in plain(client.post("/campagnes/nouvelle", data=data).text)


def test_the_preview_counts_by_corps_and_shows_a_few_names(make_app, session, place, factories):
    factories.agent(unit=place.north, corps="sp", family_name="Sapeur", search_key="sapeur")
    session.commit()
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    page = plain(client.post("/campagnes/nouvelle", data=form_of(place)).text)
    assert "6 personnes concernées" in page
    assert "Police nationale : 5" in page
    assert "Sapeur Camille" in page
    session.rollback()
    seen = session.scalars(select(JournalEntry).where(JournalEntry.action == "names_seen")).one()
    assert (seen.object_kind, seen.object_id) == ("follow_up", str(place.north.id))


def test_every_part_of_an_audience_and_of_a_window_is_kept_and_said(make_app, session, place):
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    data = form_of(
        place, categories="officiers", roles="supervisor", arrived_since="2025-01-01",
        recurrence="window", window_from="15/01", window_to="15/3", window_years="2",
        early_days="10",
    )  # fmt: skip
    assert "0 personne" in plain(client.post("/campagnes/nouvelle", data=data).text)
    location = launch(client, data).location
    campaign = session.scalars(select(Campaign)).one()
    assert (campaign.categories, campaign.roles) == (["officiers"], ["supervisor"])
    assert (campaign.window_from, campaign.window_to, campaign.window_years) == (
        "01-15", "03-15", 2,
    )  # fmt: skip
    assert (campaign.early_days, campaign.recurrence) == (10, "window")
    page = plain(client.get(location).text)
    assert "Tous les 2 ans, du 15/01 au 15/03, au plus tôt 10 jours avant" in page
    assert "arrivées depuis le" in page


def test_between_two_windows_nobody_is_said_to_be_enrolled(make_app, session, place):
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    first, last = TODAY + timedelta(days=60), TODAY + timedelta(days=90)
    data = form_of(
        place, recurrence="window", window_from=f"{first:%d/%m}", window_to=f"{last:%d/%m}"
    )
    assert "Entre deux périodes" in client.post("/campagnes/nouvelle", data=data).text
    page = plain(client.get(launch(client, data).location).text)
    assert page.count("Entre deux périodes") == 2
    assert "étaient déjà inscrites" not in page
    assert "personnes concernées sont inscrites" not in page


def test_an_anniversary_is_kept_and_said(make_app, session, place):
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    data = form_of(place, recurrence="anniversary", every_months="12", early_days="30")
    page = plain(client.get(launch(client, data).location).text)
    campaign = session.scalars(select(Campaign)).one()
    assert (campaign.validity_months, campaign.early_days) == (12, 30)
    assert "12 mois après la réussite, au plus tôt 30 jours avant" in page


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"window_from": "31/02", "window_to": "15/03"}, "Donnez un jour et un mois"),
        ({"window_from": "15/01", "window_to": ""}, "Donnez un jour et un mois"),
        ({"window_from": "15/01", "window_to": "15/03", "term": "date",
          "due_on": (TODAY + timedelta(days=9)).isoformat()}, "a sa propre échéance"),
        ({"window_from": "15/01", "window_to": "15/03", "early_days": "366"}, "entre 0 et 365"),
        ({"window_from": "15/01", "window_to": "15/03", "window_years": "0"}, "entre 1 et 10"),
    ],
)  # fmt: skip
def test_wrong_windows_are_refused(make_app, session, place, values, message):
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    data = form_of(place, recurrence="window", **values)
    page = client.post("/campagnes/nouvelle", data=data)
    assert page.status_code == 400
    assert message in plain(page.text)


def test_the_launch_counts_again_in_its_own_transaction(session, place):
    plan = {
        "title": "Probité", "unit_id": place.north.id, "module_slugs": ["probite"],
        "opens_on": TODAY, "delay_days": 30,
    }  # fmt: skip
    seen = Preview(agents=4, to_add=4, to_date=0)
    with pytest.raises(services.CountsMoved):
        services.launch(
            session, today=TODAY, now=utc_now(), created_by_id=place.hr.id, seen=seen, **plan
        )


def test_the_night_enrols_releases_follows_absences_and_changes_nothing_twice(
    app, session, place
):  # fmt: skip
    make_campaign(session, place.north)
    runner = app.test_cli_runner()
    told = runner.invoke(args=["campaigns", "nightly"]).output
    assert "5 enrolment(s) added" in told
    away = place.agents[0].id
    session.add(Absence(agent_id=away, starts_on=TODAY, ends_on=TODAY + timedelta(days=2)))
    place.agents[1].deactivated_at = utc_now()
    session.commit()
    told = runner.invoke(args=["campaigns", "nightly"]).output
    assert "1 no longer owed" in told
    assert "1 due date(s) moved by absences." in told
    written = session.scalar(select(func.count()).select_from(JournalEntry))
    told = runner.invoke(args=["campaigns", "nightly"]).output
    assert "0 enrolment(s) added, 0 given a due date, 0 no longer owed, 0 owed again" in told
    assert "0 due date(s) moved by absences." in told
    session.rollback()
    assert session.scalar(select(func.count()).select_from(JournalEntry)) == written


def test_a_large_campaign_is_left_to_the_night_and_nothing_is_half_done(
    make_app, session, place, monkeypatch
):
    client = sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)
    address = f"/campagnes/{make_campaign(session, place.north)}"
    monkeypatch.setattr(services, "MOST_AT_ONCE", 4)  # The five of the north are more.
    page = plain(client.get(address).text)
    assert "plus de 4 personnes : les inscriptions se font cette nuit" in page
    assert "Inscrire maintenant" not in page
    page = plain(client.post(f"{address}/inscriptions", follow_redirects=True).text)
    assert "Cette campagne est grande : les inscriptions se font cette nuit" in page
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Enrolment)) == 0
    monkeypatch.setattr(services, "MOST_AT_ONCE", 5)
    page = plain(client.post(f"{address}/inscriptions", follow_redirects=True).text)
    assert "5 inscriptions ajoutées" in page


def test_a_campaign_that_concerns_nobody_says_so(app, session, factories, place):
    campaign_id = make_campaign(session, factories.unit(place.north, name="Vide"))
    page = plain(sign_in(app, place.hr).get(f"/campagnes/{campaign_id}").text)
    assert "Personne n’est concerné aujourd’hui." in page
    assert "La personne concernée" not in page


def test_a_campaign_that_fails_takes_nothing_else_of_the_night_with_it(
    app, session, factories, place, monkeypatch
):
    broken = make_campaign(session, place.south)
    whole = make_campaign(session, place.north)
    place.agents[0].email = "a@example.org"
    session.commit()
    enrol = services.enrol

    def fail_for_one(session, campaign_id, **values):
        if campaign_id == broken:
            raise ValueError
        return enrol(session, campaign_id, **values)

    monkeypatch.setattr(services, "enrol", fail_for_one)
    done = app.test_cli_runner().invoke(args=["campaigns", "nightly"])
    assert done.exit_code == 1
    assert f"Failed, as the log tells: campaign {broken}." in done.output
    assert f"Campaign {whole}: 5 enrolment(s) added" in done.output
    assert "Weekly reminders: 1 written" in done.output
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Enrolment)) == 5
