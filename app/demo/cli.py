"""Commands of the demonstration: load it, tell its accounts, serve it."""

from __future__ import annotations

import time

import click
from flask import current_app
from flask.cli import AppGroup, ScriptInfo

from app.demo.accounts import ACCOUNTS, PASSWORD
from app.demo.large import loading
from app.demo.large.fates import MODULES
from app.demo.preparing import InProductionError, prepare
from app.demo.services import RealDataError
from app.demo.serving import Address, PortBusyError, read_address, serve_on
from app.extensions import db
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l

IN_PRODUCTION = _l("La démonstration ne se charge pas en production (PRODUCTION=true).")
REAL_DATA = _l(
    "Cette base contient déjà des personnes qui ne sont pas de la démonstration : "
    "rien n’a changé. Choisissez une autre base avec DATABASE_URL."
)

demo = AppGroup("demo", help="Load and serve the fictional organisation.")


@demo.command()
@click.option(
    "--agents",
    type=click.IntRange(100, 1_000_000),
    help="Load a large organisation of so many agents instead, to measure with.",
)
@click.option("--seed", default=1, show_default=True, help="Of the large organisation.")
def load(agents: int | None, seed: int) -> None:
    """Load the organisation and its two years, once, into an empty database."""
    if agents is not None:
        load_large(agents, seed)
        return
    click.echo(
        _("La démonstration est chargée.")
        if load_or_refuse()
        else _("La démonstration est déjà là : rien n’a changé.")
    )


@demo.command()
def accounts() -> None:
    """Print the address and the accounts."""
    print_accounts(current_app.config["PUBLIC_URL"])


@demo.command(with_appcontext=False)
@click.pass_obj
def serve(script: ScriptInfo) -> None:
    """Prepare everything that is not ready yet, then serve on PORT."""
    with script.load_app().app_context():
        address = get_ready()
        db.engine.dispose()  # The server's processes are copies of this one: each opens its own.
    serve_on(address)


def get_ready() -> Address:
    """Prepare what is not ready yet, and say where the demonstration will be."""
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
    return address


def load_or_refuse() -> bool:
    """Load what is missing, or end with a sentence that says why not."""
    try:
        return prepare()
    except InProductionError:
        raise click.ClickException(str(IN_PRODUCTION)) from None
    except RealDataError:
        raise click.ClickException(str(REAL_DATA)) from None


def load_large(agents: int, seed: int) -> None:
    """Load the large organisation, saying how long each part took and how much room it takes."""
    start = time.monotonic()
    try:
        for done in loading.load(agents, seed=seed):
            click.echo(f"{time.monotonic() - start:7.1f} s  {done}")
    except InProductionError:
        raise click.ClickException(str(IN_PRODUCTION)) from None
    except RealDataError:
        raise click.ClickException(str(REAL_DATA)) from None
    except loading.TooFewModulesError:
        raise click.ClickException(
            _("L’organisation de mesure demande %(count)s modules publiés.", count=MODULES)
        ) from None
    click.echo(_("Taille de la base : %(size)s Mo", size=loading.database_bytes() // 10**6))


def print_accounts(url: str) -> None:
    """Print where to go and as whom."""
    click.echo(_("Adresse : %(url)s", url=url))
    click.echo(_("Comptes, tous avec le mot de passe %(password)s :", password=PASSWORD))
    for account in ACCOUNTS:
        click.echo(f"  {account.matricule:<16} {account.shows}")
