"""A page of the outbox: what became of each mail, never what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.mail_states import MailState
from app.people.matricule import matricule_key
from app.people.models import Agent, OutgoingMail

PAGE_SIZE = 50
MOST_COUNTED = 1_000
"""A state is counted up to here: beyond, that there are more says enough."""


@dataclass(frozen=True, slots=True)
class MailRow:
    """A mail, as the page tells of it."""

    id: int
    kind: str
    state: str
    recipient: str
    created_at: datetime
    sent_at: datetime | None
    next_try_at: datetime | None
    failures: int
    reason: str
    reply_code: int | None
    agent_id: int | None
    agent_name: str
    may_be_tried_again: bool


def list_mails(
    session: Session, *, now: datetime, state: str = "", matricule: str = "",
    before: int | None = None,
) -> list[MailRow]:  # fmt: skip
    """List the mails before one of them, the latest first: a page, and one that tells of more."""
    mail = OutgoingMail
    wanted = [
        mail.state == state if state else sa.true(),
        mail.id < before if before else sa.true(),
        mail.agent_id == find_agent(matricule) if matricule else sa.true(),
    ]
    rows: Any = session.execute(
        sa.select(
            mail.id, mail.kind, mail.state, mail.recipient, mail.created_at, mail.sent_at,
            mail.next_try_at, mail.failures, mail.reason, mail.reply_code, mail.agent_id,
            sa.func.coalesce(Agent.given_name + " " + Agent.family_name, ""),
            may_be_tried_again(now),
        )
        .outerjoin(Agent, Agent.id == mail.agent_id)
        .where(*wanted)
        .order_by(mail.id.desc())
        .limit(PAGE_SIZE + 1)
    )  # fmt: skip
    return [MailRow(*row) for row in rows]


def find_agent(matricule: str) -> sa.ScalarSelect[int]:
    """Select the id of an agent by matricule."""
    key = matricule_key(matricule)
    return sa.select(Agent.id).where(Agent.matricule_key == key).scalar_subquery()


def may_be_tried_again(now: datetime) -> sa.ColumnElement[bool]:
    """Tell whether a mail may be tried again by hand: it failed, and still says something.

    One whose try may be under way is left to the next round.
    """
    mail = OutgoingMail
    return sa.and_(
        sa.or_(
            mail.state == MailState.GIVEN_UP,
            sa.and_(mail.state == MailState.FAILED, mail.unknown_tries == 0),
        ),
        mail.body != "",
        sa.or_(mail.expires_at.is_(None), mail.expires_at > now),
    )


def count_states(session: Session) -> dict[str, int]:
    """Count the mails that are not sent by state, up to `MOST_COUNTED` and one."""
    states = [MailState.WAITING, MailState.FAILED, MailState.GIVEN_UP]
    counts = [
        sa.select(sa.func.count())
        .select_from(
            sa.select(OutgoingMail.id)
            .where(OutgoingMail.state == state)
            .limit(MOST_COUNTED + 1)
            .subquery()
        )
        .scalar_subquery()
        for state in states
    ]
    return dict(zip(states, session.execute(sa.select(*counts)).one(), strict=True))
