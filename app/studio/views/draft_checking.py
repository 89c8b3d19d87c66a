"""Check a draft and show its preview, with the text that the editor holds."""

from __future__ import annotations

from dataclasses import replace

import msgspec
from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from app.access import policy
from app.catalogue.editions import is_behind, reference_of
from app.dialect.compiled import CompiledModule
from app.extensions import db
from app.i18n import LANGUAGES, current_language
from app.input import read_json_object
from app.studio.draft_reading import Content, content_of
from app.studio.draft_texts import BadText, clean
from app.studio.preview import pages_of
from app.studio.queries.drafts import DraftRow
from app.studio.readings import ReadApart
from app.studio.views.blueprint import ROOM, bp
from app.studio.views.draft_parts import get_draft_row, read
from app.studio.views.previewed import Preview, asked_corps, asked_language, asks_for_keys
from app.studio.views.previews import go_to_first_page, show_page
from app.studio.wording import say_bad_text, say_room


@bp.post("/brouillons/<int:draft_id>/verifier")
@policy(*ROOM)
def check(draft_id: int) -> ResponseReturnValue:
    """List what the check finds in a draft, with the text that the editor holds if it is sent."""
    draft, sent = get_draft_row(draft_id), read_json_object()
    try:
        found = read(sent_content(draft, sent))
    except BadText as bad:
        return {"error": "text", "message": say_bad_text(bad)}, 422
    return {
        "room": say_room(clean(str(sent.get("text") or ""))),
        "problems": msgspec.to_builtins(found.reading.messages),
        "errors": found.errors,
        "warnings": found.warnings,
    }


@bp.get("/brouillons/<int:draft_id>/apercu")
@policy(*ROOM)
def written(draft_id: int) -> ResponseReturnValue:
    """Go to the first page of a draft."""
    return go_to_first_page(preview_written(draft_id))


@bp.post("/brouillons/<int:draft_id>/apercu")
@policy(*ROOM)
def written_now(draft_id: int) -> ResponseReturnValue:
    """Show a page of a draft with the text that the editor holds."""
    draft, sent = get_draft_row(draft_id), read_json_object()
    try:
        found = read(sent_content(draft, sent))
    except BadText as bad:
        return {"error": "text", "message": say_bad_text(bad)}, 422
    language = str(sent.get("langue", "")) or current_language()
    module = choose_module(found, language)
    if module is None:
        return {"error": "errors", "errors": found.errors}, 422
    corps = str(sent.get("corps", ""))
    corps = corps if corps in module.audience else module.audience[0]
    pages = [page.id for page in pages_of(module, corps)]
    page_id = str(sent.get("page", ""))
    if not pages:
        abort(404)
    preview = make_preview(draft_id, found, module, corps)
    return show_page(preview, page_id if page_id in pages else pages[0], answers=False)


@bp.route("/brouillons/<int:draft_id>/apercu/<page_id>", methods=["GET", "POST"])
@policy(*ROOM)
def written_page(draft_id: int, page_id: str) -> ResponseReturnValue:
    """Preview a page of a draft as it is saved, answered if an answer is sent."""
    return show_page(preview_written(draft_id), page_id)


def sent_content(draft: DraftRow, sent: dict[str, object]) -> Content:
    """Give what a draft holds, with the text that was sent; raise `BadText`."""
    content = content_of(db.session, draft.id, draft.slug)
    path, text = sent.get("path"), sent.get("text")
    if path is None and text is None:
        return content
    if not isinstance(path, str) or not isinstance(text, str) or path not in content.texts:
        abort(400)
    return content.with_text(path, clean(text))


def preview_written(draft_id: int) -> Preview:
    """Open a draft for the reader that the address names."""
    content = content_of(db.session, draft_id, get_draft_row(draft_id).slug)
    found = read(content)
    module = choose_module(found, asked_language())
    if module is None:  # The page of the draft says why there is nothing to show.
        abort(redirect(url_for("studio.draft_work", draft_id=draft_id)))
    preview = make_preview(draft_id, found, module, asked_corps(module))
    return replace(preview, reviewing=asks_for_keys())


def choose_module(found: ReadApart, language: str) -> CompiledModule | None:
    """Choose the language of a preview; None where nothing can be shown."""
    modules = found.reading.modules
    language = language if language in LANGUAGES else current_language()
    return modules.get(language) or next(iter(modules.values()), None)


def make_preview(draft_id: int, found: ReadApart, module: CompiledModule, corps: str) -> Preview:
    """Make the preview of a draft in one language, for one corps."""
    modules = found.reading.modules
    preview = Preview(
        module, module.slug, None, corps, module.language, tuple(modules),
        is_behind(module, reference_of(modules)),
    )  # fmt: skip
    return replace(preview, draft_id=draft_id)
