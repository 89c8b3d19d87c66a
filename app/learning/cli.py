"""Commands of learning."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.database import utc_now, write
from app.extensions import db
from app.learning.services import purging
from app.people.settings import NumberKey, get_setting

learning = AppGroup("learning", help="What agents do in the modules.")


@learning.command()
def purge() -> None:
    """Reduce to tallies the practice of the modules completed long enough ago."""
    days = get_setting(db.session, NumberKey.PRACTICE_RETENTION_DAYS)
    due = purging.list_due(db.session, days=days, now=utc_now())
    deleted = sum(write(purging.reduce, enrolment_id=enrolment_id) for enrolment_id in due)
    click.echo(f"{deleted} practice answers of {len(due)} enrolments reduced to tallies.")
