"""The example of a pre-commit hook lets good modules through and stops the others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.catalogue.texts import MODULE, lay

ROOT = Path(__file__).parents[2]
HOOK = ROOT / "docs" / "trainers" / "pre-commit"
BROKEN = MODULE.replace("[x] b) Vous payez", "[ ] b) Vous payez")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Make a repository with a module, committed, and the hook in it."""
    folder = tmp_path / "project"
    folder.mkdir()
    git(folder, "init", "--quiet")
    lay(folder / "content")
    git(folder, "add", "content")
    git(folder, "commit", "--quiet", "--message", "Begin")
    hook = folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.symlink_to(HOOK)
    return folder


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run git in a folder."""
    environment = os.environ | {
        "FLASK": f"{sys.executable} -m flask", "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite:///{folder.parent / 'test.sqlite3'}", "LOG_LEVEL": "ERROR",
        "SECRET_KEY": "for-tests-only", "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
    }  # fmt: skip
    return subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_hook_checks_what_is_committed(repository: Path) -> None:
    file = repository / "content" / "modules" / "cafe-offert" / "module.md"
    file.write_text(BROKEN)
    git(repository, "add", "content")
    file.write_text(MODULE)  # What is in the folder is not what is committed.
    refused = git(repository, "commit", "--message", "Break")
    line = BROKEN.splitlines().index("### Choix unique : Le gérant {#gerant}") + 1
    assert refused.returncode == 1, refused.stderr
    told = refused.stdout + refused.stderr
    assert f"content/modules/cafe-offert/module.md:{line}:1: Q103 error" in told
    assert str(repository) not in refused.stdout
    file.write_text(MODULE.replace("cœur", "sens"))
    git(repository, "add", "content")
    file.write_text(BROKEN)
    done = git(repository, "commit", "--message", "Mend")
    assert done.returncode == 0, done.stderr
    assert git(repository, "log", "--format=%s").stdout.split() == ["Mend", "Begin"]


def test_the_hook_leaves_other_commits_alone(repository: Path) -> None:
    (repository / "notes.txt").write_text("Rien.")
    git(repository, "add", "notes.txt")
    assert git(repository, "commit", "--message", "Note").returncode == 0
    git(repository, "rm", "-r", "--quiet", "content/modules/cafe-offert")
    assert git(repository, "commit", "--message", "Remove").returncode == 0
