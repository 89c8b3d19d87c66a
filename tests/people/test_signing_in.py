"""Signing in and out: what opens, what is refused, and in which words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import utc_now
from app.journal.models import JournalEntry
from app.people import hashing
from app.people.models import Agent, SignInCounter, SignInSession
from tests.factories import Factories
from tests.people.passwords import CHEAP, PASSWORD, give_password, open_form, plain
from tests.signing_in import sign_in

WRONG = "Matricule ou mot de passe incorrect."


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app(**CHEAP)


@pytest.fixture
def agent(session: Session, factories: Factories) -> Agent:
    agent = give_password(factories.agent(matricule="PN 0042 A", matricule_key="pn0042a"))
    session.commit()
    return agent


def post_sign_in(
    client: FlaskClient, matricule: str = "PN0042A", password: str = PASSWORD, target: str = ""
) -> tuple[int, str, str]:
    response = open_form(client, "/connexion").post(
        "/connexion", {"matricule": matricule, "password": password, "next": target}
    )
    return response.status_code, response.text, response.headers.get("Location", "")


@pytest.mark.parametrize("typed", ["PN 0042 A", "pn0042a", "  Pn 0042\u00a0a\u200b "])
def test_the_matricule_opens_however_it_is_typed(app: Flask, agent: Agent, typed: str) -> None:
    client = app.test_client()
    assert post_sign_in(client, typed)[::2] == (302, "/")
    assert client.get("/mon-compte").status_code == 200


def test_a_sign_in_is_journalled(app: Flask, agent: Agent, session: Session) -> None:
    post_sign_in(app.test_client())
    entry = session.scalars(select(JournalEntry)).one()
    assert (entry.actor_id, entry.action, entry.object_id) == (agent.id, "signed_in", str(agent.id))


def test_a_refusal_is_journalled_without_what_was_typed(
    app: Flask, agent: Agent, session: Session
) -> None:
    post_sign_in(app.test_client(), "secret typed in the wrong box", "x")
    entry = session.scalars(select(JournalEntry)).one()
    assert (entry.actor_id, entry.action, entry.object_id) == (None, "sign_in_failed", "")


def test_unknown_wrong_disabled_and_without_password_read_the_same(
    app: Flask, agent: Agent, session: Session, factories: Factories
) -> None:
    give_password(factories.agent(matricule="DISABLED", deactivated_at=utc_now()))
    factories.agent(matricule="NOPASSWORD")
    session.commit()
    tries = [
        ("PN0042A", "not the password"),
        ("UNKNOWN", PASSWORD),
        ("DISABLED", PASSWORD),
        ("NOPASSWORD", PASSWORD),
    ]
    pages = set()
    for matricule, password in tries:
        status, page, _ = post_sign_in(app.test_client(), matricule, password)
        assert WRONG in page
        pages.add((status, page.replace(matricule, "")[page.index("<main") : page.index("</main")]))
    assert len({status for status, _ in pages}) == 1


def test_one_hash_is_verified_whatever_is_wrong(
    app: Flask,
    agent: Agent,
    session: Session,
    factories: Factories,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    give_password(factories.agent(matricule="DISABLED", deactivated_at=utc_now()))
    session.commit()
    verified: list[str] = []
    real = hashing.Cost.hasher

    class Watched:
        def __init__(self, cost: hashing.Cost) -> None:
            self.hasher = real(cost)

        def verify(self, stored: str, password: str) -> bool:
            verified.append(stored.rsplit("$", 2)[0])
            return self.hasher.verify(stored, password)

    def watch(cost: hashing.Cost) -> Watched:
        return Watched(cost)

    monkeypatch.setattr(hashing.Cost, "hasher", watch)
    for matricule in ("PN0042A", "UNKNOWN", "DISABLED"):
        post_sign_in(app.test_client(), matricule, "not the password")
    assert verified == ["$argon2id$v=19$m=8,t=1,p=1"] * 3


def test_an_empty_form_keeps_what_was_typed(app: Flask, agent: Agent) -> None:
    status, page, _ = post_sign_in(app.test_client(), "PN0042A", "")
    assert status == 400
    assert 'value="PN0042A"' in page
    assert "Saisissez votre mot de passe." in page


def test_signing_in_gives_a_new_cookie_and_keeps_only_the_language(
    app: Flask, agent: Agent
) -> None:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie.update(language="en", planted="by someone else", _user_id="a fixed token")
    post_sign_in(client)
    with client.session_transaction() as cookie:
        assert cookie["language"] == "en"
        assert "planted" not in cookie
        assert cookie["_user_id"] != "a fixed token"


def test_signing_in_ends_the_session_that_the_browser_held(
    app: Flask, agent: Agent, session: Session, factories: Factories
) -> None:
    other = factories.agent()
    session.commit()
    client = sign_in(app, other)
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    response = client.post(
        "/connexion/reprise", json={"matricule": "pn0042a", "password": PASSWORD}
    )
    assert response.status_code == 200
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert client.get("/mon-compte").status_code == 302


def test_a_cookie_kept_from_before_signing_out_opens_nothing(app: Flask, agent: Agent) -> None:
    client = sign_in(app, agent)
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    assert open_form(client, "/mon-compte").post("/deconnexion", {}).status_code == 302
    with client.session_transaction() as cookie:
        cookie.update(kept)
    assert client.get("/mon-compte").headers["Location"].startswith("/connexion?next=")


def test_signing_out_everywhere_ends_every_session(
    app: Flask, agent: Agent, session: Session
) -> None:
    here, there = sign_in(app, agent), sign_in(app, agent)
    open_form(here, "/mon-compte").post("/deconnexion-partout", {})
    assert there.get("/mon-compte").status_code == 302
    assert all(row.ended_at for row in session.scalars(select(SignInSession)))


@pytest.mark.parametrize("path", ["/connexion", "/deconnexion", "/deconnexion-partout"])
def test_a_form_without_its_token_changes_nothing(
    app: Flask, agent: Agent, session: Session, path: str
) -> None:
    client = sign_in(app, agent)
    data = {"matricule": "PN0042A", "password": PASSWORD}
    assert client.post(path, data=data).status_code == 400
    assert session.scalars(select(SignInSession)).one().ended_at is None


def test_the_address_asked_for_is_reached_after_signing_in(app: Flask, agent: Agent) -> None:
    assert post_sign_in(app.test_client(), target="/modules?tri=titre")[2] == "/modules?tri=titre"
    assert post_sign_in(app.test_client(), target="//evil.example")[2] == "/"


@pytest.mark.parametrize(
    ("page", "comes_back_to"),
    [
        ("http://localhost/mon-compte?x=1", "next=/mon-compte?x%3D1&session=terminee"),
        ("https://evil.example/mon-compte", "session=terminee"),
    ],
)
def test_a_form_sent_after_the_session_leads_back_to_its_page(
    app: Flask, agent: Agent, page: str, comes_back_to: str
) -> None:
    client = app.test_client()
    token = open_form(client, "/connexion").token
    location = client.post(
        "/mon-compte/langue", data={"csrf_token": token}, headers={"Referer": page}
    ).headers["Location"]
    assert location == f"/connexion?{comes_back_to}"
    assert "Votre session a pris fin" in plain(client.get(location).text)


def test_someone_signed_in_is_not_asked_again(app: Flask, agent: Agent) -> None:
    assert sign_in(app, agent).get("/connexion?next=/modules").headers["Location"] == "/modules"


def test_a_hash_of_another_cost_is_made_again(
    make_app: Callable[..., Flask], agent: Agent, session: Session
) -> None:
    post_sign_in(make_app(PASSWORD_MEMORY_KIB=16, PASSWORD_PASSES=2).test_client())
    session.refresh(agent)
    assert "m=16,t=2" in str(agent.password_hash)


def test_an_expired_one_time_password_says_so_only_to_who_knows_it(
    app: Flask, agent: Agent, session: Session
) -> None:
    agent.password_expires_at = utc_now() - timedelta(seconds=1)
    session.commit()
    assert "a expiré" in post_sign_in(app.test_client())[1]
    assert WRONG in post_sign_in(app.test_client(), password="something else")[1]


def test_failures_make_the_account_wait_and_a_right_password_forgives(
    app: Flask, agent: Agent, session: Session
) -> None:
    client = app.test_client()
    for _ in range(4):
        assert post_sign_in(client, password="wrong")[0] == 400
    assert post_sign_in(client)[0] == 302
    assert session.scalar(select(SignInCounter).where(SignInCounter.key.like("account:%"))) is None
    session.rollback()
    client = app.test_client()
    for _ in range(5):
        post_sign_in(client, password="wrong")
    status, page, _ = post_sign_in(client)
    assert status == 429
    assert "Trop d’essais. Réessayez dans" in page


def test_an_account_closed_while_its_password_was_checked_is_refused(
    app: Flask, agent: Agent, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def close_meanwhile(*given: object) -> bool:
        agent.deactivated_at = utc_now()
        session.commit()
        return True

    monkeypatch.setattr(hashing, "matches", close_meanwhile)
    assert WRONG in post_sign_in(app.test_client())[1]
    assert session.scalars(select(SignInSession)).all() == []


class TestInPlace:
    def post(self, client: FlaskClient, **given: object) -> tuple[int, dict[str, str]]:
        response = client.post("/connexion/reprise", json=given)
        return response.status_code, response.json or {}

    def test_a_page_signs_in_again_and_gets_a_token_that_works(
        self, app: Flask, agent: Agent, session: Session
    ) -> None:
        client = sign_in(app, agent)
        session.scalars(select(SignInSession)).one().ended_at = utc_now()
        session.commit()
        assert client.get("/mon-compte").status_code == 302
        status, body = self.post(client, matricule="PN0042A", password=PASSWORD)
        assert status == 200
        headers = {"X-CSRFToken": body["csrf_token"]}
        assert client.post("/deconnexion", headers=headers).status_code == 302

    def test_a_wrong_password_is_said_in_words(self, app: Flask, agent: Agent) -> None:
        status, body = self.post(app.test_client(), matricule="PN0042A", password="x")
        assert (status, body) == (403, {"error": "wrong", "message": WRONG})

    @pytest.mark.parametrize(
        "given", [{}, {"matricule": "PN0042A"}, {"matricule": 1, "password": "x"},
                  {"matricule": "x" * 101, "password": "x"}]
    )  # fmt: skip
    def test_a_misshapen_request_is_refused(self, app: Flask, given: dict[str, object]) -> None:
        assert self.post(app.test_client(), **given)[0] == 400

    @pytest.mark.parametrize(
        "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
    )
    def test_another_site_cannot_sign_anyone_in(
        self, app: Flask, agent: Agent, headers: dict[str, str]
    ) -> None:
        given = {"matricule": "PN0042A", "password": PASSWORD}
        client = app.test_client()
        assert client.post("/connexion/reprise", json=given, headers=headers).status_code == 400
        assert client.post("/connexion/reprise", data=given).status_code == 400


class TestDemonstration:
    def test_one_click_opens_a_demonstration_account(
        self, make_app: Callable[..., Flask], session: Session, factories: Factories
    ) -> None:
        agent = factories.agent(matricule="demo-agent", given_name="Inès", family_name="Morel")
        factories.agent(matricule="M7")
        session.commit()
        client = make_app(DEMO=True, **CHEAP).test_client()
        page = open_form(client, "/connexion?next=/modules")
        assert "Inès Morel" in page.text
        response = page.post("/connexion/demo/agent", {"next": "/mon-compte"})
        assert response.headers["Location"] == "/mon-compte"
        assert agent.matricule in client.get("/mon-compte").text
        assert open_form(client, "/mon-compte").post("/connexion/demo/m7", {}).status_code == 404

    def test_outside_a_demonstration_there_is_no_such_page(
        self, app: Flask, session: Session, factories: Factories
    ) -> None:
        factories.agent(matricule="demo-agent")
        session.commit()
        page = open_form(app.test_client(), "/connexion")
        assert "demo" not in page.text
        assert page.post("/connexion/demo/agent", {}).status_code == 404
