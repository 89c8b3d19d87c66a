"""The table of two dates side by side: the same rows, the same units, the same masking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.i18n import gettext as _
from app.i18n import show_date
from app.people.names import category_name, corps_name
from app.statistics.asking import View
from app.statistics.figures import Counts, Share, Taken
from app.statistics.grids import Cell, Column, Grid, Kind, Line, first_column, rest_name
from app.statistics.situation import Situation


@dataclass(frozen=True, slots=True)
class Row:
    """What a row is about, and how many are asked and up to date."""

    name: str
    asked: Share
    unit_id: int | None = None


Rows = dict[object, Row]
"""Rows by what they are about, whatever it is called on either day."""


def make_comparison(
    now: Situation,
    other: Situation,
    titles: Mapping[int, str],
    *,
    title: str,
    caption: str,
    statements: list[str],
) -> Grid:
    """Make the table of a situation beside that of another day.

    The day asked for comes first: on a phone the first columns are all that is in sight.
    """
    after, before = list_rows(now, titles), list_rows(other, titles)
    columns = [
        first_column(now.asked.view), *day_columns(now.taken),
        Column(_("Écart, en points"), Kind.POINTS), *day_columns(other.taken),
    ]  # fmt: skip
    keys = [*after, *(key for key in before if key not in after)]
    lines = [make_line(before.get(key), after.get(key)) for key in keys]
    return Grid(title, caption, columns, lines, statements)


def day_columns(taken: Taken | None) -> list[Column]:
    """Head the columns of one of the days."""
    day = show_date(taken.as_of if taken else None)
    return [
        Column(_("Demandés, %(day)s", day=day)),
        Column(_("À jour, %(day)s", day=day)),
        Column(_("Part à jour, %(day)s", day=day), Kind.SHARE),
    ]


def make_line(before: Row | None, after: Row | None) -> Line:
    """Lay out a row; what was not there that day has dashes."""
    name = next(row.name for row in (after, before) if row)
    points = difference(before.asked if before else None, after.asked if after else None)
    return Line(
        (name, *day_cells(after), points, *day_cells(before)), after.unit_id if after else None
    )


def day_cells(row: Row | None) -> tuple[Cell, ...]:
    """Lay out one of the days."""
    if row is None:
        return ("–", "–", Share(0, 0))
    return (row.asked.whole, row.asked.part, row.asked)


def difference(before: Share | None, after: Share | None) -> float | None:
    """Take one percentage from the other, to a tenth; None where either is of nothing."""
    if before is None or after is None or before.percent is None or after.percent is None:
        return None
    return round(after.percent - before.percent, 1) + 0.0  # Never a zero with a minus.


def list_rows(situation: Situation, titles: Mapping[int, str]) -> Rows:
    """List what a situation holds, by what each row is about."""
    match situation.asked.view:
        case View.MODULES:
            named = [
                (one.module_id, titles.get(one.module_id, str(one.module_id)),
                 Share(one.valid, one.owed))
                for one in situation.modules
            ]  # fmt: skip
            named.sort(key=lambda one: one[1])
            return {key: Row(name, asked) for key, name, asked in named}
        case View.CORPS | View.BANDS:
            name = corps_name if situation.asked.view is View.CORPS else category_name
            return {one.key: Row(name(one.key), share(one.counts)) for one in situation.groups}
    rows: Rows = {
        unit.unit_id: Row(unit.name, share(unit.counts), unit.unit_id) for unit in situation.units
    }
    if situation.rest is not None and situation.rest.population:
        rows["rest"] = Row(rest_name(situation), share(situation.rest))
    return rows


def share(counts: Counts) -> Share:
    """Give those up to date of those asked."""
    return Share(counts.up_to_date, counts.asked)
