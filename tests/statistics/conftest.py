"""A small organisation with known figures, for the pages."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.access import Role
from app.database import utc_now
from app.days import day_of
from app.statistics import services
from tests.campaigns.making import complete, make_enrolment, make_module, start

TODAY = day_of(utc_now())
PAST, SOON = TODAY - timedelta(days=40), TODAY + timedelta(days=20)


@pytest.fixture
def place(session, factories):
    """Make two divisions; the first has two teams, with someone in each standing.

    North: 6 agents with HR and the supervisor, 4 asked, 1 up to date, 2 late. South: 3 and 1, 1, 0.
    """
    module = make_module(session)
    root = factories.unit(name="Ministère")
    north, south = factories.unit(root, name="Nord"), factories.unit(root, name="Sud")
    team = factories.unit(north, name="=Brigade du nord")
    far = factories.unit(south, name="Brigade du sud")
    hr = factories.agent(Role.HR_READER, Role.HR_FOLLOW_UP, unit=north, family_name="Rhône")
    boss = factories.agent(Role.SUPERVISOR, unit=team, family_name="Chef")
    made = SimpleNamespace(
        module=module, root=root, north=north, south=south, team=team, far=far, hr=hr, boss=boss,
        national=factories.agent(Role.HR_READER, unit=root, corps="pref", family_name="Haut"),
        other=factories.agent(Role.HR_READER, Role.HR_FOLLOW_UP, unit=south, family_name="Autre"),
        stranger=factories.agent(Role.SUPERVISOR, unit=far, family_name="Voisin"),
    )  # fmt: skip
    for name, due_on, begun, done in (
        ("Idle", PAST, False, False), ("Slow", PAST, True, False),
        ("New", SOON, False, False), ("Done", PAST, True, True),
    ):  # fmt: skip
        agent = factories.agent(unit=team, family_name=name, given_name="Alex",
                                corps="gn" if name == "Slow" else "pn")  # fmt: skip
        setattr(made, name.lower(), agent)
        enrolment = make_enrolment(session, agent.id, module, day=PAST, due_on=due_on)
        if begun:
            start(session, enrolment, day=PAST)
        if done:
            complete(session, enrolment, day=PAST + timedelta(days=3))
    finished = factories.agent(unit=far, family_name="Finie")
    complete(session, make_enrolment(session, finished.id, module, day=PAST, due_on=PAST), day=PAST)
    session.commit()
    return made


@pytest.fixture
def snapshot(session, place):
    """Take the snapshot of today."""
    snapshot_id = services.take_snapshot(session, as_of=TODAY, now=utc_now())
    session.commit()
    return snapshot_id
