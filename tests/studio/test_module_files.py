"""The modules as they stand on disk."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.dialect.sandbox.frames import Limits
from app.studio import module_files
from app.studio.around import Around, look_around
from app.studio.kept import Kept
from app.studio.module_files import (
    FileState,
    ModuleFiles,
    find_module_files,
    list_module_files,
)
from app.studio.overview import Filter, describe_all
from tests.catalogue.texts import BANK, MODULE, PNG, lay

TODAY = date(2026, 11, 23)
BROKEN = MODULE.replace("[x] b) Vous payez", "[ ] b) Vous payez")


def around(content: Path) -> Around:
    return look_around(content, 80, TODAY, Limits(wall=60))


def find(content: Path, slug: str = "cafe-offert", language: str = "fr") -> ModuleFiles | None:
    return find_module_files(around(content), slug, language)


def get(content: Path) -> ModuleFiles:
    files = find(content)
    assert files is not None
    return files


def test_files_are_read_again_only_when_one_changes(content: Path) -> None:
    folder = lay(content)
    first = get(content)
    assert get(content) is first
    os.utime(folder / "banques" / "cas.md", (1, 1))
    second = get(content)
    assert second is not first
    (content / "competences.yml").write_text("autre: {fr: Autre}")
    third = get(content)
    assert third is not second
    assert "M104" in {message.code for message in third.reading.messages}


def test_another_module_is_a_change_for_those_that_name_it(content: Path) -> None:
    lay(content, text=MODULE.replace("niveau: fondamental", "prerequis: [second]"))
    assert get(content).errors == 1
    lay(content, "second")
    assert get(content).errors == 0


def test_messages_are_in_the_reader_s_language(content: Path) -> None:
    lay(content, text=BROKEN)
    english = find(content, language="en")
    assert english is not None
    assert "exactly one right answer" in english.reading.messages[0].message
    assert "exactement une bonne réponse" in get(content).reading.messages[0].message


def test_a_state_says_how_files_stand_beside_what_is_published(content: Path) -> None:
    lay(content)
    files = get(content)
    assert files.state(None) is FileState.NEW
    assert files.state(files.reading.sha256) is FileState.SAME
    assert files.state("autre") is FileState.CHANGED
    lay(content, text=BROKEN)
    assert get(content).state("autre") is FileState.ERRORS
    assert (get(content).errors, get(content).title) == (1, "cafe-offert")


def test_media_of_the_files_have_an_address_of_their_own(content: Path) -> None:
    folder = lay(
        content, text=MODULE.replace("Au quartier", "![Le bar](media/bar.png) Au quartier")
    )
    (folder / "media").mkdir()
    (folder / "media" / "bar.png").write_bytes(PNG)
    files = get(content)
    assert "/formateur/fichiers/cafe-offert/media/" in str(files.previewed["fr"].steps[0])
    assert '"/media/' in str(files.reading.modules["fr"].steps[0])


@pytest.mark.parametrize("slug", ["absent", "..", "../modules", "cafe-offert/banques", ""])
def test_a_slug_that_names_no_module_finds_nothing(content: Path, slug: str) -> None:
    lay(content)
    assert find(content, slug) is None


def test_a_content_folder_may_be_missing(tmp_path: Path) -> None:
    assert list_module_files(around(tmp_path / "absent"), "fr", {}) == []


def test_files_kept_are_bounded(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: Kept[tuple[object, ModuleFiles]] = Kept(2 * module_files.LEAST_WEIGHT)
    monkeypatch.setattr(module_files, "FILES", kept)
    lay(content)
    lay(content, "second")
    list_module_files(around(content), "fr", {})
    assert list(kept.things) == [(content / "modules" / "second", "fr")]


def test_a_passed_review_date_is_seen(content: Path) -> None:
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    lay(content, text=MODULE.replace("2099-01-10", yesterday))
    overview = describe_all([get(content)], [], "fr", TODAY)
    assert [(one.slug, one.review_due) for one in overview] == [("cafe-offert", True)]


def test_findings_are_filtered_by_severity_code_and_file(content: Path) -> None:
    lay(content, text=BROKEN, bank=BANK.replace("  > Non.\n", ""))
    messages = get(content).reading.messages
    assert len(Filter().select(messages)) == len(messages) > 1
    assert {m.code for m in Filter(severity="error").select(messages)} == {"Q103"}
    assert {m.code for m in Filter(code="Q202").select(messages)} == {"Q202"}
    in_bank = Filter(file="banques/cas.md").select(messages)
    assert {Path(message.path).name for message in in_bank} == {"cas.md"}
