"""Which names are asked for: the filters of a list, read from the address."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, request

from app.access import Role, current_agent
from app.campaigns.forms import MOST_UNITS
from app.extensions import db
from app.i18n import current_language
from app.people.queries.units import find_unit, list_highest
from app.statistics import queries
from app.statistics.forms import NamesFilters
from app.statistics.selecting_names import NamesAsked
from app.statistics.views.blueprint import read_unit_id


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of a list of names, read from the address."""

    filters: NamesFilters
    names: NamesAsked
    unit_ids: tuple[int, ...]
    """The units whose names are asked, with those below."""
    unit_id: int | None
    """The one unit that is asked for, if any."""
    titles: dict[int, str]


def read_asked() -> Asked:
    """Read the filters; a unit that is not the reader's does not exist."""
    agent = current_agent()
    scope, modules = agent.paths(Role.HR_FOLLOW_UP), queries.map_titles(
        db.session, current_language()
    )  # fmt: skip
    unit_id = read_unit_id()
    unit = None if unit_id is None else find_unit(db.session, unit_id, paths=scope)
    if unit_id is not None and unit is None:
        abort(404)
    units = list_highest(db.session, paths=scope, most=MOST_UNITS)
    offered = units if unit is None or unit in units else [*units, unit]
    filters = NamesFilters(formdata=request.args)
    filters.offer(dict(modules.values()), offered, unit_id)
    filters.validate()
    ids = {slug: module_id for module_id, (slug, _title) in modules.items()}
    asked = NamesAsked(
        paths=(unit.path,) if unit else scope,
        module_id=None if filters.module.errors else ids.get(filters.module.data or ""),
        state="" if filters.etat.errors else filters.etat.data or "",
    )
    titles = {module_id: title for module_id, (_slug, title) in modules.items()}
    seen = (unit.id,) if unit else agent.unit_ids(Role.HR_FOLLOW_UP)
    return Asked(filters, asked, seen, unit.id if unit else None, titles)
