"""A term of the glossary comes with its definition, once a page, joined when the page is shown."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.catalogue import glossaries
from app.catalogue.models import PublishedPage
from app.dialect.compiled import Prose, Step
from app.learning.exercises import show_blocks
from app.learning.shown import ShownTerm, Text
from tests import record_rows
from tests.factories import Factories
from tests.pages import parse, words
from tests.signing_in import sign_in

CSI = '<span data-term="csi">CSI</span>'
STEPS = (
    Step(
        id="un",
        title="Un",
        blocks=(
            Prose(html=f"<p>Pour les gendarmes : le {CSI}.</p>", corps=("gn",)),
            Prose(html=f'<p>Le {CSI}, le <span data-term="parti">mot parti</span>.</p>'),
            Prose(html=f"<p>Encore le {CSI}.</p>"),
        ),
    ),
)
PAGE = "/apprendre/probite/etapes/un"


def term(name: str, definition: str) -> dict[str, str]:
    return {"id": name, "title": name.upper(), "also": "", "definition": definition,
            "html": f"<p>{definition}</p>"}  # fmt: skip


def publish(session: Session, *terms: dict[str, str], language: str = "fr") -> None:
    session.merge(
        PublishedPage(slug="glossaire", language=language, sha256="x", sections=list(terms))
    )
    session.commit()


@pytest.fixture
def client(app: Flask, session: Session, factories: Factories) -> FlaskClient:
    agent = factories.agent(corps="pn")
    record_rows.enrolment(factories, agent, record_rows.version(factories, steps=STEPS))
    publish(session, term("csi", "Le code des <em>métiers</em>."))
    return sign_in(app, agent)


def test_the_first_term_of_a_page_opens_its_definition(client: FlaskClient) -> None:
    page = parse(client.get(PAGE))
    (button,) = page.xpath("//button[@popovertarget='terme-csi']")
    assert (button.text, button.get("type")) == ("CSI", "button")
    (definition,) = page.xpath("//*[@id='terme-csi'][@popover]")
    assert definition.getparent() is button.getparent()
    assert button.getparent().tag == "span"  # The comma that follows stays with it.
    assert button.xpath("ancestor::p")
    assert button.getnext() is definition
    assert definition.xpath("string()").startswith("Le code des métiers.")
    assert definition.xpath("*[1]/em")
    assert button.get("aria-describedby") == definition[0].get("id")
    assert definition.xpath("a/@href") == ["/glossaire?terme=csi#csi"]


def test_a_term_that_the_glossary_no_longer_has_is_the_word_it_holds(client: FlaskClient) -> None:
    response = client.get(PAGE)
    assert "Le CSI" in words(response)
    assert "le mot parti." in words(response)
    assert "data-term" not in response.text


def test_a_term_stays_on_the_line_of_what_touches_it(session: Session) -> None:
    html = f"<p>(<strong>l’{CSI}</strong>, {CSI})</p><p>{CSI}.</p>".replace("csi", "a", 1)
    publish(session, term("csi", "Un code."), term("a", "Autre."))
    glossaries.forget()
    (shown,) = show_blocks((Prose(html=html),), {}, seed=0, terms=terms_of(session))
    assert isinstance(shown, Text)
    texts = [piece for piece in shown.pieces if not isinstance(piece, ShownTerm)]
    assert texts == ["<p>(<strong>", "</strong>, ", "</p><p>CSI.</p>"]
    glued = [(one.before, one.after) for one in shown.pieces if isinstance(one, ShownTerm)]
    assert glued == [("l’", ""), ("", ")")]


def test_each_reader_gets_the_first_of_what_they_read(
    client: FlaskClient, session: Session
) -> None:
    shown = show_blocks(STEPS[0].blocks, {}, seed=0, terms=terms_of(session))
    kinds = [[type(piece) for piece in one.pieces] for one in shown if isinstance(one, Text)]
    assert [ShownTerm in kind for kind in kinds] == [True, False, False]
    police = show_blocks(STEPS[0].shown_to("pn"), {}, seed=0, terms=terms_of(session))
    kinds = [[type(piece) for piece in one.pieces] for one in police if isinstance(one, Text)]
    assert [ShownTerm in kind for kind in kinds] == [True, False]


def terms_of(session: Session) -> Any:
    return glossaries.open_glossary(session, "fr").terms


def test_a_definition_put_right_is_right_on_the_next_page(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Le code des métiers." in words(client.get(PAGE))
    publish(session, term("csi", "Autre chose."))
    assert "Le code des métiers." in words(client.get(PAGE))
    now = glossaries.time.monotonic()
    monkeypatch.setattr(glossaries.time, "monotonic", lambda: now + glossaries.FRESH_SECONDS + 1)
    assert "Autre chose." in words(client.get(PAGE))
    publish(session, term("csi", "Encore autre chose."))
    glossaries.forget()
    assert "Encore autre chose." in words(client.get(PAGE))


def test_a_page_with_terms_takes_no_more_statements(
    client: FlaskClient, count_statements: list[str]
) -> None:
    client.get(PAGE)
    count_statements.clear()
    assert "terme-csi" in client.get(PAGE).text
    assert len(count_statements) <= 3, count_statements


def test_a_glossary_of_another_language_explains_nothing(
    client: FlaskClient, session: Session
) -> None:
    publish(session)
    publish(session, term("csi", "The code."), language="en")
    glossaries.forget()
    response = client.get(PAGE)
    assert 'popovertarget="terme' not in response.text
    assert "Le CSI" in words(response)


def test_what_a_definition_holds_is_not_taken_for_a_term(
    client: FlaskClient, session: Session
) -> None:
    publish(session, term("csi", f"Le {CSI}."), term("parti", "Parti."))
    glossaries.forget()
    page = parse(client.get(PAGE))
    assert page.xpath("//button[@class='term']/@popovertarget") == ["terme-csi", "terme-parti"]
