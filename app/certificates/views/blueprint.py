"""The blueprint that the pages of certificates share."""

from __future__ import annotations

from datetime import date

from flask import Blueprint

from app.database import utc_now
from app.i18n import PARIS

bp = Blueprint("certificates", __name__)


def today() -> date:
    """Tell the day in Paris, where a certificate ends at midnight."""
    return utc_now().astimezone(PARIS).date()
