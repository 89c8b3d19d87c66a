"""Modules and lists are read from disk."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from app.dialect.checking import check_folder
from app.dialect.context import UnreadableListError, article_key, read_context
from app.dialect.reading import read_folder
from tests.dialect.writing import BANK, CONTEXT, module
from tests.pictures import png


def test_a_folder_is_read_from_disk(tmp_path: Path) -> None:
    folder = tmp_path / "essai"
    for name, text in {
        "module.md": module("![Un plan](media/plan.png)\n\n- [x] Cochée\n"),
        "banques/b.md": BANK,
        "media/.cache": "non",
        "notes.txt": "non",
        "ids.lock": "# rien\n",
        "autre/module.md": "non",
        "banques/lisez.txt": "non",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "media" / "plan.png").write_bytes(png())
    reading = read_folder(folder, context=CONTEXT)
    assert sorted(reading.sources) == ["banques/b.md", "module.md"]
    assert sorted(reading.media) == ["media/plan.png"]
    assert reading.has_errors
    (found,) = check_folder(folder, context=CONTEXT, language="en")
    assert found.path == f"{folder.as_posix()}/module.md"
    assert found.message.startswith("ticked box")
    (folder / "module.md").write_text(module(), encoding="utf-8")
    assert read_folder(folder, context=CONTEXT).modules["fr"].slug == "essai"


def test_a_link_to_what_stands_elsewhere_is_no_part_of_a_module(tmp_path: Path) -> None:
    folder = tmp_path / "essai"
    (folder / "media").mkdir(parents=True)
    (tmp_path / "secret").write_text("CANARI")
    (folder / "module.md").write_text(module(), encoding="utf-8")
    (folder / "media" / "b.vtt").write_text("WEBVTT")
    for name, target in {"a.vtt": "../../secret", "c.vtt": "b.vtt", "d.vtt": "nulle-part"}.items():
        (folder / "media" / name).symlink_to(target)
    reading = read_folder(folder, context=CONTEXT)
    assert sorted(reading.media) == ["media/b.vtt", "media/c.vtt"]


def test_the_lists_of_a_content_folder_are_read(tmp_path: Path) -> None:
    (tmp_path / "competences.yml").write_text("probite:\n  fr: Probité\n", encoding="utf-8")
    (tmp_path / "references.yml").write_text(
        "a:\n  code: CSI\n  number: R. 434-9\nb: x\n", encoding="utf-8"
    )
    (tmp_path / "modules" / "un").mkdir(parents=True)
    (tmp_path / "modules" / "un" / "module.md").write_text("", encoding="utf-8")
    found = read_context(tmp_path, today=dt.date(2026, 1, 1), pass_mark=70)
    assert found.competences == {"probite"}
    assert found.references == {article_key("CSI", "R434-9")}
    assert found.modules == {"un"}
    assert (found.today, found.pass_mark) == (dt.date(2026, 1, 1), 70)
    nothing = read_context(tmp_path / "absent")
    assert (nothing.competences, nothing.references, nothing.modules) == (None, None, None)
    (tmp_path / "competences.yml").write_text("- a\n", encoding="utf-8")
    assert read_context(tmp_path).competences == frozenset()


def test_a_list_that_nests_without_end_is_named(tmp_path: Path) -> None:
    (tmp_path / "references.yml").write_text("[" * 5_000, encoding="utf-8")
    with pytest.raises(UnreadableListError) as caught:
        read_context(tmp_path)
    assert (caught.value.path.name, caught.value.line) == ("references.yml", 1)
