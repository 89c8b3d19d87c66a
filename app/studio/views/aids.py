"""What helps to write a text: completions, and questions to start from.

Addresses for the editor, under ``/formateur/brouillons/<draft_id>``:

===== ==================== ========================================================================
GET   ``/aides/<path>``    200: the words, names and ids that the text may use
POST  ``/modeles``         ``{path, text, type, title?, line}``: 200 ``{line, text, id}``, what to
                           insert before which line so that a question of this type stands there
===== ==================== ========================================================================
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort
from flask.typing import ResponseReturnValue

from app.access import Role, policy
from app.dialect.inserting import Insertion, insert_item
from app.dialect.item_templates import TEMPLATES
from app.dialect.landmarks import Landmark, read_landmarks
from app.extensions import db
from app.i18n import gettext as _
from app.input import MAXIMUM_ID, read_json_object
from app.studio.aids import aids_for
from app.studio.draft_reading import content_of
from app.studio.draft_texts import BadText, clean, language_of
from app.studio.neighbours import neighbourhood_of
from app.studio.views.blueprint import around, bp
from app.studio.views.draft_parts import get_draft_row, get_text
from app.studio.wording import say_bad_text

LONGEST_TITLE = 200


@bp.get("/brouillons/<int:draft_id>/aides/<path:path>")
@policy(Role.TRAINER)
def aids(draft_id: int, path: str) -> ResponseReturnValue:
    """List what can be completed in a text."""
    draft = get_draft_row(draft_id)
    get_text(draft_id, path)
    return aids_for(around(), content_of(db.session, draft_id, draft.slug).texts, path)


@bp.post("/brouillons/<int:draft_id>/modeles")
@policy(Role.TRAINER)
def template(draft_id: int) -> ResponseReturnValue:
    """Write a question of a type for a place of the text that the editor holds."""
    draft, sent = get_draft_row(draft_id), read_json_object()
    path, text, kind, line = (sent.get(name) for name in ("path", "text", "type", "line"))
    title = sent.get("title", "")
    if not (isinstance(path, str) and isinstance(text, str) and isinstance(title, str)):
        abort(400)
    if not isinstance(kind, str) or type(line) is not int or not 0 <= line <= MAXIMUM_ID:
        abort(400)
    texts = content_of(db.session, draft_id, draft.slug).texts
    if path not in texts:
        abort(404)
    try:
        insertion = insertion_in({**texts, path: clean(text)}, path, kind, title, line)
    except BadText as bad:
        return {"error": "text", "message": say_bad_text(bad)}, 422
    return insertion._asdict()


def insertion_in(texts: dict[str, str], path: str, kind: str, title: str, line: int) -> Insertion:
    """Write a question for a text, or answer 400 where there is no such type."""
    template = TEMPLATES[language_of(path)].get(kind) or abort(400)
    around_it = neighbourhood_of(texts, path)
    return insert_item(texts[path], template, title[:LONGEST_TITLE], line, around_it)


@dataclass(frozen=True, slots=True)
class Tools:
    """What the page of a text offers to insert: the types, and the steps at whose end they go."""

    types: dict[str, str]
    """By key, in the text's language."""
    steps: tuple[str, ...]


def tools_for(path: str, text: str) -> Tools:
    """Name the types in the text's language and list its steps."""
    types = {kind: one.opening.strip("# :") for kind, one in TEMPLATES[language_of(path)].items()}
    titles = (one.title or _("sans titre") for one in steps_of(text))
    return Tools(types, tuple(titles))


def steps_of(text: str) -> list[Landmark]:
    """List the headings that begin a step."""
    return [one for one in read_landmarks(text) if one.level == 2]


def end_of_step(text: str, rank: int) -> int:
    """Give the last line of a step by its rank from 1; that of the text where there is none."""
    steps = steps_of(text)
    return steps[rank].line - 1 if 0 < rank < len(steps) else text.count("\n") + 1
