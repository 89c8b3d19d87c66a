"""The night's work on campaigns: in batches of agents, and nothing written where nothing moved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
import structlog

from app.campaigns import services
from app.campaigns.audience import Moment
from app.campaigns.queries.absences import list_changes, list_recently_away
from app.campaigns.queries.duties import Duty, has_work, list_asking, list_duties
from app.campaigns.services import Enrolled
from app.campaigns.services.absences import apply
from app.database import write
from app.extensions import db
from app.people.models import Agent

log = structlog.get_logger()

SPAN = 20_000
"""How many ids of agents a transaction looks at: others write between two."""
AWAY = 1_000


def list_due(*, today: date, campaign_id: int | None = None) -> list[Duty]:
    """List what the campaigns that have opened ask; one of them, or all."""
    return [
        duty
        for duty in list_duties(db.session)
        if campaign_id in {None, duty.id} and today >= duty.term.opens_on
    ]


def run_one(duty: Duty, *, today: date, now: datetime) -> Enrolled:
    """Bring one campaign in line with the organisation, and note in the journal what changed.

    Running it again changes nothing more. A closed campaign enrols nobody, but still releases
    those who leave.
    """
    total = Enrolled()
    others = [one for one in list_asking(db.session) if one.id != duty.id]
    act: Any = (
        services.release_departed if duty.is_closed else partial(services.enrol, journalled=False)
    )
    with suppress(services.CampaignClosed):  # On the way: what was done until then is noted.
        for first, last in list_spans():
            moment = Moment(today, now, first, last)
            if has_work(db.session, duty, others, moment):
                total += write(act, duty.id, today=today, now=now, first=first, last=last)
    if total != Enrolled():
        write(services.note_run, duty.id, total)
    return total


class Parts:
    """The parts of a night's work: one that fails takes no other with it."""

    def __init__(self) -> None:
        self.failed: list[str] = []

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Do a part; what goes wrong in it is told in the log, and its name kept."""
        try:
            yield
        except Exception:
            db.session.rollback()
            log.exception("night_part_failed", part=name)
            self.failed.append(name)


def list_spans(size: int = SPAN) -> list[tuple[int, int]]:
    """Cut the ids of all agents in spans."""
    highest = db.session.scalar(sa.select(sa.func.max(Agent.id))) or 0
    return [(first, first + size - 1) for first in range(1, highest + 1, size)]


def follow_absences(*, today: date) -> int:
    """Postpone what was asked of agents since they went away; count the dates that moved."""
    moved, after = 0, 0
    while agent_ids := list_recently_away(db.session, today=today, after=after, limit=AWAY):
        after = agent_ids[-1]
        if list_changes(db.session, agent_ids=agent_ids):
            moved += write(apply, agent_ids=agent_ids)
    return moved
