from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.campaigns import services
from app.campaigns.audience import Moment, select_audience
from app.campaigns.models import Campaign
from app.campaigns.rules import Audience, Term
from app.campaigns.services import Enrolled
from app.catalogue.models import LearningPath
from app.database import utc_now, write
from app.journal.models import JournalEntry
from app.learning.models import Enrolment
from app.people.models import Assignment
from tests.campaigns.making import complete, make_enrolment, make_module, noon

TODAY = date(2026, 4, 1)
OPENING = date(2026, 3, 1)


@pytest.fixture
def launch(session, factories):
    """Make a campaign on one module, open to everyone unless told."""

    def make(**values):
        given = {
            "title": "Probité 2026", "unit_id": factories.root().id, "opens_on": OPENING,
            "delay_days": 90, "module_slugs": ["probite"], "now": noon(OPENING),
        } | values  # fmt: skip
        if given.get("due_on"):
            given["delay_days"] = None
        return services.create(session, **given)

    return make


def run(session, campaign_id, today=TODAY):
    return services.enrol(session, campaign_id, today=today, now=noon(today))


def list_owed(session):
    statement = select(
        Enrolment.agent_id, Enrolment.cycle, Enrolment.due_on, Enrolment.origin
    ).order_by(Enrolment.agent_id, Enrolment.module_id, Enrolment.cycle)
    return [tuple(row) for row in session.execute(statement)]


def test_enrolling_twice_changes_nothing_more(session, factories, launch):
    make_module(session)
    for _ in range(3):
        factories.agent()
    campaign_id = launch()

    assert run(session, campaign_id) == Enrolled(added=3)
    before = list_owed(session)
    assert run(session, campaign_id) == Enrolled()
    assert run(session, campaign_id, TODAY + timedelta(days=200)) == Enrolled()
    assert list_owed(session) == before
    assert all(row[2] == OPENING + timedelta(days=90) for row in before)


def test_sql_and_the_rules_agree_on_whom_and_by_when(session, factories, launch):
    make_module(session)
    north, south = factories.unit(factories.root()), factories.unit(factories.root())
    below_north = factories.unit(north)
    people = []
    for unit in (factories.root(), north, below_north, south):
        for corps in ("pn", "gn"):
            for grade in ("gardien de la paix", "brigadier"):
                for arrived in (date(2024, 1, 1), date(2026, 2, 28), date(2026, 3, 20)):
                    agent = factories.agent(unit=unit, corps=corps, grade=grade, arrived_on=arrived)
                    people.append((agent.id, unit.path, corps, grade, arrived))
    audience = Audience(north.path, frozenset({"gn"}), frozenset({"brigadier"}))
    term = Term(OPENING, delay_days=45)
    campaign_id = launch(
        unit_id=north.id, corps=["gn"], grades=["brigadier"], delay_days=term.delay_days
    )
    run(session, campaign_id)

    expected = [
        (agent_id, 1, term.due_date(arrived_on=arrived), "campaign")
        for agent_id, path, corps, grade, arrived in people
        if audience.matches(unit_path=path, corps=corps, grade=grade)
    ]
    assert len(expected) == 6
    assert list_owed(session) == expected


def test_the_delay_runs_from_the_start_of_the_assignment(session, factories, launch):
    make_module(session)
    agent = factories.agent()
    session.scalars(
        select(Assignment).where(Assignment.agent_id == agent.id)
    ).one().ends_on = date(2026, 3, 25)  # fmt: skip
    session.flush()
    session.add(
        Assignment(agent_id=agent.id, unit_id=factories.root().id, corps="pn", grade="major",
                   category="maitrise", starts_on=date(2026, 3, 25))
    )  # fmt: skip
    run(session, launch())
    assert list_owed(session)[0][2] == date(2026, 3, 25) + timedelta(days=90)


def test_those_who_left_or_have_not_arrived_are_left_out(session, factories, launch):
    make_module(session)
    factories.agent(deactivated_at=noon(date(2026, 3, 31)))
    leaving = factories.agent(deactivated_at=noon(date(2026, 5, 1)))
    coming = factories.agent()
    future = factories.agent()
    row = session.scalars(select(Assignment).where(Assignment.agent_id == future.id)).one()
    row.ends_on = date(2026, 2, 1)
    session.flush()
    assert run(session, launch()) == Enrolled(added=2)
    assert {row[0] for row in list_owed(session)} == {leaving.id, coming.id}


def test_an_own_choice_gets_the_due_date_once_and_keeps_it(session, factories, launch):
    module = make_module(session)
    agent = factories.agent()
    own = make_enrolment(session, agent.id, module)

    first = launch(due_on=date(2026, 6, 30))
    assert run(session, first) == Enrolled(dated=1)
    assert run(session, launch(due_on=date(2026, 12, 31))) == Enrolled()

    session.refresh(own)
    assert (own.due_on, own.campaign_id, own.origin) == (date(2026, 6, 30), first, "own")


def test_a_valid_proof_counts_and_is_not_asked_again(session, factories, launch):
    module = make_module(session)
    agent = factories.agent()
    own = make_enrolment(session, agent.id, module)
    complete(session, own, day=date(2026, 2, 1), valid_until=date(2029, 1, 31))
    make_enrolment(session, agent.id, module, cycle=2)

    assert run(session, launch()) == Enrolled(dated=1)
    assert [(row[1], row[2] is not None) for row in list_owed(session)] == [(1, True), (2, False)]


def test_an_expired_proof_is_asked_again_in_a_new_cycle(session, factories, launch):
    module = make_module(session)
    enrolment = make_enrolment(session, factories.agent().id, module, due_on=date(2023, 3, 1))
    complete(session, enrolment, day=date(2023, 2, 1), valid_until=date(2026, 3, 31))
    campaign_id = launch(delay_days=30)

    assert run(session, campaign_id, date(2026, 3, 31)) == Enrolled()
    assert run(session, campaign_id, date(2026, 4, 1)) == Enrolled(added=1)
    assert list_owed(session)[1][1:3] == (2, date(2026, 4, 30))
    assert run(session, campaign_id, date(2026, 4, 2)) == Enrolled()


def test_a_fixed_date_does_not_ask_again_what_expires_after_it(session, factories, launch):
    module = make_module(session)
    enrolment = make_enrolment(session, factories.agent().id, module, due_on=date(2026, 3, 10))
    complete(session, enrolment, day=date(2026, 3, 5), valid_until=date(2026, 8, 1))
    campaign_id = launch(due_on=date(2026, 6, 30))
    assert run(session, campaign_id, date(2026, 9, 1)) == Enrolled()


def test_a_path_is_copied(session, factories, launch):
    make_module(session)
    make_module(session, "laicite", "Laïcité")
    path = LearningPath(slug="socle", titles={"fr": "Socle"}, audience=[], validity_months=36,
                        module_slugs=["probite", "laicite"])  # fmt: skip
    session.add(path)
    session.flush()
    campaign_id = launch(path_id=path.id)
    path.module_slugs = ["probite"]
    session.flush()
    factories.agent()

    assert run(session, campaign_id) == Enrolled(added=2)
    assert session.get_one(Campaign, campaign_id).validity_months == 36


def test_a_retired_module_is_not_asked(session, factories, launch):
    module = make_module(session)
    module.retired_at = noon(OPENING)
    factories.agent()
    assert run(session, launch()) == Enrolled()


def test_nobody_is_enrolled_before_the_opening_or_after_the_close(session, factories, launch):
    make_module(session)
    factories.agent()
    campaign_id = launch()
    assert run(session, campaign_id, OPENING - timedelta(days=1)) == Enrolled()
    services.close(session, campaign_id, now=noon(TODAY))
    services.close(session, campaign_id, now=noon(TODAY))
    with pytest.raises(services.CampaignClosed):
        run(session, campaign_id)
    actions = session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)).all()
    assert actions == ["campaign_created", "campaign_closed"]


def test_a_campaign_needs_a_subject(session, launch):
    with pytest.raises(services.UnknownSubject):
        launch(module_slugs=[])
    with pytest.raises(services.UnknownSubject):
        launch(path_id=404)


def test_every_run_that_changes_something_is_journalled(session, factories, launch):
    make_module(session)
    boss = factories.agent()
    campaign_id = launch()
    run(session, campaign_id)
    run(session, campaign_id)
    services.enrol(session, campaign_id, today=TODAY, now=utc_now(), actor_id=boss.id)
    session.flush()
    entries = session.scalars(
        select(JournalEntry).where(JournalEntry.action == "campaign_enrolled")
    ).all()
    assert [(entry.actor_id, entry.object_id) for entry in entries] == [
        (None, str(campaign_id)), (boss.id, str(campaign_id)),
    ]  # fmt: skip


def test_eight_at_once_enrol_everyone_once(app, session, factories, launch):
    modules = [make_module(session, slug) for slug in ("probite", "laicite", "usage")]
    agents = [factories.agent() for _ in range(40)]
    for agent in agents[:10]:
        make_enrolment(session, agent.id, modules[0])
    slugs = [module.slug for module in modules]
    ids = [launch(module_slugs=slugs), launch(module_slugs=slugs[::-1], delay_days=30)]
    session.commit()

    def enrol(number):
        with app.app_context():
            return write(services.enrol, ids[number % 2], today=TODAY, now=noon(TODAY))

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(enrol, range(8)))

    assert sum(result.added for result in results) == 110
    assert sum(result.dated for result in results) == 10
    assert session.scalar(select(func.count()).select_from(Enrolment)) == 120
    assert session.scalar(select(func.count(Enrolment.due_on))) == 120


def test_an_audience_knows_since_when_each_belongs_to_it(session, factories):
    agent = factories.agent(arrived_on=date(2025, 5, 5))
    statement = select_audience(Audience("/"), Moment(TODAY, noon(TODAY)))
    assert session.execute(statement).one() == (agent.id, date(2025, 5, 5))
