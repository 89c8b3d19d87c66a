"""Commands for people and their mails."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.database import utc_now, write
from app.extensions import db
from app.i18n import PARIS
from app.people import hashing, mail
from app.people.directory.cells import RowError
from app.people.directory.people_plan import PeoplePlan, plan_people
from app.people.directory.reading import Sheet, UnreadableFileError, read_sheet
from app.people.directory.rows import read_people, read_units
from app.people.directory.unit_plan import Fate, plan_units
from app.people.matricule import matricule_key
from app.people.one_time import make_one_time_password
from app.people.password_rules import PRIVILEGED_MINIMUM, find_weakness
from app.people.queries import directory as known
from app.people.services import administrators, retention
from app.people.services import directory as services

people = AppGroup("people", help="Load the directory; make the first administrator.")
letters = AppGroup("mail", help="Send the mails that wait.")


@people.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def load(file: Path, dry_run: bool) -> None:
    r"""Load agents from a CSV or XLSX FILE: all of it, or nothing when a row is wrong.

    \b
    Columns, in any order, capitals and accents indifferent:
      matricule, prenom, nom   who it is; the matricule tells known agents from new ones
      courriel, langue         optional; langue is fr or en; empty keeps what is known
      code_unite               the unit's code
      unite, type_unite, code_parent
                               name, kind and parent of the unit; needed only for a new one
      corps                    pn, gn, pm, sp or pref
      grade, categorie         categorie is application, maitrise or officiers
      arrivee                  day of arrival, as 2026-11-23 or 23/11/2026
      depuis                   optional: first day of a new assignment; today when empty

    Agents who are not in the file are left as they are.
    """
    sheet = read_file(file)
    rows, errors = read_people(sheet)
    today = utc_now().astimezone(PARIS).date()
    plan = plan_people(
        rows, known.read_known(db.session, keys=[row.key for row in rows]), today=today
    )
    refuse(errors + plan.errors)
    if not dry_run:
        try:
            plan = write(services.load_people, rows=rows, actor_id=None, today=today)
        except services.RefusedFileError as error:
            refuse(error.errors)
    tell_people(plan)
    tell_end(dry_run)


@people.command("load-units")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def load_units(file: Path, dry_run: bool) -> None:
    r"""Load units from a CSV or XLSX FILE (of a workbook, its sheet « unites », else the first).

    \b
    Columns:
      code_unite               the unit's code
      unite, type_unite        its name and kind; the name is needed for a new unit
      code_parent              the code of the unit above; empty for a new root
      ouverte, fermee          optional: its first day, and the first day it is no more
    """
    sheet = read_file(file, "unites")
    rows, errors = read_units(sheet)
    today = utc_now().astimezone(PARIS).date()
    plan = plan_units(rows, known.read_units(db.session), today=today)
    refuse(errors + plan.errors)
    if not dry_run:
        try:
            plan = write(services.load_units, rows=rows, actor_id=None, today=today)
        except services.RefusedFileError as error:
            refuse(error.errors)
    click.echo(f"Units: {counted(plan.counts)}.")
    tell_end(dry_run)


@people.command("create-admin")
@click.argument("matricule")
@click.argument("given_name")
@click.argument("family_name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def create_admin(matricule: str, given_name: str, family_name: str, password_stdin: bool) -> None:
    """Make an administrator over the whole organisation, or make one of a known agent.

    Without --password-stdin, a one-time password is printed, to be changed at the first sign-in.
    """
    if not matricule_key(matricule) or not given_name.strip() or not family_name.strip():
        raise click.ClickException("The matricule and both names must be given.")
    password = read_password([matricule, given_name, family_name]) if password_stdin else None
    given = password or make_one_time_password()
    cost = hashing.Cost(
        current_app.config["PASSWORD_MEMORY_KIB"], current_app.config["PASSWORD_PASSES"]
    )
    write(
        administrators.create_administrator,
        matricule=matricule.strip(),
        given_name=given_name.strip(),
        family_name=family_name.strip(),
        password_hash=hashing.hash_password(given, cost),
        is_one_time=password is None,
        organisation=current_app.config["ORGANISATION"],
        now=utc_now(),
    )
    click.echo(f"{matricule} is an administrator.")
    if password is None:
        click.echo(f"One-time password, to be changed at the first sign-in: {given}")


@people.command("forget-old")
def forget_old() -> None:
    """Delete sessions, links, mails and journal details kept longer than the settings say."""
    counts = write(retention.forget_old, now=utc_now())
    click.echo("Forgotten: " + ", ".join(f"{count} {name}" for name, count in counts.items()) + ".")


@letters.command()
def send() -> None:
    """Send the mails that wait, those that failed before included."""
    sent, waiting = mail.send_pending()
    click.echo(f"{sent} sent, {waiting} still waiting.")
    if waiting:
        raise click.ClickException("Some mails could not be sent; the log says why.")


def read_file(file: Path, sheet: str = "") -> Sheet:
    """Read a table, or say why it cannot be read."""
    try:
        return read_sheet(file.read_bytes(), sheet=sheet)
    except UnreadableFileError as error:
        raise click.ClickException(f"{file.name}: {error}.") from error


def read_password(personal: Sequence[str]) -> str:
    """Read a password from standard input, and refuse a weak one."""
    password = sys.stdin.readline().rstrip("\r\n")
    weakness = find_weakness(password, minimum=PRIVILEGED_MINIMUM, personal=personal)
    if weakness:
        raise click.ClickException(f"This password is refused: {weakness}.")
    return password


def refuse(errors: list[RowError]) -> None:
    """Stop with every mistake, where there is one."""
    if errors:
        for error in sorted(errors):
            click.echo(str(error), err=True)
        raise click.ClickException(f"{len(errors)} mistake(s); nothing was applied.")


def tell_people(plan: PeoplePlan) -> None:
    """Say what changes."""
    click.echo(f"Units: {counted(plan.units.counts)}.")
    click.echo(f"Agents: {counted(plan.counts)}.")
    if plan.inactive:
        click.echo(f"{plan.inactive} of them deactivated, and left so.")


def counted(counts: Counter[Fate]) -> str:
    """Write how many of each fate."""
    return ", ".join(f"{counts[fate]} {fate}" for fate in Fate)


def tell_end(dry_run: bool) -> None:
    """Say whether it is done."""
    click.echo("Dry run: nothing was changed." if dry_run else "Done.")
