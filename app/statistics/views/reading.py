"""What the page of the situation and its exports show, read from the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, request, url_for

from app.access import Role, current_agent
from app.extensions import db
from app.i18n import current_language
from app.statistics import queries, wording
from app.statistics.asking import View
from app.statistics.comparing import make_comparison
from app.statistics.forms import SituationFilters
from app.statistics.grids import Grid, make_grid
from app.statistics.module_sets import list_sets
from app.statistics.situation import OutOfScope, Situation, read_comparison, read_situation
from app.statistics.views.blueprint import read_unit_id

READERS = (Role.HR_READER, Role.HR_FOLLOW_UP)
FILTERS = (
    "date", "avec", "unite", "corps", "module", "ensemble", "structure", "periode", "vue",
)  # fmt: skip
"""What an address of the page may say; anything else in it is left out."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page and its exports show."""

    filters: SituationFilters
    situation: Situation
    other: Situation | None
    """The same at the day compared with, if any."""
    grid: Grid | None
    """None before the first snapshot."""
    campaign: str
    """What is to be said where the modules are those of a campaign."""


def read_shown() -> Shown:
    """Read the filters and the figures; a unit that is not the reader's does not exist."""
    modules = queries.map_titles(db.session, current_language())
    agent = current_agent()
    sets = list_sets(db.session, paths=agent.paths(*READERS), language=current_language())
    filters = SituationFilters(formdata=request.args)
    filters.offer(dict(modules.values()), sets)
    filters.validate()
    asked = filters.read(
        unit_id=read_unit_id(),
        view=read_view(),
        ids={slug: module_id for module_id, (slug, _title) in modules.items()},
        sets=sets,
    )
    followed = agent.unit_ids(*READERS)
    try:
        found = read_situation(db.session, asked, followed=followed)
    except OutOfScope:
        abort(404)
    if found.taken is not None and filters.date.data is None and not filters.date.errors:
        filters.date.data = found.taken.as_of
    titles = {module_id: title for module_id, (_slug, title) in modules.items()}
    other = read_comparison(db.session, found, followed=followed) if found.taken else None
    modules_name = name_modules(filters)
    chosen = next((one for one in sets if one.key == filters.ensemble.data), None)
    is_of_campaign = chosen and chosen.of_campaign and not filters.ensemble.errors
    campaign = wording.say_campaign(chosen.title) if chosen and is_of_campaign else ""
    grid = fill_grid(found, other, titles, modules_name, campaign)
    return Shown(filters, found, other, grid, campaign)


def name_modules(filters: SituationFilters) -> str | None:
    """Name the module, or the set of modules, that is asked for."""
    for chosen in (filters.module, filters.ensemble):
        if chosen.data and not chosen.errors:
            return next(label for key, label, *_ in chosen.iter_choices() if key == chosen.data)
    return None


def read_view() -> View:
    """Read how the figures are cut; anything unknown is by unit."""
    try:
        return View(request.args.get("vue", View.UNITS))
    except ValueError:
        return View.UNITS


def fill_grid(
    found: Situation,
    other: Situation | None,
    titles: dict[int, str],
    modules: str | None,
    campaign: str = "",
) -> Grid | None:
    """Make the table of the situation, once there is a snapshot."""
    if found.taken is None:
        return None
    title = wording.say_title(found.taken, other.taken if other else None)
    if found.trail:
        title += f" — {found.trail[-1].name}"
    statements = [wording.say_whole(found), wording.say_late(found.total)]
    if campaign:
        statements.append(campaign)
    if found.asked.under_today:
        statements.append(wording.say_structure(found))
    caption = wording.say_caption(found, modules)
    if other is None:
        return make_grid(found, titles, title=title, caption=caption, statements=statements)
    statements = [*statements, wording.say_other(other)]
    return make_comparison(
        found, other, titles, title=title, caption=caption, statements=statements
    )


def address(endpoint: str = "statistics.situation", **changes: Any) -> str:
    """Give the address of this page with some filters changed; None takes one away."""
    filters: dict[str, Any] = {name: request.args.get(name) for name in FILTERS} | changes
    kept = {name: value for name, value in filters.items() if value not in {None, ""}}
    return url_for(endpoint, **kept)
