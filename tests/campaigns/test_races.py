"""A campaign closed while something goes through the open ones."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns import listening, nightly, queries, services
from app.campaigns.queries.duties import get_duty
from app.database import write
from app.extensions import db
from app.journal.models import JournalEntry
from app.journal.services import Action
from app.learning.models import Enrolment
from app.people.models import Agent
from tests.campaigns.making import make_module, noon
from tests.factories import Factories

OPENS = date(2026, 3, 1)


@pytest.fixture
def campaign_id(session: Session, factories: Factories) -> int:
    """Make an open campaign that asks a module of two agents."""
    for _agent in range(2):
        factories.agent()
    make_module(session)
    made = services.create(
        session, title="Probité", unit_id=factories.root().id, opens_on=OPENS, delay_days=90,
        module_slugs=["probite"], now=noon(OPENS),
    )  # fmt: skip
    session.commit()
    return made


def test_a_campaign_closed_while_the_directory_is_loaded_stops_nothing(
    campaign_id: int, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen_open = queries.list_open_ids(session)
    services.close(session, campaign_id, now=noon(OPENS))
    monkeypatch.setattr(queries, "list_open_ids", lambda _session: seen_open)
    listening.enrol_newcomers(session)
    assert session.scalars(select(Enrolment)).all() == []


def test_what_a_run_did_before_its_campaign_closed_is_journalled(
    app: Flask, campaign_id: int, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = session.scalars(select(Agent.id).order_by(Agent.id))
    looked: list[int] = []

    def close_at_the_second(*_asked: object) -> bool:
        if looked:
            write(services.close, campaign_id, now=noon(OPENS))
        looked.append(1)
        return True

    monkeypatch.setattr(nightly, "list_spans", lambda: [(first, first), (second, second)])
    monkeypatch.setattr(nightly, "has_work", close_at_the_second)
    with app.app_context():
        duty = get_duty(db.session, campaign_id)
        done = nightly.run_one(duty, today=OPENS, now=noon(OPENS))
    assert done == services.Enrolled(added=1)
    session.rollback()  # It saw the moment before.
    noted = select(JournalEntry).where(JournalEntry.action == Action.CAMPAIGN_ENROLLED)
    assert len(session.scalars(noted).all()) == 1
