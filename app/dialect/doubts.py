"""What a module itself says is to be verified, place by place, for whoever checks the law."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from app.dialect.checks.articles import find_articles
from app.dialect.checks.runs import Run, runs
from app.dialect.context import article_key
from app.dialect.scanner import scan
from app.dialect.source import read_source

MARK = re.compile(
    r"(?<!« )(?<!“)\b(?:à\s+(?:re)?vérifier|to\s+be\s+(?:verified|checked)(?:\s+again)?)\b",
    re.IGNORECASE,
)
"""Not where a note explains the mark itself, between guillemets."""
END = re.compile(r"(?<![A-Z]\.)(?<!art\.)(?<=[.!?;])\s+(?=[A-ZÀ-Ý«“*(]|\S+\s)|\n\s*[-|>]\s")
LABEL = re.compile(r"^[\w ]{3,20}\u00a0? ?:\*\*\s*")
SHORT = 28
"""Under so many characters, what is left of a sentence without the mark says nothing by itself."""
MUNICIPAL = re.compile(r"csi [rld]51[15]|police municipale|municipal police", re.IGNORECASE)
INTEREST = frozenset({"cp 432-12", "cgfp l121-5", "code de la defense l4122-3"})


class Priority(IntEnum):
    """In which order a lawyer takes them up: what changed most, and touches most, first."""

    MUNICIPAL_POLICE = 1
    CONFLICT_OF_INTEREST = 2
    CRIMINAL_PROCEDURE = 3
    OTHER_ARTICLE = 4
    NO_ARTICLE = 5


@dataclass(frozen=True, slots=True)
class Doubt:
    """A statement to verify: where it stands, what it says, which articles it rests on."""

    path: str
    line: int
    text: str
    articles: tuple[str, ...]
    priority: Priority
    is_marked: bool = True
    """False where an article to verify is cited without a word about it."""


def find_doubts(sources: Mapping[str, str], unsure: frozenset[str] = frozenset()) -> list[Doubt]:
    """List what is to be verified in the texts of a module, by priority, then by place.

    Only those of the reference language: translations follow them. ``unsure`` are the keys of the
    articles that the reference list calls to be verified.
    """
    found = [
        doubt
        for path, text in sources.items()
        if "." not in path.removesuffix(".md")
        for run in runs(scan(read_source(path, text).lines))
        for doubt in doubts_of(run, path, unsure)
    ]
    return sorted(found, key=lambda doubt: (doubt.priority, doubt.path, doubt.line))


def doubts_of(run: Run, path: str, unsure: frozenset[str]) -> Iterator[Doubt]:
    """Go through the sentences of a run that say so, or that cite what is to be verified."""
    start = before = 0
    for end in (*(match.start() for match in END.finditer(run.text)), len(run.text)):
        sentence = run.text[start:end]
        if MARK.search(sentence) and len(MARK.sub("", sentence).strip(" \n.;:()*«»")) < SHORT:
            sentence = run.text[before:end]  # « À vérifier. » speaks of the sentence before it.
        cited = [(code, number) for _a, _b, code, number in find_articles(sentence)]
        keys = {article_key(code, number) for code, number in cited}
        mark = MARK.search(sentence)
        if mark or keys & unsure:
            place = end - len(sentence) + (mark.start() if mark else 0)
            yield Doubt(
                path,
                run.locate(min(place, max(0, len(run.text) - 1)))[0],
                clean(sentence),
                tuple(dict.fromkeys(" ".join(f"{c} {n}".split()) for c, n in cited)),
                rank(keys, sentence),
                is_marked=mark is not None,
            )
        before, start = start, end


def clean(sentence: str) -> str:
    """Write a sentence on one line, without the marks that begin it."""
    return " ".join(LABEL.sub("", sentence.strip(" \n>*-|")).split())


def rank(keys: set[str], sentence: str) -> Priority:
    """Tell how urgent a statement is."""
    if MUNICIPAL.search(" ".join(sorted(keys))) or MUNICIPAL.search(sentence):
        return Priority.MUNICIPAL_POLICE
    if keys & INTEREST:
        return Priority.CONFLICT_OF_INTEREST
    if any(key.startswith("cpp ") for key in keys):
        return Priority.CRIMINAL_PROCEDURE
    return Priority.OTHER_ARTICLE if keys else Priority.NO_ARTICLE
