"""Sessions are rows: what opens one, what ends it, what it costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from app.access import Role
from app.database import Busy, utc_now, write
from app.extensions import db
from app.people import queries, sessions
from app.people.models import Assignment, RoleAssignment, SignInSession
from app.people.sessions import SessionLimits, load_session, start_session
from tests.factories import Factories
from tests.signing_in import sign_in

LIMITS = SessionLimits()


def test_one_statement_gives_the_agent_the_unit_and_the_roles(
    app: Flask, session: Session, factories: Factories
) -> None:
    root = factories.unit(name="Direction")
    below = factories.unit(root, name="Brigade")
    agent = factories.agent(Role.TRAINER, Role.SUPERVISOR, unit=below)
    token = start_session(session, agent_id=agent.id, now=utc_now())
    session.commit()
    statements: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *a: statements.append(a[2]))
    loaded = load_session(session, token=token, now=utc_now(), limits=LIMITS)
    assert loaded is not None
    assert len([line for line in statements if "SELECT" in line]) == 1
    assert loaded.agent.full_name == agent.given_name + " Martin"
    assert loaded.agent.unit_name == "Brigade"
    assert {held.role for held in loaded.agent.roles} == {Role.TRAINER, Role.SUPERVISOR}
    assert loaded.agent.paths(Role.TRAINER) == (below.path,)
    assert not loaded.is_stale


def test_the_database_never_holds_the_token(session: Session, factories: Factories) -> None:
    token = start_session(session, agent_id=factories.agent().id, now=utc_now())
    row = session.scalars(select(SignInSession)).one()
    assert token not in (row.token_hash, str(row.id))
    assert len(token) >= 43


@pytest.mark.parametrize("role", [None, Role.HR_READER, Role.HR_FOLLOW_UP, Role.ADMINISTRATOR])
def test_a_session_dies_of_rest_sooner_for_privileged_roles(
    session: Session, factories: Factories, role: Role | None
) -> None:
    agent = factories.agent(*([role] if role else []))
    start = utc_now()
    token = start_session(session, agent_id=agent.id, now=start)
    rest = timedelta(minutes=30) if role else timedelta(hours=12)
    second = timedelta(seconds=1)
    assert load_session(session, token=token, now=start + rest, limits=LIMITS)
    assert not load_session(session, token=token, now=start + rest + second, limits=LIMITS)


def test_a_session_in_use_still_ends_after_a_day(session: Session, factories: Factories) -> None:
    start = utc_now()
    token = start_session(session, agent_id=factories.agent().id, now=start)
    session.execute(update(SignInSession).values(last_seen_at=start + timedelta(hours=24)))
    day, second = timedelta(hours=24), timedelta(seconds=1)
    assert load_session(session, token=token, now=start + day, limits=LIMITS)
    assert not load_session(session, token=token, now=start + day + second, limits=LIMITS)


def test_ended_sessions_and_deactivated_agents_open_nothing(
    session: Session, factories: Factories
) -> None:
    agent, now = factories.agent(), utc_now()
    kept, ended = (start_session(session, agent_id=agent.id, now=now) for _ in range(2))
    loaded = load_session(session, token=kept, now=now, limits=LIMITS)
    assert loaded is not None
    sessions.end_all_sessions(session, agent_id=agent.id, now=now, but=loaded.agent.session_id)
    assert load_session(session, token=kept, now=now, limits=LIMITS)
    assert not load_session(session, token=ended, now=now, limits=LIMITS)
    assert not load_session(session, token="unknown", now=now, limits=LIMITS)
    agent.deactivated_at = now
    assert not load_session(session, token=kept, now=now, limits=LIMITS)


def test_an_agent_without_assignment_or_role_still_signs_in(
    session: Session, factories: Factories
) -> None:
    agent = factories.agent(Role.TRAINER)
    session.execute(update(Assignment).values(ends_on=utc_now().date()))
    session.execute(update(RoleAssignment).values(ended_at=utc_now()))
    token = start_session(session, agent_id=agent.id, now=utc_now())
    loaded = load_session(session, token=token, now=utc_now(), limits=LIMITS)
    assert loaded is not None
    assert (loaded.agent.unit_id, loaded.agent.corps, loaded.agent.roles) == (None, "", ())


def test_last_seen_is_written_at_most_every_five_minutes(
    app: Flask, session: Session, factories: Factories
) -> None:
    start = utc_now()
    token = start_session(session, agent_id=factories.agent().id, now=start)
    session.commit()
    soon, later = start + timedelta(minutes=4), start + timedelta(minutes=6)
    loaded = load_session(session, token=token, now=later, limits=LIMITS)
    assert loaded is not None
    assert loaded.is_stale
    session.commit()  # On SQLite this session holds the writer's place.
    with app.app_context():
        for now, seen in ((soon, start), (later, later), (later + timedelta(seconds=9), later)):
            write(sessions.touch_session, session_id=loaded.agent.session_id, now=now)
            assert session.scalars(select(SignInSession.last_seen_at)).one() == seen
            session.commit()


def test_a_page_loads_the_agent_once_and_writes_nothing(
    make_app: Callable[..., Flask], session: Session, factories: Factories
) -> None:
    from app.access import current_agent, policy

    app = make_app()

    @policy()
    def who() -> str:
        return current_agent().full_name + current_agent().matricule

    app.add_url_rule("/qui", view_func=who)
    agent = factories.agent()
    session.commit()
    client = sign_in(app, agent)
    statements: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    assert agent.matricule in client.get("/qui").text
    assert len(statements) == 1


def test_a_page_writes_that_the_session_was_seen_after_it_is_made(
    app: Flask, session: Session, factories: Factories
) -> None:
    agent = factories.agent()
    session.commit()
    client = sign_in(app, agent)
    before = utc_now() - timedelta(minutes=6)
    session.execute(update(SignInSession).values(last_seen_at=before))
    session.commit()
    assert client.get("/mon-compte").status_code == 200
    assert session.scalars(select(SignInSession.last_seen_at)).one() > before


def test_a_busy_database_drops_the_last_seen_and_not_the_page(
    app: Flask, session: Session, factories: Factories, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(session: Session, **given: object) -> None:
        raise Busy

    agent = factories.agent()
    session.commit()
    client = sign_in(app, agent)
    session.execute(update(SignInSession).values(last_seen_at=utc_now() - timedelta(minutes=6)))
    session.commit()
    monkeypatch.setattr(sessions, "touch_session", busy)
    assert client.get("/mon-compte").status_code == 200


def test_a_demonstration_lets_privileged_roles_rest_longer(
    make_app: Callable[..., Flask], session: Session, factories: Factories
) -> None:
    agent = factories.agent(Role.ADMINISTRATOR)
    session.commit()
    for demo, status in ((True, 200), (False, 302)):
        app = make_app(DEMO=demo)
        client = sign_in(app, agent)
        session.execute(update(SignInSession).values(last_seen_at=utc_now() - timedelta(hours=1)))
        session.commit()
        assert client.get("/mon-compte").status_code == status


def test_units_are_named_from_the_root_and_listed_as_a_tree(
    session: Session, factories: Factories
) -> None:
    root = factories.unit(name="Direction")
    unit = factories.unit(factories.unit(root, name="Service"), name="Brigade")
    factories.unit(root, name="Ailleurs")
    assert queries.list_unit_names(session, unit_id=unit.id) == ["Direction", "Service", "Brigade"]
    listed = queries.list_units(session, paths=(root.path,))
    assert [(each.name, each.depth) for each in listed] == [
        ("Direction", 0), ("Ailleurs", 1), ("Service", 1), ("Brigade", 2),
    ]  # fmt: skip
    agent = factories.agent(unit=unit)
    held = queries.find_assignment(session, agent_id=agent.id)
    assert held is not None
    assert (held.unit_name, held.corps) == ("Brigade", "pn")
    assert queries.find_assignment(session, agent_id=0) is None
