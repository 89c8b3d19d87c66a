"""Lists of names: HR's follow-up and a supervisor's teams; each sight is journalled first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Response, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.database import utc_now, write
from app.extensions import db
from app.i18n import gettext as _
from app.i18n import show_date
from app.statistics import names, sightings, wording
from app.statistics.exports import BYTE_ORDER_MARK, TYPES, write_cells
from app.statistics.moments import day_of
from app.statistics.standing import Owing
from app.statistics.views.blueprint import bp
from app.statistics.views.names_asked import Asked, read_asked

BATCH = 5000
FILTERS = ("unite", "module", "etat")


@bp.get("/rh/suivi")
@policy(Role.HR_FOLLOW_UP)
def follow_up() -> ResponseReturnValue:
    """List who has not started or is late, a page at a time."""
    asked, today = read_asked(), day_of(utc_now())
    count = names.count_follow_up(db.session, asked.names, today=today)
    rows = names.list_follow_up(
        db.session, asked.names, today=today, after=read_key(), limit=names.PAGE + 1
    )
    shown = rows[: names.PAGE]
    note(asked, count=len(shown), list="page")
    return render_template(
        "statistics/follow_up.html", rows=shown, titles=asked.titles, filters=asked.filters,
        today=today, say_standing=wording.say_standing, count=wording.say_count(count),
        first=address("statistics.follow_up") if read_key() else None,
        following=address("statistics.follow_up", shown[-1]) if len(rows) > len(shown) else None,
        export=address("statistics.export_names"),
    )  # fmt: skip


@bp.get("/rh/suivi.csv")
@policy(Role.HR_FOLLOW_UP)
def export_names() -> ResponseReturnValue:
    """Give the whole list as a file."""
    asked, now = read_asked(), utc_now()
    today = day_of(now)
    note(asked, count=names.count_follow_up(db.session, asked.names, today=today), list="csv")
    head = [_("Nom"), _("État"), _("Échéance"), _("Service"), _("Module"), _("Matricule")]

    def lines() -> Iterator[str]:
        yield BYTE_ORDER_MARK
        yield write_cells([_("Non commencés et en retard au %(day)s", day=show_date(today))])
        yield write_cells([])
        yield write_cells(head)
        after = None
        while True:
            rows = names.list_follow_up(
                db.session, asked.names, today=today, after=after, limit=BATCH
            )
            yield "".join(write_cells(cells(row)) for row in rows)
            if len(rows) < BATCH:
                return
            after = rows[-1].key

    def cells(row: Owing) -> list[str]:
        title = asked.titles.get(row.module_id or 0, "")
        due_on = row.due_on.isoformat() if row.due_on else ""
        state = wording.say_standing(row.standing(today))
        return [row.full_name, state, due_on, row.unit_name, title, row.matricule]

    return Response(
        stream_with_context(lines()),
        content_type=TYPES["csv"],
        headers={"Content-Disposition": f'attachment; filename="suivi-{today}.csv"'},
    )


def read_key() -> tuple[int, int] | None:
    """Read after which row the page starts; anything malformed is the first page."""
    parts = request.args.get("apres", "").split("-")
    if len(parts) == 2 and all(re.fullmatch("[0-9]{1,10}", part) for part in parts):
        agent_id, module_id = (int(part) for part in parts)
        if max(agent_id, module_id) < 2**31:
            return agent_id, module_id
    return None


def address(endpoint: str, after: Owing | None = None) -> str:
    """Give the address of the list with its filters, from after a row."""
    kept = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    if after is not None:
        kept["apres"] = "-".join(str(part) for part in after.key)
    return url_for(endpoint, **kept)  # type: ignore[arg-type]


def note(asked: Asked, **detail: object) -> None:
    """Journal the sight of the list; committed before any name leaves."""
    write(
        sightings.note_sight, audience=sightings.Audience.FOLLOW_UP, unit_ids=asked.unit_ids,
        actor_id=current_agent().id, address=request.remote_addr or "",
        module=asked.names.module_id, state=asked.names.state, **detail,
    )  # fmt: skip
