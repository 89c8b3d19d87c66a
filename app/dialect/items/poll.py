"""Sondage: choices among which none is right; it is never graded."""

from __future__ import annotations

from typing import Any

from app.dialect.compiled import Poll
from app.dialect.draft import ItemDraft
from app.dialect.items.answer_checks import check_letters, refuse_ticks
from app.dialect.items.base import Rendering, Surroundings
from app.dialect.items.choice import ChoiceType, choice_fields
from app.dialect.items.rows import plain
from app.dialect.public import ChoiceFeedback, Feedback


class PollType(ChoiceType):
    """An opinion to give."""

    name = "poll"
    labels = ("Sondage", "Poll")
    options = ("corps", "melange", "ancien", "erratum")
    scored = False
    gradable = False

    def check(self, draft: ItemDraft, around: Surroundings) -> None:
        """Report what is wrong with the choices."""
        check_letters(draft, around.report)
        refuse_ticks(draft, around.report)
        self.check_count(draft, around.report)
        seen: set[str] = set()
        for choice in draft.choices:
            text = plain(choice.text)
            if not text:
                around.report.add("Q113-choice", choice.line.visible())
            elif text in seen:
                around.report.add("Q204", choice.line.visible())
            seen.add(text)

    def build(self, draft: ItemDraft, rendering: Rendering) -> Poll:
        """Make the compiled item."""
        return Poll(**choice_fields(draft, rendering))

    def feedback(self, item: Any, value: object) -> Feedback:
        """Give what is said of the choice made: nothing is right or wrong."""
        choices = tuple(
            ChoiceFeedback(
                letter=choice.letter,
                html=choice.html,
                feedback=choice.feedback,
                chosen=choice.letter == value,
            )
            for choice in item.choices
        )
        return Feedback(
            numerator=0,
            scored=False,
            choices=choices,
            explanation=item.explanation,
            references=item.references,
        )
