"""The modules that a command is about."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.catalogue.content import context_of
from app.catalogue.folders import NothingToReadError, Target, find_targets
from app.dialect.context import Context, UnreadableListError
from app.i18n import gettext as _

content = AppGroup("content", help="Check and publish the modules.")
LANGUAGE = click.option("--lang", type=click.Choice(["fr", "en"]), default="fr")
PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))


def content_folder() -> Path:
    """Return the content folder, as a relative path where it stands below this one."""
    folder = Path(current_app.config["CONTENT_DIR"])
    relative = os.path.relpath(folder)
    return folder if relative.startswith("..") else Path(relative)


def current_context() -> Context:
    """Read what the modules are checked against."""
    return context_of(content_folder(), current_app.config["PASS_MARK"])


@contextmanager
def files_within_reach(run: click.Context) -> Iterator[None]:
    """Say what could not be read or written, and exit with 2."""
    try:
        yield
    except (NothingToReadError, UnreadableListError) as problem:
        click.echo(_("Rien à lire : %(what)s", what=str(problem)), err=True)
        run.exit(2)
    except OSError as problem:
        said = _(
            "Fichier impossible à lire ou à écrire, laissé tel quel : %(what)s", what=str(problem)
        )
        click.echo(said, err=True)
        run.exit(2)


def targets_of(paths: tuple[Path, ...]) -> list[Target]:
    """Find the modules that the paths name; without one, all of the content folder."""
    return [
        target for path in paths or (content_folder() / "modules",) for target in find_targets(path)
    ]
