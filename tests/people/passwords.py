"""Cheap passwords for tests, and forms posted with the token of their page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.people import hashing
from app.people.models import Agent

CHEAP = {"PASSWORD_MEMORY_KIB": 8, "PASSWORD_PASSES": 1}
PASSWORD = "tilleul cascade boussole"


@lru_cache
def hashed(password: str) -> str:
    """Hash a password at the tests' cost, once."""
    return hashing.hash_password(password, hashing.Cost(memory_kib=8, passes=1))


def give_password(agent: Agent, password: str = PASSWORD) -> Agent:
    """Give an agent a password."""
    agent.password_hash = hashed(password)
    return agent


@dataclass(frozen=True)
class OpenForm:
    """A page that was read, and what posts its forms."""

    client: FlaskClient
    text: str
    token: str

    def post(self, path: str, data: dict[str, str]) -> TestResponse:
        """Post a form with the page's anti-forgery token, and let the response go whole."""
        response = self.client.post(path, data=data | {"csrf_token": self.token})
        response.get_data()
        response.close()
        return response


def open_form(client: FlaskClient, path: str) -> OpenForm:
    """Read a page and its anti-forgery token."""
    text = client.get(path).text
    found = re.search(r'name="csrf_token" value="([^"]+)"', text)
    assert found, text
    return OpenForm(client, text, found[1])


def plain(text: str) -> str:
    """Make the spaces of French typography ordinary ones."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
