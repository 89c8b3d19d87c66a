"""What an attempt asks is remembered: never whose it is, nor that it is open."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.learning.models import Answer
from app.learning.views import asked
from tests.factories import Factories
from tests.learning.conftest import Learner
from tests.learning.reader import HOME, Reader, count, put
from tests.signing_in import sign_in


def test_an_attempt_that_is_remembered_is_still_refused_once_it_is_handed_in(
    reader: Reader, attempt: int, learner: Learner, session: Session
) -> None:
    learner.answer_all(attempt)
    assert put(reader, attempt, "principe", token="one-token-1", values=["a"]).status_code == 200
    learner.submit(attempt)
    saved = count(session, Answer)
    refused = put(reader, attempt, "principe", token="two-token-2", values=["b"])
    assert (refused.status_code, refused.json["error"]) == (409, "submitted")
    assert refused.json["url"] == f"{HOME}/tentatives/{attempt}/resultat"
    assert count(session, Answer) == saved


def test_an_attempt_that_is_remembered_is_nobody_else_s(
    app: Flask, reader: Reader, attempt: int, factories: Factories, session: Session
) -> None:
    assert put(reader, attempt, "principe", token="one-token-1", values=["a"]).status_code == 200
    agent = factories.agent(corps="pn")
    session.commit()
    other = Reader(sign_in(app, agent))
    assert put(other, attempt, "principe", token="two-token-2", values=["b"]).status_code == 404
    assert count(session, Answer) == 1


def test_the_one_that_was_not_asked_for_since_longest_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asked, "MOST_REMEMBERED", 2)
    remembered = asked.Remembered()
    one, two, three = ((agent, "cafe-offert", agent) for agent in (1, 2, 3))
    papers = {key: object() for key in (one, two, three)}
    for key in (one, two):
        remembered.add(key, papers[key])  # type: ignore[arg-type]
    assert remembered.find(one) is papers[one]
    remembered.add(three, papers[three])  # type: ignore[arg-type]
    assert [remembered.find(key) for key in (one, two, three)] == [papers[one], None, papers[three]]
