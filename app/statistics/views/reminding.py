"""A supervisor, or HR follow-up, reminds one person of a unit, or all who are late there."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange, Optional

from app.access import Role, current_agent, policy
from app.campaigns.letters import write_asked
from app.campaigns.queries.reminding import list_recipients
from app.campaigns.services.reminding import remind as write_letters
from app.campaigns.weekly import map_titles
from app.database import utc_now, write
from app.days import day_of
from app.extensions import db
from app.form_words import Form
from app.i18n import gettext as _
from app.i18n import ngettext
from app.input import MAXIMUM_ID
from app.people.queries.units import find_unit
from app.statistics.views.blueprint import bp
from app.statistics.views.names import address


class RemindForm(Form):
    """Which unit, and which of its agents where it is one."""

    unit = IntegerField(validators=[InputRequired(), NumberRange(1, MAXIMUM_ID)])
    agent = IntegerField(validators=[Optional(), NumberRange(1, MAXIMUM_ID)])


@bp.post("/mes-equipes/rappels")
@policy(Role.SUPERVISOR)
def remind() -> ResponseReturnValue:
    """Remind people of a unit that the reader's role names."""
    form = read_form()
    if form.unit.data not in current_agent().unit_ids(Role.SUPERVISOR):
        abort(404)
    send(form, sender="supervisor")
    return redirect(url_for("statistics.teams"), 303)


@bp.post("/rh/suivi/rappels")
@policy(Role.HR_FOLLOW_UP)
def remind_late() -> ResponseReturnValue:
    """Remind people of a unit below those that the reader follows."""
    form, scope = read_form(), current_agent().paths(Role.HR_FOLLOW_UP)
    if find_unit(db.session, form.unit.data or 0, paths=scope) is None:
        abort(404)
    send(form, sender="hr")
    return redirect(address("statistics.follow_up", unite=form.unit.data or 0), 303)


def read_form() -> RemindForm:
    """Read who is to be reminded."""
    form = RemindForm()
    if not form.validate_on_submit():
        abort(400)
    return form


def send(form: RemindForm, *, sender: str) -> None:
    """Write the reminders; nobody gets more than one a week, nor while they are away."""
    now = utc_now()
    today = day_of(now)
    recipients = list_recipients(
        db.session, unit_id=form.unit.data or 0, today=today, now=now, agent_id=form.agent.data
    )
    titles = map_titles()
    letters = [write_asked(one, titles, sender, today=today, now=now) for one in recipients]
    written = write(
        write_letters, letters=letters, unit_id=form.unit.data or 0, actor_id=current_agent().id,
        today=today, now=now,
    )  # fmt: skip
    if written:
        flash(
            ngettext(
                "%(num)s rappel est écrit : il part au prochain envoi des courriels.",
                "%(num)s rappels sont écrits : ils partent au prochain envoi des courriels.",
                written,
            ),
            "success",
        )
    else:
        flash(_("Aucun rappel n’est écrit : une fois par semaine au plus, et pas pendant une"
                " absence."), "warning")  # fmt: skip
