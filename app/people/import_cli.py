"""Commands that import directory files."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import sqlalchemy as sa
from flask.cli import with_appcontext

from app.database import utc_now, write
from app.extensions import db
from app.i18n import force_language
from app.people.directory.columns import Kind
from app.people.import_models import DirectoryImport, ImportMistake
from app.people.import_states import AT_REST, State
from app.people.importing import work
from app.people.models import OrganisationalUnit
from app.people.services.imports import receiving
from app.people.settings import NumberKey, get_setting
from app.people.wording import say_problem

PATH = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("import")
@with_appcontext
@click.argument("file", type=PATH, required=False)
@click.option("--units", is_flag=True, help="The file is about units, not agents.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--apply", "applies", is_flag=True, help="Apply the file, unless a row is wrong.")
@click.option("--accept-grades", is_flag=True, help="Take grades that nobody held before.")
@click.option("--complete", is_flag=True, help="Who is not in the file has left.")
@click.option("--below", metavar="CODE", help="Complete for this unit and those below it.")
@click.option("--leaving", type=int, help="How many leave, where it is more than is usual.")
@click.option(
    "--resume", type=int, is_flag=False, flag_value=0, metavar="NUMBER",
    help="Go on with an import that was cut short; without a number, with all of them.",
)  # fmt: skip
def import_file(
    *,
    file: Path | None, units: bool, dry_run: bool, applies: bool, accept_grades: bool,
    complete: bool, below: str | None, leaving: int | None, resume: int | None,
) -> None:  # fmt: skip
    r"""Import agents or units from a CSV, XLSX or ODS FILE: all of it, or none of it.

    \b
    Columns about agents, in any order, capitals and accents indifferent:
      matricule, prenom, nom   who it is; the matricule tells known agents from new ones
      courriel, langue         optional; langue is fr or en; empty keeps what is known
      code_unite               the unit's code
      unite, type_unite, code_parent, filiere
                               name, kind, parent and specialty of the unit; the name is needed
                               for a new one
      corps                    pn, gn, pm, sp or pref
      grade, categorie         categorie is application, maitrise or officiers
      arrivee                  day of arrival, as 2026-11-23 or 23/11/2026
      depuis                   optional: first day of a new assignment; today when empty
      depart                   optional: the first day without the agent

    \b
    Columns about units (of a workbook, its sheet « unites », else the first):
      code_unite, unite, type_unite, code_parent, filiere
      ouverte, fermee          optional: its first day, and the first day it is no more
      fusionnee_dans           the code of the unit that takes its agents
    """
    if resume is not None:
        go_on(resume)
    elif file is None or dry_run == applies:
        raise click.UsageError("Give a FILE with --dry-run or --apply, or --resume.")
    else:
        options = receiving.Options(accept_grades, complete or bool(below), find_unit(below))
        import_id = receive(file, Kind.UNITS if units else Kind.AGENTS, options)
        tell_counts(find(import_id))
        if dry_run:
            abandon(import_id)
            click.echo("Dry run: nothing was changed.")
        else:
            apply(import_id, leaving)


def find_unit(code: str | None) -> int | None:
    """Find a unit by its code."""
    if not code:
        return None
    unit_id = db.session.scalar(
        sa.select(OrganisationalUnit.id).where(OrganisationalUnit.code == code)
    )
    if unit_id is None:
        raise click.ClickException(f"No unit has the code {code}.")
    return unit_id


def receive(file: Path, kind: Kind, options: receiving.Options) -> int:
    """Keep, read and compare a file; stop with every mistake, where there is one."""
    with file.open("rb") as content:
        import_id = write(
            receiving.receive, kind=kind, name=file.name, file=content, actor_id=None,
            now=utc_now(),
        )  # fmt: skip
    work(import_id)
    refuse(import_id)
    try:
        places = find(import_id).places
        write(receiving.match, import_id=import_id, places=places, options=options)
    except receiving.ColumnsMissingError as error:
        abandon(import_id)
        raise click.ClickException(f"These columns are not in the file: {error}.") from error
    work(import_id, tell_progress)
    refuse(import_id)
    return import_id


def apply(import_id: int, leaving: int | None) -> None:
    """Apply an import whose counts were told."""
    percent = get_setting(db.session, NumberKey.LEAVING_PERCENT)
    try:
        write(
            receiving.confirm, import_id=import_id, leaving=leaving, guard_percent=percent,
            actor_id=None,
        )  # fmt: skip
    except receiving.LeaversUnconfirmedError as error:
        left = find(import_id).counts["agents"]["left"]
        abandon(import_id)
        raise click.ClickException(
            f"{left} agents would leave, more than {percent} %: if so, say --leaving {left}."
        ) from error
    except receiving.AnotherAppliesError as error:
        abandon(import_id)
        raise click.ClickException("Another import is being applied.") from error
    finish(import_id)


def finish(import_id: int) -> None:
    """Work until all is applied."""
    if not work(import_id, tell_progress):
        raise click.ClickException(f"Another process works on import {import_id}.")
    refuse(import_id)
    row = find(import_id)
    if row.state == State.READY and row.has_moved:
        raise click.ClickException(
            "What is known has changed meanwhile, and with it the counts; nothing was applied."
        )
    click.echo("Done." if row.state == State.APPLIED else f"It waits: {row.state}.")


def go_on(import_id: int) -> None:
    """Go on with one import, or with all that are under way."""
    under_way = sa.select(DirectoryImport.id).where(DirectoryImport.state.not_in(AT_REST))
    for number in [import_id] if import_id else db.session.scalars(under_way).all():
        if db.session.get(DirectoryImport, number) is None:
            raise click.ClickException(f"There is no import {number}.")
        finish(number)


def find(import_id: int) -> DirectoryImport:
    """Read an import as it is."""
    db.session.close()
    return db.session.get_one(DirectoryImport, import_id)


def refuse(import_id: int) -> None:
    """Stop with every mistake, where there is one; a file given here is then forgotten.

    One given on the pages waits there: whoever gave it has its mistakes still to read.
    """
    row = find(import_id)
    if row.state != State.REFUSED:
        return
    mistakes = db.session.scalars(
        sa.select(ImportMistake)
        .where(ImportMistake.import_id == import_id)
        .order_by(ImportMistake.line, ImportMistake.id)
    )
    with force_language("en"):
        for mistake in mistakes:
            place = f"row {mistake.line}, " if mistake.line else ""
            place += f"column {mistake.column}: " if mistake.column else ""
            click.echo(place + say_problem(mistake.problem, mistake.detail), err=True)
    if row.actor_id is None:
        abandon(import_id)
    raise click.ClickException(f"{row.mistake_count} mistake(s); nothing was applied.")


def abandon(import_id: int) -> None:
    """Give an import up, and forget its file."""
    write(receiving.abandon, import_id=import_id, actor_id=None, now=utc_now())
    work(import_id)


def tell_progress(row: DirectoryImport) -> None:
    """Say how far the work is, to who watches a terminal."""
    if sys.stderr.isatty():
        click.echo(f"\r{row.state} {row.position}/{row.expected_rows}   ", err=True, nl=False)


def tell_counts(row: DirectoryImport) -> None:
    """Say what changes."""
    click.echo(f"Units: {counted(row.counts['units'])}.")
    if row.kind == Kind.AGENTS:
        click.echo(f"Agents: {counted(row.counts['agents'])}.")
        if row.counts["inactive"]:
            click.echo(f"{row.counts['inactive']} of them deactivated, and left so.")
        if row.counts["homonyms"]:
            click.echo(f"{row.counts['homonyms']} new ones have the names of another agent.")


def counted(counts: dict[str, int]) -> str:
    """Write how many of each fate."""
    return ", ".join(f"{count} {fate}" for fate, count in counts.items())
