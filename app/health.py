"""Whether the process lives, and whether it can serve."""

from __future__ import annotations

import shutil
from pathlib import Path

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, jsonify, make_response

from app.access import policy
from app.database import write
from app.extensions import alembic, db

bp = Blueprint("health", __name__)
MINIMUM_FREE_BYTES = 200 * 1024 * 1024


@bp.get("/healthz")
@policy(public=True)
def healthz() -> Response:
    """Say that the process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
@policy(public=True)
def readyz() -> Response:
    """Say whether the database writes, migrations are at head and the disk has room."""
    checks = {"database": can_write(), "migrations": is_at_head(), "disk": has_room()}
    ready = all(checks.values())
    return make_response(jsonify(ready=ready, **checks), 200 if ready else 503)


def can_write() -> bool:
    """Try a write transaction that changes nothing."""
    try:
        write(
            lambda session: session.execute(sa.text("UPDATE setting SET value = value WHERE 1 = 0"))
        )
    except Exception:  # noqa: BLE001 - whatever it is, the answer is « not ready ».
        return False
    return True


def is_at_head() -> bool:
    """Tell whether every migration has been run."""
    try:
        # What it opens, it leaves open until its context ends.
        with current_app.app_context():
            return not alembic.needs_upgrade()
    except Exception:  # noqa: BLE001
        return False


def has_room() -> bool:
    """Tell whether the disk of the database (or of the program) has room left."""
    database = db.engine.url.database if db.engine.dialect.name == "sqlite" else None
    folder = Path(database).parent if database else Path(current_app.root_path)
    return shutil.disk_usage(folder).free > MINIMUM_FREE_BYTES
