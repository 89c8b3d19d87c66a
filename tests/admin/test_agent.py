"""An agent's page: what an administrator changes, and what is refused."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Role
from app.database import utc_now
from app.journal.models import JournalDetail, JournalEntry
from app.people.models import Agent, PasswordReset, RoleAssignment, SignInSession
from tests.factories import Factories
from tests.people.passwords import give_password, open_form
from tests.signing_in import sign_in


def path_of(agent: Agent, act: str = "") -> str:
    return f"/administration/personnes/{agent.id}{act}"


def actions(session: Session) -> list[str]:
    session.rollback()  # What was read before the acts is not to be read again.
    found = list(session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)))
    session.rollback()
    return found


def test_the_page_tells_who_where_and_what(client: FlaskClient, agent: Agent) -> None:
    text = html.unescape(client.get(path_of(agent)).text)
    for told in ("Zoé Lefèvre", "PN 7", "Police nationale", "gardien de la paix", "Aucun rôle"):
        assert told in text


def test_nobody_by_this_number(client: FlaskClient) -> None:
    assert client.get("/administration/personnes/999").status_code == 404
    page = open_form(client, "/administration/personnes/1")
    acts = ("", "/roles", "/roles/1/fin", "/mot-de-passe", "/desactivation", "/reactivation")
    for act in acts:
        assert page.post(f"/administration/personnes/999{act}", {}).status_code == 404


def test_an_address_saved_meanwhile_is_shown_not_undone(
    client: FlaskClient, agent: Agent, session: Session
) -> None:
    page = open_form(client, path_of(agent))
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', client.get(path_of(agent)).text)[1]  # type: ignore[index]
    first = {"email": "zoe@example.fr", "language": "fr", "seen": seen}
    assert page.post(path_of(agent), first).status_code == 302
    late = page.post(path_of(agent), {"email": "", "language": "en", "seen": seen})
    assert late.status_code == 409
    assert "zoe@example.fr" in late.text
    session.refresh(agent)
    assert (agent.email, agent.language) == ("zoe@example.fr", "fr")


def test_mail_and_language_are_changed_and_old_links_die(
    client: FlaskClient, agent: Agent, session: Session
) -> None:
    session.add(PasswordReset(agent_id=agent.id, token_hash="x", expires_at=utc_now()))
    session.commit()
    page = open_form(client, path_of(agent))
    for _ in range(2):
        page.post(path_of(agent), {"email": " zoe@example.fr ", "language": "en"})
    session.refresh(agent)
    assert (agent.email, agent.language) == ("zoe@example.fr", "en")
    assert session.scalars(select(PasswordReset.used_at)).one() is not None
    assert actions(session) == ["agent_changed"]
    assert "zoe" not in session.scalars(select(JournalDetail.text)).one()


def test_a_bad_address_is_refused_beside_its_field(client: FlaskClient, agent: Agent) -> None:
    response = open_form(client, path_of(agent)).post(
        path_of(agent), {"email": "zoe@example.fr\nBcc: x@y", "language": "fr"}
    )
    assert response.status_code == 400
    assert "Cette adresse est mal formée." in response.text


def test_an_address_can_be_taken_away(client: FlaskClient, agent: Agent, session: Session) -> None:
    agent.email = "zoe@example.fr"
    session.commit()
    open_form(client, path_of(agent)).post(path_of(agent), {"email": "", "language": "fr"})
    session.refresh(agent)
    assert agent.email is None


class TestRoles:
    def grant(self, client: FlaskClient, agent: Agent, role: str, unit_id: int) -> tuple[int, str]:
        response = open_form(client, path_of(agent)).post(
            path_of(agent, "/roles"), {"role": role, "unit_id": str(unit_id)}
        )
        return response.status_code, response.text

    def test_a_role_is_granted_once_and_journalled(
        self, client: FlaskClient, agent: Agent, session: Session, administrator: Agent
    ) -> None:
        for _ in range(2):
            assert self.grant(client, agent, "trainer", 1)[0] == 302
        row = session.scalars(select(RoleAssignment).filter_by(agent_id=agent.id)).one()
        assert (row.role, row.granted_by_id) == (Role.TRAINER, administrator.id)
        assert actions(session) == ["role_granted"]
        assert "Ce rôle était déjà confié." in client.get(path_of(agent)).text

    def test_a_role_that_is_not_one_is_refused(self, client: FlaskClient, agent: Agent) -> None:
        assert self.grant(client, agent, "king", 1)[0] == 400
        assert self.grant(client, agent, "trainer", 999)[0] == 400

    def test_an_administrator_acts_on_the_whole_organisation(
        self, client: FlaskClient, agent: Agent, session: Session, factories: Factories
    ) -> None:
        below = factories.unit(factories.root())
        session.commit()
        status, text = self.grant(client, agent, "administrator", below.id)
        assert status == 400
        assert "choisissez sa racine" in text

    def test_a_first_privileged_role_asks_for_a_longer_password(
        self, client: FlaskClient, agent: Agent, session: Session
    ) -> None:
        give_password(agent)
        session.commit()
        self.grant(client, agent, "trainer", 1)
        session.refresh(agent)
        assert not agent.must_change_password
        session.commit()
        self.grant(client, agent, "hr_reader", 1)
        session.refresh(agent)
        assert agent.must_change_password

    def test_ending_a_role_ends_the_sessions(
        self, app: Flask, client: FlaskClient, session: Session, factories: Factories
    ) -> None:
        holder = factories.agent(Role.TRAINER)
        session.commit()
        theirs = sign_in(app, holder)
        role = session.scalars(select(RoleAssignment).filter_by(agent_id=holder.id)).one()
        session.commit()
        page = open_form(client, path_of(holder))
        act = path_of(holder, f"/roles/{role.id}/fin")
        assert page.post(act, {}).status_code == 302
        assert theirs.get("/mon-compte").status_code == 302
        assert page.post(act, {}).status_code == 404
        assert actions(session) == ["role_ended"]

    def test_a_role_of_someone_else_is_not_found(
        self, client: FlaskClient, agent: Agent, session: Session, administrator: Agent
    ) -> None:
        role = session.scalars(select(RoleAssignment)).one()
        session.commit()
        page = open_form(client, path_of(agent))
        assert page.post(path_of(agent, f"/roles/{role.id}/fin"), {}).status_code == 404

    def test_the_last_administrator_stays(
        self, client: FlaskClient, administrator: Agent, session: Session, factories: Factories
    ) -> None:
        factories.agent(Role.ADMINISTRATOR, deactivated_at=utc_now())
        role = session.scalars(select(RoleAssignment).filter_by(agent_id=administrator.id)).one()
        session.commit()
        page = open_form(client, path_of(administrator))
        page.post(path_of(administrator, f"/roles/{role.id}/fin"), {})
        assert "C’est le dernier administrateur" in client.get(path_of(administrator)).text
        session.refresh(role)
        assert role.ended_at is None


class TestAccess:
    def test_a_one_time_password_is_shown_once_and_must_be_changed(
        self, app: Flask, client: FlaskClient, agent: Agent, session: Session
    ) -> None:
        theirs = sign_in(app, agent)
        response = open_form(client, path_of(agent)).post(path_of(agent, "/mot-de-passe"), {})
        found = re.search(r"<code>([a-z2-9-]{24})</code>", response.text)
        assert found
        assert response.headers["Cache-Control"] == "no-store"
        assert found[1] not in client.get(path_of(agent)).text
        assert theirs.get("/mon-compte").status_code == 302
        fresh = app.test_client()
        signed = open_form(fresh, "/connexion").post(
            "/connexion", {"matricule": "pn7", "password": found[1]}
        )
        assert signed.status_code == 302
        assert fresh.get("/mon-compte").headers["Location"] == "/mon-compte/mot-de-passe"
        session.refresh(agent)
        assert agent.password_expires_at is not None
        assert (agent.password_expires_at - utc_now()).total_seconds() > 71 * 3600

    def test_nobody_gives_it_to_themself_or_to_a_closed_account(
        self, client: FlaskClient, administrator: Agent, agent: Agent, session: Session
    ) -> None:
        agent.deactivated_at = utc_now()
        session.commit()
        page = open_form(client, path_of(agent))
        for someone in (administrator, agent):
            assert page.post(path_of(someone, "/mot-de-passe"), {}).status_code == 409

    def test_deactivation_says_what_it_touches_then_closes_the_account(
        self, app: Flask, client: FlaskClient, agent: Agent, session: Session
    ) -> None:
        theirs = sign_in(app, agent)
        page = open_form(client, path_of(agent, "/desactivation"))
        assert "Ce qu’elle a fait reste" in page.text
        for _ in range(2):
            assert page.post(path_of(agent, "/desactivation"), {}).status_code == 302
        assert theirs.get("/mon-compte").status_code == 302
        assert session.scalars(select(SignInSession).filter_by(agent_id=agent.id)).one().ended_at
        session.rollback()
        assert "Ce compte est désactivé depuis" in client.get(path_of(agent)).text
        assert "déjà désactivé" in client.get(path_of(agent, "/desactivation")).text
        for _ in range(2):
            page.post(path_of(agent, "/reactivation"), {})
        assert actions(session) == ["agent_deactivated", "agent_reactivated"]
        assert theirs.get("/mon-compte").status_code == 302

    def test_nobody_deactivates_themself(
        self, client: FlaskClient, administrator: Agent, session: Session
    ) -> None:
        act = path_of(administrator, "/desactivation")
        assert "votre propre compte" in client.get(act).text
        open_form(client, path_of(administrator)).post(act, {})
        assert "votre propre compte" in client.get(path_of(administrator)).text
        session.refresh(administrator)
        assert administrator.deactivated_at is None

    @pytest.mark.parametrize("act", ["", "/roles", "/mot-de-passe", "/desactivation"])
    def test_nothing_changes_without_the_forms_token(
        self, client: FlaskClient, agent: Agent, session: Session, act: str
    ) -> None:
        data = {"role": "trainer", "unit_id": "1", "email": "x@y.fr", "language": "en"}
        assert client.post(path_of(agent, act), data=data).status_code == 400
        assert actions(session) == []


def test_a_hostile_name_stays_text(
    client: FlaskClient, session: Session, factories: Factories, make_app: Callable[..., Flask]
) -> None:
    name = "<script>alert(1)</script>"
    hostile = factories.agent(given_name=name, family_name=name, matricule=name, email=name)
    session.commit()
    for path in (path_of(hostile), path_of(hostile, "/desactivation"),
                 "/administration/personnes", "/administration/journal"):  # fmt: skip
        assert name not in client.get(path).text
