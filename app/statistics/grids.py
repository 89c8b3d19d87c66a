"""The tables of the pages, once for the screen and for every export of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.i18n import gettext as _
from app.people.names import category_name, corps_name
from app.statistics.asking import View
from app.statistics.figures import Counts, Share
from app.statistics.situation import Situation

Cell = str | int | float | date | Share | None


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    COUNT = "count"
    DAY = "day"
    SHARE = "share"
    """A percentage, of two figures of the same row."""
    RATIO = "ratio"
    """Two figures written out; None where they may not be told."""
    POINTS = "points"
    """A difference between two percentages."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and what its cells are."""

    label: str
    kind: Kind = Kind.COUNT

    @property
    def numeric(self) -> bool:
        """Tell whether its cells stand on the right."""
        return self.kind not in {Kind.TEXT, Kind.DAY}


@dataclass(frozen=True, slots=True)
class Line:
    """A row; ``unit_id`` is the unit that its first cell leads to."""

    cells: tuple[Cell, ...]
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with what must be said of it."""

    title: str
    caption: str
    columns: list[Column]
    lines: list[Line]
    statements: list[str] = field(default_factory=list)
    """The population and what the figures are parts of."""


def make_grid(
    situation: Situation,
    titles: Mapping[int, str],
    *,
    title: str,
    caption: str,
    statements: list[str],
) -> Grid:
    """Make the table of a situation, cut as it was asked."""
    columns, lines = count_columns(), []
    match situation.asked.view:
        case View.UNITS:
            columns, lines = [*columns, *told_columns(situation)], unit_lines(situation)
        case View.CORPS | View.BANDS:
            lines = group_lines(situation)
        case View.TREND:
            lines = trend_lines(situation)
        case View.MODULES:
            columns, lines = module_columns(), module_lines(situation, titles)
    return Grid(title, caption, [first_column(situation.asked.view), *columns], lines, statements)


def first_column(view: View) -> Column:
    """Head the column that says what a row is about."""
    return {
        View.UNITS: Column(_("Service"), Kind.TEXT),
        View.MODULES: Column(_("Module"), Kind.TEXT),
        View.CORPS: Column(_("Corps"), Kind.TEXT),
        View.BANDS: Column(_("Grades"), Kind.TEXT),
        View.TREND: Column(_("Date"), Kind.DAY),
    }[view]


def count_columns() -> list[Column]:
    """Head the columns of `Counts`."""
    return [
        Column(_("Demandés")),
        Column(_("À jour")),
        Column(_("En retard")),
        Column(_("Part à jour"), Kind.SHARE),
        Column(_("Agents")),
    ]


def count_cells(counts: Counts) -> tuple[Cell, ...]:
    """Lay out `Counts` under these columns."""
    share = Share(counts.up_to_date, counts.asked)
    return (counts.asked, counts.up_to_date, counts.late, share, counts.population)


def told_columns(situation: Situation) -> list[Column]:
    """Head the column of first tries, where they are told by unit."""
    return [] if situation.told is None else [Column(_("Au premier essai"), Kind.RATIO)]


def unit_lines(situation: Situation) -> list[Line]:
    """List the units, the agents assigned to the one seen itself, and first tries told together."""
    told = situation.told
    lines = [
        Line((unit.name, *count_cells(unit.counts), *told_cell(told, unit.unit_id)), unit.unit_id)
        for unit in situation.units
    ]
    if situation.rest is not None and situation.rest.population:
        own = told_cell(told, situation.trail[-1].unit_id)
        lines.append(Line((rest_name(situation), *count_cells(situation.rest), *own)))
    if told and None in told:
        lines.append(Line((_("Autres services, regroupés"), *["–"] * 5, told[None])))
    return lines


def told_cell(told: Mapping[int | None, Share] | None, unit_id: int) -> tuple[Cell, ...]:
    """Give the cell of first tries of a unit, where there is such a column."""
    return () if told is None else (told.get(unit_id),)


def rest_name(situation: Situation) -> str:
    """Name those who are in the unit seen, and in none of those listed."""
    if situation.asked.under_today:
        return _("Rattachés directement, ou à un service fermé depuis")
    return _("Rattachés directement")


def group_lines(situation: Situation) -> list[Line]:
    """List the corps, or the bands of grades."""
    name = corps_name if situation.asked.view is View.CORPS else category_name
    return [Line((name(one.key), *count_cells(one.counts))) for one in situation.groups]


def trend_lines(situation: Situation) -> list[Line]:
    """List the days, the oldest first."""
    return [Line((one.as_of, *count_cells(one.counts))) for one in situation.trend]


def module_columns() -> list[Column]:
    """Head the columns of the modules."""
    return [
        Column(_("Demandés")),
        Column(_("Commencés")),
        Column(_("Terminés")),
        Column(_("Expirés")),
        Column(_("À jour")),
        Column(_("En retard")),
        Column(_("Part à jour"), Kind.SHARE),
        Column(_("Au premier essai"), Kind.RATIO),
    ]


def module_lines(situation: Situation, titles: Mapping[int, str]) -> list[Line]:
    """List the modules by title."""
    lines = [
        Line(
            (
                titles.get(one.module_id, str(one.module_id)), one.owed, one.started,
                one.completed, one.expired, one.valid, one.overdue,
                Share(one.valid, one.owed), one.first_try,
            )
        )
        for one in situation.modules
    ]  # fmt: skip
    return sorted(lines, key=lambda line: str(line.cells[0]))
