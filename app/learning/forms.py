"""The shape of what learning is sent: tokens, and values by type of item."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from app.dialect.compiled import AnyItem, Dilemma, Reflection
from app.dialect.items import read_value

TOKEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
MOST_VALUES = 50


class BadAnswer(ValueError):
    """What was sent is not an answer to this item."""


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


def read_form(item: AnyItem, form: MultiDict[str, str]) -> Sent:
    """Read an answer from a form."""
    if isinstance(item, Dilemma):
        values = [form.get("scene", ""), form.get("choix", "")]
    elif isinstance(item, Reflection):
        values = [form.get("texte", "").replace("\r\n", "\n")]
    else:
        values = form.getlist("choix")
    return read_sent(item, form.get("token"), values)


def read_json(item: AnyItem, content: Mapping[str, Any]) -> Sent:
    """Read an answer from a script: ``{"token": …, "values": […]}``."""
    values = content.get("values")
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise BadAnswer("values")
    return read_sent(item, content.get("token"), values)


def read_sent(item: AnyItem, token: object, values: list[str]) -> Sent:
    """Read a token and values."""
    if len(values) > MOST_VALUES:
        raise BadAnswer("values")
    try:
        return Sent(read_token(token), read_value(item, values))
    except ValueError as error:
        raise BadAnswer("value") from error
