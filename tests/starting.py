"""What the tests begin with: one day for all of them, and what applications compile, compiled once.

Thousands of applications are started. Templates go to a cache of Jinja's own kind. Werkzeug has
none for the functions that write the addresses of rules, two for each route, so what makes them is
told to remember; they depend on nothing but the rule. SQLAlchemy's cache of statements is one for
each engine: here it is one for all engines of a kind.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import Any

import sqlalchemy as sa
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy.orm import Mapper
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from app import database
from app.days import day_of, end_of

SPARING = (20_000, 50, 100)
"""How many objects are made between two looks for those that nothing holds any more."""


class Memory(BytecodeCache):
    """Compiled templates in memory; the key of each holds its name and its text."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled from the same text."""
        if f"{bucket.key}-{bucket.checksum}" in self.kept:
            bucket.bytecode_from_string(self.kept[f"{bucket.key}-{bucket.checksum}"])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.kept[f"{bucket.key}-{bucket.checksum}"] = bucket.bytecode_to_string()


TEMPLATES = Memory()


def remember_templates(app: Flask) -> Flask:
    """Let an application take its templates from those that others compiled."""
    app.jinja_env.bytecode_cache = TEMPLATES
    return app


def remember_addresses() -> None:
    """Let the rules of an application take what reads and writes addresses from those of others."""
    compile_builder: Callable[..., Any] = Rule._compile_builder
    parse: Callable[..., Any] = Rule._parse_rule
    made: dict[object, Any] = {}
    read: dict[str, Any] = {}

    def remembered_builder(rule: Rule, append_unknown: bool = True) -> Any:
        defaults = tuple(sorted((rule.defaults or {}).items()))
        key = (rule.rule, rule.subdomain, rule.host, tuple(rule._trace), defaults, append_unknown)
        if key not in made:
            made[key] = compile_builder(rule, append_unknown)
        return made[key]

    def remembered_parts(rule: Rule, text: str) -> Any:
        if text not in read:
            before = len(rule._trace)
            parts = list(parse(rule, text))
            read[text] = parts, rule._trace[before:], dict(rule._converters)
            return parts
        parts, trace, converters = read[text]
        rule._trace += trace
        rule._converters |= converters
        rule.arguments |= converters.keys()
        return parts

    Rule._compile_builder = remembered_builder  # type: ignore[method-assign]
    Rule._parse_rule = remembered_parts  # type: ignore[method-assign]


class Statements(LRUCache[Any, Any]):
    """Compiled statements for any engine of a kind, where each key begins with an engine's own."""

    def get(self, key: Any, default: Any = None) -> Any:
        """Give what was compiled for this kind."""
        return super().get((type(key[0]), *key[1:]), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        """Keep what was compiled."""
        super().__setitem__((type(key[0]), *key[1:]), compiled)


def remember_statements() -> None:
    """Let engines take their statements from those that engines before them compiled."""
    statements = Statements(5000)
    shared = property(lambda _: statements, lambda _engine, _own: None)
    sa.Engine._compiled_cache = Mapper._compiled_cache = shared  # type: ignore[misc, assignment]


def hold_the_day(until: datetime | None = None) -> None:
    """Let the application's clock stop before midnight: what the tests call today is read once."""
    last = until or end_of(day_of(database.utc_now())) - timedelta(microseconds=1)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return min(datetime.now(tz), last.astimezone(tz))

    database.datetime = Clock  # type: ignore[misc]


def spare_collector() -> None:
    """Leave what was imported and collected out of the search for what nothing holds any more.

    Each application is tens of thousands of objects that hold one another: a quarter of the time
    of a test went into walking through them and through all the tests.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SPARING)
