from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.learning.conftest import Learner
from tests.learning.reader import HOME, Reader, put


@pytest.mark.parametrize("page", ["etapes/comprendre", "etapes/situation", "etapes/rendre-compte"])
def test_a_step_takes_three_statements_at_most(
    learner: Learner, reader: Reader, count_statements: list[str], page: str
) -> None:
    learner.read("comprendre")
    reader.get(f"{HOME}/{page}")
    count_statements.clear()
    reader.get(f"{HOME}/{page}")
    assert len(count_statements) <= 3, count_statements


def test_pages_of_the_quiz_take_few_statements(
    learner: Learner, reader: Reader, attempt: int, count_statements: list[str]
) -> None:
    for page, most in (("questions/1", 3), ("questions", 3), ("", 3)):
        url = f"{HOME}/tentatives/{attempt}/{page}".rstrip("/")
        reader.get(url)
        count_statements.clear()
        reader.get(url)
        assert len(count_statements) <= most, count_statements
    for token, most in (("a-script-token", 3), ("another-token", 2)):
        count_statements.clear()
        put(reader, attempt, "principe", token=token, values=["a"])
        assert len(count_statements) <= most, count_statements


def test_no_page_shows_the_key_before_its_time(
    learner: Learner, reader: Reader, session: Session
) -> None:
    pages = ["etapes/comprendre", "etapes/situation", "etapes/rendre-compte", "evaluation",
             "fiche-reflexe", "mes-exercices"]  # fmt: skip
    for page in pages:
        reader.get(f"{HOME}/{page}")
        assert "CANARI" not in reader.response.text, page
    learner.read_all()
    attempt = learner.start()
    for number in range(1, 5):
        reader.get(f"{HOME}/tentatives/{attempt}/questions/{number}")
        assert "CANARI" not in reader.response.text
        assert "is_right" not in reader.response.text
    reader.get(f"{HOME}/tentatives/{attempt}/questions")
    assert "CANARI" not in reader.response.text
    learner.answer_all(attempt)
    reader.get(f"{HOME}/tentatives/{attempt}")
    assert "CANARI" not in reader.response.text
