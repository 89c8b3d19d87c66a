"""The blueprint that the pages of certificates share."""

from __future__ import annotations

from datetime import date

from flask import Blueprint

from app.database import utc_now
from app.days import day_of

bp = Blueprint("certificates", __name__)


def today() -> date:
    """Tell the day in Paris, where a certificate ends at midnight."""
    return day_of(utc_now())
