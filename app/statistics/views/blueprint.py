"""The blueprint of statistics, and what its pages read of an address."""

from __future__ import annotations

from flask import Blueprint, abort, request

from app.input import MAXIMUM_ID

# Each page says its whole address: a supervisor's page is not under HR's.
bp = Blueprint("statistics", __name__)


def read_unit_id() -> int | None:
    """Read the unit asked for; what is not an id is no unit."""
    text = request.args.get("unite", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 10) or int(text) > MAXIMUM_ID:
        abort(404)
    return int(text)
