from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa
from flask import Flask
from lxml import html  # type: ignore[import-untyped]
from sqlalchemy.orm import Session

from app.catalogue.differences import Kind
from app.learning.models import Answer, Attempt, Completion
from app.people.models import Agent
from tests.learning.conftest import Learner
from tests.learning.modules import MODULE, publish_module
from tests.learning.reader import HOME, Reader, answer_quiz, count, put, walk_steps
from tests.signing_in import sign_in


def test_the_whole_module_works_without_a_script(
    make_app: Any, agent: Agent, version_id: int, session: Session
) -> None:
    reader = Reader(sign_in(make_app(), agent))  # This one checks the anti-forgery tokens.
    walk_steps(reader)
    assert reader.path == f"{HOME}/evaluation"
    assert "4 questions" in reader.text
    answer_quiz(reader)
    assert reader.title == "Avant de remettre vos réponses"
    assert "Toutes ont une réponse" in reader.text
    reader.send("/remise")
    assert "Évaluation réussie" in reader.text
    assert re.search(r"(\d) / \1 points", reader.text)
    session.commit()
    completion = session.scalars(sa.select(Completion)).one()
    assert completion.attempt_id == session.scalars(sa.select(Attempt.id)).one()
    reader.get(HOME)
    assert "Module terminé" in reader.text


def test_a_failed_attempt_is_explained_and_reopened_by_reading_again(reader: Reader) -> None:
    walk_steps(reader)
    answer_quiz(reader, wrong=True)
    reader.send("/remise")
    assert "Le seuil n’est pas atteint" in reader.text
    assert "0 / " in reader.text
    assert "CANARI-CLE" in reader.text
    reader.see(reader.client.post(f"{HOME}/tentatives"), 409)
    assert "À relire" in reader.text
    reader.get(HOME)
    steps = 0
    while "/etapes/" in reader.path and steps < 4:
        reader.send(reader.path)
        steps += 1
    assert steps in {2, 3}
    assert reader.path == f"{HOME}/evaluation"
    answer_quiz(reader)
    reader.send("/remise")
    assert reader.title == "Résultat de la tentative 2"
    assert "Évaluation réussie" in reader.text


def test_what_is_to_be_read_again_is_said_until_it_is(reader: Reader) -> None:
    walk_steps(reader)
    answer_quiz(reader, wrong=True)
    reader.send("/remise")
    links = [a.get("href") for a in reader.all("//main//a") if "Commencer la relecture" in a.text]
    assert len(links) == 2  # Under the score, and once all the explanations are read.
    reader.get("/")
    left = int(re.search(r"il reste (\d) étapes? à relire", reader.text)[1])  # type: ignore[index]
    assert left in {2, 3}
    reader.get(HOME)
    while left:
        assert f"il reste {left} étape" in reader.text
        assert ("Étape suivante à relire" in reader.text) == (left > 1)
        assert ("Aller à l’évaluation" in reader.text) == (left == 1)
        reader.send(reader.path)
        left -= 1
    assert reader.path == f"{HOME}/evaluation"
    reader.get("/")
    assert "à relire" not in reader.text
    assert "Tout est lu : il reste l’évaluation." in reader.text


def test_the_only_step_to_read_again_leads_to_the_quiz(
    reader: Reader, learner: Learner, attempt: int
) -> None:
    learner.answer_all(attempt, wrong=learner.sitting(attempt).item_ids)
    learner.submit(attempt)
    for step_id in ("rendre-compte", "situation"):
        learner.read(step_id)
    reader.get(HOME)
    assert reader.path == f"{HOME}/etapes/comprendre"
    assert "il reste 1 étape à relire" in reader.text
    assert "Aller à l’évaluation" in reader.text
    reader.send(reader.path)
    assert reader.path == f"{HOME}/evaluation"


def test_a_step_that_is_not_to_be_read_again_says_which_are(reader: Reader) -> None:
    walk_steps(reader)
    answer_quiz(reader, wrong=True)
    reader.send("/remise")
    reader.get(f"{HOME}/etapes/situation")
    listed = [a.get("href") for a in reader.all("//*[contains(@class, 'alert')]//a")]
    assert f"{HOME}/etapes/comprendre" in listed


def test_an_attempt_in_another_language_says_so(
    reader: Reader, learner: Learner, attempt: int
) -> None:
    learner.submit(attempt, confirmed=4)
    for page in ("resultat", "revoir"):
        reader.get(f"{HOME}/tentatives/{attempt}/{page}")
        assert "Vous avez passé cette tentative" not in reader.text
    reader.client.post("/langue/en")
    for page in ("resultat", "revoir"):
        reader.get(f"{HOME}/tentatives/{attempt}/{page}")
        assert "You sat this attempt in French" in reader.text


def test_a_completed_module_is_read_again_from_its_beginning(
    reader: Reader, learner: Learner, attempt: int
) -> None:
    learner.answer_all(attempt)
    learner.submit(attempt)
    reader.get("/modules/cafe-offert")
    assert reader.all("//a[@href='/attestations']")
    (again,) = [a for a in reader.all("//main//a") if "Relire le module" in a.text]
    reader.get(again.get("href"))
    assert reader.path == f"{HOME}/etapes/comprendre"
    (quiz,) = [
        a for a in reader.all("//nav[@id='plan']//a") if a.get("href").endswith("evaluation")
    ]
    assert "terminée" in quiz.text_content()


def test_after_handing_in_nothing_changes_and_everyone_is_told(
    reader: Reader, attempt: int, learner: Learner, session: Session
) -> None:
    learner.submit(attempt, confirmed=4)
    result = f"{HOME}/tentatives/{attempt}/resultat"
    refused = put(reader, attempt, "principe", token="a-script-token", values=["a"])
    assert (refused.status_code, refused.json) == (409, {"error": "submitted", "url": result})
    data = {"choix": "a", "token": "a-token-of-a-form", "marquer": "1"}
    base = f"{HOME}/tentatives/{attempt}"
    for url in (f"{base}/reponses/principe", f"{base}/reperes/principe", f"{base}/remise"):
        assert reader.client.post(url, data=data).location == result
    assert reader.client.post(f"{base}/reperes/principe").location == result
    for page in ("", "/questions/1"):
        assert reader.client.get(base + page).location == result
    assert count(session, Answer) == 0


def test_the_result_waits_for_the_submission(reader: Reader, attempt: int) -> None:
    for page in ("resultat", "revoir"):
        response = reader.client.get(f"{HOME}/tentatives/{attempt}/{page}")
        assert response.location == f"{HOME}/tentatives/{attempt}"


def test_the_result_gives_points_reasons_and_where_to_read_again(
    reader: Reader, learner: Learner, attempt: int
) -> None:
    learner.answer(attempt, "principe", "b")
    learner.submit(attempt, confirmed=3)
    reader.get(f"{HOME}/tentatives/{attempt}/resultat")
    assert reader.text.count("sans réponse") == 3
    assert "CANARI-QUIZ" in reader.text
    assert "À relire : Comprendre" in reader.text.replace("\xa0", " ")
    assert "0 point sur 1" in reader.text


def test_a_past_attempt_is_replayed_byte_for_byte(
    reader: Reader, learner: Learner, session: Session, attempt: int
) -> None:
    learner.answer_all(attempt, wrong=("principe",))
    learner.submit(attempt)
    url = f"{HOME}/tentatives/{attempt}/revoir"
    reader.get(url)
    before = html.tostring(reader.page.find(".//main"))
    assert "Un cadeau partagé" in reader.text
    assert "CANARI" not in reader.response.text
    changed = MODULE.replace("Un cadeau partagé reste un cadeau.", "Une autre question.")
    publish_module(session, changed, kind=Kind.SUBSTANTIAL)
    reader.get(url)
    assert html.tostring(reader.page.find(".//main")) == before


def test_an_attempt_keeps_the_language_of_its_start(
    app: Flask, agent: Agent, session: Session
) -> None:
    english = MODULE.replace("Un cadeau partagé reste un cadeau.", "A shared gift is a gift.")
    publish_module(session, en=english)
    learner = Learner(app, session, agent)
    learner.enrol()
    learner.read_all()
    attempt = learner.start(language="en")
    learner.submit(attempt, confirmed=4)
    reader = Reader(sign_in(app, agent))
    reader.get(f"{HOME}/tentatives/{attempt}/revoir")
    assert "A shared gift is a gift." in reader.text
    assert reader.all("//*[@data-replay][@lang='en']")
