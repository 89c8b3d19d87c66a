"""Reads about units, and where agents are assigned."""

from __future__ import annotations

from collections.abc import Iterable
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
    return in_tree_order(units)


def list_highest(session: Session, *, paths: tuple[str, ...], most: int) -> list[Unit]:
    """List the open units under these paths as `list_units` does, the whole levels that are few.

    The first level is there however many it holds. Each is found by the one above it, and no unit
    further down is read.
    """
    unit, under = OrganisationalUnit, aliased(OrganisationalUnit)
    tops = unit.parent_id.is_(None) if "/" in paths else unit.path.in_(paths)
    tree = (
        sa.select(unit.id, unit.name, unit.kind, unit.path, sa.literal(0).label("level"))
        .where(tops, unit.closed_on.is_(None))
        .cte("tree", recursive=True)
    )
    tree = tree.union_all(
        sa.select(under.id, under.name, under.kind, under.path, tree.c.level + 1)
        .join(tree, tree.c.id == under.parent_id)
        .where(under.closed_on.is_(None))
    )
    # Both databases go down level by level, and stop at the limit.
    rows = session.execute(sa.select(*tree.c).limit(most + 1)).all()
    deepest = max((row.level for row in rows), default=0)
    kept = [row for row in rows if len(rows) <= most or row.level < max(deepest, 1)]
    return in_tree_order({row.id: Unit(*row[:4]) for row in kept}.values())


def in_tree_order(units: Iterable[Unit]) -> list[Unit]:
    """Sort units so that each comes after the one above it, by name."""
    listed = list(units)
    names = {unit.id: unit.name for unit in listed}
    return sorted(
        listed, key=lambda unit: [names.get(int(i), "") for i in unit.path.split("/")[1:-1]]
    )


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
