"""The articles of law that the modules cite, and how sure each summary is."""

from __future__ import annotations

from itertools import groupby

from flask import render_template
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


@bp.get("/references")
@policy()
def references() -> ResponseReturnValue:
    """List the articles by code, each with the modules that cite it."""
    language = current_language()
    editions = [
        open_edition(db.session, offered.version_id, language)
        for offered in list_offered(db.session)
    ]
    known = list_references(db.session, language)
    codes = [(code, list(group)) for code, group in groupby(known, key=lambda one: one.code)]
    citing = {one.id: modules_citing(one, editions) for one in known}
    return render_template("catalogue/references.html", codes=codes, citing=citing)


def modules_citing(reference: Reference, editions: list[Edition]) -> list[Edition]:
    """List the modules that cite an article."""
    number = reference.title.removeprefix(reference.code).strip()
    key = article_key(reference.code, number)
    return [edition for edition in editions if key in edition.articles]
