"""Every message is said where it must be, alone, in both languages."""

from __future__ import annotations

import json

import pytest

from app.dialect.messages import Fix, Message, to_json
from app.dialect.sayings import SAYINGS
from app.dialect.source import Span, read_source
from tests.dialect.cases import CASES, Case
from tests.dialect.cases_of_pairs import PAIRS
from tests.dialect.writing import BANK, CARET, SINGLE, messages, module, read, split_caret
from tests.pictures import png

MEDIA_CODES = {"A104", "L104", "L105", "L106", "L107", "L201", "L202"}
GLOSSARY_CODES = {"G101", "G102", "G103", "G104", "G201"}
MEDIA = {"plan.png": png(), "un.png": png()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_mistake_is_told_once_at_its_place(case: Case) -> None:
    banks = dict(case.banks)
    path, text = "module.md", case.text
    for name, bank in banks.items():
        if CARET in bank:
            banks[name], line, column = split_caret(bank)
            path = f"banques/{name}.md"
    if CARET in text:
        text, line, column = split_caret(text)
    found = messages(text, banks=banks, media=MEDIA)
    places = [(m.path, m.line, m.column) for m in found if m.code == case.code]
    assert (path, line, column) in places, "\n".join(map(str, found)) or "nothing said"
    others = sorted(m.code for m in found)
    assert others == sorted([case.code, *case.others]), "\n".join(map(str, found))
    rows = json.loads(to_json(found))
    assert [(one["path"], one["line"], one["column"], one["code"]) for one in rows] == [
        (m.path, m.line, m.column, m.code) for m in found
    ]


def test_a_good_module_earns_nothing() -> None:
    assert messages(module()) == ()


def test_every_code_has_a_case() -> None:
    elsewhere = {f"R10{number}" for number in (1, 2, 4, 5, 6, 7, 8)}
    elsewhere |= {"E204", "E205", "E206", "E207", "E208"}
    elsewhere |= {"P101", "P102", "P103", "P104"}
    elsewhere |= MEDIA_CODES | GLOSSARY_CODES
    told = {case.code for case in CASES} | {pair.code for pair in PAIRS} | elsewhere
    assert {key.partition("-")[0] for key in SAYINGS} == told


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_english_readers_are_told_in_english(case: Case) -> None:
    text = case.text.replace(CARET, "")
    banks = {name: bank.replace(CARET, "") for name, bank in case.banks.items()}
    french = messages(text, banks=banks, media=MEDIA)
    english = messages(text, banks=banks, media=MEDIA, language="en")
    key = [(m.line, m.column, m.code, m.severity) for m in french]
    assert key == [(m.line, m.column, m.code, m.severity) for m in english]
    assert all(one.message != other.message for one, other in zip(french, english, strict=True))


def test_a_message_is_one_line_of_text() -> None:
    message = Message("a/module.md", 14, 3, 14, 9, "error", "S106", "Cochée.", Fix("décochez"))
    assert str(message) == "a/module.md:14:3: S106 error  Cochée.  -> décochez"
    bare = Message("a/module.md", 1, 1, 1, 1, "warning", "S201", "Pas de quiz.")
    assert str(bare) == "a/module.md:1:1: S201 warning  Pas de quiz."


def test_messages_are_one_array_of_json() -> None:
    found = messages(module("- [x] a) Cochée\n").replace("[!EXEMPLE]", "[!NOTE]"))
    rows = json.loads(to_json(found))
    assert [row["code"] for row in rows] == ["E201", "S106"]
    assert set(rows[0]) == {
        "path", "line", "column", "end_line", "end_column", "severity", "code", "message", "fix",
    }  # fmt: skip
    title = "une question commence par « ### Choix unique : titre »"
    assert rows[1]["fix"] == {"title": title, "edits": []}
    assert rows[0]["fix"] == {"title": "ajoutez un encadré « > [!EXEMPLE] »", "edits": []}


def test_the_missing_letter_comes_with_its_edit() -> None:
    text = module(SINGLE.replace("- [ ] a) Ceci", "- [ ] Ceci"))
    (message,) = messages(text)
    assert message.code == "Q208"
    assert message.fix is not None
    (edit,) = message.fix.edits
    line = text.split("\n")[edit.line - 1]
    fixed = line[: edit.column - 1] + edit.text + line[edit.end_column - 1 :]
    assert fixed == "- [ ] a) Ceci"


def test_the_end_of_a_place_is_exclusive() -> None:
    (message,) = messages(module("Voir [là](#nulle-part).\n"))
    assert (message.end_line, message.end_column - message.column) == (
        message.line,
        len("[là](#nulle-part)"),
    )


def test_columns_count_characters_of_the_file_as_written() -> None:
    composed = messages(module("é voir [là](#non).\n"))
    decomposed = messages(module("e\u0301 voir [là](#non).\n"))
    assert decomposed[0].column == composed[0].column + 1


def test_a_byte_order_mark_is_not_counted() -> None:
    text = "\ufeff" + module("- [x] a) Cochée\n")
    assert [(m.line, m.column) for m in messages(text)] == [(13, 1)]


def test_a_place_outside_the_text_is_left_alone() -> None:
    source = read_source("x", "e\u0301")
    assert source.place(Span(9, 3, 9, 4)) == Span(9, 3, 9, 4)
    assert source.place(Span(1, 1, 1, 2)) == Span(1, 1, 1, 3)


def test_windows_line_ends_count_as_one() -> None:
    text = module("- [x] a) Cochée\n").replace("\n", "\r\n")
    assert [(m.code, m.line, m.column) for m in messages(text)] == [("S106", 13, 1)]


def test_a_tab_counts_as_one_character() -> None:
    assert [m.column for m in messages(module("- a\n\t- [x] c\n"))] == [2]


def test_messages_of_all_files_come_in_order() -> None:
    found = read(module("- [x] a) Cochée\n"), banks={"b": BANK.replace("voir=une", "voir=deux")})
    assert [(m.path, m.code) for m in found.messages] == [
        ("banques/b.md", "Q108"),
        ("module.md", "S106"),
    ]
