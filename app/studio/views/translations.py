"""Translate a text of a draft beside its source: read, say what is up to date, write a block."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.dialect.following import Following, Pair, pair_up
from app.dialect.stretches import DIGITS
from app.extensions import db
from app.i18n import gettext as _
from app.studio.beginnings import source_of
from app.studio.draft_reading import Content, content_of, problems_in
from app.studio.draft_texts import BadText
from app.studio.earlier import find_earlier
from app.studio.queries.drafts import DraftRow
from app.studio.queries.revisions import find_text
from app.studio.readings import ReadApart
from app.studio.services.drafts import DraftClosed
from app.studio.translating import (
    Block,
    Side,
    copy_missing,
    list_blocks,
    mark_unmarked,
    rewrite,
    say_up_to_date,
)
from app.studio.views.blueprint import ROOM, bp
from app.studio.views.draft_parts import get_draft_row, get_text, read
from app.studio.views.texts import conflict_url, read_base, save
from app.studio.wording import say_bad_text, say_following, say_path

DIGEST = re.compile(rf"[0-9a-f]{{{DIGITS}}}")


@dataclass(frozen=True, slots=True)
class Desk:
    """A translation on the desk, as it was at a revision, beside the source as it is."""

    draft: DraftRow
    path: str
    base: int
    source: Side
    own: Side
    pairs: list[Pair]
    found: ReadApart
    content: Content

    @property
    def blocks(self) -> tuple[list[Block], list[object]]:
        """Give the blocks, and the problems that stand in none."""
        blocks, apart = list_blocks(
            self.source, self.own, self.pairs, problems_in(self.found, self.path)
        )
        return blocks, list(apart)


def open_desk(draft_id: int, path: str, base: int | None = None) -> Desk:
    """Put a translation beside its source, or answer 404; ``base`` is the revision to work on."""
    draft, row, origin = get_draft_row(draft_id), get_text(draft_id, path), source_of(path)
    content = content_of(db.session, draft_id, draft.slug)
    text = row.text
    if base not in {None, row.number}:
        text = find_text(db.session, row.file_id, base or 0)
    if origin is None or origin not in content.texts or row.text is None:
        abort(404)
    if text is None:  # No such revision.
        abort(400)
    found = read(content.with_text(path, text))
    stretches = found.reading.stretches
    source = Side(content.texts[origin], stretches.get(origin, ()))
    own = Side(text, stretches.get(path, ()))
    pairs = pair_up(source.stretches, own.stretches)
    return Desk(draft, path, base or row.number, source, own, pairs, found, content)


@bp.get("/brouillons/<int:draft_id>/traduction/<path:path>")
@policy(*ROOM)
def translation(draft_id: int, path: str) -> ResponseReturnValue:
    """Show a translation beside its source."""
    asked = request.args.get("bloc", "")
    return show_desk(open_desk(draft_id, path), writing=read_base(asked))


def show_desk(
    desk: Desk, *, writing: int = 0, typed: tuple[str, ...] = (), problem: str = ""
) -> str:
    """Make the page; the block of rank ``writing`` is open, holding what was ``typed``."""
    blocks, apart = desk.blocks
    states = [one.following for one in blocks]
    return render_template(
        "studio/translation.html",
        draft=desk.draft,
        path=desk.path,
        name=say_path(desk.path),
        base=desk.base,
        blocks=blocks,
        problems=apart,
        counts=[(say_following(one), states.count(one)) for one in Following if one in states],
        first=next((one.number for one in blocks if one.needs_work), 0),
        unmarked=states.count(Following.UNMARKED),
        earlier=find_earlier(db.session, desk.content, desk.path, desk.pairs, read),
        writing=writing,
        typed=typed,
        problem=problem,
        say_following=say_following,
        may_write=desk.draft.is_open and current_agent().has(Role.TRAINER),
        source_language="fr",
        language=desk.path.rsplit(".", 2)[1],
    )


@bp.post("/brouillons/<int:draft_id>/traduction/<path:path>")
@policy(Role.TRAINER, typed="texte")
def translate(draft_id: int, path: str) -> ResponseReturnValue:
    """Do one act on a block: say that it is up to date, write it, copy it from the source."""
    desk = open_desk(draft_id, path, read_base(request.form.get("base", "")))
    number = read_base(request.form.get("bloc", ""))
    text = act_on(desk, request.form.get("action", ""))
    if text is None:
        flash(_("Le texte a changé depuis l’affichage de cette page : relisez ce bloc."), "warning")
        return redirect(here(desk, number), 303)
    typed = tuple(request.form.getlist("texte"))
    try:
        saved = save(draft_id, path, text, desk.base)
    except BadText as bad:
        return show_desk(desk, writing=number, typed=typed, problem=say_bad_text(bad)), 422
    except DraftClosed:
        problem = _("Ce brouillon n’est plus ouvert : ce texte n’a pas été enregistré. Copiez-le.")
        return show_desk(desk, writing=number, typed=typed, problem=problem), 409
    if saved.is_aside:
        return redirect(conflict_url(draft_id, saved), 303)
    return redirect(here(desk, number), 303)


def act_on(desk: Desk, action: str) -> str | None:
    """Give the translation after an act; None where it is about what is not there any more."""
    digest = request.form.get("source", "")
    own = next(
        (one for one in desk.own.stretches if str(one.line) == request.form.get("ligne", "")), None
    )
    typed = request.form.getlist("texte")
    if action == "copier":
        missing = [pair.source for pair in desk.pairs if pair.following is Following.MISSING]
        one = next((one for one in missing if one and one.digest == digest), None)
        return copy_missing(desk.source, desk.own, desk.pairs, one) if one else None
    if action == "reperes":
        return mark_unmarked(desk.own, desk.pairs)
    if own is None:
        return None
    if not DIGEST.fullmatch(digest):
        abort(400)
    # Of a source that changed meanwhile the block stays behind: what was read is what is written.
    if action == "a-jour":
        return say_up_to_date(desk.own, own, digest)
    if action not in {"ecrire", "ecrire-a-jour"} or len(typed) != len(own.runs):
        abort(400)
    return rewrite(desk.own, own, typed, own.mark if action == "ecrire" else digest)


def here(desk: Desk, number: int) -> str:
    """Give the address of a block."""
    address = url_for("studio.translation", draft_id=desk.draft.id, path=desk.path)
    return f"{address}#bloc-{number}" if number else address
