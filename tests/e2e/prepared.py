"""The demonstration's database, prepared once for all tests and copied for those that write."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.databases import QUIET, fold_log
from tests.servers import ROOT

COMMANDS = (("database", "upgrade"), ("content", "publish"), ("demo", "load"))


def prepare(folder: Path) -> Path:
    """Give the prepared database of this folder, made by whoever comes first."""
    path = folder / "demo.sqlite3"
    with (folder / "preparing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            making = folder / "making.sqlite3"
            for command in COMMANDS:
                run(making, *command)
            fold_log(making)
            making.rename(path)
    return path


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
