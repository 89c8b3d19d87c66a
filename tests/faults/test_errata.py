"""A process that applies an erratum is killed: what it did stays, and nothing is done twice."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.catalogue.models import ModuleVersion
from app.certificates.models import Certificate
from app.extensions import db
from app.journal.models import JournalEntry
from app.learning.models import AttemptCorrection, Completion
from app.learning.queries.corrections import measure_effect
from app.learning.services.planning import impact_of, plan_erratum
from tests.factories import Factories
from tests.learning.crowd import add_crowd
from tests.learning.modules import SLUG, compiled, publish_module
from tests.learning.test_errata import correct
from tests.servers import ROOT

CROWD = int(os.environ.get("FAULT_ERRATUM_ATTEMPTS", "300"))
KILLS = int(os.environ.get("FAULT_ERRATUM_KILLS", "2"))
PATIENCE = 120.0


def count(session: Session, model: Any) -> int:
    """Count rows, and leave no transaction open: PostgreSQL ends one that waits."""
    found = session.scalar(sa.select(sa.func.count()).select_from(model)) or 0
    session.commit()
    return found


def start(database_url: str) -> subprocess.Popen[bytes]:
    """Start the command that applies the erratum."""
    command = [sys.executable, "-m", "flask", "--app", "app", "content", "erratum", SLUG, "--apply"]
    environment = os.environ | {
        "DATABASE_URL": database_url, "LOG_LEVEL": "ERROR", "SECRET_KEY": "for-tests-only",
    }  # fmt: skip
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


def test_an_erratum_killed_on_its_way_is_applied_once(
    app: Flask, database_url: str, session: Session, factories: Factories
) -> None:
    version_id = publish_module(session)
    module_id = session.scalar(sa.select(ModuleVersion.module_id))
    assert module_id is not None
    add_crowd(session, factories.unit(), compiled(), (module_id, version_id), agents=CROWD)
    completions = count(session, Completion)
    erratum_id = correct(session)
    with app.app_context():
        foreseen = impact_of(db.session, plan_erratum(db.session, version_id=erratum_id))
    kills = 0
    for _ in range(KILLS):
        kills += kill_once_it_works(start(database_url), session)
    assert kills
    applied = start(database_url)
    assert applied.wait(timeout=PATIENCE) == 0
    with app.app_context():
        assert measure_effect(db.session, version_id=erratum_id) == foreseen
    assert count(session, AttemptCorrection) == CROWD
    made = count(session, Completion) - completions
    assert made == count(session, Certificate) == foreseen.certificates > 0
    entries = sa.select(JournalEntry.id).where(JournalEntry.action == "erratum_applied")
    assert len(session.scalars(entries).all()) == 1


def kill_once_it_works(process: subprocess.Popen[bytes], session: Session) -> bool:
    """Kill a process as soon as it has corrected more; tell whether it was still at work."""
    before, until = count(session, AttemptCorrection), time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        if count(session, AttemptCorrection) > before:
            break
        time.sleep(0.02)
    was_at_work = process.poll() is None
    process.kill()
    process.wait()
    return was_at_work
