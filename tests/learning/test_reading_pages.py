from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.catalogue.differences import Kind
from app.catalogue.models import Module
from app.learning.models import Enrolment, StepVisit
from app.learning.services.enrolments import NotYours, StartedOtherwise
from app.people.models import Agent, Assignment
from tests.factories import Factories
from tests.learning.conftest import Learner
from tests.learning.modules import KEY, MODULE, SLUG, publish_module
from tests.learning.reader import HOME, Reader, count
from tests.signing_in import sign_in


def test_enrolling_leads_to_the_first_step(reader: Reader, session: Session) -> None:
    reader.see(reader.client.post(f"{HOME}/inscription"))
    assert reader.path == f"{HOME}/etapes/comprendre"
    assert session.scalars(sa.select(Enrolment.started_at)).one() is None  # Reading is no act.


def test_a_get_writes_nothing(reader: Reader, session: Session) -> None:
    reader.see(reader.client.post(f"{HOME}/inscription"))
    for page in ("etapes/comprendre", "evaluation", "fiche-reflexe", "mes-exercices"):
        reader.get(f"{HOME}/{page}")
    assert count(session, StepVisit) == 0
    assert session.scalars(sa.select(Enrolment.started_at)).one() is None


def test_resuming_goes_exactly_where_one_stopped(reader: Reader) -> None:
    reader.see(reader.client.post(f"{HOME}/inscription"))
    reader.send("/etapes/comprendre")
    reader.get(HOME)
    assert reader.path == f"{HOME}/etapes/rendre-compte"
    reader.send("/etapes/rendre-compte")
    reader.send("/exercices/video", choix="2")
    reader.send("/etapes/situation")
    reader.send("/tentatives")
    assert reader.path.endswith("/questions/1")
    first = next(f.get("action") for f in reader.page.forms if "/reponses/" in f.get("action", ""))
    reader.send(first, choix=KEY[first.rsplit("/", 1)[1]])
    reader.get(HOME)
    assert reader.path.endswith("/questions/2")


def test_someone_not_enrolled_is_shown_the_module(reader: Reader) -> None:
    for page in ("", "/etapes/comprendre", "/evaluation", "/fiche-reflexe"):
        response = reader.client.get(HOME + page)
        assert response.location == f"/modules/{SLUG}"
    for page in ("/etapes/comprendre", "/exercices/cafe", "/tentatives"):
        assert reader.client.post(HOME + page).status_code == 404


@pytest.mark.parametrize(
    "page", ["", "/etapes/x", "/evaluation", "/fiche-reflexe", "/tentatives/1"]
)
def test_an_unknown_module_is_no_page(reader: Reader, page: str) -> None:
    assert reader.client.get(f"/apprendre/absent{page}").status_code == 404


def test_one_cannot_enrol_on_a_retired_module(
    reader: Reader, session: Session, learner: Learner
) -> None:
    reader.see(reader.client.post(f"{HOME}/inscription"))  # Who is on it already stays.
    session.execute(sa.update(Module).values(retired_at=learner.now()))
    session.commit()
    assert reader.client.post(f"{HOME}/inscription").status_code == 303
    assert reader.client.post("/apprendre/absent/inscription").status_code == 404


def test_an_agent_without_an_assignment_is_told_whom_to_ask(
    reader: Reader, session: Session, agent: Agent
) -> None:
    reader.client.post(f"{HOME}/inscription")
    session.execute(
        sa.update(Assignment)
        .where(Assignment.agent_id == agent.id)
        .values(ends_on=sa.func.current_date())
    )
    session.commit()
    reader.get(f"{HOME}/etapes/comprendre", 409)
    assert "ressources humaines" in reader.text


def test_a_corps_sees_its_own_steps(
    app: Flask, factories: Factories, session: Session, version_id: int
) -> None:
    agent = factories.agent(corps="sp")
    session.commit()
    reader = Reader(sign_in(app, agent))
    reader.see(reader.client.post(f"{HOME}/inscription"))
    assert "Rendre compte" not in reader.response.text
    assert reader.client.get(f"{HOME}/etapes/rendre-compte").status_code == 404
    reader.send("/etapes/comprendre")
    assert reader.path == f"{HOME}/etapes/situation"


@pytest.mark.parametrize("step", ["absent", "evaluation", "reflexe", "animation"])
def test_what_is_no_step_is_no_page(learner: Learner, reader: Reader, step: str) -> None:
    assert reader.client.get(f"{HOME}/etapes/{step}").status_code == 404


def test_a_newer_version_is_said_and_not_imposed(
    reader: Reader, learner: Learner, session: Session
) -> None:
    learner.read("comprendre")
    publish_module(session, MODULE.replace("banal", "anodin"), kind=Kind.SUBSTANTIAL)
    reader.get(f"{HOME}/etapes/comprendre")
    assert "banal" in reader.text
    assert "Une version plus récente" in reader.text


def test_the_reflex_sheet_is_one_page_to_print(learner: Learner, reader: Reader) -> None:
    reader.get(f"{HOME}/fiche-reflexe")
    assert "Dire, décliner, se retirer." in reader.text
    assert "version 1" in reader.text
    assert reader.page.find(".//header[@class='bar']") is None


def test_a_module_without_a_reflex_sheet_has_no_such_page(
    app: Flask, agent: Agent, session: Session
) -> None:
    publish_module(session, MODULE[: MODULE.index("## Fiche réflexe")])
    Learner(app, session, agent).enrol()
    reader = Reader(sign_in(app, agent))
    assert reader.client.get(f"{HOME}/fiche-reflexe").status_code == 404


@pytest.mark.parametrize(("error", "status"), [(StartedOtherwise, 303), (NotYours, 404)])
def test_what_changed_between_the_page_and_the_act_is_answered(
    learner: Learner, reader: Reader, monkeypatch: pytest.MonkeyPatch,
    error: type[Exception], status: int,
) -> None:  # fmt: skip
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("app.learning.views.reading.write", refuse)
    response = reader.client.post(f"{HOME}/etapes/comprendre")
    assert response.status_code == status
    assert (response.location == HOME) == (status == 303)
