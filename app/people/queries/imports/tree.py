"""Reads what is known of units, and what an import tells of them."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.people.directory.known import KnownUnit
from app.people.directory.rows import UnitRow
from app.people.import_models import ImportUnit
from app.people.models import Assignment, OrganisationalUnit


def read_known_units(session: Session) -> dict[str, KnownUnit]:
    """Read all units by code."""
    unit = OrganisationalUnit
    parent, target = aliased(OrganisationalUnit), aliased(OrganisationalUnit)
    rows = session.execute(
        sa.select(
            unit.id, unit.code, unit.name, unit.kind, sa.func.coalesce(parent.code, ""),
            unit.specialty, unit.opened_on, unit.closed_on, sa.func.coalesce(target.code, ""),
        )
        .outerjoin(parent, parent.id == unit.parent_id)
        .outerjoin(target, target.id == unit.merged_into_id)
    )  # fmt: skip
    return {row[1]: KnownUnit(*row) for row in rows}


def read_told_units(session: Session, *, import_id: int) -> list[UnitRow]:
    """Read what an import tells of units."""
    told = ImportUnit
    rows = session.execute(
        sa.select(
            told.line, told.code, told.name, told.kind, told.parent_code, told.specialty,
            told.opened_on, told.closed_on, told.merged_into_code,
        )
        .where(told.import_id == import_id)
        .order_by(told.line)
    )  # fmt: skip
    return [UnitRow(*row) for row in rows]


def count_staff(session: Session) -> dict[str, int]:
    """Count the agents of each unit that has some."""
    rows = session.execute(
        sa.select(OrganisationalUnit.code, sa.func.count())
        .join(Assignment, Assignment.unit_id == OrganisationalUnit.id)
        .where(Assignment.ends_on.is_(None))
        .group_by(OrganisationalUnit.code)
    )
    return {row[0]: row[1] for row in rows}


def list_to_merge(
    session: Session, *, today: date, count: int
) -> list[tuple[Assignment, OrganisationalUnit]]:
    """List assignments in units that were merged into another, each with its unit."""
    rows = session.execute(
        sa.select(Assignment, OrganisationalUnit)
        .join(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .where(
            Assignment.ends_on.is_(None),
            OrganisationalUnit.merged_into_id.is_not(None),
            OrganisationalUnit.closed_on <= today,
        )
        .order_by(Assignment.id)
        .limit(count)
    )
    return [(assignment, unit) for assignment, unit in rows]
