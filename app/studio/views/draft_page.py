"""The page of a draft: its texts, what the check says, who reviewed it, what comes next."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template

from app.access import Role, current_agent
from app.dialect.compiled import CompiledModule
from app.extensions import db
from app.i18n import current_language
from app.studio.beginnings import source_of
from app.studio.draft_reading import Content, content_of, texts_of
from app.studio.draft_states import DraftState
from app.studio.draft_texts import reading_order
from app.studio.forms import DecisionForm, FollowForm, NewTextForm
from app.studio.media_form import MediaForm
from app.studio.module_files import FileState
from app.studio.previewing import PreviewBusy
from app.studio.queries import Published, list_history
from app.studio.queries.drafts import DraftRow, list_authors, list_texts
from app.studio.queries.published import find_texts
from app.studio.queries.reviews import list_remarks, list_reviews
from app.studio.readings import ReadApart
from app.studio.views.blueprint import module_files_of
from app.studio.views.changes import say_changes
from app.studio.views.draft_parts import find_approval_row, get_draft_row, try_to_read
from app.studio.views.impact import differences_since
from app.studio.views.media_list import MediaList
from app.studio.views.obstacles import say_obstacle
from app.studio.wording import say_decision, say_path, say_state


def show_draft(draft_id: int, form: NewTextForm, media_form: MediaForm | None = None) -> str:
    """Show the page of a draft, with what a form refused."""
    draft, rows = get_draft_row(draft_id), list_texts(db.session, draft_id)
    content = content_of(db.session, draft_id, draft.slug)
    found = try_to_read(content)
    modules = found.reading.modules if found else {}
    module = modules.get(current_language()) or next(iter(modules.values()), None)
    review = Review(draft, content, found)
    return render_template(
        "studio/draft.html",
        draft=draft,
        title=say_title(draft.slug, modules, review.latest),
        rows=sorted(rows, key=lambda row: reading_order(row.path)),
        in_module=texts_of(rows),
        media=MediaList(content, media_form),
        found=found,
        form=form,
        may_write=draft.is_open and current_agent().has(Role.TRAINER),
        may_reopen=draft.state == DraftState.WITHDRAWN and current_agent().has(Role.TRAINER),
        may_preview=module is not None,
        remarks=[one for one in list_remarks(db.session, draft_id) if one.resolved_at is None],
        review=review,
        say_path=say_path,
        source_of=source_of,
        say_state=say_state,
        say_decision=say_decision,
    )


class Review:
    """How far a draft is from its publication, for the one who looks."""

    def __init__(self, draft: DraftRow, content: Content, found: ReadApart | None) -> None:
        agent = current_agent()
        history = list_history(db.session, draft.slug)
        modules = found.reading.modules if found else {}
        self.rows = list_reviews(db.session, draft.id)
        self.approval = find_approval_row(draft, content.sha256)
        self.is_own = agent.id in list_authors(db.session, draft.id)
        self.latest = history[0] if history else None
        self.base = next((one for one in history if one.version_id == draft.base_version_id), None)
        self.is_overtaken = draft.is_open and self.latest != self.base
        self.since = find_texts(db.session, draft.slug)
        self.sentences = say_changes(differences_since(self.latest, modules))
        self.is_asked = draft.state == DraftState.IN_REVIEW
        self.may_decide = self.is_asked and agent.has(Role.REVIEWER) and not self.is_own
        self.obstacle = say_obstacle(draft.slug, found) if draft.is_open else ""
        self.may_approve = self.may_decide and not self.obstacle and self.approval is None
        self.may_publish = self.may_decide and self.approval is not None
        self.may_publish = self.may_publish and not (self.is_overtaken or self.obstacle)
        self.form = DecisionForm()  # After a refusal it holds the word that was written.
        self.form.sha256.data = content.sha256
        latest_id = self.latest.version_id if self.latest else 0
        self.files_changed = files_changed(draft.slug, self.latest)
        self.follow = FollowForm(data={"version_id": str(latest_id)})


def say_title(slug: str, modules: Mapping[str, CompiledModule], latest: Published | None) -> str:
    """Give the title in the reader's language, that of the publication where the text is broken."""
    if own := modules.get(current_language()):
        return own.title
    if latest is not None:
        return latest.title(current_language())
    return next((one.title for one in modules.values()), slug)


def files_changed(slug: str, latest: Published | None) -> bool:
    """Tell whether the content folder has other texts than the latest publication."""
    if latest is None:
        return False
    try:
        files = module_files_of(slug)
    except PreviewBusy:
        return False  # The page of the module will tell.
    return files is not None and files.state(latest.sha256) is FileState.CHANGED
