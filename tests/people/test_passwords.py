"""Changing one's password, and choosing one by a link."""

from __future__ import annotations

import email
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.access import Role
from app.database import utc_now
from app.journal.models import JournalEntry
from app.people import hashing
from app.people.models import Agent, OutgoingMail, PasswordReset, SignInSession
from tests.factories import Factories
from tests.people.passwords import CHEAP, PASSWORD, give_password, open_form, plain
from tests.signing_in import sign_in

NEW = "girafe lanterne oubliette"
CHANGE = "/mon-compte/mot-de-passe"


@pytest.fixture
def app(make_app: Callable[..., Flask], tmp_path: Path) -> Flask:
    return make_app(
        MAIL_FILE_PATH=str(tmp_path / "mail"),
        PUBLIC_URL="https://ethique.example",
        TRUSTED_HOSTS="localhost",
        **CHEAP,
    )


@pytest.fixture
def agent(session: Session, factories: Factories) -> Agent:
    agent = give_password(factories.agent(matricule="PN1", email="zoe@example.fr"))
    session.commit()
    return agent


def change(client: FlaskClient, current: str = PASSWORD, new: str = NEW, again: str = NEW):  # type: ignore[no-untyped-def]
    data = {"current_password": current, "new_password": new, "confirmation": again}
    return open_form(client, CHANGE).post(CHANGE, data)


def knows(agent: Agent, session: Session, password: str) -> bool:
    session.rollback()
    session.refresh(agent)
    known = hashing.matches(agent.password_hash, password, hashing.Cost())
    session.rollback()
    return known


class TestChange:
    def test_a_new_password_ends_the_other_sessions_and_keeps_this_browser(
        self, app: Flask, agent: Agent, session: Session
    ) -> None:
        here, there = sign_in(app, agent), sign_in(app, agent)
        with here.session_transaction() as cookie:
            before = cookie["_user_id"]
        assert change(here).headers["Location"] == "/mon-compte"
        with here.session_transaction() as cookie:
            assert cookie["_user_id"] != before
        assert "Votre mot de passe est changé." in here.get("/mon-compte").text
        assert there.get("/mon-compte").status_code == 302
        assert knows(agent, session, NEW)
        assert session.scalars(select(JournalEntry.action)).all() == ["password_changed"]

    def test_an_initial_password_must_be_changed_before_anything_else(
        self, app: Flask, agent: Agent, session: Session
    ) -> None:
        agent.must_change_password = True
        agent.password_expires_at = utc_now() + timedelta(hours=1)
        session.commit()
        client = sign_in(app, agent)
        assert client.get("/mon-compte").headers["Location"] == CHANGE
        assert "que personne d’autre ne connaît" in client.get(CHANGE).text
        assert change(client).headers["Location"] == "/"
        assert client.get("/mon-compte").status_code == 200
        session.refresh(agent)
        assert agent.password_expires_at is None

    @pytest.mark.parametrize(
        ("given", "problem"),
        [
            (("wrong", NEW, NEW), "Ce n’est pas votre mot de passe actuel."),
            ((PASSWORD, "short", "short"), "Il faut au moins 12"),
            ((PASSWORD, "motdepasse123", "motdepasse123"), "trop répandu"),
            ((PASSWORD, "Camille1-12ab", "Camille1-12ab"), "fait de votre nom"),
            ((PASSWORD, NEW, NEW + "x"), "Les deux saisies diffèrent."),
            ((PASSWORD, PASSWORD, PASSWORD), "différent de l’actuel"),
            ((PASSWORD, "", ""), "Choisissez un mot de passe."),
            ((PASSWORD, "x" * 1001, "x" * 1001), "trop long"),
        ],
    )
    def test_a_refusal_is_said_beside_its_field_and_changes_nothing(
        self, app: Flask, agent: Agent, session: Session, given: tuple[str, str, str], problem: str
    ) -> None:
        response = change(sign_in(app, agent), *given)
        assert response.status_code == 400
        assert problem in plain(response.text)
        assert knows(agent, session, PASSWORD)

    def test_passwords_are_not_said_to_be_kept_and_errors_follow_the_fields(
        self, app: Flask, agent: Agent
    ) -> None:
        told = plain(change(sign_in(app, agent), "", "", "").text)
        assert "Ce que vous avez saisi est conservé" not in told
        assert "Les mots de passe sont à saisir de nouveau." in told
        assert told.index("Saisissez votre mot de passe actuel.") < told.index("Choisissez un mot")

    def test_privileged_roles_need_sixteen_characters(
        self, app: Flask, session: Session, factories: Factories
    ) -> None:
        agent = give_password(factories.agent(Role.HR_READER))
        session.commit()
        response = change(sign_in(app, agent), new="girafe lanterne", again="girafe lanterne")
        assert "Il faut au moins 16" in plain(response.text)

    def test_guessing_the_current_password_is_slowed_like_a_sign_in(
        self, app: Flask, agent: Agent
    ) -> None:
        client = sign_in(app, agent)
        for _ in range(5):
            assert change(client, current="wrong").status_code == 400
        assert change(client).status_code == 429

    def test_an_account_changed_meanwhile_is_refused(
        self, app: Flask, agent: Agent, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = hashing.hash_password

        def change_meanwhile(password: str, cost: hashing.Cost) -> str:
            session.execute(update(Agent).values(password_hash="changed by an administrator"))
            session.commit()
            return real(password, cost)

        client = sign_in(app, agent)
        page = open_form(client, CHANGE)
        monkeypatch.setattr(hashing, "hash_password", change_meanwhile)
        response = page.post(
            CHANGE, {"current_password": PASSWORD, "new_password": NEW, "confirmation": NEW}
        )
        assert response.status_code == 400


class TestLink:
    def ask(self, app: Flask, matricule: str = "pn1") -> str:
        client = app.test_client()
        response = open_form(client, "/mot-de-passe-oublie").post(
            "/mot-de-passe-oublie", {"matricule": matricule}
        )
        assert response.status_code == 200
        return response.text[response.text.index("<main") :]

    def link(self, app: Flask) -> str:
        folder = Path(app.config["MAIL_FILE_PATH"])
        latest = sorted(folder.glob("*.eml"))[-1]
        message = email.message_from_bytes(latest.read_bytes())
        text = message.get_payload(decode=True).decode()  # type: ignore[union-attr]
        found = re.search(r"https://ethique\.example(/mot-de-passe/\S+)", text)
        assert found, text
        return found[1]

    def choose(self, app: Flask, path: str, password: str = NEW):  # type: ignore[no-untyped-def]
        page = open_form(app.test_client(), path)
        return page.post(path, {"new_password": password, "confirmation": password})

    def test_a_link_comes_by_mail_and_opens_once(
        self, app: Flask, agent: Agent, session: Session
    ) -> None:
        theirs = sign_in(app, agent)
        self.ask(app)
        path = self.link(app)
        response = self.choose(app, path)
        assert response.headers["Location"] == "/connexion"
        assert knows(agent, session, NEW)
        assert theirs.get("/mon-compte").status_code == 302
        spent = app.test_client().get(path)
        assert spent.status_code == 404
        assert "Ce lien ne sert plus" in spent.text

    def test_the_row_of_a_sent_mail_keeps_no_link_and_the_token_is_hashed(
        self, app: Flask, agent: Agent, session: Session
    ) -> None:
        self.ask(app)
        token = self.link(app).rsplit("/", 1)[1]
        mail = session.scalars(select(OutgoingMail)).one()
        assert (mail.recipient, mail.body, mail.failures) == ("zoe@example.fr", "", 0)
        assert mail.sent_at is not None
        assert session.scalars(select(PasswordReset.token_hash)).one() != token

    def test_the_answer_is_the_same_whoever_asks(
        self, app: Flask, agent: Agent, session: Session, factories: Factories
    ) -> None:
        factories.agent(matricule="NOMAIL")
        factories.agent(matricule="CLOSED", email="x@example.fr", deactivated_at=utc_now())
        session.commit()
        pages = {self.ask(app, who) for who in ("PN1", "NOMAIL", "CLOSED", "UNKNOWN")}
        assert len(pages) == 1
        assert len(session.scalars(select(OutgoingMail)).all()) == 1
        assert len(session.scalars(select(JournalEntry)).all()) == 4

    def test_the_mail_speaks_the_agents_language(
        self, app: Flask, agent: Agent, session: Session
    ) -> None:
        agent.given_name = "Zoé"
        session.commit()
        self.ask(app)
        message = email.message_from_bytes(
            next(Path(app.config["MAIL_FILE_PATH"]).glob("*.eml")).read_bytes()
        )
        text = message.get_payload(decode=True).decode()  # type: ignore[union-attr]
        assert "Bonjour Zoé Martin" in plain(text)

    def test_asking_again_replaces_the_link(self, app: Flask, agent: Agent) -> None:
        self.ask(app)
        first = self.link(app)
        self.ask(app)
        assert app.test_client().get(first).status_code == 404
        assert app.test_client().get(self.link(app)).status_code == 200

    def test_a_link_lasts_thirty_minutes(self, app: Flask, agent: Agent, session: Session) -> None:
        self.ask(app)
        path = self.link(app)
        page = open_form(app.test_client(), path)
        session.execute(update(PasswordReset).values(expires_at=utc_now()))
        session.commit()
        assert page.post(path, {"new_password": NEW, "confirmation": NEW}).status_code == 404
        assert knows(agent, session, PASSWORD)

    def test_a_weak_password_is_refused_and_the_link_stays_good(
        self, app: Flask, agent: Agent
    ) -> None:
        self.ask(app)
        path = self.link(app)
        assert self.choose(app, path, "short").status_code == 400
        assert self.choose(app, path).status_code == 302

    def test_a_link_used_while_the_password_was_being_hashed_is_spent(
        self, app: Flask, agent: Agent, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = hashing.hash_password

        def spend_meanwhile(password: str, cost: hashing.Cost) -> str:
            session.execute(update(PasswordReset).values(used_at=utc_now()))
            session.commit()
            return real(password, cost)

        self.ask(app)
        path = self.link(app)
        page = open_form(app.test_client(), path)
        monkeypatch.setattr(hashing, "hash_password", spend_meanwhile)
        assert page.post(path, {"new_password": NEW, "confirmation": NEW}).status_code == 404
        assert knows(agent, session, PASSWORD)

    def test_asking_without_end_is_slowed(self, app: Flask, agent: Agent) -> None:
        for _ in range(5):
            self.ask(app)
        client = app.test_client()
        page = open_form(client, "/mot-de-passe-oublie")
        response = page.post("/mot-de-passe-oublie", {"matricule": "PN1"})
        assert response.status_code == 429
        assert "Trop d’essais" in response.text

    def test_an_empty_form_is_refused(self, app: Flask) -> None:
        page = open_form(app.test_client(), "/mot-de-passe-oublie")
        response = page.post("/mot-de-passe-oublie", {"matricule": ""})
        assert response.status_code == 400
        assert "Saisissez votre matricule." in response.text


class TestAccount:
    def test_ones_sessions_are_listed_and_can_be_closed(
        self, app: Flask, agent: Agent, session: Session
    ) -> None:
        here, there = sign_in(app, agent), sign_in(app, agent)
        page = open_form(here, "/mon-compte")
        assert "Cette session" in page.text
        other = session.scalars(select(SignInSession).order_by(SignInSession.id.desc())).first()
        assert other is not None
        act = f"/mon-compte/sessions/{other.id}/fin"
        session.rollback()
        assert page.post(act, {}).status_code == 302
        assert there.get("/mon-compte").status_code == 302
        assert page.post(act, {}).status_code == 404

    def test_a_session_that_rest_has_ended_is_not_listed_as_open(
        self, app: Flask, session: Session, factories: Factories
    ) -> None:
        reader = factories.agent(Role.HR_READER)
        session.commit()
        here, _there = sign_in(app, reader), sign_in(app, reader)
        other = session.scalars(select(SignInSession).order_by(SignInSession.id.desc())).first()
        assert other is not None
        other.last_seen_at = utc_now() - timedelta(hours=1)
        session.commit()
        assert f"/mon-compte/sessions/{other.id}/fin" not in here.get("/mon-compte").text

    def test_someone_elses_session_is_not_found(
        self, app: Flask, agent: Agent, session: Session, factories: Factories
    ) -> None:
        other = factories.agent()
        session.commit()
        theirs = sign_in(app, other)
        row = session.scalars(select(SignInSession)).one()
        session.commit()
        page = open_form(sign_in(app, agent), "/mon-compte")
        assert page.post(f"/mon-compte/sessions/{row.id}/fin", {}).status_code == 404
        assert theirs.get("/mon-compte").status_code == 200

    def test_the_language_is_kept_for_every_browser(
        self, app: Flask, agent: Agent, session: Session
    ) -> None:
        page = open_form(sign_in(app, agent), "/mon-compte")
        assert page.post("/mon-compte/langue", {"language": "en"}).status_code == 302
        session.refresh(agent)
        assert agent.language == "en"
        assert page.post("/mon-compte/langue", {"language": "de"}).status_code == 400
        assert '<html lang="en">' in sign_in(app, agent).get("/mon-compte").text
