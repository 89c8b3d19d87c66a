"""The modules that a command is about."""

from __future__ import annotations

import os
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.catalogue.content import context_of
from app.catalogue.folders import Target, find_targets
from app.dialect.context import Context

content = AppGroup("content", help="Check and publish the modules.")
PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))


def content_folder() -> Path:
    """Return the content folder, as a relative path where it stands below this one."""
    folder = Path(current_app.config["CONTENT_DIR"])
    relative = os.path.relpath(folder)
    return folder if relative.startswith("..") else Path(relative)


def current_context() -> Context:
    """Read what the modules are checked against."""
    return context_of(content_folder(), current_app.config["PASS_MARK"])


def targets_of(paths: tuple[Path, ...]) -> list[Target]:
    """Find the modules that the paths name; without one, all of the content folder."""
    return [
        target for path in paths or (content_folder() / "modules",) for target in find_targets(path)
    ]
