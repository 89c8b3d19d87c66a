"""Check a module without compiling it, mend it, and note what is published of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

from app.dialect.checks.behind import pair_texts
from app.dialect.checks.identity import identities_of
from app.dialect.checks.languages import check_languages, compare_languages
from app.dialect.context import Context
from app.dialect.fixes import fix_files
from app.dialect.locking import write_lock
from app.dialect.media.holdings import Holdings
from app.dialect.media.reading import MediaReader
from app.dialect.messages import Message, in_order
from app.dialect.parsing import media_of, parse, read_bytes
from app.dialect.reading import Reading, compile_drafts
from app.dialect.rendering.weight import is_light
from app.dialect.stretches import list_stretches


def check_folder(folder: Path, *, context: Context, language: str = "fr") -> tuple[Message, ...]:
    """Give what there is to say about a module's folder."""
    files, under = read_bytes(folder), folder.as_posix()
    return check_files(files, context=context, language=language, under=under, diagrams=True)


def check_files(
    files: Mapping[str, bytes],
    *,
    context: Context,
    language: str = "fr",
    under: str = "",
    diagrams: bool = False,
) -> tuple[Message, ...]:
    """Give what there is to say about a module: what `read_files` says, sooner.

    Nothing is rendered but what could take too long or go too deep.
    """
    names = media_of(files)
    parsed = parse(files, context, language=language, under=under)
    media = MediaReader(context, language, under, diagrams).read(names)
    check_languages(parsed, names, context)
    pairs = pair_texts(parsed, list_stretches(parsed) if len(parsed.drafts) > 1 else {})
    texts = [report.source.text for report in parsed.reports.values()]
    if not is_light([*texts, *media.transcripts.values()], context.seconds):
        reference = parsed.reference.language
        holdings = Holdings(
            names=names, sizes=media.sizes, transcripts=media.transcripts, reference=reference
        )
        compile_drafts(Reading(), parsed, holdings, context, pairs=pairs)
    compare_languages(parsed, pairs)
    return in_order([*parsed.messages, *media.messages])


def lock_of(folder: Path, *, context: Context) -> str:
    """Write what ``ids.lock`` says once a module without errors is published as it stands."""
    return write_lock(identities_of(parse(read_bytes(folder), context).reference))


def fix_folder(
    folder: Path,
    *,
    context: Context,
    language: str = "fr",
    only: Collection[str] | None = None,
) -> tuple[dict[str, bytes], list[Message]]:
    """Give the files of a module that the safe fixes change, and the messages they answer.

    ``only`` names the files that may change.
    """
    files = read_bytes(folder)

    def say(files: Mapping[str, bytes]) -> tuple[Message, ...]:
        return check_files(files, context=context, language=language, diagrams=True)

    fixed, applied = fix_files(files, say, only=only)
    under = folder.as_posix()
    told = [msgspec.structs.replace(one, path=f"{under}/{one.path}") for one in applied]
    return {name: data for name, data in fixed.items() if data != files[name]}, told
