"""The blueprint of the trainers' room, and what its pages share."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from flask import Blueprint, abort, current_app, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.access import Role, wants_json
from app.catalogue.library import open_volume
from app.database import utc_now
from app.days import day_of
from app.dialect.context import UnreadableListError
from app.dialect.sandbox.frames import MIB, Limits
from app.extensions import db
from app.i18n import current_language
from app.studio.around import Around, look_around
from app.studio.module_files import ModuleFiles, find_module_files, list_module_files
from app.studio.previewing import PREVIEWER, PreviewBusy
from app.studio.queries import Published
from app.studio.wording import say_scene

bp = Blueprint("studio", __name__, url_prefix="/formateur")
bp.add_app_template_filter(say_scene, "scene_states")

ROOM = (Role.TRAINER, Role.REVIEWER)
RETRY_AFTER_SECONDS = 2


@bp.before_request
def prepare_previews() -> None:
    """Have the sandbox started by the first page of the room, so that a preview finds it ready."""
    PREVIEWER.prepare()


@bp.errorhandler(PreviewBusy)
def show_busy(_error: PreviewBusy) -> ResponseReturnValue:
    """Ask to come again in a moment; what was typed is kept in the page, to be sent again."""
    fields = [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]
    target = request.full_path.rstrip("?")
    page = (
        jsonify({"error": "preview_busy"})
        if wants_json()
        else render_template("studio/busy.html", fields=fields, target=target)
    )
    response = make_response(page, 503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


@bp.errorhandler(UnreadableListError)
def show_unreadable(error: UnreadableListError) -> ResponseReturnValue:
    """Name the list that cannot be read, and the line to mend."""
    page = render_template("studio/unreadable.html", name=error.path.name, line=error.line)
    return page, 409


def around() -> Around:
    """See what modules are checked against, and the limits of a preview."""
    config = current_app.config
    limits = Limits(
        cpu=config["PREVIEW_CPU_SECONDS"],
        wall=config["PREVIEW_WALL_SECONDS"],
        memory=config["PREVIEW_MEMORY_MIB"] * MIB,
    )
    today = day_of(utc_now())
    return look_around(Path(config["CONTENT_DIR"]), config["PASS_MARK"], today, limits)


def all_module_files(latest: Iterable[Published]) -> list[ModuleFiles]:
    """Read the files of every module that differ from its latest publication."""
    published = {one.slug: open_volume(db.session, one.version_id) for one in latest}
    return list_module_files(around(), current_language(), published)


def module_files_of(slug: str) -> ModuleFiles | None:
    """Read a module's files, if it has any."""
    return find_module_files(around(), slug, current_language())


def get_module_files(slug: str) -> ModuleFiles:
    """Read a module's files, or answer 404."""
    files = module_files_of(slug)
    if files is None:
        abort(404)
    return files
