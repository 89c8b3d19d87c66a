from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.learning.models import Answer, Attempt
from app.people.models import Agent
from tests.factories import Factories
from tests.learning.conftest import Learner
from tests.learning.modules import KEY, MODULE, publish_module
from tests.learning.reader import HOME, Reader, count, put
from tests.signing_in import sign_in


@pytest.mark.parametrize("content", [
    {}, {"token": "a-script-token"}, {"values": ["a"]}, {"token": 7, "values": ["a"]},
    {"token": "short", "values": ["a"]}, {"token": "a-script-token", "values": "a"},
    {"token": "a-script-token", "values": [1]}, {"token": "a-script-token", "values": ["z"]},
    {"token": "a-script-token", "values": ["a"] * 60},
])  # fmt: skip
def test_a_script_that_sends_no_answer_is_told(
    reader: Reader, attempt: int, session: Session, content: dict[str, Any]
) -> None:
    response = put(reader, attempt, "principe", **content)
    assert (response.status_code, response.json["error"]) == (422, "value")
    assert response.json["message"]
    assert count(session, Answer) == 0


def test_the_quiz_says_what_is_left_to_read(
    learner: Learner, reader: Reader, session: Session
) -> None:
    learner.read("comprendre")
    reader.get(f"{HOME}/evaluation")
    left = [a.text for a in reader.all("//*[contains(@class, 'alert')]//a")]
    assert left == ["Rendre compte", "En situation"]
    reader.see(reader.client.post(f"{HOME}/tentatives"), 409)
    assert count(session, Attempt) == 0


def test_all_questions_are_as_on_their_pages(
    reader: Reader, attempt: int, learner: Learner, session: Session
) -> None:
    items = learner.sitting(attempt).item_ids
    put(reader, attempt, items[1], token="a-script-token", values=KEY[items[1]])
    reader.get(f"{HOME}/tentatives/{attempt}/questions")
    carried = [said(part) for part in reader.all("//*[@data-question]")]
    alone = []
    for number in range(1, len(items) + 1):
        reader.get(f"{HOME}/tentatives/{attempt}/questions/{number}")
        alone += [said(part) for part in reader.all("//*[@data-question]")]
        assert reader.all("//h1")[0].text_content() == alone[-1]["heading"]
    assert carried == alone
    assert [part["url"] for part in carried] == [
        f"{HOME}/tentatives/{attempt}/questions/{number}" for number in range(1, len(items) + 1)
    ]
    reader.client.post(f"{HOME}/tentatives/{attempt}/remise", data={"sans_reponse": "3"})
    response = reader.client.get(f"{HOME}/tentatives/{attempt}/questions")
    assert (response.status_code, response.json["error"]) == (409, "submitted")


def said(part: Any) -> dict[str, Any]:
    """Tell what a question says and asks, but for what is new at each visit."""
    fields = [(i.get("name"), i.get("value"), i.get("checked")) for i in part.iter("input")]
    return {
        "url": part.get("data-question"),
        "heading": part.get("data-heading"),
        "crumb": part.get("data-crumb"),
        "form": dict(next(part.iter("form")).attrib),
        "text": part.text_content(),
        "links": [a.get("href") for a in part.iter("a")],
        "fields": [field for field in fields if field[0] not in {"csrf_token", "token"}],
    }


def test_starting_again_goes_back_to_the_open_attempt(
    learner: Learner, reader: Reader, attempt: int, session: Session
) -> None:
    response = reader.client.post(f"{HOME}/tentatives")
    assert response.location == f"{HOME}/tentatives/{attempt}/questions/1"
    first = learner.sitting(attempt).item_ids[0]
    put(reader, attempt, first, token="a-script-token", values=KEY[first])
    response = reader.client.post(f"{HOME}/tentatives")
    assert response.location == f"{HOME}/tentatives/{attempt}/questions/2"
    assert count(session, Attempt) == 1
    reader.get(f"{HOME}/evaluation")
    assert "Reprendre la tentative" in reader.text


def test_a_saved_answer_is_shown_with_its_time_and_can_be_changed(
    reader: Reader, attempt: int, learner: Learner, session: Session
) -> None:
    number = learner.sitting(attempt).item_ids.index("principe") + 1
    page = f"{HOME}/tentatives/{attempt}/questions/{number}"
    reader.get(page)
    assert "Enregistré" not in reader.text
    reader.send("/reponses/principe", choix="b")
    reader.get(page)
    assert re.search(r"Enregistré à \d\d:\d\d", reader.text)
    assert [i.get("value") for i in reader.all("//input[@checked]")] == ["b"]
    reader.send("/reponses/principe", choix="a")
    assert count(session, Answer) == 2


def test_the_same_form_sent_twice_counts_once(
    reader: Reader, attempt: int, session: Session
) -> None:
    data = {"choix": "a", "token": "a-token-of-a-form"}
    url = f"{HOME}/tentatives/{attempt}/reponses/principe"
    assert [reader.client.post(url, data=data).status_code for _ in range(2)] == [303, 303]
    assert count(session, Answer) == 1


def test_a_form_used_before_keeps_the_new_choice_and_gets_a_fresh_token(
    reader: Reader, attempt: int, session: Session
) -> None:
    url = f"{HOME}/tentatives/{attempt}/reponses/principe"
    reader.client.post(url, data={"choix": "a", "token": "a-token-of-a-form"})
    reader.see(reader.client.post(url, data={"choix": "b", "token": "a-token-of-a-form"}), 409)
    assert [i.get("value") for i in reader.all("//input[@checked]")] == ["b"]
    assert "Enregistré à" not in reader.text
    reader.send("/reponses/principe", choix="b")
    assert count(session, Answer) == 2


@pytest.mark.parametrize("data", [{}, {"choix": "z"}, {"choix": ["a", "b"]}])
def test_a_form_without_an_answer_says_so(
    reader: Reader, attempt: int, session: Session, data: dict[str, Any]
) -> None:
    url = f"{HOME}/tentatives/{attempt}/reponses/principe"
    reader.see(reader.client.post(url, data={"token": "a-token-of-a-form"} | data), 422)
    assert "Choisissez une réponse" in reader.text
    assert count(session, Answer) == 0


def test_unticking_everything_takes_an_answer_back(
    reader: Reader, learner: Learner, session: Session
) -> None:
    learner.read_all()
    attempt = learner.start()
    while "cas-deux" not in learner.sitting(attempt).item_ids:
        learner.answer_all(attempt, wrong=learner.sitting(attempt).item_ids)
        learner.submit(attempt)
        for step in ("comprendre", "rendre-compte", "situation"):
            learner.read(step)
        attempt = learner.start()
    url = f"{HOME}/tentatives/{attempt}/reponses/cas-deux"
    reader.see(reader.client.post(url, data={"token": "token-one-1"}), 422)
    reader.client.post(url, data={"token": "token-two-2", "choix": ["a", "c"]})
    assert reader.client.post(url, data={"token": "token-three"}).status_code == 303
    reader.get(f"{HOME}/tentatives/{attempt}")
    assert "4 sont encore sans réponse" in reader.text


def test_a_script_saves_an_answer_and_hears_when(reader: Reader, attempt: int) -> None:
    first = put(reader, attempt, "principe", token="a-script-token", values=["a"])
    assert first.status_code == 200
    assert re.fullmatch(r"\d\d:\d\d", first.json["shown"])
    again = put(reader, attempt, "principe", token="a-script-token", values=["a"])
    assert again.json == first.json
    other = put(reader, attempt, "principe", token="a-script-token", values=["b"])
    assert (other.status_code, other.json) == (409, {"error": "token"})


@pytest.mark.parametrize("body", ["[]", "{", '{"token": NaN}', ""])
def test_what_is_no_json_object_is_refused(reader: Reader, attempt: int, body: str) -> None:
    url = f"{HOME}/tentatives/{attempt}/reponses/principe"
    response = reader.client.put(url, data=body, content_type="application/json")
    assert response.status_code == 400


def test_an_item_of_no_attempt_is_no_address(
    reader: Reader, attempt: int, learner: Learner
) -> None:
    drawn = learner.sitting(attempt).item_ids
    for item in ("absent", "cafe", *(name for name in KEY if name not in drawn)):
        assert put(reader, attempt, item, token="a-script-token", values=["a"]).status_code == 404


def test_a_mark_is_shown_and_saves_what_is_ticked(
    reader: Reader, attempt: int, learner: Learner, session: Session
) -> None:
    url = f"{HOME}/tentatives/{attempt}/reperes/principe"
    data = {"choix": "b", "token": "a-token-of-a-form", "marquer": "1"}
    reader.see(reader.client.post(url, data=data))
    assert "Ne plus marquer" in reader.text
    assert [i.get("value") for i in reader.all("//input[@checked]")] == ["b"]
    reader.see(reader.client.post(url, data=data | {"token": "another-token"}))
    assert count(session, Answer) == 1  # Nothing new was ticked.
    reader.see(reader.client.post(url, data={"marquer": "0"}))
    assert "Marquer à revoir" in reader.text


def test_the_overview_names_what_is_unanswered_and_marked(
    reader: Reader, attempt: int, learner: Learner
) -> None:
    learner.answer(attempt, "principe", "a")
    reader.client.post(f"{HOME}/tentatives/{attempt}/reperes/principe", data={"marquer": "1"})
    reader.get(f"{HOME}/tentatives/{attempt}")
    rows = {li.find("a").text: li.text_content() for li in reader.all("//ol[@class='papers']/li")}
    assert len(rows) == 4
    assert "À revoir" in rows["Le principe"]
    assert sum("Sans réponse" in text for text in rows.values()) == 3
    reader.send("/remise")
    assert reader.title == "Résultat de la tentative 1"


def test_handing_in_more_blanks_than_were_shown_is_stopped(
    reader: Reader, attempt: int, session: Session
) -> None:
    url = f"{HOME}/tentatives/{attempt}/remise"
    for count_text in ("3", "", "-1", "٤", "99999"):
        reader.see(reader.client.post(url, data={"sans_reponse": count_text}), 409)
        assert "Rien n’a été remis" in reader.text
    session.commit()
    assert session.get_one(Attempt, attempt).submitted_at is None


@pytest.mark.parametrize("number", ["0", "5", "99", "x", "٣"])
def test_a_question_beyond_the_last_is_no_page(reader: Reader, attempt: int, number: str) -> None:
    url = f"{HOME}/tentatives/{attempt}/questions/{number}"
    assert reader.client.get(url).status_code == 404


def test_an_attempt_is_seen_by_its_agent_only(
    app: Flask, attempt: int, factories: Factories, session: Session
) -> None:
    stranger = factories.agent()
    session.commit()
    client = sign_in(app, stranger)
    client.post(f"{HOME}/inscription")
    base = f"{HOME}/tentatives/{attempt}"
    for page in ("", "/questions/1", "/reprise", "/resultat", "/revoir"):
        assert client.get(base + page).status_code == 404
        assert client.get(f"{HOME}/tentatives/9999{page}").status_code == 404
    data = {"choix": "a", "token": "a-token-of-a-form"}
    for page in ("/reponses/principe", "/reperes/principe", "/remise"):
        assert client.post(base + page, data=data).status_code == 404
    body = {"token": "a-script-token", "values": ["a"]}
    assert client.put(f"{base}/reponses/principe", json=body).status_code == 404
    assert app.test_client().put(f"{base}/reponses/principe", json=body).status_code == 401


def test_a_corps_that_is_asked_nothing_is_told_so(
    app: Flask, session: Session, factories: Factories
) -> None:
    publish_module(
        session,
        MODULE.replace("public: tous", "public: [pn, gn]").replace(
            "## Évaluation {#evaluation .evaluation}",
            "## Évaluation {#evaluation .evaluation corps=pn,gn}",
        ),
    )
    learner = Learner(app, session, factories.agent(corps="sp"), "sp")
    learner.enrol()
    learner.read_all()
    reader = Reader(sign_in(app, session.get_one(Agent, learner.agent_id)))
    reader.get(f"{HOME}/evaluation")
    assert "aucune question notée" in reader.text
    reader.see(reader.client.post(f"{HOME}/tentatives"), 409)
