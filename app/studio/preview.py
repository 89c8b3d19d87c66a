"""What a preview shows: a module, one of its pages, for one corps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.dialect.compiled import (
    AnyItem,
    Block,
    CompiledModule,
    Dilemma,
    Draw,
    Question,
    Step,
    sees,
)

MOST_WEIGHT = 2_000
"""What a page may weigh, in fields to fill in: about thirty milliseconds of the server."""
ITEM_WEIGHT = 8
"""What stands around the fields of an item weighs as much."""
MOST_PAGES = 200
"""How many pages an outline names."""


@dataclass(frozen=True, slots=True)
class DrawnFrom:
    """A draw of the quiz, with all the items among which it takes for a corps."""

    draw: Draw
    blocks: tuple[Question, ...]

    @staticmethod
    def is_draw(block: Block) -> bool:
        """Tell whether a block is a draw."""
        return isinstance(block, Question) and isinstance(block.item, Draw)


def pages_of(module: CompiledModule, corps: str) -> list[Step]:
    """List the pages that can be previewed: the steps, then the quiz and the two sheets."""
    sheets = [module.evaluation, module.reflex, module.facilitation]
    return [*module.steps_for(corps), *(sheet for sheet in sheets if sheet is not None)]


def find_page(module: CompiledModule, page_id: str) -> Step | None:
    """Find a page by its id, even one that this corps would not see."""
    sheets = [module.evaluation, module.reflex, module.facilitation]
    pages = [*module.steps, *(sheet for sheet in sheets if sheet is not None)]
    return next((page for page in pages if page.id == page_id), None)


def drawn_from(module: CompiledModule, page: Step, corps: str) -> Iterator[DrawnFrom]:
    """Go through the draws of a page, with what each may bring for this corps."""
    for block in page.shown_to(corps):
        if isinstance(block, Question) and isinstance(block.item, Draw):
            bank = module.banks.get(block.item.bank, ())
            seen = tuple(Question(item=item) for item in bank if sees(item.corps, corps))
            yield DrawnFrom(block.item, seen)


def lighten(blocks: Sequence[Block], room: int = MOST_WEIGHT) -> tuple[list[Block], int]:
    """Keep the first blocks, as many as a page can carry; give the room left, under 0 if cut.

    Files that nobody has reviewed could ask for a page of thousands of questions.
    """
    kept = []
    for block in blocks:
        room -= weight_of(block)
        if room < 0:
            break
        kept.append(block)
    return kept, room


def weight_of(block: Block) -> int:
    """Weigh a block by what its page has to write."""
    if not isinstance(block, Question):
        return 1
    item = block.item
    if isinstance(item, Dilemma):
        return ITEM_WEIGHT + sum(len(scene.choices) for scene in (item.opening, *item.scenes))
    parts = ("choices", "rows", "pairs", "gaps")
    return ITEM_WEIGHT + sum(len(getattr(item, part, ())) for part in parts)


def find_item(module: CompiledModule, page: Step, corps: str, item_id: str) -> AnyItem | None:
    """Find an item that a page shows to this corps, itself or through a draw."""
    flow = [block.item for block in page.shown_to(corps) if isinstance(block, Question)]
    banked = [block.item for drawn in drawn_from(module, page, corps) for block in drawn.blocks]
    return next((item for item in [*flow, *banked] if item.id == item_id), None)
