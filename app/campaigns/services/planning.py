"""What a campaign is to be, as its columns: told before it is made, and found again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.campaigns.rules import Recurring, clean_choices, default_recurrence
from app.catalogue.models import LearningPath


class UnknownSubject(Exception):
    """The path or the modules of a campaign do not exist, or there are none."""


def read_columns(
    session: Session,
    *,
    title: str,
    unit_id: int,
    opens_on: date,
    due_on: date | None = None,
    delay_days: int | None = None,
    path_id: int | None = None,
    module_slugs: Sequence[str] = (),
    corps: Sequence[str] = (),
    grades: Sequence[str] = (),
    categories: Sequence[str] = (),
    roles: Sequence[str] = (),
    arrived_since: date | None = None,
    recurrence: Recurring | None = None,
    every_months: int | None = None,
    early_days: int = 0,
    window: tuple[str, str, int] | None = None,
    reason: str = "",
) -> dict[str, Any]:
    """Give the columns of a campaign on a path, or else on modules.

    The modules of a path are copied: the path may change later. ``window`` is its first and last
    days, as ``01-15``, and every how many years. Raises `UnknownSubject`.
    """
    slugs, validity_months = find_subject(session, path_id, module_slugs)
    starts, ends, years = window or (None, None, 1)
    return {
        "title": title, "reason": reason, "path_id": path_id, "module_slugs": slugs,
        "unit_id": unit_id, "corps": clean_choices(corps), "grades": clean_choices(grades),
        "categories": clean_choices(categories), "roles": clean_choices(roles),
        "arrived_since": arrived_since, "opens_on": opens_on, "due_on": due_on,
        "delay_days": delay_days, "recurrence": recurrence or default_recurrence(delay_days),
        "early_days": early_days, "window_from": starts, "window_to": ends, "window_years": years,
        "validity_months": every_months or validity_months,
    }  # fmt: skip


def find_subject(
    session: Session, path_id: int | None, module_slugs: Sequence[str]
) -> tuple[list[str], int | None]:
    """Find the modules asked, and for how many months a path says that its proofs hold."""
    if path_id is None:
        slugs, validity_months = list(module_slugs), None
    else:
        path = session.get(LearningPath, path_id)
        if path is None:
            raise UnknownSubject
        slugs, validity_months = list(path.module_slugs), path.validity_months
    if not slugs:
        raise UnknownSubject
    return slugs, validity_months
