"""Check the answers of an item that is ticked: letters, texts, lengths, marks."""

from __future__ import annotations

import re

from app.dialect.draft import ChoiceDraft, ItemDraft
from app.dialect.labels import fold
from app.dialect.messages import Edit, Report
from app.dialect.source import join

LONGER = 1.5
"""A right answer this many times longer than any wrong one gives itself away."""
LONGER_BY = 20


def plain(choice: ChoiceDraft) -> str:
    """Give the text of a choice, folded, to compare it with others."""
    return fold(join(choice.text))


def check_letters(draft: ItemDraft, report: Report) -> None:
    """Report letters that are missing or used twice."""
    seen: set[str] = set()
    for choice in draft.choices:
        if not choice.has_letter:
            report.add(
                "Q208", choice.line.visible(), edits=write_letter(choice), letter=choice.letter
            )
        elif choice.letter in seen:
            report.add("Q106", choice.line.visible(), letter=choice.letter)
        seen.add(choice.letter)


def write_letter(choice: ChoiceDraft) -> tuple[Edit, ...]:
    """Give the edit that writes the letter of a choice, in place of the same written otherwise."""
    if not choice.letter:
        return ()
    after = choice.line.cut(choice.mark_span.end_column - choice.line.column)
    written = re.match(rf"\s*\(?{choice.letter}\s*[.):](?=\s)", after.text)
    place = after.span(0, written.end() if written else 0)
    return (Edit(*place, f" {choice.letter})"),)


def check_texts(draft: ItemDraft, report: Report) -> None:
    """Report answers without text, with the text of another, or wrong without feedback."""
    seen: set[str] = set()
    for choice in draft.choices:
        text = plain(choice)
        if not text:
            report.add("Q113-choice", choice.line.visible())
        elif text in seen:
            report.add("Q204", choice.line.visible())
        seen.add(text)
        if choice.credit < 100 and not choice.feedback:
            report.add("Q202", choice.line.visible())
        elif (
            not choice.feedback and len(choice.text) > 1 and any(c.feedback for c in draft.choices)
        ):
            report.add("Q202-mark", choice.text[1].span())
    check_lengths(draft, report)


def check_lengths(draft: ItemDraft, report: Report) -> None:
    """Report right answers that their length gives away."""
    right = [choice for choice in draft.choices if choice.credit == 100]
    wrong = [len(plain(choice)) for choice in draft.choices if choice.credit < 100]
    if not right or not wrong:
        return
    shortest = min(right, key=lambda choice: len(plain(choice)))
    length = len(plain(shortest))
    if length >= LONGER * max(wrong) and length >= max(wrong) + LONGER_BY:
        report.add("Q203", shortest.line.visible())


def refuse_percents(draft: ItemDraft, report: Report) -> None:
    """Report partial credits where the type has none."""
    for choice in draft.choices:
        if "%" in choice.mark:
            report.add("Q109", choice.mark_span, mark=choice.mark, allowed="[ ], [x]")


def refuse_ticks(draft: ItemDraft, report: Report) -> None:
    """Report ticks where nothing is right."""
    for choice in draft.choices:
        if choice.mark.strip():
            report.add("Q109", choice.mark_span, mark=choice.mark, allowed="[ ]")
