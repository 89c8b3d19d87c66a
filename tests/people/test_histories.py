"""Moves, departures, returns, new names, and units that close or merge: all of it dated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Role
from app.database import utc_now
from app.days import day_of
from app.people.import_models import DirectoryImport
from app.people.models import Agent, Assignment, OrganisationalUnit, SignInSession
from app.statistics.models import SnapshotUnit
from app.statistics.services import take_snapshot
from tests.factories import Factories

HEADING = "matricule;prenom;nom;code_unite;corps;grade;categorie;arrivee;depuis;depart"
UNITS = "code_unite;unite;code_parent;filiere;ouverte;fermee;fusionnee_dans"
Import = Callable[..., Result]


@pytest.fixture
def run(app: Flask, tmp_path: Path) -> Import:
    def start(*lines: str, options: tuple[str, ...] = ()) -> Result:
        path = tmp_path / "directory.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        arguments = ["people", "import", str(path), "--apply", "--accept-grades", *options]
        return app.test_cli_runner().invoke(args=arguments)

    return start


@pytest.fixture
def tree(run: Import) -> None:
    """Open two directions, each with a brigade."""
    units = (
        "D1;Direction 1;;;2000-01-01;;", "D2;Direction 2;;;2000-01-01;;",
        "B1;Brigade 1;D1;ordre public;2000-01-01;;", "B2;Brigade 2;D2;;2000-01-01;;",
    )  # fmt: skip
    assert run(UNITS, *units, options=("--units",)).exit_code == 0


def row(
    matricule: str, unit: str = "B1", *, name: str = "Dupont", since: str = "", left: str = ""
) -> str:
    return f"{matricule};Anne;{name};{unit};pn;gardien;application;2020-09-01;{since};{left}"


def today() -> date:
    return day_of(utc_now())


def find(session: Session, matricule: str) -> Agent:
    session.rollback()
    session.expire_all()
    return session.scalars(select(Agent).where(Agent.matricule == matricule)).one()


def history(session: Session, matricule: str) -> list[tuple[str, date, date | None]]:
    agent = find(session, matricule)
    rows = session.execute(
        select(OrganisationalUnit.code, Assignment.starts_on, Assignment.ends_on)
        .join(Assignment, Assignment.unit_id == OrganisationalUnit.id)
        .where(Assignment.agent_id == agent.id)
        .order_by(Assignment.id)
    )
    return [tuple(one) for one in rows]


ARRIVED = date(2020, 9, 1)
pytestmark = pytest.mark.usefixtures("tree")


def test_who_leaves_by_a_date_keeps_their_history_and_loses_their_account(
    run: Import, session: Session
) -> None:
    run(HEADING, *(row(f"A{number}") for number in range(30)))
    agent = find(session, "A1")
    opened = SignInSession(token_hash="x", agent_id=agent.id)
    session.add(opened)
    session.commit()
    result = run(HEADING, row("A1", left="2026-03-01"))
    assert "1 left" in result.output, result.output
    agent = find(session, "A1")
    assert agent.left_on == date(2026, 3, 1)
    assert agent.deactivated_at is not None
    assert history(session, "A1") == [("B1", ARRIVED, date(2026, 3, 1))]
    assert session.scalars(select(SignInSession.ended_at)).one() is not None
    assert "0 left, 1 unchanged" in run(HEADING, row("A1", left="2026-03-01")).output


def test_who_comes_back_gets_their_account_and_a_new_assignment(
    run: Import, session: Session
) -> None:
    run(HEADING, *(row(f"A{number}") for number in range(30)))
    run(HEADING, row("A1", left="2026-03-01"))
    result = run(HEADING, row("A1", "B2", since="2026-06-01"))
    assert "1 returned" in result.output
    agent = find(session, "A1")
    assert (agent.left_on, agent.deactivated_at) == (None, None)
    assert history(session, "A1") == [
        ("B1", ARRIVED, date(2026, 3, 1)), ("B2", date(2026, 6, 1), None),
    ]  # fmt: skip
    assert "1 unchanged" in run(HEADING, row("A1", "B2", since="2026-06-01")).output


def test_an_account_that_an_administrator_closed_stays_closed(
    run: Import, session: Session
) -> None:
    run(HEADING, row("A1"))
    find(session, "A1").deactivated_at = utc_now()
    session.commit()
    assert "1 of them deactivated" in run(HEADING, row("A1", "B2")).output
    assert find(session, "A1").deactivated_at is not None


def test_who_is_absent_leaves_only_where_the_file_is_said_to_be_complete(
    run: Import, session: Session
) -> None:
    people = [row(f"A{number}") for number in range(30)]
    run(HEADING, *people)
    assert "0 left" in run(HEADING, *people[1:]).output
    assert find(session, "A0").left_on is None
    assert "1 left" in run(HEADING, *people[1:], options=("--complete",)).output
    assert find(session, "A0").left_on == today()
    assert history(session, "A0") == [("B1", ARRIVED, today())]


def test_a_file_is_complete_for_a_unit_and_those_below_it(run: Import, session: Session) -> None:
    run(HEADING, *(row(f"A{number}") for number in range(30)), row("Z1", "B2"))
    people = [row(f"A{number}") for number in range(1, 30)]
    assert "1 left" in run(HEADING, *people, options=("--below", "D1")).output
    assert find(session, "A0").left_on == today()
    assert find(session, "Z1").left_on is None


def test_more_departures_than_usual_ask_for_their_number(run: Import, session: Session) -> None:
    run(HEADING, *(row(f"A{number}") for number in range(10)))
    kept = [row(f"A{number}") for number in range(8)]
    refused = run(HEADING, *kept, options=("--complete",))
    assert "2 agents would leave, more than 5 %: if so, say --leaving 2" in refused.output
    assert find(session, "A9").left_on is None
    assert run(HEADING, *kept, options=("--complete", "--leaving", "3")).exit_code == 1
    assert run(HEADING, *kept, options=("--complete", "--leaving", "2")).exit_code == 0
    assert find(session, "A9").left_on == today()


def test_who_administers_never_leaves_by_absence(
    run: Import, session: Session, factories: Factories
) -> None:
    unit = session.scalars(select(OrganisationalUnit).where(OrganisationalUnit.code == "B1")).one()
    factories.agent(Role.ADMINISTRATOR, matricule="ADM", unit=unit)
    session.commit()
    run(HEADING, row("A1"), options=("--complete", "--leaving", "1"))
    assert find(session, "ADM").left_on is None


def test_a_new_name_keeps_the_identity_and_homonyms_are_told_apart_by_matricule(
    run: Import, session: Session
) -> None:
    run(HEADING, row("A1"))
    first = find(session, "A1").id
    result = run(HEADING, row("A1", name="Martin"), row("A2"), row("A3", name="Martin"))
    assert "2 created, 0 moved, 1 changed" in result.output
    assert find(session, "A1").id == first
    assert find(session, "A1").family_name == "Martin"
    again = run(HEADING, row("A4", name="Martin"))
    assert "1 new ones have the names of another agent." in again.output


def test_a_unit_that_is_merged_hands_its_agents_over_on_the_day(
    run: Import, session: Session
) -> None:
    run(HEADING, row("A1"), row("A2", "B2"))
    result = run(UNITS, "B1;;;;;2026-05-01;B2", options=("--units",))
    assert "1 merged" in result.output, result.output
    closed = session.scalars(
        select(OrganisationalUnit).where(OrganisationalUnit.code == "B1")
    ).one()
    assert closed.closed_on == date(2026, 5, 1)
    assert history(session, "A1") == [
        ("B1", ARRIVED, date(2026, 5, 1)), ("B2", date(2026, 5, 1), None),
    ]  # fmt: skip
    assert history(session, "A2") == [("B2", ARRIVED, None)]
    assert "1 unchanged" in run(UNITS, "B1;;;;;2026-05-01;B2", options=("--units",)).output
    assert "The unit B1 is closed" in run(HEADING, row("A3")).output


@pytest.mark.parametrize(
    ("units", "error"),
    [
        (["B1;;;;;2026-05-01;"], "Agents are assigned to it (1)"),
        (["D1;;;;;2026-05-01;"], "Open units are below D1"),
        (["B1;;;;;;B9"], "B9, is not known or is closed"),
        (["B1;;;;;;B1"], "B1 would be merged into itself"),
        (["B1;;;;;1999-01-01;B2"], "is not after the opening"),
        (["D1;;B1;;;;"], "D1 would be below itself"),
        (["D1;;B2;;;;", "D2;;B1;;;;"], "D1 would be below itself"),
        (["N1;Nouveau;NULLE-PART;;;;"], "The unit above, NULLE-PART, is not known"),
    ],
)
def test_a_tree_that_cannot_be_is_refused_and_nothing_is_applied(
    run: Import, session: Session, units: list[str], error: str
) -> None:
    run(HEADING, row("A1"))
    result = run(UNITS, *units, "N9;Neuf;;;;;", options=("--units",))
    assert result.exit_code == 1
    assert error in result.output
    codes = session.scalars(select(OrganisationalUnit.code)).all()
    assert set(codes) == {"D1", "D2", "B1", "B2"}


def test_a_unit_closes_once_its_agents_are_elsewhere(run: Import, session: Session) -> None:
    run(HEADING, row("A1", "B2"))
    assert "1 closed" in run(UNITS, "B1;;;;;2026-05-01;", options=("--units",)).output


def test_a_second_axis_is_kept_beside_the_tree(run: Import, session: Session) -> None:
    assert "1 changed" in run(UNITS, "B2;;;renseignement;;;", options=("--units",)).output
    session.rollback()
    rows = session.execute(select(OrganisationalUnit.code, OrganisationalUnit.specialty))
    assert {code: told for code, told in rows if told} == {
        "B1": "ordre public", "B2": "renseignement",
    }  # fmt: skip


def test_kept_figures_do_not_move_with_the_tree(run: Import, session: Session) -> None:
    run(HEADING, row("A1"), row("A2", "B2"))
    take_snapshot(session, as_of=today(), now=utc_now(), taken_by_id=None)
    session.commit()

    def kept() -> list[tuple[object, ...]]:
        session.rollback()
        columns = list(SnapshotUnit.__table__.columns)
        return sorted(map(tuple, session.execute(select(*columns))), key=str)

    before = kept()
    assert before
    run(UNITS, "B2;Brigade deux;D1;;;;", options=("--units",))
    run(UNITS, "B1;;;;;2026-05-01;B2", options=("--units",))
    run(HEADING, row("A2", "D2"))
    assert kept() == before


def test_an_import_is_kept_with_its_digest_and_counts(run: Import, session: Session) -> None:
    run(HEADING, row("A1"))
    kept = session.scalars(select(DirectoryImport).order_by(DirectoryImport.id.desc())).first()
    assert kept is not None
    assert (kept.state, kept.row_count, len(kept.file_sha256)) == ("applied", 1, 64)
    assert kept.counts["agents"]["created"] == 1
    assert (kept.preview, kept.samples) == ([], {})


def test_an_assignment_of_today_ends_tomorrow_at_the_earliest(
    run: Import, session: Session
) -> None:
    run(
        HEADING, *(row(f"A{number}") for number in range(30)), row("A99", since=today().isoformat())
    )
    run(HEADING, row("A99", left=today().isoformat()))
    assert history(session, "A99") == [("B1", today(), today() + timedelta(days=1))]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("B1;;;;;{soon};", "fermee"),
        ("B1;;;;;{soon};B2", "fermee"),
        ("N1;Nouveau;D1;;{soon};;", "ouverte"),
    ],
)
def test_what_a_unit_becomes_later_is_refused_until_that_day(
    run: Import, session: Session, line: str, column: str
) -> None:
    run(HEADING, row("A1", "B2"))
    soon = today() + timedelta(days=30)
    for day, refused in ((soon, True), (today(), False)):
        result = run(UNITS, line.format(soon=day), options=("--units",))
        assert (result.exit_code == 1) == refused, result.output
        said = f"row 2, column {column}: {day} is in the future"
        assert (said in result.output) == refused, result.output
    session.rollback()
    found = session.scalars(
        select(OrganisationalUnit).where(OrganisationalUnit.code == line[:2])
    ).one()
    assert today() in {found.opened_on, found.closed_on}


def test_a_move_to_come_is_refused_until_that_day_whatever_the_arrival_says(
    run: Import, session: Session
) -> None:
    run(HEADING, row("A1"))
    soon = (today() + timedelta(days=30)).isoformat()
    moved = row("A1", "B2", since=soon)
    for line in (moved, moved.replace("2020-09-01", soon)):
        result = run(HEADING, line)
        assert result.exit_code == 1
        assert f"row 2, column depuis: {soon} is in the future" in result.output
    assert history(session, "A1") == [("B1", ARRIVED, None)]


def test_who_arrives_later_is_placed_from_that_day(run: Import, session: Session) -> None:
    soon = today() + timedelta(days=30)
    assert run(HEADING, row("A9").replace("2020-09-01", soon.isoformat())).exit_code == 0
    assert history(session, "A9") == [("B1", soon, None)]
