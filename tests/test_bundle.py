"""The editor is bundled from pinned packages, or set-up says that it is not."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tools import bundle

ROOT = Path(__file__).parent.parent


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the bundle a place of the test's own, with an older one in it."""
    path = tmp_path / "built" / "editor.js"
    path.parent.mkdir()
    path.write_text("old")
    monkeypatch.setattr(bundle, "BUNDLE", path)
    monkeypatch.setattr(bundle, "LICENCES", path.with_name("editor.licences.txt"))
    monkeypatch.delenv("CI", raising=False)
    return path


def test_the_lock_pins_each_package_and_names_no_registry() -> None:
    text = (ROOT / "package-lock.json").read_text()
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    assert all(re.match("sha512-", one["integrity"]) for one in packages.values())
    assert not any("resolved" in one for one in packages.values())
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text()
    pinned = json.loads((ROOT / "package.json").read_text())
    wanted = pinned["dependencies"] | pinned["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    node = (ROOT / "tools" / "node" / "requirements.lock").read_text()
    assert node.count("--hash=sha256:") >= 8
    assert "://" not in node


def test_without_npm_set_up_goes_on_in_one_line_and_leaves_no_old_bundle(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bundle, "find_node", lambda: ("node", ["no-such-npm"]))
    assert bundle.main() == 0
    said = capsys.readouterr().err.strip()
    assert said.count("\n") == 0
    assert "plain field" in said
    assert not place.exists()


def test_in_ci_the_same_is_a_failure(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(bundle, "find_node", lambda: ("node", ["no-such-npm"]))
    assert bundle.main() == 1
    assert not place.exists()


@pytest.mark.parametrize(
    ("version", "found"),
    [("v18.19.0\n", "ours"), ("v20.0.0\n", "/bin/node"), ("v24.1.0\n", "/bin/node"), ("?", "ours")],
)
def test_the_node_of_the_machine_serves_from_version_20(
    version: str, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(bundle, "run", lambda command, what: version)
    monkeypatch.setattr(bundle, "install_node", lambda: ("ours", ["npm"]))
    assert bundle.find_node()[0] == found


def test_a_machine_without_node_takes_that_of_pypi(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle.shutil, "which", lambda name: None)
    monkeypatch.setattr(bundle, "install_node", lambda: ("ours", ["npm"]))
    assert bundle.find_node() == ("ours", ["npm"])


def test_a_command_that_fails_or_hangs_says_what_it_was_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(bundle.CannotBundle, match="npm could not"):
        bundle.run(["false"], "npm could not")
    monkeypatch.setattr(bundle, "SECONDS", 0.01)
    with pytest.raises(bundle.CannotBundle, match="too slow"):
        bundle.run(["sleep", "5"], "too slow")


def test_what_set_up_makes_is_not_committed() -> None:
    for name in ("static/built/editor.js", "node_modules/x", "build/node/x"):
        done = subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, check=False)
        assert done.returncode == 0, name
