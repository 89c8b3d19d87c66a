"""What people holds about someone: given whole, erased without losing the facts."""

from __future__ import annotations

import json

from flask import Flask
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.access import Role
from app.database import utc_now, write
from app.journal import services as journal
from app.journal.models import JournalDetail, JournalEntry
from app.journal.services import Action, record
from app.people import personal
from app.people.models import (
    Agent,
    Assignment,
    OutgoingMail,
    PasswordReset,
    RoleAssignment,
    SignInSession,
)
from app.people.personal_data import EXPORTS, erase_everything
from app.people.sessions import start_session
from tests.factories import Factories


def fill(session: Session, factories: Factories) -> Agent:
    agent = factories.agent(
        Role.TRAINER, matricule="PN9", given_name="Zoé", family_name="Lefèvre",
        email="zoe@example.fr",
    )  # fmt: skip
    start_session(session, agent_id=agent.id, now=utc_now())
    session.add(OutgoingMail(agent_id=agent.id, recipient="zoe@example.fr", subject="", body=""))
    session.add(PasswordReset(agent_id=agent.id, token_hash="x", expires_at=utc_now()))
    record(session, Action.SIGNED_IN, actor_id=agent.id, address="10.0.0.7")
    session.commit()
    return agent


def test_everything_is_given(session: Session, factories: Factories) -> None:
    agent = fill(session, factories)
    given = personal.export_for(session, agent.id)
    assert given["identity"]["family_name"] == "Lefèvre"
    assert given["assignments"][0]["grade"] == "gardien de la paix"
    assert given["roles"][0]["role"] == "trainer"
    assert len(given["sessions"]) == len(given["mails"]) == 1
    json.dumps(given)


def test_what_others_did_to_an_agent_is_given_and_erased_too(
    app: Flask, session: Session, factories: Factories
) -> None:
    agent, boss = fill(session, factories), factories.agent(Role.ADMINISTRATOR)
    told = {"object_kind": "agent", "object_id": agent.id}
    record(session, Action.SIGN_IN_FAILED, actor_id=None, address="10.0.0.8", **told)
    record(session, Action.ROLE_GRANTED, actor_id=boss.id, address="10.0.0.9", role="x", **told)
    record(session, Action.SIGNED_IN, actor_id=boss.id, address="10.0.0.9")
    session.commit()
    given = journal.export_for(session, agent.id)
    assert [(one["action"], one["own_act"], one["address"]) for one in given] == [
        ("signed_in", True, "10.0.0.7"),
        ("sign_in_failed", False, "10.0.0.8"),
        ("role_granted", False, ""),
    ]
    assert len(personal.export_for(session, agent.id)["password_links"]) == 1
    session.commit()
    with app.app_context():
        write(erase_everything, agent.id)
    session.rollback()
    [left] = session.scalars(select(JournalDetail)).all()
    assert left.address == "10.0.0.9"
    assert len(session.scalars(select(JournalEntry)).all()) == 4


def test_people_and_the_journal_are_in_the_register(app: Flask) -> None:
    assert {"people", "journal"} <= set(EXPORTS)


def test_erasing_takes_the_person_and_leaves_the_facts(
    app: Flask, session: Session, factories: Factories
) -> None:
    agent = fill(session, factories)
    with app.app_context():
        write(erase_everything, agent.id)
    session.rollback()
    session.refresh(agent)
    kept = json.dumps([str(getattr(agent, column.key)) for column in inspect(Agent).columns])
    for trace in ("Zo", "Lef", "PN9", "lefevre", "example.fr"):
        assert trace not in kept
    assert agent.deactivated_at is not None
    for model in (SignInSession, OutgoingMail, PasswordReset):
        assert session.scalars(select(model)).all() == []
    for model in (Assignment, RoleAssignment):
        assert len(session.scalars(select(model)).all()) == 1
