"""Drafts: the list, a new module, a publication opened, one draft with its texts.

Addresses that scripts rely on, under ``/formateur/brouillons/<draft_id>``. Each takes JSON and the
header ``X-CSRFToken``, and says why not as ``{"error", "message"?, "url"?}``:

===== ==================== ========================================================================
PUT   ``/fichiers/<path>`` ``{text, base, page}``: save a text written on revision ``base``;
                           ``page`` is an opaque mark of the tab, of 40 characters at most.
                           200 ``{revision, saved_at, shown}``; 409 ``conflict`` (kept aside:
                           ``url`` shows both) or ``closed``; 422 ``text``
POST  ``/verifier``        ``{path?, text?}``: 200 ``{problems, errors, warnings, room}``, the
                           problems as ``content check --format json`` writes them, paths in the
                           module; ``room`` says how near the text is to what fits, or nothing
POST  ``/apercu``          ``{path?, text?, page?, corps?, langue?}``: 200, the page as HTML;
                           422 ``errors`` where nothing can be shown
===== ==================== ========================================================================

Any of them answers 503 ``preview_busy``, with ``Retry-After``, while the sandbox has no time.
"""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.catalogue.queries import find_version
from app.database import utc_now, write
from app.extensions import db
from app.i18n import current_language
from app.i18n import gettext as _
from app.studio.beginnings import first_texts, text_of
from app.studio.draft_reading import content_of
from app.studio.forms import NewModuleForm, NewTextForm
from app.studio.queries import list_latest
from app.studio.queries.drafts import list_open_drafts, list_withdrawn_drafts
from app.studio.services.drafts import (
    DraftClosed,
    DraftExists,
    MediaUnknown,
    SlugTaken,
    begin,
    open_version,
)
from app.studio.services.saving import FileExists, add_text, save_text
from app.studio.views.blueprint import ROOM, bp
from app.studio.views.draft_page import show_draft
from app.studio.views.draft_parts import get_draft_row, get_text
from app.studio.views.tasks import tasks_of_drafts
from app.studio.wording import say_state


@bp.get("/brouillons")
@policy(*ROOM)
def drafts() -> ResponseReturnValue:
    """List what waits for the agent, then the open drafts, then those that were given up."""
    titles = {one.slug: one.title(current_language()) for one in list_latest(db.session)}
    opened = list_open_drafts(db.session)
    return render_template(
        "studio/drafts.html",
        drafts=opened,
        withdrawn=list_withdrawn_drafts(db.session),
        tasks=tasks_of_drafts(opened, titles),
        titles=titles,
        say_state=say_state,
        may_write=current_agent().has(Role.TRAINER),
    )


@bp.route("/brouillons/nouveau", methods=["GET", "POST"])
@policy(Role.TRAINER)
def new_draft() -> ResponseReturnValue:
    """Begin a module that does not exist yet, from the template."""
    form = NewModuleForm()
    if form.validate_on_submit():
        slug, texts = form.slug.data or "", first_texts(form.languages)
        try:
            draft_id = write(begin, slug, texts, agent_id=current_agent().id, now=utc_now())
        except SlugTaken:
            form.refuse(_("Un module publié porte déjà ce nom : ouvrez-le depuis sa page."))
        except DraftExists as known:
            flash(_("Ce module a déjà un brouillon : le voici."), "info")
            return redirect(url_for("studio.draft_work", draft_id=known.draft_id))
        else:
            return redirect(url_for("studio.draft_work", draft_id=draft_id))
    return render_template("studio/new_draft.html", form=form), 422 if form.errors else 200


@bp.post("/modules/<slug>/versions/<int:number>/brouillon")
@policy(Role.TRAINER)
def open_draft(slug: str, number: int) -> ResponseReturnValue:
    """Open a publication as a draft: the latest to go on from, an older one to come back to."""
    version = find_version(db.session, slug, number) or abort(404)
    try:
        draft_id = write(open_version, version.id, agent_id=current_agent().id, now=utc_now())
    except DraftExists as known:
        draft_id = known.draft_id
        flash(_("Ce module a déjà un brouillon : le voici."), "info")
    except MediaUnknown:
        flash(_("Cette version est trop ancienne pour être ouverte avec ses médias : publiez-la à"
                " nouveau depuis ses fichiers, avec une retouche."), "warning")  # fmt: skip
        return redirect(url_for("studio.module", slug=slug))
    return redirect(url_for("studio.draft_work", draft_id=draft_id))


@bp.get("/brouillons/<int:draft_id>")
@policy(*ROOM)
def draft_work(draft_id: int) -> ResponseReturnValue:
    """Show a draft: its texts, what the check says of it, what comes next."""
    return show_draft(draft_id, NewTextForm())


@bp.post("/brouillons/<int:draft_id>/textes")
@policy(Role.TRAINER)
def add_draft_text(draft_id: int) -> ResponseReturnValue:
    """Add a translation or a bank to a draft."""
    draft, form = get_draft_row(draft_id), NewTextForm()
    if not form.validate_on_submit():
        return show_draft(draft_id, form), 422
    texts = content_of(db.session, draft_id, draft.slug).texts
    try:
        write(
            add_text, draft_id, form.path, text_of(form.path, texts),
            agent_id=current_agent().id, now=utc_now(),
        )  # fmt: skip
    except FileExists:
        form.refuse(_("Ce texte existe déjà."))
        return show_draft(draft_id, form), 422
    except DraftClosed:
        return redirect(url_for("studio.draft_work", draft_id=draft_id))
    return redirect(url_for("studio.text", draft_id=draft_id, path=form.path))


@bp.post("/brouillons/<int:draft_id>/retraits/<path:path>")
@policy(Role.TRAINER)
def remove_draft_text(draft_id: int, path: str) -> ResponseReturnValue:
    """Take a text out of the module; its revisions stay."""
    row = get_text(draft_id, path)
    if path == "module.md":
        abort(409)
    if request.form.get("base") != str(row.number):
        flash(_("Ce texte a changé depuis l’affichage de cette page : il n’est pas retiré."
                " Relisez-le d’abord."), "warning")  # fmt: skip
        return redirect(url_for("studio.draft_work", draft_id=draft_id))
    try:
        write(
            save_text, draft_id, path, None, base=row.number, agent_id=current_agent().id,
            now=utc_now(),
        )  # fmt: skip
        flash(_("Le texte est retiré du module ; son historique reste."), "success")
    except DraftClosed:
        flash(_("Ce brouillon n’est plus ouvert."), "warning")
    return redirect(url_for("studio.draft_work", draft_id=draft_id))
