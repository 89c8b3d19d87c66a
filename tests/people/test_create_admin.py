"""The first administrator, from the command line."""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Role
from app.people import hashing
from app.people.models import Agent, OrganisationalUnit, RoleAssignment
from tests.factories import Factories


def create(app: Flask, *arguments: str, **options: str):  # type: ignore[no-untyped-def]
    runner = app.test_cli_runner()
    return runner.invoke(args=["people", "create-admin", *arguments], **options)  # type: ignore[arg-type]


def test_an_empty_organisation_gets_a_root_and_a_one_time_password(
    app: Flask, session: Session
) -> None:
    result = create(app, "ADM 1", "Ada", "Byron")
    assert result.exit_code == 0, result.output
    password = re.search(r"sign-in: (\S+)", result.output)
    agent = session.scalars(select(Agent)).one()
    role = session.scalars(select(RoleAssignment)).one()
    assert password is not None
    assert hashing.matches(agent.password_hash, password[1], hashing.Cost())
    assert (agent.matricule_key, agent.must_change_password) == ("adm1", True)
    assert agent.password_expires_at is not None
    assert (role.role, role.agent_id) == (Role.ADMINISTRATOR, agent.id)
    assert session.get_one(OrganisationalUnit, role.unit_id).path == f"/{role.unit_id}/"


def test_a_known_agent_keeps_the_name_and_holds_the_role_once(
    app: Flask, session: Session, factories: Factories
) -> None:
    agent = factories.agent(matricule="M1", given_name="Zoé")
    session.commit()
    for _ in range(2):
        assert create(app, "m1", "X", "Y").exit_code == 0
    session.refresh(agent)
    assert agent.given_name == "Zoé"
    assert len(session.scalars(select(RoleAssignment)).all()) == 1


def test_a_password_read_from_standard_input_is_kept(app: Flask, session: Session) -> None:
    options = ("ADM", "Ada", "Byron", "--password-stdin")
    assert "too_short" in create(app, *options, input="short\n").output
    assert "common" in create(app, *options, input="motdepasse123456\n").output
    result = create(app, *options, input="tilleul cascade boussole\n")
    assert result.exit_code == 0, result.output
    agent = session.scalars(select(Agent)).one()
    assert (agent.must_change_password, agent.password_expires_at) == (False, None)
    assert hashing.matches(agent.password_hash, "tilleul cascade boussole", hashing.Cost())


def test_an_empty_matricule_is_refused(app: Flask) -> None:
    assert create(app, " ", "Ada", "Byron").exit_code == 1
