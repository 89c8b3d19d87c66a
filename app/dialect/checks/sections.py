"""Check what sub-headings say to each corps: a lost one, or one written twice, leaves a trace."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from app.dialect.draft import Outline, ProseDraft, StepDraft, SubheadingDraft
from app.dialect.labels import fold
from app.dialect.messages import Report
from app.dialect.scanner import Kind

ENOUGH = 3
"""How many sub-headings that say the same, each for some, are meant for everyone together."""


def check_sections(outline: Outline, audience: Iterable[str], report: Report) -> None:
    """Report headings written twice, texts for nobody, and a corps that a series leaves out."""
    for step in outline.steps:
        check_groups(subheadings(step), frozenset(audience) & step.audience, report)
        for block in step.blocks:
            if isinstance(block, ProseDraft) and not block.audience:
                check_nobody(block, report)
    check_twice(outline, report)


def subheadings(step: StepDraft) -> list[SubheadingDraft]:
    """List the sub-headings of a step."""
    prose = (block for block in step.blocks if isinstance(block, ProseDraft))
    return [one for block in prose for one in block.subheadings.values()]


def check_twice(outline: Outline, report: Report) -> None:
    """Report a heading or a rule that repeats the one just before it."""
    before = None
    for one in outline.scanned:
        if one.kind is Kind.BLANK:
            continue
        repeated = before is not None and before.line.text == one.line.text
        if repeated and one.kind in (Kind.HEADING, Kind.RULE):
            report.add_alone("R205", one.line.visible())
        before = one


def check_groups(found: list[SubheadingDraft], audience: frozenset[str], report: Report) -> None:
    """Report sub-headings that say the same to each corps, but for one."""
    for _, same in groupby(found, key=lambda one: (one.level, fold(one.title.text))):
        group = list(same)
        if len(group) < ENOUGH or any(one.audience is None for one in group):
            continue
        left = audience.difference(*(one.audience or () for one in group))
        if len(left) == 1:
            report.add("S203", group[0].line.visible(), corps=next(iter(left)))


def check_nobody(block: ProseDraft, report: Report) -> None:
    """Report a text kept for nobody."""
    first = next((line for line in block.lines if not line.is_blank), None)
    if first is not None:
        heading = block.subheadings.get(first.number)
        report.add("Q209-nobody", (heading.line if heading else first).visible())
