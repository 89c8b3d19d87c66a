"""Sixty-four at once: exact counts, on both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Role
from app.database import utc_now, write
from app.journal.models import JournalEntry
from app.people import throttling
from app.people.models import Agent, PasswordReset, RoleAssignment, SignInCounter
from app.people.services import administration, passwords, roles
from app.people.sessions import hash_token
from tests.factories import Factories

CROWD = 64


def crowd(app: Flask, act: Callable[[int], Any], number: int = CROWD) -> Counter[Any]:
    """Run an act in many threads at once, and count the answers."""

    def run(index: int) -> Any:
        with app.app_context():
            return act(index)

    with ThreadPoolExecutor(number) as pool:
        return Counter(pool.map(run, range(number)))


def test_a_role_granted_by_a_crowd_is_granted_once(
    app: Flask, session: Session, factories: Factories
) -> None:
    agent, unit = factories.agent(), factories.root()
    session.commit()

    def grant(_: int) -> bool:
        return write(
            roles.grant_role, agent_id=agent.id, role=Role.TRAINER, unit_id=unit.id,
            actor_id=None, now=utc_now(),
        )  # fmt: skip

    assert crowd(app, grant) == {True: 1, False: CROWD - 1}
    assert session.scalar(select(func.count()).select_from(RoleAssignment)) == 1
    assert session.scalar(select(func.count()).select_from(JournalEntry)) == 1


def test_a_role_ended_by_a_crowd_is_ended_once(
    app: Flask, session: Session, factories: Factories
) -> None:
    agent = factories.agent(Role.TRAINER)
    role = session.scalars(select(RoleAssignment)).one()
    session.commit()

    def end(_: int) -> bool:
        return write(
            roles.end_role, role_assignment_id=role.id, agent_id=agent.id, actor_id=agent.id,
            now=utc_now(),
        )  # fmt: skip

    assert crowd(app, end) == {True: 1, False: CROWD - 1}
    assert session.scalar(select(func.count()).select_from(JournalEntry)) == 1


def test_a_link_used_by_a_crowd_is_used_once(
    app: Flask, session: Session, factories: Factories
) -> None:
    agent = factories.agent()
    session.add(
        PasswordReset(
            agent_id=agent.id, token_hash=hash_token("token"),
            expires_at=utc_now() + timedelta(minutes=9),
        )
    )  # fmt: skip
    session.commit()

    def use(index: int) -> str:
        try:
            write(passwords.use_reset, token="token", new_hash=f"hash {index}", address="",
                  now=utc_now())  # fmt: skip
        except passwords.SpentResetError:
            return "spent"
        return f"hash {index}"

    answers = crowd(app, use)
    winner = next(answer for answer in answers if answer != "spent")
    assert answers == {"spent": CROWD - 1, winner: 1}
    session.refresh(agent)
    assert agent.password_hash == winner


def test_a_crowd_gets_no_more_tries_than_one_person(app: Flask, session: Session) -> None:
    now = utc_now()
    counted = throttling.counted_as("x", "password", matricule_key="pn1", address="10.0.0.7")

    def try_once(_: int) -> bool:
        return write(throttling.count_try, counted=counted, now=now) is None

    assert crowd(app, try_once) == {True: 5, False: CROWD - 5}
    counts = select(SignInCounter.failures).order_by(SignInCounter.key)
    assert session.scalars(counts).all() == [5, 5]


def test_every_failure_of_a_crowd_is_counted(app: Flask, session: Session) -> None:
    now = utc_now()

    def fail(index: int) -> bool:
        counted = throttling.counted_as("x", "p", matricule_key=f"a{index}", address="10.0.0.7")
        return write(throttling.count_try, counted=counted, now=now) is None

    assert crowd(app, fail) == {True: 60, False: 4}
    address = select(SignInCounter.failures).where(SignInCounter.key.startswith("address:"))
    assert session.scalars(address).one() == 60


def test_administrators_who_remove_one_another_leave_one(
    app: Flask, session: Session, factories: Factories
) -> None:
    people = [factories.agent(Role.ADMINISTRATOR) for _ in range(8)]
    held = session.execute(select(RoleAssignment.agent_id, RoleAssignment.id))
    roles_of = {row.agent_id: row.id for row in held}
    session.commit()

    def remove(index: int) -> str:
        victim, actor = people[index].id, people[index - 1].id
        try:
            if index % 2:
                write(roles.end_role, role_assignment_id=roles_of[victim], agent_id=victim,
                      actor_id=actor, now=utc_now())  # fmt: skip
            else:
                write(administration.deactivate, agent_id=victim, actor_id=actor, now=utc_now())
        except roles.LastAdministratorError:
            return "kept"
        return "removed"

    assert crowd(app, remove, len(people)) == {"kept": 1, "removed": len(people) - 1}
    left = session.scalar(
        select(func.count())
        .select_from(RoleAssignment)
        .join(Agent, Agent.id == RoleAssignment.agent_id)
        .where(RoleAssignment.ended_at.is_(None), Agent.deactivated_at.is_(None))
    )
    assert left == 1
