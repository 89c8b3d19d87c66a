"""« Mon dossier »: everything held about oneself, on a page and in a file."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import current_agent, policy
from app.campaigns.queries.absences import list_absences
from app.catalogue.wording import say_corps
from app.certificates.queries import list_own
from app.database import utc_now, write
from app.extensions import db
from app.home import queries, services
from app.home.views.blueprint import bp, today
from app.i18n import current_language
from app.input import read_number
from app.learning.summaries import AttemptRow, list_attempts, list_learning
from app.people.personal_data import export_everything
from app.statistics import sightings

MOST_SIGHTS = 50
CYCLES_A_PAGE, CERTIFICATES_SHOWN = 6, 6
LAST_PAGE = 1000


@bp.get("/mon-dossier")
@policy()
def record() -> ResponseReturnValue:
    """Show one's cycles and attempts, the latest first, the last certificates, and who looked."""
    agent, language = current_agent(), current_language()
    cycles = list_learning(db.session, agent.id, language)[::-1]
    page, pages = read_number("page", LAST_PAGE) or 1, max(1, -(-len(cycles) // CYCLES_A_PAGE))
    if page > pages:
        abort(404)
    attempts: defaultdict[tuple[str, int], list[AttemptRow]] = defaultdict(list)
    for attempt in list_attempts(db.session, agent.id, language):
        attempts[attempt.slug, attempt.cycle].append(attempt)
    return render_template(
        "home/record.html",
        agent=agent,
        identity=queries.get_identity(db.session, agent_id=agent.id),
        corps=say_corps(agent.corps),
        say_corps=say_corps,
        cycles=cycles[(page - 1) * CYCLES_A_PAGE : page * CYCLES_A_PAGE],
        page=page,
        pages=pages,
        page_url=lambda number: url_for(".record", page=number),
        attempts=attempts,
        proofs=queries.list_proofs(db.session, agent_id=agent.id),
        certificates=list_own(db.session, agent_id=agent.id, limit=CERTIFICATES_SHOWN),
        sights=list_sights(agent.id),
        absences=list_absences(db.session, agent_id=agent.id),
        today=today(),
    )


def list_sights(agent_id: int) -> list[tuple[date, bool]]:
    """List the last days on which one's name could be seen in a list, and whether by HR."""
    seen = sightings.export_for(db.session, agent_id)[-MOST_SIGHTS:]
    return [
        (date.fromisoformat(sight["day"]), sight["seen_by"] == sightings.Audience.FOLLOW_UP)
        for sight in reversed(seen)
    ]


@bp.post("/mon-dossier.json")
@policy()
def record_download() -> ResponseReturnValue:
    """Give everything held about oneself in one JSON file; the journal remembers it."""
    agent, now = current_agent(), utc_now()
    write(services.note_download, agent_id=agent.id, address=request.remote_addr or "")
    given = {"given_at": now.isoformat(), **export_everything(db.session, agent.id)}
    response = Response(
        json.dumps(given, ensure_ascii=False, indent=2, default=str), mimetype="application/json"
    )
    response.headers.set("Content-Disposition", "attachment", filename="mon-dossier.json")
    return response
