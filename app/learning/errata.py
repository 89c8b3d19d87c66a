"""An erratum applied whole: many short writes, so that those who learn do not wait for it."""

from __future__ import annotations

import time

from app.database import utc_now, write
from app.extensions import db
from app.learning.services import errata
from app.learning.services.planning import plan_erratum

BATCH = 50
"""Attempts corrected by one write."""


def apply_erratum(
    *,
    version_id: int,
    actor_id: int | None,
    default_months: int,
    address: str = "",
    seconds: float | None = None,
    size: int = BATCH,
) -> bool:
    """Begin or resume the application of an erratum; tell whether all of it is done.

    Stops after some seconds where that is asked: what was committed stays, and the next call goes
    on from there, as it does after a crash.
    """
    plan = plan_erratum(db.session, version_id=version_id)
    write(errata.begin, version_id=version_id, actor_id=actor_id, now=utc_now(), address=address)
    started = time.monotonic()
    while write(
        errata.apply_batch, plan=plan, size=size, default_months=default_months, now=utc_now()
    ):
        if seconds is not None and time.monotonic() - started > seconds:
            return False
    return True
