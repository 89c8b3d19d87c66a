"""Apply an erratum to the attempts made before it: once, in batches, only to help.

An attempt is never touched. What it earns by the corrected key stands beside it, in a row of its
own, and the better of both counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.journal.services import Action, record
from app.learning.models import Attempt, AttemptCorrection, Completion, Enrolment, Erratum
from app.learning.queries.errata import Sat, find_applied, get_sat, list_sat, lock_sat
from app.learning.services.completing import complete
from app.learning.services.planning import Outcome, Plan, mark_again, plan_erratum
from app.learning.upserts import insert


def begin(
    session: Session, *, version_id: int, actor_id: int | None, now: datetime, address: str = ""
) -> bool:
    """Begin to apply an erratum; False where that was done before."""
    row = insert(session, Erratum).values(
        version_id=version_id, applied_by_id=actor_id, applied_at=now, reached=0
    )
    begun = row.on_conflict_do_nothing().returning(Erratum.version_id)
    if session.scalar(begun) is None:
        return False
    record(
        session, Action.ERRATUM_APPLIED, actor_id=actor_id, object_kind="module_version",
        object_id=version_id, address=address, at=now,
    )  # fmt: skip
    return True


def apply_batch(
    session: Session, *, plan: Plan, size: int, default_months: int, now: datetime
) -> bool:
    """Correct the next attempts of an erratum that was begun; tell whether any may be left.

    Where the application was cut short it goes on from the last batch that was committed.
    """
    erratum = session.get_one(Erratum, plan.erratum_id, with_for_update=True)
    if erratum.finished_at is not None:
        return False
    where: dict[str, Any] = {
        "version_ids": plan.version_ids, "after": erratum.reached, "size": size,
    }  # fmt: skip
    # Locked before they are read: what is being handed in is waited for, and what is handed in
    # later sees that the erratum is being applied.
    lock_sat(session, **where)
    batch = list_sat(session, erratum_id=erratum.version_id, **where)
    outcomes = list(mark_again(session, plan, batch))
    keep(session, erratum.version_id, outcomes, default_months=default_months, now=now)
    if batch:
        erratum.reached = batch[-1].id
    if len(batch) < size:
        erratum.finished_at = now
    session.flush()
    return len(batch) == size


def keep(
    session: Session,
    version_id: int,
    outcomes: Sequence[Outcome],
    *,
    default_months: int,
    now: datetime,
) -> None:
    """Keep what attempts earn by an erratum, and make the completions that they earn."""
    rows = [written(outcome, version_id, now) for outcome in outcomes]
    if not rows:
        return
    added = insert(session, AttemptCorrection).values(rows).on_conflict_do_nothing()
    kept = set(session.scalars(added.returning(AttemptCorrection.attempt_id)))
    for outcome in outcomes:
        sat = outcome.sat
        if sat.id in kept and outcome.is_raised and sat.may_complete:
            make_completion(session, sat, default_months=default_months, now=now)


def written(outcome: Outcome, version_id: int, now: datetime) -> dict[str, Any]:
    """Write the row of a correction."""
    numerator, denominator = outcome.share.as_integer_ratio()
    return {
        "attempt_id": outcome.sat.id, "version_id": version_id, "score_numerator": numerator,
        "score_denominator": denominator, "passed": outcome.passes, "applied_at": now,
    }  # fmt: skip


def make_completion(session: Session, sat: Sat, *, default_months: int, now: datetime) -> None:
    """Complete the cycle of an attempt, unless an earlier attempt of the batch just did."""
    done = sa.select(Completion.id).where(Completion.enrolment_id == sat.enrolment_id)
    if session.scalar(done) is None:
        enrolment = session.get_one(Enrolment, sat.enrolment_id)
        complete(session, enrolment, version_id=sat.version_id, done=sat.id,
                 default_months=default_months, now=now)  # fmt: skip


def correct_handed_in(
    session: Session, attempt: Attempt, *, default_months: int, now: datetime
) -> bool:
    """Correct an attempt that was just handed in by an erratum of before; tell if it helps to pass.

    The attempt was begun on a version whose key is known to be wrong: it ends there all the same.
    """
    erratum_id = find_applied(session, version_id=attempt.version_id)
    if erratum_id is None:
        return False
    asked = [one["item"] for one in attempt.draw]
    plan = plan_erratum(session, version_id=erratum_id, item_ids=asked)
    sat = get_sat(session, erratum_id=erratum_id, attempt_id=attempt.id)
    outcomes = list(mark_again(session, plan, [sat]))
    keep(session, erratum_id, outcomes, default_months=default_months, now=now)
    return any(outcome.is_raised for outcome in outcomes)


def acknowledge(session: Session, *, agent_id: int, attempt_id: int, now: datetime) -> None:
    """Note that an agent has read what an erratum made of their attempt."""
    mine = (
        sa.select(Attempt.id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Attempt.id == attempt_id, Enrolment.agent_id == agent_id)
    )
    session.execute(
        sa.update(AttemptCorrection)
        .where(AttemptCorrection.attempt_id.in_(mine), AttemptCorrection.told_at.is_(None))
        .values(told_at=now)
        .execution_options(synchronize_session=False)
    )
