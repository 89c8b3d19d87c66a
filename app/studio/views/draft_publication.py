"""Publish a reviewed draft, saying first what that changes and for whom."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.catalogue.differences import required_kind
from app.catalogue.publishing import PublicationError
from app.catalogue.wording import say_refusal
from app.database import utc_now, write
from app.extensions import db
from app.i18n import gettext as _
from app.studio.draft_reading import content_of
from app.studio.forms import FollowForm, PublicationForm
from app.studio.queries import list_history
from app.studio.queries.drafts import DraftRow, list_authors
from app.studio.readings import ReadApart
from app.studio.services.drafts import DraftClosed
from app.studio.services.publication import (
    NotApproved,
    PublishedMeanwhile,
    follow,
    publish_draft,
)
from app.studio.services.reviewing import DraftChanged, OwnText
from app.studio.views.blueprint import bp
from app.studio.views.changes import say_changes
from app.studio.views.draft_parts import find_approval_row, get_draft_row, read
from app.studio.views.impact import differences_since, find_impact, next_page
from app.studio.wording import say_review_refusal

REFUSALS = (OwnText, DraftChanged, DraftClosed, NotApproved, PublishedMeanwhile)


@bp.route("/brouillons/<int:draft_id>/publication", methods=["GET", "POST"])
@policy(Role.REVIEWER)
def publish_written(draft_id: int) -> ResponseReturnValue:
    """Say what publishing an approved draft would change and for whom, then do it."""
    draft = get_draft_row(draft_id)
    content = content_of(db.session, draft_id, draft.slug)
    if refusal := refuse(draft, content.sha256):
        flash(say_review_refusal(refusal), "warning")
        if notes := request.form.get("notes", "").strip():
            flash(_("Votre phrase n’a pas été enregistrée : « %(text)s »", text=notes), "info")
        return redirect(url_for("studio.draft_work", draft_id=draft_id))
    found, history = read(content), list_history(db.session, draft.slug)
    latest = history[0] if history else None
    differences = differences_since(latest, found.reading.modules)
    form = PublicationForm(
        is_first=latest is None,
        data={"kind": required_kind(differences).value, "sha256": content.sha256},
    )
    if form.validate_on_submit() and (kind := do_publish(draft, found, form)):
        return redirect(next_page(draft.slug, kind))
    page = render_template(
        "studio/draft_publication.html",
        draft=draft,
        form=form,
        latest=latest,
        number=(latest.number if latest else 0) + 1,
        sentences=say_changes(differences),
        impact=find_impact(draft.slug, found.reading.modules, differences),
    )
    return page, 422 if form.errors else 200


def refuse(draft: DraftRow, sha256: str) -> Exception | None:
    """Tell why the page of a publication is not for this draft, or not for who asks."""
    if current_agent().id in list_authors(db.session, draft.id):
        return OwnText()
    return None if find_approval_row(draft, sha256) else NotApproved()


@bp.post("/brouillons/<int:draft_id>/suite")
@policy(Role.TRAINER)
def follow_latest(draft_id: int) -> ResponseReturnValue:
    """Compare the draft with the latest publication from now on."""
    get_draft_row(draft_id)
    form = FollowForm()
    if form.validate_on_submit():
        try:
            write(
                follow, draft_id, version_id=form.version, agent_id=current_agent().id,
                now=utc_now(),
            )  # fmt: skip
            flash(_("Le brouillon suit maintenant la dernière version publiée ; il est à relire."),
                  "success")  # fmt: skip
        except (DraftChanged, DraftClosed) as refusal:
            flash(say_review_refusal(refusal), "warning")
    return redirect(url_for("studio.draft_work", draft_id=draft_id))


def do_publish(draft: DraftRow, found: ReadApart, form: PublicationForm) -> str:
    """Publish what the reviewer saw; give the kind that it has, or say why not in the form."""
    if form.sha256.data != found.reading.sha256:
        form.form_errors.append(say_review_refusal(DraftChanged()))
        return ""
    try:
        done = write(
            publish_draft, draft.id, found.reading, agent_id=current_agent().id,
            kind=form.stated, notes=(form.notes.data or "").strip(), now=utc_now(),
            address=request.remote_addr or "",
        )  # fmt: skip
    except PublicationError as error:
        form.form_errors.append(say_refusal(error))
        return ""
    except REFUSALS as refusal:
        form.form_errors.append(say_review_refusal(refusal))
        return ""
    flash(_("La version %(number)s est publiée.", number=done.number), "success")
    return done.kind
