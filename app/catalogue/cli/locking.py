"""The command that notes what was published of modules."""

from __future__ import annotations

from pathlib import Path

import click

from app.catalogue.cli.replacing import replace_file
from app.catalogue.cli.targets import (
    LANGUAGE,
    PATHS,
    content,
    current_context,
    files_within_reach,
    targets_of,
)
from app.dialect.checking import check_folder, lock_of
from app.dialect.context import Context
from app.dialect.locking import FILE
from app.i18n import force_language
from app.i18n import gettext as _


@content.command()
@PATHS
@LANGUAGE
@click.pass_context
def lock(run: click.Context, paths: tuple[Path, ...], lang: str) -> None:
    """Write ids.lock beside modules: what is published of their questions, as they stand.

    Once a module is published, commit the file with it: the check compares with it from then on.
    """
    with force_language(lang), files_within_reach(run):
        folders = dict.fromkeys(target.folder for target in targets_of(paths))
        context = current_context()
        done = [lock_one(folder, context, lang) for folder in folders]
    run.exit(0 if all(done) else 1)


def lock_one(folder: Path, context: Context, language: str) -> bool:
    """Write the file of one module, and say what it changes; False where it has errors."""
    messages = check_folder(folder, context=context, language=language)
    errors = [message for message in messages if message.is_error]
    told = [message for message in errors if message.code.startswith("P")]
    for message in errors:
        click.echo(str(message), err=True)
    if len(errors) > len(told):
        click.echo(_("%(folder)s : à corriger d’abord", folder=folder.as_posix()), err=True)
        return False
    file = folder / FILE
    text = lock_of(folder, context=context)
    if file.is_file() and file.read_bytes() == text.encode():
        click.echo(f"{file.as_posix()} : " + _("inchangé"))
        return True
    replace_file(file, text.encode())
    click.echo(f"{file.as_posix()} : " + _("écrit"))
    return True
