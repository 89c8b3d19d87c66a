"""Find the stretches of a translation whose reference has changed since they were translated."""

from __future__ import annotations

from dataclasses import dataclass

from app.dialect.checks.parity import is_unsure
from app.dialect.checks.sections import subheadings
from app.dialect.draft import Outline
from app.dialect.drafting import Draft
from app.dialect.following import BEHIND, Following, Pair, is_marked, pair_up
from app.dialect.messages import Report
from app.dialect.options import complain
from app.dialect.source import Line
from app.dialect.stretches import MARK, stretches_of


@dataclass(frozen=True, slots=True)
class Behind:
    """What of a translation is behind its reference, by what its headings say."""

    lines: frozenset[int] = frozenset()
    """Headings of its main file under which the text is behind, but those of items."""
    items: frozenset[str] = frozenset()
    is_marked: bool = False
    """Whether each of its stretches says which text it translates."""


def find_behind(reference: Draft, draft: Draft) -> Behind:
    """Find what is behind in a translation; nothing is in the reference."""
    if draft is reference or draft.main.unreadable or is_unsure(reference) or is_unsure(draft):
        return Behind()
    pairs = [pair for _, found in marked_pairs(reference, draft) for pair in found]
    late = [pair.own for pair in pairs if pair.own is not None and is_late(pair)]
    return Behind(
        frozenset(one.line for one in late if one.kind != "item"),
        frozenset(one.name for one in late if one.kind == "item"),
        is_marked(pairs),
    )


def marked_pairs(reference: Draft, draft: Draft) -> list[tuple[Report, list[Pair]]]:
    """Pair the stretches of each text of a translation with those of its reference."""
    texts = [(draft.main, reference.outline, draft.outline)]
    texts += [
        (report, reference.banks[name][1], outline)
        for name, (report, outline) in draft.banks.items()
        if name in reference.banks
    ]
    return [
        (report, pair_up(stretches_of(theirs), stretches_of(ours)))
        for report, theirs, ours in texts
    ]


def is_late(pair: Pair) -> bool:
    """Tell whether a stretch says itself that it translates another text."""
    return pair.own is not None and bool(pair.own.mark) and pair.following in BEHIND


def report_behind(reference: Draft, draft: Draft) -> None:
    """Report the stretches that are behind, each at its heading."""
    if draft.main.unreadable or is_unsure(reference) or is_unsure(draft):
        return
    for report, pairs in marked_pairs(reference, draft):
        for pair in pairs:
            if pair.own is not None and is_late(pair):
                copied = pair.following is Following.UNTRANSLATED
                span = heading_at(report, pair.own.line)
                report.add("T201-copied" if copied else "T201-part", span.visible())


def heading_at(report: Report, number: int) -> Line:
    """Give a line of a text."""
    return report.source.lines[number - 1]


def check_no_marks(outline: Outline, report: Report) -> None:
    """Report the marks that a reference bears: it translates nothing."""
    found = [outline.mark]
    for step in outline.steps:
        found.append(step.attributes.options.get(MARK))
        found += [one.mark for one in subheadings(step)]
        found += [item.attributes.options.get(MARK) for item in step.items()]
    for option in found:
        if option is not None:
            complain(MARK, option, (), report)
