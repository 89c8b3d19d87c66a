"""What goes with a film or a sound: its captions and its transcript, by their names."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple


class Companion(NamedTuple):
    """A file that goes with a film or a sound, and its language."""

    language: str
    name: str


def captions_of(film: str, names: Collection[str]) -> list[Companion]:
    """List the captions of a film: ``x.<language>.vtt``."""
    pattern = re.compile(re.escape(stem(film)) + r"\.([a-z]{2})\.vtt")
    found = ((name, pattern.fullmatch(name)) for name in sorted(names))
    return [Companion(match[1], name) for name, match in found if match]


def transcript_of(
    media: str, names: Collection[str], language: str, reference: str
) -> Companion | None:
    """Find the transcript in a language, else in the module's reference language."""
    base = f"{stem(media)}.transcription"
    tries = [Companion(language, f"{base}.{language}.md"), Companion(reference, f"{base}.md")]
    tries += [Companion(reference, f"{base}.{reference}.md")]
    return next((one for one in tries if one.name in names), None)


def stem(name: str) -> str:
    """Give a name without its ending."""
    return name.rpartition(".")[0]
