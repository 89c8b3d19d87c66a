"""HR's lists of names as files: the whole list, journalled before any name leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain, islice
from typing import Any

import sqlalchemy as sa
from flask import Response, flash, redirect, stream_with_context
from flask.typing import ResponseReturnValue

from app.access import Role, policy
from app.database import utc_now
from app.days import day_of
from app.extensions import db
from app.i18n import gettext as _
from app.i18n import ngettext, show_date, show_number
from app.statistics import following, long_lists, queries, wording
from app.statistics.exports import (
    BYTE_ORDER_MARK,
    TYPES,
    Neutral,
    make_xlsx,
    neutralise,
    write_lines,
    write_neutral,
)
from app.statistics.figures import add_up, outermost
from app.statistics.grids import Cell, Column, Grid, Kind, Line
from app.statistics.open_document import make_ods
from app.statistics.selecting_names import select_lines
from app.statistics.standing import Standing
from app.statistics.views.blueprint import bp
from app.statistics.views.names import address, note, say_title
from app.statistics.views.names_asked import Asked, read_asked
from app.statistics.views.situation import print_grid

LONGEST = {"xlsx": 50_000, "ods": 50_000, "pdf": 2_000}
"""How many rows these files hold; beyond, the CSV is for it."""
AT_ONCE = 500
"""Rows that are objects at once: of many more, Python would look through all to find garbage."""


@bp.get("/rh/suivi.<any(csv, xlsx, ods, pdf):kind>")
@policy(Role.HR_FOLLOW_UP)
def export_names(kind: str) -> ResponseReturnValue:
    """Give the whole list as a file."""
    asked, now = read_asked(), utc_now()
    note(asked, list=kind)
    head = make_head(asked)
    if kind == "csv":
        return respond(kind, stream_with_context(write_csv(asked, head)))
    lines = list(islice(list_lines(asked), LONGEST[kind] + 1))
    if len(lines) > LONGEST[kind]:
        flash(_("Cette liste dépasse %(rows)s lignes : exportez-la en CSV, ou choisissez un"
                " service.", rows=show_number(LONGEST[kind])), "warning")  # fmt: skip
        return redirect(address("statistics.follow_up"))
    grid = Grid(head.title, wording.say_count(len(lines), whole=True), head.columns,
                [Line(line) for line in lines], head.statements)  # fmt: skip
    make: dict[str, Callable[[Grid], bytes]] = {
        "xlsx": make_xlsx, "ods": make_ods, "pdf": partial(print_grid, made_at=now),
    }  # fmt: skip
    return respond(kind, make[kind](grid))


def make_head(asked: Asked) -> Grid:
    """Say what the list holds, of which population, and head its columns."""
    columns = [
        Column(_("Nom"), Kind.TEXT), Column(_("État"), Kind.TEXT),
        Column(_("Valable jusqu’au") if asked.names.proof else _("Échéance"), Kind.DAY),
        Column(_("Service"), Kind.TEXT), Column(_("Module"), Kind.TEXT),
        Column(_("Matricule"), Kind.TEXT),
    ]  # fmt: skip
    return Grid(say_title(asked), "", columns, [], say_population(asked))


def say_population(asked: Asked) -> list[str]:
    """Say of how many agents the list is a part, as the last snapshot counts them."""
    taken = next(iter(queries.list_snapshots(db.session)), None)
    if taken is None:
        return []
    units = outermost(queries.list_units(db.session, taken.id, ids=asked.unit_ids))
    population = add_up(unit.counts for unit in units).population
    return [
        ngettext(
            "%(count)s agent dans ce périmètre, au relevé du %(day)s",
            "%(count)s agents dans ce périmètre, au relevé du %(day)s",
            population, count=show_number(population), day=show_date(taken.as_of),
        )
    ]  # fmt: skip


def write_csv(asked: Asked, head: Grid) -> Iterator[str]:
    """Write the list as some units are read, whatever its length."""
    said = [[text] for text in (head.title, *head.statements)]
    yield BYTE_ORDER_MARK + write_lines([*said, [], [column.label for column in head.columns]])
    states = {standing.value: wording.say_standing(standing) for standing in Standing}
    titles = {module_id: neutralise(title) for module_id, title in asked.titles.items()}
    for parts in read_rows(asked):
        units = Neutral()
        # All is read before any of it leaves: the reader at the other end may be slow.
        yield from [
            write_neutral(
                (neutralise(name), states[state], day, units[unit], titles.get(module_id, ""),
                 neutralise(matricule))
                for name, state, day, unit, module_id, matricule in some
            )
            for some in parts
        ]  # fmt: skip


def list_lines(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    """List the rows with typed cells."""
    states = {standing.value: wording.say_standing(standing) for standing in Standing}
    for parts in read_rows(asked):
        for name, state, day, unit, module_id, matricule in chain.from_iterable(parts):
            title = asked.titles.get(module_id, "")
            yield name, states[state], date.fromisoformat(day), unit, title, matricule


def read_rows(asked: Asked) -> Iterator[Iterator[Sequence[sa.Row[*tuple[Any, ...]]]]]:
    """Read some rows at a time, as `select_lines` writes them, each time in parts of `AT_ONCE`."""
    today = day_of(utc_now())
    if long_lists.is_long(db.session, asked.names):
        for result in long_lists.read_long(asked.names, today):
            yield result.partitions(AT_ONCE)
        return
    statement = select_lines(asked.names, today)
    for result in following.walk(db.session, asked.names, statement):
        yield result.partitions(AT_ONCE)


def respond(kind: str, content: Any) -> Response:
    """Send a file under the name of its list and day."""
    name = f"suivi-{day_of(utc_now())}.{kind}"
    return Response(
        content,
        content_type=TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
