"""The commands that start, publish, retire and restore modules."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click
from sqlalchemy.exc import NoResultFound

from app.catalogue import services
from app.catalogue.cli.targets import (
    PATHS,
    content,
    content_folder,
    current_context,
    files_within_reach,
    targets_of,
)
from app.catalogue.content import (
    check_glossary,
    publish_folder,
    publish_glossary,
    publish_pages,
    publish_paths,
)
from app.catalogue.differences import Kind
from app.catalogue.path_file import BadFileError
from app.catalogue.publishing import HasErrors, NewerStudioWork, PublicationError
from app.catalogue.services_pages import UnknownModulesError
from app.catalogue.wording import say_bad_file, say_kind, say_refusal
from app.catalogue.wording_differences import say_difference
from app.database import utc_now, write
from app.dialect.attributes import is_id
from app.dialect.context import GLOSSARY, Context
from app.dialect.starter import TEMPLATE_FR
from app.i18n import gettext as _


@content.command()
@PATHS
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="What it is.")
@click.option("--notes", default="", help="What changed, for those who read the history.")
@click.option("--over", type=int, help="Version written in a draft that the files replace.")
@click.pass_context
def publish(
    run: click.Context, paths: tuple[Path, ...], kind: str | None, notes: str, over: int | None
) -> None:
    """Publish modules that changed; without a PATH, all of them with the paths and pages."""
    with files_within_reach(run):
        folders = list(dict.fromkeys(target.folder for target in targets_of(paths)))
        context = current_context()
    if over is not None and len(folders) != 1:
        raise click.UsageError(_("--over nomme une version d’un seul module : donnez son chemin."))
    said = Said(Kind(kind) if kind else None, notes, over)
    refused = [folder for folder in folders if not publish_one(folder, context, said)]
    if not paths and not publish_beside(content_folder(), context):
        refused.append(content_folder())
    run.exit(1 if refused else 0)


class Said(NamedTuple):
    """What the command says of a publication."""

    kind: Kind | None
    notes: str
    over: int | None


def publish_one(folder: Path, context: Context, said: Said) -> bool:
    """Publish one module and say what happened; tell whether it went well."""
    try:
        done = publish_folder(folder, context, kind=said.kind, notes=said.notes, over=said.over)
    except PublicationError as error:
        click.echo(f"{folder.resolve().name} : {say_refusal(error)}", err=True)
        if isinstance(error, HasErrors):
            for message in error.messages:
                click.echo(str(message), err=True)
        if isinstance(error, NewerStudioWork):
            for difference in error.differences:
                click.echo(f"  {say_difference(difference)}", err=True)
            say_ways(folder, error.number)
        return False
    number = _("version %(number)s", number=done.number)
    click.echo(
        f"{done.slug} : {number}, {say_kind(done.kind, done.number)}"
        if done.is_new
        else f"{done.slug} : {number}, " + _("inchangé")
    )
    return True


def say_ways(folder: Path, number: int) -> None:
    """Say what to run: first what loses nothing, the files being somebody's work too."""
    look = _("Pour l’écrire à part, et la comparer à ces fichiers :")
    click.echo(f"{look} content export {folder.resolve().name} publie", err=True)
    replace = _("Ou, pour que ces fichiers la remplacent :")
    click.echo(f"{replace} content publish {folder} --over {number}", err=True)


def publish_beside(folder: Path, context: Context) -> bool:
    """Publish the learning paths, the pages and the glossary, and say what happened."""
    try:
        changed = publish_paths(folder)
        if changed is not None:
            click.echo("parcours.yml : " + (", ".join(changed) or _("inchangé")))
        for name, is_new in publish_pages(folder):
            click.echo(f"{name} : " + (_("publié") if is_new else _("inchangé")))
    except (BadFileError, UnknownModulesError) as error:
        click.echo(say_bad_file(error), err=True)
        return False
    glossary = check_glossary(folder, context)
    if glossary.has_errors:
        click.echo(_("Le glossaire a des erreurs à corriger."), err=True)
        for message in glossary.messages:
            click.echo(str(message), err=True)
        return False
    for language, is_new in publish_glossary(glossary):
        click.echo(f"{GLOSSARY[language]} : " + (_("publié") if is_new else _("inchangé")))
    return True


@content.command()
@click.argument("slug")
def new(slug: str) -> None:
    """Start a module from a template that explains itself."""
    if not is_id(slug):
        raise click.ClickException(
            _("« %(slug)s » ne peut pas servir de nom : minuscules, chiffres et tirets.", slug=slug)
        )
    folder = content_folder() / "modules" / slug
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        raise click.ClickException(_("%(folder)s existe déjà.", folder=str(folder))) from None
    for name, text in TEMPLATE_FR.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    click.echo(_("%(folder)s est prêt : ouvrez module.md.", folder=str(folder)))


@content.command()
@click.argument("slug")
def retire(slug: str) -> None:
    """Stop offering a module; what was done with it stays."""
    change_offer(slug, offered=False)


@content.command()
@click.argument("slug")
def restore(slug: str) -> None:
    """Offer a retired module again."""
    change_offer(slug, offered=True)


def change_offer(slug: str, *, offered: bool) -> None:
    """Retire or restore a module, and say so."""
    try:
        if offered:
            write(services.restore, slug, actor_id=None)
        else:
            write(services.retire, slug, actor_id=None, now=utc_now())
    except NoResultFound:
        raise click.ClickException(_("Module inconnu : %(slug)s", slug=slug)) from None
    click.echo(f"{slug} : " + (_("au catalogue") if offered else _("retiré")))
