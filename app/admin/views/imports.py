"""Directory files: choose one, and see those that came."""

from __future__ import annotations

from typing import BinaryIO, cast

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from app.access import Role, current_agent, policy
from app.admin.import_forms import FileForm
from app.admin.queries import imports as queries
from app.admin.views.blueprint import bp
from app.database import utc_now, write
from app.extensions import db
from app.people.directory.columns import Kind
from app.people.import_process import start_import
from app.people.services.imports import receiving


@bp.get("/imports")
@policy(Role.ADMINISTRATOR)
def imports() -> ResponseReturnValue:
    """List the imports, and offer to choose a file."""
    return show(FileForm())


@bp.post("/imports")
@policy(Role.ADMINISTRATOR, takes_file=True)
def receive_file() -> ResponseReturnValue:
    """Keep a file, and start reading it."""
    form = FileForm()
    if not form.validate_on_submit():
        return show(form), 400
    file = cast("FileStorage", form.file.data)
    import_id = write(
        receiving.receive, kind=Kind(form.kind.data), name=file.filename or "",
        file=cast("BinaryIO", file.stream), actor_id=current_agent().id, now=utc_now(),
    )  # fmt: skip
    start_import(import_id)
    return redirect(url_for(".show_import", import_id=import_id))


def show(form: FileForm) -> str:
    """Show the list under the form."""
    return render_template(
        "admin/imports.html", form=form, imports=queries.list_imports(db.session)
    )
