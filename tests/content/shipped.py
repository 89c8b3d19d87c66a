"""The modules that ship with the product, read once for all the tests that look at them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from app.dialect.compiled import CompiledModule, Question, sees
from app.dialect.context import Context, read_context
from app.dialect.items import Order
from app.dialect.reading import Reading, read_folder

CONTENT = Path(__file__).parents[2] / "content"
SLUGS = sorted(path.parent.name for path in CONTENT.glob("modules/*/module.md"))
LANGUAGES = ("fr", "en")


@lru_cache
def context() -> Context:
    """Read the lists that the modules are checked against."""
    return read_context(CONTENT)


@lru_cache
def reading_of(slug: str) -> Reading:
    """Read a module."""
    return read_folder(CONTENT / "modules" / slug, context=context())


def module_of(slug: str, language: str = "fr") -> CompiledModule:
    """Give a module in a language."""
    return reading_of(slug).modules[language]


def flow_of(module: CompiledModule, corps: str) -> list[object]:
    """List the items in the flow that a corps meets."""
    return [
        block.item
        for step in module.steps_for(corps)
        for block in step.shown_to(corps)
        if isinstance(block, Question) and sees(block.item.corps, corps)
    ]


__all__ = ["CONTENT", "LANGUAGES", "SLUGS", "Order", "flow_of", "module_of", "reading_of"]
