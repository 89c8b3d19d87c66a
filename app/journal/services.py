"""Write the journal, in the transaction of the act it tells."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.orm import Session

from app.database import utc_now
from app.journal.models import JournalDetail, JournalEntry


class Action(StrEnum):
    """The closed list of what the journal remembers."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    PASSWORD_RESET_ASKED = "password_reset_asked"  # noqa: S105
    PASSWORD_GIVEN = "password_given"  # noqa: S105
    PEOPLE_LOADED = "people_loaded"
    DIRECTORY_FILE_RECEIVED = "directory_file_received"
    DIRECTORY_FILE_CONFIRMED = "directory_file_confirmed"
    DIRECTORY_FILE_ABANDONED = "directory_file_abandoned"
    AGENT_CHANGED = "agent_changed"
    AGENT_DEACTIVATED = "agent_deactivated"
    AGENT_REACTIVATED = "agent_reactivated"
    PERSON_ERASED = "person_erased"
    ROLE_GRANTED = "role_granted"
    ROLE_ENDED = "role_ended"
    SETTING_CHANGED = "setting_changed"
    MODULE_PUBLISHED = "module_published"
    MODULE_RETIRED = "module_retired"
    MODULE_RESTORED = "module_restored"
    DRAFT_BEGUN = "draft_begun"
    DRAFT_WITHDRAWN = "draft_withdrawn"
    DRAFT_REOPENED = "draft_reopened"
    DRAFT_FOLLOWED = "draft_followed"
    DRAFT_REVIEW_ASKED = "draft_review_asked"
    DRAFT_REVIEWED = "draft_reviewed"
    ERRATUM_APPLIED = "erratum_applied"
    CAMPAIGN_CREATED = "campaign_created"
    CAMPAIGN_ENROLLED = "campaign_enrolled"
    CAMPAIGN_CLOSED = "campaign_closed"
    ABSENCE_ENTERED = "absence_entered"
    ABSENCE_CANCELLED = "absence_cancelled"
    EQUIVALENCE_GRANTED = "equivalence_granted"
    REMINDERS_ASKED = "reminders_asked"
    REMINDERS_WRITTEN = "reminders_written"
    TEAM_MAILS_WRITTEN = "team_mails_written"
    MAILS_CHOSEN = "mails_chosen"
    MAIL_TRIED_AGAIN = "mail_tried_again"
    COMPLETED = "completed"
    CERTIFICATE_ISSUED = "certificate_issued"
    CERTIFICATE_REVOKED = "certificate_revoked"
    NAMES_SEEN = "names_seen"
    SNAPSHOT_TAKEN = "snapshot_taken"
    SNAPSHOTS_THINNED = "snapshots_thinned"
    RECORD_DOWNLOADED = "record_downloaded"
    PRACTICE_DELETED = "practice_deleted"


def record(
    session: Session,
    action: Action,
    *,
    actor_id: int | None,
    object_kind: str = "",
    object_id: object = "",
    address: str = "",
    at: datetime | None = None,
    **detail: Any,
) -> None:
    """Add an entry; ``detail`` and the address go to its erasable part.

    ``at`` is when it happened, where that is not now.
    """
    text = json.dumps(detail, ensure_ascii=False, sort_keys=True) if detail else ""
    salt = secrets.token_hex(16)
    has_detail = bool(text or address)
    digest = hashlib.sha256(f"{salt}\n{address}\n{text}".encode()).hexdigest()
    entry = JournalEntry(
        at=at or utc_now(),
        actor_id=actor_id,
        action=action,
        object_kind=object_kind,
        object_id=str(object_id),
        detail_digest=digest if has_detail else "",
    )
    session.add(entry)
    if has_detail:
        session.flush()  # The detail's key is the entry's id.
        session.add(JournalDetail(entry_id=entry.id, salt=salt, address=address, text=text))


def about(agent_id: int) -> ColumnElement[bool]:
    """Match the entries of an agent's own acts, and of the acts of which they are the object."""
    is_object = and_(JournalEntry.object_kind == "agent", JournalEntry.object_id == str(agent_id))
    return or_(JournalEntry.actor_id == agent_id, is_object)


def export_for(session: Session, agent_id: int) -> list[dict[str, Any]]:
    """List what the journal holds about an agent, oldest first; of someone else, no address."""
    rows = session.execute(
        select(JournalEntry, JournalDetail)
        .outerjoin(JournalDetail, JournalDetail.entry_id == JournalEntry.id)
        .where(about(agent_id))
        .order_by(JournalEntry.id)
    )
    return [
        {
            "at": entry.at.isoformat(),
            "action": entry.action,
            "own_act": entry.actor_id == agent_id,
            "object": f"{entry.object_kind} {entry.object_id}".strip(),
            "address": detail.address if detail and entry.actor_id in {agent_id, None} else "",
            "detail": detail.text if detail else "",
        }
        for entry, detail in rows
    ]


def erase_for(session: Session, agent_id: int) -> None:
    """Erase the details of the entries about an agent; the entries stay, without a name."""
    entries = select(JournalEntry.id).where(about(agent_id))
    session.execute(delete(JournalDetail).where(JournalDetail.entry_id.in_(entries)))
