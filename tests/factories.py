"""Factories of rows: each makes what it needs around it, and flushes."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Role
from app.database import utc_now
from app.people.matricule import matricule_key
from app.people.models import Agent, Assignment, OrganisationalUnit, RoleAssignment


class Factories:
    """Makes rows in a session, with plausible values where the test says nothing."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.count = 0

    def add(self, row: Any) -> Any:
        """Add a row and give it its id."""
        self.session.add(row)
        self.session.flush()
        return row

    def number(self) -> int:
        """Give the next number of this test."""
        self.count += 1
        return self.count

    def unit(self, parent: OrganisationalUnit | None = None, **values: Any) -> OrganisationalUnit:
        """Make a unit, under ``parent`` or at the root."""
        number = self.number()
        unit = self.add(
            OrganisationalUnit(
                **{
                    "code": f"U{number}",
                    "name": f"Unité {number}",
                    "kind": "service",
                    "parent_id": parent.id if parent else None,
                    "path": "/",
                    "opened_on": date(2020, 1, 1),
                }
                | values
            )
        )
        unit.path = f"{parent.path if parent else '/'}{unit.id}/"
        self.session.flush()
        return unit  # type: ignore[no-any-return]

    def root(self) -> OrganisationalUnit:
        """Give the first unit of the tree, made when there is none."""
        found = self.session.scalars(
            select(OrganisationalUnit).order_by(OrganisationalUnit.id).limit(1)
        ).first()
        return found or self.unit()

    def agent(
        self,
        *roles: Role,
        unit: OrganisationalUnit | None = None,
        corps: str = "pn",
        grade: str = "gardien de la paix",
        category: str = "application",
        **values: Any,
    ) -> Agent:
        """Make an agent assigned to a unit, with these roles over it."""
        number = self.number()
        unit = unit or self.root()
        matricule = values.pop("matricule", f"M{number:05}")
        agent = self.add(
            Agent(
                **{
                    "matricule": matricule,
                    "matricule_key": matricule_key(matricule),
                    "given_name": f"Camille{number}",
                    "family_name": "Martin",
                    "arrived_on": date(2024, 1, 1),
                }
                | values
            )
        )
        self.add(
            Assignment(
                agent_id=agent.id,
                unit_id=unit.id,
                corps=corps,
                grade=grade,
                category=category,
                starts_on=date(2024, 1, 1),
            )
        )
        for role in roles:
            self.add(
                RoleAssignment(agent_id=agent.id, role=role, unit_id=unit.id, started_at=utc_now())
            )
        return agent  # type: ignore[no-any-return]
