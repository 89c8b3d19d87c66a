"""Commands for campaigns."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from app.campaigns import nightly as night
from app.campaigns import queries
from app.campaigns.digests import Fate
from app.campaigns.services.absences import forget_old
from app.campaigns.services.reminding import forget_reminders
from app.campaigns.weekly import remind_all
from app.database import utc_now, write
from app.extensions import db
from app.i18n import PARIS

campaigns = AppGroup("campaigns", help="Enrol whom campaigns concern, and remind them.")


@campaigns.command()
@click.option("--campaign", "campaign_id", type=int, help="One campaign; all of them by default.")
def enrol(campaign_id: int | None) -> None:
    """Enrol whoever owes a module, release whoever does not; again, it changes nothing."""
    if campaign_id is not None and campaign_id not in queries.list_open_ids(db.session):
        raise click.ClickException(f"There is no open campaign {campaign_id}.")
    tell_runs(campaign_id)


@campaigns.command()
def nightly() -> None:
    """Do all that campaigns need each night: enrol, release, follow absences, forget, remind."""
    today = utc_now().astimezone(PARIS).date()
    tell_runs(None)
    click.echo(f"{night.follow_absences(today=today)} due date(s) moved by absences.")
    click.echo(f"{write(forget_old, today=today)} old absence(s) forgotten.")
    click.echo(f"{write(forget_reminders, today=today)} old reminder(s) forgotten.")
    if current_app.config["WEEKLY_REMINDERS"]:
        tell_reminders(is_dry=False)


@campaigns.command()
@click.option("--dry-run", "is_dry", is_flag=True, help="Count, and write nothing.")
def remind(is_dry: bool) -> None:
    """Write the weekly reminders to be sent; who had one this week gets no other."""
    tell_reminders(is_dry=is_dry)


def tell_reminders(*, is_dry: bool) -> None:
    """Remind whoever is to be, and say what became of everyone who owes something."""
    now = utc_now()
    counts = remind_all(today=now.astimezone(PARIS).date(), now=now, is_dry=is_dry)
    written = "would be written" if is_dry else "written"
    click.echo(
        f"Weekly reminders: {counts[Fate.GOES]} {written}; not written:"
        f" {counts[Fate.REMINDED]} already this week, {counts[Fate.AWAY]} on leave,"
        f" {counts[Fate.STOPPED]} unsubscribed, {counts[Fate.NO_ADDRESS]} without an address,"
        f" {counts[Fate.QUIET]} with nothing new, near or late."
    )


def tell_runs(campaign_id: int | None) -> None:
    """Run campaigns, and say what changed in each."""
    now = utc_now()
    runs = list(night.run(today=now.astimezone(PARIS).date(), now=now, campaign_id=campaign_id))
    for run_id, done in runs:
        click.echo(
            f"Campaign {run_id}: {done.added} enrolment(s) added, {done.dated} given a due date,"
            f" {done.released} no longer owed, {done.restored} owed again."
        )
    if not runs:
        click.echo("There is no open campaign.")
