"""The modules as they stand in the content folder, read again only when a file changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from threading import Lock

from app.catalogue.folders import find_folder, module_folders
from app.catalogue.notice import read_day
from app.dialect.compiled import CompiledModule
from app.dialect.context import Context, glossary_files, read_context
from app.dialect.reading import Reading, read_folder

CAPACITY = 200
Stamp = tuple[tuple[str, int, int], ...]


class FileState(StrEnum):
    """How a module's files stand beside what is published of it."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    ERRORS = "errors"
    ABSENT = "absent"


@dataclass(frozen=True)
class Draft:
    """A module's files, read and checked."""

    slug: str
    folder: Path
    context: Context
    reading: Reading

    @property
    def errors(self) -> int:
        """Count the errors."""
        return sum(message.is_error for message in self.reading.messages)

    @property
    def warnings(self) -> int:
        """Count the warnings."""
        return len(self.reading.messages) - self.errors

    @property
    def module(self) -> CompiledModule | None:
        """Give the module in French, or in the first language without errors; None without any."""
        modules = self.reading.modules
        return modules.get("fr") or next(iter(modules.values()), None)

    @property
    def title(self) -> str:
        """Give the title, or the slug while the title cannot be read."""
        return self.module.title if self.module else self.slug

    @property
    def review_on(self) -> date | None:
        """Give the day set for reading the module again."""
        return read_day(self.module.review_on) if self.module else None

    def state(self, published_sha256: str | None) -> FileState:
        """Tell how the files stand beside the latest publication."""
        if self.reading.has_errors:
            return FileState.ERRORS
        if published_sha256 is None:
            return FileState.NEW
        same = published_sha256 == self.reading.sha256
        return FileState.SAME if same else FileState.CHANGED

    @cached_property
    def previewed(self) -> dict[str, CompiledModule]:
        """Give the module by language, with media that are served before publication."""
        if not self.reading.media:
            return self.reading.modules
        again = read_folder(self.folder, context=self.context, media_url=self.media_url)
        return again.modules

    def media_url(self, _path: str, digest: str) -> str:
        """Give the address of a media that is not published yet."""
        return f"/formateur/fichiers/{self.slug}/media/{digest}"


class Drafts:
    """Reads drafts, and keeps each as long as neither its files nor the lists change."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.kept: OrderedDict[tuple[Path, str], tuple[object, Draft]] = OrderedDict()

    def get(self, folder: Path, language: str, stamp: object, read: Callable[[], Draft]) -> Draft:
        """Return the draft kept under this stamp, or read it."""
        key = (folder, language)
        with self.lock:
            held = self.kept.get(key)
        if held is not None and held[0] == stamp:
            return held[1]
        draft = read()
        with self.lock:
            self.kept[key] = (stamp, draft)
            self.kept.move_to_end(key)
            while len(self.kept) > CAPACITY:
                self.kept.popitem(last=False)
        return draft


DRAFTS = Drafts()


def list_drafts(content: Path, language: str, pass_mark: int, today: date) -> list[Draft]:
    """Read every module of the content folder; messages are in ``language``."""
    modules = content / "modules"
    folders = module_folders(modules) if modules.is_dir() else []
    return [read_draft(folder, content, language, pass_mark, today) for folder in folders]


def find_draft(
    content: Path, slug: str, language: str, pass_mark: int, today: date
) -> Draft | None:
    """Read one module of the content folder, if it is there."""
    folder = find_folder(content / "modules", slug)
    return read_draft(folder, content, language, pass_mark, today) if folder else None


def read_draft(folder: Path, content: Path, language: str, pass_mark: int, today: date) -> Draft:
    """Read a module's folder, or take what was read of the same files."""
    lists = [path for path in content.glob("*.yml") if path.is_file()]
    lists += glossary_files(content).values()
    siblings = tuple(sorted(path.parent.name for path in content.glob("modules/*/module.md")))
    stamp = (stamp_of([*folder.rglob("*"), *lists]), siblings, pass_mark, today)

    def read() -> Draft:
        context = read_context(content, today=today, pass_mark=pass_mark)
        reading = read_folder(folder, context=context, language=language)
        return Draft(folder.name, folder, context, reading)

    return DRAFTS.get(folder, language, stamp, read)


def stamp_of(paths: list[Path]) -> Stamp:
    """Tell files apart from what they were: their names, times and sizes."""
    found = []
    for path in sorted(paths):
        if path.is_file():
            facts = path.stat()
            found.append((path.as_posix(), facts.st_mtime_ns, facts.st_size))
    return tuple(found)
