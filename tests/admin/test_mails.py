"""The outbox page: what became of each mail, never its text; another try by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import lxml.html
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.access import Role
from app.admin.queries import mails as queries
from app.database import utc_now
from app.journal.models import JournalEntry
from app.people.mail_states import MailKind, MailReason, MailState
from app.people.models import Agent, OutgoingMail
from tests.factories import Factories
from tests.pages import words
from tests.post_office import post_office
from tests.signing_in import sign_in

PAGE = "/administration/courriels"


@pytest.fixture
def zoe(factories: Factories, session: Session) -> Agent:
    agent = factories.agent(given_name="Zoé", email="zoe@example.org")
    session.commit()
    return agent


@pytest.fixture
def client(make_app: Callable[..., Flask], session: Session, factories: Factories) -> FlaskClient:
    admin = factories.agent(Role.ADMINISTRATOR)
    session.commit()
    return sign_in(make_app(WTF_CSRF_ENABLED=False), admin)


def put(session: Session, agent: Agent, **values: object) -> OutgoingMail:
    given = {
        "agent_id": agent.id, "kind": MailKind.REMINDER, "recipient": "zoe@example.org",
        "subject": "S", "body": "TEXTE-SECRET", "html": "<p>TEXTE-SECRET</p>", "failures": 0,
    }  # fmt: skip
    row = OutgoingMail(**given | values)
    session.add(row)
    session.commit()
    return row


def again(client: FlaskClient, row: OutgoingMail, session: Session) -> str:
    answer = client.post(f"{PAGE}/{row.id}/nouvel-essai", follow_redirects=True)
    assert answer.status_code == 200
    session.rollback()
    session.refresh(row)
    return words(answer)


def test_each_state_is_told_with_its_reason_and_no_text(
    client: FlaskClient, session: Session, zoe: Agent
) -> None:
    soon = utc_now() + timedelta(hours=1)
    put(session, zoe, kind=MailKind.PASSWORD)
    put(session, zoe, state=MailState.FAILED, reason=MailReason.LATER, reply_code=451, failures=2,
        next_try_at=soon)  # fmt: skip
    put(session, zoe, state=MailState.GIVEN_UP, reason=MailReason.REFUSED_ADDRESS, reply_code=550)
    put(session, zoe, state=MailState.SENT, sent_at=utc_now(), body="", html="")
    page = client.get(PAGE)
    said = words(page)
    for words_said in (
        "En attente", "À réessayer", "Abandonné", "Parti", "Lien de mot de passe",
        "Le serveur demande de revenir plus tard. (451)", "2 essais sans succès", "pas avant le",
        "L’adresse est refusée : elle est à corriger. (550)", "au bout de 30 jours",
        "En attente : 1 · À réessayer : 1 · Abandonné : 1",
    ):  # fmt: skip
        assert words_said in said, words_said
    assert "TEXTE-SECRET" not in page.text
    assert page.text.count("Réessayer le courriel pour Zoé") == 2


@pytest.mark.parametrize("reason", MailReason)
def test_every_reason_has_its_words(
    client: FlaskClient, session: Session, zoe: Agent, reason: MailReason
) -> None:
    put(session, zoe, state=MailState.GIVEN_UP, reason=reason)
    assert client.get(PAGE).status_code == 200


def test_mails_are_found_by_state_and_by_person(
    client: FlaskClient, session: Session, factories: Factories, zoe: Agent
) -> None:
    other = factories.agent(given_name="Ali")
    put(session, zoe)
    put(session, other, state=MailState.GIVEN_UP, reason=MailReason.REFUSED)
    assert "Ali" not in rows(client.get(f"{PAGE}?etat=waiting"))
    assert "Zoé" not in rows(client.get(f"{PAGE}?etat=given_up"))
    assert "Zoé" in rows(client.get(f"{PAGE}?matricule= {zoe.matricule.lower()} "))
    assert "Ali" not in rows(client.get(f"{PAGE}?matricule={zoe.matricule}"))
    assert "Aucun courriel." in words(client.get(f"{PAGE}?matricule=inconnu"))
    both = rows(client.get(f"{PAGE}?etat=inconnu"))
    assert "Zoé" in both
    assert "Ali" in both


def rows(page: object) -> str:
    (table,) = lxml.html.document_fromstring(page.text).xpath("//tbody")  # type: ignore[attr-defined]
    return str(table.text_content())


def test_pages_go_by_key_and_miss_nobody(
    client: FlaskClient, session: Session, zoe: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = {put(session, zoe, recipient=f"a{number}@example.org").id for number in range(120)}
    seen: list[int] = []
    url = f"{PAGE}?etat=waiting"
    while True:
        page = lxml.html.document_fromstring(client.get(url).text)
        seen += [
            int(one.text_content().split("@")[0][1:])
            for one in page.xpath("//th/span[@class='meta']")
        ]
        older = page.xpath("//a[contains(., 'Plus anciens')]/@href")
        if not older:
            break
        put(session, zoe, recipient="a999@example.org")  # One comes meanwhile: no page moves.
        url = older[0]
    assert sorted(seen) == list(range(120))
    assert len(made) == 120
    for wrong in ("x", "0", "-1", "9" * 30):
        assert client.get(f"{PAGE}?avant={wrong}").status_code == 404


def test_a_large_outbox_is_not_counted_to_its_end(
    client: FlaskClient, session: Session, zoe: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_COUNTED", 2)
    for _ in range(5):
        put(session, zoe)
    assert queries.count_states(session)[MailState.WAITING] == 3


def test_another_try_goes_to_the_address_of_today_and_is_journalled(
    make_app: Callable[..., Flask], session: Session, factories: Factories, zoe: Agent
) -> None:
    admin = factories.agent(Role.ADMINISTRATOR)
    row = put(session, zoe, state=MailState.GIVEN_UP, reason=MailReason.REFUSED_ADDRESS,
              recipient="faute@example.org", failures=1)  # fmt: skip
    with post_office() as office:
        app = make_app(
            WTF_CSRF_ENABLED=False, MAIL_BACKEND="smtp", MAIL_SERVER="127.0.0.1",
            MAIL_PORT=office.port,
        )  # fmt: skip
        assert "Le courriel est remis à l’envoi." in again(sign_in(app, admin), row, session)
        assert [to for to, _raw in office.received] == ["zoe@example.org"]
    assert (row.state, row.failures, row.reason) == (MailState.SENT, 0, "")
    entry = session.scalars(
        sa.select(JournalEntry).where(JournalEntry.action == "mail_tried_again")
    ).one()
    assert (entry.actor_id, entry.object_id) == (admin.id, str(row.id))


def test_a_password_link_goes_to_no_other_address(
    client: FlaskClient, session: Session, zoe: Agent
) -> None:
    row = put(
        session, zoe, kind=MailKind.PASSWORD, state=MailState.FAILED, failures=1,
        recipient="avant@example.org", expires_at=utc_now() + timedelta(minutes=9),
    )  # fmt: skip
    again(client, row, session)
    assert row.recipient == "avant@example.org"


@pytest.mark.parametrize(
    "values",
    [
        {"state": MailState.SENT, "body": ""},
        {"state": MailState.WAITING},
        {"state": MailState.FAILED, "unknown_tries": 1},  # It may be on its way.
        {"state": MailState.GIVEN_UP, "body": ""},
        {"state": MailState.GIVEN_UP, "expires_at": utc_now() - timedelta(seconds=1)},
    ],
)
def test_what_left_waits_or_says_nothing_is_not_tried_again(
    client: FlaskClient, session: Session, zoe: Agent, values: dict[str, object]
) -> None:
    row = put(session, zoe, **values)
    assert "Réessayer le courriel" not in client.get(PAGE).text
    assert "n’est pas à réessayer" in again(client, row, session)
    assert row.state == values["state"]
    assert not session.scalars(
        sa.select(JournalEntry).where(JournalEntry.action == "mail_tried_again")
    ).all()


def test_only_administrators_see_the_outbox(
    app: Flask, session: Session, factories: Factories, zoe: Agent
) -> None:
    row = put(session, zoe, state=MailState.GIVEN_UP, reason=MailReason.REFUSED)
    hr = factories.agent(Role.HR_READER, Role.HR_FOLLOW_UP, Role.SUPERVISOR)
    session.commit()
    client = sign_in(app, hr)
    assert client.get(PAGE).status_code == 404
    assert client.post(f"{PAGE}/{row.id}/nouvel-essai").status_code in {400, 404}
    assert app.test_client().get(PAGE).status_code == 302
    session.refresh(row)
    assert row.state == MailState.GIVEN_UP
