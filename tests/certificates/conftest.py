"""A completed module, and its certificate."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from app.certificates.models import Certificate
from app.certificates.services import issue
from app.people.models import Agent
from tests import record_rows
from tests.factories import Factories

Certify = Callable[..., Certificate]


@pytest.fixture
def certify(session: Session, factories: Factories) -> Certify:
    """Complete a module for an agent and issue its certificate, committed."""

    def make(
        agent: Agent, *, cycle: int = 1, title: str = "Probité", **values: object
    ) -> Certificate:
        published = record_rows.version(factories, f"module-{factories.number()}", title=title)
        done = record_rows.completion(factories, agent, published, cycle=cycle, **values)
        certificate = issue(
            session, done, organisation="Ministère de démonstration", now=done.completed_at
        )
        session.commit()
        return certificate

    return make
