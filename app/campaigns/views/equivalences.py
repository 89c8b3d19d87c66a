"""Grant an equivalence, once its reader has seen what it does."""

from __future__ import annotations

from flask import current_app, flash, render_template, request
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.campaigns.forms.following import EquivalenceForm
from app.campaigns.queries.people import Person, list_asked
from app.campaigns.views.blueprint import bp, module_titles
from app.campaigns.views.people import back_to, get_person_or_404, note
from app.database import utc_now, write
from app.extensions import db
from app.i18n import gettext as _
from app.learning.services import equivalences
from app.learning.services.completing import Equivalence


@bp.route("/personnes/<int:agent_id>/equivalences", methods=["GET", "POST"])
@policy(Role.HR_FOLLOW_UP)
def grant_equivalence(agent_id: int) -> ResponseReturnValue:
    """Ask for the module, the reason and the proof, show them again, then grant."""
    found, form = get_person_or_404(agent_id), EquivalenceForm()
    titles = module_titles()
    asked = list_asked(db.session, agent_id=agent_id)
    form.offer({row.enrolment_id: titles.get(row.slug, row.slug) for row in asked})
    if request.method == "GET":
        return show_form(found, form)
    if not form.validate_on_submit():
        return show_form(found, form), 400
    if request.form.get("action") != "confirm" or form.previewed.data != describe(form):
        form.previewed.data = describe(form)
        return show_form(found, form, confirming=True)
    problem = grant(agent_id, form)
    if problem:
        form.enrolment.errors = [problem]
        return show_form(found, form), 409
    flash(_("L’équivalence est accordée : la personne la voit dans son dossier."), "success")
    return back_to(agent_id)


def grant(agent_id: int, form: EquivalenceForm) -> str:
    """Grant the equivalence, or say why not."""
    granted = Equivalence(*form.read_grounds(), granted_by_id=current_agent().id)
    try:
        write(
            equivalences.grant, agent_id=agent_id, enrolment_id=form.enrolment.data,
            equivalence=granted, now=utc_now(),
            default_months=current_app.config["CERTIFICATE_VALIDITY_MONTHS"],
        )  # fmt: skip
    except equivalences.OwnEquivalence:
        return _("Nul ne s’accorde une équivalence : demandez-la à une autre personne.")
    except equivalences.AlreadyCompleted:
        return _("La personne a terminé ce module entre-temps.")
    except equivalences.QuizOpen:
        return _("La personne répond à l’évaluation en ce moment : attendez qu’elle ait remis ses"
                 " réponses.")  # fmt: skip
    return ""


def show_form(found: Person, form: EquivalenceForm, *, confirming: bool = False) -> str:
    """Make the page of an equivalence to grant."""
    note((found.unit_id,), count=1)
    return render_template(
        "campaigns/equivalence.html", person=found, form=form, confirming=confirming
    )


def describe(form: EquivalenceForm) -> str:
    """Write what was shown, to compare with what is confirmed."""
    return f"{form.enrolment.data} {form.reason.data} {form.proof.data}"
