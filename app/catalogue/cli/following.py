"""The command that notes which text each part of a translation translates."""

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
from app.dialect.catching_up import catch_up
from app.i18n import force_language, ngettext


@content.command()
@PATHS
@LANGUAGE
@click.option("--all", "every", is_flag=True, help="Also the parts that say they are behind.")
@click.pass_context
def follow(run: click.Context, paths: tuple[Path, ...], lang: str, *, every: bool) -> None:
    """Write in translations which text each part translates: the one that stands today.

    To be done once a translation was read beside its reference. From then on, what changes in the
    reference is told part by part (T201), here as in the trainers' room.
    """
    with force_language(lang), files_within_reach(run):
        context = current_context()
        for folder in dict.fromkeys(target.folder for target in targets_of(paths)):
            for name, (data, count) in catch_up(folder, context=context, every=every).items():
                replace_file(folder / name, data)
                said = ngettext("%(num)s partie", "%(num)s parties", count)
                click.echo(f"{(folder / name).as_posix()} : {said}")
