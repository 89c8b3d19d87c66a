"""A translation keeps, part by part, which text it translates; what changed since is behind."""

from __future__ import annotations

import re

import pytest

from app.dialect.compiled import CompiledModule, Prose
from app.dialect.following import Following, pair_up
from app.dialect.reading import Reading
from app.dialect.stretches import TO_TRANSLATE, Stretch, write_mark
from tests.dialect.writing import BANK, FRONT, QUIZ, module, read

TEXT = """\
Le début.

### Choix unique : Un choix {#choix}
Que faites-vous ?
- [x] a) Ceci
- [ ] b) Cela
  > Non.

**Explication :** Oui.

---

La suite du début.

### D'abord

Un premier texte.

### Ensuite

Un second texte.
"""
REFERENCE = module(TEXT)
DRAW = "\n### Tirage : Au sort {#sort banque=banque nombre=1}\n"
EXAMPLE = "> [!EXEMPLE]\n> Un geste utile.\n"


def both(english: str, french: str = REFERENCE, **banks: str) -> Reading:
    """Read the module with a translation."""
    return read(french, banks=banks, files={"module.en.md": english})


def pairs_of(reading: Reading, path: str = "module.en.md") -> dict[str, Following]:
    """Tell where each part of the translation stands, by its title."""
    found = pair_up(reading.stretches[path.replace(".en", "")], reading.stretches[path])
    return {(pair.source or pair.own or pytest.fail("empty")).title: pair.following
            for pair in found}  # fmt: skip


def marked(text: str = REFERENCE, path: str = "module.en.md", **banks: str) -> str:
    """Write on each heading of a copy of the reference which text it translates."""
    lines = text.split("\n")
    for one in both(text, text, **banks).stretches["module.md"]:
        lines[one.line - 1] = write_mark(lines[one.line - 1], one.digest)
    return "\n".join(lines)


def english_of(reading: Reading) -> CompiledModule:
    return reading.modules["en"]


def behind_in(reading: Reading) -> list[str]:
    """List the texts of which agents are told, then the items."""
    blocks = [block for step in english_of(reading).every_step() for block in step.blocks]
    texts = [re.sub("<[^>]+>", " ", one.html) for one in blocks
             if isinstance(one, Prose) and one.is_behind]  # fmt: skip
    return texts + [item.id for item in english_of(reading).every_item() if item.is_behind]


def test_a_translation_that_follows_earns_nothing() -> None:
    reading = both(marked())
    assert [m.code for m in reading.messages] == []
    assert set(pairs_of(reading).values()) == {Following.FRESH}
    assert english_of(reading).is_marked
    assert behind_in(reading) == []
    assert english_of(reading).count_behind() == 0


@pytest.mark.parametrize(
    ("old", "new", "title", "told"),
    [
        ("Que faites-vous", "Que feriez-vous", "Un choix", ["choix"]),
        ("b) Cela", "b) Autre chose", "Un choix", ["choix"]),
        ("**Explication :** Oui.", "**Explication :** Certes.", "Un choix", ["choix"]),
        ("Un premier texte", "Un tout premier texte", "D'abord", ["premier"]),
        ("### Ensuite", "### Enfin", "Enfin", ["second"]),
        ("La suite du début", "La fin du début", "Une étape", ["Le début", "La suite"]),
        ("Une phrase à juger", "Une idée à juger", "À juger", ["juger"]),
    ],
)
def test_only_what_changed_in_the_reference_is_behind(
    old: str, new: str, title: str, told: list[str]
) -> None:
    assert REFERENCE.count(old) == 1
    reading = both(marked(), REFERENCE.replace(old, new))
    states = pairs_of(reading)
    assert [name for name, state in states.items() if state is Following.STALE] == [title]
    found = [m for m in reading.messages if m.code == "T201"]
    assert [m.path for m in found] == ["module.en.md"]
    lines = marked().split("\n")
    assert lines[found[0].line - 1].startswith("#")
    behind = behind_in(reading)
    assert len(behind) == len(told)
    assert all(word in text for word, text in zip(told, behind, strict=True))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Que faites-vous ?", "Que faites-vous?"),
        ("Un premier texte.", "Un  premier\ntexte !"),
        ("- [ ] b) Cela", "* [ ] b) cela"),
        ("Le début", "Le debut"),
    ],
)
def test_what_needs_no_other_translation_leaves_it_up_to_date(old: str, new: str) -> None:
    assert REFERENCE.count(old) == 1
    reading = both(marked(), REFERENCE.replace(old, new))
    assert set(pairs_of(reading).values()) == {Following.FRESH}


def test_a_sub_heading_inserted_is_missing_and_the_others_keep_their_mates() -> None:
    french = REFERENCE.replace("### Ensuite", "### Entre deux\n\nAutre chose.\n\n### Ensuite")
    states = pairs_of(both(marked(), french))
    assert states["Entre deux"] is Following.MISSING
    assert states["D'abord"] is states["Ensuite"] is Following.FRESH


def test_what_has_no_mark_is_told_apart_from_what_is_behind() -> None:
    english = REFERENCE.replace("Un premier texte", "A first text").replace("Le début", "First")
    reading = both(english)
    assert not english_of(reading).is_marked
    states = pairs_of(reading)
    assert states["D'abord"] is states["Une étape"] is Following.UNMARKED
    assert states["Ensuite"] is Following.UNTRANSLATED
    assert behind_in(reading) == []
    assert "T201" not in [m.code for m in reading.messages]


def test_a_copy_that_remains_to_be_translated_says_so() -> None:
    english = REFERENCE.replace("{#choix}", f"{{#choix source={TO_TRANSLATE}}}")
    reading = both(english)
    assert pairs_of(reading)["Un choix"] is Following.UNTRANSLATED
    assert behind_in(reading) == ["choix"]
    assert "reste à traduire" in next(m.message for m in reading.messages if m.code == "T201")


def test_questions_of_a_bank_follow_too() -> None:
    french = module(TEXT, quiz=QUIZ + DRAW)
    stale = BANK.replace("{#en-banque", "{#en-banque source=00000000")
    reading = read(
        french, banks={"banque": BANK, "banque.en": stale}, files={"module.en.md": french}
    )
    path = "banques/banque.en.md"
    assert set(pairs_of(reading, path).values()) == {Following.STALE}
    assert [m.path for m in reading.messages if m.code == "T201"] == [path]
    assert behind_in(reading) == ["en-banque"]


def test_a_reference_translates_nothing() -> None:
    french = REFERENCE.replace("{#choix}", "{#choix source=00000000}")
    assert [m.code for m in read(french).messages] == ["Q107"]
    for heading in ("# Un titre", "## Une étape {#une}", "### D'abord"):
        assert heading in REFERENCE
        text = REFERENCE.replace(heading, write_mark(heading, "00000000"))
        assert [m.code for m in read(text).messages] == ["Q107"], heading


def test_a_note_is_rendered_with_the_text_that_calls_it() -> None:
    noted = REFERENCE.replace("Un second texte.", "Un second texte.[^1]\n\n[^1]: La note.")
    english = marked(noted)
    reading = both(english, noted.replace("Un premier texte", "Un autre texte"))
    run = next(block for step in english_of(reading).steps for block in step.blocks
               if isinstance(block, Prose) and "Un second" in block.html)  # fmt: skip
    assert run.is_behind
    assert "La note." in run.html
    assert "[^1]" not in run.html


@pytest.mark.parametrize(
    ("heading", "marked_heading"),
    [
        ("# Un titre", "# Un titre {source=0123abcd}"),
        ("## Une étape {#une}", "## Une étape {#une source=0123abcd}"),
        ("### Sous {source=ffffffff}", "### Sous {source=0123abcd}"),
        (
            '### Q : T {#a source=x erratum="deux mots" points=2}',
            '### Q : T {#a erratum="deux mots" points=2 source=0123abcd}',
        ),
    ],
)
def test_a_mark_is_written_on_a_heading(heading: str, marked_heading: str) -> None:
    assert write_mark(heading, "0123abcd") == marked_heading


def test_lines_of_a_part_are_those_of_the_file() -> None:
    lines = REFERENCE.split("\n")
    parts: dict[str, Stretch] = {one.title: one for one in both(REFERENCE).stretches["module.md"]}
    step = parts["Une étape"]
    assert [lines[first - 1] for first, _ in step.runs] == [
        "## Une étape {#une}", "La suite du début.",
    ]  # fmt: skip
    first, last = parts["Un choix"].runs[0]
    assert (lines[first - 1], lines[last - 1]) == (
        "### Choix unique : Un choix {#choix}", "**Explication :** Oui.",
    )  # fmt: skip
    assert parts["Un titre"].runs == ((FRONT.count("\n"), FRONT.count("\n")),)
