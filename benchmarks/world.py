"""The database that is measured: the demonstration, and agents ready for the quiz."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session

from app import create_app
from app.catalogue.library import load
from app.catalogue.models import Module
from app.catalogue.queries import find_offered
from app.certificates.models import Certificate
from app.database import utc_now, write
from app.demo.agenda import FOCUS
from app.demo.inserting import insert_rows, insert_with_ids
from app.demo.preparing import prepare
from app.extensions import db
from app.learning.drawing import count_asked
from app.learning.models import Completion, Enrolment, StepVisit
from app.people.models import Agent, Assignment, OrganisationalUnit, SignInSession

SECRET_KEY = "for-measuring-only"  # noqa: S105
CANDIDATES = 3000
CORPS = "pn"
HOLDERS = 21
SETTINGS = {"SECRET_KEY": SECRET_KEY, "RATE_LIMITS": False, "LOG_LEVEL": "CRITICAL"}


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in browser: the headers that its requests carry."""

    agent_id: int
    matricule: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Holder:
    """Someone with a certificate, in their browser."""

    serial: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class World:
    """What the measures walk through."""

    app: Flask
    officer: Visitor
    hr: Visitor
    holders: list[Holder]
    """Agents whose certificate was never downloaded."""
    candidates: list[Visitor]
    """Agents who have read every step and may start the quiz."""
    questions: int
    """How many questions an attempt asks them."""

    def count_left(self, taken: int) -> int:
        """Count the candidates after the first ones."""
        return len(self.candidates) - taken


def build(url: str) -> World:
    """Load the demonstration and add the candidates."""
    app = create_app(SETTINGS | {"DATABASE_URL": url})
    with app.app_context():
        prepare()
        candidates = write(add_candidates, app)
        officer, hr = write(sign_in, app, ("demo-agent", "demo-rh"))
        offered = find_offered(db.session, FOCUS)
        assert offered is not None
        questions = count_asked(load(db.session, offered.version_id, "fr"), CORPS)
        holders = write(find_holders, app)
        world = World(app, officer, hr, holders, candidates, questions)
        db.engine.dispose()  # No connection may be shared with the clients' processes.
    return world


def sign_in(session: Session, app: Flask, matricules: tuple[str, ...]) -> list[Visitor]:
    """Open a session for people of the demonstration, in this order."""
    rows = session.execute(
        sa.select(Agent.id, Agent.matricule).where(Agent.matricule_key.in_(matricules))
    ).all()
    visitors = open_sessions(session, app, {row.id: row.matricule for row in rows})
    return sorted(visitors, key=lambda visitor: matricules.index(visitor.matricule))


def find_holders(session: Session, app: Flask) -> list[Holder]:
    """Open a session for some who hold a certificate."""
    rows = session.execute(
        sa.select(Agent.id, Agent.matricule, Certificate.serial)
        .join(Completion, Completion.agent_id == Agent.id)
        .join(Certificate, Certificate.completion_id == Completion.id)
        .join(Module, Module.id == Completion.module_id)
        .where(Agent.password_hash.is_(None), Module.slug == FOCUS)
        .order_by(Completion.id)
        .limit(HOLDERS)
    ).all()
    visitors = open_sessions(session, app, {row.id: row.matricule for row in rows})
    return [
        Holder(row.serial, visitor.headers) for row, visitor in zip(rows, visitors, strict=True)
    ]


def open_sessions(session: Session, app: Flask, matricules: dict[int, str]) -> list[Visitor]:
    """Open a session for each agent, as signing in does, and write its cookie."""
    now = utc_now()
    tokens = {agent_id: secrets.token_urlsafe(32) for agent_id in matricules}
    rows = [
        {
            "agent_id": agent_id,
            "token_hash": hashlib.sha256(token.encode()).hexdigest(),
            "created_at": now,
            "last_seen_at": now,
        }
        for agent_id, token in tokens.items()
    ]
    insert_rows(session, SignInSession, rows)
    return [
        Visitor(agent_id, matricules[agent_id], write_headers(app, token))
        for agent_id, token in tokens.items()
    ]


def write_headers(app: Flask, token: str) -> dict[str, str]:
    """Write the cookie and the anti-forgery header of a session."""
    raw = secrets.token_hex(20)
    content = {"_user_id": token, "_fresh": True, "csrf_token": raw}
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    forgery = URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token").dumps(raw)
    return {
        "Cookie": f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(content)}",
        "X-CSRFToken": forgery,
        "Accept": "text/html,*/*",
    }


def add_candidates(session: Session, app: Flask) -> list[Visitor]:
    """Add agents who have read the whole module, with the password of the demonstration."""
    now = utc_now()
    offered = find_offered(session, FOCUS)
    assert offered is not None
    unit_id = session.scalars(
        sa.select(OrganisationalUnit.id).where(OrganisationalUnit.code == "PN-VAL-VP-J")
    ).one()
    password = session.scalars(
        sa.select(Agent.password_hash).where(Agent.matricule_key == "demo-agent")
    ).one()
    assert password
    people = [candidate_row(number, password, now) for number in range(CANDIDATES)]
    agents = insert_with_ids(session, Agent, people)
    assignments = [assignment_row(agent, unit_id, now.date()) for agent in agents]
    insert_rows(session, Assignment, assignments)
    enrolments = insert_with_ids(
        session, Enrolment, [enrolment_row(agent, offered, now) for agent in agents]
    )
    steps = load(session, offered.version_id, "fr").steps_for(CORPS)
    insert_rows(
        session,
        StepVisit,
        [
            {"enrolment_id": enrolment, "step_id": step.id, "first_read_at": now,
             "last_read_at": now}
            for enrolment in enrolments
            for step in steps
        ],
    )  # fmt: skip
    matricules = [str(person["matricule"]) for person in people]
    return open_sessions(session, app, dict(zip(agents, matricules, strict=True)))


def candidate_row(number: int, password: str, now: datetime) -> dict[str, Any]:
    """Write a candidate as a row."""
    return {
        "matricule": f"banc-{number:04}",
        "matricule_key": f"banc-{number:04}",
        "given_name": "Camille",
        "family_name": f"Banc {number}",
        "language": "fr",
        "arrived_on": now.date() - timedelta(days=900),
        "password_hash": password,
    }


def assignment_row(agent_id: int, unit_id: int, today: date) -> dict[str, Any]:
    """Write a candidate's assignment as a row."""
    return {
        "agent_id": agent_id,
        "unit_id": unit_id,
        "corps": CORPS,
        "grade": "gardien de la paix",
        "category": "application",
        "starts_on": today - timedelta(days=900),
    }


def enrolment_row(agent_id: int, offered: Any, now: datetime) -> dict[str, Any]:
    """Write a candidate's enrolment as a row."""
    return {
        "agent_id": agent_id,
        "module_id": offered.module_id,
        "origin": "own",
        "enrolled_at": now,
        "started_at": now,
        "version_id": offered.version_id,
        "corps": CORPS,
    }
