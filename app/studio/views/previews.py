"""Preview a published version, or the files before publication: nothing is kept.

The parts are those of learning's own pages; only the addresses of their forms differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Response, abort, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from app.access import policy
from app.catalogue.glossaries import open_glossary
from app.catalogue.views.media import serve
from app.catalogue.wording import say_corps
from app.content_security import FRAMED_BY_SELF
from app.dialect.compiled import Block, CompiledModule, Question, Step
from app.dialect.media.kinds import content_type
from app.extensions import db
from app.i18n import LANGUAGES
from app.learning.exercises import show_blocks
from app.studio.keys import Key, has_key, key_of
from app.studio.preview import (
    MOST_PAGES,
    DrawnFrom,
    drawn_from,
    find_page,
    lighten,
    pages_of,
)
from app.studio.views.answers import SEED, Answered, read_answered
from app.studio.views.blueprint import ROOM, bp, get_module_files
from app.studio.views.previewed import Preview, preview_draft, preview_version


@bp.get("/modules/<slug>/versions/<int:number>/")
@policy(*ROOM)
def version(slug: str, number: int) -> ResponseReturnValue:
    """Go to the first page of a published version."""
    return go_to_first_page(preview_version(slug, number))


@bp.route("/modules/<slug>/versions/<int:number>/<page_id>", methods=["GET", "POST"])
@policy(*ROOM)
def version_page(slug: str, number: int, page_id: str) -> ResponseReturnValue:
    """Preview a page of a published version, answered if an answer is sent."""
    return show_page(preview_version(slug, number), page_id)


@bp.get("/fichiers/<slug>/")
@policy(*ROOM)
def draft(slug: str) -> ResponseReturnValue:
    """Go to the first page of a module's files."""
    return go_to_first_page(preview_draft(slug))


@bp.route("/fichiers/<slug>/<page_id>", methods=["GET", "POST"])
@policy(*ROOM)
def draft_page(slug: str, page_id: str) -> ResponseReturnValue:
    """Preview a page of a module's files, answered if an answer is sent."""
    return show_page(preview_draft(slug), page_id)


@bp.get("/fichiers/<slug>/media/<sha256>")
@policy(*ROOM)
def draft_media(slug: str, sha256: str) -> Response:
    """Give a media that is not published yet, unless the check refuses it."""
    found = get_module_files(slug).find_media(sha256)
    kind = content_type(found.name) if found else None
    if found is None or kind is None:
        abort(404)

    def read(start: int, stop: int) -> bytes:
        with found.open("rb") as file:
            file.seek(start)
            return file.read(stop - start)

    return serve(kind, sha256, found.stat().st_size, read)


def go_to_first_page(preview: Preview) -> ResponseReturnValue:
    """Send the reader to the first page that their corps sees."""
    pages = pages_of(preview.module, preview.corps)
    return redirect(preview.url(pages[0].id)) if pages else abort(404)


def show_page(preview: Preview, page_id: str, *, answers: bool = True) -> Response:
    """Show a page, with what is said about the one item that was answered, where one may be."""
    page = find_page(preview.module, page_id)
    if page is None:
        abort(404)
    answered = read_answered(preview, page) if answers else Answered(preview, page)
    blocks, room = lighten(page.shown_to(preview.corps))
    draws = []
    for drawn in drawn_from(preview.module, page, preview.corps):
        exercises, room = lighten(drawn.blocks, room)
        draws.append((drawn, show(exercises, answered, preview.language)))
    response = make_response(
        render_template(
            "studio/preview.html",
            preview=preview,
            page=page,
            kind=kind_of(preview.module, page),
            outline=list(outline_of(preview, page)),
            blocks=show(blocks, answered, preview.language),
            draws=draws,
            is_cut=room < 0,
            answered=answered,
            corps_names={corps: say_corps(corps) for corps in preview.module.audience},
            languages={code: LANGUAGES[code] for code in preview.languages},
            keys=keys_of(page, preview) if preview.reviewing else {},
        ),
        422 if answered.refused else 200,
    )
    response.headers["Content-Security-Policy"] = FRAMED_BY_SELF
    return response


def show(blocks: Sequence[Block], answered: Answered, language: str) -> list[Any]:
    """Show blocks as learning does; draws are shown apart, with their items."""
    kept = [block for block in blocks if not DrawnFrom.is_draw(block)]
    terms = open_glossary(db.session, language).terms
    return list(show_blocks(kept, answered.given, seed=SEED, refused=answered.refused, terms=terms))


def keys_of(page: Step, preview: Preview) -> dict[str, Key]:
    """Give the keys of the items that a page shows, itself or through a draw, by item."""
    blocks = [*page.shown_to(preview.corps)]
    for drawn in drawn_from(preview.module, page, preview.corps):
        blocks += drawn.blocks
    items = (block.item for block in blocks if isinstance(block, Question))
    return {item.id: key_of(item, preview.module) for item in items if has_key(item)}


def kind_of(module: CompiledModule, page: Step) -> str:
    """Tell a step from the quiz and the two sheets."""
    sheets = [
        ("quiz", module.evaluation),
        ("reflex", module.reflex),
        ("facilitation", module.facilitation),
    ]
    return next((kind for kind, sheet in sheets if sheet is page), "step")


def outline_of(preview: Preview, current: Step) -> Iterator[dict[str, Any]]:
    """Go through the entries of the outline, as many as it can name."""
    for page in pages_of(preview.module, preview.corps)[:MOST_PAGES]:
        yield {"title": page.title, "url": preview.url(page.id), "current": page is current}
