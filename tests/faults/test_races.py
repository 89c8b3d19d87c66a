"""The same act from many connections at once, on a real server: the counts are exact."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from operator import methodcaller

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.access import Role
from app.certificates.models import Certificate, CertificateEvent
from app.journal.models import JournalEntry
from app.journal.services import Action
from app.learning.models import Answer, Attempt, Completion, Enrolment, StepVisit
from app.people.models import RoleAssignment
from tests.clients import Client, Reply
from tests.factories import Factories
from tests.faults.conftest import Connect
from tests.faults.sittings import make_ready, right, sit
from tests.learning.modules import SLUG, publish_module

AT_ONCE = 32
ROUNDS = 3


def all_at_once(clients: list[Client], act: Callable[[Client], Reply]) -> Counter[int]:
    """Let every client do the same at the same moment; count the statuses."""
    gate = threading.Barrier(len(clients))
    statuses: list[int] = []

    def run(client: Client) -> None:
        client.get("/healthz")  # The connection stands before the race.
        gate.wait()
        statuses.append(act(client).status)

    threads = [threading.Thread(target=run, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(statuses)


def count(session: Session, table: type) -> int:
    """Count the rows of a table."""
    session.rollback()
    return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_enrolling_at_once_gives_one_place(
    app: Flask, session: Session, factories: Factories, connect: Connect
) -> None:
    publish_module(session)
    for number in range(1, ROUNDS + 1):
        agent = factories.agent()
        session.commit()
        path = f"/apprendre/{SLUG}/inscription"
        statuses = all_at_once(connect(agent.id, AT_ONCE), methodcaller("post", path))
        assert set(statuses) <= {302, 303}, statuses
        assert count(session, Enrolment) == number


def test_opening_an_attempt_at_once_gives_one(
    app: Flask, session: Session, factories: Factories, connect: Connect
) -> None:
    publish_module(session)
    for number in range(1, ROUNDS + 1):
        agent, _ = make_ready(app, factories)
        path = f"/apprendre/{SLUG}/tentatives"
        statuses = all_at_once(connect(agent.id, AT_ONCE), methodcaller("post", path))
        assert set(statuses) <= {302, 303}, statuses
        assert count(session, Attempt) == number


def test_reading_a_step_at_once_gives_one_visit(
    app: Flask, session: Session, factories: Factories, connect: Connect
) -> None:
    publish_module(session)
    agent = factories.agent()
    session.commit()
    connect(agent.id)[0].post(f"/apprendre/{SLUG}/inscription")
    path = f"/apprendre/{SLUG}/etapes/comprendre"
    statuses = all_at_once(connect(agent.id, AT_ONCE), methodcaller("post", path))
    assert set(statuses) <= {302, 303}, statuses
    assert count(session, StepVisit) == 1


def test_the_same_answer_at_once_is_kept_once(
    app: Flask, session: Session, factories: Factories, connect: Connect
) -> None:
    publish_module(session)
    for number in range(1, ROUNDS + 1):
        desk = sit(app, factories)
        item_id = desk.item_ids[0]
        answer = {"values": right(item_id), "token": "the-same"}
        path = desk.answer_path(item_id)
        clients = connect(desk.agent_id, AT_ONCE)
        statuses = all_at_once(clients, methodcaller("put", path, answer))
        assert statuses == {200: AT_ONCE}
        assert count(session, Answer) == number


def test_handing_in_at_once_completes_and_certifies_once(
    app: Flask, session: Session, factories: Factories, connect: Connect
) -> None:
    publish_module(session)
    for number in range(1, ROUNDS + 1):
        desk = sit(app, factories)
        clients = connect(desk.agent_id, AT_ONCE)
        for item_id in desk.item_ids:
            answer = {"values": right(item_id), "token": f"token-{item_id}"}
            assert clients[0].put(desk.answer_path(item_id), answer).status == 200
        path = f"{desk.path}/remise"
        statuses = all_at_once(clients, methodcaller("post", path, sans_reponse=0))
        assert set(statuses) <= {302, 303}, statuses
        for table in (Completion, Certificate, CertificateEvent):
            assert count(session, table) == number


def test_granting_and_ending_a_role_at_once_happen_once(
    app: Flask, session: Session, factories: Factories, connect: Connect
) -> None:
    unit = factories.root()
    administrator = factories.agent(Role.ADMINISTRATOR)
    held = 1
    for number in range(1, ROUNDS + 1):
        agent = factories.agent()
        session.commit()
        clients = connect(administrator.id, AT_ONCE)
        path = f"/administration/personnes/{agent.id}/roles"
        grant = methodcaller("post", path, role=Role.TRAINER, unit_id=unit.id)
        statuses = all_at_once(clients, grant)
        assert set(statuses) <= {302, 303}, statuses
        assert count(session, RoleAssignment) == held + number
        assert acts(session, Action.ROLE_GRANTED) == number
        row = sa.select(RoleAssignment.id).where(RoleAssignment.agent_id == agent.id)
        end = methodcaller("post", f"{path}/{session.scalars(row).one()}/fin")
        all_at_once(clients, end)
        assert acts(session, Action.ROLE_ENDED) == number


def acts(session: Session, action: Action) -> int:
    """Count the journal's entries of an action."""
    session.rollback()
    found = sa.select(sa.func.count(JournalEntry.id)).where(JournalEntry.action == action)
    return session.scalar(found) or 0
