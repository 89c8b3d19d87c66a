"""What the content folder holds: the modules, the paths, and since when each is taught."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.catalogue.path_file import PathDraft
from app.dialect.compiled import CORPS, CompiledModule

COMMON_DAYS_AGO = 760
NEXT_DAYS_AGO, ONE_EVERY, LAST_DAYS_AGO = 640, 60, 130
"""The common ground came first, whole; then one module every two months, in the paths' order."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A module of the folder."""

    slug: str
    title: str
    audience: tuple[str, ...]
    """Keys of corps."""
    since: date
    """The day of its first publication."""


@dataclass(frozen=True, slots=True)
class Curriculum:
    """The modules by slug, in the order in which they came, and the paths through them."""

    subjects: Mapping[str, Subject]
    paths: tuple[PathDraft, ...]

    @property
    def common(self) -> PathDraft | None:
        """Find the path that everyone has."""
        return next(filter(is_common, self.paths), None)

    def path_of(self, corps: str) -> PathDraft | None:
        """Find the path of a corps's own."""
        own = (path for path in self.paths if not path.categories and not is_common(path))
        return next((path for path in own if corps in path.audience), None)

    def leading_paths(self) -> list[PathDraft]:
        """List the paths of those who lead."""
        return [path for path in self.paths if path.categories]

    def taught(self, path: PathDraft | None, day: date, corps: Collection[str]) -> tuple[str, ...]:
        """List the modules of a path that came before a day and are written for all these corps."""
        return self.offered(path.module_slugs if path else (), day, corps)

    def offered(self, slugs: Iterable[str], day: date, corps: Collection[str]) -> tuple[str, ...]:
        """Keep the modules that came before a day and are written for all these corps.

        One that the folder does not hold is passed over.
        """
        found = (self.subjects.get(slug) for slug in slugs)
        return tuple(
            subject.slug
            for subject in found
            if subject and subject.since < day and set(corps) <= set(subject.audience)
        )


def is_common(path: PathDraft) -> bool:
    """Tell whether a path is for everyone."""
    return not path.categories and set(path.audience) == set(CORPS)


def plan_curriculum(
    modules: Iterable[CompiledModule], paths: Sequence[PathDraft], today: date
) -> Curriculum:
    """Give each module the day on which it came: first those of the common path."""
    held = {module.slug: module for module in modules}
    drafts = Curriculum({}, tuple(paths))
    common = drafts.common.module_slugs if drafts.common else []
    rest = [slug for slug in in_order(paths, held) if slug not in common]
    ages = {slug: COMMON_DAYS_AGO for slug in common if slug in held}
    for rank, slug in enumerate(rest):
        ages[slug] = max(NEXT_DAYS_AGO - ONE_EVERY * rank, LAST_DAYS_AGO)
    return Curriculum(
        {
            slug: Subject(slug, held[slug].title, held[slug].audience, today - timedelta(days=age))
            for slug, age in ages.items()
        },
        drafts.paths,
    )


def in_order(paths: Sequence[PathDraft], held: Collection[str]) -> Iterator[str]:
    """Go through the modules held: those of the paths as they come, then the others by name."""
    named = [slug for path in paths for slug in path.module_slugs if slug in held]
    yield from dict.fromkeys([*named, *sorted(held)])
