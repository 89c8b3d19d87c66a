"""The environment of the templates, made lighter where a page asks the most of it."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class PageEnvironment(Environment):
    """Templates that share one dictionary of globals.

    Jinja gives each template a chain of dictionaries, and compares two such chains, key by key,
    for each macro that a page imports. Ours have no globals of their own.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give a template the common globals, or a chain where it has some of its own."""
        return super().make_globals(d) if d else self.globals
