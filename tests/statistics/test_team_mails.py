"""A supervisor who asks for it gets the numbers of their own units, once a week, and no name."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
import sqlalchemy as sa

from app.campaigns.digests import Fate
from app.campaigns.models import Absence, MailChoice, TeamDigest
from app.campaigns.personal import erase_for, export_for
from app.campaigns.services.reminding import forget_reminders
from app.campaigns.stopping import read_stop, sign_stop
from app.database import utc_now
from app.people.mail_states import MailKind
from app.people.models import OutgoingMail, RoleAssignment
from app.statistics.supervisors import Supervisor
from app.statistics.team_counts import TeamCounts
from app.statistics.team_mails import Team, decide, write_to_supervisors
from tests.pages import words
from tests.requests import csrf_token
from tests.signing_in import sign_in
from tests.statistics.conftest import TODAY


@pytest.fixture
def asked(session, place):
    """Let the supervisor of the team ask for the mail; their neighbour did not."""
    place.boss.email, place.stranger.email = "boss@example.org", "stranger@example.org"
    session.add(MailChoice(agent_id=place.boss.id, teams_asked_at=utc_now()))
    session.commit()
    return place


def run(app, *options: str) -> str:
    result = app.test_cli_runner().invoke(args=["statistics", "mail-teams", *options])
    assert result.exit_code == 0, result.output
    return result.output


def mails(session) -> list[OutgoingMail]:
    session.rollback()
    session.expire_all()
    return list(session.scalars(sa.select(OutgoingMail)))


@pytest.mark.parametrize("facts", list(product([False, True], repeat=4)))
def test_the_first_thing_that_stands_against_it_is_said(facts) -> None:
    written, away, addressed, something = facts
    supervisor = Supervisor(1, "A B", "fr", addressed, away, written, frozenset({1}))
    found = decide(supervisor, [Team("U", TeamCounts(4, int(something), 0, frozenset()))])
    against = [
        (written, Fate.REMINDED), (away, Fate.AWAY), (not addressed, Fate.NO_ADDRESS),
        (not something, Fate.QUIET), (True, Fate.GOES),
    ]  # fmt: skip
    assert found is next(fate for holds, fate in against if holds)


def test_the_mail_holds_the_numbers_of_the_page_and_no_name(app, session, asked):
    page = words(sign_in(app, asked.boss).get("/mes-equipes"))
    assert "1 would be written" in run(app, "--dry-run")
    assert not mails(session)
    assert "1 written; not written: 0 already" in run(app)
    (mail,) = mails(session)
    assert (mail.agent_id, mail.kind, mail.recipient) == (
        asked.boss.id, MailKind.TEAM, "boss@example.org",
    )  # fmt: skip
    figures = "À jour : 1 sur 4 à qui un module est demandé ; en retard : 2."
    assert figures in page
    for text in (mail.body, mail.html):
        plain = text.replace("\u00a0", " ").replace("\u202f", " ")
        assert figures in plain
        assert "=Brigade du nord" in plain
        assert "/mes-equipes" in plain
        for name in ("Idle", "Slow", "New", "Done", "Alex"):
            assert name not in plain
    assert mail.stop_url in mail.html


def test_it_is_written_once_a_week_and_the_next_week_again(app, session, asked):
    assert "1 written" in run(app)
    assert "0 written; not written: 1 already" in run(app)
    with app.app_context():
        later = TODAY + timedelta(days=7)
        assert write_to_supervisors(today=later, now=utc_now())[Fate.GOES] == 1
    assert len(mails(session)) == 2


def test_two_runs_at_once_write_one(app, session, asked, monkeypatch):
    from app.statistics import team_mails

    write_one = team_mails.write_letter

    def write_meanwhile(*args):
        session.add(TeamDigest(agent_id=asked.boss.id, week_on=TODAY - timedelta(TODAY.weekday())))
        session.commit()
        return write_one(*args)

    monkeypatch.setattr(team_mails, "write_letter", write_meanwhile)
    assert "0 written; not written: 1 already" in run(app)
    assert not mails(session)


@pytest.mark.parametrize("what", ["role", "absence", "address", "account"])
def test_who_is_no_longer_there_to_read_it_gets_none(app, session, asked, what):
    if what == "role":
        session.execute(
            sa.update(RoleAssignment)
            .where(RoleAssignment.agent_id == asked.boss.id)
            .values(ended_at=utc_now())
        )
    elif what == "absence":
        session.add(Absence(agent_id=asked.boss.id, starts_on=TODAY, ends_on=TODAY))
    elif what == "address":
        asked.boss.email = None
    else:
        asked.boss.deactivated_at = utc_now()
    session.commit()
    assert "0 written" in run(app)
    assert not mails(session)


def test_a_supervisor_asks_for_it_and_stops_it_by_one_click(app, session, place):
    client = sign_in(app, place.boss)
    assert "Un point par semaine sur mes équipes" in words(client.get("/mes-courriels"))
    client.post(
        "/mes-courriels", data={"weekly": "y", "teams": "y"},
        headers={"X-CSRFToken": csrf_token(app, client)},
    )  # fmt: skip
    session.rollback()
    assert session.get(MailChoice, place.boss.id).teams_asked_at is not None
    with app.app_context():
        signature = sign_stop(place.boss.id, MailKind.TEAM)
        assert read_stop(signature).kind is MailKind.TEAM
    outside = app.test_client()
    address = f"/rappels/arret/{signature}"
    assert "Ne plus recevoir le point sur vos équipes" in words(outside.get(address))
    assert "Vous ne recevez plus le point" in words(outside.post(address))
    session.rollback()
    session.expire_all()
    choice = session.get(MailChoice, place.boss.id)
    # One's own reminder is another choice.
    assert (choice.teams_asked_at, choice.weekly_stopped_at) == (None, None)


def test_it_is_given_to_its_reader_erased_with_them_and_forgotten(app, session, asked):
    run(app)
    session.rollback()
    given = export_for(session, asked.boss.id)
    assert len(given["mails_about_teams"]) == 1
    assert given["mail_choices"][0]["teams_asked_at"]
    assert forget_reminders(session, today=TODAY + timedelta(days=373)) == 1
    erase_for(session, asked.boss.id)
    assert export_for(session, asked.boss.id)["mail_choices"] == []
