"""The blueprint of statistics."""

from __future__ import annotations

from flask import Blueprint

# Each page says its whole address: a supervisor's page is not under HR's.
bp = Blueprint("statistics", __name__)
