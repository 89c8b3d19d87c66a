"""The modules as they stand in the content folder, read again only when a file changes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from app.catalogue.folders import find_folder, module_folders
from app.catalogue.library import Volume
from app.catalogue.notice import read_day
from app.dialect.compiled import CompiledModule
from app.dialect.context import Context
from app.dialect.reading import Reading, digest
from app.dialect.sandbox.frames import MIB, Limits
from app.studio.around import Around, read_lists, stamp_of, unsure_of
from app.studio.kept import Kept
from app.studio.parts import digest_of, read_parts
from app.studio.previewing import PreviewBusy
from app.studio.readings import MEDIA_BASE, ReadApart, read_apart
from app.studio.unchanged import editions_of

CAPACITY = 64 * MIB
"""Of files read in each process, weighed by their JSON."""
LEAST_WEIGHT = 10_000


class FileState(StrEnum):
    """How a module's files stand beside what is published of it."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    ERRORS = "errors"
    UNREAD = "unread"
    ABSENT = "absent"


@dataclass(frozen=True)
class ModuleFiles:
    """A module's files, read and checked in the sandbox."""

    slug: str
    folder: Path
    language: str
    """Of the messages."""
    context: Context = field(default_factory=Context)
    limits: Limits = field(default_factory=Limits)
    read: ReadApart | None = None
    """None where the sandbox did not read it yet."""
    published: Mapping[str, CompiledModule] = field(default_factory=dict)
    """The module by language, as the publication of the same files has it."""

    @property
    def reading(self) -> Reading:
        """Give what was read; nothing as long as it was not."""
        return self.read.reading if self.read else Reading()

    @property
    def errors(self) -> int:
        """Count the errors."""
        return self.read.errors if self.read else 0

    @property
    def warnings(self) -> int:
        """Count the warnings."""
        return self.read.warnings if self.read else 0

    @property
    def digests(self) -> dict[str, str]:
        """Give the SHA-256 of each media, by path."""
        return self.read.digests if self.read else {}

    @property
    def modules(self) -> Mapping[str, CompiledModule]:
        """Give the module by language, as far as it can be read."""
        return self.reading.modules or self.published

    @property
    def module(self) -> CompiledModule | None:
        """Give the module in French, or in the first language without errors; None without any."""
        return self.modules.get("fr") or next(iter(self.modules.values()), None)

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
        if self.read is None:
            return FileState.SAME if self.published else FileState.UNREAD
        if self.errors:
            return FileState.ERRORS
        if published_sha256 is None:
            return FileState.NEW
        same = published_sha256 == self.reading.sha256
        return FileState.SAME if same else FileState.CHANGED

    @cached_property
    def previewed(self) -> dict[str, CompiledModule]:
        """Give the module by language, with media that are served before publication."""
        modules = self.reading.modules
        if modules and self.digests:
            base = f"/formateur/fichiers/{self.slug}/media/"
            modules = read_files_of(self, media_base=base).reading.modules
            if not modules:  # They could be read a moment ago.
                raise PreviewBusy
        return modules

    def find_media(self, sha256: str) -> Path | None:
        """Find a media by its digest, as it was when the files were read and the check let it."""
        if self.read is None or self.read.is_refused:
            return None
        paths = (
            self.folder / name
            for name, one in self.digests.items()
            if one == sha256 and name not in self.read.refused_media
        )
        return next((one for one in paths if one.is_file() and digest_of(one) == sha256), None)

    def read_all_media(self) -> dict[str, bytes] | None:
        """Read the media from the disk; None where one changed since the files were read."""
        paths = {name: self.folder / name for name in self.digests}
        found = {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
        return found if {n: digest(data) for n, data in found.items()} == self.digests else None


FILES: Kept[tuple[object, ModuleFiles]] = Kept(CAPACITY)


def list_module_files(
    around: Around, language: str, latest: Mapping[str, Volume]
) -> list[ModuleFiles]:
    """Read every module of the content folder; messages are in ``language``.

    Files that say what ``latest``, by slug, has published are not read again for that. The sandbox
    reads the others one after another: past the time that one module may take, those that were
    never read stay unread.
    """
    modules = around.content / "modules"
    until = time.monotonic() + around.limits.wall
    found = []
    for folder in module_folders(modules) if modules.is_dir() else []:
        published = editions_of(folder, around, latest.get(folder.name, {}))
        standing = ModuleFiles(folder.name, folder, language, published=published)
        if published and FILES.get((folder, language)) is None:
            found.append(standing)
            continue
        try:
            may_wait = not published and time.monotonic() < until
            found.append(read_module_files(folder, around, language, may_wait=may_wait))
        except PreviewBusy:
            found.append(standing)
    return found


def find_module_files(around: Around, slug: str, language: str) -> ModuleFiles | None:
    """Read one module of the content folder, if it is there."""
    folder = find_folder(around.content / "modules", slug)
    return read_module_files(folder, around, language) if folder else None


def read_module_files(
    folder: Path, around: Around, language: str, *, may_wait: bool = True
) -> ModuleFiles:
    """Have a module's folder read, or take what was read of the same files."""
    stamp = (stamp_of(list(folder.rglob("*"))), around)
    key = (folder, language)
    held = FILES.get(key)
    if held is not None and held[0] == stamp:
        return held[1]
    files = ModuleFiles(folder.name, folder, language, read_lists(around), around.limits)
    read = read_files_of(files, may_wait=may_wait)
    files = replace(files, read=read)
    if read.is_lasting:
        FILES.put(key, (stamp, files), LEAST_WEIGHT + read.weight)
    return files


def read_doubts(files: ModuleFiles, around: Around) -> ReadApart:
    """Have files read again, with what they say is to be verified."""
    return read_files_of(files, unsure=unsure_of(around))


def read_files_of(
    files: ModuleFiles,
    *,
    media_base: str = MEDIA_BASE,
    unsure: frozenset[str] | None = None,
    may_wait: bool = True,
) -> ReadApart:
    """Have a module's files read."""
    return read_apart(
        read_parts(files.folder, files.context),
        slug=files.slug,
        context=files.context,
        language=files.language,
        limits=files.limits,
        under=files.folder.as_posix(),
        media_base=media_base,
        unsure=unsure,
        diagrams=True,
        may_wait=may_wait,
    )
