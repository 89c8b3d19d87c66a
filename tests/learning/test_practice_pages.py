from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.database import utc_now
from app.journal.models import JournalEntry
from app.learning.models import PracticeAnswer, StepVisit
from app.people.models import SignInSession
from tests.learning.conftest import Learner
from tests.learning.reader import HOME, Reader, count


def test_feedback_comes_at_once_and_the_exercise_can_be_answered_again(
    learner: Learner, reader: Reader, session: Session
) -> None:
    reader.get(f"{HOME}/etapes/comprendre")
    response = reader.client.post(
        f"{HOME}/exercices/cafe", data={"choix": "a", "token": "a-token-of-a-form"}
    )
    assert response.location == f"{HOME}/etapes/comprendre#exercice-cafe"
    reader.see(response)
    assert "CANARI-RETOUR" in reader.text
    assert "Votre réponse" in reader.text
    reader.get(f"{HOME}/etapes/comprendre?encore=cafe")
    assert "CANARI" not in reader.response.text
    reader.send("/exercices/cafe", choix="b")
    assert "C’est la réponse attendue" in reader.text
    assert count(session, PracticeAnswer) == 2
    reader.send("/exercices/cafe", action="effacer")
    assert count(session, PracticeAnswer) == 0


@pytest.mark.parametrize("data", [{}, {"choix": "z"}, {"choix": ["a", "b"]}])
def test_what_is_no_answer_is_said_beside_the_exercise(
    learner: Learner, reader: Reader, session: Session, data: dict[str, Any]
) -> None:
    response = reader.client.post(
        f"{HOME}/exercices/cafe", data={"token": "a-token-of-a-form"} | data
    )
    reader.see(response, 422)
    assert "Choisissez une réponse." in reader.text
    assert count(session, PracticeAnswer) == 0


def test_a_form_whose_token_is_broken_is_answered_again(
    learner: Learner, reader: Reader, session: Session
) -> None:
    sent = {"token": "!", "choix": "a"}
    reader.see(reader.client.post(f"{HOME}/exercices/cafe", data=sent), 422)
    assert "Répondez de nouveau" in reader.text
    assert [box.get("value") for box in reader.all("//input[@checked]")] == ["a"]
    assert count(session, PracticeAnswer) == 0


def test_ticking_nothing_is_said_beside_the_exercise(learner: Learner, reader: Reader) -> None:
    reader.see(reader.client.post(f"{HOME}/exercices/signaux", data={"token": "a-token-123"}), 422)
    assert "Cochez au moins une réponse." in reader.text


@pytest.mark.parametrize("item", ["absent", "principe", "cas-un", "cas"])
def test_what_is_not_in_the_flow_cannot_be_practised(
    learner: Learner, reader: Reader, item: str
) -> None:
    data = {"choix": "a", "token": "a-token-of-a-form"}
    assert reader.client.post(f"{HOME}/exercices/{item}", data=data).status_code == 404


def test_a_reflection_sent_after_the_session_is_shown_again(
    learner: Learner, reader: Reader, session: Session
) -> None:
    reader.get(f"{HOME}/etapes/comprendre")
    session.execute(sa.update(SignInSession).values(ended_at=utc_now()))
    session.commit()
    reader.send("/exercices/chez-vous", texte="Dix minutes de travail", status=401)
    assert "n’est pas encore enregistré" in reader.text
    assert reader.page.find(".//textarea").text.strip() == "Dix minutes de travail"


def test_a_reflection_is_kept_changed_and_deleted(
    learner: Learner, reader: Reader, session: Session
) -> None:
    reader.get(f"{HOME}/etapes/comprendre")
    reader.send("/exercices/chez-vous", texte="Un <b>texte</b>\r\nà moi")
    area = reader.page.find(".//textarea")
    assert area.text.removeprefix("\n") == "Un <b>texte</b>\nà moi"
    assert "Enregistré à" in reader.text
    reader.send("/exercices/chez-vous", texte="x" * 10_001, status=422)
    assert "trop long" in reader.text
    assert len(reader.page.find(".//textarea").text.strip()) == 10_001
    reader.send("/exercices/chez-vous", texte="   ")
    assert count(session, PracticeAnswer) == 0


def test_what_is_changed_on_a_page_gone_back_to_is_not_lost(
    learner: Learner, session: Session
) -> None:
    learner.practise("chez-vous", "Un texte", token="a-token-123")
    learner.practise("chez-vous", "Un autre texte", token="a-token-123")
    assert session.scalars(sa.select(PracticeAnswer.value)).all() == ["Un autre texte"]
    assert learner.practise("cafe", "a", token="another-token")
    assert not learner.practise("cafe", "a", token="another-token")
    assert learner.practise("cafe", "b", token="another-token")
    assert count(session, PracticeAnswer) == 3


def test_a_late_choice_of_a_dilemma_shows_where_the_story_stands(
    learner: Learner, reader: Reader, session: Session
) -> None:
    data = {"scene": "en-prive", "choix": "1", "token": "a-token-of-a-form"}
    reader.see(reader.client.post(f"{HOME}/exercices/video", data=data))
    assert count(session, PracticeAnswer) == 0
    reader.see(reader.client.post(f"{HOME}/exercices/video", data=data | {"choix": "9"}), 422)
    assert "Choisissez une suite." in reader.text


def test_a_dilemma_holds_the_step_and_is_named(
    learner: Learner, reader: Reader, session: Session
) -> None:
    reader.get(f"{HOME}/etapes/situation")
    reader.send("/etapes/situation", status=422)
    assert "Il reste un dilemme" in reader.text
    assert [a.text for a in reader.all("//*[contains(@class, 'alert')]//a")] == ["La vidéo"]
    assert count(session, StepVisit) == 0


def test_all_of_ones_practice_can_be_deleted(
    learner: Learner, reader: Reader, session: Session
) -> None:
    learner.practise("cafe", "a")
    learner.practise("chez-vous", "Un texte")
    reader.get(f"{HOME}/mes-exercices")
    assert "2 réponses sont gardées" in reader.text
    reader.send("/mes-exercices/suppression")
    assert "sont effacées" in reader.text
    assert "Aucune réponse" in reader.text
    assert "practice_deleted" in session.scalars(sa.select(JournalEntry.action)).all()
    assert count(session, PracticeAnswer) == 0


def test_a_dilemma_is_walked_debriefed_and_replayed(
    learner: Learner, reader: Reader, session: Session
) -> None:
    reader.get(f"{HOME}/etapes/situation")
    assert "CANARI" not in reader.response.text
    assert "Défendable" not in reader.response.text
    reader.send("/exercices/video", choix="1")
    assert "Il la retire" in reader.text
    assert "CANARI" not in reader.response.text
    reader.send("/exercices/video", choix="1")
    assert "CANARI-SILENCE" in reader.text
    assert "Défendable" in reader.text
    assert "À éviter" in reader.text
    reader.get(f"{HOME}/etapes/situation?encore=video")
    assert "CANARI" not in reader.response.text
    reader.send("/exercices/video", choix="2")
    assert "CANARI-HIERARCHIE" in reader.text
    assert count(session, PracticeAnswer) == 3
    reader.send("/exercices/video", action="effacer")
    assert count(session, PracticeAnswer) == 0
