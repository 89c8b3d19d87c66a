"""What first attempts say of the questions of a version."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import policy
from app.catalogue.library import load
from app.catalogue.queries import find_version
from app.catalogue.rows import Version
from app.extensions import db
from app.i18n import current_language, show_number
from app.i18n import gettext as _
from app.input import read_number
from app.learning.analysing import analyse_version, smallest_group
from app.learning.item_figures import LEAST_ATTEMPTS
from app.learning.queries.analyses import count_first, find_analysis
from app.learning.services.analyses import read_items
from app.studio.analysed import AnalysedItem, analyse_items, analyse_stories
from app.studio.views.blueprint import ROOM, bp
from app.studio.wording_analysed import say_findings

MOST_ATTEMPTS = 5_000
"""First attempts that a request reads; beyond, the night does it."""
A_PAGE = 10
LAST_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the picture: a question and its facility."""

    label: str
    percent: float
    shown: str


@bp.get("/modules/<slug>/analyse/<int:number>")
@policy(*ROOM)
def analysis(slug: str, number: int) -> ResponseReturnValue:
    """Show the questions or the dilemmas of a version as last computed; no attempt is read."""
    version, least = get_version(slug, number), smallest_group()
    kept = find_analysis(db.session, version_id=version.id)
    module = load(db.session, version.id, current_language())
    items = analyse_items(module, read_items(kept), least=least) if kept else []
    page, pages = read_number("page", LAST_PAGE) or 1, max(1, -(-len(items) // A_PAGE))
    if page > pages:
        abort(404)
    shown = items[(page - 1) * A_PAGE : page * A_PAGE]
    return render_template(
        "studio/analysis.html",
        version=version,
        title=version.title(current_language()),
        language=module.language,
        kept=kept,
        view="dilemmes" if request.args.get("vue") == "dilemmes" else "questions",
        items=shown,
        total=len(items),
        weak=sum(bool(one.findings) for one in items),
        bars=[bar_of(one) for one in shown if one.facility is not None],
        stories=list(analyse_stories(module, kept.stories, least=least)) if kept else [],
        page=page,
        pages=pages,
        page_url=lambda one: url_for(".analysis", slug=slug, number=number, page=one),
        say_findings=say_findings,
        least=least,
        least_attempts=LEAST_ATTEMPTS,
    )


def get_version(slug: str, number: int) -> Version:
    """Find a version, or answer 404."""
    version = find_version(db.session, slug, number)
    if version is None:
        abort(404)
    return version


def bar_of(item: AnalysedItem) -> Bar:
    """Draw how easy a question is."""
    percent = 100 * (item.facility or 0)
    return Bar(item.title, percent, _("%(rate)s %%", rate=show_number(percent)))


@bp.post("/modules/<slug>/analyse/<int:number>")
@policy(*ROOM)
def analyse(slug: str, number: int) -> ResponseReturnValue:
    """Compute the analysis of a version now, where it is not too much for a page."""
    version = get_version(slug, number)
    if count_first(db.session, version_id=version.id) > MOST_ATTEMPTS:
        flash(
            _("Cette version a trop de tentatives pour une page : elle est analysée chaque nuit.")
        )
    elif analyse_version(version.id):
        flash(_("L’analyse est à jour."), "success")
    else:
        least = smallest_group()
        said = _(
            "Rien de plus à montrer : il faut au moins %(least)s premières tentatives de plus.",
            least=least,
        )
        flash(said)
    return redirect(url_for(".analysis", slug=slug, number=number), 303)
