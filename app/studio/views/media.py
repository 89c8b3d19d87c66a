"""Put media in a draft, take them out, put them back: a plain form, and the same for a script.

``POST /formateur/brouillons/<draft_id>/medias`` takes a form with files (``fichier``,
``description``, ``sous_titres``, ``transcription``, ``langue``, ``pour``). A script that accepts
JSON gets 201 ``{path, markdown, is_block, url, message}``, or ``{"error", "message"}``: 409
``closed``, 422 with the reason, 503 ``busy``. 413 and 429 have no message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask import abort, flash, jsonify, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, find_current_agent, policy, wants_json
from app.database import utc_now, write
from app.dialect.media.cleaning.refusals import Reason, Refused
from app.dialect.media.kinds import PLAYED, TYPES, kind_of
from app.extensions import db, limiter
from app.i18n import gettext as _
from app.studio.draft_texts import BadText, clean
from app.studio.forms import NewTextForm
from app.studio.media_form import MediaForm, read_file
from app.studio.media_names import (
    captions_ending,
    played_by,
    transcript_ending,
    write_markdown,
)
from app.studio.queries.drafts import list_media
from app.studio.receiving import receive_file
from app.studio.services.drafts import DraftClosed
from app.studio.services.media import Added, NoSuchMedia, add_media, put_back, remove_media
from app.studio.views.blueprint import bp
from app.studio.views.draft_page import show_draft
from app.studio.views.draft_parts import get_draft_row
from app.studio.wording import say_bad_text
from app.studio.wording_media import say_refused

UPLOADS = "60 per 10 minutes"
UPLOADS_OF_AN_ADDRESS = "300 per 10 minutes"
RETRY_AFTER_SECONDS = 5


def account() -> str:
    """Name who sends, to count what they send."""
    agent = find_current_agent()
    return f"uploads of {agent.id if agent else 'nobody'}"


@bp.post("/brouillons/<int:draft_id>/medias")
@policy(Role.TRAINER, typed="transcription")
@limiter.limit(UPLOADS_OF_AN_ADDRESS)
@limiter.limit(UPLOADS, key_func=account)
def add_draft_media(draft_id: int) -> ResponseReturnValue:
    """Put a media in a draft, with what goes with it."""
    get_draft_row(draft_id)
    held = list_media(db.session, draft_id)
    form = MediaForm([path for path in held if kind_of(path) in PLAYED])
    if not form.validate_on_submit():
        return refuse(draft_id, form, "form", form.first_error())
    db.session.close()  # No transaction is held while a file is read.
    try:
        files = list(gather(form, held))
        paths = write(add_media, draft_id, files, agent_id=current_agent().id, now=utc_now())
    except Refused as refused:
        form.refuse(said := say_refused(refused))
        return refuse(draft_id, form, refused.reason, said)
    except BadText as bad:
        form.refuse(said := say_bad_text(bad))
        return refuse(draft_id, form, "text", said)
    except DraftClosed:
        return refuse_closed(draft_id)
    return acknowledge(draft_id, paths[0], form.description.data or "")


def gather(form: MediaForm, held: dict[str, str]) -> Iterator[Added]:
    """Go through the files of a form, cleaned: the main one, then what goes with it."""
    beside, language = form.played.data or "", form.language.data
    if form.file.data:
        main = receive_file(read_file(form.file.data))
        if main.ending == ".vtt":
            beside, language = captions_target(form, held)
            yield Added(main.content, captions_ending(language), beside=beside)
        elif form.is_captions:
            raise Refused(Reason.CAPTIONS)
        else:
            yield Added(main.content, main.ending, form.description.data or "", form.sent)
            beside = ""
        if not beside and TYPES[main.ending].kind not in PLAYED:
            return
    yield from gather_companions(form, beside, language)


def gather_companions(form: MediaForm, beside: str, language: str) -> Iterator[Added]:
    """Go through what goes with a film or a sound."""
    if form.captions.data:
        captions = receive_file(read_file(form.captions.data))
        if captions.ending != ".vtt":
            raise Refused(Reason.CAPTIONS)
        yield Added(captions.content, captions_ending(language), beside=beside)
    text = clean((form.transcript.data or "").strip())
    if text:
        yield Added(f"{text}\n".encode(), transcript_ending(language), beside=beside)


def captions_target(form: MediaForm, held: dict[str, str]) -> tuple[str, str]:
    """Tell which film captions go with, chosen or named by them, and their language."""
    films = [path for path in held if kind_of(path) in PLAYED]
    if form.played.data:
        return form.played.data, form.language.data
    found = played_by(form.sent, films)
    if found is None:
        raise Refused(Reason.ALONE)
    return found


def acknowledge(draft_id: int, path: str, description: str) -> ResponseReturnValue:
    """Say that a media is there, and what to write to show it."""
    markdown = write_markdown(path, description)
    if wants_json():
        is_block = kind_of(path) in PLAYED
        url = url_for("studio.draft_work", draft_id=draft_id, _anchor="medias")
        told = {"path": path, "markdown": markdown, "is_block": is_block, "url": url}
        return jsonify(told), 201
    said = _("« %(path)s » est dans le brouillon.", path=path)
    if markdown:
        said += " " + _("Pour le montrer, écrivez dans un texte : %(markdown)s", markdown=markdown)
    flash(said, "success")
    return redirect(url_for("studio.draft_work", draft_id=draft_id, _anchor="medias"), 303)


def refuse(draft_id: int, form: MediaForm, code: str, said: str) -> ResponseReturnValue:
    """Say why nothing was added."""
    status = 503 if code == Reason.BUSY else 422
    if wants_json():
        response = make_response(jsonify({"error": code, "message": said}), status)
    else:
        response = make_response(show_draft(draft_id, NewTextForm(), form), status)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def refuse_closed(draft_id: int) -> ResponseReturnValue:
    """Say that the draft is over."""
    said = _("Ce brouillon n’est plus ouvert.")
    if wants_json():
        return jsonify({"error": "closed", "message": said}), 409
    flash(said, "warning")
    return redirect(url_for("studio.draft_work", draft_id=draft_id), 303)


@bp.post("/brouillons/<int:draft_id>/medias/retraits/<path:media_path>")
@policy(Role.TRAINER)
def remove_draft_media(draft_id: int, media_path: str) -> ResponseReturnValue:
    """Take a media out of a draft, which keeps it aside."""
    get_draft_row(draft_id)
    said = _("« %(path)s » est retiré ; il reste parmi les médias retirés.", path=media_path)
    return change_media(draft_id, remove_media, media_path, said)


@bp.post("/brouillons/<int:draft_id>/medias/retours/<int:change_id>")
@policy(Role.TRAINER)
def put_media_back(draft_id: int, change_id: int) -> ResponseReturnValue:
    """Put back a media that was taken out."""
    get_draft_row(draft_id)
    return change_media(
        draft_id, put_back, change_id, _("Le média est de nouveau dans le brouillon.")
    )


def change_media(
    draft_id: int, act: Callable[..., object], what: object, said: str
) -> ResponseReturnValue:
    """Do something to a media of a draft, and say what became of it."""
    try:
        write(act, draft_id, what, agent_id=current_agent().id, now=utc_now())
    except NoSuchMedia:
        abort(404)
    except DraftClosed:
        return refuse_closed(draft_id)
    flash(said, "success")
    return redirect(url_for("studio.draft_work", draft_id=draft_id, _anchor="medias"), 303)
