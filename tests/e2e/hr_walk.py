"""HR's way from the situation to the late of one unit, a reminder, and a file of the list."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

REMIND = re.compile("Rappeler")
See = Callable[[str], None]
"""Looks at the page: takes its picture, or tells what is wrong with it."""


def walk(page: Page, see: See) -> str:
    """Go all the way, showing each page on the way; return the text of the file."""
    page.goto("/rh/situation")
    expect(page.locator("h1")).to_contain_text("Situation au")
    see("rh-situation")
    look_over_time(page, see)
    compare(page, see)
    choose_late(page)
    see("rh-retards")
    go_to_a_unit(page)
    see("rh-service")
    remind(page)
    see("rh-rappel")
    return export(page)


def look_over_time(page: Page, see: See) -> None:
    """Read the trend, on screen and as it is printed."""
    page.get_by_role("link", name="Évolution").click()
    expect(page.locator("table")).to_be_visible()
    see("rh-evolution")
    page.emulate_media(media="print")
    expect(page.locator("table")).to_be_visible()
    see("rh-impression")
    page.emulate_media(media="screen")


def compare(page: Page, see: See) -> None:
    """Put the oldest date of the trend beside the latest."""
    page.goto("/rh/situation?vue=evolution&periode=tout")
    oldest = page.locator("table tbody th").first.inner_text()
    page.goto(f"/rh/situation?vue=services&avec={as_iso(oldest)}")
    expect(page.locator("table")).to_contain_text("Écart, en points")
    see("rh-comparaison")


MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
)  # fmt: skip


def as_iso(day: str) -> str:
    """Write a day as an address has it."""
    number, month, year = re.split(r"\s+", day.strip().replace("1er", "1"))
    return f"{year}-{MONTHS.index(month) + 1:02}-{int(number):02}"


def choose_late(page: Page) -> None:
    """Open the list of the late by the menu's page and its filters."""
    page.goto("/rh/suivi")
    page.get_by_label("État").select_option(label="En retard")
    page.get_by_role("button", name="Afficher").click()
    expect(page.locator("table tbody tr").first).to_contain_text("En retard")


def go_to_a_unit(page: Page) -> None:
    """Narrow the list to one unit after the other, until someone there may be reminded."""
    links = page.locator("table tbody tr td a")
    for unit, name in dict(zip(hrefs(links), links.all_inner_texts(), strict=True)).items():
        page.goto(unit)
        expect(page.locator("table tbody tr").first).to_contain_text(name)
        if page.get_by_role("button", name=REMIND).count():
            return
    raise AssertionError("nobody of the first page may be reminded")


def hrefs(links: Locator) -> list[str]:
    """List where links lead."""
    return [str(link.get_attribute("href")) for link in links.all()]


def remind(page: Page) -> None:
    """Remind the late of the unit."""
    page.get_by_role("button", name=REMIND).click()
    expect(page.locator("main")).to_contain_text(re.compile("rappels? (est|sont) écrit"))


def export(page: Page) -> str:
    """Download the list as a file."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Exporter cette liste en CSV").click()
    return Path(download.value.path()).read_text(encoding="utf-8-sig")
