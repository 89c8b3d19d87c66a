"""Open a directory file, whatever it was saved as."""

from __future__ import annotations

from typing import BinaryIO

from app.people.directory.archive import OLD, ZIP, open_archive
from app.people.directory.csv_table import open_csv
from app.people.directory.ods_table import open_ods
from app.people.directory.problems import Problem, UnreadableFileError
from app.people.directory.table import Table
from app.people.directory.xlsx_table import BOOK, open_xlsx


def open_table(file: BinaryIO, *, sheet: str = "") -> Table:
    """Open a file's table; ``sheet`` names the one wanted where a workbook has several."""
    file.seek(0)
    start = file.read(4)
    if start == OLD:
        raise UnreadableFileError(Problem.WORKBOOK_LOCKED)
    if start != ZIP:
        return open_csv(file)
    archive = open_archive(file)
    names = set(archive.namelist())
    if BOOK in names:
        return open_xlsx(archive, sheet)
    if "content.xml" in names:
        return open_ods(archive, sheet)
    raise UnreadableFileError(Problem.WORKBOOK_BROKEN)
