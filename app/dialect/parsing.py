"""The files of a module: found on disk, decoded, and read as far as they can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.dialect.context import Context
from app.dialect.decoding import decode
from app.dialect.drafting import REFERENCE, Draft, language_files, read_draft
from app.dialect.identity import Identity
from app.dialect.locking import FILE as LOCK
from app.dialect.locking import read_lock
from app.dialect.messages import Message, Report


@dataclass(slots=True)
class Parsed:
    """The texts of a module, each with the report about it, and what was read in them."""

    reports: dict[str, Report]
    """By path in the module."""
    drafts: list[Draft]
    """One for each language, the reference first."""
    lock: Report | None = None
    published: dict[str, Identity] = field(default_factory=dict)
    """What ``ids.lock`` says was published, by id."""

    @property
    def reference(self) -> Draft:
        """Give the language that the others follow."""
        return self.drafts[0]

    @property
    def messages(self) -> list[Message]:
        """List what was said of all the files, in no order."""
        reports = [*self.reports.values(), *([self.lock] if self.lock else [])]
        return [message for report in reports for message in report.messages]


def read_bytes(folder: Path) -> dict[str, bytes]:
    """Read the files of a module's folder, by their path in it."""
    return {name: path.read_bytes() for name, path in module_files(folder)}


def module_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Go through the files of a module, with their names in it.

    A link to what stands elsewhere is left out: it could name a secret of the server.
    """
    home = folder.resolve()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and is_part(name) and path.resolve().is_relative_to(home):
            yield name, path


def media_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give the media among the files of a module."""
    return {name: data for name, data in sorted(files.items()) if name.startswith("media/")}


def is_part(name: str) -> bool:
    """Tell whether a file of the folder is a part of the module."""
    folder, _, rest = name.rpartition("/")
    if folder == "media" or folder.startswith("media/"):
        return not any(piece.startswith(".") for piece in name.split("/"))
    if folder == "banques":
        return rest.endswith(".md")
    return folder == "" and (
        rest == LOCK or (rest.startswith("module.") and rest.endswith(".md"))
    )  # fmt: skip


def parse(
    files: Mapping[str, bytes], context: Context, *, language: str = "fr", under: str = ""
) -> Parsed:
    """Read the texts among some files; ``under`` is put before the paths in messages."""
    reports = read_texts(files, context, language=language, under=under)
    lock = (
        read_text(files[LOCK], beneath(under, LOCK), context, language) if LOCK in files else None
    )
    drafts = [read_draft(name, reports, context) for name in language_files(reports)]
    return Parsed(reports, drafts, lock, read_lock(lock) if lock else {})


def read_texts(
    files: Mapping[str, bytes], context: Context, *, language: str = "fr", under: str = ""
) -> dict[str, Report]:
    """Read the texts of a module; each comes with the report about it."""
    texts = {n: d for n, d in files.items() if not n.startswith("media/") and n != LOCK}
    reports: dict[str, Report] = {}
    for name, data in sorted({REFERENCE: b"", **texts}.items()):
        reports[name] = read_text(data, beneath(under, name), context, language)
    return reports


def read_text(data: bytes, path: str, context: Context, language: str) -> Report:
    """Read a text; the report tells what is wrong with its bytes."""
    source, problems = decode(data, path, context)
    report = Report(source, language)
    for key, span, values in problems:
        report.add(key, span, **values)
        report.unreadable |= key in ("R101", "R105")
    return report


def beneath(under: str, name: str) -> str:
    """Give the path that messages name."""
    return f"{under.rstrip('/')}/{name}" if under else name
