from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from app.certificates import document
from app.days import end_of
from app.i18n import show_difference, show_percent
from app.people.models import Setting
from app.people.settings import TextKey
from app.statistics import printed
from app.statistics.comparing import difference
from app.statistics.exports import csv_lines, make_xlsx, neutralise, show_plain, write_lines
from app.statistics.figures import Counts, Share, Taken, UnitFigures, add_up, choose, outermost
from app.statistics.grids import Column, Grid, Kind, Line
from app.statistics.moments import kept_days, months_before
from app.statistics.open_document import make_ods
from app.statistics.printed import make_pdf
from app.statistics.trend import draw
from app.statistics.views import situation
from tests.signing_in import sign_in
from tests.statistics.conftest import TODAY
from tests.statistics.test_situation import plain, read_rows


def read_csv(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


def as_shown(cell: object) -> str:
    """Write a typed cell as the screen does."""
    if isinstance(cell, float) and not cell.is_integer():
        return f"{100 * cell:.1f} %".replace(".", ",")
    if isinstance(cell, float):
        return str(int(cell))
    return str(cell)


def read_sheet(content: bytes) -> list[list[object]]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return sheet.to_python()


def filled(rows: list[list[object]]) -> list[list[object]]:
    """Leave out what is empty: files pad their rows as they like."""
    cells = [[cell for cell in row if cell != ""] for row in rows]
    return [row for row in cells if row]


@pytest.mark.parametrize("view", ["services", "modules", "corps", "grades", "evolution"])
@pytest.mark.parametrize("filters", ["", "&corps=pn", "&module=probite"])
def test_files_hold_exactly_what_is_on_screen(app, place, snapshot, view, filters):
    client = sign_in(app, place.hr)
    address = f"?vue={view}{filters}"
    page = client.get(f"/rh/situation{address}").text
    screen = read_rows(page)
    table = read_csv(client.get(f"/rh/situation.csv{address}").get_data(as_text=True))
    start = next(number for number, row in enumerate(table) if row == [])
    assert any("sur" in row[0] for row in table[:start])
    rows = [[cell.replace("'=", "=") for cell in row] for row in table[start + 1 :]]
    assert rows[0] == screen[0]
    for shown, row in zip(screen[1:], rows[1:], strict=True):
        same = [cell for cell in shown if cell not in {"–", "non montré"}]
        wanted = [cell for cell in row if cell]
        if view == "evolution":
            same, wanted = same[1:], wanted[1:]
        assert wanted == same

    files = {kind: client.get(f"/rh/situation.{kind}{address}").data for kind in ("xlsx", "ods")}
    sheet = read_sheet(files["xlsx"])
    assert filled(read_sheet(files["ods"])) == filled(sheet)
    typed = [row for row in sheet if row[0] == screen[0][0] or row[0] in {r[0] for r in screen}]
    if view != "evolution":
        for shown, row in zip(screen, typed, strict=True):
            cells = [as_shown(cell) for cell in row if cell != ""]
            missing = [cell for cell in shown if cell not in {"–", "non montré"}]
            assert [c.replace("0,0 %", "0") for c in cells] == [
                c.replace("0,0 %", "0") for c in missing
            ]


def test_files_are_attachments_with_their_type(app, place, snapshot):
    client = sign_in(app, place.hr)
    response = client.get("/rh/situation.csv")
    assert response.content_type == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    named = client.get(f"/rh/situation.csv?corps=pn&unite={place.north.id}&vue=modules").headers
    assert f"-pn-service-{place.north.id}-modules.csv" in named["Content-Disposition"]
    assert client.get("/rh/situation.odt").status_code == 404


def test_a_pdf_is_made_for_reading_aloud_and_says_what_is_on_screen(app, place, snapshot):
    place_name = "Nord"
    client = sign_in(app, place.hr)
    response = client.get("/rh/situation.pdf")
    assert response.content_type == "application/pdf"
    assert response.data.startswith(b"%PDF-1.7")
    assert b"pdfuaid" in response.data
    assert client.get("/rh/situation.pdf").data == response.data
    values = []
    with app.test_request_context():
        grid = Grid(f"Situation {place_name}", "C", [Column("A", Kind.TEXT), Column("B")],
                    [Line(("#panic() $x$ \u202e*", 12345)), Line((None, None))], ["S"])  # fmt: skip
        values.append(make_pdf(grid, language="fr", organisation="O", made_at=end_of(TODAY)))
        assert printed.show(Share(1, 3), Kind.SHARE) == show_percent(1, 3)
        assert plain(printed.show(Share(12, 15), Kind.RATIO)) == "12 sur 15"
        assert plain(printed.show(1234, Kind.COUNT)) == "1 234"
        assert printed.show(None, Kind.RATIO) == "non montré"
        assert printed.draw("a\u202f%\x00\u202e") == "a %"
    assert values[0].startswith(b"%PDF")


def test_a_pdf_bears_the_name_that_the_administrator_gave(
    app, session, place, snapshot, monkeypatch
):
    session.add(Setting(key=TextKey.ORGANISATION, value="Ministère de l’essai"))
    session.commit()
    monkeypatch.setattr(situation, "make_pdf", lambda _grid, *, organisation, **_: organisation)
    assert sign_in(app, place.hr).get("/rh/situation.pdf").text == "Ministère de l’essai"


def test_too_many_documents_at_once_are_a_wait(app, place, snapshot, monkeypatch):
    monkeypatch.setattr(document, "WAIT_SECONDS", 0)
    client = sign_in(app, place.hr)
    with document.in_turn(), document.in_turn():
        assert client.get("/rh/situation.pdf").status_code == 503
    assert client.get("/rh/situation.pdf").status_code == 200


def test_an_open_document_holds_no_formula_and_any_text():
    grid = Grid("=1", "+cmd", [Column("=A", Kind.TEXT), Column("n"), Column("d", Kind.DAY)],
                [Line(("=2+2\x00<&\ud7ff\ufffe", 3, date(2026, 1, 2)))])  # fmt: skip
    content = make_ods(grid)
    assert read_sheet(content)[-1] == ["=2+2<&\ud7ff", 3.0, date(2026, 1, 2)]
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert book.infolist()[0].filename == "mimetype"
        assert book.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert b"table:formula" not in book.read("content.xml")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\x00=1", " =1", "＝1", "\u00a0=1"],
)
def test_formulas_are_neutralised(text):
    assert neutralise(text).startswith("'")


@given(st.text())
def test_no_text_reaches_a_spreadsheet_as_a_formula(text):
    [row] = list(csv.reader(io.StringIO(write_lines([[text]]), newline=""), delimiter=";")) or [
        [""]
    ]
    assert row[0][:1] not in {"=", "+", "-", "@", "\t", "\r", "\n", "\x00"}


def test_text_stays_text_in_a_workbook():
    grid = Grid("=1", "+cmd", [Column("=A", Kind.TEXT), Column("n")],
                [Line(("=2+2\x00", 3)), Line(("http://x", 4)), Line(("12", 5))])  # fmt: skip
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(make_xlsx(grid))).get_sheet_by_index(0)
    assert sheet.to_python()[-3:] == [["=2+2", 3.0], ["http://x", 4.0], ["12", 5.0]]
    assert b"<f>" not in make_xlsx(grid)


def test_a_workbook_groups_thousands_as_its_reader_does():
    grid = Grid("n", "", [Column("n")], [Line((1_234_567,))])
    with ZipFile(io.BytesIO(make_xlsx(grid))) as book:
        styles = book.read("xl/styles.xml")
    # « # ##0 » would be one space and no more: 1234 567, and one before a 5.
    assert b'formatCode="#,##0"' in styles


def test_cells_in_csv(app):
    with app.test_request_context():
        assert show_plain(Share(2, 3), Kind.SHARE) == "66,7 %"
        assert show_plain(Share(0, 0), Kind.SHARE) == ""
        assert plain(str(show_plain(Share(12, 15), Kind.RATIO))) == "12 sur 15"
        assert show_plain(None, Kind.RATIO) == ""
        assert show_plain(date(2026, 1, 2), Kind.DAY) == "2026-01-02"
        lines = list(csv_lines(Grid("T", "C", [Column("N")], [Line((1,))], ["S"])))
        assert "".join(lines) == "\ufeffT\r\nS\r\nC\r\n\r\nN\r\n1\r\n"


def test_a_trend_is_placed_by_day():
    drawing = draw([(date(2026, 1, 1), 0.0), (date(2026, 1, 4), 50.0), (date(2026, 1, 11), 100.0)])
    assert drawing is not None
    assert drawing.line == "0,300 300,150 1000,0"
    assert draw([]) is None
    alone = draw([(date(2026, 1, 1), 25.0)])
    assert alone is not None
    assert alone.points == ((500.0, 225.0),)


def test_counts_add_and_subtract():
    assert add_up([Counts(5, 4, 2, 1), Counts(1, 1, 1, 0)]) == Counts(6, 5, 3, 1)
    assert Counts(5, 4, 2, 1) - Counts(1, 1, 1, 0) == Counts(4, 3, 1, 1)
    assert Counts(5, 4).not_asked == 1


def test_units_below_another_are_left_out():
    units = [UnitFigures(n, None, path, path, Counts()) for n, path in enumerate(
        ["/1/2/", "/1/", "/3/", "/3/4/5/", "/10/"])]  # fmt: skip
    assert [unit.path for unit in outermost(units)] == ["/1/", "/10/", "/3/"]


def test_a_date_chooses_its_snapshot():
    taken = [Taken(n, date(2026, 1, n), end_of(date(2026, 1, n))) for n in (9, 5, 1)]
    assert choose(taken, None) is taken[0]
    assert choose(taken, date(2026, 1, 8)) is taken[1]
    assert choose(taken, date(2025, 1, 8)) is None


def test_days_kept_and_months_before():
    days = [date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 3), date(2026, 4, 1)]
    assert kept_days(days, today=date(2026, 4, 2)) == set(days[1:])
    assert months_before(date(2026, 3, 31), 3) == date(2025, 12, 1)
    assert months_before(date(2026, 3, 31), 36) == date(2023, 3, 1)
    assert end_of(date(2026, 7, 1)).hour == 22


def test_a_fall_is_a_figure_in_a_spreadsheet_and_no_text() -> None:
    columns = [Column("-Service", Kind.TEXT), Column("Écart", Kind.POINTS)]
    grid = Grid("T", "C", columns, [Line(("=1+1", -3.2)), Line(("-", 0.5))])
    rows = read_csv("".join(csv_lines(grid)))
    assert rows[-3:] == [["'-Service", "Écart"], ["'=1+1", "-3,2"], ["'-", "0,5"]]


@pytest.mark.parametrize(("part", "whole"), [(1, 2000), (7, 2000), (1333, 2000), (5, 400), (2, 3)])
def test_a_share_is_rounded_as_on_the_screen(app, part, whole) -> None:
    with app.test_request_context():
        screen = plain(show_percent(part, whole))
    assert plain(str(show_plain(Share(part, whole), Kind.SHARE))) == screen


def test_no_difference_is_a_zero_without_sign(app) -> None:
    found = difference(Share(5000, 10000), Share(4999, 9999))
    assert show_plain(found, Kind.POINTS) == "0,0"
    with app.test_request_context():
        assert show_difference(found) == "0,0"
