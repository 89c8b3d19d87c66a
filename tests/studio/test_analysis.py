"""What first attempts say of questions is shown from what was kept, small counts hidden."""

from __future__ import annotations

import os
from collections.abc import Mapping
from statistics import correlation, mean
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.access import Role
from app.catalogue.models import ModuleVersion
from app.database import utc_now
from app.dialect import items
from app.extensions import db
from app.learning.analysing import analyse_version
from app.learning.drawing import items_of
from app.learning.models import Answer, Attempt, Enrolment, PracticeAnswer, VersionAnalysis
from app.learning.scoring import score
from app.people.models import RoleAssignment
from app.studio.views import analysis
from tests.factories import Factories
from tests.learning.crowd import add_crowd
from tests.learning.modules import SLUG, compiled, publish_module
from tests.pages import parse, token, words

CROWD = int(os.environ.get("ANALYSIS_ATTEMPTS", "120"))
PAGE = f"/formateur/modules/{SLUG}/analyse/1"


@pytest.fixture
def version_id(session: Session) -> int:
    return publish_module(session)


def crowd(
    session: Session, factories: Factories, version_id: int, agents: int, seed: int = 1
) -> None:
    module_id = session.scalar(sa.select(ModuleVersion.module_id))
    assert module_id is not None
    version = (module_id, version_id)
    add_crowd(
        session, factories.root(), compiled(), version, agents=agents, attempts_each=2, seed=seed
    )


def analyse(app: Flask, version_id: int) -> bool:
    with app.app_context():
        return analyse_version(version_id)


def kept(session: Session) -> dict[str, dict[str, Any]]:
    session.commit()
    session.expire_all()
    row = session.scalars(sa.select(VersionAnalysis)).one()
    return {one["item_id"]: one for one in row.items}


def first_credits(session: Session) -> Mapping[str, list[tuple[float, float]]]:
    """Mark every first attempt the long way: by question, its credit and the rest's share."""
    seen: dict[str, list[tuple[float, float]]] = {}
    for sat in session.scalars(sa.select(Attempt).where(Attempt.number == 1)):
        rows = session.execute(
            sa.select(Answer.item_id, Answer.value).where(Answer.attempt_id == sat.id)
        )
        marked = score(items_of(compiled(), sat.draw), {row[0]: row[1] for row in rows})  # type: ignore[arg-type]
        for one in marked.items:
            rest = (marked.earned - one.earned) / (marked.possible - one.points)
            seen.setdefault(one.item_id, []).append((float(one.credit), float(rest)))
    return seen


def test_figures_are_those_of_first_attempts_marked_the_long_way(
    app: Flask, session: Session, factories: Factories, version_id: int
) -> None:
    crowd(session, factories, version_id, CROWD)
    assert analyse(app, version_id)
    found, expected = kept(session), first_credits(session)
    assert set(found) == set(expected)
    assert max(len(pairs) for pairs in expected.values()) == CROWD
    for item_id, pairs in expected.items():
        credits, rests = zip(*pairs, strict=True)
        assert found[item_id]["n"] == len(pairs)
        assert found[item_id]["facility"] == pytest.approx(mean(credits), abs=1e-4)
        assert found[item_id]["discrimination"] == pytest.approx(
            correlation(credits, rests), abs=1e-3
        )
        assert items.is_scored(compiled().item(item_id))  # type: ignore[arg-type]


def test_those_who_write_or_approve_are_left_out(
    app: Flask, session: Session, factories: Factories, version_id: int
) -> None:
    crowd(session, factories, version_id, 40)
    staff = session.scalars(sa.select(Enrolment.agent_id).limit(5)).all()
    for agent_id in staff:
        unit_id = factories.root().id
        factories.add(
            RoleAssignment(
                agent_id=agent_id, role=Role.REVIEWER, unit_id=unit_id, started_at=utc_now()
            )
        )
    session.commit()
    analyse(app, version_id)
    assert kept(session)["principe"]["n"] == 35


def test_what_was_kept_changes_only_where_ten_more_have_answered(
    app: Flask, session: Session, factories: Factories, version_id: int
) -> None:
    crowd(session, factories, version_id, 40)
    assert analyse(app, version_id)
    before = kept(session)
    crowd(session, factories, version_id, 9, seed=2)
    assert not analyse(app, version_id)
    assert kept(session) == before
    crowd(session, factories, version_id, 1, seed=3)
    assert analyse(app, version_id)
    after = kept(session)
    assert after["principe"]["n"] == 50
    for item_id, one in after.items():
        grown = one["n"] - before[item_id]["n"]
        assert grown >= 10 or one == before[item_id] or before[item_id]["n"] < 30


def test_the_page_reads_no_attempt_and_says_what_to_do(
    app: Flask, client: FlaskClient, session: Session, factories: Factories, version_id: int
) -> None:
    crowd(session, factories, version_id, 120)
    assert "pas encore été analysée" in words(client.get(PAGE))
    done = client.post(PAGE, data={"csrf_token": token(client.get(PAGE))}, follow_redirects=True)
    assert "L’analyse est à jour" in words(done)
    sent: list[str] = []
    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
    page = client.get(PAGE)
    told = words(page)
    assert not [one for one in sent if " attempt " in one or " answer " in one]
    assert "120 premières tentatives" in told
    assert "Le principe" in told
    assert "à revoir" in told
    assert parse(page).xpath("//svg")
    assert "Presque tous" in told or "La question distingue mal" in told or "échouent plus" in told


def test_questions_are_paged_the_weakest_first(
    app: Flask, client: FlaskClient, session: Session, factories: Factories, version_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(analysis, "A_PAGE", 4)
    crowd(session, factories, version_id, 120)
    analyse(app, version_id)
    seen, weak = [], []
    for number in (1, 2):
        page = parse(client.get(f"{PAGE}?page={number}"))
        sections = page.xpath("//section[starts-with(@aria-labelledby, 'question-')]")
        seen += [one.get("aria-labelledby") for one in sections]
        weak += [bool(one.xpath(".//h2/*")) for one in sections]
    assert len(set(seen)) == len(seen) == 6
    assert weak == sorted(weak, reverse=True)
    assert client.get(f"{PAGE}?page=3").status_code == 404


def test_too_few_attempts_say_nothing(
    app: Flask, client: FlaskClient, session: Session, factories: Factories, version_id: int
) -> None:
    crowd(session, factories, version_id, 29)
    analyse(app, version_id)
    told = words(client.get(PAGE))
    assert "Pas encore assez de réponses" in told
    assert "Le principe" not in told


def test_a_small_count_is_nowhere_on_the_page(
    app: Flask, client: FlaskClient, session: Session, factories: Factories, version_id: int
) -> None:
    crowd(session, factories, version_id, 40)
    analyse(app, version_id)
    row = session.scalars(sa.select(VersionAnalysis)).one()
    figures = {
        "item_id": "principe", "n": 40, "right": 33, "partly": 0, "unanswered": 0,
        "facility": 0.825, "discrimination": 0.4, "letters": {"a": 33, "b": 7},
        "rests": {"a": 0.8, "b": 0.4}, "deviation": 0.2,
    }  # fmt: skip
    row.items = [figures]
    session.commit()
    page = parse(client.get(PAGE))
    cells = [one.text_content().strip() for one in page.xpath("//main//td")]
    assert cells == ["40", "masqué", "0,4", "0", "juste", "masqué", "–", "masqué"]
    assert not page.xpath("//*[@class='chart__value']")


def test_a_dilemma_is_counted_by_agents_in_their_first_walk(
    app: Flask, client: FlaskClient, session: Session, factories: Factories, version_id: int
) -> None:
    crowd(session, factories, version_id, 60)
    places = session.scalars(sa.select(Enrolment.id).order_by(Enrolment.id)).all()
    for number, place in enumerate(places):
        walk(session, place, ("", 1 if number < 24 else 2), walk=1)
        walk(session, place, ("", 1), walk=2)
        if number < 24:
            walk(session, place, ("en-prive", 1 if number < 20 else 2), walk=1)
    session.commit()
    analyse(app, version_id)
    assert "Premier parcours" not in words(client.get(PAGE))
    told = words(client.get(f"{PAGE}?vue=dilemmes"))
    assert "Premier parcours de 60 agents" in told
    assert "Lui en parler 24" in told
    assert "Prévenir la hiérarchie exemplaire 36" in told
    assert "En rester là masqué" in told  # 20, beside a 4.
    assert "Rendre compte exemplaire masqué" in told


def walk(session: Session, place: int, choice: tuple[str, int], *, walk: int) -> None:
    session.add(
        PracticeAnswer(
            enrolment_id=place, item_id="video", token=f"{walk}-{choice[0]}", walk=walk,
            value={"scene": choice[0], "choice": choice[1]},
        )
    )  # fmt: skip


def test_a_request_does_not_read_more_than_a_page_should(
    client: FlaskClient, session: Session, factories: Factories, version_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    crowd(session, factories, version_id, 31)
    monkeypatch.setattr(analysis, "MOST_ATTEMPTS", 30)
    sent = {"csrf_token": token(client.get(PAGE))}
    assert "chaque nuit" in words(client.post(PAGE, data=sent, follow_redirects=True))
    assert session.scalar(sa.select(sa.func.count()).select_from(VersionAnalysis)) == 0
    monkeypatch.setattr(analysis, "MOST_ATTEMPTS", 31)
    client.post(PAGE, data=sent)
    assert "Rien de plus" in words(client.post(PAGE, data=sent, follow_redirects=True))


def test_the_command_analyses_every_version_that_was_sat(
    app: Flask, session: Session, factories: Factories, version_id: int
) -> None:
    def run() -> str:
        result = app.test_cli_runner().invoke(args=["learning", "analyse"])
        assert result.exit_code == 0, result.output
        return str(result.output)

    assert run().startswith("0 ")
    crowd(session, factories, version_id, 31)
    assert run().startswith("1 ")
    assert run().startswith("0 ")


def test_an_unknown_version_is_not_found(client: FlaskClient, version_id: int) -> None:
    assert client.get(PAGE.replace("/1", "/9")).status_code == 404
