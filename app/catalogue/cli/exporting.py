"""The command that writes a published module back to files."""

from __future__ import annotations

from pathlib import Path

import click

from app.catalogue.cli.replacing import replace_file
from app.catalogue.cli.targets import content, content_folder, files_within_reach
from app.catalogue.exports import UnknownVersion, UnnamedMedia, export
from app.catalogue.folders import PARTS
from app.dialect.parsing import is_part, module_files
from app.extensions import db
from app.i18n import gettext as _


@content.command("export")
@click.argument("slug")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--number", type=int, help="The version; the latest without it.")
@click.option("--replace", is_flag=True, help="Write over the files of the module.")
@click.pass_context
def export_module(
    run: click.Context, slug: str, folder: Path | None, number: int | None, replace: bool
) -> None:
    """Write a published module to FOLDER/SLUG, byte for byte; by default among the modules."""
    try:
        exported = export(db.session, slug, number)
    except UnknownVersion:
        raise click.ClickException(_("Module ou version inconnus : %(slug)s", slug=slug)) from None
    except UnnamedMedia:
        raise click.ClickException(
            _("Cette version est trop ancienne : les noms de ses médias ne sont pas connus.")
        ) from None
    target = (folder or content_folder() / "modules") / slug
    there = dict(module_files(target)) if target.is_dir() else {}
    if there and not replace:
        raise click.ClickException(
            _("%(folder)s a déjà des fichiers : « --replace » les remplace.", folder=str(target))
        )
    with files_within_reach(run):
        write_files(target, exported.files, instead_of=there)
    click.echo(_("%(folder)s : version %(number)s", folder=str(target), number=exported.number))


def write_files(target: Path, files: dict[str, bytes], instead_of: dict[str, Path]) -> None:
    """Write the parts of a module into its folder and nothing outside; then take the others out."""
    for path, data in files.items():
        if not is_part(path) or ".." in Path(path).parts:
            raise click.ClickException(path)
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, data)
    for path in instead_of.keys() - files.keys():
        instead_of[path].unlink()
    for part in PARTS:
        empty = target / part
        if empty.is_dir() and not any(empty.iterdir()):
            empty.rmdir()
