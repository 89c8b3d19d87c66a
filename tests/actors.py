"""The cast of the access tests: one agent a role, and the things that each owns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.access import Role
from app.people.models import Agent
from tests.factories import Factories

ROLES: dict[str, tuple[Role, ...]] = {
    "agent": (),
    "supervisor": (Role.SUPERVISOR,),
    "trainer": (Role.TRAINER,),
    "reviewer": (Role.REVIEWER,),
    "hr_reader": (Role.HR_READER,),
    "hr_follow_up": (Role.HR_FOLLOW_UP,),
    "administrator": (Role.ADMINISTRATOR,),
}


@dataclass
class Cast:
    """Agents by the name of their part; « stranger » owns things that are nobody else's."""

    agents: dict[str, Agent] = field(default_factory=dict)
    things: dict[str, dict[str, Any]] = field(default_factory=dict)


def make_cast(session: Session) -> Cast:
    """Make an agent for each role in one unit, and a stranger in another branch."""
    factories = Factories(session)
    root = factories.unit(name="Ministère")
    here = factories.unit(root, name="Ici")
    there = factories.unit(root, name="Ailleurs")
    cast = Cast()
    for name, roles in ROLES.items():
        cast.agents[name] = factories.agent(*roles, unit=here)
    cast.agents["stranger"] = factories.agent(unit=there)
    session.commit()
    return cast
