"""Addresses of pages, built once: a page asks for a dozen, nearly always the same."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import flask
from flask import request

LONGEST_KEPT = 64
Part = tuple[str, Any, type]
"""A value of an address: 1 and True are equal, but not written alike, hence the type."""


def url_for(endpoint: str, **values: Any) -> str:
    """Give the address of a page, as Flask's own does, and remember the short ones."""
    if endpoint.startswith("."):
        endpoint = f"{request.blueprint or ''}{endpoint}"
    parts = tuple((name, value, type(value)) for name, value in values.items())
    if all(kind is int or (kind is str and len(value) <= LONGEST_KEPT) for _, value, kind in parts):
        return build(request.root_path, endpoint, parts)
    return flask.url_for(endpoint, **values)


@lru_cache(maxsize=4096)
def build(_root: str, endpoint: str, parts: tuple[Part, ...]) -> str:
    """Build an address once for each path under which the application is mounted."""
    return flask.url_for(endpoint, **{name: value for name, value, _ in parts})
