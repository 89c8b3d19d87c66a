"""Commands of learning."""

from __future__ import annotations

from collections.abc import Iterable

import click
from flask import current_app
from flask.cli import AppGroup

from app.catalogue.cli import content
from app.database import utc_now, write
from app.extensions import db
from app.i18n import current_language
from app.i18n import gettext as _
from app.learning.analysing import analyse_version
from app.learning.errata import apply_erratum
from app.learning.queries.analyses import list_sat_versions
from app.learning.queries.corrections import measure_effect
from app.learning.queries.errata import find_erratum, list_unfinished
from app.learning.services import purging
from app.learning.services.planning import impact_of, plan_erratum
from app.learning.wording import say_effect
from app.people.settings import NumberKey, get_setting

learning = AppGroup("learning", help="What agents do in the modules.")


@learning.command()
def purge() -> None:
    """Reduce to tallies the practice of the modules completed long enough ago."""
    days = get_setting(db.session, NumberKey.PRACTICE_RETENTION_DAYS)
    due = purging.list_due(db.session, days=days, now=utc_now())
    deleted = sum(write(purging.reduce, enrolment_id=enrolment_id) for enrolment_id in due)
    click.echo(f"{deleted} practice answers of {len(due)} enrolments reduced to tallies.")


@learning.command()
def analyse() -> None:
    """Compute what first attempts say of the questions of each version, where enough are new."""
    computed = sum(analyse_version(version_id) for version_id in list_sat_versions(db.session))
    click.echo(f"{computed} versions analysed.")


@content.command()
@click.argument("slug", required=False)
@click.option("--apply", "is_applied", is_flag=True, help="Correct the attempts; it only helps.")
def erratum(slug: str | None, is_applied: bool) -> None:
    """Say what the last erratum of a module changes for those who met the wrong key.

    With --apply, correct their attempts; cut short, the same command goes on from there. Without a
    SLUG, end every application that was begun.
    """
    if slug is None:
        for version_id in list_unfinished(db.session):
            apply_and_tell(version_id)
        return
    found = find_erratum(db.session, slug)
    if found is None:
        raise click.ClickException(_("Le module « %(slug)s » n’a pas d’erratum.", slug=slug))
    if is_applied or found.applied_at is not None:
        if is_applied:
            apply_and_tell(found.version_id)
        else:
            tell_lines(say_effect(measure_effect(db.session, version_id=found.version_id)))
        return
    plan = plan_erratum(db.session, version_id=found.version_id)
    tell_lines(
        _("Question corrigée : « %(title)s »", title=title)
        for title in plan.titles(current_language())
    )
    tell_lines(
        _("Laissée telle quelle, car son texte change aussi : « %(title)s »", title=title)
        for title in plan.left_out
    )
    tell_lines(say_effect(impact_of(db.session, plan)))


def apply_and_tell(version_id: int) -> None:
    """Apply an erratum to its end, and say what it did."""
    months = current_app.config["CERTIFICATE_VALIDITY_MONTHS"]
    apply_erratum(version_id=version_id, actor_id=None, default_months=months)
    tell_lines(say_effect(measure_effect(db.session, version_id=version_id)))


def tell_lines(lines: Iterable[str]) -> None:
    """Write lines."""
    for line in lines:
        click.echo(line)
