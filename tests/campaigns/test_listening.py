"""Loading the directory enrols newcomers in open campaigns, in one transaction."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns import services
from app.learning.models import Enrolment
from app.people.models import Agent
from tests.campaigns.making import make_module, noon
from tests.factories import Factories

FILE = (
    "matricule;prenom;nom;code_unite;corps;grade;categorie;arrivee\n"
    "PN1;Zoé;Lefèvre;ROOT;pn;gardien;application;2026-09-01\n"
)


def test_a_newcomer_owes_what_open_campaigns_ask(
    app: Flask, session: Session, factories: Factories, tmp_path: Path
) -> None:
    root = factories.unit(code="ROOT")
    make_module(session)
    opens_on = date(2026, 3, 1)
    for closed in (True, False):
        campaign_id = services.create(
            session, title="Probité", unit_id=root.id, opens_on=opens_on, delay_days=90,
            due_on=None, module_slugs=["probite"], now=noon(opens_on),
        )  # fmt: skip
        if closed:
            services.close(session, campaign_id, now=noon(opens_on), actor_id=None)
    session.commit()
    path = tmp_path / "directory.csv"
    path.write_text(FILE, encoding="utf-8")
    for _ in range(2):
        result = app.test_cli_runner().invoke(args=["people", "import", str(path), "--apply"])
        assert result.exit_code == 0, result.output
    enrolment = session.scalars(select(Enrolment)).one()
    assert enrolment.agent_id == session.scalars(select(Agent.id)).one()
    assert enrolment.due_on is not None
