"""Check what a module shows: cases of exemplary conduct, and less of sanctions than of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.dialect.draft import Outline
from app.dialect.labels import fold
from app.dialect.messages import WHOLE_FILE, Report
from app.dialect.source import join

WORDS_FILE = Path(__file__).with_name("sanctions.txt")
"""One word a line, folded; a final star stands for any ending; « # » begins a comment."""


def read_words(text: str) -> re.Pattern[str]:
    """Make a pattern of the list of words."""
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    words = [re.escape(fold(line)).replace(r"\*", r"\w*") for line in lines if line]
    return re.compile(rf"\b(?:{'|'.join(words)})\b")


SANCTION = read_words(WORDS_FILE.read_text(encoding="utf-8"))


def speaks_of_sanction(text: str) -> bool:
    """Tell whether a text holds a word of the list."""
    return SANCTION.search(fold(text)) is not None


def check_examples(cases: Sequence[str], outlines: Iterable[Outline], report: Report) -> None:
    """Report a module without a case, or where sanctions dominate the cases and the stems."""
    if not cases:
        report.add("E201", WHOLE_FILE)
    stems = [join(item.stem) for outline in outlines for item in outline.items() if item.stem]
    texts = [*cases, *stems]
    told = sum(map(speaks_of_sanction, texts))
    if 2 * told > len(texts):
        report.add("E202", WHOLE_FILE, told=told, count=len(texts))
