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
from app.days import day_of
from app.extensions import db

campaigns = AppGroup("campaigns", help="Enrol whom campaigns concern, and remind them.")


@campaigns.command()
@click.option("--campaign", "campaign_id", type=int, help="One campaign; all of them by default.")
def enrol(campaign_id: int | None) -> None:
    """Enrol whoever owes a module, release whoever does not; again, it changes nothing."""
    if campaign_id is not None and campaign_id not in queries.list_open_ids(db.session):
        raise click.ClickException(f"There is no open campaign {campaign_id}.")
    parts = night.Parts()
    tell_runs(campaign_id, parts)
    tell_failures(parts)


@campaigns.command()
def nightly() -> None:
    """Do all that campaigns need each night: enrol, release, follow absences, forget, remind."""
    today, parts = day_of(utc_now()), night.Parts()
    tell_runs(None, parts)
    with parts.part("absences"):
        click.echo(f"{night.follow_absences(today=today)} due date(s) moved by absences.")
    with parts.part("old absences"):
        click.echo(f"{write(forget_old, today=today)} old absence(s) forgotten.")
    with parts.part("old reminders"):
        click.echo(f"{write(forget_reminders, today=today)} old reminder(s) forgotten.")
    if current_app.config["WEEKLY_REMINDERS"]:
        with parts.part("weekly reminders"):
            tell_reminders(is_dry=False)
    tell_failures(parts)


@campaigns.command()
@click.option("--dry-run", "is_dry", is_flag=True, help="Count, and write nothing.")
def remind(is_dry: bool) -> None:
    """Write the weekly reminders to be sent; who had one this week gets no other."""
    tell_reminders(is_dry=is_dry)


def tell_reminders(*, is_dry: bool) -> None:
    """Remind whoever is to be, and say what became of everyone who owes something."""
    now = utc_now()
    counts = remind_all(today=day_of(now), now=now, is_dry=is_dry)
    written = "would be written" if is_dry else "written"
    click.echo(
        f"Weekly reminders: {counts[Fate.GOES]} {written}; not written:"
        f" {counts[Fate.REMINDED]} already this week, {counts[Fate.AWAY]} on leave,"
        f" {counts[Fate.STOPPED]} unsubscribed, {counts[Fate.NO_ADDRESS]} without an address,"
        f" {counts[Fate.QUIET]} with nothing new, near or late."
    )


def tell_runs(campaign_id: int | None, parts: night.Parts) -> None:
    """Run campaigns, and say what changed in each."""
    now = utc_now()
    today = day_of(now)
    duties = night.list_due(today=today, campaign_id=campaign_id)
    for duty in duties:
        with parts.part(f"campaign {duty.id}"):
            done = night.run_one(duty, today=today, now=now)
            click.echo(
                f"Campaign {duty.id}: {done.added} enrolment(s) added, {done.dated} given a due"
                f" date, {done.released} no longer owed, {done.restored} owed again."
            )
    if not duties:
        click.echo("There is no open campaign.")


def tell_failures(parts: night.Parts) -> None:
    """End with an error where a part failed."""
    if parts.failed:
        raise click.ClickException(f"Failed, as the log tells: {', '.join(parts.failed)}.")
