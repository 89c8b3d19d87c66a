"""What is too large, too deep, too slow or not text is refused."""

from __future__ import annotations

import pytest

from app.dialect.context import Context
from app.dialect.reading import read_files
from tests.dialect.writing import CONTEXT, QUIZ, SINGLE, codes, messages, module


def test_a_file_that_is_too_large_is_not_read() -> None:
    found = messages("a" * 200_001)
    assert [(m.line, m.column, m.code) for m in found] == [(1, 1, "R101")]
    assert "R101" not in codes(module("é" * 4_900 + "\n"))


def test_a_long_line_is_refused() -> None:
    found = messages(module("a" * 5_001 + "\n"))
    assert [(m.line, m.column, m.code) for m in found] == [(13, 5_001, "R102")]
    assert messages(module("a" * 5_000 + "\n")) == ()


def test_rendering_has_a_time() -> None:
    found = messages(module(), context=Context(seconds=0))
    assert [(m.line, m.column, m.code) for m in found] == [(1, 1, "R104")]
    assert "plus de 0 s" in found[0].message


def test_a_passage_has_so_many_marks() -> None:
    found = messages(module(("_a " * 1_000 + "\n") * 21))
    assert (found[0].line, found[0].column, found[0].code) == (1, 1, "R104")
    assert "plus de 20000 lignes et marques" in found[0].message


def test_nesting_inside_a_line_of_an_item_is_refused_too() -> None:
    text = module(SINGLE.replace("Parce que.", "Parce que.\n\n" + "> " * 21 + "trop"))
    assert codes(text) == ["R103"]


def test_depth_that_only_the_renderer_sees_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.dialect.checks.texts.check_nesting", lambda *_: False)
    found = messages(module("> " * 21 + "trop\n"))
    assert [(m.line, m.column, m.code) for m in found] == [(1, 1, "R103")]


def test_bytes_that_are_not_utf8_are_refused() -> None:
    data = module("Étape\n").encode("latin-1", errors="replace")
    reading = read_files({"module.md": data}, slug="x", context=CONTEXT)
    line = data.split(b"\n").index("## Une étape {#une}".encode("latin-1")) + 1
    assert [(m.line, m.column, m.code) for m in reading.messages] == [(line, 8, "R105")]
    assert reading.modules == {}


def test_a_nul_is_refused() -> None:
    found = messages(module("Un\x00texte\n"))
    assert [(m.line, m.column, m.code) for m in found] == [(13, 3, "R105")]


def test_a_bank_that_cannot_be_read_is_told_alone() -> None:
    quiz = QUIZ + "\n### Tirage : Au sort {#sort banque=banque nombre=9}\n"
    files = {"module.md": module(quiz=quiz).encode(), "banques/banque.md": b"\xff"}
    reading = read_files(files, slug="x", context=CONTEXT)
    assert [(m.path, m.code) for m in reading.messages] == [("banques/banque.md", "R105")]
