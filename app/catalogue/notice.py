"""What the catalogue shows of modules, gathered for its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.catalogue.rows import Offered, Path
from app.catalogue.states import ModuleState
from app.dialect.compiled import CompiledModule


@dataclass(frozen=True, slots=True)
class Entry:
    """A module of the catalogue, for one reader."""

    offered: Offered
    title: str
    summary: str
    language: str
    """The language of the title and the summary."""
    state: ModuleState | None


@dataclass(frozen=True, slots=True)
class PathEntry:
    """A learning path with those of its modules that are offered."""

    path: Path
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Shelves:
    """The catalogue as one reader sees it."""

    paths: tuple[PathEntry, ...]
    mine: tuple[Entry, ...]
    """Written for the reader's corps."""
    others: tuple[Entry, ...]


def arrange(
    modules: Sequence[Offered],
    paths: Sequence[Path],
    states: Mapping[int, ModuleState],
    *,
    corps: str,
    category: str,
    language: str,
) -> Shelves:
    """Put the modules and paths in the order of a reader: what is for their corps first."""
    entries = {
        one.slug: Entry(
            one, one.title(language), one.summary(language), one.language(language),
            states.get(one.module_id),
        )
        for one in modules
    }  # fmt: skip
    in_order = sorted(entries.values(), key=lambda entry: entry.title.casefold())
    return Shelves(
        paths=tuple(
            PathEntry(
                path,
                path.title(language),
                tuple(entries[slug] for slug in path.module_slugs if slug in entries),
            )
            for path in paths
            if path.is_for(corps, category)
        ),
        mine=tuple(entry for entry in in_order if entry.offered.is_for(corps)),
        others=tuple(entry for entry in in_order if not entry.offered.is_for(corps)),
    )


def read_day(text: str) -> date | None:
    """Read a day of a module's front matter; None where it says none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def is_review_due(module: CompiledModule, today: date) -> bool:
    """Tell whether the day set for reading the module again has passed."""
    day = read_day(module.review_on)
    return day is not None and day < today
