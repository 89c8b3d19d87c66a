"""Publish a module's files."""

from __future__ import annotations

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.catalogue.content import publish_reading
from app.catalogue.differences import required_kind
from app.catalogue.publishing import NewerStudioWork, PublicationError
from app.catalogue.wording import say_refusal
from app.extensions import db
from app.i18n import gettext as _
from app.studio.forms import PublicationForm
from app.studio.module_files import FileState, ModuleFiles
from app.studio.queries import Published, list_history
from app.studio.views.blueprint import bp, get_module_files
from app.studio.views.changes import say_changes
from app.studio.views.impact import differences_since, find_impact, next_page


@bp.route("/modules/<slug>/publication", methods=["GET", "POST"])
@policy(Role.TRAINER)
def publish(slug: str) -> ResponseReturnValue:
    """Say what publishing would change, then do it."""
    files = get_module_files(slug)
    history = list_history(db.session, slug)
    latest = history[0] if history else None
    if files.state(latest.sha256 if latest else None) not in {FileState.CHANGED, FileState.NEW}:
        return redirect(url_for("studio.module", slug=slug))
    differences = differences_since(latest, files.reading.modules)
    is_over = latest is not None and latest.is_from_studio
    # What a second person reviewed is not replaced by one who may not review.
    may_publish = not is_over or current_agent().has(Role.REVIEWER)
    form = PublicationForm(
        is_first=latest is None,
        is_over=is_over,
        data={"kind": required_kind(differences).value, "sha256": files.reading.sha256},
    )
    if may_publish and form.validate_on_submit() and (kind := publish_files(files, form, latest)):
        return redirect(next_page(slug, kind))
    form.sha256.data = files.reading.sha256  # What the page now shows is what may be published.
    return render_template(
        "studio/publication.html",
        module_files=files,
        form=form,
        latest=latest,
        may_publish=may_publish,
        number=(latest.number if latest else 0) + 1,
        sentences=say_changes(differences),
        impact=find_impact(slug, files.reading.modules, differences),
    ), 422 if form.errors else 200 if may_publish or not form.is_submitted() else 409


def publish_files(files: ModuleFiles, form: PublicationForm, latest: Published | None) -> str:
    """Publish what the author saw; give the kind that it has, or say why not in the form."""
    media = files.read_all_media()
    if form.sha256.data != files.reading.sha256 or media is None:
        form.form_errors.append(
            _("Les fichiers ont changé depuis l’affichage de cette page. Relisez ce qui change.")
        )
        return ""
    try:
        done = publish_reading(
            replace(files.reading, media=media),
            author_id=current_agent().id,
            notes=(form.notes.data or "").strip(),
            kind=form.stated,
            address=request.remote_addr or "",
            over=latest.number if latest and form.over and form.over.data else None,
        )
    except PublicationError as error:
        if isinstance(error, NewerStudioWork) and form.over:
            form.over.errors = [*form.over.errors, say_refusal(error)]
        elif form.kind:
            form.kind.errors = [*form.kind.errors, say_refusal(error)]
        else:
            form.form_errors.append(say_refusal(error))
        return ""
    flash(_("La version %(number)s est publiée.", number=done.number), "success")
    return done.kind
