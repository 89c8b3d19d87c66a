"""HR's journey in a real browser: from the situation to the late, a reminder, and a file.

`HR_DATABASE=large.sqlite3` walks a database of any size that is already there, such as that of
`demo load --agents 500000`, whose outbox gets the reminders; `HR_PICTURES=folder` keeps the pages.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e import hr_walk, prepared
from tests.e2e.browser import Reader
from tests.e2e.cast import CAST
from tests.e2e.record import Record
from tests.e2e.test_pages import CONTRAST, TAGS, run_axe
from tests.servers import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def hr_database(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Give the database that is asked for, or a copy of the demonstration."""
    if large := os.environ.get("HR_DATABASE"):
        return Path(large)
    return prepared.copy(request.getfixturevalue("prepared_database"), tmp_path)


@pytest.fixture
def hr(browser: Browser, hr_database: Path, tmp_path: Path) -> Iterator[Reader]:
    """Sign HR in."""
    record = Record(hr_database)
    with Server(f"sqlite:///{hr_database}", tmp_path, DEMO="true") as server:
        reader = Reader(browser, server.url, reduced_motion="reduce")
        reader.has_cookie(record.cookie(CAST["hr"], language="fr"))
        yield reader
        reader.close()
    record.close()


@pytest.mark.timeout(600)
def test_hr_goes_from_the_situation_to_the_late_a_reminder_and_a_file(hr: Reader) -> None:
    page, wrong, seen = hr.page(), list[str](), list[str]()
    shots = os.environ.get("HR_PICTURES")

    def see(name: str) -> None:
        seen.append(name)
        if shots:
            page.screenshot(path=Path(shots) / f"{name}.png", full_page=True)
        wrong.extend(f"{name}: {one}" for one in run_axe(page, TAGS))
        wrong.extend(f"{name}: {one}" for one in run_axe(page, CONTRAST, kind="rule"))

    text = hr_walk.walk(page, see)
    assert wrong == []
    assert len(seen) == 7
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    start = rows.index([])
    assert "En retard" in rows[0][0]
    assert any("dans ce périmètre" in row[0] for row in rows[:start])
    assert rows[start + 1][0] == "Nom"
    assert rows[start + 2 :]
    assert all("En retard" in row[1] for row in rows[start + 2 :])


def test_the_trend_is_read_without_colours(hr: Reader) -> None:
    """The picture is one line with its points, and all its figures stand in the table behind."""
    page = hr.page()
    page.emulate_media(forced_colors="active")
    page.goto("/rh/situation?vue=evolution&periode=tout")
    rows = page.locator("table tbody tr").count()
    assert rows >= 2
    assert page.locator("svg polyline").count() == 1
    assert page.locator(".trend__point").count() <= rows
    stroke = page.locator("svg polyline").evaluate("one => getComputedStyle(one).stroke")
    assert stroke not in {"none", "rgba(0, 0, 0, 0)"}
