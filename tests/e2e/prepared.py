"""The demonstration's database, prepared once for all tests and copied for those that write."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.databases import QUIET, fold_log
from tests.e2e.cast import set_the_stage
from tests.e2e.record import Record
from tests.servers import ROOT

COMMANDS = (("database", "upgrade"), ("demo", "load"))


def prepare(folder: Path) -> Path:
    """Give the prepared database of this folder, made by whoever comes first."""
    return make_once(folder / "demo.sqlite3", load)


def prepare_pages(folder: Path) -> Path:
    """Give the database in which every page has something to show."""
    demo = prepare(folder)

    def fill(making: Path) -> None:
        shutil.copyfile(demo, making)
        record = Record(making)
        set_the_stage(record)
        record.close()

    return make_once(folder / "pages.sqlite3", fill)


def make_once(path: Path, make: Callable[[Path], None]) -> Path:
    """Make a database unless another process of this run has made it."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            making = path.with_name(f"making-{path.name}")
            make(making)
            fold_log(making)
            making.rename(path)
    return path


def load(database: Path) -> None:
    """Load the demonstration by the commands of an operator."""
    for command in COMMANDS:
        run(database, *command)


def run(database: Path, *command: str) -> str:
    """Run one of our commands on a database, as an operator does; return what it printed."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "SECRET_KEY": str(QUIET["SECRET_KEY"]),
        "DEMO": "true",
        "LOG_LEVEL": "ERROR",
    }
    flask = [sys.executable, "-m", "flask", "--app", "app", *command]
    done = subprocess.run(
        flask, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
    return done.stdout


def copy(prepared: Path, folder: Path) -> Path:
    """Copy the prepared database for a test of its own."""
    path = folder / "own.sqlite3"
    shutil.copyfile(prepared, path)
    return path
