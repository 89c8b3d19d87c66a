"""The blueprint of the trainers' room, and what its pages share."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from app.access import Role
from app.database import utc_now
from app.dialect.context import UnreadableListError
from app.i18n import PARIS, current_language
from app.studio.drafts import Draft, find_draft, list_drafts

bp = Blueprint("studio", __name__, url_prefix="/formateur")

ROOM = (Role.TRAINER, Role.REVIEWER)


@bp.errorhandler(UnreadableListError)
def show_unreadable(error: UnreadableListError) -> ResponseReturnValue:
    """Name the list that cannot be read, and the line to mend."""
    page = render_template("studio/unreadable.html", name=error.path.name, line=error.line)
    return page, 409


def content_folder() -> Path:
    """Return the content folder."""
    return Path(current_app.config["CONTENT_DIR"])


def all_drafts() -> list[Draft]:
    """Read every module's files, with messages in the reader's language."""
    today = utc_now().astimezone(PARIS).date()
    mark = current_app.config["PASS_MARK"]
    return list_drafts(content_folder(), current_language(), mark, today)


def draft_of(slug: str) -> Draft | None:
    """Read a module's files, if it has any."""
    today = utc_now().astimezone(PARIS).date()
    mark = current_app.config["PASS_MARK"]
    return find_draft(content_folder(), slug, current_language(), mark, today)


def get_draft(slug: str) -> Draft:
    """Read a module's files, or answer 404."""
    draft = draft_of(slug)
    if draft is None:
        abort(404)
    return draft
