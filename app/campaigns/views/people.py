"""One agent as HR follow-up sees them: what is asked, absences, equivalences."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.access import Role, current_agent, policy
from app.campaigns.absences import Span
from app.campaigns.forms.following import AbsenceForm
from app.campaigns.queries.absences import (
    Ending,
    foresee_ending,
    list_absences,
    list_changes,
    overlaps,
)
from app.campaigns.queries.people import (
    Person,
    find_person,
    list_asked,
    list_granted,
    search_people,
)
from app.campaigns.queries.reminding import list_told
from app.campaigns.services import absences
from app.campaigns.services.sights import note_sight
from app.campaigns.views.blueprint import bp, module_titles, scope, today
from app.campaigns.wording import say_told
from app.database import utc_now, write
from app.extensions import db
from app.i18n import gettext as _
from app.i18n import ngettext


@bp.get("/personnes")
@policy(Role.HR_FOLLOW_UP)
def people() -> ResponseReturnValue:
    """Find an agent of the viewer's subtrees by name or matricule."""
    text = request.args.get("q", "").strip()[:200]
    found = search_people(db.session, text, paths=scope()) if text else []
    if found:
        note(current_agent().unit_ids(Role.HR_FOLLOW_UP), count=len(found))
    return render_template("campaigns/people.html", text=text, people=found)


@bp.get("/personnes/<int:agent_id>")
@policy(Role.HR_FOLLOW_UP)
def person(agent_id: int) -> ResponseReturnValue:
    """Show what is asked of an agent, their absences and their equivalences."""
    found = get_person_or_404(agent_id)
    return show_person(found, AbsenceForm(today=today(), formdata=None))


def show_person(
    found: Person, form: AbsenceForm, *, moves: int | None = None, ending: Ending | None = None
) -> str:
    """Make the page of an agent; ``moves`` is what the absence of the form would do.

    ``ending`` is what cancelling one would do.
    """
    note((found.unit_id,), count=1)
    return render_template(
        "campaigns/person.html", person=found, form=form, moves=moves, ending=ending, today=today(),
        asked=list_asked(db.session, agent_id=found.id),
        absences=list_absences(db.session, agent_id=found.id),
        granted=list_granted(db.session, agent_id=found.id), titles=module_titles(),
        told=list_told(db.session, agent_id=found.id), say_told=say_told,
    )  # fmt: skip


@bp.post("/personnes/<int:agent_id>/absences")
@policy(Role.HR_FOLLOW_UP)
def enter_absence(agent_id: int) -> ResponseReturnValue:
    """Say what an absence would postpone, then keep it if its reader saw this very count."""
    found, form = get_person_or_404(agent_id), AbsenceForm(today=today())
    if not form.validate_on_submit():
        return show_person(found, form), 400
    span = form.read_span()
    if overlaps(db.session, agent_id=agent_id, span=span):
        return refuse_overlap(found, form)
    moves = len(list_changes(db.session, agent_ids=[agent_id], further=span))
    if request.form.get("action") != "confirm" or form.previewed.data != describe(span, moves):
        form.previewed.data = describe(span, moves)
        return show_person(found, form, moves=moves)
    try:
        moved = write(
            absences.enter, agent_id=agent_id, span=span, actor_id=current_agent().id,
            now=utc_now(),
        )  # fmt: skip
    except absences.OverlappingAbsence:
        return refuse_overlap(found, form)
    flash(
        ngettext(
            "L’absence est enregistrée : %(num)s échéance reportée.",
            "L’absence est enregistrée : %(num)s échéances reportées.",
            moved,
        ),
        "success",
    )
    return back_to(agent_id)


def refuse_overlap(found: Person, form: AbsenceForm) -> ResponseReturnValue:
    """Say that the agent is already away on some of the days, beside the first of them."""
    form.starts_on.errors = [_("Une absence est déjà saisie sur une partie de ces jours.")]
    return show_person(found, form), 400


@bp.post("/personnes/<int:agent_id>/absences/<int:absence_id>/annulation")
@policy(Role.HR_FOLLOW_UP)
def cancel_absence(agent_id: int, absence_id: int) -> ResponseReturnValue:
    """Say which dates would come back, then cancel the absence if its reader saw that."""
    found = get_person_or_404(agent_id)
    ending = foresee_ending(
        db.session, agent_id=agent_id, absence_id=absence_id, today=today()
    ) or abort(404)
    if request.form.get("seen") != ending.seen:
        return show_person(found, AbsenceForm(today=today(), formdata=None), ending=ending)
    try:
        moved = write(
            absences.cancel, agent_id=agent_id, absence_id=absence_id,
            actor_id=current_agent().id, now=utc_now(),
        )  # fmt: skip
    except absences.NoSuchAbsence:
        abort(404)
    flash(
        ngettext(
            "L’absence est annulée : %(num)s échéance est revenue à sa date.",
            "L’absence est annulée : %(num)s échéances sont revenues à leur date.",
            moved,
        ),
        "success",
    )
    return back_to(agent_id)


def describe(span: Span, moves: int) -> str:
    """Write what was shown, to compare with what is confirmed."""
    return f"{span.starts_on} {span.ends_on} {moves}"


def back_to(agent_id: int) -> Response:
    """Go back to the page of an agent."""
    return redirect(url_for("campaigns.person", agent_id=agent_id), 303)


def note(unit_ids: tuple[int, ...], *, count: int) -> None:
    """Journal the sight of names; committed before any name leaves."""
    write(
        note_sight, unit_ids=unit_ids, actor_id=current_agent().id,
        address=request.remote_addr or "", count=count,
    )  # fmt: skip


def get_person_or_404(agent_id: int) -> Person:
    """Find an agent of the viewer's subtrees; any other does not exist."""
    found = find_person(db.session, agent_id, paths=scope())
    if found is None:
        abort(404)
    return found
