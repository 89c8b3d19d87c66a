"""What the frame beside a text holds: the pages of a module one under another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

from app.dialect.compiled import Block, Question, Step
from app.i18n import gettext as _
from app.studio.draft_texts import BANK_TEXT
from app.studio.keys import Key, has_key, key_of
from app.studio.preview import MOST_WEIGHT, DrawnFrom, drawn_from, lighten, pages_of
from app.studio.views.answers import Answered
from app.studio.views.previewed import Preview
from app.studio.views.previews import kind_of, show
from app.studio.wording import say_path


@dataclass(frozen=True, slots=True)
class Part:
    """Some blocks of a page: its own, or those of one of its draws."""

    step: Step
    drawn: DrawnFrom | None
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Page:
    """What an agent sees of a step, and its draws with their items."""

    step: Step
    kind: str
    answered: Answered
    blocks: Sequence[Any]
    draws: Sequence[tuple[DrawnFrom, Sequence[Any]]] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """All the pages, with the key of each item where it is asked for."""

    pages: Sequence[Page]
    keys: dict[str, Key] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    """The line of each item that stands in the text, by its id."""
    is_cut: bool = False


def steps_of(preview: Preview, path: str) -> list[Step]:
    """List the pages of a text: those of the module, or the one of a bank."""
    bank = BANK_TEXT.fullmatch(path)
    if bank is None:
        return pages_of(preview.module, preview.corps)
    items = preview.module.banks.get(bank["bank"], ())
    blocks = tuple(Question(item=item, corps=item.corps) for item in items)
    return [Step(id=f"banque-{bank['bank']}", title=say_path(path), blocks=blocks)]


def frame_of(preview: Preview, steps: Sequence[Step]) -> Frame:
    """Show the pages for nobody, as far as one frame can carry them."""
    parts, room = cut_parts(preview, steps)
    blocks = [block for part in parts for block in part.blocks]
    # One call for all: a term is explained once in a frame, as it is once on a page.
    shown = (
        iter(show(blocks, Answered(preview, steps[0]), preview.language)) if blocks else iter(())
    )
    pages = []
    for _step_id, group in groupby(parts, key=lambda part: part.step.id):
        own, *draws = [(part, list(islice(shown, len(part.blocks)))) for part in group]
        step = own[0].step
        drawn = [(part.drawn, exercises) for part, exercises in draws if part.drawn]
        pages.append(Page(step, name_of(preview, step), Answered(preview, step), own[1], drawn))
    own_items = [block.item for part in parts if not part.drawn for block in questions(part)]
    items = [block.item for part in parts for block in questions(part)]
    keys = {one.id: key_of(one, preview.module) for one in items if has_key(one)}
    return Frame(
        pages,
        keys if preview.reviewing else {},
        {one.id: one.line for one in own_items},
        is_cut=room < 0,
    )


def cut_parts(preview: Preview, steps: Sequence[Step]) -> tuple[list[Part], int]:
    """Cut the pages into parts, as many as a frame can carry; give the room left."""
    parts: list[Part] = []
    room = MOST_WEIGHT
    for step in steps:
        kept, room = lighten(step.shown_to(preview.corps), room)
        parts.append(Part(step, None, [one for one in kept if not DrawnFrom.is_draw(one)]))
        for drawn in drawn_from(preview.module, step, preview.corps):
            exercises, room = lighten(drawn.blocks, room)
            parts.append(Part(step, drawn, exercises))
        if room < 0:
            break
    return parts, room


def questions(part: Part) -> Iterator[Question]:
    """Go through the items among the blocks of a part."""
    return (block for block in part.blocks if isinstance(block, Question))


def name_of(preview: Preview, step: Step) -> str:
    """Name the kind of a page."""
    names = {
        "quiz": _("Évaluation"),
        "reflex": _("Fiche réflexe"),
        "facilitation": _("Fiche d’animation"),
    }
    kind = names.get(kind_of(preview.module, step))
    steps = [one.id for one in preview.module.steps_for(preview.corps)]
    if kind is None and step.id in steps:
        number = steps.index(step.id) + 1
        return _("Étape %(number)s sur %(total)s", number=number, total=len(steps))
    return kind or _("Banque de questions")
