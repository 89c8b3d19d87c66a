"""Search the modules."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.access import current_agent, policy
from app.catalogue.glossaries import open_glossary
from app.catalogue.queries import list_offered
from app.catalogue.search import LONGEST_QUERY, read_query, search
from app.extensions import db
from app.home.views.blueprint import bp
from app.i18n import current_language
from app.learning.summaries import list_learning

MOST_TERMS = 3


@bp.get("/recherche", endpoint="search")
@policy()
def find() -> ResponseReturnValue:
    """List the steps of modules that have the words asked for, best first, after the terms."""
    agent, language = current_agent(), current_language()
    query = " ".join(request.args.get("q", "").split())[:LONGEST_QUERY]
    hits = search(db.session, query, agent.corps, language)
    return render_template(
        "home/search.html",
        query=query,
        hits=hits,
        glossary=(glossary := open_glossary(db.session, language)),
        terms=glossary.search(read_query(query))[:MOST_TERMS],
        readable=list_open(agent.id) if hits else set(),
    )


def list_open(agent_id: int) -> set[str]:
    """List the modules whose steps the agent may open: those that they read in the same version."""
    latest = {module.slug: module.number for module in list_offered(db.session)}
    return {
        row.slug
        for row in list_learning(db.session, agent_id, current_language())
        if row.is_latest and latest.get(row.slug) == row.version_number
    }
