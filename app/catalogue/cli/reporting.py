"""The command that lists what a lawyer must verify."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click
import msgspec

from app.catalogue.cli.targets import PATHS, content, content_folder, current_context, targets_of
from app.catalogue.folders import NothingToReadError
from app.catalogue.wording import say_priority
from app.dialect.context import UnreadableListError, unsure_articles
from app.dialect.doubts import Doubt, find_doubts
from app.dialect.reading import read_folder
from app.i18n import force_language, ngettext
from app.i18n import gettext as _


@content.command()
@PATHS
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text")
@click.option("--lang", type=click.Choice(["fr", "en"]), default="fr")
@click.pass_context
def report(run: click.Context, paths: tuple[Path, ...], shape: str, lang: str) -> None:
    """List what is to be verified in modules, the most urgent first.

    Exit status: 0, or 2 where it could not run.
    """
    try:
        folders = list(dict.fromkeys(target.folder for target in targets_of(paths)))
        unsure = unsure_articles(content_folder())
        found = {folder.as_posix(): doubts_of(folder, unsure) for folder in folders}
    except (NothingToReadError, UnreadableListError, OSError) as problem:
        with force_language(lang):
            click.echo(_("Rien à lire : %(what)s", what=str(problem)), err=True)
        run.exit(2)
    if shape == "json":
        click.echo(msgspec.json.encode(found).decode())
        return
    with force_language(lang):
        for name, doubts in found.items():
            for line in write(name, doubts):
                click.echo(line)


def doubts_of(folder: Path, unsure: frozenset[str]) -> list[Doubt]:
    """List what is to be verified in a module's folder."""
    return find_doubts(read_folder(folder, context=current_context()).sources, unsure)


def write(name: str, doubts: list[Doubt]) -> Iterator[str]:
    """Write the list of a module, one heading for each degree of urgency."""
    counted = ngettext("%(num)s point à vérifier", "%(num)s points à vérifier", len(doubts))
    yield f"{name} : {counted}"
    for priority, group in groupby(doubts, key=lambda doubt: doubt.priority):
        listed = list(group)
        yield f"  {int(priority)}. {say_priority(priority)} ({len(listed)})"
        for doubt in listed:
            cited = "" if doubt.is_marked else _(" [article à vérifier, cité]")
            yield f"     {doubt.path}:{doubt.line}{cited}  {doubt.text}"
