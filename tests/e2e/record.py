"""What the database of a served site holds, read by the application's own code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app import create_app
from app.catalogue.models import Module, ModuleVersion
from app.database import utc_now, write
from app.demo.agenda import FOCUS
from app.dialect.compiled import AnyItem, from_json
from app.dialect.items import Order
from app.extensions import db
from app.learning.drawing import items_of
from app.learning.models import Answer, Attempt, Enrolment
from app.people.models import Agent
from app.people.sessions import end_all_sessions
from tests.clients import credentials
from tests.databases import QUIET
from tests.studying import Student

SLUG = FOCUS
"""The module that the officer has to resume."""
OFFICER = "demo-agent"


class Record:
    """A second door to the database that a server under test has open."""

    def __init__(self, database: Path) -> None:
        self.app = create_app(QUIET | {"DATABASE_URL": f"sqlite:///{database}", "DEMO": True})

    def close(self) -> None:
        """Let go of the database."""
        with self.app.app_context():
            db.engine.dispose()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Read what is committed by now."""
        with self.app.app_context(), db.sessionmaker() as session:
            yield session

    def agent_id(self, matricule: str = OFFICER) -> int:
        """Find an agent by matricule."""
        with self.session() as session:
            return session.scalars(sa.select(Agent.id).where(Agent.matricule == matricule)).one()

    def student(self, matricule: str = OFFICER, corps: str = "pn") -> Student:
        """Bring an agent to the module by the services."""
        return Student(self.app, self.agent_id(matricule), SLUG, corps)

    def attempts(self, matricule: str = OFFICER, slug: str = SLUG) -> list[Attempt]:
        """List an agent's attempts at the quiz of a module."""
        with self.session() as session:
            found = sa.select(Attempt).join(Enrolment).join(Agent).join(Module)
            mine = found.where(Agent.matricule == matricule, Module.slug == slug)
            return list(session.scalars(mine.order_by(Attempt.number)))

    def published(self, session: Session, slug: str) -> str:
        """Read the JSON of the latest version of a module, in French."""
        found = sa.select(ModuleVersion).join(Module).where(Module.slug == slug)
        version = session.scalars(found.order_by(ModuleVersion.number.desc())).first()
        assert version is not None
        return version.compiled["fr"]

    def asked(self, slug: str = SLUG) -> dict[str, tuple[AnyItem, Order]]:
        """Map the officer's last attempt by item id: each item, and the order it is shown in."""
        attempt = self.attempts(slug=slug)[-1]
        with self.session() as session:
            compiled = session.get_one(ModuleVersion, attempt.version_id).compiled["fr"]
        drawn = attempt.draw
        found = items_of(from_json(compiled), drawn)  # type: ignore[arg-type]
        return {
            item.id: (item, tuple(one["order"])) for item, one in zip(found, drawn, strict=True)
        }

    def answers(self, attempt_id: int) -> list[tuple[str, Any]]:
        """List the answers of an attempt, in the order received."""
        with self.session() as session:
            rows = session.execute(
                sa.select(Answer.item_id, Answer.value)
                .where(Answer.attempt_id == attempt_id)
                .order_by(Answer.id)
            )
            return [(row.item_id, row.value) for row in rows]

    def count(self, table: type) -> int:
        """Count the rows of a table."""
        with self.session() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0

    def cookie(self, matricule: str = OFFICER, **kept: Any) -> str:
        """Sign an agent in by a row; return the cookie."""
        return credentials(self.app, self.agent_id(matricule), **kept)[0]

    def end_sessions(self, matricule: str = OFFICER) -> None:
        """End an agent's sessions, as the night does."""
        agent_id = self.agent_id(matricule)
        with self.app.app_context():
            write(end_all_sessions, agent_id=agent_id, now=utc_now())
