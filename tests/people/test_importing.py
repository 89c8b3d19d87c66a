"""Importing the directory: what a file changes, once and dated, or not at all."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns import services as campaigns
from app.database import utc_now
from app.days import day_of
from app.journal.models import JournalEntry
from app.learning.models import Enrolment
from app.people.models import Agent, Assignment, OrganisationalUnit
from app.people.signals import people_loaded
from tests.campaigns.making import make_module

HEADING = (
    "matricule;prenom;nom;courriel;langue;code_unite;unite;type_unite;code_parent;"
    "corps;grade;categorie;arrivee;depuis"
)
ZOE = (
    "PN 1;Zoé;Lefèvre;zoe@example.fr;fr;B1;Brigade 1;brigade;D1;pn;gardien;application;01/09/2020;"
)
LEO = "GN-2;Léo;Da Silva;;;D1;Direction;direction;;gn;capitaine;officiers;2021-01-15;"


@pytest.fixture
def load(app: Flask, tmp_path: Path):  # type: ignore[no-untyped-def]
    def run(*lines: str, options: tuple[str, ...] = ("--accept-grades", "--apply")) -> Result:
        path = tmp_path / "directory.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return app.test_cli_runner().invoke(args=["people", "import", str(path), *options])

    return run


def today() -> date:
    return day_of(utc_now())


def test_a_file_makes_units_agents_and_assignments(load, session: Session) -> None:
    result = load(HEADING, ZOE, LEO)
    assert result.exit_code == 0, result.output
    assert "Units: 2 created, 0 moved, 0 changed, 0 closed, 0 merged, 0 unchanged." in result.output
    assert (
        "Agents: 2 created, 0 moved, 0 changed, 0 returned, 0 left, 0 unchanged." in result.output
    )
    zoe = session.scalars(select(Agent).where(Agent.matricule_key == "pn1")).one()
    assert (zoe.given_name, zoe.family_name, zoe.email) == ("Zoé", "Lefèvre", "zoe@example.fr")
    assert (zoe.search_key, zoe.password_hash) == ("lefevre zoe pn 1", None)
    held = session.scalars(select(Assignment).where(Assignment.agent_id == zoe.id)).one()
    assert (held.corps, held.starts_on, held.ends_on) == ("pn", date(2020, 9, 1), None)
    brigade = session.get_one(OrganisationalUnit, held.unit_id)
    direction = session.scalars(select(OrganisationalUnit).filter_by(code="D1")).one()
    assert brigade.path == f"/{direction.id}/{brigade.id}/"


def test_the_same_file_twice_changes_nothing(load, session: Session) -> None:
    load(HEADING, ZOE, LEO)
    before = session.scalars(select(Assignment.id)).all()
    session.rollback()
    result = load(HEADING, ZOE, LEO)
    assert (
        "Agents: 0 created, 0 moved, 0 changed, 0 returned, 0 left, 2 unchanged." in result.output
    )
    assert session.scalars(select(Assignment.id)).all() == before


def test_a_dry_run_says_it_all_and_changes_nothing(load, session: Session) -> None:
    result = load(HEADING, ZOE, LEO, options=("--dry-run",))
    assert "Agents: 2 created" in result.output
    assert "nothing was changed" in result.output
    assert session.scalars(select(Agent)).all() == []


def test_a_move_ends_an_assignment_and_starts_another(load, session: Session) -> None:
    load(HEADING, ZOE, LEO)
    moved = ZOE.replace("B1;Brigade 1;brigade;D1", "D1;;;").replace("gardien", "major")
    result = load(HEADING, moved + "2024-05-02")
    assert "0 created, 1 moved, 0 changed" in result.output
    rows = session.scalars(
        select(Assignment).join(Agent).where(Agent.matricule_key == "pn1").order_by(Assignment.id)
    ).all()
    assert [(row.grade, row.starts_on, row.ends_on) for row in rows] == [
        ("gardien", date(2020, 9, 1), date(2024, 5, 2)),
        ("major", date(2024, 5, 2), None),
    ]


def test_two_moves_in_one_day_leave_no_empty_assignment(load, session: Session) -> None:
    load(HEADING, LEO)
    load(HEADING, ZOE)
    load(HEADING, ZOE.replace("gardien", "major"))
    load(HEADING, ZOE.replace("gardien", "brigadier-chef"))
    rows = session.scalars(
        select(Assignment).join(Agent).where(Agent.matricule_key == "pn1").order_by(Assignment.id)
    ).all()
    tomorrow = today() + timedelta(days=1)
    assert [(row.starts_on, row.ends_on) for row in rows[1:]] == [
        (today(), tomorrow), (tomorrow, None),
    ]  # fmt: skip


def test_an_empty_mail_keeps_the_one_known_and_a_new_name_is_a_change(
    load, session: Session
) -> None:
    load(HEADING, LEO)
    load(HEADING, ZOE)
    changed = ZOE.replace("zoe@example.fr;fr", ";").replace("Lefèvre", "Martin")
    assert "0 created, 0 moved, 1 changed" in load(HEADING, changed).output
    agent = session.scalars(select(Agent).where(Agent.matricule_key == "pn1")).one()
    assert (agent.family_name, agent.email, agent.search_key) == (
        "Martin", "zoe@example.fr", "martin zoe pn 1",
    )  # fmt: skip


def test_an_agent_without_assignment_gets_one_and_a_deactivated_one_stays_so(
    load, session: Session
) -> None:
    load(HEADING, LEO)
    session.scalars(select(Assignment)).one().ends_on = today()
    session.scalars(select(Agent)).one().deactivated_at = utc_now()
    session.commit()
    result = load(HEADING, LEO)
    assert "1 moved" in result.output
    assert "1 of them deactivated, and left so." in result.output
    assert session.scalars(select(Agent)).one().deactivated_at is not None


def test_a_load_is_journalled_and_told_in_its_own_transaction(load, session: Session) -> None:
    heard: list[int] = []

    def count(session: Session) -> None:
        heard.append(len(session.scalars(select(Agent)).all()))

    with people_loaded.connected_to(count):
        load(HEADING, ZOE, LEO)
    assert heard == [2]
    assert [entry.action for entry in session.scalars(select(JournalEntry))] == [
        "directory_file_received", "directory_file_confirmed", "people_loaded",
    ]  # fmt: skip


def test_who_is_loaded_owes_what_the_open_campaigns_ask(load, app: Flask, session: Session) -> None:
    load(HEADING, LEO)
    module = make_module(session)
    root = session.scalars(select(OrganisationalUnit)).one()
    campaigns.create(
        session, title="Probité", unit_id=root.id, module_slugs=[module.slug], opens_on=today(),
        delay_days=30, now=utc_now(),
    )  # fmt: skip
    session.commit()
    assert load(HEADING, LEO, ZOE).exit_code == 0
    owed = session.scalars(select(Enrolment)).all()
    assert [enrolment.due_on for enrolment in owed] == [today() + timedelta(days=30)] * 2
    load(HEADING, LEO, ZOE)
    assert len(session.scalars(select(Enrolment)).all()) == 2


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (("PN 1", ""), "row 2, column matricule: The cell is empty"),
        (("PN 1", "<b>1</b>"), "row 2, column matricule: “<b>1</b>” is not made of letters"),
        (("PN 1", "demo-rh"), "row 2, column matricule: “demo-rh” is reserved for the platform"),
        (("PN 1", "gn-2"), "row 3, column matricule: The same staff number is already on row 2"),
        (("Zoé", ""), "row 2, column prenom: The cell is empty"),
        (("Zoé", "Z" * 201), "row 2, column prenom: More than 200 characters"),
        (("Zoé", "Zo\u202eé"), "row 2, column prenom: There are invisible characters"),
        (("zoe@example.fr", "zoe"), "row 2, column courriel: “zoe” is not an email address"),
        ((";fr;", ";de;"), "row 2, column langue: Possible values: fr, en"),
        ((";pn;", ";police;"), "row 2, column corps: Possible values: pn, gn, pm, sp, pref"),
        (("application", "chefs"), "row 2, column categorie: Possible values: application"),
        (("01/09/2020", "31/02/2020"), "row 2, column arrivee: “31/02/2020” is not a date"),
        (
            ("01/09/2020;", "01/09/2020;2999-01-01"),
            "row 2, column depuis: 2999-01-01 is in the future",
        ),
        (("Brigade 1", ""), "row 2, column unite: The unit B1 is new and has no name"),
        (
            ("brigade;D1", "brigade;NONE"),
            "column code_parent: The unit above, NONE, is not known",
        ),
        (
            ("brigade;D1", "brigade;B1"),
            "column code_parent: The unit B1 would be below itself",
        ),
    ],
)
def test_every_mistake_is_told_by_row_and_column_and_nothing_is_applied(
    load, session: Session, change: tuple[str, str], error: str
) -> None:
    result = load(HEADING, ZOE.replace(*change), LEO)
    assert result.exit_code == 1
    assert error in result.output
    assert "nothing was applied" in result.output
    assert session.scalars(select(Agent)).all() == []


def test_all_mistakes_are_told_at_once(load) -> None:
    result = load(HEADING, ZOE.replace(";pn;", ";x;"), LEO.replace("Léo", ""))
    assert "row 2, column corps" in result.output
    assert "row 3, column prenom" in result.output
    assert "2 mistake(s)" in result.output


def test_a_missing_column_is_named(load) -> None:
    output = load("matricule;nom", "1;2").output
    assert "These columns are not in the file: prenom, corps" in output


def test_rows_that_disagree_about_a_unit_are_refused(load) -> None:
    result = load(HEADING, ZOE, LEO.replace("D1;Direction;direction;", "B1;Brigade 2;brigade;D1"))
    assert (
        "row 3, column unite: Another row says something else of this unit (B1 · 2)"
        in result.output
    )


def test_a_new_assignment_cannot_begin_before_the_one_it_ends(load) -> None:
    load(HEADING, ZOE, LEO)
    result = load(HEADING, ZOE.replace("gardien", "major") + "2019-01-01")
    assert "This is before the current assignment, which dates from 2020-09-01" in result.output


UNITS_TOO = ("--units", "--apply")
UNITS = "code_unite;unite;type_unite;code_parent;ouverte;fermee"


def test_units_are_loaded_below_their_parents_in_any_order(load, session: Session) -> None:
    result = load(
        UNITS, "C;Poste;poste;B;;", "B;Brigade;brigade;A;;", "A;Direction;direction;;2020-01-01;",
        options=UNITS_TOO,
    )  # fmt: skip
    assert "Units: 3 created" in result.output
    paths = {unit.code: unit.path for unit in session.scalars(select(OrganisationalUnit))}
    assert paths["B"].startswith(paths["A"])
    assert paths["C"].startswith(paths["B"])


def test_a_unit_moves_with_all_those_below(load, session: Session) -> None:
    tree = ("A;Direction;;;;", "Z;Autre;;;;", "B;Brigade;;A;;", "C;Poste;;B;;")
    load(UNITS, *tree, options=UNITS_TOO)
    result = load(UNITS, "B;;;Z;;", options=UNITS_TOO)
    assert "0 created, 1 moved, 0 changed" in result.output
    paths = {unit.code: unit.path for unit in session.scalars(select(OrganisationalUnit))}
    assert paths["B"].startswith(paths["Z"])
    assert paths["C"].startswith(paths["B"])
    assert load(UNITS, *tree[:2], "B;;;Z;;", options=UNITS_TOO).output.count("3 unchanged") == 1


def test_nobody_is_assigned_to_a_closed_unit(load, session: Session) -> None:
    load(UNITS, "A;Direction;;;2020-01-01;2021-01-01", options=UNITS_TOO)
    result = load(HEADING, LEO.replace("D1;Direction;direction", "A;;"))
    assert "row 2, column code_unite: The unit A is closed" in result.output
    result = load(UNITS, "A;;;;2020-01-01;2019-01-01", options=UNITS_TOO)
    assert "row 2, column fermee" in result.output


def test_a_file_that_is_no_table_is_refused(load) -> None:
    result = load("")
    assert result.exit_code == 1
    assert "The file is empty." in result.output
