"""HR's lists of names: late, not started, to renew; each sight is journalled first."""

from __future__ import annotations

import re
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.campaigns.queries.reminding import map_reach
from app.database import utc_now, write
from app.days import day_of
from app.extensions import db
from app.i18n import gettext as _
from app.statistics import following, names, sightings, wording
from app.statistics.standing import Owing
from app.statistics.views.blueprint import bp
from app.statistics.views.names_asked import Asked, read_asked

FILTERS = ("unite", "module", "etat")


@bp.get("/rh/suivi")
@policy(Role.HR_FOLLOW_UP)
def follow_up() -> ResponseReturnValue:
    """List who is asked for, unit by unit, a page at a time."""
    asked, today = read_asked(), day_of(utc_now())
    rows = following.list_names(
        db.session, asked.names, today=today, after=read_key(), limit=following.PAGE + 1
    )
    if not rows and read_key() is not None:  # Whom the page starts after left, or all is done.
        flash(_("La liste a changé depuis : la voici depuis son début."), "info")
        return redirect(address("statistics.follow_up"))
    shown = rows[: following.PAGE]
    proof = asked.names.proof
    note(asked, count=len(shown), list="page")
    return render_template(
        "statistics/follow_up.html", rows=shown, titles=asked.titles, filters=asked.filters,
        today=today, proof=proof, said=say_title(asked), address=address,
        say_state=lambda row: wording.say_standing(proof or row.standing(today)),
        count=wording.say_count(
            len(shown), whole=len(rows) == len(shown) and read_key() is None
        ),
        unit_id=asked.unit_id, late_here=count_late(asked, today),
        first=address("statistics.follow_up") if read_key() else None,
        following=address("statistics.follow_up", shown[-1]) if len(rows) > len(shown) else None,
    )  # fmt: skip


def say_title(asked: Asked) -> str:
    """Say whose names are listed: state, day, modules and units."""
    units = names.map_unit_names(db.session, ids=asked.unit_ids)
    return wording.say_names(
        day_of(utc_now()), units=units.values(),
        module=asked.titles.get(asked.names.module_id or 0), state=asked.names.state,
    )  # fmt: skip


def count_late(asked: Asked, today: date) -> dict[str, int]:
    """Count the late of the one unit asked for, itself, and those who may be reminded now."""
    if asked.unit_id is None or asked.names.proof:
        return {"all": 0, "to_remind": 0}
    late = following.list_late_ids(db.session, unit_id=asked.unit_id, today=today)
    reach = map_reach(db.session, agent_ids=late, today=today)
    return {"all": len(late), "to_remind": sum(one.may_be_reminded for one in reach.values())}


def read_key() -> tuple[int, int] | None:
    """Read after which row the page starts; anything malformed is the first page."""
    parts = request.args.get("apres", "").split("-")
    if len(parts) == 2 and all(re.fullmatch("[0-9]{1,10}", part) for part in parts):
        agent_id, module_id = (int(part) for part in parts)
        if max(agent_id, module_id) < 2**31:
            return agent_id, module_id
    return None


def address(endpoint: str, after: Owing | None = None, **more: str | int) -> str:
    """Give the address of the list with its filters, from after a row."""
    kept: dict[str, str | int] = {
        name: request.args[name] for name in FILTERS if request.args.get(name)
    }
    kept |= more
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
