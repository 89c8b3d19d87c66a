"""What a preview shows: a module, one of its pages, for one corps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.dialect.compiled import (
    AnyItem,
    Block,
    CompiledModule,
    Draw,
    Prose,
    Question,
    Step,
    sees,
)


@dataclass(frozen=True, slots=True)
class DrawnFrom:
    """A draw of the quiz, with all the items among which it takes."""

    draw: Draw
    items: tuple[AnyItem, ...]


Part = Prose | Question | DrawnFrom


def pages_of(module: CompiledModule, corps: str) -> list[Step]:
    """List the pages that can be previewed: the steps, then the quiz and the two sheets."""
    sheets = [module.evaluation, module.reflex, module.facilitation]
    return [*module.steps_for(corps), *(sheet for sheet in sheets if sheet is not None)]


def find_page(module: CompiledModule, page_id: str) -> Step | None:
    """Find a page by its id, even one that this corps would not see."""
    sheets = [module.evaluation, module.reflex, module.facilitation]
    pages = [*module.steps, *(sheet for sheet in sheets if sheet is not None)]
    return next((page for page in pages if page.id == page_id), None)


def parts_of(module: CompiledModule, page: Step, corps: str) -> Iterator[Part]:
    """Go through what a page shows; a draw brings all that it may take for this corps."""
    for block in page.shown_to(corps):
        yield expand(module, block, corps)


def expand(module: CompiledModule, block: Block, corps: str) -> Part:
    """Put the items of its bank beside a draw."""
    if isinstance(block, Prose) or not isinstance(block.item, Draw):
        return block
    bank = module.banks.get(block.item.bank, ())
    return DrawnFrom(block.item, tuple(item for item in bank if sees(item.corps, corps)))
