"""The blueprint of campaigns, and what its pages share."""

from __future__ import annotations

from datetime import date

from flask import Blueprint

from app.access import Role, current_agent
from app.catalogue.queries import list_offered
from app.database import utc_now
from app.days import day_of
from app.extensions import db
from app.i18n import current_language

bp = Blueprint("campaigns", __name__, url_prefix="/campagnes")


def scope() -> tuple[str, ...]:
    """Give the paths of the subtrees that the viewer follows."""
    return current_agent().paths(Role.HR_FOLLOW_UP)


def today() -> date:
    """Give today's date in Paris."""
    return day_of(utc_now())


def module_titles() -> dict[str, str]:
    """Map the modules offered to their titles in the reader's language."""
    language = current_language()
    return {one.slug: one.title(language) for one in list_offered(db.session)}
