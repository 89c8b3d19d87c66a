"""The files of a module as the sandbox receives them: the server looks into none of them."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from app.dialect.context import Context
from app.dialect.media.kinds import bytes_needed
from app.dialect.parsing import module_files


@dataclass(frozen=True, slots=True)
class Parts:
    """A module's files: the texts, the beginning of each media, and what the rest would tell."""

    files: dict[str, bytes]
    digests: dict[str, str] = field(default_factory=dict)
    """SHA-256 of each media, by path."""
    sizes: dict[str, int] = field(default_factory=dict)
    """Bytes of each media, by path."""


def read_parts(folder: Path, context: Context) -> Parts:
    """Read a module's folder; of a text that is too large, enough to see that it is."""
    parts = Parts({})
    for name, path in module_files(folder):
        is_media = name.startswith("media/")
        most = context.largest_file + 1
        with suppress(FileNotFoundError), path.open("rb") as file:  # An editor may replace it.
            parts.files[name] = file.read(bytes_needed(name, most - 1) if is_media else most)
            if is_media:
                parts.sizes[name] = path.stat().st_size
                parts.digests[name] = digest_of(path)
    return parts


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file, worked out once as long as it does not change."""
    facts = path.stat()
    return work_out_digest(path, facts.st_mtime_ns, facts.st_size)


@lru_cache(maxsize=5_000)
def work_out_digest(path: Path, _changed: int, _size: int) -> str:
    """Work the SHA-256 of a file out."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
