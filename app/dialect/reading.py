"""Read a module: its texts become messages and, when nothing is broken, compiled modules."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.dialect.building import Builder
from app.dialect.compiled import CompiledModule
from app.dialect.context import Context
from app.dialect.decoding import decode
from app.dialect.drafting import REFERENCE, Draft, check_draft, language_files, read_draft
from app.dialect.help_page import HelpSection, read_help_page
from app.dialect.media.holdings import Holdings
from app.dialect.media.reading import MediaReader
from app.dialect.messages import WHOLE_FILE, Message, Report, in_order
from app.dialect.rendering.blocks import DEEPEST, TooDeepError, TooHeavyError, TooSlowError
from app.dialect.rendering.prose import LIGHT, render_prose

__all__ = [
    "HelpSection", "Reading", "check_folder", "hash_folder", "read_files", "read_folder",
    "read_help_page", "render_prose",
]  # fmt: skip

MediaAddress = Callable[[str, str], str]
"""Gives the address of a media from its path in the module and its SHA-256."""


@dataclass(slots=True)
class Reading:
    """What reading a module gives."""

    modules: dict[str, CompiledModule] = field(default_factory=dict)
    """By language; a language with errors is not there."""
    messages: tuple[Message, ...] = ()
    sources: dict[str, str] = field(default_factory=dict)
    """The texts by path in the module: NFC, with LF line ends."""
    media: dict[str, bytes] = field(default_factory=dict)
    sha256: str = ""

    @property
    def has_errors(self) -> bool:
        """Tell whether something stops a publication."""
        return any(message.is_error for message in self.messages)

    def refuses(self, name: str) -> bool:
        """Tell whether an error is about this very file."""
        return any(
            message.is_error and f"/{message.path}".endswith(f"/{name}")
            for message in self.messages
        )


def media_address(_path: str, digest: str) -> str:
    """Give the usual address of a media."""
    return f"/media/{digest}"


def read_folder(
    folder: Path,
    *,
    context: Context,
    language: str = "fr",
    media_url: MediaAddress = media_address,
) -> Reading:
    """Read a module's folder; messages are in ``language`` and name files under ``folder``.

    What stands on the server's disk came with the content, so it may hold diagrams in SVG.
    """
    return read_files(
        {name: path.read_bytes() for name, path in module_files(folder)},
        slug=folder.resolve().name,
        context=context,
        language=language,
        under=folder.as_posix(),
        media_url=media_url,
        diagrams=True,
    )


def check_folder(folder: Path, *, context: Context, language: str = "fr") -> tuple[Message, ...]:
    """Give what there is to say about a module's folder."""
    return read_folder(folder, context=context, language=language).messages


def hash_folder(folder: Path) -> str:
    """Give the SHA-256 that reading a module's folder would give, much sooner."""
    files = {name: path.read_bytes() for name, path in module_files(folder)}
    reports = read_sources(files, "", "fr", Context())
    media = {name: digest(data) for name, data in files.items() if name.startswith("media/")}
    return canonical_hash({name: report.source.text for name, report in reports.items()}, media)


def module_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Go through the files of a module, with their names in it.

    A link to what stands elsewhere is left out: it could name a secret of the server.
    """
    home = folder.resolve()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and is_part(name) and path.resolve().is_relative_to(home):
            yield name, path


def is_part(name: str) -> bool:
    """Tell whether a file of the folder is a part of the module."""
    folder, _, rest = name.rpartition("/")
    if folder == "media" or folder.startswith("media/"):
        return not any(piece.startswith(".") for piece in name.split("/"))
    if folder == "banques":
        return rest.endswith(".md")
    return folder == "" and rest.startswith("module.") and rest.endswith(".md")


def read_files(
    files: Mapping[str, bytes],
    *,
    slug: str,
    context: Context,
    language: str = "fr",
    under: str = "",
    media_url: MediaAddress = media_address,
    diagrams: bool = False,
    whole: Mapping[str, int] | None = None,
    digests: Mapping[str, str] | None = None,
) -> Reading:
    """Read a module given as bytes by path; ``under`` is put before the paths in messages.

    ``diagrams`` accepts SVG: never for what somebody sends. ``whole`` and ``digests`` give the
    size and the SHA-256 of the media of which only the first bytes are given.
    """
    reading = Reading()
    reading.media = {n: data for n, data in sorted(files.items()) if n.startswith("media/")}
    digests = digests or {name: digest(data) for name, data in reading.media.items()}
    media = MediaReader(context, language, under, diagrams, whole or {}).read(reading.media)
    reports = read_sources(files, under, language, context)
    reading.sources = {name: report.source.text for name, report in reports.items()}
    drafts = [read_draft(name, reports, context) for name in language_files(reports)]
    reference = drafts[0].language
    check_draft(drafts[0], reading.media, context)
    for draft in drafts[1:]:
        check_draft(draft, reading.media, context, reference=reference)
    reading.sha256 = canonical_hash(reading.sources, digests)

    def address(path: str) -> str:
        return media_url(path, digests[path]) if path in digests else path

    holdings = Holdings(address, reading.media, media.sizes, media.transcripts, reference)
    compile_drafts(reading, drafts, slug, holdings, context)
    found = [message for report in reports.values() for message in report.messages]
    reading.messages = in_order([*found, *media.messages])
    return reading


def read_sources(
    files: Mapping[str, bytes], under: str, language: str, context: Context
) -> dict[str, Report]:
    """Read the texts of a module; each comes with the report about it."""
    texts = {REFERENCE: b"", **{n: d for n, d in files.items() if not n.startswith("media/")}}
    reports: dict[str, Report] = {}
    for name, data in sorted(texts.items()):
        path = f"{under.rstrip('/')}/{name}" if under else name
        source, problems = decode(data, path, context)
        report = reports[name] = Report(source, language)
        for key, span, values in problems:
            report.add(key, span, **values)
            report.unreadable |= key in ("R101", "R105")
    return reports


def compile_drafts(
    reading: Reading,
    drafts: list[Draft],
    slug: str,
    holdings: Holdings,
    context: Context,
) -> None:
    """Compile the languages in which nothing is broken."""
    for draft in drafts:
        if any(report.has_errors for report, _ in draft.parts):
            continue
        banks = {name: outline for name, (_, outline) in draft.banks.items()}
        terms = context.glossary.get(draft.language, ())
        builder = Builder(draft.language, holdings, context.seconds, terms)
        try:
            module = builder.build(slug, draft.front, draft.outline, banks)
        except TooHeavyError:
            draft.main.add("R104-marks", WHOLE_FILE, limit=LIGHT)
        except TooSlowError:
            draft.main.add("R104", WHOLE_FILE, seconds=f"{context.seconds:g}")
        except (TooDeepError, RecursionError):
            draft.main.add("R103", WHOLE_FILE, limit=DEEPEST)
        else:
            reading.modules[draft.language] = module


def digest(data: bytes) -> str:
    """Give the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def canonical_hash(sources: Mapping[str, str], media: Mapping[str, str]) -> str:
    """Give the SHA-256 of a module: of its texts and of its media, by path."""
    texts = {name: digest(text.encode()) for name, text in sources.items()}
    return digest(json.dumps({**texts, **media}, sort_keys=True, ensure_ascii=True).encode())
