"""A new campaign: its form, what it would do, its launch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.campaigns import queries, services
from app.campaigns.forms import CampaignForm
from app.campaigns.queries import Preview
from app.campaigns.rules import Audience, Recurring, Term
from app.campaigns.views.blueprint import bp, scope, today
from app.campaigns.views.people import note
from app.campaigns.wording import between_windows, say_closed_window, say_launched
from app.catalogue.queries import list_offered, list_paths
from app.catalogue.rows import Path
from app.database import utc_now, write
from app.extensions import db
from app.i18n import current_language
from app.i18n import gettext as _
from app.people.queries import Unit, list_units


@bp.get("/nouvelle")
@policy(Role.HR_FOLLOW_UP)
def create() -> ResponseReturnValue:
    """Show the form of a campaign."""
    form, _paths, _units = make_form()
    return show_form(form)


@bp.post("/nouvelle")
@policy(Role.HR_FOLLOW_UP, typed="title")
def submit() -> ResponseReturnValue:
    """Show what the campaign would do, then launch it if its reader saw this very thing."""
    form, paths, units = make_form()
    if not form.validate_on_submit():
        return show_form(form)
    path_id, slugs = form.read_subject(paths)
    term, now = form.read_term(), utc_now()
    audience = form.read_audience(units[form.unit.data].path)
    preview = queries.preview(db.session, audience, term, slugs, today=today(), now=now)
    plan = read_plan(form, term, path_id, slugs)
    seen = describe(preview, plan)
    wanted = request.form.get("action") == "launch"
    if not wanted or form.previewed.data != seen:
        form.previewed.data = seen
        return show_form(form, preview=preview, moved=wanted, audience=audience)
    try:
        campaign_id, enrolled = write(
            services.launch, today=today(), now=now, created_by_id=current_agent().id,
            seen=preview, **plan,
        )  # fmt: skip
    except services.AlreadyLaunched as sent_twice:
        flash(_("Cette campagne est déjà lancée : la voici."), "info")
        return redirect(url_for("campaigns.show", campaign_id=sent_twice.campaign_id))
    except services.CountsMoved:
        return show_form(form, preview=preview, moved=True, audience=audience)
    flash(say_launched(preview, enrolled, term=term, today=today()), "success")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))


def make_form() -> tuple[CampaignForm, dict[int, Path], dict[int, Unit]]:
    """Make the form with what the viewer may choose."""
    unit_id = request.args.get("unite", type=int)
    units = list_units(db.session, paths=scope())
    paths = list_paths(db.session)
    form = CampaignForm(today=today())
    form.offer(
        list_offered(db.session), paths, units,
        queries.list_grades(db.session, paths=scope()),
        language=current_language(), unit_id=form.unit.data or unit_id,
    )  # fmt: skip
    if request.method == "GET":
        form.opens_on.data, form.term.data = today(), "delay"
        form.delay_days.data, form.unit.data = 90, unit_id
        form.recurrence.data = Recurring.ANNIVERSARY.value
    return form, {path.id: path for path in paths}, {unit.id: unit for unit in units}


def show_form(
    form: CampaignForm, *, preview: Preview | None = None, moved: bool = False,
    audience: Audience | None = None,
) -> ResponseReturnValue:  # fmt: skip
    """Show the form, with what the campaign would do once that is known."""
    status = 400 if form.errors else 200
    by_corps: list[tuple[str, int]] = []
    sample: list[str] = []
    closed_window = ""
    if audience is not None:
        by_corps = queries.count_by_corps(db.session, audience, today=today(), now=utc_now())
        sample = queries.list_sample(db.session, audience, today=today(), now=utc_now())
        note((form.unit.data,), count=len(sample))
        if between_windows(form.read_term(), today()):
            closed_window = say_closed_window()
    page = render_template(
        "campaigns/create.html", form=form, preview=preview, moved=moved, by_corps=by_corps,
        sample=sample, closed_window=closed_window,
    )  # fmt: skip
    return page, status


def describe(preview: Preview, plan: Mapping[str, Any]) -> str:
    """Write the counts shown, and of what, to compare with those of the launch."""
    told = {name: value for name, value in plan.items() if name not in {"title", "reason"}}
    asked = sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()[:16]
    counts = (preview.agents, preview.to_add, preview.to_date, preview.to_restore)
    return "-".join([*map(str, counts), asked])


def read_plan(
    form: CampaignForm, term: Term, path_id: int | None, slugs: list[str]
) -> dict[str, Any]:
    """Hand over what the form says of the campaign."""
    return {
        "title": (form.title.data or "").strip(),
        "reason": (form.reason.data or "").strip(),
        "path_id": path_id,
        "module_slugs": slugs,
        "unit_id": form.unit.data,
        "corps": form.corps.data or (),
        "grades": form.grades.data or (),
        "categories": form.categories.data or (),
        "roles": form.roles.data or (),
        "arrived_since": form.arrived_since.data,
        "recurrence": form.recurring,
        "every_months": form.months,
        "early_days": form.early,
        "window": term.window and (term.window.starts, term.window.ends, term.window.years),
        "opens_on": term.opens_on,
        "due_on": term.due_on,
        "delay_days": term.delay_days,
    }
