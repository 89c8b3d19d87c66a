"""Drop the snapshots past their time, by short writes: those who learn do not wait for it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from app.database import write
from app.extensions import db
from app.people.models import OrganisationalUnit
from app.statistics import services

UNITS_AT_ONCE = {"sqlite": 20, "postgresql": 250}
"""Units whose rows go in one transaction: some forty rows each in a large organisation."""


def thin(*, now: datetime) -> int:
    """Drop each snapshot past its time, and count them; a run cut short is gone on with later."""
    past = services.list_past_their_time(db.session, now=now)
    at_once = UNITS_AT_ONCE[db.engine.dialect.name]
    last = db.session.scalar(sa.select(sa.func.max(OrganisationalUnit.id))) or 0
    for snapshot_id in past:
        write(services.hide, snapshot_id)
        for first in range(1, last + 1, at_once):
            write(services.drop_units, snapshot_id, range(first, first + at_once))
        write(services.drop, snapshot_id)
    if past:
        write(services.note_thinning, len(past))
    return len(past)
