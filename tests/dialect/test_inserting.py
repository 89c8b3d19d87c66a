"""A new question finds a place where it can stand, and ids that nothing else has."""

from __future__ import annotations

import time

import pytest

from app.dialect.context import Context
from app.dialect.inserting import Neighbourhood, insert_item, with_insertion
from app.dialect.item_templates import TEMPLATES
from app.dialect.items.registry import TYPES
from app.dialect.landmarks import read_landmarks
from app.dialect.messages import Message
from app.dialect.reading import read_files
from app.dialect.starter import TEMPLATE_EN, TEMPLATE_FR
from app.studio.neighbours import neighbourhood_of

TEXTS = {**TEMPLATE_FR, **TEMPLATE_EN}
FRENCH, ENGLISH = TEXTS["module.md"], TEXTS["module.en.md"]
CONTEXT = Context(competences=frozenset({"discernement", "exemplarite"}), modules=frozenset())
GRADABLE = [name for name, kind in TYPES.items() if kind.gradable and name != "draw"]


def check(texts: dict[str, str]) -> list[Message]:
    """Check a module's texts."""
    files = {path: text.encode() for path, text in texts.items()}
    return list(read_files(files, slug="essai", context=CONTEXT).messages)


def insert(
    kind: str,
    wanted: int,
    path: str = "module.md",
    texts: dict[str, str] = TEMPLATE_FR,
    title: str = "",
) -> dict[str, str]:
    """Insert a question in one of some texts."""
    language = "en" if path.endswith(".en.md") else "fr"
    around = neighbourhood_of(texts, path)
    found = insert_item(texts[path], TEMPLATES[language][kind], title, wanted, around)
    return {**texts, path: with_insertion(texts[path], found)}


def line_of(text: str, start: str) -> int:
    """Find the line, from 1, that begins so."""
    return next(n for n, line in enumerate(text.split("\n"), 1) if line.startswith(start))


def test_both_starters_hold_a_template_of_each_type_and_earn_nothing() -> None:
    assert [list(of) for of in TEMPLATES.values()] == [list(TYPES)] * 2
    for of, rank in ((TEMPLATES["fr"], 0), (TEMPLATES["en"], 1)):
        for kind, template in of.items():
            assert template.opening.strip("# :") == TYPES[kind].labels[rank]
    assert check(TEXTS) == []


@pytest.mark.parametrize("kind", TYPES)
def test_each_template_passes_the_check_wherever_the_cursor_is(kind: str) -> None:
    for wanted in range(1, FRENCH.count("\n") + 2, 9):
        texts = insert(kind, wanted, title="Un titre neuf")
        found = check(texts)
        expected = ["Q110"] if kind == "draw" else []  # The bank serves one draw.
        assert [one.code for one in found] == expected, (wanted, found)
        assert "{#un-titre-neuf" in texts["module.md"]


@pytest.mark.parametrize("kind", TYPES)
def test_each_template_passes_the_check_twice_over(kind: str) -> None:
    texts = {**TEMPLATE_FR, "module.md": FRENCH.replace(" nombre=2", " nombre=1")}
    for _ in range(1 if kind == "draw" else 3):
        texts = insert(kind, FRENCH.count("\n"), texts=texts)
    assert check(texts) == []
    assert len(texts["module.md"]) > len(FRENCH)


@pytest.mark.parametrize("kind", GRADABLE)
def test_a_question_that_counts_says_what_to_read_again(kind: str) -> None:
    wanted = line_of(FRENCH, "## Évaluation")
    for texts, path in (
        (insert(kind, wanted, title="Neuf"), "module.md"),
        (insert(kind, 3, "banques/questions.md", title="Neuf"), "banques/questions.md"),
    ):
        (heading,) = [line for line in texts[path].split("\n") if "{#neuf" in line]
        assert "voir=premiere-etape}" in heading
        assert check(texts) == []


def test_a_translation_gets_the_labels_of_its_language() -> None:
    texts = {"module.md": ENGLISH, **TEMPLATE_FR, "module.en.md": ENGLISH}
    new = insert("matching", 60, "module.en.md", texts, title="Two sides")["module.en.md"]
    assert "### Matching: Two sides {#two-sides}\n" in new
    assert neighbourhood_of(TEXTS, "banques/questions.en.md").banks == (("questions", 3),)


def test_a_question_stands_before_the_next_heading_and_never_on_a_sheet() -> None:
    first = line_of(FRENCH, "### Un sous-titre")
    new = insert("poll", line_of(FRENCH, "> [!NOTE]"), title="Neuf")["module.md"]
    assert line_of(new, "### Sondage : Neuf") == first
    assert line_of(new, "### Un sous-titre") == first + 6
    on_sheet = insert("poll", FRENCH.count("\n"), title="Neuf")["module.md"]
    kinds = [one.kind or one.title for one in read_landmarks(on_sheet) if one.level == 2]
    before = [
        one
        for one in read_landmarks(on_sheet)
        if one.line < line_of(on_sheet, "### Sondage : Neuf")
    ]
    assert [one.title for one in before if one.level == 2][-1] == "Mise en situation"
    assert kinds[-3:] == ["evaluation", "reflexe", "animation"]


def test_ids_and_scenes_are_those_that_nothing_has() -> None:
    new = insert("dilemma", 10, title="Deux chemins")["module.md"]
    assert "{#deux-chemins-2}" in new
    assert "(#en-parler-2) {avis=exemplaire}" in new
    assert "\n#### laisser-passer-2\n" in new
    assert "{#banque-un-2}" in insert("single", 10, title="Banque un")["module.md"]
    assert "(x) {#accolades-x}" in insert("single", 10, title="Accolades {x}")["module.md"]
    assert "{#titre}" in insert("single", 10, title="?!")["module.md"]


@pytest.mark.parametrize("text", ["", "\n", "Du texte.", "Du texte.\n", "Du texte.\n\n\n"])
def test_a_text_without_a_step_gets_the_question_at_its_end(text: str) -> None:
    found = insert_item(text, TEMPLATES["fr"]["poll"], "", 1, Neighbourhood())
    new = with_insertion(text, found)
    start = f"{text.rstrip()}\n\n" if text.strip() else ""
    assert new.startswith(f"{start}### Sondage : Un avis {{#un-avis}}\n")
    assert new.rstrip("\n").endswith("- [ ] c) Jamais")
    assert new.endswith("\n")


def test_a_draw_names_the_bank_that_is_there_and_no_more_than_it_holds() -> None:
    one = "### Sondage : Un {#un}\n"
    texts = {"module.md": "## Une {#une}\n\n## Note {#note .evaluation}\n", "banques/cas.md": one}
    assert (
        "{#des-questions-de-la-banque banque=cas nombre=1}"
        in insert("draw", 1, texts=texts)["module.md"]
    )


def test_headings_in_fences_are_no_landmarks() -> None:
    fences = "```\n## Non {#non}\n```\n~~~~\n~~~\n## Non\n~~~~\n"
    text = f"## Une {{#une}}\n{fences}#### scene\n#### Pas une\n##non\n"
    found = [(one.level, one.title, one.id) for one in read_landmarks(text)]
    assert found == [(2, "Une", "une"), (4, "scene", "scene"), (4, "Pas une", "")]


@pytest.mark.parametrize(
    "text",
    [
        "#" * 400_000, "{" * 400_000, "## " + "{#a " * 100_000, "## {" + " " * 390_000,
        "## x\n" * 80_000,
    ],
    ids=["marks", "braces", "ids", "spaces", "headings"],
)  # fmt: skip
def test_landmarks_are_read_in_time_whatever_the_text(text: str) -> None:
    started = time.perf_counter()
    read_landmarks(text)
    assert time.perf_counter() - started < 5
