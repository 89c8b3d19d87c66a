"""The units of systemd run what the operators' guide says."""

from __future__ import annotations

import re
from pathlib import Path

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
