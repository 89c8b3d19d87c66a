"""Check what a file says, whatever its structure: links, tables, call-outs, raw HTML."""

from __future__ import annotations

import re

from app.dialect.checks.articles import check_articles
from app.dialect.checks.inline import find_html
from app.dialect.checks.links import Targets, check_links
from app.dialect.checks.lists import check_lists
from app.dialect.checks.marks import check_marks
from app.dialect.checks.nesting import check_nesting
from app.dialect.checks.repeats import check_quotes, check_repeats
from app.dialect.checks.runs import Run
from app.dialect.checks.tables import check_callouts, check_tables
from app.dialect.context import Context
from app.dialect.draft import Outline
from app.dialect.messages import Report

STARTS = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)]|\[\^[^\]]*\]:)(?=[ \t]|$)")
"""What indented lines go on with: lists and notes."""


def check_text(outline: Outline, targets: Targets, context: Context, report: Report) -> list[str]:
    """Check the text of a file; give the texts of its cases of exemplary conduct."""
    if not check_nesting(outline.scanned, report):
        check_lists(outline.scanned, outline.answer_lines(), report)
    cases: list[str] = []
    for run in outline.runs:
        check_indent(run, report)
        check_links(run, targets, report)
        check_tables(run, report)
        cases += check_callouts(run, report)
        check_marks(run, report)
        check_repeats(run, report)
        check_quotes(run, report)
        for start, end in find_html(run):
            report.add("R201", run.span(start, end))
        if context.references is not None:
            check_articles(run, context.references, report)
    return cases


def check_indent(run: Run, report: Report) -> None:
    """Report text whose indentation would make code of it."""
    first, before = run.lines[0], run.before
    if first.indent < 4 or first.text.lstrip().startswith("#"):
        return
    goes_on = before is not None and (before.indent >= 2 or STARTS.match(before.text))
    if not goes_on:
        report.add("Q206-code", first.visible())
