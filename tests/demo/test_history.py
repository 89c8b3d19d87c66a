"""The history as it is stored: coherent, by the rules of the application itself."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from datetime import UTC, datetime
from fractions import Fraction

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.catalogue.folders import module_folders
from app.catalogue.models import Module, ModuleVersion
from app.certificates.models import Certificate, CertificateEvent
from app.database import utc_now
from app.dialect.compiled import CompiledModule, from_json, sees
from app.dialect.reading import hash_folder
from app.learning.drawing import items_of
from app.learning.models import Answer, Attempt, Completion, Enrolment, PracticeAnswer, StepVisit
from app.learning.scoring import score
from app.learning.validity import valid_until
from app.people.models import Agent
from tests.servers import ROOT


def count(session: Session, model: type) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def read_modules(session: Session) -> dict[int, CompiledModule]:
    rows = session.execute(sa.select(ModuleVersion.id, ModuleVersion.compiled))
    return {row.id: from_json(row.compiled["fr"]) for row in rows}


def test_every_completion_has_a_passing_attempt_whose_score_recomputes(reading: Session) -> None:
    modules = read_modules(reading)
    answers: dict[int, dict[str, object]] = defaultdict(dict)
    for row in reading.scalars(sa.select(Answer).order_by(Answer.id)):
        answers[row.attempt_id][row.item_id] = row.value
    attempts = {row.id: row for row in reading.scalars(sa.select(Attempt))}
    completions = reading.scalars(sa.select(Completion)).all()
    assert len(completions) > 2000
    for completion in completions:
        attempt = attempts[completion.attempt_id or 0]
        assert attempt.passed is True
        assert attempt.version_id == completion.version_id
        assert attempt.submitted_at == completion.completed_at
    for attempt in attempts.values():
        if attempt.submitted_at is None:
            assert attempt.passed is None
            continue
        asked = items_of(modules[attempt.version_id], attempt.draw)  # type: ignore[arg-type]
        result = score(asked, answers[attempt.id])
        assert attempt.score_numerator is not None
        assert attempt.score_denominator is not None
        assert result.share == Fraction(attempt.score_numerator, attempt.score_denominator)
        assert result.reaches(attempt.pass_mark) is attempt.passed
        assert len(attempt.draw) == 10
        assert all(sees(item.corps, attempt.corps) for item in asked)


def test_whoever_completed_had_read_all_the_steps_before_the_quiz(reading: Session) -> None:
    modules = read_modules(reading)
    read: dict[int, dict[str, datetime]] = defaultdict(dict)
    for visit in reading.scalars(sa.select(StepVisit)):
        assert visit.first_read_at <= visit.last_read_at
        read[visit.enrolment_id][visit.step_id] = visit.first_read_at
    rows = reading.execute(
        sa.select(Attempt.enrolment_id, Attempt.version_id, Attempt.corps, Attempt.started_at)
    )
    for enrolment_id, version_id, corps, started_at in rows:
        steps = modules[version_id].steps_for(corps)
        assert all(read[enrolment_id][step.id] <= started_at for step in steps)


def test_time_goes_forward_and_never_beyond_now(reading: Session) -> None:
    now = datetime.now(UTC)
    published = dict(reading.execute(sa.select(ModuleVersion.id, ModuleVersion.published_at)).all())
    for row in reading.scalars(sa.select(Enrolment)):
        assert row.enrolled_at <= now
        if row.started_at:
            assert row.enrolled_at <= row.started_at <= now
            assert published[row.version_id or 0] <= row.started_at
    for attempt in reading.scalars(sa.select(Attempt)):
        assert attempt.started_at <= now
        assert attempt.submitted_at is None or attempt.started_at < attempt.submitted_at <= now


def test_nobody_works_on_two_modules_at_once(reading: Session) -> None:
    rows = reading.execute(
        sa.select(Enrolment.agent_id, Attempt.started_at, Attempt.submitted_at)
        .join(Attempt, Attempt.enrolment_id == Enrolment.id)
        .where(Attempt.submitted_at.is_not(None))
        .order_by(Enrolment.agent_id, Attempt.started_at)
    ).all()
    for (agent, _, ends), (next_agent, begins, _) in itertools.pairwise(rows):
        assert agent != next_agent or ends <= begins


def test_each_completion_has_its_certificate(reading: Session) -> None:
    rows = reading.execute(
        sa.select(Completion, Certificate, Agent)
        .join(Certificate, Certificate.completion_id == Completion.id)
        .join(Agent, Agent.id == Completion.agent_id)
    ).all()
    assert len(rows) == count(reading, Completion) == count(reading, CertificateEvent)
    assert len({certificate.serial for _, certificate, _ in rows}) == len(rows)
    for completion, certificate, agent in rows:
        assert certificate.completed_at == certificate.issued_at == completion.completed_at
        assert certificate.valid_until == completion.valid_until
        assert certificate.holder_name == f"{agent.given_name} {agent.family_name}"
        assert completion.unit_names[0] == "Forces du Valdoré"
        assert completion.unit_path.startswith("/1/")


def test_a_proof_holds_as_long_as_the_campaign_that_had_asked_says(reading: Session) -> None:
    rows = reading.execute(
        sa.select(Completion.completed_at, Completion.valid_until, Campaign)
        .join(Enrolment, Enrolment.id == Completion.enrolment_id)
        .outerjoin(Campaign, Campaign.id == Enrolment.campaign_id)
    ).all()
    told = Counter()
    for completed_at, until, campaign in rows:
        asked = campaign is not None and campaign.opens_on <= completed_at.date()
        months = (campaign.validity_months if asked else None) or 36
        assert until == valid_until(completed_at, months)
        told[months] += 1
    assert told[24] > 100
    assert told[36] > 1000


def test_practice_is_kept_only_while_it_may_be(reading: Session) -> None:
    old = sa.select(PracticeAnswer.id).join(
        Completion, Completion.enrolment_id == PracticeAnswer.enrolment_id
    )
    month_ago = utc_now().timestamp() - 30 * 86400
    limit = datetime.fromtimestamp(month_ago, UTC)
    assert count(reading, PracticeAnswer) > 100
    assert not reading.scalars(old.where(Completion.completed_at < limit)).all()


def test_two_versions_of_each_module_are_published_and_the_last_is_the_one_on_the_disk(
    reading: Session,
) -> None:
    for folder in module_folders(ROOT / "content" / "modules"):
        mine = sa.select(ModuleVersion).join(Module).where(Module.slug == folder.name)
        rows = reading.scalars(mine.order_by(ModuleVersion.number)).all()
        assert [row.number for row in rows] == [1, 2]
        assert rows[0].published_at < rows[1].published_at
        assert rows[0].titles == rows[1].titles
        assert rows[1].sha256 == hash_folder(folder)
        assert rows[1].kind == "editorial"
