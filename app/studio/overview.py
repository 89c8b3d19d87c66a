"""The modules as their trainers see them: files beside publications."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.catalogue.editions import is_behind, reference_of
from app.catalogue.notice import read_day
from app.dialect.messages import Message
from app.studio.module_files import FileState, ModuleFiles
from app.studio.queries import Published


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation of a module's files, and whether its reference was reviewed since."""

    language: str
    reviewed_on: str
    is_behind: bool

    @property
    def day(self) -> date | None:
        """Give the day of its review."""
        return read_day(self.reviewed_on)


@dataclass(frozen=True, slots=True)
class Overview:
    """A module: its files if there are any, its latest publication if there is one."""

    slug: str
    title: str
    files: ModuleFiles | None
    latest: Published | None
    review_due: bool

    @property
    def is_read(self) -> bool:
        """Tell whether there are files and the sandbox has read them."""
        return self.files is not None and self.files.read is not None

    @property
    def translations(self) -> list[Translation]:
        """List the translations of the files, as far as they can be read."""
        modules = self.files.modules if self.files else {}
        if not modules:
            return []
        reference = reference_of(modules)
        return [
            Translation(language, one.reviewed_on, is_behind(one, reference))
            for language, one in modules.items()
            if one is not reference
        ]

    @property
    def has_stale_translation(self) -> bool:
        """Tell whether the reference was reviewed after one of its translations."""
        return any(one.is_behind for one in self.translations)

    @property
    def state(self) -> FileState:
        """Tell how the files stand beside the latest publication."""
        if self.files is None:
            return FileState.ABSENT
        return self.files.state(self.latest.sha256 if self.latest else None)


def describe(
    files: ModuleFiles | None, latest: Published | None, language: str, today: date
) -> Overview:
    """Put a module's files beside its latest publication."""
    assert files is not None or latest is not None
    slug = files.slug if files else latest.slug if latest else ""
    module = files and (files.modules.get(language) or files.module)
    title = module.title if module else latest.title(language) if latest else slug
    review_on = files.review_on if files else None
    return Overview(slug, title, files, latest, review_on is not None and review_on < today)


def describe_all(
    every: Iterable[ModuleFiles], latest: Iterable[Published], language: str, today: date
) -> list[Overview]:
    """Describe every module that has files or publications, by title."""
    by_slug = {files.slug: files for files in every}
    published = {one.slug: one for one in latest}
    found = [
        describe(by_slug.get(slug), published.get(slug), language, today)
        for slug in {*by_slug, *published}
    ]
    return sorted(found, key=lambda one: (one.title.casefold(), one.slug))


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings to show; empty fields let everything through."""

    severity: str = ""
    code: str = ""
    file: str = ""

    def select(self, messages: Sequence[Message]) -> list[Message]:
        """Keep the findings that this filter lets through."""
        return [
            message
            for message in messages
            if (not self.severity or message.severity == self.severity)
            and (not self.code or message.code == self.code)
            and (not self.file or message.path.endswith(f"/{self.file}"))
        ]
