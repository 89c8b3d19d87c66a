"""Find the stretches of a translation whose reference has changed since they were translated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.dialect.checks.parity import is_unsure
from app.dialect.checks.sections import subheadings
from app.dialect.draft import Outline
from app.dialect.drafting import Draft
from app.dialect.following import BEHIND, Following, Pair, is_marked, pair_up
from app.dialect.messages import Report
from app.dialect.options import complain
from app.dialect.parsing import Parsed
from app.dialect.source import Line
from app.dialect.stretches import MARK, Stretch, path_of

Stretches = Mapping[str, Sequence[Stretch]]
"""By the path of the text."""
Pairs = dict[str, list[Pair]]
"""Of one translation, by the name of the bank; the main text has none."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What of a translation is behind its reference, by what its headings say."""

    lines: frozenset[int] = frozenset()
    """Headings of its main file under which the text is behind, but those of items."""
    items: frozenset[str] = frozenset()
    is_marked: bool = False
    """Whether each of its stretches says which text it translates."""


def find_behind(reference: Draft, draft: Draft, pairs: Pairs) -> Behind:
    """Find what is behind in a translation; nothing is in the reference."""
    if draft is reference or draft.main.unreadable or is_unsure(reference) or is_unsure(draft):
        return Behind()
    found = [pair for of_text in pairs.values() for pair in of_text]
    late = [pair.own for pair in found if pair.own is not None and is_late(pair)]
    return Behind(
        frozenset(one.line for one in late if one.kind != "item"),
        frozenset(one.name for one in late if one.kind == "item"),
        is_marked(found),
    )


def pair_texts(parsed: Parsed, stretches: Stretches) -> dict[str, Pairs]:
    """Pair each translation with its reference, by language: once for all who ask."""
    return {draft.language: pair_banks(parsed, draft, stretches) for draft in parsed.drafts[1:]}


def pair_banks(parsed: Parsed, draft: Draft, stretches: Stretches) -> Pairs:
    """Pair the stretches of each text of a translation with those of its reference."""
    names = ["", *(name for name in draft.banks if name in parsed.reference.banks)]
    return {
        name: pair_up(stretches[path_of("", name)], stretches[path_of(draft.language, name)])
        for name in names
    }


def is_late(pair: Pair) -> bool:
    """Tell whether a stretch says itself that it translates another text."""
    return pair.own is not None and bool(pair.own.mark) and pair.following in BEHIND


def report_behind(reference: Draft, draft: Draft, pairs: Pairs) -> None:
    """Report the stretches that are behind, each at its heading."""
    if draft.main.unreadable or is_unsure(reference) or is_unsure(draft):
        return
    for name, of_text in pairs.items():
        report = draft.banks[name][0] if name else draft.main
        for pair in of_text:
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
