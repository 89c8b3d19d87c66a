"""Who is in the demonstration, and what its six accounts open on."""

from __future__ import annotations

from collections import Counter, defaultdict

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access import Role
from app.catalogue.models import LearningPath, Module
from app.database import utc_now
from app.demo.accounts import ACCOUNTS, PASSWORD
from app.demo.agenda import FOCUS
from app.learning.models import Attempt, Completion, Enrolment, StepVisit
from app.people.hashing import Cost, matches
from app.people.models import Agent, EthicsContact, OrganisationalUnit, RoleAssignment


def count(session: Session, model: type) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_everyone_and_every_unit_is_there(reading: Session) -> None:
    assert count(reading, Agent) == 400
    assert count(reading, OrganisationalUnit) == 60
    depths = reading.scalars(sa.select(OrganisationalUnit.path))
    assert max(path.count("/") - 1 for path in depths) == 5


def test_only_the_accounts_have_a_password_and_it_opens_them(reading: Session) -> None:
    rows = reading.execute(
        sa.select(Agent.matricule, Agent.password_hash).where(Agent.password_hash.is_not(None))
    ).all()
    assert {row.matricule for row in rows} == {account.matricule for account in ACCOUNTS}
    assert all(matches(row.password_hash, PASSWORD, Cost()) for row in rows)


def test_each_account_holds_its_roles(reading: Session) -> None:
    rows = reading.execute(
        sa.select(Agent.matricule, RoleAssignment.role)
        .join(RoleAssignment, RoleAssignment.agent_id == Agent.id)
        .where(Agent.matricule.startswith("demo-"))
    )
    held = defaultdict(set)
    for matricule, role in rows:
        held[matricule].add(role)
    assert held == {
        "demo-encadrant": {Role.SUPERVISOR},
        "demo-formateur": {Role.TRAINER},
        "demo-relecteur": {Role.REVIEWER},
        "demo-rh": {Role.HR_READER, Role.HR_FOLLOW_UP},
        "demo-admin": {Role.ADMINISTRATOR},
    }


def test_the_demo_agent_has_read_one_step_of_a_module_due_soon(reading: Session) -> None:
    rows = reading.execute(
        sa.select(Enrolment, Module.slug, Completion.id)
        .join(Module, Module.id == Enrolment.module_id)
        .join(Agent, Agent.id == Enrolment.agent_id)
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .where(Agent.matricule == "demo-agent")
    ).all()
    ((left, slug, _),) = [row for row in rows if row[2] is None]
    assert slug == FOCUS
    assert left.due_on is not None
    assert 0 < (left.due_on - utc_now().date()).days < 15
    visits = reading.scalars(sa.select(StepVisit).where(StepVisit.enrolment_id == left.id)).all()
    assert len(visits) == 1
    assert not reading.scalars(sa.select(Attempt).where(Attempt.enrolment_id == left.id)).all()
    assert len(rows) >= 5, "a few modules are completed, each with its certificate"


def test_the_other_accounts_have_done_all_that_is_asked(reading: Session) -> None:
    left = reading.scalars(
        sa.select(Agent.matricule)
        .join(Enrolment, Enrolment.agent_id == Agent.id)
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .where(Agent.matricule.startswith("demo-"), Completion.id.is_(None))
    ).all()
    assert left == ["demo-agent"]


def test_the_supervisor_of_the_demonstration_follows_the_leaders_path(reading: Session) -> None:
    path = sa.select(LearningPath.module_slugs).where(LearningPath.slug == "encadrants")
    done = set(
        reading.scalars(
            sa.select(Module.slug)
            .join(Completion, Completion.module_id == Module.id)
            .join(Agent, Agent.id == Completion.agent_id)
            .where(Agent.matricule == "demo-encadrant")
        )
    )
    assert set(reading.scalars(path).one()) == done


def test_each_corps_has_a_contact_and_some_kinds_are_left_empty(reading: Session) -> None:
    kinds = Counter(reading.scalars(sa.select(EthicsContact.corps)))
    assert set(kinds) == {"pn", "gn", "pm", "sp", "pref"}
    assert sum(kinds.values()) < 20
