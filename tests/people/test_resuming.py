"""An import that is killed half-way goes on to the same end."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.engines import engine_options
from app.people.import_models import DirectoryImport, ImportPart, ImportRow
from app.people.import_states import State
from app.people.models import Agent, Assignment, OrganisationalUnit

ROOT = Path(__file__).parent.parent.parent
ROWS = int(os.environ.get("IMPORT_ROWS", "6000"))
KILLS = int(os.environ.get("IMPORT_KILLS", "2"))
APPLY = ("--apply", "--leaving", str(len(range(0, ROWS, 11))))
HEADING = "matricule;prenom;nom;code_unite;unite;corps;grade;categorie;arrivee;depart\n"


def row(number: int, *, second: bool = False) -> str:
    """Write a row; in the second file some have moved, changed their names or left."""
    unit = f"U{(number + (second and number % 5 == 0)) % 20}"
    name = "Martin" if second and number % 7 == 0 else "Dupont"
    left = "01/06/2026" if second and number % 11 == 0 else ""
    return f"K{number};Anne;{name};{unit};Unité {unit};pn;gardien;application;01/09/2020;{left}\n"


def command(database: str, *arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {
        "DATABASE_URL": database, "LOG_LEVEL": "ERROR", "SECRET_KEY": "for-tests-only",
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "people", "import", *arguments],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def finish(database: str, *arguments: str) -> str:
    process = command(database, *arguments)
    output, errors = process.communicate(timeout=240)
    assert process.returncode == 0, errors
    return output


def wait_for_work(session: Session, process: subprocess.Popen[str]) -> DirectoryImport | None:
    """Wait until the process has begun to apply; None where it came to its end before."""
    while process.poll() is None:
        session.rollback()
        newest = select(DirectoryImport).order_by(DirectoryImport.id.desc()).limit(1)
        known = session.scalar(newest)
        if known and known.state == State.APPLYING:
            return known
        time.sleep(0.005)
    return None


def kill_on_the_way(session: Session, database: str, path: Path) -> int:
    """Start an import, kill it again and again while it applies; return how many kills."""
    process = command(database, str(path), *APPLY)
    killed = 0
    while killed < KILLS and (known := wait_for_work(session, process)) is not None:
        time.sleep(random.uniform(0.0, 0.05))
        process.kill()
        process.communicate()
        killed += 1
        session.rollback()
        session.refresh(known)
        if known.state == State.APPLIED:
            break
        known.seen_at = None  # What a minute of silence would say.
        session.commit()
        process = command(database, "--resume", str(known.id))
    session.rollback()  # PostgreSQL ends a transaction that idles.
    _output, errors = process.communicate(timeout=240)
    assert process.returncode == 0, errors
    return killed


def everything(session: Session) -> list[Any]:
    """Give every agent and assignment, without the ids."""
    session.rollback()
    rows = session.execute(
        select(
            Agent.matricule, Agent.family_name, Agent.left_on, Agent.deactivated_at.is_(None),
            OrganisationalUnit.code, Assignment.starts_on, Assignment.ends_on,
        )
        .join(Assignment, Assignment.agent_id == Agent.id)
        .join(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .order_by(Agent.matricule, Assignment.starts_on, Assignment.id)
    )  # fmt: skip
    found = [tuple(row) for row in rows]
    session.rollback()  # PostgreSQL ends a transaction that idles.
    return found


@pytest.mark.timeout(600)
def test_an_import_killed_again_and_again_comes_to_the_same_end(
    app: Flask, session: Session, database_url: str, make_database: Any, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(HEADING + "".join(map(row, range(ROWS))))
    second.write_text(HEADING + "".join(row(number, second=True) for number in range(ROWS)))
    for path in (first, second):
        assert kill_on_the_way(session, database_url, path) > 0
    counted = session.scalar(select(func.count()).select_from(Agent))
    assert counted == ROWS
    killed = everything(session)
    for model in (ImportRow, ImportPart):
        assert session.scalar(select(func.count()).select_from(model)) == 0
    states = session.scalars(select(DirectoryImport.state)).all()
    assert states == [State.APPLIED, State.APPLIED]
    session.rollback()
    url, drop = make_database()
    try:
        for path in (first, second):
            finish(url, str(path), *APPLY)
        assert killed == unhurt(url)
    finally:
        drop()


def unhurt(url: str) -> list[Any]:
    """Give what an import that nobody killed came to."""
    engine = sa.create_engine(**engine_options(url, pool_size=1))
    with Session(engine) as session:
        rows = everything(session)
    engine.dispose()
    return rows
