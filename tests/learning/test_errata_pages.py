"""Both scores are shown, and whoever now passes is told once."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from app.certificates.models import Certificate
from app.learning.drawing import items_of
from app.learning.models import Completion
from tests.learning.conftest import Learner
from tests.learning.reader import HOME, Reader, count
from tests.learning.test_errata import apply, correct, impact


def test_both_scores_are_shown_and_the_agent_is_told_until_they_have_read(
    learner: Learner, reader: Reader, app: Flask, session: Session
) -> None:
    learner.read_all()
    attempt_id = fail_by_principle(learner)
    page = f"{HOME}/tentatives/{attempt_id}"
    reader.get("/")
    assert "a été corrigée" not in reader.text
    apply(app, correct(session))
    reader.get(f"{HOME}/evaluation")
    assert "Réussie après correction d’une question" in reader.text
    reader.get("/mon-dossier")
    assert "Réussie après correction d’une question" in reader.text
    for view in ("resultat", "revoir"):
        reader.get(f"{page}/{view}")
        assert "À la remise : 3 / 4 points." in reader.text
        assert "Avec la bonne réponse de la version 2" in reader.text
        assert "4 / 4 points." in reader.text
        assert "cette tentative est réussie" in reader.text
        assert reader.text.count("votre réponse y vaut 1 point sur 1") == 1
    reader.get(f"{page}/resultat")
    assert "Évaluation réussie" in reader.text
    reader.get("/")
    assert "Une question de l’évaluation « Le café offert » a été corrigée." in reader.text
    reader.send("/correction-lue")
    assert reader.path == "/"
    assert "a été corrigée" not in reader.text


def fail_by_principle(learner: Learner) -> int:
    """Sit the quiz until « principe » alone decides: one point of four, where 80 % pass."""
    module = learner.module()
    while True:
        attempt_id = learner.start()
        asked = learner.sitting(attempt_id).draw
        learner.answer_all(attempt_id, wrong=("principe",))
        if sum(item.points for item in items_of(module, asked)) == 4:
            assert not learner.submit(attempt_id)
            return attempt_id
        learner.answer_all(attempt_id, wrong=learner.sitting(attempt_id).item_ids)
        assert not learner.submit(attempt_id)
        for step in module.steps_for("pn"):
            learner.read(step.id)


def test_an_agent_under_the_mark_by_both_keys_is_shown_both_and_told_nothing(
    learner: Learner, reader: Reader, app: Flask, session: Session
) -> None:
    learner.read_all()
    attempt_id = learner.fail().id
    apply(app, correct(session))
    reader.get(f"{HOME}/tentatives/{attempt_id}/resultat")
    assert "il reste sous le seuil" in reader.text
    reader.get("/")
    assert "a été corrigée" not in reader.text


def test_a_pass_by_the_wrong_key_stays(
    learner: Learner, reader: Reader, app: Flask, session: Session
) -> None:
    learner.read_all()
    attempt_id = learner.complete()
    erratum_id = correct(session)
    assert impact(app, erratum_id).raised == 0
    apply(app, erratum_id)
    reader.get(f"{HOME}/tentatives/{attempt_id}/resultat")
    assert "Évaluation réussie" in reader.text
    assert count(session, Completion) == count(session, Certificate) == 1
    reader.get("/")
    assert "a été corrigée" not in reader.text
