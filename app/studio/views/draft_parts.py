"""What the pages of a draft share."""

from __future__ import annotations

from flask import abort

from app.extensions import db
from app.i18n import current_language
from app.studio.draft_reading import Content, read_content
from app.studio.draft_states import Decision, DraftState
from app.studio.previewing import PreviewBusy
from app.studio.queries.drafts import DraftRow, TextRow, find_draft, list_texts
from app.studio.queries.reviews import ReviewRow, list_reviews
from app.studio.readings import ReadApart
from app.studio.views.blueprint import around


def get_draft_row(draft_id: int) -> DraftRow:
    """Find a draft, or answer 404."""
    return find_draft(db.session, draft_id) or abort(404)


def get_text(draft_id: int, path: str) -> TextRow:
    """Find a text of a draft in its current revision, or answer 404."""
    texts = list_texts(db.session, draft_id)
    return next((one for one in texts if one.path == path), None) or abort(404)


def read(content: Content) -> ReadApart:
    """Have a draft read, with messages in the reader's language."""
    return read_content(db.session, content, around(), current_language())


def find_approval_row(draft: DraftRow, sha256: str) -> ReviewRow | None:
    """Find the approval of a draft in this state, if its last review is one."""
    last = next(iter(list_reviews(db.session, draft.id)), None)
    if draft.state != DraftState.IN_REVIEW or last is None or last.decision != Decision.APPROVED:
        return None
    same = last.sha256 == sha256 and last.base_version_id == draft.base_version_id
    return last if same else None


def try_to_read(content: Content) -> ReadApart | None:
    """Have a draft read; None where the sandbox has no time, so that a text is shown anyway."""
    try:
        return read(content)
    except PreviewBusy:
        return None
