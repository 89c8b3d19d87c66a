"""The answer key reaches no page before its time: a canary in every key, looked for everywhere."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.learning.models import Attempt
from tests.actors import ROLES, arguments_of, make_cast
from tests.learning.modules import MODULE
from tests.requests import address
from tests.signing_in import sign_in

GRADED = re.compile(r"CANARI-(QUIZ|CLE|BANQUE)")
PRACTICE = re.compile(r"CANARI-(RETOUR|EXPLICATION)")
ENDINGS = re.compile(r"CANARI-SILENCE")
REFLECTION = re.compile(r"CANARI-REFLEXION")
OWN_WORDS = {"learning.step", "learning.practice", "home.record_download", "learning.resume"}
"""Pages on which an agent reads their own reflections again."""
PREVIEWS = "studio."
SOURCES = {
    "studio.text",
    "studio.reread",
    "studio.revision",
    "studio.conflict",
    "studio.translation",
}
"""Pages on which those who write and review a module read its very text, keys included."""


def pages(app: Flask, session: Session, actor: str) -> dict[str, str]:
    """Read every page that an actor can open with their own things, by endpoint and address."""
    cast = make_cast(app, session)
    client = sign_in(app, cast.agents[actor])
    found = {}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in {"static", "assets.styles"}:
            continue
        values = arguments_of(rule, cast, actor)
        for number in range(1, 5) if "number" in rule.arguments else (1,):
            where = address(rule, values | {"number": number})
            response = client.get(where, follow_redirects=True)
            if response.status_code < 400 and response.mimetype != "application/pdf":
                found[f"{rule.endpoint} {where}"] = response.data.decode(errors="replace")
    return found


@pytest.mark.parametrize("actor", sorted(ROLES))
def test_no_page_shows_a_key_before_its_time_nor_a_reflection(
    app: Flask, session: Session, actor: str
) -> None:
    seen = pages(app, session, actor)
    assert len(seen) > 15
    for where, html in seen.items():
        if where.split()[0] in SOURCES:
            assert actor in {"trainer", "reviewer"}
            continue
        if actor != "graduate":
            assert not GRADED.search(html), where
        assert not PRACTICE.search(html), where
        assert not ENDINGS.search(html), where
        if where.split()[0] not in OWN_WORDS:
            assert not REFLECTION.search(html), where


def test_the_key_is_there_once_the_quiz_is_submitted(app: Flask, session: Session) -> None:
    seen = pages(app, session, "graduate")
    result = next(html for where, html in seen.items() if where.startswith("learning.result"))
    assert GRADED.search(result)


def test_the_canaries_are_in_the_module_and_the_attempts_are_open(
    app: Flask, session: Session
) -> None:
    for canary in (GRADED, PRACTICE, ENDINGS):
        assert canary.search(MODULE)
    make_cast(app, session)
    assert session.query(Attempt).filter(Attempt.submitted_at.is_(None)).count() == len(ROLES) - 1
