"""The edge where requests come in: what no view should ever have to think about."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from flask import Flask, Request, abort, request
from werkzeug.routing import IntegerConverter, ValidationError

MAXIMUM_DEPTH = 20
MAXIMUM_INTEGER = 2**63 - 1
MAXIMUM_ID = 2**31 - 1
"""The largest id that PostgreSQL keeps in a column of ids."""


class IdConverter(IntegerConverter):
    """A whole number in ASCII digits that the database can hold."""

    regex = r"[0-9]{1,10}"

    def to_python(self, value: str) -> int:
        """Read the number; one too large is no such page."""
        number = int(value)
        if number > MAXIMUM_ID:
            raise ValidationError
        return number


class FormRequest(Request):
    """A request whose forms are forms: Flask-WTF would read numbers and lists from JSON too."""

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> NoReturn:
        """Refuse; what takes JSON reads it with `read_json_object`."""
        abort(400)


def guard_input(app: Flask) -> None:
    """Refuse malformed requests before any view sees them."""
    app.request_class = FormRequest
    app.url_map.converters["int"] = IdConverter
    app.before_request(refuse_bad_text)


def read_number(name: str, most: int) -> int | None:
    """Read a whole number from the address; anything else is no such page."""
    text = request.args.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) > 10 or not 0 < int(text) <= most:
        abort(404)
    return int(text)


def refuse_bad_text() -> None:
    """Answer 400 to text that no database column or page can hold."""
    parts = [request.path, *(request.view_args or {}).values()]
    for values in (request.args, request.form):
        for name, value in values.items(multi=True):
            parts += [name, value]
    if not all(is_storable(part) for part in parts if isinstance(part, str)):
        abort(400)


def is_storable(text: str) -> bool:
    """Tell whether a text has no NUL and no lone surrogate."""
    if "\x00" in text:
        return False
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)


def read_json_object() -> dict[str, Any]:
    """Read the request's body as a JSON object of reasonable depth, or answer 400."""
    try:
        content = json.loads(
            request.get_data(cache=True, as_text=True), parse_constant=refuse_constant
        )
    except (ValueError, RecursionError):
        abort(400)
    if not isinstance(content, dict) or not is_reasonable(content, MAXIMUM_DEPTH):
        abort(400)
    return content


def refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and the infinities, which are not JSON."""
    raise ValueError(name)


def is_reasonable(value: object, depth: int) -> bool:
    """Tell whether a JSON value can be stored: depth, integers and text within limits."""
    if depth == 0:
        return False
    if isinstance(value, dict):
        return all(is_storable(k) and is_reasonable(v, depth - 1) for k, v in value.items())
    if isinstance(value, list):
        return all(is_reasonable(part, depth - 1) for part in value)
    if isinstance(value, str):
        return is_storable(value)
    if isinstance(value, int):
        return abs(value) <= MAXIMUM_INTEGER
    return True
