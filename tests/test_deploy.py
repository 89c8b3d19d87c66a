"""The units of systemd run what the operators' guide says."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[1]
COMMAND = re.compile(r"\.venv/bin/flask --app app (.+)")


def commands_of(text: str) -> list[str]:
    return COMMAND.findall(text)


def test_the_timers_run_each_command_of_each_day() -> None:
    guide = (ROOT / "docs" / "operators.md").read_text().split("## Each day")[1].split("```")[1]
    night, mail = (
        commands_of((ROOT / "deploy" / f"exemplarite-{name}.service").read_text())
        for name in ("night", "mail")
    )
    assert len(night) > 5
    assert [*night, *mail] == commands_of(guide)
    for name in ("night", "mail"):
        assert (ROOT / "deploy" / f"exemplarite-{name}.timer").is_file()


def test_a_module_that_is_not_published_does_not_keep_the_service_from_starting() -> None:
    unit = (ROOT / "deploy" / "exemplarite.service").read_text().splitlines()
    before = {line.split("app app ")[1]: line for line in unit if line.startswith("ExecStartPre=")}
    assert before["content publish"].startswith("ExecStartPre=-")
    assert not before["database upgrade"].startswith("ExecStartPre=-")


def test_the_night_begins_at_an_hour_that_every_day_has() -> None:
    timer = (ROOT / "deploy" / "exemplarite-night.timer").read_text()
    found = re.search(r"OnCalendar=\*-\*-\* (\d+):(\d+):00 (\S+)", timer)
    assert found is not None
    zone, first = ZoneInfo(found[3]), datetime(2026, 1, 1, int(found[1]), int(found[2]))
    for number in range(365 * 3):
        moment = (first + timedelta(days=number)).replace(tzinfo=zone)
        assert moment.astimezone(UTC).astimezone(zone) == moment.replace(fold=0)
        twice = moment.replace(fold=1).astimezone(UTC) != moment.astimezone(UTC)
        assert not twice, moment


def test_the_proxy_keeps_no_address_that_opens_an_account() -> None:
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    servers = re.findall(r"^server \{.*?^\}", text, re.DOTALL | re.MULTILINE)
    assert len(servers) == 2
    assert all("access_log off;" in one for one in servers)
