from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import url_for

from app.access import Role
from app.campaigns.models import Campaign
from app.catalogue.models import LearningPath
from app.certificates.services import issue
from app.database import utc_now
from app.dialect.compiled import Prose, Step
from app.extensions import db
from app.learning.models import StepVisit
from app.people.models import Agent
from tests import record_rows
from tests.pages import parse, words
from tests.signing_in import sign_in

FAR, PAST = date(2100, 1, 2), date(2020, 3, 4)


@pytest.fixture
def agent(factories):
    return factories.agent(given_name="Solène")


@pytest.fixture
def show(app, session, agent):
    """Give the first page of the agent, once the test's rows are committed."""

    def get(client=None):
        session.commit()
        response = (client or sign_in(app, agent)).get("/")
        assert response.status_code == 200
        return response

    return get


def primary(response):
    """List the primary buttons of a page: label and address."""
    links = parse(response).xpath("//main//a[contains(@class, 'button--primary')]")
    return [(" ".join(link.text_content().split()), link.get("href")) for link in links]


def campaign(factories, reason="Le service veut en parler d’une même voix."):
    return factories.add(
        Campaign(
            title="Probité 2026", reason=reason, module_slugs=["probite"],
            unit_id=factories.root().id, corps=[], grades=[], opens_on=date(2020, 1, 1),
            due_on=FAR,
        )
    )  # fmt: skip


def owe(factories, agent, published, due_on, **values):
    return record_rows.enrolment(
        factories, agent, published, due_on=due_on, origin="campaign",
        campaign_id=campaign(factories).id, **values,
    )  # fmt: skip


def test_someone_enrolled_in_nothing_is_shown_the_modules(show):
    page = show()
    assert "Bonjour Solène" in words(page)
    assert primary(page) == [("Choisir un module", "/modules")]
    assert "Ce qui vous est demandé" not in words(page)


def test_what_is_under_way_is_taken_up_where_it_stopped(show, factories, agent):
    place = record_rows.enrolment(factories, agent, record_rows.version(factories))
    factories.add(StepVisit(enrolment_id=place.id, step_id="un"))
    page = show()
    assert primary(page) == [("Reprendre où j’en étais", "/apprendre/probite")]
    assert "1 sur 3" in words(page)


def test_a_quiz_left_open_is_said(show, factories, agent):
    place = record_rows.enrolment(factories, agent, record_rows.version(factories))
    unsubmitted = dict.fromkeys(("submitted_at", "score_numerator", "score_denominator", "passed"))
    record_rows.attempt(factories, place, **unsubmitted)
    assert "vos réponses sont gardées" in words(show())


def test_when_all_is_read_the_quiz_is_left(show, factories, agent):
    place = record_rows.enrolment(factories, agent, record_rows.version(factories))
    for step in ("un", "deux", "trois"):
        factories.add(StepVisit(enrolment_id=place.id, step_id=step))
    assert "il reste l’évaluation" in words(show())


def test_what_is_owed_is_said_with_its_date_and_its_reason(show, factories, agent):
    owe(factories, agent, record_rows.version(factories), FAR, started_at=None)
    page = show()
    assert primary(page) == [("Commencer", "/apprendre/probite")]
    text = words(page)
    for said in ("À terminer pour le 2 janvier 2100", "d’une même voix",
                 "30 min environ"):  # fmt: skip
        assert said in text


def test_what_else_is_owed_is_listed_by_date(show, factories, agent):
    for number, due_on in enumerate((FAR, date(2090, 1, 1), PAST)):
        published = record_rows.version(factories, f"m{number}", title=f"Module {number}")
        owe(factories, agent, published, due_on, started_at=None if number else record_rows.NOON)
    text = words(show())
    _, owed = text.split("Ce qui vous est aussi demandé")
    assert owed.index("Module 2 En retard") < owed.index("Module 1 À terminer")
    assert "Module 0" not in owed
    assert "Pas encore commencé · 30 min" in owed


def test_what_is_late_is_said_in_words_there_and_in_the_catalogue(app, show, factories, agent):
    owe(factories, agent, record_rows.version(factories), PAST, started_at=None)
    assert "En retard depuis le 4 mars 2020" in words(show())
    client = sign_in(app, agent)
    for path in ("/modules", "/modules/probite"):
        assert "En retard depuis le 4 mars 2020" in words(client.get(path))


def test_the_reason_of_a_campaign_stays_in_the_language_of_who_wrote_it(
    app, session, factories, show
):
    reader = factories.agent(language="en")
    owe(factories, reader, record_rows.version(factories), FAR, started_at=None)
    session.commit()
    page = parse(show(sign_in(app, reader)))
    assert page.xpath("//section[@class='resume']//*[@class='meta']/span/@lang") == ["fr"]


def test_what_was_chosen_stands_apart_from_what_is_owed(show, factories, agent):
    owe(factories, agent, record_rows.version(factories), FAR)
    chosen = record_rows.version(factories, "laicite", title="Laïcité")
    record_rows.enrolment(factories, agent, chosen, started_at=None)
    text = words(show())
    assert text.index("Ce que vous avez choisi") < text.index("Laïcité")


def test_when_all_is_completed_the_certificates_are_there(show, session, factories, agent):
    done = record_rows.completion(factories, agent, record_rows.version(factories))
    certificate = issue(session, done, organisation="M", now=utc_now())
    page = show()
    assert "Rien à reprendre" in words(page)
    assert primary(page) == []
    assert f"/attestations/{certificate.serial}.pdf" in page.get_data(as_text=True)


def test_the_path_of_ones_corps_is_a_bar_with_its_figures(show, app, factories, agent):
    record_rows.completion(factories, agent, record_rows.version(factories))
    record_rows.version(factories, "laicite", title="Laïcité")
    for slug, audience in (("terrain", ["pn"]), ("caserne", ["sp"])):
        factories.add(
            LearningPath(
                slug=slug, titles={"fr": slug.capitalize()}, audience=audience,
                module_slugs=["probite", "laicite", "jamais-publie"],
            )
        )  # fmt: skip
    page = show()
    assert "Terrain 1 module sur 2" in words(page).replace("modules", "module")
    assert "Caserne" not in words(page)
    (bar,) = parse(page).xpath("//progress[@aria-label='Terrain']")
    assert (bar.get("value"), bar.get("max")) == ("1", "2")
    assert parse(page).xpath("//main//a[@href='/modules#parcours']")
    listed = parse(sign_in(app, agent).get("/modules")).xpath(
        "//section[@aria-labelledby='parcours']//li"
    )
    assert ["Terminé" in one.text_content() for one in listed] == [True, False]


def test_an_example_to_follow_comes_from_a_published_module(show, factories, agent):
    html = '<div class="callout callout--exemple"><p>Elle paie son café.</p></div>'
    record_rows.version(factories, steps=(Step(id="un", title="Un", blocks=(Prose(html=html),)),))
    page = show()
    assert "Elle paie son café." in words(page)
    assert parse(page).xpath("//main//a[@href='/modules/probite']")


def test_a_module_for_other_corps_gives_no_example(show, factories, agent):
    html = '<div class="callout callout--exemple"><p>Elle paie son café.</p></div>'
    record_rows.version(
        factories, audience=["sp"],
        steps=(Step(id="un", title="Un", blocks=(Prose(html=html),)),),
    )  # fmt: skip
    assert "Elle paie son café." not in words(show())


@pytest.mark.parametrize(
    ("role", "endpoint"),
    [
        (Role.SUPERVISOR, "statistics.teams"),
        (Role.HR_READER, "statistics.situation"),
        (Role.HR_FOLLOW_UP, "campaigns.index"),
        (Role.TRAINER, "studio.index"),
        (Role.ADMINISTRATOR, "admin.people"),
    ],
)
def test_a_role_opens_its_room(app, show, factories, role, endpoint):
    holder = factories.agent(role)
    factories.session.commit()
    with app.test_request_context():
        url = url_for(endpoint)
    page = show(sign_in(app, holder))
    assert parse(page).xpath(f"//main//a[@href='{url}']")
    assert "Vos responsabilités" not in words(show())


def test_the_first_page_takes_six_statements(app, session, factories, agent, show):
    for number in range(4):
        published = record_rows.version(factories, f"m{number}", title=f"M{number}")
        owe(factories, agent, published, FAR)
    client = sign_in(app, committed(session, agent))
    show(client)  # The first page of a process reads the modules' texts.

    counted = []
    with app.app_context():
        sa.event.listen(db.engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    show(client)
    statements = [text for text in counted if not text.startswith(("BEGIN", "COMMIT"))]
    assert len(statements) <= 6, statements


def committed(session, row):
    session.commit()
    return row


def test_an_agent_without_an_assignment_has_a_first_page(app, session, factories, show):
    lone = factories.add(
        Agent(
            matricule="SEUL", matricule_key="seul", given_name="Alix", family_name="Roy",
            arrived_on=date(2026, 1, 1),
        )
    )  # fmt: skip
    session.commit()
    client = sign_in(app, lone)
    assert "Bonjour Alix" in words(show(client))
    for path in ("/mon-dossier", "/mes-contacts", "/plan-du-site", "/recherche?q=a"):
        assert client.get(path).status_code == 200, path


def test_the_first_page_asks_to_sign_in(app):
    assert app.test_client().get("/").location.startswith("/connexion")


def test_the_first_page_speaks_the_language_of_its_agent(app, session, factories, show):
    reader = factories.agent(language="en", given_name="Anna")
    session.commit()
    page = show(sign_in(app, reader))
    assert parse(page).get("lang") == "en"


def test_the_enrolment_is_dated_by_its_latest_cycle(show, factories, agent):
    published = record_rows.version(factories)
    record_rows.completion(factories, agent, published)
    owe(
        factories, agent, published, FAR, cycle=2, started_at=None,
        enrolled_at=record_rows.NOON + timedelta(days=400),
    )  # fmt: skip
    page = show()
    assert primary(page) == [("Commencer", "/apprendre/probite")]
    assert "À terminer pour le 2 janvier 2100" in words(page)
