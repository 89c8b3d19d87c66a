"""The large organisation: as many people as asked, always the same, with a record that holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from random import Random

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app import create_app
from app.demo.accounts import ACCOUNTS
from app.demo.large import loading
from app.demo.large.fates import draw_fates, list_calls
from app.demo.large.people import draw_members
from app.demo.large.tree import plan_tree
from app.extensions import db
from app.learning.models import Attempt, Completion, Enrolment
from app.people.models import Agent, Assignment, OrganisationalUnit
from app.statistics.models import SnapshotUnit
from tests.databases import QUIET, Make
from tests.factories import Factories

TODAY = date(2026, 11, 23)
AGENTS = 600


@pytest.fixture(scope="module")
def large(make_database: Make) -> Iterator[tuple[Flask, str]]:
    """Give an application on a database where it is loaded, and what the command said."""
    url, drop = make_database()
    app = create_app(QUIET | {"DATABASE_URL": url})
    result = app.test_cli_runner().invoke(args=["demo", "load", "--agents", str(AGENTS)])
    assert result.exit_code == 0, result.output
    yield app, result.output
    with app.app_context():
        db.engine.dispose()
    drop()


@pytest.fixture
def record(large: tuple[Flask, str]) -> Iterator[Session]:
    """Give a session on it."""
    with large[0].app_context():
        engine = db.engine
    with Session(engine) as session:
        yield session


@pytest.mark.parametrize("agents", [100, 5_000, 500_000])
def test_a_tree_has_a_unit_for_25_agents_and_parents_come_first(agents: int) -> None:
    places = plan_tree(agents)
    assert len(places) == max(agents // 25, 6)
    assert len({place.code for place in places}) == len(places)
    assert places[0].above is None
    assert all(
        place.above is not None and place.above < rank
        for rank, place in enumerate(places[1:], start=1)
    )


def test_people_are_the_same_for_the_same_seed() -> None:
    places = plan_tree(2_500)

    def drawn(seed: int) -> list[object]:
        return list(draw_members(Random(seed), places, range(1, 200), today=TODAY))

    assert drawn(3) == drawn(3)
    assert drawn(3) != drawn(4)


def test_half_a_million_people_have_six_million_enrolments() -> None:
    calls, random = list_calls(TODAY), Random(1)
    fates = {call: len(list(draw_fates(random, call, TODAY))) for call in calls}
    dealt = sum(fates[call] / 200 for call in calls if "pn" in call.corps)
    assert 12 < dealt < 14


def test_what_becomes_of_an_enrolment_is_in_order_and_not_to_come() -> None:
    for call in list_calls(TODAY):
        for fate in draw_fates(Random(2), call, TODAY):
            moments = [fate.enrolled_at, fate.started_at, fate.failed_at, fate.completed_at]
            passed = [moment for moment in moments if moment is not None]
            assert passed == sorted(passed)
            assert passed[-1] == fate.last_at
            assert fate.last_at.date() < TODAY


def test_the_command_tells_the_time_and_the_size(large: tuple[Flask, str]) -> None:
    lines = large[1].splitlines()
    assert any(line.endswith(f" s  {AGENTS} agents") for line in lines)
    assert "Mo" in lines[-1]


def test_everyone_is_in_a_unit_and_most_owe_something(record: Session) -> None:
    people = record.scalar(sa.select(sa.func.count()).select_from(Agent))
    assert people == AGENTS + len(ACCOUNTS)
    current = sa.select(sa.func.count()).where(Assignment.ends_on.is_(None))
    assert record.scalar(current) == people
    moved = record.scalar(sa.select(sa.func.count()).where(Assignment.ends_on.is_not(None)))
    assert moved
    root = record.scalars(
        sa.select(SnapshotUnit).where(SnapshotUnit.parent_id.is_(None), SnapshotUnit.corps == "")
    ).one()
    left = record.scalar(sa.select(sa.func.count()).where(Agent.deactivated_at.is_not(None)))
    assert root.population == people - (left or 0)
    assert 0 < root.late < root.asked < root.population
    assert 0 < root.up_to_date < root.asked


def test_the_record_holds_together(record: Session) -> None:
    paths = dict(record.execute(sa.select(OrganisationalUnit.id, OrganisationalUnit.path)).all())
    rows = record.execute(
        sa.select(Completion, Enrolment, Attempt, Agent)
        .join(Enrolment, Enrolment.id == Completion.enrolment_id)
        .join(Attempt, Attempt.id == Completion.attempt_id)
        .join(Agent, Agent.id == Completion.agent_id)
    ).all()
    assert len(rows) > 5 * AGENTS
    for completion, enrolment, attempt, agent in rows:
        assert attempt.passed
        assert attempt.enrolment_id == enrolment.id
        assert attempt.submitted_at == completion.completed_at
        assert enrolment.agent_id == agent.id
        assert enrolment.cycle == completion.cycle
        assert agent.created_at <= enrolment.enrolled_at <= completion.completed_at
        assert agent.deactivated_at is None or completion.completed_at < agent.deactivated_at
        assert completion.unit_path == paths[completion.unit_id]
        assert len(completion.unit_names) == completion.unit_path.count("/") - 1


def test_a_second_load_is_refused(large: tuple[Flask, str]) -> None:
    result = large[0].test_cli_runner().invoke(args=["demo", "load", "--agents", "100"])
    assert result.exit_code == 1
    assert "DATABASE_URL" in result.output


def test_it_is_never_loaded_over_real_people(
    app: Flask, session: Session, factories: Factories
) -> None:
    factories.agent()
    session.commit()
    result = app.test_cli_runner().invoke(args=["demo", "load", "--agents", "100"])
    assert result.exit_code == 1
    assert session.scalar(sa.select(sa.func.count()).select_from(Agent)) == 1


def test_it_is_refused_in_production(make_app: Callable[..., Flask]) -> None:
    app = make_app(PRODUCTION=True, PUBLIC_URL="https://exemplarite.example", SECRET_KEY="k" * 40)
    result = app.test_cli_runner().invoke(args=["demo", "load", "--agents", "100"])
    assert result.exit_code == 1
    assert "PRODUCTION" in result.output


def test_too_few_modules_are_said(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "publish_content", lambda: None)
    result = app.test_cli_runner().invoke(args=["demo", "load", "--agents", "100"])
    assert result.exit_code == 1
    assert "12 modules" in result.output
    assert session.scalar(sa.select(sa.func.count()).select_from(Agent)) == 0
