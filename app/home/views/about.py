"""What every site of the State says about itself."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from app.access import find_current_agent, policy
from app.extensions import db
from app.home.views.blueprint import bp
from app.home.wording import list_rooms
from app.people.settings import TextKey, list_settings


@bp.get("/plan-du-site")
@policy(public=True)
def site_map() -> ResponseReturnValue:
    """List the pages that this reader may open."""
    agent = find_current_agent()
    return render_template(
        "home/site_map.html", agent=agent, rooms=list_rooms(agent) if agent else []
    )


@bp.get("/accessibilite")
@policy(public=True)
def accessibility() -> ResponseReturnValue:
    """State how accessible the site is, and to whom to write."""
    return render_template("home/accessibility.html", **site_words())


@bp.get("/mentions-legales")
@policy(public=True)
def legal() -> ResponseReturnValue:
    """Say who publishes the site."""
    return render_template("home/legal.html", **site_words())


@bp.get("/donnees-personnelles")
@policy(public=True)
def personal_data() -> ResponseReturnValue:
    """Say what is kept about people, for how long, and who sees what."""
    return render_template("home/personal_data.html", **site_words())


def site_words() -> dict[str, Any]:
    """Give the settings by their key; a silent organisation has the configuration's name."""
    settings = list_settings(db.session)
    organisation = settings[TextKey.ORGANISATION] or current_app.config["ORGANISATION"]
    return {
        **{str(key): value for key, value in settings.items()},
        "organisation": organisation,
        "public_url": current_app.config["PUBLIC_URL"],
    }
