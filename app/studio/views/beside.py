"""The page beside a text that is being written: all its steps at once, answered for nobody.

``POST /formateur/brouillons/<draft_id>/a-cote`` takes JSON and the header ``X-CSRFToken``:
``{path, text, corps?, langue?, vue?}`` shows the text as it is typed; with ``{question, chemin?,
champs?}``, where ``champs`` are the pairs of the exercise's form, it shows that exercise alone,
answered. 200, the HTML of the frame, or where the text has errors ``{errors, here}``: how many
in all and in this very text. 422 ``text``; 503 ``preview_busy``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.access import policy
from app.catalogue.wording import say_corps
from app.content_security import FRAMED_BY_SELF
from app.dialect.compiled import CORPS, CompiledModule, Question, Step
from app.extensions import db
from app.i18n import LANGUAGES, current_language
from app.input import read_json_object
from app.studio.draft_reading import Content, content_of, problems_in, read_content
from app.studio.draft_texts import REFERENCE_LANGUAGE, BadText, language_of
from app.studio.keys import draw_whole
from app.studio.preview import find_item
from app.studio.readings import ReadApart
from app.studio.views.answers import Answered, answer
from app.studio.views.blueprint import ROOM, around, bp
from app.studio.views.draft_checking import make_preview, sent_content
from app.studio.views.draft_parts import get_draft_row
from app.studio.views.frames import Frame, Page, frame_of, steps_of
from app.studio.views.previewed import REVIEWING, Preview
from app.studio.views.previews import show
from app.studio.wording import say_bad_text

MOST_FIELDS = 60
"""Fields that the form of an exercise may send."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the section beside a text begins with."""

    address: str
    path: str
    language: str
    languages: dict[str, str]
    corps: dict[str, str]


def beside(content: Content, path: str) -> Beside:
    """Say what may be chosen beside a text."""
    return Beside(
        address=url_for("studio.frame", draft_id=content.draft_id),
        path=path,
        language=language_of(path),
        languages={code: LANGUAGES[code] for code in content.languages if code in LANGUAGES},
        corps={code: say_corps(code) for code in CORPS},
    )


@bp.get("/brouillons/<int:draft_id>/a-cote")
@policy(*ROOM)
def frame(draft_id: int) -> ResponseReturnValue:
    """Give the frame, before there is anything in it."""
    get_draft_row(draft_id)
    return framed(render_template("studio/frame.html"))


@bp.post("/brouillons/<int:draft_id>/a-cote")
@policy(*ROOM)
def show_beside(draft_id: int) -> ResponseReturnValue:
    """Show the text that the editor holds, or one of its exercises answered."""
    draft, sent = get_draft_row(draft_id), read_json_object()
    path = str(sent.get("path", "module.md"))
    language = str(sent.get("langue", "")) or language_of(path)
    try:
        content = sent_content(draft, sent)
    except BadText as bad:
        return {"error": "text", "message": say_bad_text(bad)}, 422
    if language == language_of(path) == REFERENCE_LANGUAGE:
        content = content.reference_only()
    found = read_content(db.session, content, around(), current_language(), one_page=True)
    module = module_in(found, language, content)
    if module is None:
        here = sum(one.is_error for one in problems_in(found, path))
        return {"errors": found.errors, "here": here}
    preview = preview_of(draft_id, found, module, sent)
    steps = steps_of(preview, path)
    if "question" in sent:
        return framed(show_answered(preview, steps, sent))
    return framed(show_frame(preview, frame_of(preview, steps)))


@bp.get("/brouillons/<int:draft_id>/dilemmes")
@policy(*ROOM)
def stories(draft_id: int) -> ResponseReturnValue:
    """Show the dilemmas of a draft as a whole, whatever its errors."""
    draft = get_draft_row(draft_id)
    content = content_of(db.session, draft_id, draft.slug)
    found = read_content(db.session, content, around(), current_language(), one_page=True)
    by_language = found.reading.stories
    language = request.args.get("langue", "")
    if language not in by_language:
        language = next(iter(by_language), REFERENCE_LANGUAGE)
    return render_template(
        "studio/stories.html",
        draft=draft,
        stories=[draw_whole(one) for one in by_language.get(language, ())],
        is_read=not found.is_refused,
        language=language,
        languages={code: LANGUAGES[code] for code in by_language},
    )


def module_in(found: ReadApart, language: str, content: Content) -> CompiledModule | None:
    """Find the module in a language; a lone text may be in another one than its name says."""
    modules = found.reading.modules
    if len(content.languages) == 1:
        return next(iter(modules.values()), None)
    return modules.get(language)


def preview_of(
    draft_id: int, found: ReadApart, module: CompiledModule, sent: dict[str, object]
) -> Preview:
    """Make the preview for the reader that was sent."""
    corps = str(sent.get("corps", ""))
    corps = corps if corps in module.audience else module.audience[0]
    preview = make_preview(draft_id, found, module, corps)
    return replace(preview, reviewing=sent.get("vue") == REVIEWING)


def show_answered(preview: Preview, steps: Sequence[Step], sent: dict[str, object]) -> str:
    """Show one exercise alone: answered where fields were sent, else afresh."""
    item_id = str(sent["question"])
    pairs = ((step, find_item(preview.module, step, preview.corps, item_id)) for step in steps)
    step, item = next((pair for pair in pairs if pair[1] is not None), (None, None))
    if step is None or item is None:
        abort(404)
    answered = Answered(preview, step)
    if "champs" in sent:
        fields = read_fields(sent["champs"])
        answered = answer(preview, step, item, fields, str(sent.get("chemin", "")))
    shown = show([Question(item=item)], answered, preview.language)
    alone = Step(id=step.id, title=step.title)
    return show_frame(preview, Frame([Page(alone, "", answered, shown)]))


def read_fields(sent: object) -> MultiDict[str, str]:
    """Read the fields of a form sent as pairs of texts, or answer 400."""
    if not isinstance(sent, list) or len(sent) > MOST_FIELDS:
        abort(400)
    fields: MultiDict[str, str] = MultiDict()
    for pair in sent:
        if not isinstance(pair, list) or len(pair) != 2:
            abort(400)
        name, value = pair
        if not isinstance(name, str) or not isinstance(value, str):
            abort(400)
        fields.add(name, value)
    return fields


def show_frame(preview: Preview, frame: Frame) -> str:
    """Write what the frame holds."""
    return render_template("studio/frame.html", preview=preview, frame=frame)


def framed(page: str) -> Response:
    """Let our own pages show it in a frame."""
    response = make_response(page)
    response.headers["Content-Security-Policy"] = FRAMED_BY_SELF
    return response
