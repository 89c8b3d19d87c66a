"""Read a module: its texts become messages and, when nothing is broken, compiled modules."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.dialect.building import Builder
from app.dialect.checks.behind import Pairs, find_behind, pair_texts
from app.dialect.checks.languages import check_languages, compare_languages
from app.dialect.compiled import CompiledModule
from app.dialect.context import Context
from app.dialect.drafting import Draft
from app.dialect.help_page import HelpSection, read_help_page
from app.dialect.media.holdings import Holdings
from app.dialect.media.reading import MediaReader
from app.dialect.messages import WHOLE_FILE, Message, in_order
from app.dialect.parsing import Parsed, media_of, parse, read_bytes, read_texts
from app.dialect.rendering.blocks import DEEPEST, TooDeepError, TooHeavyError, TooSlowError
from app.dialect.rendering.prose import LIGHT, render_prose
from app.dialect.story import Story, stories_of
from app.dialect.stretches import Stretch, list_stretches

__all__ = [
    "HelpSection", "Reading", "hash_folder", "read_files", "read_folder", "read_help_page",
    "render_prose",
]  # fmt: skip

MediaAddress = Callable[[str, str], str]
"""Gives the address of a media from its path in the module and its SHA-256."""


@dataclass(slots=True)
class Reading:
    """What reading a module gives."""

    modules: dict[str, CompiledModule] = field(default_factory=dict)
    """By language; a language with errors of its own is not there."""
    messages: tuple[Message, ...] = ()
    sources: dict[str, str] = field(default_factory=dict)
    """The texts by path in the module: NFC, with LF line ends."""
    written: dict[str, str] = field(default_factory=dict)
    """Those that their author wrote otherwise, as they were written."""
    media: dict[str, bytes] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    """SHA-256 of each media, by path."""
    sha256: str = ""
    stories: dict[str, tuple[Story, ...]] = field(default_factory=dict)
    """The dilemmas by language, where the module is read for one page; mistakes included."""
    stretches: dict[str, tuple[Stretch, ...]] = field(default_factory=dict)
    """By path; of a module in one language only, nothing."""

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
        read_bytes(folder),
        slug=folder.resolve().name,
        context=context,
        language=language,
        under=folder.as_posix(),
        media_url=media_url,
        diagrams=True,
    )


def hash_folder(folder: Path) -> str:
    """Give the SHA-256 that reading a module's folder would give, much sooner."""
    files = read_bytes(folder)
    reports = read_texts(files, Context())
    media = {name: digest(data) for name, data in media_of(files).items()}
    return canonical_hash({name: report.source.text for name, report in reports.items()}, media)


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
    one_page: bool = False,
) -> Reading:
    """Read a module given as bytes by path; ``under`` is put before the paths in messages.

    ``diagrams`` accepts SVG: never for what somebody sends. ``whole`` and ``digests`` give the
    size and the SHA-256 of the media of which only the first bytes are given. ``one_page`` is for
    the page beside the text: all the steps one under another, with the lines they come from.
    """
    reading = Reading()
    reading.media = media_of(files)
    digests = digests or {name: digest(data) for name, data in reading.media.items()}
    reading.digests = dict(digests)
    media = MediaReader(context, language, under, diagrams, whole or {}).read(reading.media)
    parsed = parse(files, context, language=language, under=under)
    reading.sources = {name: report.source.text for name, report in parsed.reports.items()}
    reading.written = written_otherwise(files, reading.sources)
    reading.sha256 = canonical_hash(reading.sources, digests)

    def address(path: str) -> str:
        return media_url(path, digests[path]) if path in digests else path

    check_languages(parsed, reading.media, context)
    reference = parsed.reference.language
    holdings = Holdings(address, reading.media, media.sizes, media.transcripts, reference)
    if len(parsed.drafts) > 1:
        reading.stretches = list_stretches(parsed)
    pairs = pair_texts(parsed, reading.stretches)
    compile_drafts(reading, parsed, holdings, context, pairs=pairs, slug=slug, one_page=one_page)
    if one_page:
        reading.stories = {one.language: stories_of_draft(one) for one in parsed.drafts}
    compare_languages(parsed, pairs)
    reading.messages = in_order([*parsed.messages, *media.messages])
    return reading


def written_otherwise(files: Mapping[str, bytes], sources: Mapping[str, str]) -> dict[str, str]:
    """Keep the texts whose line ends, composition or first mark are not those of the sources."""
    written = {name: files.get(name, b"").decode(errors="replace") for name in sources}
    return {name: text for name, text in written.items() if text != sources[name]}


def compile_drafts(
    reading: Reading,
    parsed: Parsed,
    holdings: Holdings,
    context: Context,
    *,
    pairs: Mapping[str, Pairs],
    slug: str = "",
    one_page: bool = False,
) -> None:
    """Compile the languages in which nothing is broken."""
    for draft in parsed.drafts:
        behind = find_behind(parsed.reference, draft, pairs.get(draft.language, {}))
        if any(report.has_errors for report, _ in draft.parts):
            continue
        banks = {name: outline for name, (_, outline) in draft.banks.items()}
        terms = context.glossary.get(draft.language, ())
        builder = Builder(
            draft.language, holdings, context.seconds, terms, behind, one_page=one_page
        )
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


def stories_of_draft(draft: Draft) -> tuple[Story, ...]:
    """Tell the dilemmas of one language."""
    return stories_of((outline for _, outline in draft.parts), draft.language)


def digest(data: bytes) -> str:
    """Give the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def canonical_hash(sources: Mapping[str, str], media: Mapping[str, str]) -> str:
    """Give the SHA-256 of a module: of its texts and of its media, by path."""
    return canonical_digest({name: digest(text.encode()) for name, text in sources.items()}, media)


def canonical_digest(texts: Mapping[str, str], media: Mapping[str, str]) -> str:
    """Give the same from the SHA-256 of each text."""
    return digest(json.dumps({**texts, **media}, sort_keys=True, ensure_ascii=True).encode())
