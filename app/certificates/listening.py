"""What certificates do when a module is completed, in the completion's own transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from app.certificates import services
from app.learning.models import Completion
from app.people.settings import TextKey, get_setting


def certify(
    session: Session, *, completion: Completion, now: datetime | None = None, **_more: Any
) -> None:
    """Issue the certificate of a completion; a failure here undoes the completion too.

    ``now`` is given where it is not the moment of the completion (an equivalence of long ago).
    """
    organisation = get_setting(session, TextKey.ORGANISATION)
    services.issue(
        session,
        completion,
        organisation=organisation or current_app.config["ORGANISATION"],
        now=now or completion.completed_at,
    )
