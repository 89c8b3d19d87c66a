"""Commands for snapshots."""

from __future__ import annotations

from datetime import datetime

import click
from flask.cli import AppGroup

from app.campaigns.digests import Fate
from app.database import utc_now
from app.days import day_of
from app.statistics.taking import take_in_batches
from app.statistics.team_mails import write_to_supervisors
from app.statistics.thinning import thin as thin_old

statistics = AppGroup("statistics", help="Count the figures that pages show.")


@statistics.command()
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="A past day; today by default.")
def snapshot(as_of: datetime | None) -> None:
    """Take a snapshot: the figures of today, kept."""
    now = utc_now()
    day = as_of.date() if as_of else day_of(now)
    try:
        number = take_in_batches(as_of=day, now=now)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Snapshot {number} of {day} is taken.")


@statistics.command()
def thin() -> None:
    """Drop old snapshots: one a day is kept for 35 days, then one a month."""
    dropped = thin_old(now=utc_now())
    click.echo(f"{dropped} snapshot(s) dropped.")


@statistics.command("mail-teams")
@click.option("--dry-run", "is_dry", is_flag=True, help="Count, and write nothing.")
def mail_teams(is_dry: bool) -> None:
    """Write the weekly mail of supervisors who asked for one; again, it writes to nobody twice."""
    now = utc_now()
    counts = write_to_supervisors(today=day_of(now), now=now, is_dry=is_dry)
    written = "would be written" if is_dry else "written"
    click.echo(
        f"Mails to supervisors: {counts[Fate.GOES]} {written}; not written:"
        f" {counts[Fate.REMINDED]} already this week, {counts[Fate.AWAY]} on leave,"
        f" {counts[Fate.NO_ADDRESS]} without an address, {counts[Fate.QUIET]} with nothing asked."
    )
