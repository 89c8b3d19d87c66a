"""Every command of the README and the guides is run, here or by CI."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FLASK = [".venv/bin/flask", "--app", "app"]
LARGE = (
    "DATABASE_URL=sqlite:////tmp/large.sqlite3 .venv/bin/flask --app app demo load --agents 500000"
)
ELSEWHERE = {
    "make run": "tests/demo and tests/e2e start what it starts",
    "make test": "CI",
    "make setup": "CI, through make setup-dev",
    "make bench-scale": "by hand: half a million agents take an hour",
    LARGE: "tests/demo/test_large.py loads fewer",
    ".venv/bin/gunicorn -c deploy/gunicorn.conf.py": "tests/servers.py starts it so",
}
"""Commands that are run by something else, and by what."""
UNITS = "code_unite;unite;type_unite;code_parent\nA1;Direction;direction;\nA2;Brigade;brigade;A1\n"
AGENTS = (
    "matricule;prenom;nom;code_unite;corps;grade;categorie;arrivee\n"
    "X1;Ana;Roy;A1;pn;gardien de la paix;application;2026-01-05\n"
)


def commands() -> list[str]:
    """List the commands of the ``sh`` blocks, without their comments."""
    found = []
    for page in PAGES:
        for block in re.findall(r"```sh\n(.*?)```", page.read_text(), re.DOTALL):
            found += [line.split("  #")[0].strip() for line in block.splitlines()]
    return sorted({line for line in found if line and not line.startswith("export ")})


def operator(database: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of our commands as an operator does, in the project's folder."""
    environment = os.environ | {"DATABASE_URL": database, "SECRET_KEY": "for-tests-only"}
    command = [sys.executable, "-m", "flask", "--app", "app", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lay out the files that the guides speak of."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    (tmp_path / "units.csv").write_text(UNITS)
    (tmp_path / "agents.csv").write_text(AGENTS)
    return tmp_path


def test_every_command_of_the_guides_works(
    make_app: Callable[..., Flask], database_url: str, folder: Path
) -> None:
    path = str(folder / "units.csv")
    units = operator(database_url, "people", "import", path, "--units", "--apply")
    assert units.returncode == 0, units.stderr
    ours = [line for line in commands() if line.startswith(" ".join(FLASK))]
    assert len(ours) > 10
    # The rest in this process: each start of the application takes longer than most commands.
    runner = make_app(
        CONTENT_DIR=str(folder / "content"), MAIL_FILE_PATH=str(folder / "mail")
    ).test_cli_runner()
    # A module is made before it is checked.
    for line in sorted(ours, key=lambda one: "content new" not in one):
        words = shlex.split(line)[len(FLASK) :]
        words = [
            str(folder / word) if word.endswith(".csv") or word.startswith("content/") else word
            for word in words
        ]
        done = runner.invoke(args=words)
        assert done.exit_code == 0, (line, done.output, done.exception)


def test_the_other_commands_are_run_elsewhere() -> None:
    others = {line for line in commands() if not line.startswith(" ".join(FLASK))}
    assert others == set(ELSEWHERE)


def test_the_pictures_and_pages_that_are_linked_exist() -> None:
    for page in PAGES:
        text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            if "://" not in target:
                assert (page.parent / target).exists(), (page.name, target)
