"""The articles of law that the modules cite, and how sure each summary is."""

from __future__ import annotations

from itertools import groupby

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import policy
from app.catalogue.editions import Edition
from app.catalogue.library import open_edition
from app.catalogue.queries import list_offered, list_references
from app.catalogue.rows import Reference
from app.catalogue.views.blueprint import bp
from app.dialect.context import article_key
from app.extensions import db
from app.i18n import current_language
from app.input import read_number

PAGE_SIZE = 28
LAST_PAGE = 1000


@bp.get("/references")
@policy()
def references() -> ResponseReturnValue:
    """List the articles by code, each with the modules that cite it; or those of one module."""
    language = current_language()
    editions = [
        open_edition(db.session, offered.version_id, language)
        for offered in list_offered(db.session)
    ]
    only = find_edition(editions, request.args.get("module", ""))
    known = list_references(db.session, language)
    citing = {one.id: modules_citing(one, editions) for one in known}
    listed = [one for one in known if only is None or only in citing[one.id]]
    page, pages = read_number("page", LAST_PAGE) or 1, max(1, -(-len(listed) // PAGE_SIZE))
    if page > pages:
        abort(404)
    shown = listed[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return render_template(
        "catalogue/references.html", only=only, citing=citing, count=len(listed),
        codes=[(code, list(group)) for code, group in groupby(shown, key=lambda one: one.code)],
        page=page, pages=pages,
        page_url=lambda number: url_for(".references", module=only and only.slug, page=number),
    )  # fmt: skip


def find_edition(editions: list[Edition], slug: str) -> Edition | None:
    """Find the module whose articles are asked for; one that does not exist is no such page."""
    found = next((edition for edition in editions if edition.slug == slug), None)
    if slug and found is None:
        abort(404)
    return found


def modules_citing(reference: Reference, editions: list[Edition]) -> list[Edition]:
    """List the modules that cite an article."""
    number = reference.title.removeprefix(reference.code).strip()
    key = article_key(reference.code, number)
    return [edition for edition in editions if key in edition.articles]
