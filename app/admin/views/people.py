"""The list of people."""

from __future__ import annotations

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, policy
from app.admin.queries import people as queries
from app.admin.views.blueprint import bp
from app.extensions import db
from app.input import read_number

LONGEST_SEARCH = 200
LAST_PAGE = 100_000


@bp.get("/personnes")
@policy(Role.ADMINISTRATOR)
def people() -> ResponseReturnValue:
    """List people, or search them by name or matricule."""
    text = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    page = read_number("page", LAST_PAGE) or 1
    count = queries.count_people(db.session, text=text)
    pages = max(1, -(-count // queries.PAGE_SIZE))
    if page > pages:
        abort(404)

    def page_url(number: int) -> str:
        return url_for(".people", q=text or None, page=number)

    return render_template(
        "admin/people.html",
        people=queries.list_people(db.session, text=text, page=page),
        text=text,
        count=count,
        page=page,
        pages=pages,
        page_url=page_url,
    )
