"""Commands for people and their mails."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import AppGroup

from app.database import utc_now, write
from app.extensions import db
from app.people import hashing, mail
from app.people.forgetting import forget_old
from app.people.import_cli import import_file
from app.people.matricule import matricule_key
from app.people.models import Agent
from app.people.one_time import make_one_time_password
from app.people.password_rules import PRIVILEGED_MINIMUM, find_weakness
from app.people.services import administrators, erasing

people = AppGroup("people", help="Load the directory; make the first administrator.")
letters = AppGroup("mail", help="Send the mails that wait.")


people.add_command(import_file)


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
def forget() -> None:
    """Delete sessions, links, mails and journal details kept longer than the settings say."""
    counts = forget_old(now=utc_now())
    click.echo("Forgotten: " + ", ".join(f"{count} {name}" for name, count in counts.items()) + ".")


@people.command()
@click.argument("matricule")
@click.option("--yes", is_flag=True, help="Do not ask again.")
def erase(matricule: str, yes: bool) -> None:
    """Erase a person for good, whose account is closed: what they did stays, and names nobody."""
    agent = db.session.scalars(
        sa.select(Agent).where(Agent.matricule_key == matricule_key(matricule))
    ).first()
    if agent is None:
        raise click.ClickException("No agent has this matricule.")
    agent_id, name = agent.id, f"{agent.given_name} {agent.family_name}"
    if not yes:
        click.confirm(f"Erase {name} for good? Nothing brings them back.", abort=True)
    try:
        write(erasing.erase_person, agent_id=agent_id, now=utc_now())
    except erasing.StillOpenError as error:
        raise click.ClickException(f"The account of {name} is open: close it first.") from error
    click.echo("Erased.")


@letters.command()
def send() -> None:
    """Send the mails that are due: new ones, and those whose next try has come."""
    done = mail.send_pending()
    click.echo(f"{done.sent} sent, {done.waiting} still waiting.")
    if done.failed:
        raise click.ClickException("Some mails could not be sent; their page says why.")


def read_password(personal: Sequence[str]) -> str:
    """Read a password from standard input, and refuse a weak one."""
    password = sys.stdin.readline().rstrip("\r\n")
    weakness = find_weakness(password, minimum=PRIVILEGED_MINIMUM, personal=personal)
    if weakness:
        raise click.ClickException(f"This password is refused: {weakness}.")
    return password
