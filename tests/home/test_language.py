from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from app.i18n import force_language, show_date, show_moment
from app.people.models import Agent
from tests.pages import parse, token
from tests.signing_in import sign_in


def choose(client, language="en", target="/accessibilite"):
    data = {"csrf_token": token(client.get("/accessibilite")), "next": target}
    return client.post(f"/langue/{language}", data=data)


def test_the_language_is_kept_in_the_browser(app):
    client = app.test_client()
    answer = choose(client)
    assert answer.location == "/accessibilite"
    assert parse(client.get("/accessibilite")).get("lang") == "en"


def test_the_language_is_kept_with_the_agent(app, session, factories):
    agent = factories.agent()
    session.commit()
    choose(sign_in(app, agent))
    assert session.scalar(sa.select(Agent.language).where(Agent.id == agent.id)) == "en"


def test_an_unknown_language_is_no_page(app):
    assert choose(app.test_client(), language="xx").status_code == 404


@pytest.mark.parametrize(
    "target",
    ["https://ailleurs.example", "//ailleurs.example", "/\\ailleurs.example", "", "/absente",
     "/connexion/reprise", "/deconnexion"],
)  # fmt: skip
def test_one_goes_back_only_to_a_page_of_the_site(app, target):
    assert choose(app.test_client(), target=target).location == "/"


def test_one_goes_back_with_what_was_asked(app):
    answer = choose(app.test_client(), target="/accessibilite?q=caf%C3%A9&page=2")
    assert answer.location == "/accessibilite?q=caf%C3%A9&page=2"


def test_the_choice_needs_the_token(app):
    assert app.test_client().post("/langue/en", data={"next": "/"}).status_code == 400


def test_a_page_offers_the_other_language_by_a_form(app):
    tree = parse(app.test_client().get("/accessibilite?x=1"))
    (form,) = tree.xpath("//form[starts-with(@action, '/langue/')]")
    assert form.get("action") == "/langue/en"
    assert form.get("method") == "post"
    assert form.xpath(".//input[@name='next']/@value") == ["/accessibilite?x=1"]


def test_days_and_moments_are_written_alike_in_each_language(app):
    first = datetime(2027, 6, 1, 9, 30, tzinfo=UTC)
    with app.app_context():
        for language, written in (("fr", "1er juin 2027"), ("en", "1 June 2027")):
            with force_language(language):
                assert show_date(first) == written
                assert show_moment(first) == f"{written}, 11:30"
