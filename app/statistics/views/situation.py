"""The situation at a date, its exports, and the button that takes a snapshot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from threading import Lock

from flask import Response, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import current_agent, policy
from app.certificates.document import TooManyDocumentsError
from app.database import Busy, utc_now
from app.days import day_of
from app.extensions import db
from app.i18n import current_language, show_percent
from app.i18n import gettext as _
from app.people.settings import NumberKey, TextKey, get_setting
from app.statistics import wording
from app.statistics.asking import View
from app.statistics.exports import TYPES, csv_lines, make_xlsx
from app.statistics.grids import Grid, Kind
from app.statistics.open_document import make_ods
from app.statistics.printed import make_pdf
from app.statistics.situation import Situation
from app.statistics.taking import take_in_batches
from app.statistics.trend import draw
from app.statistics.views.blueprint import bp
from app.statistics.views.reading import READERS, Shown, address, read_shown

LONG_HEADING = 18
TAKING = Lock()
"""Held by the request of this process that takes a snapshot."""


@bp.get("/rh/situation")
@policy(*READERS)
def situation() -> ResponseReturnValue:
    """Show the situation at a date: the figure that matters, then its parts."""
    shown = read_shown()
    found = shown.situation
    counts, asked = found.total, found.asked
    bars = asked.view is not View.MODULES and shown.other is None
    return render_template(
        "statistics/situation.html", situation=found, grid=shown.grid, filters=shown.filters,
        title=say_title(shown), other=shown.other, campaign=shown.campaign,
        breadcrumb=list_crumbs(found), tabs=list_tabs(asked.view), address=address,
        figure=show_percent(counts.up_to_date, counts.asked),
        explanation=wording.say_figure(found), headings=list_headings(shown.grid, with_bars=bars),
        with_bars=bars, say_structure=wording.say_structure, say_other=wording.say_other,
        view=asked.view, View=View,
        smallest_group=find_smallest_group(shown), view_title=wording.say_view(asked.view),
        drawing=draw_trend(found), trend_summary=found.trend and wording.say_trend(found.trend),
    )  # fmt: skip


@bp.get("/rh/situation.<any(csv, xlsx, ods, pdf):kind>")
@policy(*READERS)
def export(kind: str) -> ResponseReturnValue:
    """Give the table on screen as a file."""
    shown = read_shown()
    if shown.grid is None or shown.situation.taken is None:
        abort(404)
    write_as: dict[str, Callable[[Grid], str | bytes]] = {
        "csv": lambda grid: "".join(csv_lines(grid)),
        "xlsx": make_xlsx,
        "ods": make_ods,
        "pdf": partial(print_grid, made_at=shown.situation.taken.taken_at),
    }
    asked = shown.situation.asked
    cut = [asked.corps, *([f"service-{asked.unit_id}"] if asked.unit_id else []), asked.view]
    name = f"situation-{shown.situation.taken.as_of}-{'-'.join(filter(None, cut))}.{kind}"
    return Response(
        write_as[kind](shown.grid),
        content_type=TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def print_grid(grid: Grid, *, made_at: datetime) -> bytes:
    """Make the PDF of a table, or answer that too many are being made."""
    named = get_setting(db.session, TextKey.ORGANISATION)
    organisation = named or current_app.config["ORGANISATION"]
    try:
        return make_pdf(
            grid, language=current_language(), organisation=organisation, made_at=made_at
        )
    except TooManyDocumentsError as error:
        raise Busy from error


@bp.post("/rh/situation/releves")
@policy(*READERS)
def take_snapshot() -> ResponseReturnValue:
    """Count the figures of today, once at a time: each count keeps one of the few threads."""
    now = utc_now()
    if not TAKING.acquire(blocking=False):
        flash(_("Un relevé se fait déjà : il paraîtra ici dès qu’il sera prêt."), "info")
        return redirect(url_for("statistics.situation"))
    try:
        take_in_batches(as_of=day_of(now), now=now, taken_by_id=current_agent().id)
    finally:
        TAKING.release()
    flash(_("Le relevé d’aujourd’hui est fait."), "success")
    return redirect(url_for("statistics.situation"))


def say_title(shown: Shown) -> str:
    """Title the page with its day, and with the one compared with."""
    taken, other = shown.situation.taken, shown.other
    if taken is None:
        return _("Situation")
    return wording.say_title(taken, other.taken if other else None)


def find_smallest_group(shown: Shown) -> int | None:
    """Find how few first tries are told of, where the table has some and the page says so."""
    columns = shown.grid.columns if shown.grid else []
    if not any(column.kind is Kind.RATIO for column in columns):
        return None
    return get_setting(db.session, NumberKey.MINIMUM_GROUP)


def list_crumbs(found: Situation) -> list[tuple[str, str | None]]:
    """Lead from the first page to the unit seen, through those above it that are followed."""
    return [
        (_("Accueil"), url_for("home.index")),
        (_("Situation"), address(unite=None)),
        *((unit.name, address(unite=unit.unit_id)) for unit in found.trail),
    ]


def list_headings(grid: Grid | None, *, with_bars: bool) -> list[dict[str, object]]:
    """Head the columns of the page's table; a share may have its bar beside it."""
    headings: list[dict[str, object]] = []
    columns = grid.columns if grid else []
    # Where one takes several lines, all stand on the last of them.
    long = any(len(column.label) > LONG_HEADING for column in columns)
    for column in columns:
        headings.append({"label": column.label, "numeric": column.numeric, "wraps": long})
        if with_bars and column.kind is Kind.SHARE:
            headings.append({"label": _("Part, en barre"), "hidden": True})
    return headings


def list_tabs(current: View) -> list[dict[str, object]]:
    """List the ways to cut the figures."""
    return [
        {
            "label": wording.say_view(view),
            "url": address(vue=view.value),
            "current": view is current,
        }
        for view in View
    ]


def draw_trend(found: Situation) -> object:
    """Draw the share of those up to date, over the days on which something was asked."""
    return draw(
        [
            (one.as_of, 100 * one.counts.up_to_date / one.counts.asked)
            for one in found.trend
            if one.counts.asked
        ]
    )
