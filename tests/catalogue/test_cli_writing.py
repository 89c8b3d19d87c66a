"""The commands that write beside modules, or in them: lock and fix."""

from __future__ import annotations

import errno
import json
import os
import re
from pathlib import Path

import pytest

from tests.catalogue.conftest import Run
from tests.catalogue.texts import BANK, ENGLISH, MODULE, lay

UNLETTERED = MODULE.replace("- [ ] c) Vous partez", "- [ ] Vous partez")


def test_lock_notes_what_is_published_and_check_holds_it(run: Run, content: Path) -> None:
    folder = lay(content)
    done = run("lock", folder)
    assert (done.exit_code, done.stdout) == (0, f"{folder.as_posix()}/ids.lock : écrit\n")
    text = (folder / "ids.lock").read_text()
    assert "\ngerant single\n  key b 100\n  letter a " in text
    assert "\npremier single\n" in text
    assert run("check", folder).exit_code == 0
    again = run("lock")
    assert again.stdout.endswith("/modules/cafe-offert/ids.lock : inchangé\n")
    assert (folder / "ids.lock").read_text() == text
    lay(content, text=MODULE.replace("{#et-vous}", "{#et-toi}"))
    found = json.loads(run("check", folder, "--format", "json").stdout)
    assert [(m["code"], m["line"], m["column"]) for m in found] == [("P101", 1, 1)]
    assert found[0]["path"] == f"{folder.as_posix()}/module.md"


def test_lock_of_what_changed_says_what_it_lets_go(run: Run, content: Path) -> None:
    folder = lay(content)
    run("lock")
    lay(content, text=MODULE.replace("{#et-vous}", "{#et-toi}"))
    done = run("lock", "--lang", "en")
    assert done.exit_code == 0
    assert "P101 error  the published question “et-vous” has vanished" in done.stderr
    assert "\net-toi reflection\n" in (folder / "ids.lock").read_text()
    assert run("check").exit_code == 0


def test_lock_refuses_a_module_with_errors(run: Run, content: Path) -> None:
    folder = lay(content, text=MODULE.replace("[x] b) Vous payez", "[ ] b) Vous payez"))
    lay(content, "second")
    done = run("lock")
    assert done.exit_code == 1
    assert "Q103" in done.stderr
    assert "cafe-offert : à corriger d’abord" in done.stderr
    assert not (folder / "ids.lock").exists()
    assert (content / "modules" / "second" / "ids.lock").exists()


def test_lock_mends_a_file_that_is_damaged(run: Run, content: Path) -> None:
    folder = lay(content)
    (folder / "ids.lock").write_text("<<<<<<< HEAD\n")
    assert "P104" in run("check").stdout
    assert run("lock").exit_code == 0
    assert run("check").exit_code == 0


def test_fix_mends_what_is_safe_and_says_it(run: Run, content: Path) -> None:
    folder = lay(content, text=UNLETTERED)
    line = UNLETTERED.splitlines().index("- [ ] Vous partez") + 1
    done = run("fix", folder)
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{folder.as_posix()}/module.md:{line}:1: Q208 warning")
    assert "1 correction" in done.stderr
    assert (folder / "module.md").read_text() == MODULE
    again = run("fix")
    assert (again.exit_code, again.stdout) == (0, "")
    assert "0 correction" in again.stderr


def test_fix_of_one_file_leaves_the_others(run: Run, content: Path) -> None:
    bank = BANK.replace("[x] a) Merci", "[x] Merci")
    folder = lay(content, text=UNLETTERED, bank=bank)
    done = run("fix", folder / "banques" / "cas.md", "--lang", "en")
    assert done.stdout.count("\n") == 1
    assert "answer without a letter" in done.stdout
    assert (folder / "banques" / "cas.md").read_text() == BANK
    assert (folder / "module.md").read_text() == UNLETTERED


def test_the_same_edits_come_in_the_json_of_the_check(run: Run, content: Path) -> None:
    folder = lay(content, text=UNLETTERED)
    (found,) = json.loads(run("check", folder, "--format", "json").stdout)
    (edit,) = found["fix"]["edits"]
    assert (edit["text"], edit["line"], edit["end_line"]) == (" c)", found["line"], found["line"])


@pytest.mark.parametrize("command", ["lock", "fix"])
def test_what_cannot_run_exits_with_two(run: Run, content: Path, command: str) -> None:
    done = run(command, content / "absent")
    assert done.exit_code == 2
    assert "absent" in done.stderr


def test_follow_notes_what_each_part_translates(run: Run, content: Path) -> None:
    folder = lay(content)
    (folder / "module.en.md").write_bytes(ENGLISH.replace("\n", "\r\n").encode("utf-8-sig"))
    (folder / "banques" / "cas.en.md").write_text(BANK, encoding="utf-8")
    done = run("follow", folder)
    assert done.exit_code == 0
    assert f"{folder.as_posix()}/module.en.md : 12 parties\n" in done.stdout
    assert f"{folder.as_posix()}/banques/cas.en.md : 2 parties\n" in done.stdout
    written = (folder / "module.en.md").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf---\r\n")
    assert re.sub(rb" ?\{?source=\w{8}\}?", b"", written).replace(b"}", b"") == (
        ENGLISH.replace("\n", "\r\n").encode("utf-8-sig").replace(b"}", b"")
    )
    assert "T201" not in run("check", folder).stdout
    assert run("follow", folder).stdout == ""


def test_follow_leaves_what_is_behind_unless_all_was_read_again(run: Run, content: Path) -> None:
    folder = lay(content)
    (folder / "module.en.md").write_text(ENGLISH, encoding="utf-8")
    (folder / "banques" / "cas.en.md").write_text(BANK, encoding="utf-8")
    run("follow", folder)
    lay(content, text=MODULE.replace("Que faites-vous ?", "Que feriez-vous ?"))
    found = json.loads(run("check", folder, "--format", "json").stdout)
    assert [(m["path"].rsplit("/", 1)[1], m["code"]) for m in found if m["code"] == "T201"] == [
        ("module.en.md", "T201")
    ]
    assert run("fix", folder).exit_code == 0
    assert "T201" in run("check", folder).stdout
    assert run("follow", folder).stdout == ""
    assert "module.en.md : 1 part\n" in run("follow", folder, "--all", "--lang", "en").stdout
    assert "T201" not in run("check", folder).stdout


@pytest.mark.parametrize("command", ["fix", "follow", "lock"])
def test_a_full_disk_leaves_every_file_as_it_was(
    run: Run, content: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    folder = lay(content, text=MODULE if command == "lock" else UNLETTERED)
    if command == "follow":
        (folder / "module.en.md").write_text(ENGLISH, encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def refuse(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", refuse)
    done = run(command, folder)
    assert done.exit_code == 2
    assert "laissé tel quel" in done.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_file_that_is_replaced_stays_open_to_the_same_people(run: Run, content: Path) -> None:
    folder = lay(content, text=UNLETTERED)
    (folder / "module.md").chmod(0o640)
    assert run("fix", folder).exit_code == 0
    assert (folder / "module.md").read_text() == MODULE
    assert (folder / "module.md").stat().st_mode & 0o777 == 0o640
