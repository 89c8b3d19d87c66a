"""« Que faire si… », « Mes contacts déontologie » and the glossary, close at hand."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Corps, Role, current_agent, policy
from app.catalogue.editions import REFERENCE_LANGUAGE
from app.catalogue.glossaries import open_glossary
from app.catalogue.queries import find_page
from app.catalogue.wording import say_corps
from app.extensions import db
from app.home.views.blueprint import bp
from app.home.wording import say_contact
from app.i18n import current_language
from app.input import read_number
from app.people.models import CONTACT_KINDS
from app.people.queries.contacts import list_contacts


@bp.get("/que-faire-si")
@policy()
def what_to_do() -> ResponseReturnValue:
    """Show what to do in the situations that everyone meets."""
    page = find_page(db.session, "que-faire-si", current_language())
    may_publish = current_agent().has(Role.ADMINISTRATOR, Role.TRAINER)
    return render_template("home/what_to_do.html", page=page, may_publish=may_publish)


@bp.get("/glossaire")
@policy()
def glossary() -> ResponseReturnValue:
    """Show a page of the glossary in the reader's language, else in the reference language.

    ``terme`` asks for the page of a term, which may have gone since it was linked.
    """
    found = open_glossary(db.session, current_language())
    if not found.terms:
        found = open_glossary(db.session, REFERENCE_LANGUAGE)
    pages = max(1, len(found.pages))
    page = read_number("page", pages) or found.page_of(request.args.get("terme", ""))
    return render_template(
        "home/glossary.html",
        glossary=found,
        page=page,
        pages=pages,
        page_url=lambda number: url_for(".glossary", page=number),
        letters={
            term.letter: number for number, terms in enumerate(found.pages, 1) for term in terms
        },
        may_publish=current_agent().has(Role.ADMINISTRATOR, Role.TRAINER),
    )


@bp.get("/mes-contacts")
@policy()
def contacts() -> ResponseReturnValue:
    """Show whom an agent may turn to, in their corps or in the one asked for."""
    own = current_agent().corps
    asked = request.args.get("corps", "")
    corps = asked if asked in list(Corps) else own or Corps.PN
    known = list_contacts(db.session, corps=corps)
    entries = [
        {
            "label": say_corps(code),
            "url": url_for(".contacts", corps=code),
            "current": code == corps,
        }
        for code in Corps
    ]
    return render_template(
        "home/contacts.html",
        corps=say_corps(corps),
        is_own=corps == own,
        entries=entries,
        contacts=[(*say_contact(kind), known.get(kind)) for kind in CONTACT_KINDS],
    )
