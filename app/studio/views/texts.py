"""Write a text of a draft: a plain form, and the same for a script."""

from __future__ import annotations

from typing import Any, TypeGuard

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.assets import built_url
from app.database import utc_now, write
from app.dialect.inserting import with_insertion
from app.extensions import db
from app.i18n import gettext as _
from app.i18n import show_time
from app.input import MAXIMUM_ID, read_json_object
from app.studio.aids import words_of_the_dialect
from app.studio.beginnings import source_of
from app.studio.draft_reading import content_of, problems_in
from app.studio.draft_texts import LARGEST_FILE, LONGEST_TEXT, BadText, clean, language_of
from app.studio.mending import is_mendable, mend, name_of
from app.studio.services.drafts import DraftClosed
from app.studio.services.saving import Saved, save_text
from app.studio.views.aids import end_of_step, insertion_in, tools_for
from app.studio.views.beside import beside
from app.studio.views.blueprint import bp
from app.studio.views.draft_parts import get_draft_row, get_text, read, try_to_read
from app.studio.wording import say_bad_text, say_path, say_room
from app.studio.wording_editor import editor_phrases, editor_words

LONGEST_MARK = 40
"""Characters of the mark by which a page knows its own revisions."""


@bp.get("/brouillons/<int:draft_id>/fichiers/<path:path>")
@policy(Role.TRAINER)
def text(draft_id: int, path: str) -> ResponseReturnValue:
    """Show a text to write it, with what the check says of it."""
    row = get_text(draft_id, path)
    return show_text(draft_id, path, row.text or "", row.number, saved_at=row.saved_at)


@bp.post("/brouillons/<int:draft_id>/fichiers/<path:path>")
@policy(Role.TRAINER, typed="texte")
def save_form(draft_id: int, path: str) -> ResponseReturnValue:
    """Save the text of the plain form, and apply the fix that was asked for."""
    typed, base = request.form.get("texte", ""), read_base(request.form.get("base", ""))
    get_text(draft_id, path)
    try:
        saved = save(draft_id, path, typed, base, request.form.get("page", "")[:LONGEST_MARK])
    except BadText as bad:
        return show_text(draft_id, path, typed, base, problem=say_bad_text(bad)), 422
    except DraftClosed:
        problem = _("Ce brouillon n’est plus ouvert : ce texte n’a pas été enregistré. Copiez-le.")
        return show_text(draft_id, path, typed, base, problem=problem), 409
    if saved.is_aside:
        return redirect(conflict_url(draft_id, saved), 303)
    wanted = request.form.get("corriger", "")
    if wanted:
        apply_fix(draft_id, path, wanted, saved.number)
    if request.form.get("action") == "inserer":
        insert_question(draft_id, path, saved.number)
    if request.form.get("action") == "apercu":
        return redirect(url_for("studio.written", draft_id=draft_id), 303)
    return redirect(url_for("studio.text", draft_id=draft_id, path=path), 303)


@bp.put("/brouillons/<int:draft_id>/fichiers/<path:path>")
@policy(Role.TRAINER)
def save_script(draft_id: int, path: str) -> ResponseReturnValue:
    """Save the text that a script sends, and reply in JSON."""
    get_text(draft_id, path)
    sent = read_json_object()
    typed, base, page = sent.get("text"), sent.get("base"), sent.get("page", "")
    if not isinstance(typed, str) or not is_number(base) or not isinstance(page, str):
        abort(400)
    try:
        saved = save(draft_id, path, typed, base, page[:LONGEST_MARK])
    except BadText as bad:
        return {"error": "text", "message": say_bad_text(bad)}, 422
    except DraftClosed:
        return {"error": "closed", "url": url_for("studio.draft_work", draft_id=draft_id)}, 409
    if saved.is_aside:
        return {"error": "conflict", "url": conflict_url(draft_id, saved)}, 409
    return {
        "revision": saved.number,
        "saved_at": saved.saved_at.isoformat(),
        "shown": show_time(saved.saved_at),
    }


def is_number(value: object) -> TypeGuard[int]:
    """Tell whether a value of JSON may be the number of a revision."""
    return type(value) is int and 0 <= value <= MAXIMUM_ID


def read_base(raw: str) -> int:
    """Read the revision on which a text was written; one that is no number is none."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else 0


def save(draft_id: int, path: str, typed: str, base: int, page: str = "") -> Saved:
    """Save a text as it is kept."""
    return write(
        save_text, draft_id, path, clean(typed), base=base, agent_id=current_agent().id,
        now=utc_now(), page=page,
    )  # fmt: skip


def apply_fix(draft_id: int, path: str, name: str, base: int) -> None:
    """Apply the fix of a finding to the text as it was just saved, and say so."""
    content = content_of(db.session, draft_id, get_draft_row(draft_id).slug)
    mended = mend(content.texts[path], problems_in(read(content), path), name)
    if mended is None:
        flash(_("Ce constat n’est plus là : rien n’a été corrigé."), "info")
        return
    save(draft_id, path, mended, base)
    flash(_("La correction est faite et enregistrée."), "success")


def insert_question(draft_id: int, path: str, base: int) -> None:
    """Insert the question that the form asks for in the text as it was just saved, and say so."""
    texts = content_of(db.session, draft_id, get_draft_row(draft_id).slug).texts
    kind, title = request.form.get("type_question", ""), request.form.get("titre_question", "")
    wanted = end_of_step(texts[path], read_base(request.form.get("etape", "")))
    insertion = insertion_in(dict(texts), path, kind, title, wanted)
    try:
        save(draft_id, path, with_insertion(texts[path], insertion), base)
    except BadText as bad:
        flash(say_bad_text(bad), "warning")
        return
    flash(
        _(
            "La question « %(id)s » est ajoutée, ligne %(line)s.",
            id=insertion.id,
            line=insertion.line,
        ),
        "success",
    )


def conflict_url(draft_id: int, saved: Saved) -> str:
    """Give the address that shows a text kept aside beside the current one."""
    return url_for("studio.conflict", draft_id=draft_id, revision_id=saved.revision_id)


def show_text(draft_id: int, path: str, typed: str, base: int, **more: Any) -> str:
    """Show the page of a text, holding what was typed."""
    draft = get_draft_row(draft_id)
    content = content_of(db.session, draft_id, draft.slug).with_text(path, typed)
    found = try_to_read(content)
    return render_template(
        "studio/text.html",
        draft=draft,
        path=path,
        name=say_path(path),
        typed=typed,
        base=base,
        problems=problems_in(found, path) if found else None,
        is_mendable=is_mendable,
        tools=tools_for(path, typed),
        editor=built_url("editor.js"),
        language=language_of(path),
        editor_says={
            "words": editor_words(),
            "phrases": editor_phrases(),
            "dialect": words_of_the_dialect(language_of(path)),
        },
        name_of=name_of,
        room=say_room(typed),
        largest=LARGEST_FILE,
        longest=LONGEST_TEXT,
        agent_id=current_agent().id,
        beside=beside(content, path),
        has_source=source_of(path) in content.texts,
        **more,
    )
