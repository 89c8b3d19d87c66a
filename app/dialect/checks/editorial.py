"""Check what an editor would: keys that can be guessed, hard prose, law in quotes, tone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from app.dialect.checks.articles import find_articles
from app.dialect.checks.runs import Run
from app.dialect.draft import ChoiceDraft, ItemDraft, Outline, ProseDraft, StepDraft
from app.dialect.items.answer_checks import plain
from app.dialect.messages import WHOLE_FILE, Report
from app.dialect.readability import reading_ease
from app.dialect.scanner import Scanned
from app.dialect.source import join

LEAST_ITEMS = 8
"""Under so many questions, a share says nothing."""
MOST_SHARE = 0.5
EASIEST = 60.0
"""Under this score a text is harder than plain: see `app.dialect.readability`."""
LEAST_POSITIVE = 0.6
SAYS = re.compile(
    r"\b(?:dispose|énonce|prévoit|stipule|précise|proclame|states|provides|reads)\b[^.«“\n]{0,40}[«“]"
)
QUOTED = re.compile(r"(?:«[^«»]{20,}»|“[^“”]{20,}”)\s*\($")
CALLOUT = re.compile(r"[ \t]*>[ \t]*\[!(\w+)\]")
MARKS = re.compile(r"[*_`>#|]+|\[\^[^\]]*\]|!?\[([^\]]*)\]\([^)]*\)")


def check_editorial(parts: Sequence[tuple[Report, Outline]], language: str, main: Report) -> None:
    """Check a module in one language: its main file, then its banks."""
    for report, outline in parts:
        check_keys(outline, report)
        check_quotes(outline.runs, report)
        if language == "fr":
            for step in outline.steps:
                if step.kind != "bank":
                    check_ease(step, report)
    check_tone([line for _, outline in parts for line in outline.scanned], main)


def check_keys(outline: Outline, report: Report) -> None:
    """Report a bank whose right answers stand out by their length or by their letter."""
    for step in outline.steps:
        if step.kind not in ("bank", "evaluation"):
            continue
        pairs = [pair for item in step.items() if (pair := one_right(item)) is not None]
        if len(pairs) < LEAST_ITEMS:
            continue
        longest = share(len(plain(right)) > max(map(length, wrong)) for right, wrong in pairs)
        shortest = share(len(plain(right)) < min(map(length, wrong)) for right, wrong in pairs)
        for key, found in (("E204", longest), ("E204-short", shortest)):
            if found > MOST_SHARE:
                report.add(key, WHOLE_FILE, percent=round(100 * found), count=len(pairs))
        letter, times = Counter(right.letter for right, _ in pairs).most_common(1)[0]
        if times / len(pairs) > MOST_SHARE:
            percent = round(100 * times / len(pairs))
            report.add("E205", WHOLE_FILE, letter=letter, percent=percent, count=len(pairs))


def one_right(item: ItemDraft) -> tuple[ChoiceDraft, list[ChoiceDraft]] | None:
    """Part the right answer of a single choice from the wrong ones."""
    right = [choice for choice in item.choices if choice.credit == 100]
    wrong = [choice for choice in item.choices if choice.credit < 100]
    return (right[0], wrong) if item.type == "single" and len(right) == 1 and wrong else None


def length(choice: ChoiceDraft) -> int:
    """Measure a choice as a reader sees it."""
    return len(plain(choice))


def share(found: Iterator[bool]) -> float:
    """Give the share of what is true."""
    listed = list(found)
    return sum(listed) / len(listed)


def check_ease(step: StepDraft, report: Report) -> None:
    """Report a step that reads with difficulty."""
    prose = [join(block.lines) for block in step.blocks if isinstance(block, ProseDraft)]
    score = reading_ease(MARKS.sub(r"\1 ", "\n\n".join(prose)))
    if score is not None and score < EASIEST:
        report.add("E206", step.heading.visible(), score=round(score), least=round(EASIEST))


def check_quotes(runs: Sequence[Run], report: Report) -> None:
    """Report an article whose words seem to be quoted: a module paraphrases."""
    for run in runs:
        for start, end, code, number in find_articles(run.text):
            if SAYS.search(run.text[end : end + 90]) or is_after_quote(run, start):
                cited = " ".join(f"{code} {number}".split())
                report.add("E207", run.span(start, end), article=cited)


def is_after_quote(run: Run, start: int) -> bool:
    """Tell whether an article stands in the parenthesis that follows a quotation."""
    return QUOTED.search(run.text[:start]) is not None


def check_tone(scanned: Sequence[Scanned], main: Report) -> None:
    """Report a module in which warnings outweigh the cases of good conduct."""
    names = [match[1].lower() for one in scanned if (match := CALLOUT.match(one.line.text))]
    counted = Counter(names)
    good, warned = counted["exemple"], counted["warning"] + counted["caution"]
    if warned and good / (good + warned) < LEAST_POSITIVE:
        main.add("E208", WHOLE_FILE, good=good, total=good + warned)
