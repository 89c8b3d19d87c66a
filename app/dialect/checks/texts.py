"""Check what a file says, whatever its structure: links, tables, call-outs, raw HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.dialect.checks.articles import check_articles
from app.dialect.checks.inline import find_html
from app.dialect.checks.links import Targets, check_links
from app.dialect.checks.nesting import check_nesting
from app.dialect.checks.runs import Run, runs
from app.dialect.checks.tables import check_callouts, check_tables
from app.dialect.context import Context
from app.dialect.messages import Report
from app.dialect.scanner import Scanned

STARTS = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)]|\[\^[^\]]*\]:)(?=[ \t]|$)")
"""What indented lines go on with: lists and notes."""


def check_text(
    scanned: Sequence[Scanned], targets: Targets, context: Context, report: Report
) -> int:
    """Check the text of a file; count its cases of exemplary conduct."""
    check_nesting(scanned, report)
    exemplary = 0
    for run in runs(scanned):
        check_indent(run, report)
        check_links(run, targets, report)
        check_tables(run, report)
        exemplary += check_callouts(run, report)
        for start, end in find_html(run):
            report.add("R201", run.span(start, end))
        if context.references is not None:
            check_articles(run, context.references, report)
    return exemplary


def check_indent(run: Run, report: Report) -> None:
    """Report text whose indentation would make code of it."""
    first, before = run.lines[0], run.before
    if first.indent < 4 or first.text.lstrip().startswith("#"):
        return
    goes_on = before is not None and (before.indent >= 2 or STARTS.match(before.text))
    if not goes_on:
        report.add("Q206-code", first.visible())
