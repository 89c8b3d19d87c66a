"""The articles of law that a module cites, wherever in it: steps, questions, banks, sheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from app.catalogue.folding import text_of
from app.dialect.checks.articles import find_articles
from app.dialect.compiled import CompiledModule
from app.dialect.context import article_key


def articles_of(module: CompiledModule) -> frozenset[str]:
    """List the articles cited, as `article_key` writes them."""
    return frozenset(
        article_key(code, number)
        for html in texts_of(module)
        for _start, _end, code, number in find_articles(text_of(html))
    )


def texts_of(value: Any) -> Iterator[str]:
    """Go through all the texts that a compiled value holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from texts_of(getattr(value, name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts_of(inner)
