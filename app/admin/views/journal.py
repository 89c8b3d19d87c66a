"""The journal: who did what, when."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, policy
from app.admin.queries.journal import PAGE_SIZE, list_entries
from app.admin.views.blueprint import bp
from app.admin.wording import action_names
from app.extensions import db
from app.input import MAXIMUM_ID, read_number


@bp.get("/journal")
@policy(Role.ADMINISTRATOR)
def journal() -> ResponseReturnValue:
    """List what was done, the latest first, of one kind or of all."""
    names = action_names()
    action = request.args.get("action", "")
    action = action if action in names else ""
    before = read_number("avant", MAXIMUM_ID)
    entries = list_entries(db.session, action=action, before=before)
    older = entries[PAGE_SIZE - 1].id if len(entries) > PAGE_SIZE else None
    return render_template(
        "admin/journal.html",
        entries=entries[:PAGE_SIZE],
        actions=sorted(names.items(), key=lambda item: item[1]),
        action=action,
        older_url=url_for(".journal", action=action or None, avant=older) if older else None,
        newest_url=url_for(".journal", action=action or None) if before else None,
    )
