from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy.orm import Session

from app.database import write
from app.journal.models import JournalEntry
from app.learning.models import PracticeAnswer, PracticeTally
from app.learning.services.purging import list_due, reduce
from app.people.models import Setting
from tests.factories import Factories
from tests.learning.conftest import START, Learner
from tests.learning.reader import count


@pytest.fixture
def graduate(learner: Learner) -> Learner:
    """Complete the module with some practice on the way."""
    for raw in (("cafe", "a"), ("cafe", "b"), ("signaux", "c", "a"), ("chez-vous", "À moi")):
        learner.practise(*raw)
    learner.read_all()
    learner.complete()
    return learner


def tallies(session: Session) -> dict[tuple[str, str], int]:
    session.commit()
    rows = session.execute(
        sa.select(PracticeTally.item_id, PracticeTally.value, PracticeTally.count)
    )
    return {(item, value): number for item, value, number in rows}


def test_practice_is_due_once_the_module_was_completed_long_enough_ago(
    graduate: Learner, session: Session
) -> None:
    place = graduate.place()
    assert place.completed_at is not None
    month_later = place.completed_at + timedelta(days=30)
    assert list_due(session, days=30, now=month_later - timedelta(seconds=1)) == []
    assert list_due(session, days=30, now=month_later) == [place.enrolment_id]


def test_practice_becomes_totals_and_reflections_nothing(
    graduate: Learner, app: Flask, session: Session
) -> None:
    enrolment_id = graduate.place().enrolment_id
    with app.app_context():
        assert write(reduce, enrolment_id=enrolment_id) == 5
        assert write(reduce, enrolment_id=enrolment_id) == 0
    assert tallies(session) == {
        ("cafe", '"a"'): 1, ("cafe", '"b"'): 1, ("signaux", '["a","c"]'): 1,
        ("video", '{"choice":2,"scene":""}'): 1,
    }  # fmt: skip
    assert count(session, PracticeAnswer) == 0
    entries = session.scalars(sa.select(JournalEntry.action).where(JournalEntry.actor_id.is_(None)))
    assert list(entries).count("practice_deleted") == 1


def test_totals_add_up_over_agents(
    graduate: Learner, app: Flask, session: Session, factories: Factories
) -> None:
    other = Learner(app, session, factories.agent())
    other.enrol()
    other.practise("cafe", "a")
    other.read_all()
    other.complete()
    session.commit()
    with app.app_context():
        for learner in (graduate, other):
            write(reduce, enrolment_id=learner.place().enrolment_id)
    assert tallies(session)["cafe", '"a"'] == 2


@pytest.mark.parametrize(("days", "left"), [("1", 0), ("365", 5)])
def test_the_command_keeps_practice_as_long_as_the_setting_says(
    graduate: Learner, app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch,
    days: str, left: int,
) -> None:  # fmt: skip
    session.add(Setting(key="practice_retention_days", value=days))
    session.commit()
    monkeypatch.setattr("app.learning.cli.utc_now", lambda: START + timedelta(days=40))
    result = FlaskCliRunner(app).invoke(args=["learning", "purge"])
    assert result.exit_code == 0, result.output
    assert f"{5 - left} practice answers" in result.output
    assert count(session, PracticeAnswer) == left


def test_practice_of_a_module_under_way_is_kept(
    learner: Learner, app: Flask, session: Session
) -> None:
    learner.practise("cafe", "a")
    assert list_due(session, days=0, now=START + timedelta(days=400)) == []
    with app.app_context():
        assert write(reduce, enrolment_id=9999) == 0
