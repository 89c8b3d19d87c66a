"""The command that mends what is safe to mend in modules."""

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
from app.catalogue.folders import Target
from app.dialect.checking import fix_folder
from app.dialect.context import Context
from app.i18n import force_language, ngettext


@content.command()
@PATHS
@LANGUAGE
@click.pass_context
def fix(run: click.Context, paths: tuple[Path, ...], lang: str) -> None:
    """Apply the safe fixes to modules: missing letters and ids, indentation, near-miss labels.

    Nothing of what a module means is changed: the rest is left to its author. Exit status: 0, or
    2 where it could not run.
    """
    with force_language(lang), files_within_reach(run):
        context = current_context()
        count = sum(fix_target(target, context, lang) for target in targets_of(paths))
        click.echo(ngettext("%(num)s correction", "%(num)s corrections", count), err=True)


def fix_target(target: Target, context: Context, language: str) -> int:
    """Fix a module, or one file of it; say and count what was done."""
    folder, only = target.folder, None
    if target.file is not None:
        only = {target.file.relative_to(folder).as_posix()}
    files, applied = fix_folder(folder, context=context, language=language, only=only)
    for name, data in files.items():
        replace_file(folder / name, data)
    for message in applied:
        click.echo(str(message))
    return len(applied)
