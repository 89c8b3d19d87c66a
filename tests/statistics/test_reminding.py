"""A supervisor reminds their own unit: once a week at most, and nobody who is away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.campaigns.models import Absence, Reminder
from app.campaigns.personal import erase_for, export_for
from app.campaigns.services.reminding import forget_reminders
from app.journal.models import JournalDetail, JournalEntry
from app.people.models import OutgoingMail
from tests.pages import words
from tests.signing_in import sign_in
from tests.statistics.conftest import TODAY


@pytest.fixture
def client(make_app, session, place):
    """Sign the supervisor of the team in; everyone has a mail address."""
    for agent in (place.idle, place.slow, place.new, place.done):
        agent.email = f"a{agent.id}@example.org"
    place.slow.language = "en"
    session.commit()
    return sign_in(make_app(WTF_CSRF_ENABLED=False), place.boss)


def remind(client, unit, agent=None):
    data = {"unit": unit.id} | ({"agent": agent.id} if agent else {})
    return client.post("/mes-equipes/rappels", data=data, follow_redirects=True)


def mails(session):
    session.rollback()
    return list(session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


def test_all_who_are_late_are_reminded_once_each_in_their_language(client, session, place):
    assert "Rappeler les 2 personnes en retard" in words(client.get("/mes-equipes"))
    page = words(remind(client, place.team))
    assert "2 rappels sont écrits" in page
    assert "Rappelé cette semaine" in page
    assert "personnes en retard" not in page.split("Ce qui reste")[0].split("rappels")[1]
    written = {mail.agent_id: mail for mail in mails(session)}
    assert set(written) == {place.idle.id, place.slow.id}
    assert "Probité" in written[place.idle.id].body
    assert "Votre encadrant vous rappelle" in written[place.idle.id].body
    assert "Your supervisor reminds you" in written[place.slow.id].body
    assert "Aucun rappel n’est écrit" in words(remind(client, place.team))
    assert len(mails(session)) == 2


def test_one_person_is_reminded_before_they_are_late(client, session, place):
    assert "1 rappel est écrit" in words(remind(client, place.team, place.new))
    assert [mail.recipient for mail in mails(session)] == [place.new.email]
    assert "Aucun rappel" in words(remind(client, place.team, place.done))  # Nothing is left.


def test_the_journal_holds_who_asked_for_which_unit_and_how_many(client, session, place):
    remind(client, place.team)
    session.rollback()
    entry, detail = session.execute(
        select(JournalEntry, JournalDetail.text)
        .join(JournalDetail, JournalDetail.entry_id == JournalEntry.id)
        .where(JournalEntry.action == "reminders_asked")
    ).one()
    assert (entry.actor_id, entry.object_kind, entry.object_id) == (
        place.boss.id, "team", str(place.team.id),
    )  # fmt: skip
    assert "2" in detail


def test_who_is_away_is_left_in_peace_and_shown_as_suspended(client, session, place):
    session.add(Absence(agent_id=place.idle.id, starts_on=TODAY, ends_on=TODAY))
    session.commit()
    assert "Suspendu : absence jusqu’au" in words(client.get("/mes-equipes"))
    remind(client, place.team)
    assert [mail.agent_id for mail in mails(session)] == [place.slow.id]


def test_who_has_no_address_is_said(client, session, place):
    place.idle.email = None
    session.commit()
    assert "Pas d’adresse de courriel" in words(client.get("/mes-equipes"))
    remind(client, place.team)
    assert [mail.agent_id for mail in mails(session)] == [place.slow.id]


def test_another_unit_and_its_people_are_out_of_reach(client, session, place):
    assert remind(client, place.far).status_code == 404
    assert "Aucun rappel" in words(remind(client, place.team, place.stranger))
    assert client.post("/mes-equipes/rappels").status_code == 400
    assert client.post("/mes-equipes/rappels", data={"unit": "9" * 30}).status_code == 400
    assert not mails(session)


def test_the_next_week_one_may_be_reminded_again(client, session, place):
    remind(client, place.team)
    session.rollback()
    for reminder in session.scalars(select(Reminder)):
        reminder.week_on -= timedelta(days=7)
    session.commit()
    assert "2 rappels sont écrits" in words(remind(client, place.team))


def test_reminders_are_given_to_their_agent_erased_with_them_and_forgotten(
    client, session, place
):  # fmt: skip
    remind(client, place.team)
    session.rollback()
    assert len(export_for(session, place.idle.id)["reminders"]) == 1
    erase_for(session, place.idle.id)
    assert session.scalar(select(func.count()).select_from(Reminder)) == 1
    assert forget_reminders(session, today=TODAY + timedelta(days=360)) == 0
    assert forget_reminders(session, today=TODAY + timedelta(days=373)) == 1


class TestFollowUp:
    """HR follow-up reminds the late of one unit, from the list."""

    @pytest.fixture
    def hr(self, make_app, session, place, client):
        return sign_in(make_app(WTF_CSRF_ENABLED=False), place.hr)

    def test_the_late_of_the_unit_asked_for_are_reminded(self, hr, session, place):
        assert "Rappeler" not in words(hr.get("/rh/suivi"))
        page = words(hr.get(f"/rh/suivi?unite={place.team.id}"))
        assert "Rappeler les 2 personnes en retard de ce service" in page
        data = {"unit": place.team.id}
        page = words(hr.post("/rh/suivi/rappels", data=data, follow_redirects=True))
        assert "2 rappels sont écrits" in page
        assert "Rappeler les" not in page
        assert "Les 2 personnes en retard de ce service même ne peuvent pas" in page
        written = {mail.agent_id: mail.body for mail in mails(session)}
        assert set(written) == {place.idle.id, place.slow.id}
        assert "Le suivi des ressources humaines vous rappelle" in written[place.idle.id]
        assert "encadrant" not in written[place.idle.id]

    def test_the_filters_of_the_list_outlive_a_reminder(self, hr, place):
        asked = f"unite={place.team.id}&module=probite"
        page = words(hr.get(f"/rh/suivi?{asked}"))
        assert "tous les modules en retard, quel que soit celui choisi ici" in page
        sent = hr.post(f"/rh/suivi/rappels?{asked}", data={"unit": place.team.id})
        assert sent.location == f"/rh/suivi?{asked}"

    def test_certificates_to_come_are_not_reminded(self, hr, place):
        page = words(hr.get(f"/rh/suivi?unite={place.team.id}&etat=expiring_30"))
        assert "Rappeler" not in page

    def test_another_subtree_does_not_exist(self, hr, session, place):
        assert hr.post("/rh/suivi/rappels", data={"unit": place.far.id}).status_code == 404
        assert hr.post("/rh/suivi/rappels", data={"unit": "x"}).status_code == 400
        assert mails(session) == []

    def test_others_may_not(self, client, session, place):
        assert client.post("/rh/suivi/rappels", data={"unit": place.team.id}).status_code == 404
        assert mails(session) == []
