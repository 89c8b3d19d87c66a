"""Drafts that a test begins, and what is sent to their pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.studio.queries.drafts import TextRow, list_texts
from app.studio.services.drafts import begin
from app.studio.services.saving import Saved, save_text
from tests.catalogue.texts import BANK, MODULE

SLUG = "cafe-offert"
TEXTS = {"module.md": MODULE, "banques/cas.md": BANK}
START = datetime(2026, 11, 23, 8, tzinfo=UTC)
PLACE = "/formateur/brouillons"


class Desk:
    """A draft of the small module, and the clock of those who write it."""

    def __init__(self, session: Session, agent_id: int, texts: dict[str, str] = TEXTS) -> None:
        self.session, self.agent_id, self.clock = session, agent_id, START
        self.id = begin(session, SLUG, texts, agent_id=agent_id, now=self.clock)
        session.commit()

    def save(self, text: str, base: int, path: str = "module.md", **more: Any) -> Saved:
        """Save a text, a second after the last one."""
        self.clock += timedelta(seconds=more.pop("after", 1))
        values = {"agent_id": self.agent_id, "now": self.clock} | more
        saved = save_text(self.session, self.id, path, text, base=base, **values)
        self.session.commit()
        return saved

    def row(self, path: str = "module.md") -> TextRow:
        """Read a text as it is now."""
        self.session.rollback()
        found = next(one for one in list_texts(self.session, self.id) if one.path == path)
        self.session.rollback()  # PostgreSQL ends a session that stays in a transaction.
        return found

    def address(self, rest: str = "") -> str:
        """Give the address of a page of the draft."""
        return f"{PLACE}/{self.id}{rest}"


def token_of(client: FlaskClient, address: str) -> str:
    """Read the token of a page's forms."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(address).text)
    assert found
    return found[1]


def put(client: FlaskClient, address: str, **sent: Any) -> Any:
    """Send JSON as a script does."""
    token = token_of(client, "/formateur/brouillons/nouveau")
    return client.put(address, json=sent, headers={"X-CSRFToken": token})


def post(client: FlaskClient, address: str, **sent: Any) -> Any:
    """Send JSON as a script does, to what acts or answers."""
    token = token_of(client, "/formateur/brouillons/nouveau")
    return client.post(address, json=sent, headers={"X-CSRFToken": token})
