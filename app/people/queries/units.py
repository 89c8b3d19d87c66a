"""Reads about units, and where agents are assigned."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.people.models import Assignment, OrganisationalUnit


def below(
    path: str, column: InstrumentedAttribute[str] = OrganisationalUnit.path
) -> sa.ColumnElement[bool]:
    """Match a unit and all those below it, by the unit's path."""
    return column.startswith(path, autoescape=True)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in a list, with its depth under the root."""

    id: int
    name: str
    kind: str
    path: str

    @property
    def depth(self) -> int:
        """Count the units above."""
        return self.path.count("/") - 2


def list_units(session: Session, *, paths: tuple[str, ...] = ("/",)) -> list[Unit]:
    """List the open units under these paths, each after the one above it."""
    units = [
        Unit(*row)
        for row in session.execute(
            sa.select(
                OrganisationalUnit.id,
                OrganisationalUnit.name,
                OrganisationalUnit.kind,
                OrganisationalUnit.path,
            ).where(
                OrganisationalUnit.closed_on.is_(None),
                sa.or_(sa.false(), *(below(path) for path in paths)),
            )
        )
    ]
    names = {unit.id: unit.name for unit in units}
    return sorted(
        units, key=lambda unit: [names.get(int(i), "") for i in unit.path.split("/")[1:-1]]
    )


def list_unit_names(session: Session, *, unit_id: int) -> list[str]:
    """List the names from the root to a unit."""
    unit, above = OrganisationalUnit, aliased(OrganisationalUnit)
    return list(
        session.scalars(
            sa.select(above.name)
            .join(unit, unit.path.startswith(above.path))
            .where(unit.id == unit_id)
            .order_by(sa.func.length(above.path))
        )
    )


@dataclass(frozen=True, slots=True)
class CurrentAssignment:
    """Where an agent is assigned today."""

    unit_id: int
    unit_path: str
    unit_name: str
    corps: str
    grade: str
    category: str


def find_assignment(session: Session, *, agent_id: int) -> CurrentAssignment | None:
    """Find an agent's current assignment and its unit."""
    row = session.execute(
        sa.select(
            OrganisationalUnit.id,
            OrganisationalUnit.path,
            OrganisationalUnit.name,
            Assignment.corps,
            Assignment.grade,
            Assignment.category,
        )
        .join(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .where(Assignment.agent_id == agent_id, Assignment.ends_on.is_(None))
    ).one_or_none()
    return CurrentAssignment(*row) if row else None
