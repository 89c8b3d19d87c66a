"""The history as it is stored: coherent, by the rules of the application itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime
from fractions import Fraction

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.access import Role
from app.campaigns.models import Campaign
from app.campaigns.services import Enrolled, enrol
from app.catalogue.models import Module, ModuleVersion
from app.certificates.models import Certificate, CertificateEvent
from app.database import utc_now
from app.demo.accounts import ACCOUNTS, PASSWORD
from app.demo.duties import MODULE
from app.dialect.compiled import CompiledModule, from_json
from app.journal.models import JournalEntry
from app.learning.drawing import items_of
from app.learning.models import Answer, Attempt, Completion, Enrolment, PracticeAnswer, StepVisit
from app.learning.scoring import score
from app.people.hashing import Cost, matches
from app.people.models import Agent, EthicsContact, OrganisationalUnit, RoleAssignment
from app.statistics.models import Snapshot, SnapshotUnit


def count(session: Session, model: type) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def read_modules(session: Session) -> dict[int, CompiledModule]:
    rows = session.execute(sa.select(ModuleVersion.id, ModuleVersion.compiled))
    return {row.id: from_json(row.compiled["fr"]) for row in rows}


def test_everyone_and_every_unit_is_there(reading: Session) -> None:
    assert count(reading, Agent) == 400
    assert count(reading, OrganisationalUnit) == 60
    depths = reading.scalars(sa.select(OrganisationalUnit.path))
    assert max(path.count("/") - 1 for path in depths) == 5


def test_only_the_accounts_have_a_password_and_it_opens_them(reading: Session) -> None:
    rows = reading.execute(
        sa.select(Agent.matricule, Agent.password_hash).where(Agent.password_hash.is_not(None))
    ).all()
    assert {row.matricule for row in rows} == {account.matricule for account in ACCOUNTS}
    assert all(matches(row.password_hash, PASSWORD, Cost()) for row in rows)


def test_each_account_holds_its_roles(reading: Session) -> None:
    rows = reading.execute(
        sa.select(Agent.matricule, RoleAssignment.role)
        .join(RoleAssignment, RoleAssignment.agent_id == Agent.id)
        .where(Agent.matricule.startswith("demo-"))
    )
    held = defaultdict(set)
    for matricule, role in rows:
        held[matricule].add(role)
    assert held == {
        "demo-encadrant": {Role.SUPERVISOR},
        "demo-formateur": {Role.TRAINER},
        "demo-rh": {Role.HR_READER, Role.HR_FOLLOW_UP},
        "demo-admin": {Role.ADMINISTRATOR},
    }


def test_every_completion_has_a_passing_attempt_whose_score_recomputes(reading: Session) -> None:
    modules = read_modules(reading)
    answers: dict[int, dict[str, object]] = defaultdict(dict)
    for row in reading.scalars(sa.select(Answer).order_by(Answer.id)):
        answers[row.attempt_id][row.item_id] = row.value
    attempts = {row.id: row for row in reading.scalars(sa.select(Attempt))}
    completions = reading.scalars(sa.select(Completion)).all()
    assert len(completions) > 250
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
        assert len(attempt.draw) == 8


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


def test_campaigns_have_nobody_left_to_enrol(reading: Session) -> None:
    now = utc_now()
    for campaign in reading.scalars(sa.select(Campaign).where(Campaign.closed_at.is_(None))).all():
        enrolled = enrol(reading, campaign.id, today=now.date(), now=now)
        assert enrolled == Enrolled()
    reading.rollback()


def test_campaigns_differ_one_is_late_and_one_goes_on(reading: Session) -> None:
    campaigns = reading.scalars(sa.select(Campaign)).all()
    assert sorted(one.corps[0] for one in campaigns) == ["gn", "pm", "pn", "pref", "sp"]
    assert len({one.opens_on for one in campaigns}) == 5
    today = utc_now().date()
    assert any(one.due_on and one.due_on > today for one in campaigns)
    late = reading.scalar(
        sa.select(sa.func.count())
        .select_from(Enrolment)
        .join(Campaign, Campaign.id == Enrolment.campaign_id)
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .where(Completion.id.is_(None), Enrolment.due_on < today, Campaign.closed_at.is_(None))
    )
    assert late
    assert late > 15


def test_enrolments_are_own_and_by_campaign_at_every_stage(reading: Session) -> None:
    origins = Counter(reading.scalars(sa.select(Enrolment.origin)))
    assert origins["campaign"] > 300
    assert origins["own"] > 5
    open_attempts = reading.scalars(sa.select(Attempt.id).where(Attempt.submitted_at.is_(None)))
    assert open_attempts.all()
    failed = reading.scalars(sa.select(Attempt.id).where(Attempt.passed.is_(False))).all()
    assert len(failed) > 20
    assert reading.scalars(sa.select(Enrolment.id).where(Enrolment.started_at.is_(None))).all()


def test_the_demo_agent_has_read_one_step_of_a_module_due_soon(reading: Session) -> None:
    row = reading.scalars(
        sa.select(Enrolment).join(Agent, Agent.id == Enrolment.agent_id)
        .where(Agent.matricule == "demo-agent")
    ).one()  # fmt: skip
    assert row.due_on is not None
    assert 0 < (row.due_on - utc_now().date()).days < 15
    visits = reading.scalars(sa.select(StepVisit).where(StepVisit.enrolment_id == row.id)).all()
    assert len(visits) == 1


def test_practice_is_kept_only_while_it_may_be(reading: Session) -> None:
    old = sa.select(PracticeAnswer.id).join(
        Completion, Completion.enrolment_id == PracticeAnswer.enrolment_id
    )
    month_ago = utc_now().timestamp() - 30 * 86400
    limit = datetime.fromtimestamp(month_ago, UTC)
    assert count(reading, PracticeAnswer) > 100
    assert not reading.scalars(old.where(Completion.completed_at < limit)).all()


def test_figures_look_lived_in(reading: Session) -> None:
    latest = reading.scalar(sa.select(sa.func.max(Snapshot.id)))
    rows = reading.scalars(
        sa.select(SnapshotUnit).where(
            SnapshotUnit.snapshot_id == latest, SnapshotUnit.corps == "", SnapshotUnit.asked >= 5
        )
    ).all()
    shares = [row.up_to_date / row.asked for row in rows]
    assert len(shares) > 40
    assert min(shares) >= 0.4
    assert max(shares) < 1
    whole = next(row for row in rows if row.parent_id is None)
    assert whole.population == 400
    assert count(reading, Snapshot) > 12


def test_the_trend_grows_over_the_year(reading: Session) -> None:
    done = reading.scalars(
        sa.select(SnapshotUnit.up_to_date)
        .join(Snapshot, Snapshot.id == SnapshotUnit.snapshot_id)
        .where(SnapshotUnit.parent_id.is_(None), SnapshotUnit.corps == "")
        .order_by(Snapshot.as_of)
    ).all()
    assert list(done) == sorted(done)
    assert done[0] < done[-1]


def test_the_journal_tells_it_in_order(reading: Session) -> None:
    actions = Counter(reading.scalars(sa.select(JournalEntry.action)))
    assert actions["completed"] == actions["certificate_issued"] == count(reading, Completion)
    assert actions["campaign_created"] == 5
    assert actions["signed_in"] > 300


def test_each_corps_has_a_contact_and_some_kinds_are_left_empty(reading: Session) -> None:
    kinds = Counter(reading.scalars(sa.select(EthicsContact.corps)))
    assert set(kinds) == {"pn", "gn", "pm", "sp", "pref"}
    assert sum(kinds.values()) < 20


def test_two_versions_are_published_and_the_last_is_the_one_on_the_disk(
    reading: Session, loaded: Flask
) -> None:
    mine = sa.select(ModuleVersion).join(Module).where(Module.slug == MODULE)
    rows = reading.scalars(mine.order_by(ModuleVersion.number)).all()
    assert [row.number for row in rows] == [1, 2]
    assert rows[0].published_at < rows[1].published_at
    assert rows[0].titles == rows[1].titles
