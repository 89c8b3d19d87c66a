"""The analysis of a version: read in batches, then kept by one short write."""

from __future__ import annotations

from app.database import utc_now, write
from app.extensions import db
from app.learning.queries.analyses import count_first, find_analysis
from app.learning.services.analyses import keep_analysis, measure_version
from app.people.settings import NumberKey, get_setting


def smallest_group() -> int:
    """Tell from how many agents on totals about answers are shown; never under five."""
    return max(get_setting(db.session, NumberKey.MINIMUM_GROUP), 5)


def analyse_version(version_id: int) -> bool:
    """Analyse a version; False where nothing could be told that is not told already."""
    least = smallest_group()
    kept = find_analysis(db.session, version_id=version_id)
    if kept is not None and count_first(db.session, version_id=version_id) - kept.attempts < least:
        return False
    measured = measure_version(db.session, version_id=version_id)
    write(keep_analysis, measured, least=least, now=utc_now())
    return True
