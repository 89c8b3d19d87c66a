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
from app.statistics import names, sightings, wording
from app.statistics.exports import BYTE_ORDER_MARK, TYPES, write_lines
from app.statistics.moments import day_of
from app.statistics.standing import Owing, Standing
from app.statistics.views.blueprint import bp
from app.statistics.views.names_asked import Asked, read_asked

FILTERS = ("unite", "module", "etat")


@bp.get("/rh/suivi")
@policy(Role.HR_FOLLOW_UP)
def follow_up() -> ResponseReturnValue:
    """List who has not started or is late, unit by unit, a page at a time."""
    asked, today = read_asked(), day_of(utc_now())
    rows = names.list_follow_up(
        db.session, asked.names, today=today, after=read_key(), limit=names.PAGE + 1
    )
    shown = rows[: names.PAGE]
    note(asked, count=len(shown), list="page")
    return render_template(
        "statistics/follow_up.html", rows=shown, titles=asked.titles, filters=asked.filters,
        today=today, say_standing=wording.say_standing, count=wording.say_count(
            len(shown), whole=len(rows) == len(shown) and read_key() is None
        ),
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
    note(asked, list="csv")
    head = [_("Nom"), _("État"), _("Échéance"), _("Service"), _("Module"), _("Matricule")]

    states = {standing: wording.say_standing(standing) for standing in Standing}
    what = wording.say_names(
        today, units=names.map_unit_names(db.session, ids=asked.unit_ids).values(),
        module=asked.titles.get(asked.names.module_id or 0), state=asked.names.state,
    )  # fmt: skip

    def lines() -> Iterator[str]:
        yield BYTE_ORDER_MARK + write_lines([[what], [], head])
        for rows in names.walk_follow_up(db.session, asked.names, today=today):
            yield write_lines(map(cells, rows))

    def cells(row: Owing) -> list[str]:
        title = asked.titles.get(row.module_id or 0, "")
        due_on = row.due_on.isoformat() if row.due_on else ""
        state = states[row.standing(today)]
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
