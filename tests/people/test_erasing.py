"""Erasing a person who has left, from the command line."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.database import utc_now
from app.journal.models import JournalEntry
from app.learning.models import Completion
from app.people.models import Agent
from tests.campaigns.making import complete, make_enrolment, make_module
from tests.factories import Factories


def leave(session: Session, factories: Factories) -> Agent:
    """Make an agent who completed a module, then left."""
    agent = factories.agent(given_name="Zoé", family_name="Lefèvre")
    complete(
        session, make_enrolment(session, agent.id, make_module(session)), day=date(2026, 1, 20)
    )
    agent.deactivated_at = utc_now()
    session.commit()
    return agent


def test_who_has_left_is_erased_and_what_they_did_stays(
    app: Flask, session: Session, factories: Factories
) -> None:
    agent = leave(session, factories)
    done = app.test_cli_runner().invoke(args=["people", "erase", agent.matricule, "--yes"])
    assert (done.exit_code, done.output) == (0, "Erased.\n")
    session.rollback()
    session.refresh(agent)
    assert (agent.given_name, agent.family_name) == ("—", "—")
    assert session.scalar(sa.select(sa.func.count()).select_from(Completion)) == 1
    [entry] = session.scalars(sa.select(JournalEntry).where(JournalEntry.action == "person_erased"))
    assert (entry.actor_id, entry.object_id) == (None, str(agent.id))


def test_who_is_in_function_is_not_erased(
    app: Flask, session: Session, factories: Factories
) -> None:
    agent = factories.agent(family_name="Lefèvre")
    session.commit()
    done = app.test_cli_runner().invoke(args=["people", "erase", agent.matricule, "--yes"])
    assert done.exit_code == 1
    assert "is open: close it first" in done.output
    session.refresh(agent)
    assert agent.family_name == "Lefèvre"


def test_it_is_asked_once_more_and_an_unknown_matricule_is_said(
    app: Flask, session: Session, factories: Factories
) -> None:
    agent, run = leave(session, factories), app.test_cli_runner().invoke
    asked = run(args=["people", "erase", agent.matricule], input="n\n")
    assert asked.exit_code == 1
    assert "Erase Zoé Lefèvre for good?" in asked.output
    unknown = run(args=["people", "erase", "nobody", "--yes"])
    assert "No agent has this matricule." in unknown.output
    session.refresh(agent)
    assert agent.family_name == "Lefèvre"
