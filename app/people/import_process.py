"""Starts a process of its own for an import: reading half a million rows is no work for a page."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

from flask import current_app

from app.database import utc_now, write
from app.people.services.imports import holding

ROOT = Path(__file__).parent.parent.parent
KINDNESS = 10
"""How far the process steps back behind those that answer officers."""


def start_import(import_id: int) -> None:
    """Start a process that works on an import; it outlives the request, and this process."""
    if not current_app.config["IMPORT_PROCESSES"]:
        return
    write(holding.expect, import_id=import_id, now=utc_now())
    names = ("DATABASE_URL", "SECRET_KEY", "LOG_LEVEL")
    environment = os.environ | {name: str(current_app.config[name]) for name in names}
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own command.
        [sys.executable, "-m", "flask", "--app", "app", "people", "import", "--resume",
         str(import_id)],
        cwd=ROOT, env=environment, start_new_session=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, preexec_fn=step_back,  # noqa: PLW1509
    )  # fmt: skip
    # Somebody must hear that it ended, or it stays in the system's list.
    threading.Thread(target=process.wait, daemon=True).start()


def step_back() -> None:
    """Let the processes that answer officers go first."""
    os.nice(KINDNESS)
