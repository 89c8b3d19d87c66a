"""The shape of what learning is sent: tokens, and values by type of item."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from app.dialect import items
from app.dialect.compiled import AnyItem

TOKEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
MOST_VALUES = 50


class BadAnswer(ValueError):
    """What was sent is not an answer to this item; ``reason`` is a word that pages know."""

    def __init__(self, reason: str = "value") -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer as it was sent, once read."""

    token: str
    value: Any


def read_token(text: object) -> str:
    """Read a token; raise `BadAnswer` when it is not one."""
    if not isinstance(text, str) or TOKEN.fullmatch(text) is None:
        raise BadAnswer("token")
    return text


def sent_values(item: AnyItem, form: MultiDict[str, str]) -> list[str]:
    """List the values that a form holds for an item, one for each of its fields."""
    names = items.fields(item)
    if not names:
        return form.getlist("choix")
    return [form.get(name, "").replace("\r\n", "\n") for name in names]


def read_form(item: AnyItem, form: MultiDict[str, str], order: items.Order = ()) -> Sent:
    """Read an answer from a form that showed the item in this order."""
    return read_sent(item, form.get("token"), sent_values(item, form), order)


def read_json(item: AnyItem, content: Mapping[str, Any], order: items.Order = ()) -> Sent:
    """Read an answer from a script: ``{"token": …, "values": […]}``."""
    values = content.get("values")
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise BadAnswer("values")
    return read_sent(item, content.get("token"), values, order)


def read_sent(item: AnyItem, token: object, values: list[str], order: items.Order) -> Sent:
    """Read a token and values."""
    if len(values) > MOST_VALUES:
        raise BadAnswer("values")
    try:
        return Sent(read_token(token), items.read_value(item, values, order))
    except items.Unreadable as error:
        raise BadAnswer(error.reason if any(values) else "choose") from error
