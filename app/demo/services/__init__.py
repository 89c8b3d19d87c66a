"""Load the demonstration, in one transaction; tell whether it is there already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days import end_of
from app.demo.accounts import FIRST
from app.demo.calendar import snapshot_days
from app.demo.editions import Content
from app.demo.history import History
from app.demo.services.campaigning import add_campaigns
from app.demo.services.certifying import Record, add_certificates, add_completions
from app.demo.services.learning import add_attempts, add_enrolments, add_practice
from app.demo.services.organising import add_contacts, add_people, add_units
from app.demo.services.publishing import publish_content
from app.demo.services.telling import add_until, list_entries
from app.people.models import Agent
from app.statistics.services import take_snapshot


class RealDataError(Exception):
    """The database holds people who are not of the demonstration; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the history needs of the settings, and of the day."""

    now: datetime
    organisation: str
    validity_months: int
    passwords: Mapping[str, str]
    """Password hashes by matricule."""


def is_loaded(session: Session) -> bool:
    """Tell whether the demonstration is in this database."""
    return session.scalar(sa.select(Agent.id).where(Agent.matricule_key == FIRST)) is not None


def check_empty(session: Session) -> None:
    """Raise `RealDataError` when anyone is here who is not of the demonstration."""
    if session.scalar(sa.select(Agent.id).limit(1)) is not None:
        raise RealDataError


def load(session: Session, history: History, content: Content, terms: Terms) -> bool:
    """Add the organisation and its history; False, and nothing, where it was loaded before.

    Raises `RealDataError` in a database that holds anyone else.
    """
    if is_loaded(session):
        return False
    check_empty(session)
    units = add_units(session, today=history.today)
    agents = add_people(session, history.people, units, terms.passwords)
    add_contacts(session)
    published = publish_content(session, content, author_id=agents["demo-formateur"], now=terms.now)
    versions, journeys = published.versions, history.journeys
    campaigns = add_campaigns(
        session, history.duties, units, published.paths, created_by=agents["demo-rh"]
    )
    enrolments = add_enrolments(session, journeys, agents, campaigns, versions)
    add_practice(session, journeys, enrolments, now=terms.now)
    attempts = add_attempts(session, journeys, enrolments, versions)
    record = Record(agents, units, versions, enrolments, attempts)
    completed = add_completions(session, journeys, record, validity_months=terms.validity_months)
    certificates = add_certificates(session, completed, record, organisation=terms.organisation)
    proofs = list(zip(completed, certificates, strict=True))
    entries = list_entries(history, agents, campaigns, proofs)
    for day in snapshot_days(history.today):
        moment = min(end_of(day), terms.now)
        entries = add_until(session, entries, moment)
        take_snapshot(session, as_of=day, now=moment)
    return True
