"""The weekly reminder: once a week, whatever cuts a run, and only to whom it is due."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import lxml.html
import pytest
import sqlalchemy as sa

from app.campaigns import weekly
from app.campaigns.absences import Span
from app.campaigns.digests import Fate
from app.campaigns.models import Absence, MailChoice, Reminder
from app.campaigns.rules import week_of
from app.campaigns.services import absences
from app.campaigns.stopping import sign_stop
from app.database import utc_now
from app.days import PARIS, day_of
from app.extensions import db
from app.journal.models import JournalEntry
from app.learning.models import Enrolment
from app.learning.signals import completed
from app.people.mail_states import MailReason, MailState
from app.people.models import OutgoingMail
from tests.campaigns.making import complete, make_enrolment, make_module
from tests.pages import words
from tests.requests import csrf_token
from tests.signing_in import sign_in

TODAY = day_of(utc_now())
LONG_AGO = TODAY - timedelta(days=60)


@pytest.fixture
def place(session, factories):
    """Make an agent for each fate, each with an enrolment."""
    module, other = make_module(session), make_module(session, "laicite", "Laïcité")
    made = SimpleNamespace(module=module, other=other)
    for name in ("late", "english", "away", "stopped", "nowhere", "done", "gone", "free"):
        agent = factories.agent(
            given_name=name.title(), email=None if name == "nowhere" else f"{name}@example.org",
            language="en" if name == "english" else "fr",
            deactivated_at=utc_now() if name == "gone" else None,
        )  # fmt: skip
        setattr(made, name, agent)
        if name == "free":
            make_enrolment(session, agent.id, module)  # By their own choice: nothing is owed.
            continue
        enrolment = make_enrolment(session, agent.id, module, day=LONG_AGO, due_on=LONG_AGO)
        if name == "done":
            complete(session, enrolment, day=LONG_AGO)
    make_enrolment(
        session, made.late.id, other, day=LONG_AGO, due_on=TODAY + timedelta(days=200)
    )  # fmt: skip
    session.add(Absence(agent_id=made.away.id, starts_on=TODAY, ends_on=TODAY))
    session.add(MailChoice(agent_id=made.stopped.id, weekly_stopped_at=utc_now()))
    session.commit()
    return made


def remind(app, *options: str) -> str:
    result = app.test_cli_runner().invoke(args=["campaigns", "remind", *options])
    assert result.exit_code == 0, result.output
    return result.output


def mails(session) -> list[OutgoingMail]:
    session.rollback()
    session.expire_all()
    return list(session.scalars(sa.select(OutgoingMail).order_by(OutgoingMail.id)))


def count_rows(session) -> list[int]:
    session.rollback()
    return [
        session.scalar(sa.select(sa.func.count()).select_from(model))
        for model in (OutgoingMail, Reminder, JournalEntry)
    ]


def test_a_dry_run_says_what_would_go_and_writes_nothing(app, session, place):
    before = count_rows(session)
    assert remind(app, "--dry-run") == (
        "Weekly reminders: 2 would be written; not written: 0 already this week, 1 on leave,"
        " 1 unsubscribed, 1 without an address, 0 with nothing new, near or late.\n"
    )
    assert count_rows(session) == before


def test_each_is_written_once_however_often_it_runs_in_a_week(app, session, place):
    assert "2 written; not written: 0 already" in remind(app)
    assert "0 written; not written: 2 already" in remind(app)
    assert "0 would be written; not written: 2 already" in remind(app, "--dry-run")
    written = mails(session)
    assert [mail.agent_id for mail in written] == [place.late.id, place.english.id]
    assert {mail.kind for mail in written} == {"reminder"}
    monday = datetime.combine(
        week_of(TODAY) + timedelta(days=7), datetime.min.time(), PARIS
    )  # fmt: skip
    assert {mail.expires_at for mail in written} == {monday}
    entry = session.scalars(
        sa.select(JournalEntry).where(JournalEntry.action == "reminders_written")
    ).one()
    assert (entry.actor_id, entry.object_id) == (None, str(week_of(TODAY)))


def test_the_next_week_only_what_is_still_owed_is_told(app, session, place):
    remind(app)
    with app.app_context():
        later = TODAY + timedelta(days=7)
        counts = weekly.remind_all(today=later, now=utc_now() + timedelta(days=7))
    assert counts[Fate.GOES] == 3  # Who was away is back.
    assert len(mails(session)) == 5


def test_what_is_far_and_was_told_before_waits(app, session, factories, place):
    agent = factories.agent(email="far@example.org")
    make_enrolment(session, agent.id, place.module, due_on=TODAY + timedelta(days=90))
    session.commit()
    with app.app_context():
        assert weekly.remind_all(today=TODAY, now=utc_now())[Fate.GOES] == 3
        weeks = [TODAY + timedelta(days=7 * number) for number in range(1, 10)]
        counts = [weekly.remind_all(today=day, now=utc_now()) for day in weeks]
    assert [one[Fate.QUIET] for one in counts] == [1] * 8 + [0]  # 27 days before, it is near.


def test_a_run_that_is_killed_loses_nothing_and_writes_nothing_twice(
    app, session, factories, place, monkeypatch
):
    for _ in range(20):
        agent = factories.agent(email="a@example.org")
        make_enrolment(session, agent.id, place.module, day=LONG_AGO, due_on=LONG_AGO)
    session.commit()
    monkeypatch.setattr(weekly, "SPAN", 4)
    put_out, calls = weekly.write_letters, 0

    def die_in_the_third(session, **values):
        nonlocal calls
        calls += 1
        count = put_out(session, **values)
        if calls == 3:
            raise KeyboardInterrupt  # Written, and not committed.
        return count

    monkeypatch.setattr(weekly, "write_letters", die_in_the_third)
    with app.app_context(), pytest.raises(KeyboardInterrupt):
        weekly.remind_all(today=TODAY, now=utc_now())
    assert 0 < len(mails(session)) < 22
    with app.app_context():
        weekly.remind_all(today=TODAY, now=utc_now())
    written = [mail.agent_id for mail in mails(session)]
    assert len(written) == len(set(written)) == 22
    assert count_rows(session)[1] == 22


def test_a_batch_costs_the_same_statements_whatever_it_holds(app, session, factories, place):
    def count_statements() -> int:
        count = 0

        def note(*_args: object) -> None:
            nonlocal count
            count += 1

        with app.app_context():
            sa.event.listen(db.engine, "before_cursor_execute", note)
            weekly.remind_all(today=TODAY, now=utc_now())
            sa.event.remove(db.engine, "before_cursor_execute", note)
        return count

    few = count_statements()
    for _ in range(40):
        agent = factories.agent(email="a@example.org")
        for module in (place.module, place.other):
            make_enrolment(session, agent.id, module, day=LONG_AGO, due_on=LONG_AGO)
    session.execute(sa.update(Reminder).values(week_on=week_of(TODAY) - timedelta(days=7)))
    session.commit()
    assert count_statements() == few


def test_the_mail_says_what_is_owed_late_first_in_its_readers_language(
    make_app, session, place, tmp_path: Path
):
    app = make_app(MAIL_FILE_PATH=str(tmp_path), PUBLIC_URL="https://exemplarite.example")
    remind(app)
    assert app.test_cli_runner().invoke(args=["mail", "send"]).exit_code == 0
    french, english = (
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in sorted(tmp_path.iterdir())
    )
    text = french.get_body(("plain",)).get_content()
    assert text.index("Probité") < text.index("Laïcité")
    assert "à faire dès que possible : la date était le" in text.replace("\u00a0", " ")
    assert text.count("https://exemplarite.example/apprendre/") == 2
    assert english["Subject"] == "A module is waiting for you"
    assert "Here is what is asked of you" in english.get_body(("plain",)).get_content()
    assert "The link takes you back" in english.get_body(("plain",)).get_content()
    assert "Chaque lien vous ramène" in text
    assert text.rstrip().endswith("éthique professionnelle\nhttps://exemplarite.example")
    for message in (french, english):
        stop = message["List-Unsubscribe"].strip(" <>")
        assert stop.startswith("https://exemplarite.example/rappels/arret/")
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        html = message.get_body(("html",)).get_content()
        page = lxml.html.document_fromstring(html)
        assert page.get("lang") in {"fr", "en"}
        assert page.xpath("//title")[0].text == page.xpath("//h1")[0].text == message["Subject"]
        # Nothing is fetched, and no address but ours is there: nobody learns that it was read.
        assert not page.xpath("//img | //link | //script | //*[@src] | //*[@background]")
        assert "url(" not in html
        hosts = {urlsplit(address).hostname for address in page.xpath("//a/@href")}
        assert hosts == {"exemplarite.example"}
        assert stop in page.xpath("//a/@href")
        assert page.xpath("//main/p[last()]")[0].text_content().startswith("Exemplarité, ")


def test_names_and_titles_are_hostile_until_escaped(make_app, session, factories, tmp_path):
    app = make_app(MAIL_FILE_PATH=str(tmp_path))
    agent = factories.agent(given_name="<b>&Zoé", email="z@example.org")
    module = make_module(session, "x", "<script>1</script>")
    make_enrolment(session, agent.id, module, due_on=TODAY)
    session.commit()
    remind(app)
    (mail,) = mails(session)
    assert "&lt;script&gt;" in mail.html
    assert "<script>" not in mail.html
    assert "<b>" not in mail.html
    assert "<b>&Zoé" in mail.body


def test_one_click_stops_it_without_signing_in_and_a_get_changes_nothing(app, session, place):
    remind(app)
    with app.app_context():
        address = f"/rappels/arret/{sign_stop(place.late.id)}"
    client = app.test_client()
    page = client.get(address)
    assert page.status_code == 200
    assert "Ne plus recevoir le rappel de la semaine" in words(page)
    session.rollback()
    assert session.get(MailChoice, place.late.id) is None
    for _ in range(2):  # As a mail program posts it: no cookie, no token.
        answer = client.post(address, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "Vous ne recevez plus le rappel de la semaine" in words(answer)
    session.rollback()
    assert session.get(MailChoice, place.late.id).weekly_stopped_at is not None
    waiting = {mail.agent_id: (mail.state, mail.reason, mail.body) for mail in mails(session)}
    assert waiting[place.late.id] == (MailState.GIVEN_UP, MailReason.NOTHING_LEFT, "")
    assert waiting[place.english.id][0] == MailState.WAITING
    entries = session.scalars(
        sa.select(JournalEntry).where(JournalEntry.action == "mails_chosen")
    ).all()
    assert [(one.actor_id, one.object_id) for one in entries] == [(None, str(place.late.id))]
    with app.app_context():
        counts = weekly.remind_all(today=TODAY + timedelta(days=7), now=utc_now(), is_dry=True)
    assert counts[Fate.STOPPED] == 2


def test_who_stops_it_while_it_is_being_written_gets_none(app, session, place, monkeypatch):
    write_weekly = weekly.write_weekly

    def stop_meanwhile(debtor, *more):
        if debtor.agent_id == place.english.id:
            session.add(MailChoice(agent_id=debtor.agent_id, weekly_stopped_at=utc_now()))
            session.commit()
        return write_weekly(debtor, *more)

    monkeypatch.setattr(weekly, "write_weekly", stop_meanwhile)
    remind(app)
    assert [mail.agent_id for mail in mails(session)] == [place.late.id]
    assert count_rows(session)[1] == 1


def test_a_link_that_we_did_not_sign_stops_nothing(app, session, place):
    with app.app_context():
        good = sign_stop(place.late.id)
    other = good.replace(good.split(".")[0], "MTIzNDU2", 1)
    client = app.test_client()
    for signature in (good[:-1], good + "x", other, "x", str(place.late.id)):
        address = f"/rappels/arret/{signature}"
        assert client.get(address).status_code == client.post(address).status_code == 404
    session.rollback()
    assert session.get(MailChoice, place.late.id) is None


def test_a_token_of_another_use_stops_nothing(app, place):
    from itsdangerous import URLSafeSerializer

    forged = URLSafeSerializer(app.config["SECRET_KEY"], salt="x").dumps(place.late.id)
    assert app.test_client().post(f"/rappels/arret/{forged}").status_code == 404


def test_one_may_have_it_back_on_ones_own_page(app, session, place):
    client = sign_in(app, place.stopped)
    page = client.get("/mes-courriels")
    assert "stopped@example.org" in words(page)
    assert not lxml.html.document_fromstring(page.text).xpath("//input[@name='weekly']/@checked")
    answer = client.post(
        "/mes-courriels", data={"weekly": "y"}, headers={"X-CSRFToken": csrf_token(app, client)},
        follow_redirects=True,
    )  # fmt: skip
    assert "Votre choix est enregistré." in answer.text
    session.rollback()
    session.expire_all()
    assert session.get(MailChoice, place.stopped.id).weekly_stopped_at is None
    assert "3 would be written" in remind(app, "--dry-run")


def test_only_supervisors_may_ask_for_a_mail_about_units(app, session, place):
    client = sign_in(app, place.late)
    assert "mes équipes" not in words(client.get("/mes-courriels")).split("Ne se choisissent")[0]
    client.post(
        "/mes-courriels", data={"weekly": "y", "teams": "y"},
        headers={"X-CSRFToken": csrf_token(app, client)},
    )  # fmt: skip
    session.rollback()
    choice = session.get(MailChoice, place.late.id)
    assert choice is None or choice.teams_asked_at is None


def test_a_choice_without_its_token_is_refused(app, session, place):
    assert sign_in(app, place.late).post("/mes-courriels", data={}).status_code == 400
    assert app.test_client().get("/mes-courriels").status_code == 302
    session.rollback()
    assert session.get(MailChoice, place.late.id) is None


def test_the_last_completion_withdraws_the_reminder_that_waits(app, session, place):
    remind(app)
    for module, expected in ((place.module, "waiting"), (place.other, "given_up")):
        enrolment = session.scalars(
            sa.select(Enrolment).filter_by(agent_id=place.late.id, module_id=module.id)
        ).one()
        completion = complete(session, enrolment, day=TODAY)
        with app.app_context():
            completed.send(session, completion=completion)
        session.commit()
        assert mails(session)[0].state == expected
    assert mails(session)[1].state == "waiting"  # Someone else's.


def test_a_reminder_by_a_supervisor_counts_for_the_week(app, session, place):
    session.add(Reminder(agent_id=place.late.id, week_on=week_of(TODAY), asked_by_id=place.free.id))
    session.commit()
    assert "1 written; not written: 1 already" in remind(app)


def test_the_night_writes_them_unless_the_settings_say_no(make_app, session, place):
    quiet = make_app(WEEKLY_REMINDERS=False)
    said = quiet.test_cli_runner().invoke(args=["campaigns", "nightly"]).output
    assert "Weekly reminders" not in said
    assert not mails(session)
    said = make_app().test_cli_runner().invoke(args=["campaigns", "nightly"]).output
    assert "Weekly reminders: 2 written" in said


def test_weeks_begin_on_monday_also_when_the_clock_changes():
    assert week_of(date(2026, 10, 25)) == date(2026, 10, 19)
    assert week_of(date(2026, 10, 26)) == date(2026, 10, 26)


@pytest.mark.parametrize(("starts_in", "state"), [(0, "given_up"), (1, "waiting")])
def test_a_reminder_that_waits_does_not_reach_who_is_away_since(
    app, session, place, starts_in, state
):
    remind(app)
    first = TODAY + timedelta(days=starts_in)
    span = Span(first, first + timedelta(days=3))
    absences.enter(session, agent_id=place.late.id, span=span, actor_id=place.away.id,
                   now=utc_now())  # fmt: skip
    session.commit()
    assert {mail.state for mail in mails(session) if mail.agent_id == place.late.id} == {state}
