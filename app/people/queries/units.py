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


def depth_of(path: InstrumentedAttribute[str]) -> sa.ColumnElement[int]:
    """Count the units above, in SQL."""
    return sa.func.length(path) - sa.func.length(sa.func.replace(path, "/", "")) - 2


def list_units(
    session: Session, *, paths: tuple[str, ...] = ("/",), deepest: int | None = None
) -> list[Unit]:
    """List the open units under these paths, each after the one above it, down to a depth."""
    unit = OrganisationalUnit
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
                sa.true() if deepest is None else depth_of(unit.path) <= deepest,
            )
        )
    ]
    names = {unit.id: unit.name for unit in units}
    return sorted(
        units, key=lambda unit: [names.get(int(i), "") for i in unit.path.split("/")[1:-1]]
    )


def find_depth(session: Session, *, paths: tuple[str, ...], most: int) -> int:
    """Find down to which depth there are at most so many open units under these paths."""
    unit, depth = OrganisationalUnit, depth_of(OrganisationalUnit.path).label("depth")
    statement = (
        sa.select(depth, sa.func.count())
        .where(unit.closed_on.is_(None), sa.or_(sa.false(), *(below(path) for path in paths)))
        .group_by(depth)
        .order_by(depth)
    )
    deepest, total = 0, 0
    for found, count in session.execute(statement):
        total += count
        if total > most and total > count:
            break
        deepest = found
    return deepest


def find_unit(session: Session, unit_id: int, *, paths: tuple[str, ...]) -> Unit | None:
    """Find an open unit by its id, under these paths."""
    unit = OrganisationalUnit
    row = session.execute(
        sa.select(unit.id, unit.name, unit.kind, unit.path).where(
            unit.id == unit_id,
            unit.closed_on.is_(None),
            sa.or_(sa.false(), *(below(path) for path in paths)),
        )
    ).first()
    return Unit(*row) if row else None


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
