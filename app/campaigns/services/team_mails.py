"""Write to supervisors in the outbox: one mail a week at most about their units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.campaigns.models import TeamDigest
from app.campaigns.rules import week_of
from app.campaigns.services.reminding import Letter, put_out
from app.journal.services import Action, record
from app.learning.upserts import insert
from app.people.mail_states import MailKind


def write_team_letters(
    session: Session, *, letters: Sequence[Letter], today: date, now: datetime
) -> int:
    """Write letters to supervisors who had none this week; journal and count them."""
    week_on = week_of(today)
    rows = insert(session, TeamDigest).values(
        [{"agent_id": one.agent_id, "week_on": week_on, "written_at": now} for one in letters]
    )
    added = rows.on_conflict_do_nothing(index_elements=["agent_id", "week_on"])
    fresh = set(session.scalars(added.returning(TeamDigest.agent_id)))
    put_out(session, [one for one in letters if one.agent_id in fresh], MailKind.TEAM, now)
    if fresh:
        record(session, Action.TEAM_MAILS_WRITTEN, actor_id=None, object_kind="week",
               object_id=week_on, letters=len(fresh))  # fmt: skip
    return len(fresh)
