"""Check the glossary: one meaning for each term, and the same terms in each language."""

from __future__ import annotations

from app.dialect.checks.links import Targets
from app.dialect.checks.texts import check_text
from app.dialect.context import Context
from app.dialect.draft import Outline
from app.dialect.glossary.marking import fold
from app.dialect.glossary.sections import Section
from app.dialect.messages import WHOLE_FILE, Report
from app.dialect.options import check_options
from app.dialect.rendering.blocks import Leaf
from app.dialect.rendering.gfm import read_blocks

LONGEST_DEFINITION = 350
"""Signs that a definition may have where it is read over the text."""


def check_sections(sections: list[Section], report: Report, context: Context) -> None:
    """Check the terms of one file."""
    ids: dict[str, int] = {}
    forms: dict[str, tuple[str, int]] = {}
    for section in sections:
        check_heading(section, ids, report)
        check_forms(section, forms, report)
        check_definition(section, report, context)
    if not sections and not report.has_errors:
        report.add("G103-empty", WHOLE_FILE)


def check_heading(section: Section, ids: dict[str, int], report: Report) -> None:
    """Check the name of a term and its id."""
    here = section.heading.visible()
    check_options(section.attributes, (), report)
    if not section.is_sound:
        report.add("S108-braces", here)
    if not section.title.text:
        report.add("S108-empty", here)
    for extra in section.attributes.ids[1:]:
        report.add("S108-id", extra.span, id=extra.value)
    if not section.attributes.ids:
        if section.is_sound:
            report.add("G101", here)
    elif not section.id:
        first = section.attributes.ids[0]
        report.add("S108-id", first.span, id=first.value)
    elif section.id in ids:
        report.add("S105", section.attributes.ids[0].span, id=section.id, line=ids[section.id])
    else:
        ids[section.id] = section.heading.number


def check_forms(section: Section, forms: dict[str, tuple[str, int]], report: Report) -> None:
    """Report a form that another term has, or that this one says twice."""
    for form in section.forms:
        key = fold(form.text)
        if not key:
            continue
        if key in forms:
            other, line = forms[key]
            report.add("G102", form.span(), form=form.text, other=other, line=line)
        else:
            forms[key] = (section.title.text, section.heading.number)


def check_definition(section: Section, report: Report, context: Context) -> None:
    """Check what a term means."""
    lines = [scanned.line.text for scanned in section.body]
    first = next(iter(read_blocks(lines)), None)
    if not isinstance(first, Leaf) or first.kind != "paragraph":
        report.add("G103", section.heading.visible())
    elif (count := len(" ".join(first.lines))) > LONGEST_DEFINITION:
        place = next(one.line for one in section.body if not one.line.is_blank)
        report.add("G201", place.visible(), count=count, limit=LONGEST_DEFINITION)
    targets = Targets(media=(), ids=(), scene_lines=(), has_pages=True)
    check_text(Outline(scanned=section.body), targets, context, report)


def check_parity(reference: list[Section], translation: list[Section], report: Report) -> None:
    """Report the terms that only one of two languages has; ``report`` is about the second."""
    expected = {section.id: section for section in reference if section.id}
    found = {section.id: section for section in translation if section.id}
    for term_id, section in found.items():
        if term_id not in expected:
            report.add("G104-unknown", section.attributes.ids[0].span, id=term_id)
    for term_id, section in expected.items():
        if term_id not in found:
            report.add("G104", WHOLE_FILE, id=term_id, term=section.title.text)
