"""Commands for campaigns."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.campaigns import queries, services
from app.database import utc_now, write
from app.extensions import db
from app.i18n import PARIS

campaigns = AppGroup("campaigns", help="Enrol whom campaigns concern.")


@campaigns.command()
@click.option("--campaign", "campaign_id", type=int, help="One campaign; all open ones by default.")
def enrol(campaign_id: int | None) -> None:
    """Enrol whoever owes a module and is not enrolled yet; running it again changes nothing."""
    now = utc_now()
    wanted = queries.list_open_ids(db.session)
    if campaign_id is not None:
        if campaign_id not in wanted:
            raise click.ClickException(f"There is no open campaign {campaign_id}.")
        wanted = [campaign_id]
    for wanted_id in wanted:
        enrolled = write(services.enrol, wanted_id, today=now.astimezone(PARIS).date(), now=now)
        click.echo(
            f"Campaign {wanted_id}: {enrolled.added} enrolment(s) added,"
            f" {enrolled.dated} given a due date."
        )
    if not wanted:
        click.echo("There is no open campaign.")
