"""The catalogue and the page of a module."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from app.access import current_agent, policy
from app.catalogue import queries
from app.catalogue.editions import Edition
from app.catalogue.library import open_edition
from app.catalogue.notice import arrange, is_review_due, read_day
from app.catalogue.rows import Offered
from app.catalogue.states import states_of
from app.catalogue.views.blueprint import bp
from app.catalogue.wording import say_corps, say_source_status
from app.database import utc_now
from app.days import day_of
from app.dialect.compiled import CORPS
from app.extensions import db
from app.i18n import current_language, show_date
from app.i18n import gettext as _


@bp.get("/modules")
@policy()
def index() -> ResponseReturnValue:
    """Show the modules: the reader's paths, those of their corps, the others."""
    agent = current_agent()
    shelves = arrange(
        queries.list_offered(db.session),
        queries.list_paths(db.session),
        states_of(db.session, agent.id),
        corps=agent.corps,
        category=agent.category,
        language=current_language(),
    )
    return render_template(
        "catalogue/index.html", shelves=shelves, corps_name=say_corps(agent.corps)
    )


@bp.get("/modules/<slug>")
@policy()
def module(slug: str) -> ResponseReturnValue:
    """Present a module: what it is for, its steps, how sure its references are."""
    agent = current_agent()
    offered = queries.find_offered(db.session, slug)
    if offered is None:
        abort(404)
    edition = open_edition(db.session, offered.version_id, current_language())
    return render_template(
        "catalogue/module.html",
        offered=offered,
        edition=edition,
        summary=offered.summary(edition.language),
        steps=edition.module.steps_for(agent.corps),
        facts=list_facts(edition),
        prerequisites=list_prerequisites(edition),
        review_due=is_review_due(edition.module, day_of(utc_now())),
        state=states_of(db.session, agent.id).get(offered.module_id),
    )


def list_facts(edition: Edition) -> list[tuple[str, str | None]]:
    """List what is known of a module, in words."""
    told = edition.module
    skills = queries.list_labels(db.session, current_language())
    audience = [say_corps(corps) for corps in told.audience]
    return [
        (_("Public"), _("Tous les corps") if len(audience) == len(CORPS) else ", ".join(audience)),
        (_("Compétences"), ", ".join(skills.get(one, one) for one in told.skills) or None),
        (_("Niveau"), told.level or None),
        (_("Vérifié le"), show_date(read_day(told.reviewed_on)) or None),
        (_("Prochaine relecture"), show_date(read_day(told.review_on)) or None),
        (_("Sources"), say_source_status(told.source_status)),
        (_("Écrit par"), told.authors or None),
        (
            _("Version"),
            _(
                "%(number)s, publiée le %(day)s",
                number=edition.number, day=show_date(edition.published_at),
            ),
        ),
    ]  # fmt: skip


def list_prerequisites(edition: Edition) -> list[Offered]:
    """List the modules recommended before this one, in its order."""
    wanted = edition.module.prerequisites
    offered = {one.slug: one for one in queries.list_offered(db.session)} if wanted else {}
    return [offered[slug] for slug in wanted if slug in offered]
