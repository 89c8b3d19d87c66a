"""The mails as a reader's browser shows them: accessible, narrow, and fetching nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from playwright.sync_api import Browser

from app.campaigns.digests import Debtor, Owed
from app.campaigns.letters import write_asked, write_weekly
from app.campaigns.services.reminding import Letter
from app.i18n import LANGUAGES
from app.statistics.supervisors import Supervisor
from app.statistics.team_counts import TeamCounts
from app.statistics.team_mails import Team, write_letter
from tests.e2e.test_pages import TAGS, run_axe

pytestmark = pytest.mark.browser
TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, tzinfo=UTC)


def write_all(language: str) -> list[Letter]:
    """Write one mail of each sort."""
    owed = [Owed("probite", date(2026, 11, 1), NOW), Owed("laicite", date(2027, 1, 5), NOW)]
    debtor = Debtor(1, "Camille Martin", language, True, False, False, False, None, owed)
    titles = {language: {"probite": "Probité et conflits d’intérêts", "laicite": "Laïcité"}}
    supervisor = Supervisor(2, "Léa Roy", language, True, False, False, frozenset({1}))
    teams = [
        Team("Brigade de jour", TeamCounts(12, 10, 8, frozenset({1, 2}))),
        Team("Brigade de nuit", TeamCounts(3, 0, 0, frozenset())),
    ]
    return [
        write_weekly(debtor, titles, TODAY),
        write_asked(debtor, titles, "supervisor", today=TODAY, now=NOW),
        write_asked(debtor, titles, "hr", today=TODAY, now=NOW),
        write_letter(supervisor, teams, TODAY),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_mail_is_accessible_and_whole_on_a_phone(
    make_app: Callable[..., Flask], browser: Browser, language: str
) -> None:
    with make_app(PUBLIC_URL="https://formation.example").app_context():
        letters = write_all(language)
    page = browser.new_page(viewport={"width": 320, "height": 640})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for letter in letters:
        page.set_content(letter.html)
        assert run_axe(page, TAGS) == []
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert page.get_by_role("link").count() > 0
    page.close()
    assert asked == []
