"""The tables of the pages, once for the screen and for every export of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.i18n import gettext as _
from app.people.names import corps_name
from app.statistics.figures import Counts, Share
from app.statistics.situation import Situation, View

Cell = str | int | date | Share | None


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    COUNT = "count"
    DAY = "day"
    SHARE = "share"
    """A percentage, of two figures of the same row."""
    RATIO = "ratio"
    """Two figures written out; None where they may not be told."""


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
    make = {
        View.UNITS: unit_lines,
        View.CORPS: corps_lines,
        View.TREND: trend_lines,
    }.get(situation.asked.view)
    if make is None:
        columns, lines = module_columns(), module_lines(situation, titles)
    else:
        first = {
            View.UNITS: Column(_("Service"), Kind.TEXT),
            View.CORPS: Column(_("Corps"), Kind.TEXT),
            View.TREND: Column(_("Date"), Kind.DAY),
        }[situation.asked.view]
        columns, lines = [first, *count_columns()], make(situation)
    return Grid(title, caption, columns, lines, statements)


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


def unit_lines(situation: Situation) -> list[Line]:
    """List the units, then the agents assigned to the one seen itself."""
    lines = [Line((unit.name, *count_cells(unit.counts)), unit.unit_id) for unit in situation.units]
    if situation.rest is not None and situation.rest.population:
        lines.append(Line((_("Rattachés directement"), *count_cells(situation.rest))))
    return lines


def corps_lines(situation: Situation) -> list[Line]:
    """List the corps."""
    return [Line((corps_name(one.corps), *count_cells(one.counts))) for one in situation.corps]


def trend_lines(situation: Situation) -> list[Line]:
    """List the days, the oldest first."""
    return [Line((one.as_of, *count_cells(one.counts))) for one in situation.trend]


def module_columns() -> list[Column]:
    """Head the columns of the modules."""
    return [
        Column(_("Module"), Kind.TEXT),
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
