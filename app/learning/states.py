"""What learning tells the catalogue, which stands below it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.catalogue.states import ModuleState, Stage
from app.database import utc_now
from app.days import day_of
from app.learning.summaries import State, list_learning

STAGES = {
    State.TO_START: Stage.ENROLLED,
    State.UNDER_WAY: Stage.UNDER_WAY,
    State.COMPLETED: Stage.COMPLETED,
}


def tell_states(session: Session, agent_id: int) -> Mapping[int, ModuleState]:
    """Map the modules on which an agent has a place to their state in the latest cycle."""
    today = day_of(utc_now())
    return {
        row.module_id: ModuleState(
            stage=STAGES[row.state],
            done=row.steps_read,
            total=row.steps_total,
            due_on=row.due_on,
            is_late=row.is_late(today),
            completed_at=row.completed_at,
        )
        for row in list_learning(session, agent_id, "fr")
        if row.is_latest
    }
