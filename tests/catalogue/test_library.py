"""Versions served from memory."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.catalogue import library, services
from app.catalogue.library import Shelf, load, open_edition
from app.database import utc_now
from app.extensions import db
from tests.catalogue.texts import ENGLISH, MODULE, read


@pytest.fixture
def version_id(session: Session) -> int:
    done = services.publish(session, read(english=ENGLISH), author_id=None, now=utc_now())
    session.commit()
    return done.version_id


def test_a_version_costs_one_statement_then_none(app: Flask, version_id: int) -> None:
    seen: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
        first = open_edition(db.session, version_id, "fr")
        assert len(seen) == 1
        assert open_edition(db.session, version_id, "fr") is first
        assert load(db.session, version_id, "en").title == "The free coffee"
        assert len(seen) == 1


def test_a_language_that_is_missing_falls_back_to_french(session: Session, version_id: int) -> None:
    edition = open_edition(session, version_id, "de")
    assert (edition.language, edition.title) == ("fr", "Le café offert")
    assert edition.languages == ("fr", "en")


def test_an_unknown_version_is_a_key_error(session: Session) -> None:
    with pytest.raises(KeyError):
        open_edition(session, 404, "fr")


def test_a_full_shelf_gives_up_what_was_asked_for_the_longest_ago() -> None:
    shelf = Shelf(capacity=2)
    for number in (1, 2):
        shelf.put(number, {})
    shelf.find(1)
    shelf.put(3, {})
    assert list(shelf.volumes) == [1, 3]


def test_two_databases_do_not_share_a_shelf(session: Session, version_id: int) -> None:
    open_edition(session, version_id, "fr")
    assert len(library.shelf_of(session).volumes) == 1


def test_many_threads_open_the_same_version(app: Flask, version_id: int) -> None:
    def work(_: int) -> str:
        with app.app_context():
            return open_edition(db.session, version_id, "fr").module.title

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(work, range(64))) == {"Le café offert"}


def test_a_version_is_the_text_of_its_day(session: Session, version_id: int) -> None:
    before = open_edition(session, version_id, "fr").module
    other = read(MODULE.replace("# Le café offert", "# Autre titre"))
    services.publish(session, other, author_id=None, now=utc_now())
    session.commit()
    library.shelf_of(session).volumes.clear()
    assert open_edition(session, version_id, "fr").module == before
