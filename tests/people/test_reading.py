"""Directory files as people save them, and as nobody should."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter

from app.people.directory import xlsx_table
from app.people.directory.limits import LONGEST_CELL, MOST_COLUMNS
from app.people.directory.problems import Problem, UnreadableFileError
from app.people.directory.reading import open_table
from app.people.directory.table import Line, Table, WrongCell

TEXT = "Matricule;Prénom;Nom\r\nPN1;Zoé;Lefèvre\r\n\r\nPN2;Léa;D'Œuvre\r\n"
ODS = (
    '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x">'
    "{}</office:document-content>"
)


DOCTYPE = "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"
REPEATED = 'table:number-columns-repeated="5000"'


def read(content: bytes, sheet: str = "") -> tuple[Table, list[Line]]:
    table = open_table(io.BytesIO(content), sheet=sheet)
    return table, list(table.lines)


def refusal(content: bytes) -> tuple[Problem, str]:
    with pytest.raises(UnreadableFileError) as raised:
        read(content)
    return raised.value.problem, raised.value.detail


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_a_csv_is_read_whatever_its_encoding_and_separator(encoding: str, separator: str) -> None:
    table, lines = read(TEXT.replace(";", separator).encode(encoding))
    assert (table.encoding, table.separator) == (encoding, separator)
    assert table.headings == ("Matricule", "Prénom", "Nom")
    assert [line.cells[1:] for line in lines] == [["Zoé", "Lefèvre"], ["Léa", "D'Œuvre"]]


def test_windows_accents_are_told_from_utf_8_even_at_the_end_of_a_large_file() -> None:
    content = ("matricule;nom\n" + "1;Dupont\n" * 100_000 + "2;Lefèvre\n").encode("cp1252")
    table, lines = read(content)
    assert (table.encoding, lines[-1].cells) == ("cp1252", ["2", "Lefèvre"])


def test_a_file_may_name_its_separator() -> None:
    table, lines = read(b"sep=|\nmatricule|nom;prenom\n1|a;b\n")
    assert (table.separator, lines) == ("|", [Line(3, ["1", "a;b"])])


def test_rows_keep_the_numbers_that_a_spreadsheet_shows() -> None:
    assert [line.number for line in read(TEXT.encode())[1]] == [2, 4]


def test_cells_may_hold_the_separator_and_lines() -> None:
    assert read(b'matricule;nom\n1;"a;b\nc"\n')[1][0].cells == ["1", "a;b\nc"]


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


def ods(rows: str, name: str = "Agents") -> bytes:
    table = f'<table:table table:name="{name}">{rows}</table:table>'
    return archive({"content.xml": ODS.format(table)})


def archive(parts: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return content.getvalue()


def cell(text: str, told: str = "") -> str:
    return f"<table:table-cell {told}><text:p>{text}</text:p></table:table-cell>"


def test_a_workbook_gives_whole_numbers_and_days() -> None:
    content = workbook({"Agents": [["Matricule", "Arrivée"], [12345, date(2026, 11, 23)]]})
    assert read(content)[1] == [Line(2, ["12345", "2026-11-23"])]


def test_the_sheet_of_units_is_found_by_its_name() -> None:
    content = workbook({"Agents": [["a"], ["1"]], "Unités": [["code_unite"], ["U1"]]})
    assert read(content, "unites")[0].headings == ("code_unite",)
    table, _lines = read(content)
    assert (table.headings, table.sheet) == (("a",), "Agents")


def test_a_formula_and_a_tick_are_no_values() -> None:
    cells = read(workbook({"A": [["a", "b"], ["=1+1", True]]}))[1][0].cells
    assert [cell.problem for cell in cells if isinstance(cell, WrongCell)] == [
        Problem.FORMULA, Problem.NOT_TEXT,
    ]  # fmt: skip


def test_an_ods_gives_texts_days_repeated_cells_and_no_notes() -> None:
    row = "<table:table-row>{}</table:table-row>".format
    day = 'office:value-type="date" office:date-value="2026-11-23"'
    note = "<table:table-cell><office:annotation><text:p>note</text:p></office:annotation>"
    note += "<text:p>Zo<text:s/>é</text:p></table:table-cell>"
    rows = row(cell("Matricule") + cell("Nom") + cell("Arrivée"))
    rows += row(cell("12", 'office:value-type="float" office:value="12"') + note + cell("x", day))
    repeated = 'table:number-rows-repeated="1048000"'
    rows += f"<table:table-row {repeated}><table:table-cell/></table:table-row>"
    rows += row(cell("same", 'table:number-columns-repeated="2"'))
    table, lines = read(ods(rows))
    assert (table.headings, table.sheet) == (("Matricule", "Nom", "Arrivée"), "Agents")
    assert [line.cells for line in lines] == [["12", "Zo é", "2026-11-23"], ["same", "same"]]
    assert lines[-1].number == 1_048_003


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", Problem.FILE_EMPTY),
        (b";;\n\n", Problem.FILE_EMPTY),
        (b"a;A\n1;2\n", Problem.COLUMN_TWICE),
        (b'a;b\n"1;2\n', Problem.CSV_BROKEN),
        (b"a\n\x81\n", Problem.ENCODING),
        (b"a;b\n1;\0\n", Problem.ENCODING),
        (b"PK\x03\x04 and no more", Problem.WORKBOOK_BROKEN),
        (b"\xd0\xcf\x11\xe0 an old workbook", Problem.WORKBOOK_LOCKED),
        (archive({"other.xml": "<a/>"}), Problem.WORKBOOK_BROKEN),
        (archive({"content.xml": "<a><b></a>"}), Problem.WORKBOOK_BROKEN),
        (archive({"content.xml": DOCTYPE}), Problem.WORKBOOK_BROKEN),
        (archive({f"{n}.xml": "" for n in range(2_001)}), Problem.WORKBOOK_SWELLS),
    ],
    ids=lambda value: value if isinstance(value, Problem) else "",
)  # fmt: skip
def test_what_is_no_table_is_refused(content: bytes, problem: Problem) -> None:
    assert refusal(content)[0] is problem


WIDE: dict[str, Callable[[], bytes]] = {
    "csv": lambda: b";".join(b"c%d" % n for n in range(5_000)),
    "xlsx": lambda: workbook({"A": [[f"c{n}" for n in range(5_000)]]}),
    "ods": lambda: ods(f"<table:table-row>{cell('x', REPEATED)}</table:table-row>"),
}


@pytest.mark.parametrize("kind", WIDE)
def test_five_thousand_columns_are_refused(kind: str) -> None:
    problem, detail = refusal(WIDE[kind]())
    assert problem is Problem.TOO_MANY_COLUMNS
    assert detail.endswith(f"/{MOST_COLUMNS}")


@pytest.mark.parametrize(
    "content",
    [
        b"a;b\n1;" + b"x" * (LONGEST_CELL + 1),
        b"a;b\n1;" + b"x" * 3_000_000,
        workbook({"A": [["a"], ["x" * (LONGEST_CELL + 1)]]}),
    ],
    ids=["long", "endless line", "workbook"],
)
def test_a_huge_cell_is_refused(content: bytes) -> None:
    assert refusal(content) == (Problem.HUGE_CELL, str(LONGEST_CELL))


def bomb(kind: str) -> bytes:
    """Zip 200 million spaces into half a megabyte."""
    content = io.BytesIO()
    chunk = b" " * 10_000_000
    name = "content.xml" if kind == "ods" else "xl/sharedStrings.xml"
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "xl/workbook.xml" if kind == "xlsx" else "mimetype", '<w><sheet name="A"/></w>'
        )
        with packed.open(name, "w") as part:
            part.write(b"<a>")
            for _ in range(20):
                part.write(chunk)
    return content.getvalue()


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_a_zip_bomb_is_refused_before_it_fills_the_memory(kind: str) -> None:
    content = bomb(kind)
    assert len(content) < 3_000_000
    tracemalloc.start()
    try:
        assert refusal(content)[0] is Problem.WORKBOOK_SWELLS
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


def test_more_shared_texts_than_the_memory_takes_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xlsx_table, "MOST_SHARED", 1_000_000)
    parts = {"xl/workbook.xml": '<w><sheet name="A"/></w>'}
    assert refusal(archive(parts | {"xl/sharedStrings.xml": texts(20_000)}))[0] is (
        Problem.WORKBOOK_SWELLS
    )
    assert refusal(archive(parts | {"xl/sharedStrings.xml": texts(10_000)}))[0] is (
        Problem.WORKBOOK_BROKEN
    )


def texts(count: int) -> str:
    return f"<a>{'<si><t>x</t></si>' * count}</a>"


def test_a_row_repeated_beyond_reason_is_refused() -> None:
    row = f'<table:table-row table:number-rows-repeated="99999999">{cell("x")}</table:table-row>'
    assert refusal(ods(row))[0] is Problem.TOO_MANY_ROWS


def test_a_long_file_is_read_without_keeping_it() -> None:
    content = b"matricule;nom\n" + b"1;Dupont de la Grande Rue\n" * 50_000
    table = open_table(io.BytesIO(content))
    tracemalloc.start()
    try:
        assert sum(1 for _ in table.lines) == 50_000
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
