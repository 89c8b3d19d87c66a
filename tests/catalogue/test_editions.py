"""A translation says when its reference was reviewed after it."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.catalogue import services
from app.catalogue.editions import is_behind
from app.catalogue.library import open_edition
from app.database import utc_now
from app.dialect.compiled import CompiledModule
from tests.catalogue.texts import ENGLISH, read
from tests.factories import Factories
from tests.pages import words
from tests.signing_in import sign_in

NOTE = "Traduction en cours de mise à jour"
OLD = ENGLISH.replace("revu_le: 2026-01-10", "revu_le: 2025-12-31")


def module(language: str, reviewed_on: str) -> CompiledModule:
    return CompiledModule(
        slug="x", language=language, title="X", minutes=1, audience=(), skills=(),
        reviewed_on=reviewed_on,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("reference", "translation", "behind"),
    [
        ("2026-01-10", "2026-01-09", True),
        ("2026-01-10", "2026-01-10", False),
        ("2026-01-10", "2026-01-11", False),
        ("2026-01-10", "", True),
        ("", "2026-01-09", False),
        ("", "", False),
    ],
)
def test_a_translation_is_behind_when_its_reference_was_reviewed_later(
    reference: str, translation: str, behind: bool
) -> None:
    assert is_behind(module("en", translation), module("fr", reference)) is behind


def test_a_reference_is_never_behind() -> None:
    assert not is_behind(module("fr", ""), module("fr", "2026-01-10"))


@pytest.mark.parametrize(("english", "behind"), [(OLD, True), (ENGLISH, False)])
def test_the_pages_of_a_translation_that_is_behind_say_so(
    app: Flask, session: Session, factories: Factories, english: str, behind: bool
) -> None:
    done = services.publish(session, read(english=english), author_id=None, now=utc_now())
    reader = factories.agent(corps="pn", language="en")
    session.commit()
    assert open_edition(session, done.version_id, "en").is_behind is behind
    client = sign_in(app, reader)
    assert ("Translation being updated" in words(client.get("/modules/cafe-offert"))) is behind
    with client.session_transaction() as cookie:
        cookie["language"] = "fr"
    assert NOTE not in words(client.get("/modules/cafe-offert"))
