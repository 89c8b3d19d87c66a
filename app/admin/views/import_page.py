"""One directory file: its columns, what it would change, its progress, its report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response, abort, flash, redirect, render_template, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.admin.import_forms import ColumnsForm, ConfirmForm, build_columns_form, column_labels
from app.admin.queries import imports as queries
from app.admin.views.blueprint import bp
from app.database import utc_now, write
from app.extensions import db
from app.i18n import gettext as _
from app.people.directory.columns import Kind
from app.people.import_models import DirectoryImport
from app.people.import_process import start_import
from app.people.import_states import AT_REST, State
from app.people.importing import work
from app.people.models import OrganisationalUnit
from app.people.queries import list_units
from app.people.services.imports import holding, receiving
from app.people.settings import NumberKey, get_setting
from app.people.wording import say_problem
from app.statistics.exports import BYTE_ORDER_MARK, TYPES, write_lines


def get_import_or_404(import_id: int) -> DirectoryImport:
    """Read an import, or answer that there is none."""
    row = db.session.get(DirectoryImport, import_id)
    if row is None:
        abort(404)
    return row


@bp.get("/imports/<int:import_id>")
@policy(Role.ADMINISTRATOR)
def show_import(import_id: int) -> ResponseReturnValue:
    """Show how far a file is, and what can be done with it."""
    return show(get_import_or_404(import_id))


def show(
    row: DirectoryImport, *, columns: ColumnsForm | None = None,
    confirmation: ConfirmForm | None = None, status: int = 200,
) -> ResponseReturnValue:  # fmt: skip
    """Show the page of an import."""
    facts: dict[str, Any] = {"is_under_way": row.state not in AT_REST}
    if row.state in {State.MATCHING, State.REFUSED, State.READY} and row.headings:
        facts["columns"] = columns or make_columns_form(row)
    if row.state == State.REFUSED:
        facts["mistakes"] = queries.list_mistakes(db.session, import_id=row.id)
    if row.state == State.READY:
        percent = get_setting(db.session, NumberKey.LEAVING_PERCENT)
        facts |= {
            "confirmation": confirmation or ConfirmForm(), "percent": percent,
            "many_leave": receiving.needs_leave(row.counts, percent),
            "samples": queries.list_samples(
                db.session, import_id=row.id, samples=row.samples
            ),
        }  # fmt: skip
    if row.below_id:
        facts["below"] = db.session.get_one(OrganisationalUnit, row.below_id).name
    page = render_template(
        "admin/import.html", row=row, labels=column_labels(), say_problem=say_problem,
        is_silent=holding.is_silent(row, utc_now()), **facts,
    )  # fmt: skip
    return page, status


def make_columns_form(row: DirectoryImport) -> ColumnsForm:
    """Make the form of a file's columns."""
    return build_columns_form(
        Kind(row.kind), row.headings, row.places, list_units(db.session),
        accepts_grades=row.accepts_grades, is_complete=row.is_complete, below=row.below_id or 0,
    )  # fmt: skip


@bp.post("/imports/<int:import_id>/colonnes")
@policy(Role.ADMINISTRATOR)
def match_columns(import_id: int) -> ResponseReturnValue:
    """Take the columns as they were matched, and read the file."""
    row = get_import_or_404(import_id)
    form = make_columns_form(row)
    if not form.validate_on_submit():
        return show(row, columns=form, status=400)
    try:
        write(
            receiving.match, import_id=import_id, places=form.read_places(),
            options=form.read_options(),
        )  # fmt: skip
    except receiving.ColumnsMissingError as error:
        for column in error.columns:
            form[f"column_{column}"].errors = [_("Choisissez la colonne du fichier.")]
        return show(get_import_or_404(import_id), columns=form, status=400)
    except receiving.NotNowError:
        return too_late(import_id)
    start_import(import_id)
    return redirect(url_for(".show_import", import_id=import_id))


@bp.post("/imports/<int:import_id>/application")
@policy(Role.ADMINISTRATOR)
def confirm_import(import_id: int) -> ResponseReturnValue:
    """Have a file applied as it was seen."""
    row = get_import_or_404(import_id)
    form = ConfirmForm()
    if not form.validate_on_submit():
        return show(row, confirmation=form, status=400)
    try:
        write(
            receiving.confirm, import_id=import_id, leaving=form.leaving.data,
            guard_percent=get_setting(db.session, NumberKey.LEAVING_PERCENT),
            actor_id=current_agent().id,
        )  # fmt: skip
    except receiving.LeaversUnconfirmedError:
        form.leaving.errors = [_("Ce n’est pas le nombre d’agents qui partiraient.")]
        return show(get_import_or_404(import_id), confirmation=form, status=400)
    except receiving.AnotherAppliesError:
        flash(_("Un autre import est en cours d’application : attendez sa fin."), "error")
        return redirect(url_for(".show_import", import_id=import_id))
    except receiving.NotNowError:
        return too_late(import_id)
    start_import(import_id)
    return redirect(url_for(".show_import", import_id=import_id))


@bp.post("/imports/<int:import_id>/abandon")
@policy(Role.ADMINISTRATOR)
def abandon_import(import_id: int) -> ResponseReturnValue:
    """Give a file up, and forget it."""
    get_import_or_404(import_id)
    try:
        write(receiving.abandon, import_id=import_id, actor_id=current_agent().id, now=utc_now())
    except receiving.NotNowError:
        return too_late(import_id)
    work(import_id)
    flash(_("L’import est abandonné et le fichier est oublié."), "success")
    return redirect(url_for(".imports"))


@bp.post("/imports/<int:import_id>/reprise")
@policy(Role.ADMINISTRATOR)
def resume_import(import_id: int) -> ResponseReturnValue:
    """Go on with an import whose process has stopped."""
    row = get_import_or_404(import_id)
    if not holding.is_silent(row, utc_now()):
        return too_late(import_id)
    start_import(import_id)
    return redirect(url_for(".show_import", import_id=import_id))


def too_late(import_id: int) -> ResponseReturnValue:
    """Say that the import is elsewhere than the page believed."""
    flash(_("L’import a avancé entre-temps : voici où il en est."), "info")
    return redirect(url_for(".show_import", import_id=import_id))


@bp.get("/imports/<int:import_id>/erreurs.csv")
@policy(Role.ADMINISTRATOR)
def export_mistakes(import_id: int) -> ResponseReturnValue:
    """Give the mistakes of a file, by row and column."""
    get_import_or_404(import_id)

    def lines() -> Iterator[str]:
        yield BYTE_ORDER_MARK
        yield write_lines([[_("Ligne"), _("Colonne"), _("Erreur")]])
        for mistake in queries.every_mistake(db.session, import_id=import_id):
            said = say_problem(mistake.problem, mistake.detail)
            yield write_lines([[mistake.line, mistake.column, said]])

    name = f"erreurs-import-{import_id}.csv"
    return Response(
        stream_with_context(lines()),
        content_type=TYPES["csv"],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
