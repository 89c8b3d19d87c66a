"""The command that checks modules."""

from __future__ import annotations

from pathlib import Path

import click

from app.catalogue.cli.targets import (
    LANGUAGE,
    PATHS,
    content,
    content_folder,
    current_context,
    targets_of,
)
from app.catalogue.content import check_glossary
from app.catalogue.folders import NothingToReadError, Target
from app.dialect.checking import check_folder
from app.dialect.context import GLOSSARY, UnreadableListError
from app.dialect.messages import Message, to_json
from app.i18n import force_language, ngettext
from app.i18n import gettext as _


@content.command()
@PATHS
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text")
@LANGUAGE
@click.pass_context
def check(run: click.Context, paths: tuple[Path, ...], shape: str, lang: str) -> None:
    """Check modules: a PATH is a module's folder, a file of one, or a folder of modules.

    A file of the glossary is a PATH too; without any, all the modules and the glossary are checked.
    Exit status: 1 with any error, 0 without, 2 where it could not run.
    """
    try:
        messages = check_paths(paths, lang)
    except (NothingToReadError, UnreadableListError, OSError) as problem:
        with force_language(lang):
            click.echo(_("Rien à lire : %(what)s", what=str(problem)), err=True)
        if shape == "json":
            click.echo("[]")
        run.exit(2)
    if shape == "json":
        click.echo(to_json(messages))
    else:
        for message in messages:
            click.echo(str(message))
        with force_language(lang):
            click.echo(count_messages(messages), err=True)
    run.exit(1 if any(message.is_error for message in messages) else 0)


def check_paths(paths: tuple[Path, ...], language: str) -> tuple[Message, ...]:
    """Check what the paths name: modules, files of them, files of the glossary."""
    beside = tuple(path for path in paths if path.name in GLOSSARY.values() and path.is_file())
    modules = tuple(path for path in paths if path not in beside)
    found = check_targets(targets_of(modules), language) if modules or not beside else ()
    folders = {path.parent for path in beside} if paths else {content_folder()}
    for folder in sorted(folders):
        for message in check_glossary(folder, current_context(), language).messages:
            if not paths or Path(message.path) in beside:
                found = (*found, message)
    return found


def check_targets(targets: list[Target], language: str) -> tuple[Message, ...]:
    """Check each target; of a file, keep what concerns it."""
    context = current_context()
    return tuple(
        message
        for target in targets
        for message in check_folder(target.folder, context=context, language=language)
        if target.file is None or Path(message.path) == target.file
    )


def count_messages(messages: tuple[Message, ...]) -> str:
    """Say how many errors and warnings there are."""
    errors = sum(message.is_error for message in messages)
    told = [
        ngettext("%(num)s erreur", "%(num)s erreurs", errors),
        ngettext("%(num)s avertissement", "%(num)s avertissements", len(messages) - errors),
    ]
    return ", ".join(told)
