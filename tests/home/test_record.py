from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.certificates.services import issue
from app.database import utc_now
from app.extensions import db
from app.journal.models import JournalEntry
from app.journal.services import Action
from app.learning.models import Completion, Enrolment
from app.statistics.sightings import Audience
from tests import record_rows
from tests.pages import parse, token, words
from tests.signing_in import sign_in

ONE_DAY = timedelta(days=1)


@pytest.fixture
def agent(factories):
    return factories.agent(given_name="Solène", email="solene@valdore.example")


@pytest.fixture
def client(app, session, agent):
    session.commit()
    return sign_in(app, agent)


def finish(session, factories, agent, slug="probite"):
    """Complete a module after a first attempt that did not pass, and certify it."""
    published = record_rows.version(factories, slug)
    done = record_rows.completion(factories, agent, published)
    place = session.get_one(Enrolment, done.enrolment_id)
    failed = record_rows.attempt(factories, place, passed=False, number=2)
    certificate = issue(session, done, organisation="M", now=utc_now())
    session.commit()
    return done, failed, certificate


def test_an_empty_record_says_what_will_come(client):
    text = words(client.get("/mon-dossier"))
    assert "Aucun module pour le moment" in text
    assert "solene@valdore.example" in text
    assert "Aucune consultation enregistrée" in text


def test_the_record_shows_cycles_attempts_completion_and_certificate(
    client, session, factories, agent
):
    done, failed, certificate = finish(session, factories, agent)
    page = client.get("/mon-dossier")
    text = words(page)
    for said in ("Probité", "Terminé", "23 novembre 2026", "23 novembre 2029", "80,0 %",
                 "20,0 %", "gardien de la paix", done.unit_names[0], "Valable"):  # fmt: skip
        assert said in text
    links = parse(page).xpath("//main//a/@href")
    for attempt_id in (done.attempt_id, failed.id):
        assert any(link.endswith(f"/tentatives/{attempt_id}/revoir") for link in links)
    assert f"/attestations/{certificate.serial}.pdf" in links


def test_names_that_the_administration_gave_are_marked_as_french_in_english(
    client, session, factories, agent
):
    agent.language = "en"
    done, _, _ = finish(session, factories, agent)
    page = parse(client.get("/mon-dossier"))
    assert page.get("lang") == "en"
    marked = [one.text for one in page.xpath("//main//span[@lang='fr']")]
    assert marked.count("gardien de la paix") == 2  # Today's, and that of the completion.
    assert " › ".join(done.unit_names) in marked


def test_an_equivalence_says_its_reason_and_its_proof(client, session, factories, agent):
    record_rows.completion(
        factories, agent, record_rows.version(factories), attempt_id=None,
        equivalence_reason="Formation initiale", equivalence_proof="Certificat n° 12",
    )  # fmt: skip
    session.commit()
    text = words(client.get("/mon-dossier"))
    assert "Formation initiale" in text
    assert "Certificat n° 12" in text


def test_every_cycle_is_shown_and_nobody_elses(client, session, factories, agent):
    published = record_rows.version(factories)
    record_rows.completion(factories, agent, published)
    record_rows.enrolment(
        factories, agent, published, cycle=2, origin="campaign", due_on=date(2020, 1, 1),
        enrolled_at=record_rows.NOON + ONE_DAY, started_at=None,
    )  # fmt: skip
    other = record_rows.version(factories, "secret", title="Module d’un autre")
    record_rows.completion(factories, factories.agent(), other)
    session.commit()
    text = words(client.get("/mon-dossier"))
    assert "cycle 2" in text
    assert "En retard" in text
    assert "Module d’un autre" not in text


def test_a_long_record_is_cut_in_pages_the_latest_first(client, session, factories, agent):
    for number in range(1, 9):
        published = record_rows.version(factories, f"module-{number}", title=f"Module n° {number}")
        at = record_rows.NOON + number * ONE_DAY
        record_rows.enrolment(factories, agent, published, enrolled_at=at, started_at=None)
    session.commit()
    pages = [client.get(f"/mon-dossier?page={number}") for number in (1, 2, 3)]
    assert [page.status_code for page in pages] == [200, 200, 404]
    titles = [parse(page).xpath("//section[@class='cycle']/h3/a/text()") for page in pages[:2]]
    assert [one.split()[-1] for page in titles for one in page] == list("87654321")
    assert [len(page) for page in titles] == [6, 2]
    assert "/mon-dossier?page=2" in parse(pages[0]).xpath("//main//a/@href")


def test_an_attempt_under_way_is_taken_up_again(client, session, factories, agent):
    place = record_rows.enrolment(factories, agent, record_rows.version(factories))
    unsubmitted = dict.fromkeys(("submitted_at", "score_numerator", "score_denominator", "passed"))
    open_one = record_rows.attempt(factories, place, **unsubmitted)
    session.commit()
    links = parse(client.get("/mon-dossier")).xpath("//main//a/@href")
    assert any(link.endswith(f"/tentatives/{open_one.id}") for link in links)


def seen(factories, audience, unit_id, at):
    actor = factories.agent(family_name="Nom-Secret")
    factories.add(
        JournalEntry(
            at=at, actor_id=actor.id, action=Action.NAMES_SEEN, object_kind=audience,
            object_id=str(unit_id),
        )
    )  # fmt: skip


def test_one_sees_which_category_of_staff_looked(client, session, factories):
    root = factories.root()
    elsewhere = factories.unit(parent=root, name="Ailleurs")
    later = utc_now() + ONE_DAY
    seen(factories, Audience.TEAM, root.id, later)
    seen(factories, Audience.FOLLOW_UP, root.id, later + ONE_DAY)
    seen(factories, Audience.FOLLOW_UP, elsewhere.id, later)
    seen(factories, Audience.FOLLOW_UP, root.id, record_rows.NOON.replace(year=2020))
    session.commit()

    page = client.get("/mon-dossier")
    rows = parse(page).xpath("//table[@id='consultations']/tbody/tr")
    said = [" ".join(row.text_content().split()) for row in rows]
    assert len(said) == 2
    assert "le suivi des ressources humaines" in said[0]
    assert "l’encadrement" in said[1]
    assert "Nom-Secret" not in words(page)


def test_everything_held_is_downloaded_as_json(client, session, factories, agent):
    _, _, certificate = finish(session, factories, agent)
    finish(session, factories, factories.agent(given_name="Quelquun"), "autre")
    page = client.get("/mon-dossier")
    response = client.post("/mon-dossier.json", data={"csrf_token": token(page)})

    assert response.status_code == 200
    assert response.mimetype == "application/json"
    assert "attachment" in response.headers["Content-Disposition"]
    given = json.loads(response.data)
    assert [one["serial"] for one in given["certificates"]] == [certificate.serial]
    (place,) = given["learning"]
    assert len(place["attempts"]) == 2
    assert len(place["completions"]) == 1
    assert given["journal"][-1]["action"] == "record_downloaded"
    assert "Quelquun" not in response.get_data(as_text=True)
    entry = session.scalars(
        sa.select(JournalEntry).where(JournalEntry.action == Action.RECORD_DOWNLOADED)
    ).one()
    assert entry.actor_id == agent.id


def test_a_download_is_asked_for_by_a_form(client, session):
    assert client.get("/mon-dossier.json").status_code == 405
    assert client.post("/mon-dossier.json").status_code == 400
    assert session.scalars(sa.select(JournalEntry)).all() == []


def test_the_record_asks_to_sign_in(app, session):
    for path in ("/mon-dossier", "/recherche", "/que-faire-si", "/mes-contacts"):
        assert app.test_client().get(path).location.startswith("/connexion"), path


def test_many_cycles_take_no_more_statements(app, client, session, factories, agent):
    counted = []
    with app.app_context():
        sa.event.listen(db.engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    counts = []
    for number in (1, 2, 3):
        published = record_rows.version(factories, f"m{number}")
        record_rows.completion(factories, agent, published)
        session.commit()
        client.get("/mon-dossier")  # The first page of a version reads its texts.
        counted.clear()
        client.get("/mon-dossier")
        counts.append(len(counted))
    assert len(set(counts)) == 1
    assert session.scalar(sa.select(sa.func.count()).select_from(Completion)) == 3
