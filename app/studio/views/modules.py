"""The trainers' modules, one module with its history, and what the check found in its files."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.catalogue.differences import compare, required_kind
from app.catalogue.library import open_edition
from app.catalogue.queries import find_latest
from app.catalogue.wording import say_kind, say_priority
from app.database import utc_now
from app.days import day_of
from app.dialect.compiled import CompiledModule
from app.extensions import db
from app.i18n import LANGUAGES, current_language
from app.studio.line_differences import compare_texts
from app.studio.module_files import FileState, ModuleFiles, read_doubts
from app.studio.overview import Filter, describe, describe_all
from app.studio.queries import Published, list_history, list_latest
from app.studio.queries.drafts import find_open_draft, list_open_drafts
from app.studio.queries.published import find_texts
from app.studio.views.blueprint import (
    ROOM,
    all_module_files,
    around,
    bp,
    get_module_files,
    module_files_of,
)
from app.studio.views.changes import say_changes
from app.studio.views.tasks import tasks_of_drafts, tasks_of_modules
from app.studio.wording import say_path, say_state


@bp.get("/modules/<slug>/a-verifier")
@policy(*ROOM)
def doubts(slug: str) -> ResponseReturnValue:
    """List what the files say is to be verified, the most urgent first."""
    module_files = get_module_files(slug)
    read = read_doubts(module_files, around())
    if read.is_refused:  # The findings say why there is nothing to show.
        return redirect(url_for("studio.findings", slug=slug))
    groups = [(one, list(group)) for one, group in groupby(read.doubts, key=lambda d: d.priority)]
    return render_template(
        "studio/doubts.html",
        module_files=module_files,
        title=title_of(module_files),
        total=read.doubtful,
        groups=[(say_priority(one), listed) for one, listed in groups],
    )


@bp.get("/")
@policy(*ROOM)
def index() -> ResponseReturnValue:
    """Say what waits for the agent, then list the modules and how their files stand."""
    today = day_of(utc_now())
    latest = list_latest(db.session)
    modules = describe_all(all_module_files(latest), latest, current_language(), today)
    drafts = list_open_drafts(db.session)
    titles = {one.slug: one.title for one in modules}
    asked, horizon = tasks_of_modules(drafts)
    return render_template(
        "studio/index.html",
        modules=modules,
        tasks=[*tasks_of_drafts(drafts, titles), *asked],
        horizon=horizon,
        drafts=drafts,
        titles=titles,
        may_write=current_agent().has(Role.TRAINER),
        say_state=say_state,
    )


@bp.get("/modules/<slug>")
@policy(*ROOM)
def module(slug: str) -> ResponseReturnValue:
    """Show a module: the state of its files and the history of its publications."""
    module_files, history = module_files_of(slug), list_history(db.session, slug)
    if module_files is None and not history:
        abort(404)
    latest = history[0] if history else None
    today = day_of(utc_now())
    overview = describe(module_files, latest, current_language(), today)
    may_publish = current_agent().has(Role.TRAINER) and overview.state in {
        FileState.CHANGED,
        FileState.NEW,
    }
    return render_template(
        "studio/module.html",
        module=overview, history=history, may_publish=may_publish, say_kind=say_kind,
        languages=LANGUAGES, open_draft=find_open_draft(db.session, slug),
        may_write=current_agent().has(Role.TRAINER), may_offer=current_agent().has(Role.REVIEWER),
    )  # fmt: skip


@bp.get("/modules/<slug>/verification")
@policy(*ROOM)
def findings(slug: str) -> ResponseReturnValue:
    """Show what the check found in a module's files, filtered."""
    module_files = get_module_files(slug)
    messages = module_files.reading.messages
    chosen = Filter(
        severity=request.args.get("gravite", ""),
        code=request.args.get("code", ""),
        file=request.args.get("fichier", ""),
    )
    return render_template(
        "studio/findings.html",
        module_files=module_files,
        title=title_of(module_files),
        chosen=chosen,
        messages=chosen.select(messages),
        total=len(messages),
        is_cut=len(messages) < module_files.errors + module_files.warnings,
        codes=sorted({message.code for message in messages}),
        files=sorted(module_files.reading.sources),
        under=f"{module_files.folder.as_posix()}/",
    )


def title_of(module_files: ModuleFiles) -> str:
    """Name a module by its files, or as it was published when they cannot be read."""
    module = module_files.modules.get(current_language()) or module_files.module
    if module is not None:
        return module.title
    latest = find_latest(db.session, module_files.slug)
    return latest.title(current_language()) if latest else module_files.slug


@bp.get("/modules/<slug>/comparaison")
@policy(*ROOM)
def comparison(slug: str) -> ResponseReturnValue:
    """Say what changed from a version to another, or to the files (« fichiers »)."""
    history = list_history(db.session, slug)
    before = find_side(history, None, request.args.get("avant", ""))
    module_files = module_files_of(slug)
    after = find_side(history, module_files, request.args.get("apres", ""))
    if before is None or after is None:
        abort(404)
    differences = compare(before, after)
    files = module_files.reading.sources if module_files else {}
    return render_template(
        "studio/comparison.html",
        slug=slug,
        title=history[0].title(current_language()) if history else after.title,
        before=request.args["avant"],
        after=request.args["apres"],
        sentences=say_changes(differences),
        total=len(differences),
        lines=compare_texts(
            texts_of_side(slug, request.args["avant"], files),
            texts_of_side(slug, request.args["apres"], files),
        ),
        say_path=say_path,
        kind=say_kind(required_kind(differences)),
        history=history,
        has_files=module_files is not None and module_files.module is not None,
    )


def texts_of_side(slug: str, name: str, files: Mapping[str, str]) -> Mapping[str, str]:
    """Find the texts of one side of a comparison that is there."""
    texts = find_texts(db.session, slug, int(name)) if name != "fichiers" else None
    return texts.by_path if texts else files


def find_side(
    history: list[Published], module_files: ModuleFiles | None, name: str
) -> CompiledModule | None:
    """Find one side of a comparison: a version by its number, or the files."""
    if name == "fichiers":
        return module_files.module if module_files else None
    version = next((one for one in history if str(one.number) == name), None)
    if version is None:
        return None
    return open_edition(db.session, version.version_id, "fr").module
