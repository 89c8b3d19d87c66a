"""A mail that waits leaves only for who should still have it, at the address they have now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.access import Role
from app.database import utc_now
from app.people import outbox
from app.people.mail_states import MailKind, MailReason, MailState
from app.people.models import Agent, OutgoingMail, RoleAssignment
from app.people.outbox import Letter
from tests.factories import Factories

Change = Callable[[Session, Agent], None]


@pytest.fixture
def boss(session: Session, factories: Factories) -> Agent:
    agent = factories.agent(Role.SUPERVISOR, email="boss@example.org")
    session.commit()
    return agent


def put(session: Session, agent: Agent, kind: MailKind, **values: object) -> OutgoingMail:
    given = {"recipient": agent.email, "subject": "S", "body": "B", "stop_url": "https://x/"}
    row = OutgoingMail(agent_id=agent.id, kind=kind, **given | values)
    session.add(row)
    session.commit()
    return row


def claim(session: Session, row: OutgoingMail) -> Letter | None:
    found = outbox.claim(session, mail_id=row.id, now=utc_now())
    session.commit()
    session.refresh(row)
    return found


def leave(session: Session, agent: Agent) -> None:
    agent.deactivated_at = utc_now()


def leave_tomorrow(session: Session, agent: Agent) -> None:
    agent.deactivated_at = utc_now() + timedelta(days=1)


def lose_role(session: Session, agent: Agent) -> None:
    held = sa.select(RoleAssignment).where(RoleAssignment.agent_id == agent.id)
    session.scalars(held).one().ended_at = utc_now()


def lose_address(session: Session, agent: Agent) -> None:
    agent.email = None


def change_address(session: Session, agent: Agent) -> None:
    agent.email = "new@example.org"


@pytest.mark.parametrize(
    ("change", "reached"),
    [
        (leave, set()),
        (leave_tomorrow, set(MailKind)),
        (lose_role, {MailKind.PASSWORD, MailKind.REMINDER}),
        (lose_address, set()),
        (change_address, {MailKind.REMINDER, MailKind.TEAM}),
    ],
)
@pytest.mark.parametrize("kind", MailKind)
def test_a_mail_leaves_only_for_who_should_still_have_it(
    session: Session, boss: Agent, kind: MailKind, change: Change, reached: set[MailKind]
) -> None:
    row = put(session, boss, kind)
    change(session, boss)
    session.commit()
    letter = claim(session, row)
    assert (letter is not None) == (kind in reached)
    if letter is None:
        assert (row.state, row.reason) == (MailState.GIVEN_UP, MailReason.NOTHING_LEFT)
        assert (row.body, row.stop_url) == ("", "")
    else:
        assert letter.recipient == boss.email == row.recipient


def test_a_mail_to_nobody_that_we_know_leaves(app: Flask, session: Session) -> None:
    row = OutgoingMail(recipient="zoe@example.fr", subject="S", body="B")
    session.add(row)
    session.commit()
    assert claim(session, row) is not None


@pytest.mark.parametrize("reason", [MailReason.REFUSED_ADDRESS, MailReason.CUT_SHORT_AGAIN])
def test_what_was_declined_is_not_tried_again_by_hand_either(
    session: Session, boss: Agent, reason: MailReason
) -> None:
    row = put(session, boss, MailKind.REMINDER, state=MailState.GIVEN_UP, reason=reason)
    outbox.withdraw(session, agent_id=boss.id, kind=MailKind.REMINDER, only_optional=True)
    session.commit()
    session.refresh(row)
    assert (row.state, row.reason, row.body) == (MailState.GIVEN_UP, reason, "")
