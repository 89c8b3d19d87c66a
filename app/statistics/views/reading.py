"""What the page of the situation and its exports show, read from the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, request, url_for

from app.access import Role, current_agent
from app.extensions import db
from app.i18n import current_language, show_percent
from app.statistics import queries, wording
from app.statistics.forms import SituationFilters
from app.statistics.grids import Grid, make_grid
from app.statistics.situation import OutOfScope, Situation, View, read_situation
from app.statistics.views.blueprint import read_unit_id

READERS = (Role.HR_READER, Role.HR_FOLLOW_UP)
FILTERS = ("date", "unite", "corps", "module", "periode", "vue")
"""What an address of the page may say; anything else in it is left out."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page and its exports show."""

    filters: SituationFilters
    situation: Situation
    grid: Grid | None
    """None before the first snapshot."""


def read_shown() -> Shown:
    """Read the filters and the figures; a unit that is not the reader's does not exist."""
    modules = queries.map_titles(db.session, current_language())
    filters = SituationFilters(formdata=request.args)
    filters.offer(dict(modules.values()))
    filters.validate()
    asked = filters.read(
        unit_id=read_unit_id(),
        view=read_view(),
        ids={slug: module_id for module_id, (slug, _title) in modules.items()},
    )
    try:
        found = read_situation(db.session, asked, followed=current_agent().unit_ids(*READERS))
    except OutOfScope:
        abort(404)
    if found.taken is not None and filters.date.data is None and not filters.date.errors:
        filters.date.data = found.taken.as_of
    titles = {module_id: title for module_id, (_slug, title) in modules.items()}
    return Shown(filters, found, fill_grid(found, titles))


def read_view() -> View:
    """Read how the figures are cut; anything unknown is by unit."""
    try:
        return View(request.args.get("vue", View.UNITS))
    except ValueError:
        return View.UNITS


def fill_grid(found: Situation, titles: dict[int, str]) -> Grid | None:
    """Make the table of the situation, once there is a snapshot."""
    if found.taken is None:
        return None
    title = wording.say_title(found.taken)
    if found.trail:
        title += f" — {found.trail[-1].name}"
    module = titles.get(found.asked.module_id) if found.asked.module_id else None
    shares = wording.say_share(found.total, of_module=module is not None)
    percent = show_percent(found.total.up_to_date, found.total.asked)
    return make_grid(
        found, titles, title=title, caption=wording.say_caption(found, module),
        statements=[f"{percent} {shares}" if found.total.asked else shares,
                    wording.say_late(found.total)],
    )  # fmt: skip


def address(endpoint: str = "statistics.situation", **changes: Any) -> str:
    """Give the address of this page with some filters changed; None takes one away."""
    filters: dict[str, Any] = {name: request.args.get(name) for name in FILTERS} | changes
    kept = {name: value for name, value in filters.items() if value not in {None, ""}}
    return url_for(endpoint, **kept)
