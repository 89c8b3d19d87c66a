"""Each agent's first page."""

from __future__ import annotations

from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue

from app.access import SignedInAgent, current_agent, policy
from app.campaigns.queries.absences import find_away_until
from app.catalogue.library import open_edition
from app.catalogue.queries import list_offered, list_paths
from app.catalogue.rows import Offered
from app.certificates.queries import list_own
from app.extensions import db
from app.home import overview
from app.home.examples import Example, choose_example
from app.home.views.blueprint import bp, today
from app.home.wording import list_rooms
from app.i18n import current_language
from app.learning.services.rereading import count_to_reread
from app.learning.summaries import LearningRow, State, list_learning

RECENT = 3


@bp.get("/")
@policy()
def index() -> ResponseReturnValue:
    """Show an agent where to go on, what is owed, how far they are, and one example to follow."""
    agent, day = current_agent(), today()
    rows = list_learning(db.session, agent.id, current_language())
    offered = list_offered(db.session)
    left = overview.list_left(rows)
    following = overview.choose_next(left)
    rest = [row for row in left if row is not following]
    return render_template(
        "home/index.html",
        agent=agent,
        has_begun=bool(rows),
        corrected=[row for row in rows if row.corrected_attempt_id is not None],
        following=following,
        to_reread=count_rereading(agent, following),
        owed=overview.list_owed(rest),
        chosen=overview.list_chosen(rest),
        paths=list_progress(agent, offered, rows),
        certificates=list_own(db.session, agent_id=agent.id, limit=RECENT),
        example=example_of_the_day(agent, offered, day),
        rooms=list_rooms(agent),
        away_until=find_away_until(db.session, agent_id=agent.id, day=day),
        today=day,
    )


def count_rereading(agent: SignedInAgent, row: LearningRow | None) -> int:
    """Count the steps to read again before the next attempt of what is to be gone on with."""
    if row is None or not (row.waits_for_quiz and row.has_failed):
        return 0
    return count_to_reread(
        db.session,
        enrolment_id=row.enrolment_id,
        corps=agent.corps,
        language=current_language(),
    )


def list_progress(
    agent: SignedInAgent, offered: list[Offered], rows: list[LearningRow]
) -> list[overview.PathProgress]:
    """Measure the paths made for this agent's corps and band of grades."""
    paths = {
        path.title(current_language()): path.module_slugs
        for path in list_paths(db.session)
        if path.is_for(agent.corps, agent.category)
    }
    return overview.measure_paths(
        paths,
        offered={module.slug for module in offered},
        completed={row.slug for row in rows if row.is_latest and row.state == State.COMPLETED},
    )


def example_of_the_day(agent: SignedInAgent, offered: list[Offered], day: date) -> Example | None:
    """Choose an example from the modules written for this agent's corps; another each day."""
    editions = [
        open_edition(db.session, module.version_id, current_language())
        for module in offered
        if module.is_for(agent.corps)
    ]
    return choose_example(editions, corps=agent.corps, turn=day.toordinal() + agent.id)
