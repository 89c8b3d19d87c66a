"""Show items: never the key before the answer, then what was right and why."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from markupsafe import Markup

from app.catalogue.glossaries import Term
from app.dialect import items
from app.dialect.compiled import AnyItem, Block, Dilemma, Reflection
from app.dialect.compiled import Prose as CompiledProse
from app.dialect.glossary.marking import Mark, split_marks
from app.dialect.public import (
    ChoiceFeedback,
    DilemmaDebrief,
    Feedback,
    PublicChoice,
    PublicItem,
    PublicScene,
)
from app.learning.shown import (
    Exercise,
    Refused,
    Shown,
    ShownChoice,
    ShownDebrief,
    ShownItem,
    ShownScene,
    ShownTerm,
    Story,
    Text,
    Thought,
    Told,
    ToldRow,
)
from app.learning.walking import Walk, list_walks
from app.markup import prose


class Tried(Protocol):
    """Something that the agent tried on an item."""

    @property
    def walk(self) -> int:
        """Which walk through a dilemma it belongs to."""

    @property
    def value(self) -> Any:
        """The answer."""

    @property
    def received_at(self) -> datetime:
        """When it was kept."""


ENDS = " \n<>"
"""Where what touches a term ends: an ordinary space or an element, no space of guillemets."""


def show_blocks(
    blocks: Sequence[Block],
    tried: Mapping[str, Sequence[Tried]],
    *,
    seed: object,
    again: str = "",
    refused: Refused | None = None,
    terms: Mapping[str, Term] | None = None,
) -> list[Shown]:
    """Show the blocks of a step with what was tried; ``again`` names an item to begin afresh.

    The same ``seed`` always gives the same order of choices. What was ``refused`` is shown again.
    The first of each of the glossary's ``terms`` on the page comes with its definition.
    """
    shown: list[Shown] = []
    explained: set[str] = set()
    for block in blocks:
        if isinstance(block, CompiledProse):
            pieces = tuple(explain(block.html, terms or {}, explained))
            shown.append(Text(pieces, block.is_behind))
            continue
        item = block.item
        sent = refused if refused is not None and refused.item_id == item.id else None
        # A story stays where it stands; elsewhere the last answer gives way to what was typed.
        afresh = item.id == again or (sent is not None and not isinstance(item, Dilemma))
        exercise = show_exercise(item, tried.get(item.id, ()), seed=seed, afresh=afresh)
        shown.append(show_refused(exercise, sent) if sent else exercise)
    return shown


def explain(
    html: str, terms: Mapping[str, Term], explained: set[str]
) -> Iterator[Markup | ShownTerm]:
    """Join the definitions to the terms that a text marks; one already explained stays a word."""
    plain = ""
    held: ShownTerm | None = None
    for piece in split_marks(html):
        term = terms.get(piece.id) if isinstance(piece, Mark) else None
        if isinstance(piece, Mark) and term is not None and piece.id not in explained:
            explained.add(piece.id)
            start = start_of_touching(plain)
            yield from let_go(held, plain[:start])
            word, sense = prose(piece.text), prose(term.definition)
            held = ShownTerm(piece.id, word, sense, before=prose(plain[start:]), after=prose(""))
            plain = ""
        else:
            plain += piece.text if isinstance(piece, Mark) else piece
    yield from let_go(held, plain)


def start_of_touching(html: str) -> int:
    """Find where what touches the end of a text begins."""
    return max(html.rfind(end) for end in ENDS) + 1


def let_go(held: ShownTerm | None, html: str) -> Iterator[Markup | ShownTerm]:
    """Give a term with what touches it, then the text that follows."""
    if held:
        size = min((at for end in ENDS if (at := html.find(end)) >= 0), default=len(html))
        yield replace(held, after=prose(html[:size]))
        html = html[size:]
    yield prose(html)


def show_refused(shown: Exercise | Thought | Story, refused: Refused) -> Shown:
    """Put what could not be kept back where it was typed, with the reason."""
    if isinstance(shown, Exercise):
        return replace(shown, chosen=refused.values, problem=refused.reason)
    if isinstance(shown, Thought):
        text = refused.values[0] if refused.values else shown.text
        return replace(shown, text=text, problem=refused.reason)
    return replace(shown, problem=refused.reason)


def order_of(item: AnyItem, seed: object) -> tuple[str, ...]:
    """Give the order in which an exercise of the flow is shown under a seed."""
    rng = random.Random(f"{seed}:{item.id}")  # noqa: S311 - an order on a page, no secret
    return items.default_order(item, rng)


def show_exercise(
    item: AnyItem, tried: Sequence[Tried], *, seed: object, afresh: bool = False
) -> Exercise | Thought | Story:
    """Show an item in the flow."""
    if isinstance(item, Dilemma):
        return show_dilemma(item, tried, afresh=afresh)
    last = tried[-1] if tried else None
    if isinstance(item, Reflection):
        shown = show_item(items.public(item))
        return Thought(shown, str(last.value), last.received_at) if last else Thought(shown)
    order = order_of(item, seed)
    shown = show_item(items.public(item, order))
    if last is None or afresh:
        return Exercise(shown, kept=len(tried))
    told = tell(items.feedback(item, last.value))
    return Exercise(shown, items.raw_of(item, last.value, order), told, kept=len(tried))


def show_item(item: PublicItem) -> ShownItem:
    """Mark the HTML of a public item as safe."""
    return ShownItem(
        id=item.id,
        type=item.type,
        title=item.title,
        stem=prose(item.stem),
        points=item.points,
        multiple=item.multiple,
        hints=tuple(prose(hint) for hint in item.hints),
        is_behind=item.is_behind,
        fields=item.fields,
        choices=show_choices(item.choices),
        rows=show_choices(item.rows),
        options=show_choices(item.options),
        pieces=tuple(prose(piece) for piece in item.pieces),
        gaps=tuple(gap.options for gap in item.gaps),
        unit=item.unit,
    )


def show_choices(choices: Sequence[PublicChoice]) -> tuple[ShownChoice, ...]:
    """Mark the HTML of choices as safe."""
    return tuple(ShownChoice(choice.letter, prose(choice.html)) for choice in choices)


def tell(feedback: Feedback) -> Told:
    """Say what an answer calls for: reasons for what was chosen and for what was expected."""
    outcome = "right" if feedback.right else "partly" if feedback.numerator else "other"
    return Told(
        outcome=outcome if feedback.scored else "noted",
        why=tuple((c.letter, prose(c.feedback)) for c in feedback.choices if is_worth_telling(c)),
        expected=tuple(choice.letter for choice in feedback.choices if choice.is_right),
        rows=tuple(
            ToldRow(
                prose(row.html),
                prose(row.given),
                prose(row.expected),
                prose(row.feedback),
                row.is_right,
            )
            for row in feedback.rows
        ),
        explanation=prose(feedback.explanation),
        references=prose(feedback.references),
    )


def is_worth_telling(choice: ChoiceFeedback) -> bool:
    """Tell whether a choice's feedback concerns this answer."""
    return bool(choice.feedback) and (choice.chosen or choice.is_right)


def show_dilemma(item: Dilemma, tried: Sequence[Tried], *, afresh: bool = False) -> Story:
    """Show a dilemma where its last walk stands, or its opening when begun afresh."""
    walks = list_walks(item, tried)
    ended = any(walk.ended for walk in walks)
    shown = show_item(items.public(item))
    if not walks or afresh:
        opening = show_scene(items.public_scene(item, ""))
        return Story(shown, (opening,), walks=len(walks), has_ended=ended)
    walk = walks[-1]
    return Story(
        shown,
        scenes_of(item, walk),
        walks=len(walks),
        has_ended=ended,
        debrief=show_debrief(items.debrief(item, walk.path)) if walk.ended else None,
    )


def scenes_of(item: Dilemma, walk: Walk) -> tuple[ShownScene, ...]:
    """Show the scenes of a walk, each with the choice made, then the one where it stands."""
    made = [
        show_scene(items.public_scene(item, scene_id), chosen) for scene_id, chosen in walk.path
    ]
    return (*made, show_scene(walk.scene))


def show_scene(scene: PublicScene, chosen: int | None = None) -> ShownScene:
    """Mark the HTML of a scene as safe."""
    choices = tuple((choice.position, prose(choice.html)) for choice in scene.choices)
    return ShownScene(scene.id, prose(scene.html), choices, chosen)


def show_debrief(debrief: DilemmaDebrief) -> ShownDebrief:
    """Mark the HTML of a debrief as safe."""
    texts = (*debrief.debriefs, debrief.explanation)
    return ShownDebrief(
        opinions=tuple(choice.opinion or "" for choice in debrief.path),
        texts=tuple(prose(text) for text in texts if text),
        references=prose(debrief.references),
    )
