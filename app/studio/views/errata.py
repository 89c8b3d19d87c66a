"""An erratum before and after it is applied: whom it helps, counted, and the act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import current_agent, policy
from app.catalogue.queries import find_latest
from app.extensions import db
from app.i18n import current_language
from app.i18n import gettext as _
from app.learning.errata import apply_erratum
from app.learning.queries.corrections import Effect, measure_effect
from app.learning.queries.errata import ErratumRow, find_erratum, list_unapplied
from app.learning.services.planning import Plan, plan_erratum
from app.studio.queries import Published
from app.studio.tasks import Task, TaskKind
from app.studio.views.blueprint import ROOM, bp
from app.studio.views.impact import foresee, may_tell, tell

SECONDS = 4
"""How long one request goes on correcting attempts."""


@bp.get("/modules/<slug>/erratum")
@policy(*ROOM)
def erratum(slug: str) -> ResponseReturnValue:
    """Say whom the last erratum of a module helps, or has helped."""
    return show_erratum(slug)


def show_erratum(slug: str, *, has_changed: bool = False) -> ResponseReturnValue:
    """Make the page; ``has_changed`` says that the counts are no longer those shown before."""
    version, found = find_latest(db.session, slug), find_erratum(db.session, slug)
    if version is None:
        abort(404)
    plan = plan_erratum(db.session, version_id=found.version_id) if found else None
    effect = count_effect(found, plan) if found and plan else None
    return render_template(
        "studio/erratum.html",
        slug=slug,
        title=version.title(current_language()),
        erratum=found,
        plan=plan,
        corrected=plan.titles(current_language()) if plan else (),
        told=tell(effect),
        counts=counts_of(effect) if effect else "",
        has_changed=has_changed,
    ), 409 if has_changed else 200


def count_effect(found: ErratumRow, plan: Plan) -> Effect | None:
    """Count what an erratum did, or would do; None where there is too much to mark again."""
    if found.applied_at is not None:
        return measure_effect(db.session, version_id=found.version_id)
    return foresee(plan)


def counts_of(effect: Effect) -> str:
    """Write what the page shows, for the act to be about the same."""
    told = (effect.attempts, effect.raised, effect.lowered) if may_tell(effect) else (effect.asked,)
    return " ".join(map(str, told))


@bp.post("/modules/<slug>/erratum")
@policy(*ROOM)
def apply(slug: str) -> ResponseReturnValue:
    """Apply the last erratum of a module, or go on; the counts must be those that were shown."""
    found = find_erratum(db.session, slug)
    if found is None:
        return show_erratum(slug)
    if found.applied_at is None:
        plan = plan_erratum(db.session, version_id=found.version_id)
        effect = count_effect(found, plan)
        if effect is None or request.form.get("comptes") != counts_of(effect):
            return show_erratum(slug, has_changed=True)
    is_done = apply_erratum(
        version_id=found.version_id,
        actor_id=current_agent().id,
        default_months=current_app.config["CERTIFICATE_VALIDITY_MONTHS"],
        address=request.remote_addr or "",
        seconds=SECONDS,
    )
    if is_done:
        flash(
            _("L’erratum est appliqué. Les agents concernés l’apprennent à l’accueil."), "success"
        )
    return redirect(url_for(".erratum", slug=slug), 303)


def tasks_of_errata(latest: Sequence[Published]) -> Iterator[Task]:
    """List the errata that were published, and that nobody has applied yet."""
    waiting = list_unapplied(db.session)
    for one in latest:
        if one.slug not in waiting:
            continue
        if plan_erratum(db.session, version_id=waiting[one.slug]).corrections:
            what = _("erratum publié, pas encore appliqué aux tentatives passées : voyez son effet")
            page = url_for("studio.erratum", slug=one.slug)
            yield Task(TaskKind.ERRATUM, one.title(current_language()), what, page)
