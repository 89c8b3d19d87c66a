"""Commands of the demonstration: load it, tell its accounts, serve it."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from app.demo.accounts import ACCOUNTS, PASSWORD
from app.demo.preparing import InProductionError, prepare
from app.demo.services import RealDataError
from app.demo.serving import PortBusyError, read_address, serve_on
from app.i18n import gettext as _

demo = AppGroup("demo", help="Load and serve the fictional organisation.")


@demo.command()
def load() -> None:
    """Load the organisation and its two years, once, into an empty database."""
    click.echo(
        _("La démonstration est chargée.")
        if load_or_refuse()
        else _("La démonstration est déjà là : rien n’a changé.")
    )


@demo.command()
def accounts() -> None:
    """Print the address and the accounts."""
    print_accounts(current_app.config["PUBLIC_URL"])


@demo.command()
def serve() -> None:
    """Prepare everything that is not ready yet, then serve on PORT."""
    address = read_address()
    try:
        address.check_free()
    except PortBusyError:
        raise click.ClickException(
            _("Le port %(port)s est déjà pris : choisissez-en un autre, par exemple PORT=%(next)s.",
              port=address.port, next=address.port + 1)
        ) from None  # fmt: skip
    load_or_refuse()
    print_accounts(address.public_url)
    serve_on(address)


def load_or_refuse() -> bool:
    """Load what is missing, or end with a sentence that says why not."""
    try:
        return prepare()
    except InProductionError:
        raise click.ClickException(
            _("La démonstration ne se charge pas en production (PRODUCTION=true).")
        ) from None
    except RealDataError:
        raise click.ClickException(
            _("Cette base contient déjà des personnes qui ne sont pas de la démonstration : "
              "rien n’a changé. Choisissez une autre base avec DATABASE_URL.")
        ) from None  # fmt: skip


def print_accounts(url: str) -> None:
    """Print where to go and as whom."""
    click.echo(_("Adresse : %(url)s", url=url))
    click.echo(_("Comptes, tous avec le mot de passe %(password)s :", password=PASSWORD))
    for account in ACCOUNTS:
        click.echo(f"  {account.matricule:<16} {account.shows}")
