"""Write in translations which text each part translates, once somebody says that they follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from app.dialect.context import Context
from app.dialect.fixes import apply_edits
from app.dialect.following import Following, pair_up
from app.dialect.messages import Edit, Report
from app.dialect.parsing import Parsed, parse, read_bytes
from app.dialect.stretches import list_stretches, write_mark

UNSAID = frozenset({Following.UNMARKED, Following.UNTRANSLATED})
SAID = UNSAID | {Following.STALE}


def catch_up(
    folder: Path, *, context: Context, every: bool = False
) -> dict[str, tuple[bytes, int]]:
    """Give the translations of a module once their parts say that they follow it, as it stands.

    Those that say so of an older text are left as they are, unless ``every`` is asked for. Gives
    the files that change, each with how many of its parts do.
    """
    files = read_bytes(folder)
    parsed = parse(files, context)
    found = {}
    for path, edits in list_edits(parsed, SAID if every else UNSAID).items():
        if edits:
            found[path] = (apply_edits(files[path], edits), len(edits))
    return found


def list_edits(parsed: Parsed, wanted: frozenset[Following]) -> dict[str, list[Edit]]:
    """Map each translation to the headings that are written anew."""
    stretches = list_stretches(parsed)
    found: dict[str, list[Edit]] = {}
    for path, origin in translations_in(parsed.reports):
        pairs = pair_up(stretches.get(origin, ()), stretches.get(path, ()))
        report = parsed.reports[path]
        found[path] = [
            write_heading(report, pair.own.line, pair.source.digest)
            for pair in pairs
            if pair.own is not None and pair.source is not None and pair.following in wanted
        ]
    return found


def translations_in(reports: Mapping[str, Report]) -> Iterator[tuple[str, str]]:
    """Go through the translations, each with the text that it translates."""
    for path in reports:
        name, _, language = path.removesuffix(".md").rpartition(".")
        if name and language and f"{name}.md" in reports:
            yield path, f"{name}.md"


def write_heading(report: Report, number: int, digest: str) -> Edit:
    """Give the edit that writes on a heading which text it translates."""
    line = report.source.lines[number - 1].text
    width = len(report.source.written[number - 1])
    return Edit(number, 1, number, width + 1, write_mark(line, digest))
