"""An organisation with an administrator, and a client signed in as that person."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.access import Role
from app.people.models import Agent
from tests.factories import Factories
from tests.people.passwords import CHEAP
from tests.signing_in import sign_in


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app(**CHEAP)


@pytest.fixture
def administrator(session: Session, factories: Factories) -> Agent:
    agent = factories.agent(
        Role.ADMINISTRATOR, matricule="ADM", given_name="Ada", family_name="Byron"
    )
    session.commit()
    return agent


@pytest.fixture
def agent(session: Session, factories: Factories, administrator: Agent) -> Agent:
    agent = factories.agent(matricule="PN 7", given_name="Zoé", family_name="Lefèvre")
    session.commit()
    return agent


@pytest.fixture
def client(app: Flask, administrator: Agent) -> FlaskClient:
    return sign_in(app, administrator)
