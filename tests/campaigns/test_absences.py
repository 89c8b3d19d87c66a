"""Absences postpone by the days away, whatever their order, and once each."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.campaigns import services
from app.campaigns.absences import Span, merge, postpone
from app.campaigns.models import Absence
from app.campaigns.personal import erase_for, export_for
from app.campaigns.services import absences
from app.learning.models import Enrolment
from tests.campaigns.making import complete, make_module, noon

ASKED = date(2026, 1, 5)
DUE = date(2026, 2, 4)
DAYS = st.dates(date(2025, 12, 1), date(2026, 6, 1))
SPANS = st.lists(
    st.tuples(DAYS, st.integers(0, 40)).map(
        lambda pair: Span(pair[0], pair[0] + timedelta(days=pair[1]))
    ),
    max_size=6,
)


@pytest.mark.parametrize(
    ("away", "due_on"),
    [
        ([], DUE),
        ([Span(date(2026, 1, 10), date(2026, 1, 12))], date(2026, 2, 7)),
        ([Span(date(2025, 12, 20), date(2026, 1, 6))], date(2026, 2, 6)),
        ([Span(date(2025, 12, 20), date(2026, 1, 4))], DUE),
        ([Span(date(2026, 2, 4), date(2026, 2, 6))], date(2026, 2, 7)),
        ([Span(date(2026, 2, 5), date(2026, 2, 6))], DUE),
        ([Span(date(2026, 2, 1), date(2026, 2, 10)), Span(date(2026, 2, 12), date(2026, 2, 13))],
         date(2026, 2, 16)),
        ([Span(date(2026, 1, 10), date(2026, 1, 12)), Span(date(2026, 1, 11), date(2026, 1, 13))],
         date(2026, 2, 8)),
        ([Span(date(2026, 3, 28), date(2026, 3, 30))], DUE),
    ],
)  # fmt: skip
def test_each_day_away_before_the_date_is_given_back(away, due_on):
    assert postpone(DUE, ASKED, away) == due_on


@settings(deadline=None)
@given(SPANS)
def test_as_many_days_at_work_are_left_as_without_absences(away):
    due_on = postpone(DUE, ASKED, away)
    days = [ASKED + timedelta(days=n) for n in range((due_on - ASKED).days + 1)]
    at_work = [one for one in days if not any(span.covers(one) for span in away)]
    assert len(at_work) == (DUE - ASKED).days + 1
    assert due_on >= DUE
    assert postpone(DUE, ASKED, reversed(away)) == due_on


@settings(deadline=None)
@given(SPANS)
def test_merged_spans_hold_the_same_days_apart(away):
    merged = merge(away)
    days = [date(2025, 12, 1) + timedelta(days=n) for n in range(250)]
    for one in days:
        assert any(span.covers(one) for span in away) == any(s.covers(one) for s in merged)
    for before, after in pairwise(merged):
        assert before.ends_on + timedelta(days=1) < after.starts_on


@pytest.fixture
def owing(session, factories):
    """Give an agent with one module owed by 4 February and another completed."""
    agent = factories.agent()
    for slug in ("probite", "laicite"):
        make_module(session, slug)
    services.create(
        session, title="Socle", unit_id=factories.root().id, delay_days=30, opens_on=ASKED,
        module_slugs=["probite", "laicite"], now=noon(ASKED),
    )  # fmt: skip
    services.enrol(session, 1, today=ASKED, now=noon(ASKED))
    done = session.scalars(select(Enrolment).order_by(Enrolment.id.desc()).limit(1)).one()
    complete(session, done, day=date(2026, 1, 8))
    session.commit()
    return agent


def due_dates(session):
    session.flush()
    session.expire_all()
    return list(session.scalars(select(Enrolment.due_on).order_by(Enrolment.id)))


def enter(session, agent, starts_on, ends_on):
    return absences.enter(
        session, agent_id=agent.id, span=Span(starts_on, ends_on), actor_id=agent.id,
        now=noon(ASKED),
    )  # fmt: skip


def test_an_absence_moves_what_is_not_completed_and_its_cancelling_brings_it_back(session, owing):
    assert enter(session, owing, date(2026, 1, 20), date(2026, 1, 29)) == 1
    assert due_dates(session) == [date(2026, 2, 14), DUE]
    assert enter(session, owing, date(2026, 2, 14), date(2026, 2, 14)) == 1
    assert due_dates(session) == [date(2026, 2, 15), DUE]
    first = session.scalars(select(Absence.id).order_by(Absence.id).limit(1)).one()
    moved = absences.cancel(
        session, agent_id=owing.id, absence_id=first, actor_id=owing.id, now=noon(ASKED)
    )
    assert moved == 1
    assert due_dates(session) == [DUE, DUE]


def test_two_absences_share_no_day(session, owing):
    enter(session, owing, date(2026, 1, 20), date(2026, 1, 29))
    with pytest.raises(absences.OverlappingAbsence):
        enter(session, owing, date(2026, 1, 29), date(2026, 1, 30))


def test_an_absence_is_cancelled_once_and_by_its_agent_alone(session, owing, factories):
    enter(session, owing, date(2026, 1, 20), date(2026, 1, 29))
    absence_id = session.scalars(select(Absence.id)).one()
    act = {"absence_id": absence_id, "actor_id": owing.id, "now": noon(ASKED)}
    with pytest.raises(absences.NoSuchAbsence):
        absences.cancel(session, agent_id=factories.agent().id, **act)
    absences.cancel(session, agent_id=owing.id, **act)
    with pytest.raises(absences.NoSuchAbsence):
        absences.cancel(session, agent_id=owing.id, **act)


def test_old_absences_are_forgotten_once_nothing_waits_on_them(session, owing):
    enter(session, owing, date(2026, 1, 20), date(2026, 1, 29))
    later = date(2027, 1, 30)
    assert absences.forget_old(session, today=later) == 0  # It still postpones something.
    waiting = session.scalars(select(Enrolment).order_by(Enrolment.id).limit(1)).one()
    complete(session, waiting, day=date(2026, 2, 10))
    assert absences.forget_old(session, today=later - timedelta(days=1)) == 0
    assert absences.forget_old(session, today=later) == 1


def test_absences_are_given_to_their_agent_and_erased_with_them(session, owing):
    enter(session, owing, date(2026, 1, 20), date(2026, 1, 29))
    given_to_them = export_for(session, owing.id)["absences"]
    assert [(one["starts_on"], one["ends_on"], one["cancelled_at"]) for one in given_to_them] == [
        ("2026-01-20", "2026-01-29", None)
    ]
    erase_for(session, owing.id)
    assert session.scalar(select(func.count()).select_from(Absence)) == 0
    assert due_dates(session)[0] == date(2026, 2, 14)
