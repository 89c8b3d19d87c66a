"""The blueprint that these pages share."""

from __future__ import annotations

from datetime import date

from flask import Blueprint

from app.database import utc_now
from app.days import day_of

bp = Blueprint("home", __name__)


def today() -> date:
    """Tell the day in Paris, by which what is owed is due."""
    return day_of(utc_now())
