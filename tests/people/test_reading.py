"""Directory files as people save them."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter

from app.people.directory.reading import UnreadableFileError, read_sheet

TEXT = "Matricule;Prénom;Nom\r\nPN1;Zoé;Lefèvre\r\n\r\nPN2;Léa;D'Œuvre\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_is_read_whatever_its_encoding_and_separator(encoding: str, separator: str) -> None:
    sheet = read_sheet(TEXT.replace(";", separator).encode(encoding))
    assert sheet.columns == ("matricule", "prenom", "nom")
    assert [line.get("prenom") for line in sheet.lines] == ["Zoé", "Léa"]
    assert sheet.lines[1].get("nom") == "D'Œuvre"


def test_rows_keep_the_numbers_that_a_spreadsheet_shows() -> None:
    assert [line.number for line in read_sheet(TEXT.encode()).lines] == [2, 4]


def test_cells_may_hold_the_separator_and_lines() -> None:
    sheet = read_sheet(b'matricule;nom\n1;"a;b\nc"\n')
    assert sheet.lines[0].get("nom") == "a;b\nc"


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    page.write(r, c, cell, *([day] if isinstance(cell, date) else []))
    return content.getvalue()


def test_a_workbook_gives_whole_numbers_and_days() -> None:
    content = workbook({"Agents": [["Matricule", "Arrivée"], [12345, date(2026, 11, 23)]]})
    assert read_sheet(content).lines[0].cells == {"matricule": "12345", "arrivee": "2026-11-23"}


def test_the_sheet_of_units_is_found_by_its_name() -> None:
    content = workbook({"Agents": [["a"], ["1"]], "Unités": [["code_unite"], ["U1"]]})
    assert read_sheet(content, sheet="unites").columns == ("code_unite",)
    assert read_sheet(content).columns == ("a",)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"\n;;\n", "empty"),
        (b"nom;Nom\n1;2\n", "twice: nom"),
        (b"PK\x03\x04 not a workbook", "cannot be read"),
        (b'nom\n"never closed', "cannot be read"),
        (b"\x81\x8d", "neither"),
        (b"\xff\xfe\x00", "neither"),
    ],
)
def test_what_is_not_a_table_is_said(content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableFileError, match=problem):
        read_sheet(content)
