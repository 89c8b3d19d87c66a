"""What the database itself refuses to change in the record."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.access import Role
from app.learning.models import Completion
from tests.campaigns.making import complete, make_enrolment, make_module
from tests.factories import Factories


@pytest.fixture
def completion(session: Session, factories: Factories) -> Completion:
    """Make an agent with a role that ended, a past assignment and a module completed."""
    agent = factories.agent(Role.TRAINER)
    enrolment = make_enrolment(session, agent.id, make_module(session))
    made = complete(session, enrolment, day=date(2026, 1, 20))
    session.execute(sa.text("UPDATE assignment SET ends_on = '2026-02-01'"))
    session.execute(sa.text("UPDATE role_assignment SET ended_at = '2026-02-01 00:00:00+00:00'"))
    session.commit()
    return made


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE attempt SET score_numerator = 0, passed = false",
        "UPDATE attempt SET submitted_at = NULL, passed = NULL, score_numerator = NULL,"
        " score_denominator = NULL",
        "UPDATE attempt SET pass_mark = 10",
        "UPDATE assignment SET ends_on = NULL",
        "UPDATE role_assignment SET ended_at = NULL",
        "UPDATE completion SET grade = 'autre'",
        "DELETE FROM completion",
        "DELETE FROM module",
        "DELETE FROM organisational_unit",
    ],
)
def test_what_is_over_stays_as_it_was(
    session: Session, completion: Completion, statement: str
) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(sa.text(statement))


def test_postgresql_does_not_empty_a_table_of_facts(
    session: Session, completion: Completion
) -> None:
    if session.get_bind().dialect.name != "postgresql":
        return
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(sa.text("TRUNCATE completion CASCADE"))
