"""The list of campaigns, and the page of one."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.campaigns import queries, services
from app.campaigns.queries import CampaignFacts
from app.campaigns.views.blueprint import bp, module_titles, scope, today
from app.campaigns.wording import (
    between_windows,
    say_audience,
    say_closed_window,
    say_enrolled,
    say_recurrence,
    say_state,
    say_term,
)
from app.database import utc_now, write
from app.extensions import db
from app.i18n import gettext as _


@bp.get("")
@policy(Role.HR_FOLLOW_UP)
def index() -> ResponseReturnValue:
    """List the campaigns of the subtrees that the viewer follows."""
    campaigns = queries.list_campaigns(db.session, paths=scope())
    return render_template(
        "campaigns/index.html", campaigns=campaigns, say_term=say_term, today=today(),
        say_state=say_state,
    )  # fmt: skip


@bp.get("/<int:campaign_id>")
@policy(Role.HR_FOLLOW_UP)
def show(campaign_id: int) -> ResponseReturnValue:
    """Show a campaign: whom it concerns, how far they are, whom it has still to enrol."""
    return show_campaign(get_or_404(campaign_id))


def show_campaign(campaign: CampaignFacts, *, closing: bool = False) -> str:
    """Make the page of a campaign; ``closing`` says first what closing it would do."""
    now, preview = utc_now(), None
    if campaign.state(today()) == "open":
        preview = queries.preview(
            db.session, campaign.audience, campaign.term, campaign.module_slugs,
            today=today(), now=now,
        )  # fmt: skip
    return render_template(
        "campaigns/show.html", campaign=campaign, preview=preview, titles=module_titles(),
        progress=queries.list_progress(db.session, campaign.id, today=today(), now=now),
        audience=say_audience(campaign.audience), term=say_term(campaign.term),
        recurrence=say_recurrence(campaign.term, campaign.validity_months),
        state=say_state(campaign.state(today())), most=services.MOST_AT_ONCE,
        closing=closing,
        closed_window=say_closed_window() if between_windows(campaign.term, today()) else "",
    )  # fmt: skip


@bp.post("/<int:campaign_id>/inscriptions")
@policy(Role.HR_FOLLOW_UP)
def enrol(campaign_id: int) -> ResponseReturnValue:
    """Enrol those whom the campaign concerns and who are not enrolled yet.

    A large audience is left to the run of the night, in batches: no request holds others up.
    """
    campaign = get_or_404(campaign_id)
    if campaign.state(today()) == "open" and is_large(campaign):
        flash(_("Cette campagne est grande : les inscriptions se font cette nuit, rien n’est fait"
                " d’ici là."), "info")  # fmt: skip
        return redirect(url_for("campaigns.show", campaign_id=campaign_id))
    try:
        enrolled = write(
            services.enrol, campaign_id, today=today(), now=utc_now(), actor_id=current_agent().id
        )
    except services.CampaignClosed:
        flash(_("Cette campagne est close : elle n’inscrit plus personne."), "warning")
    else:
        flash(say_enrolled(enrolled, term=campaign.term, today=today()), "success")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))


@bp.post("/<int:campaign_id>/cloture")
@policy(Role.HR_FOLLOW_UP)
def close(campaign_id: int) -> ResponseReturnValue:
    """Say what closing a campaign does, then close it; what is owed stays owed."""
    campaign = get_or_404(campaign_id)
    if request.form.get("action") != "confirm" and campaign.closed_at is None:
        return show_campaign(campaign, closing=True)
    write(services.close, campaign_id, now=utc_now(), actor_id=current_agent().id)
    flash(_("La campagne est close. Ce qui était demandé le reste."), "success")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))


def is_large(campaign: CampaignFacts) -> bool:
    """Tell whether a campaign concerns more people than a page enrols."""
    agents = queries.count_audience(db.session, campaign.audience, today=today(), now=utc_now())
    return agents > services.MOST_AT_ONCE


def get_or_404(campaign_id: int) -> CampaignFacts:
    """Find a campaign of the viewer's subtrees; any other does not exist."""
    campaign = queries.find_campaign(db.session, campaign_id, paths=scope())
    if campaign is None:
        abort(404)
    return campaign
