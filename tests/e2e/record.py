"""What the database of a served site holds, read by the application's own code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app import create_app
from app.catalogue.models import Module, ModuleVersion
from app.database import utc_now, write
from app.dialect import items
from app.dialect.compiled import AnyItem, CompiledModule, from_json
from app.extensions import db
from app.learning.models import Answer, Attempt, Enrolment
from app.people.models import Agent
from app.people.sessions import end_all_sessions
from tests.clients import credentials
from tests.databases import QUIET

SLUG = "probite-conflits"
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

    def module(self, slug: str = SLUG) -> CompiledModule:
        """Give a published module in French, with its keys."""
        with self.session() as session:
            latest = sa.select(ModuleVersion.compiled).join(Module).where(Module.slug == slug)
            latest = latest.order_by(ModuleVersion.number.desc())
            compiled = session.scalars(latest.limit(1)).one()
            return from_json(compiled["fr"])

    def agent_id(self, matricule: str = OFFICER) -> int:
        """Find an agent by matricule."""
        with self.session() as session:
            return session.scalars(sa.select(Agent.id).where(Agent.matricule == matricule)).one()

    def attempts(self, matricule: str = OFFICER) -> list[Attempt]:
        """List an agent's attempts."""
        with self.session() as session:
            found = sa.select(Attempt).join(Enrolment).join(Agent)
            return list(session.scalars(found.where(Agent.matricule == matricule)))

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


def right_letters(item: AnyItem) -> tuple[str, ...]:
    """Give the letters that earn all the points of an item, as the scoring says."""
    letters = [choice.letter for choice in getattr(item, "choices", ())]
    every_set = chain.from_iterable(combinations(letters, n) for n in range(1, len(letters) + 1))
    return next(given for given in every_set if is_right(item, given))


def is_right(item: AnyItem, letters: tuple[str, ...]) -> bool:
    """Tell whether these letters earn all the points."""
    try:
        return items.credit(item, items.read_value(item, letters)) == 1
    except ValueError:  # Two letters where one is asked.
        return False


def wrong_letter(item: AnyItem) -> str:
    """Give a letter that earns less than all the points."""
    letters = [choice.letter for choice in getattr(item, "choices", ())]
    return next(letter for letter in letters if not is_right(item, (letter,)))
