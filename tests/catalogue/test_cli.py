"""The commands of those who write modules."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalogue.models import ModuleVersion
from app.catalogue.queries import find_offered, find_page, list_paths
from tests.catalogue.conftest import Run
from tests.catalogue.texts import BANK, MODULE, lay

BROKEN = MODULE.replace("[x] b) Vous payez", "[ ] b) Vous payez")


def test_check_says_nothing_of_a_good_module(run: Run, content: Path) -> None:
    folder = lay(content)
    result = run("check", folder)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "0 erreur, 0 avertissement" in result.stderr


def test_check_points_at_the_line_and_exits_with_one(run: Run, content: Path) -> None:
    folder = lay(content, text=BROKEN)
    line = BROKEN.splitlines().index("### Choix unique : Le gérant {#gerant}") + 1
    result = run("check")
    assert result.exit_code == 1
    assert f"{folder.as_posix()}/module.md:{line}:" in result.stdout
    assert " Q103 error  il faut exactement une bonne réponse" in result.stdout
    assert "exactly one right answer" in run("check", "--lang", "en").stdout


def test_check_in_json_prints_only_the_array(run: Run, content: Path) -> None:
    lay(content, text=BROKEN)
    result = run("check", "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [one["code"] for one in found if one["severity"] == "error"] == ["Q103"]
    assert set(found[0]) == {
        "path", "line", "column", "end_line", "end_column", "severity", "code", "message", "fix",
    }  # fmt: skip


@pytest.mark.parametrize("shape", ["text", "json"])
def test_check_that_cannot_run_exits_with_two(run: Run, content: Path, shape: str) -> None:
    for path in (content / "absent", content / "modules"):
        result = run("check", path, "--format", shape)
        assert result.exit_code == 2
        assert result.stdout == ("[]\n" if shape == "json" else "")
        assert path.as_posix() in result.stderr


def test_check_of_one_file_says_only_what_concerns_it(run: Run, content: Path) -> None:
    bank = BANK.replace("[x] a) Merci", "[ ] a) Merci")
    folder = lay(content, text=BROKEN, bank=bank)
    both = json.loads(run("check", folder, "--format", "json").stdout)
    one = json.loads(run("check", folder / "banques" / "cas.md", "--format", "json").stdout)
    assert {Path(message["path"]).name for message in both} == {"module.md", "cas.md"}
    assert {Path(message["path"]).name for message in one} == {"cas.md"}


@pytest.mark.parametrize("command", ["check", "publish"])
def test_a_list_that_is_not_yaml_is_named_with_its_line(
    run: Run, content: Path, command: str
) -> None:
    lay(content)
    (content / "references.yml").write_text("a: 1\nb: c: d\n", encoding="utf-8")
    result = run(command)
    assert result.exit_code == 2
    assert "references.yml:2" in result.stderr


def test_a_file_of_no_module_cannot_be_checked(run: Run, content: Path) -> None:
    (content / "notes.txt").write_text("rien")
    assert run("check", content / "notes.txt").exit_code == 2


def test_publish_without_a_path_publishes_all(run: Run, content: Path, session: Session) -> None:
    lay(content)
    lay(content, "second")
    (content / "competences.yml").write_text("probite: {fr: Probité}", encoding="utf-8")
    (content / "parcours.yml").write_text(
        "terrain:\n  label: {fr: Terrain}\n  audience: [pn]\n  modules: [second]\n"
    )
    (content / "que-faire-si.md").write_text("# Q\n\n## Un cadeau {#cadeau}\nMerci.\n")
    result = run("publish")
    assert result.exit_code == 0, result.output
    assert "cafe-offert : version 1, première publication" in result.stdout
    assert "parcours.yml : terrain" in result.stdout
    assert "que-faire-si.md : publié" in result.stdout
    assert find_offered(session, "second") is not None
    assert list_paths(session)[0].module_slugs == ["second"]
    page = find_page(session, "que-faire-si", "fr")
    assert page is not None
    assert "<p>Merci.</p>" in page.sections[0].html
    again = run("publish").stdout
    assert again.count("inchangé") == 5
    assert "publié" not in again
    assert session.scalar(select(func.count()).select_from(ModuleVersion)) == 2


def test_publish_of_a_path_publishes_only_this(run: Run, content: Path, session: Session) -> None:
    lay(content)
    lay(content, "second")
    assert run("publish", content / "modules" / "second").exit_code == 0
    assert find_offered(session, "cafe-offert") is None
    assert find_offered(session, "second") is not None


def test_publish_goes_on_after_a_refusal_and_exits_with_one(
    run: Run, content: Path, session: Session
) -> None:
    lay(content, text=BROKEN)
    lay(content, "second")
    result = run("publish")
    assert result.exit_code == 1
    assert "cafe-offert : Le module a une erreur à corriger." in result.stderr
    assert "Q103" in result.stderr
    assert find_offered(session, "second") is not None


def test_publish_asks_for_an_erratum_by_its_name(run: Run, content: Path) -> None:
    lay(content)
    run("publish")
    changed = BANK.replace("[x] a) Merci", "[ ] a) Merci").replace("[ ] b) Rien", "[x] b) Rien")
    lay(content, bank=changed)
    refused = run("publish")
    assert refused.exit_code == 1
    assert "publiez cette version comme un erratum" in refused.stderr
    assert "Le premier cas" in refused.stderr
    done = run("publish", "--kind", "erratum", "--notes", "Mauvaise case")
    assert "version 2, erratum" in done.stdout


def test_publish_says_which_file_cannot_be_read(run: Run, content: Path) -> None:
    lay(content)
    (content / "parcours.yml").write_text("terrain: {modules: [absent]}", encoding="utf-8")
    result = run("publish")
    assert result.exit_code == 1
    assert "parcours.yml" in result.stderr
    assert "audience" in result.stderr


def test_publish_that_finds_nothing_exits_with_two(run: Run, content: Path) -> None:
    assert run("publish", content / "absent").exit_code == 2


def test_new_starts_a_module_that_the_check_finds_good(run: Run, content: Path) -> None:
    assert run("new", "mon-module").exit_code == 0
    result = run("check", content / "modules" / "mon-module")
    assert (result.exit_code, result.stdout) == (0, "")
    assert run("publish").exit_code == 0


def test_new_touches_no_existing_folder(run: Run, content: Path) -> None:
    folder = lay(content, "mon-module")
    result = run("new", "mon-module")
    assert result.exit_code == 1
    assert "existe déjà" in result.output
    assert (folder / "module.md").read_text(encoding="utf-8") == MODULE


@pytest.mark.parametrize("slug", ["Mon-Module", "../ailleurs", "a--b", "é", "a/b", "."])
def test_new_refuses_a_name_that_is_no_slug(run: Run, content: Path, slug: str) -> None:
    assert run("new", slug).exit_code == 1
    assert list((content / "modules").iterdir()) == []


def test_retire_and_restore(run: Run, content: Path, session: Session) -> None:
    lay(content)
    run("publish")
    assert "retiré" in run("retire", "cafe-offert").output
    assert find_offered(session, "cafe-offert") is None
    session.rollback()
    assert "au catalogue" in run("restore", "cafe-offert").output
    assert find_offered(session, "cafe-offert") is not None
    assert run("retire", "absent").exit_code == 1


def test_the_shipped_content_is_published_without_an_error(
    make_app: Callable[..., Flask], session: Session
) -> None:
    runner = make_app().test_cli_runner()
    result = runner.invoke(args=["content", "publish"])
    assert result.exit_code == 0, result.output
    assert find_offered(session, "probite-conflits") is not None


def test_report_lists_what_is_to_be_verified(run: Run, content: Path) -> None:
    lay(content, text=MODULE.replace("## Évaluation", "Usage à vérifier ici.\n\n## Évaluation"))
    (content / "references.yml").write_text(
        "a: {code: CSI, number: R. 434-9, status: a-verifier}", encoding="utf-8"
    )
    result = run("report")
    assert result.exit_code == 0
    assert "Usage à vérifier ici." in result.stdout
    listed = json.loads(run("report", "--format", "json").stdout)
    (doubts,) = listed.values()
    assert {doubt["is_marked"] for doubt in doubts} >= {True}
    assert "to verify" in run("report", "--lang", "en").stdout
    assert run("report", content / "absent").exit_code == 2
