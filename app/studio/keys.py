"""What a reviewer sees beside an item: what is right, and what is said of every answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from app.dialect.compiled import (
    AnyItem,
    Choice,
    Cloze,
    CompiledModule,
    Dilemma,
    Draw,
    Gap,
    Matching,
    Number,
    Ordering,
    ShortAnswer,
    Ticked,
)
from app.dialect.story import Story, story_of_item
from app.markup import prose
from app.studio.story_drawing import Drawing, draw
from app.studio.story_outline import StoryOutline, outline_of

NOTHING = prose("")


@dataclass(frozen=True, slots=True)
class KeyLine:
    """An answer, what it earns, and what is said of it."""

    text: Markup
    label: str = ""
    """A letter or a rank."""
    expected: Markup = NOTHING
    """What goes with it, where the answer joins two things."""
    percent: int | None = None
    """Of the item's points; None where nothing is earned by it alone."""
    feedback: Markup = NOTHING


@dataclass(frozen=True, slots=True)
class Whole:
    """A dilemma told and drawn as a whole."""

    outline: StoryOutline
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class Key:
    """All that an agent learns of an item after the answer, and what only its author knows."""

    item_id: str
    points: int
    lines: tuple[KeyLine, ...]
    explanation: Markup
    references: Markup
    debriefs: tuple[Markup, ...] = ()
    see: str = ""
    """Title of the step to read again."""
    story: Whole | None = None


def has_key(item: AnyItem) -> bool:
    """Tell whether there is something to show; a draw only names its items."""
    return not isinstance(item, Draw)


def key_of(item: AnyItem, module: CompiledModule) -> Key:
    """Give the key of an item."""
    step = module.step(item.see) if item.see else None
    story = story_of_item(item, module.language) if isinstance(item, Dilemma) else None
    return Key(
        item_id=item.id,
        points=item.points,
        lines=tuple(lines_of(item)),
        explanation=prose(item.explanation),
        references=prose(item.references),
        debriefs=tuple(debriefs_of(item)),
        see=step.title if step else "",
        story=draw_whole(story) if story else None,
    )


def draw_whole(story: Story) -> Whole:
    """Tell and draw a dilemma as a whole."""
    return Whole(outline_of(story), draw(story))


def debriefs_of(item: AnyItem) -> Iterator[Markup]:
    """Go through the debriefs of a dilemma: its own, then those of its scenes."""
    if isinstance(item, Dilemma):
        texts = [item.debrief, *(scene.debrief for scene in (item.opening, *item.scenes))]
        yield from (prose(text) for text in texts if text)


def lines_of(item: AnyItem) -> Iterator[KeyLine]:
    """Go through the answers of an item."""
    if isinstance(item, Ticked | ShortAnswer):
        earns = item.__struct_config__.tag != "poll"
        yield from (line_of(choice, earns=earns) for choice in item.choices)
    elif isinstance(item, Ordering):
        for rank, row in enumerate(item.rows, start=1):
            yield KeyLine(prose(row.html), str(rank), feedback=prose(row.feedback))
    elif isinstance(item, Matching):
        yield from pairs_of(item)
    elif isinstance(item, Number):
        yield KeyLine(escape(item.shown), percent=100)
    elif isinstance(item, Cloze):
        for rank, gap in enumerate(item.gaps, start=1):
            yield from gap_lines(str(rank), gap)


def line_of(choice: Choice, *, earns: bool) -> KeyLine:
    """Show a choice with what it earns."""
    text = prose(choice.html)
    percent = choice.credit if earns else None
    return KeyLine(text, choice.letter, percent=percent, feedback=prose(choice.feedback))


def pairs_of(item: Matching) -> Iterator[KeyLine]:
    """Go through the pairs, then through the right sides that nothing goes with."""
    for pair in item.pairs:
        right = prose(item.rights[pair.right - 1])
        yield KeyLine(prose(pair.html), expected=right, feedback=prose(pair.feedback))
    used = {pair.right for pair in item.pairs}
    for rank, right_html in enumerate(item.rights, start=1):
        if rank not in used:
            yield KeyLine(prose(right_html), percent=0)


def gap_lines(rank: str, gap: Gap) -> Iterator[KeyLine]:
    """Go through what a gap accepts, then through its decoys."""
    yield from (KeyLine(escape(text), rank, percent=100) for text in gap.accepted)
    yield from (KeyLine(escape(text), rank, percent=0) for text in gap.decoys)
