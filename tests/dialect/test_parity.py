"""A translation follows its reference: what differs is told where it stands."""

from __future__ import annotations

import pytest

from app.dialect.messages import Message
from tests.dialect.cases_of_pairs import PAIRS, REFERENCE, TWO, Pair
from tests.dialect.cases_of_types import SHORT
from tests.dialect.writing import BANK, CARET, QUIZ, module, read, split_caret


def translated(
    text: str, bank: str = TWO, *, reference: str = REFERENCE, language: str = "fr"
) -> tuple[Message, ...]:
    banks = {"banque": TWO, "banque.en": bank}
    return read(reference, banks=banks, files={"module.en.md": text}, language=language).messages


def test_a_faithful_translation_earns_nothing() -> None:
    assert translated(REFERENCE) == ()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.code)
def test_what_differs_is_told_where_it_stands(pair: Pair) -> None:
    path, text, bank = "module.en.md", pair.text, pair.bank
    if CARET in bank:
        path = "banques/banque.en.md"
        bank, line, column = split_caret(bank)
    if CARET in text:
        text, line, column = split_caret(text)
    if CARET not in pair.text + pair.bank:
        path, line, column = "banques/banque.en.md", TWO[: TWO.rindex("###")].count("\n") + 1, 1
    found = translated(text, bank)
    told = "\n".join(map(str, found)) or "nothing said"
    assert (path, line, column, pair.code) in [(m.path, m.line, m.column, m.code) for m in found], (
        told
    )
    assert sorted(m.code for m in found) == sorted([pair.code, *pair.others]), told
    assert {m.path for m in found} <= {"module.en.md", "banques/banque.en.md"}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.code)
def test_english_readers_are_told_in_english(pair: Pair) -> None:
    text, bank = pair.text.replace(CARET, ""), pair.bank.replace(CARET, "")
    french = translated(text, bank)
    english = translated(text, bank, language="en")
    assert [m.code for m in french] == [m.code for m in english]
    assert all(one.message != other.message for one, other in zip(french, english, strict=True))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Lesquels ?", "Which ones?"),
        ("- [x] a) Un", "- [x] a) **One**"),
        ("  > Non.", "  > No, because\n  > of this."),
        ("48 ± 2 h", "48,0 ± 2 hours"),
        ("- [x] a) Référent déontologue", "- [x] a) Ethics adviser\n- [x] d) adviser"),
        ("- [50%] b) Le référent\n", ""),
        ("[[nécessaire]]", "[[necessary|needed]]"),
        ("[pn, gn]", "[gn, pn]"),
        ("revu_le: 2026-05-02", "revu_le: 2026-06-01"),
        ("Un titre", "A title"),
        ("### Pour tous", "### For all"),
        ("### Choix multiple :", "### Multiple choice:"),
        ("corps=pn,gn", "corps=gn,pn"),
        ("{#plusieurs}", "{#plusieurs points=1 melange=oui}"),
        ("Dites.\n", "Say.\n\n**Explanation:** Nobody reads it.\n"),
    ],
)
def test_what_is_said_to_readers_may_differ(old: str, new: str) -> None:
    assert old in REFERENCE
    assert translated(REFERENCE.replace(old, new)) == ()


def test_each_language_accepts_its_own_words() -> None:
    reference = module(SHORT)
    words = "- [x] a) adviser\n- [x] b) ethics adviser\n- [x] c) an adviser\n"
    start, end = SHORT.index("- [x] a)"), SHORT.index("\n**Explication")
    text = module(SHORT[:start] + words + SHORT[end:])
    assert translated(text, reference=reference) == ()


def test_what_cannot_be_read_is_compared_once_it_is_mended() -> None:
    broken = REFERENCE.replace("## Une suite {#suite corps=pn}", "## Une suite")
    assert [m.code for m in translated(broken)] == ["S104"]
    assert {(m.path, m.code) for m in translated(REFERENCE, reference=broken)} == {
        ("module.md", "S104")
    }


def test_an_item_with_errors_is_not_compared_inside() -> None:
    broken = REFERENCE.replace("[x] b) Deux", "[y] b) Deux")
    assert [m.code for m in translated(broken)] == ["Q202", "Q109"]
    assert [m.code for m in translated(REFERENCE, reference=broken)] == ["Q202", "Q109"]


def test_a_value_that_is_refused_is_told_once() -> None:
    wrong = REFERENCE.replace("{#plusieurs}", "{#plusieurs points=deux}")
    assert [m.code for m in translated(wrong)] == ["Q108"]
    wrong = REFERENCE.replace("duree: 10", "duree: dix")
    assert [m.code for m in translated(wrong)] == ["M104"]


def test_a_translated_bank_needs_a_reference() -> None:
    text = module(quiz=QUIZ)
    banks = {"banque.en": BANK.replace("voir=une", "voir=une")}
    found = read(text, banks=banks, files={"module.en.md": text}).messages
    assert [(m.path, m.line, m.code) for m in found if m.code == "T101"] == [
        ("banques/banque.en.md", 1, "T101"),
        ("banques/banque.en.md", 1, "T101"),
    ]


def test_the_last_step_is_missed_at_the_title() -> None:
    text = REFERENCE[: REFERENCE.index("\n## Évaluation")]
    found = [m for m in translated(text) if m.code == "T101"]
    line = text.split("\n").index("# Un titre") + 1
    assert [(m.line, m.column) for m in found] == [(line, 3)]
    untitled = text.replace("# Un titre\n", "")
    assert (1, 1, "T101") in [(m.line, m.column, m.code) for m in translated(untitled)]


def test_a_translation_in_progress_can_be_compiled() -> None:
    text = REFERENCE.replace("- [ ] d) Quatre\n  > Non.\n", "")
    banks = {"banque": TWO, "banque.en": TWO}
    reading = read(REFERENCE, banks=banks, files={"module.en.md": text})
    assert reading.has_errors
    assert set(reading.modules) == {"fr", "en"}


def test_a_date_that_cannot_be_read_is_compared_with_nothing() -> None:
    for old, new in [("2026-05-02", "hier"), ("revu_le: 2026-05-02\n", "")]:
        reference = REFERENCE.replace(old, new)
        assert "T201" not in [m.code for m in translated(REFERENCE, reference=reference)]
    assert "T201" not in [m.code for m in translated(REFERENCE.replace("2026-05-02", "hier"))]


def test_files_that_cannot_be_read_are_compared_with_nothing() -> None:
    found = read(module(), files={"module.en.md": "a" * 200_001}).messages
    assert [(m.path, m.code) for m in found] == [("module.en.md", "R101")]
