"""The environment of the templates, made lighter where a page asks the most of it."""

from __future__ import annotations

from collections.abc import Hashable, MutableMapping
from functools import lru_cache
from typing import Any

from flask import current_app, request
from flask.templating import Environment
from markupsafe import Markup

from app.i18n import current_language

MOST_DRAWN = 8192
"""Of two or three thousand signs each, fifty megabytes in all: every question and term of the
curriculum, in many orders, and what is said of answers."""


class PageEnvironment(Environment):
    """Templates that share one dictionary of globals.

    Jinja gives each template a chain of dictionaries, and compares two such chains, key by key,
    for each macro that a page imports. Ours have no globals of their own.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give a template the common globals, or a chain where it has some of its own."""
        return super().make_globals(d) if d else self.globals


def drawn(template: str, macro: str, *values: Hashable) -> Markup:
    """Give what a macro makes of its values, made once for all readers of a language.

    Only for macros that ask for nothing of the request but its language and its addresses: no
    token, no agent, no time. A text and the same text marked as safe are equal, so each field of
    the values must always be the one or always the other, as those of `app.learning.shown` are.
    """
    return draw(template, macro, values, current_language(), request.root_path)


@lru_cache(maxsize=MOST_DRAWN)
def draw(
    template: str, macro: str, values: tuple[Hashable, ...], _language: str, _root: str
) -> Markup:
    """Call a macro; the language and where the application is mounted tell its outputs apart."""
    module = current_app.jinja_env.get_template(template).module
    made: Markup = getattr(module, macro)(*values)
    return made
