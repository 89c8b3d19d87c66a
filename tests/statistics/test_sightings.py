"""The days on which one's name could be seen, whatever the number of those who looked."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.journal.services import Action, record
from app.statistics.sightings import Audience, export_for
from tests.factories import Factories


def test_a_day_is_told_once_and_ends_at_midnight_in_paris(
    session: Session, factories: Factories
) -> None:
    agent, root = factories.agent(), factories.root()
    for hour, minute in ((22, 1), (22, 2), (22, 59), (23, 0), (23, 30)):
        record(
            session, Action.NAMES_SEEN, actor_id=None, object_kind=Audience.FOLLOW_UP,
            object_id=root.id, at=datetime(2026, 1, 10, hour, minute, tzinfo=UTC),
        )  # fmt: skip
    session.flush()
    assert export_for(session, agent.id) == [
        {"day": "2026-01-10", "seen_by": Audience.FOLLOW_UP},
        {"day": "2026-01-11", "seen_by": Audience.FOLLOW_UP},
    ]
