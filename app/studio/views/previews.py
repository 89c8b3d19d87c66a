"""Preview a published version, or the files before publication: nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256 as digest_of
from typing import Any

from flask import Response, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.access import policy
from app.catalogue.publishing import content_type
from app.catalogue.views.media import serve
from app.catalogue.wording import say_corps
from app.dialect.compiled import AnyItem, CompiledModule, Prose, Question, Step
from app.i18n import LANGUAGES
from app.studio.preview import DrawnFrom, find_page, pages_of, parts_of
from app.studio.showing import ShownItem, show
from app.studio.views.blueprint import ROOM, bp, get_draft
from app.studio.views.previewed import Preview, preview_draft, preview_version
from app.web import CONTENT_SECURITY_POLICY

FRAMED_BY_SELF = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")


@bp.get("/modules/<slug>/versions/<int:number>/")
@policy(*ROOM)
def version(slug: str, number: int) -> ResponseReturnValue:
    """Go to the first page of a published version."""
    return go_to_first_page(preview_version(slug, number))


@bp.get("/modules/<slug>/versions/<int:number>/<page_id>")
@policy(*ROOM)
def version_page(slug: str, number: int, page_id: str) -> ResponseReturnValue:
    """Preview a page of a published version."""
    return show_page(preview_version(slug, number), page_id)


@bp.get("/fichiers/<slug>/")
@policy(*ROOM)
def draft(slug: str) -> ResponseReturnValue:
    """Go to the first page of a module's files."""
    return go_to_first_page(preview_draft(slug))


@bp.get("/fichiers/<slug>/<page_id>")
@policy(*ROOM)
def draft_page(slug: str, page_id: str) -> ResponseReturnValue:
    """Preview a page of a module's files."""
    return show_page(preview_draft(slug), page_id)


@bp.get("/fichiers/<slug>/media/<sha256>")
@policy(*ROOM)
def draft_media(slug: str, sha256: str) -> Response:
    """Give a media that is not published yet."""
    media = get_draft(slug).reading.media
    found = next((x for x in media.items() if digest_of(x[1]).hexdigest() == sha256), None)
    kind = content_type(found[0]) if found else None
    return serve(found[1], kind, sha256) if found and kind else abort(404)


def go_to_first_page(preview: Preview) -> ResponseReturnValue:
    """Send the reader to the first page that their corps sees."""
    pages = pages_of(preview.module, preview.corps)
    return redirect(preview.url(pages[0].id)) if pages else abort(404)


def show_page(preview: Preview, page_id: str) -> Response:
    """Show a page, with what is said about the one item that was answered."""
    page = find_page(preview.module, page_id)
    if page is None:
        abort(404)
    response = make_response(
        render_template(
            "studio/preview.html",
            preview=preview,
            page=page,
            kind=kind_of(preview.module, page),
            outline=list(outline_of(preview, page)),
            parts=list(shown_parts(preview, page)),
            steps={step.id: step.title for step in preview.module.steps},
            corps_names={corps: say_corps(corps) for corps in preview.module.audience},
            languages={code: LANGUAGES[code] for code in preview.languages},
        )
    )
    response.headers["Content-Security-Policy"] = FRAMED_BY_SELF
    return response


def kind_of(module: CompiledModule, page: Step) -> str:
    """Tell a step from the quiz and the two sheets."""
    sheets = {
        "quiz": module.evaluation,
        "reflex": module.reflex,
        "facilitation": module.facilitation,
    }
    return next((kind for kind, sheet in sheets.items() if sheet is page), "step")


def outline_of(preview: Preview, current: Step) -> Iterator[dict[str, Any]]:
    """Go through the entries of the outline."""
    for page in pages_of(preview.module, preview.corps):
        yield {"title": page.title, "url": preview.url(page.id), "current": page is current}


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A run of text, an item, or a draw with the items among which it takes."""

    html: str = ""
    item: ShownItem | None = None
    draw: DrawnFrom | None = None
    items: tuple[ShownItem, ...] = ()


def shown_parts(preview: Preview, page: Step) -> Iterator[ShownPart]:
    """Go through the parts of a page as its template shows them."""
    text: list[str] = []
    for part in parts_of(preview.module, page, preview.corps):
        if isinstance(part, Prose):
            text.append(part.html)
            continue
        if text:
            yield ShownPart(html="\n".join(text))
            text = []
        yield show_part(part)
    if text:
        yield ShownPart(html="\n".join(text))


def show_part(part: Question | DrawnFrom) -> ShownPart:
    """Show an item, or those of a draw, answered if it is the one that was."""
    if isinstance(part, DrawnFrom):
        return ShownPart(draw=part, items=tuple(answered(item) for item in part.items))
    return ShownPart(item=answered(part.item))


def answered(item: AnyItem) -> ShownItem:
    """Show an item with the answer that the address carries, if it is about this item."""
    if request.args.get("question") != item.id:
        return show(item, None, "")
    return show(item, request.args.getlist("choix"), request.args.get("chemin", ""))
