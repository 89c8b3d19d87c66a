"""Where the modules stand on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.dialect.attributes import is_id

PARTS = ("banques", "media")


class NothingToReadError(Exception):
    """A path where no module can be found."""


@dataclass(frozen=True, slots=True)
class Target:
    """A module's folder, and the one file of it that was asked for, if one was."""

    folder: Path
    file: Path | None = None


def is_module_folder(folder: Path) -> bool:
    """Tell whether a folder holds a module, were it only a translation."""
    return folder.is_dir() and any(folder.glob("module*.md"))


def module_folders(folder: Path) -> list[Path]:
    """List the folders of modules in a folder, by name."""
    return sorted(path for path in folder.iterdir() if is_module_folder(path))


def find_folder(modules: Path, slug: str) -> Path | None:
    """Find a module's folder by its slug."""
    folder = modules / slug
    return folder if is_id(slug) and is_module_folder(folder) else None


def find_targets(path: Path) -> list[Target]:
    """Find what a path of the command line names: a module, a file of one, or a folder of them."""
    if path.is_file():
        folder = path.parent.parent if path.parent.name in PARTS else path.parent
        if not is_module_folder(folder):
            raise NothingToReadError(str(path))
        return [Target(folder, path)]
    if is_module_folder(path):
        return [Target(path)]
    targets = [Target(folder) for folder in module_folders(path)] if path.is_dir() else []
    if not targets:
        raise NothingToReadError(str(path))
    return targets
