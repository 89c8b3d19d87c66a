"""What certificates do when a module is completed, in the completion's own transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from app.certificates import services
from app.database import utc_now
from app.learning.models import Completion


def certify(
    session: Session, *, completion: Completion, now: datetime | None = None, **_more: Any
) -> None:
    """Issue the certificate of a completion; a failure here undoes the completion too."""
    services.issue(
        session,
        completion,
        organisation=current_app.config["ORGANISATION"],
        now=now or utc_now(),
    )
