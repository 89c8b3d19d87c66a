"""A glossary is read and checked; its terms are found in prose, each once, where they help."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.dialect.context import Context, read_context
from app.dialect.glossary.marking import Mark, Marker, marker, split_marks, strip_marks
from app.dialect.glossary.reading import GlossaryRead, read_glossary
from app.dialect.glossary.sections import Spoken
from app.dialect.reading import read_files
from app.dialect.rendering import prose as prose_module
from app.dialect.rendering.prose import Renderer
from tests.dialect.test_reading import prose
from tests.dialect.writing import CARET, CONTEXT, QUIZ, module, split_caret

ROOT = Path(__file__).parents[2]
FRENCH = """\
# Glossaire

Une introduction que rien ne montre.

## Référent déontologue {#referent}
Aussi : référents déontologues,
référente déontologue

La personne que *tout* agent peut consulter.

Une suite, pour la page seulement.

## Code de la sécurité intérieure {#csi}

Le code des métiers de la sécurité.

**Aussi :** CSI.
"""
ENGLISH = """\
# Glossary

## Ethics adviser {#referent}
Also: ethics advisers

Someone to consult.

## Internal Security Code {#csi}
Also: CSI

The code of security.
"""
TERMS = (
    Spoken("referent", ("Référent déontologue", "référents déontologues")),
    Spoken("csi", ("Code de la sécurité intérieure", "CSI")),
    Spoken("controle", ("contrôle d'identité",)),
    Spoken("identite", ("identité",)),
    Spoken("pm", ("PM",)),
)


def read(french: str, english: str = "", **options: str) -> GlossaryRead:
    files = {"glossaire.md": french.encode()}
    if english:
        files["glossaire.en.md"] = english.encode()
    return read_glossary(files, CONTEXT, **options)


def test_a_glossary_is_read_with_its_forms_and_its_definitions() -> None:
    found = read(FRENCH, ENGLISH)
    assert found.messages == ()
    referent, csi = found.entries("fr")
    assert (referent.id, referent.title) == ("referent", "Référent déontologue")
    assert referent.also == "référents déontologues, référente déontologue"
    assert referent.definition == "La personne que <em>tout</em> agent peut consulter."
    assert referent.html.endswith("<p>Une suite, pour la page seulement.</p>")
    assert (csi.also, csi.html) == ("CSI", "<p>Le code des métiers de la sécurité.</p>")
    assert [entry.title for entry in found.entries("en")] == [
        "Ethics adviser",
        "Internal Security Code",
    ]


FAULTS = [
    ("G101", FRENCH.replace("## Référent déontologue {#referent}", "‸## Référent déontologue")),
    ("S108", FRENCH.replace("{#csi}", "{‸#Csi}")),
    ("S108", FRENCH.replace("{#csi}", "{#csi ‸#autre}")),
    ("S108", FRENCH.replace("## Code", "‸## Code").replace("{#csi}", "{#csi")),
    ("S108", FRENCH.replace("## Code de la sécurité intérieure {#csi}", "‸## {#csi}")),
    ("S105", FRENCH.replace("{#csi}", "{‸#referent}")),
    ("Q107", FRENCH.replace("{#csi}", "{#csi ‸.grand}")),
    ("G102", FRENCH.replace("CSI.", "‸Référent déontologue.")),
    ("G102", FRENCH.replace("CSI.", "CSI, ‸CSI.")),
    ("G102", FRENCH.replace("## Code de", "## ‸référents  déontologues {#x}\n\nX.\n\n## Code de")),
    ("G103", FRENCH.replace("## Code", "‸## Code").replace("Le code des métiers", "- Le code")),
    (
        "G103",
        FRENCH.replace("## Code", "‸## Code").replace("Le code des métiers de la sécurité.", ""),
    ),
    ("G103", "‸# Glossaire\n\nRien encore.\n"),
    ("G201", FRENCH.replace("Le code des", "‸Le code des " + "très " * 80)),
    ("R201", FRENCH.replace("Le code", "Le ‸<b>code</b>")),
    ("L102", FRENCH.replace("Le code", "‸![x](https://exemple.fr/x.png)")),
    ("L103", FRENCH.replace("Le code", "‸[x](javascript:alert) code")),
    ("L101", FRENCH.replace("Le code", "‸[x](media/x.png) code")),
    ("E203", FRENCH.replace("Le code", "Le ‸CSI R. 434-99")),
]


@pytest.mark.parametrize(("code", "text"), FAULTS)
def test_a_fault_is_told_once_at_its_place(code: str, text: str) -> None:
    text, line, column = split_caret(text)
    assert [(m.code, m.line, m.column) for m in read(text).messages] == [(code, line, column)]


@pytest.mark.parametrize(("code", "text"), FAULTS)
def test_english_readers_are_told_in_english(code: str, text: str) -> None:
    text = text.replace(CARET, "")
    (french,), (english,) = read(text).messages, read(text, language="en").messages
    assert french.code == english.code == code
    assert french.message != english.message


def test_the_languages_have_the_same_terms() -> None:
    found = read(FRENCH, ENGLISH.replace("{#csi}", "{#isc}"), under="content")
    assert [(m.path, m.line, m.column, m.code) for m in found.messages] == [
        ("content/glossaire.en.md", 1, 1, "G104"),
        ("content/glossaire.en.md", 8, 28, "G104"),
    ]
    assert "Code de la sécurité intérieure" in found.messages[0].message
    assert found.has_errors


def test_a_link_to_a_page_of_ours_is_fine() -> None:
    assert read(FRENCH.replace("Le code", "[Le code](/modules/x)")).messages == ()


def test_bytes_that_are_no_text_are_told() -> None:
    found = read_glossary({"glossaire.md": b"## A {#a}\n\n\xff\n"}, CONTEXT)
    assert [message.code for message in found.messages] == ["R105"]
    assert read_glossary({}, CONTEXT).messages == ()


def test_a_term_without_an_id_is_not_looked_for(tmp_path: Path) -> None:
    (tmp_path / "glossaire.md").write_text(
        "## Un\n\nA.\n\n## Deux {#b}\n\nB.\n\n## Trois {#b}\n\nC.\n", encoding="utf-8"
    )
    assert read_context(tmp_path).glossary == {"fr": (Spoken("b", ("Deux",)),)}
    assert [entry.id for entry in read(FRENCH.replace(" {#csi}", "")).entries("fr")] == ["referent"]


def test_the_glossary_that_is_shipped_has_no_fault_and_is_the_same_in_both_languages() -> None:
    context = read_context(ROOT / "content")
    files = {
        name: (ROOT / "content" / name).read_bytes() for name in ("glossaire.md", "glossaire.en.md")
    }
    found = read_glossary(files, context)
    assert [str(message) for message in found.messages] == []
    assert len(found.entries("fr")) == len(found.entries("en")) >= 15


def marks(text: str, terms: tuple[Spoken, ...] = TERMS) -> list[tuple[str, str]]:
    pieces = Marker(terms).split(text, set())
    assert "".join(p.text if isinstance(p, Mark) else p for p in pieces) == text
    return [(piece.id, piece.text) for piece in pieces if isinstance(piece, Mark)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Le référent déontologue.", [("referent", "référent déontologue")]),
        ("Les Référents\ndéontologues", [("referent", "Référents\ndéontologues")]),
        ("référent\u00a0déontologue", [("referent", "référent\u00a0déontologue")]),
        ("Le CSI.", [("csi", "CSI")]),
        ("csi, Csi, CSIX, XCSI, CSI-bis, non-CSI, CSI_", []),
        ("PM et pm", [("pm", "PM")]),
        ("un contrôle d’identité", [("controle", "contrôle d’identité")]),
        ("l’identité", [("identite", "identité")]),
        (
            "contrôle d'identité, identité",
            [("controle", "contrôle d'identité"), ("identite", "identité")],
        ),
        ("CSI puis CSI puis Code de la sécurité intérieure", [("csi", "CSI")]),
        ("rien", []),
        ("", []),
    ],
)  # fmt: skip
def test_terms_are_found_in_all_their_forms_once(text: str, found: list[tuple[str, str]]) -> None:
    assert marks(text) == found


def test_no_term_marks_nothing() -> None:
    assert marks("Le CSI.", ()) == []


def show(text: str) -> str:
    return Renderer("fr", terms=marker(TERMS)).page(text)


def test_prose_is_marked_and_nothing_else_is() -> None:
    mark = '<span data-term="csi">CSI</span>'
    for text in ("Le CSI dit.", "- le CSI", "> le CSI", "**le CSI**", "Note[^1].\n\n[^1]: CSI.",
                 "> [!NOTE]\n> CSI", "| a |\n| --- |\n| CSI |"):  # fmt: skip
        assert show(text).count(mark) == 1, text
    for text in ("## Le CSI", "[CSI](https://x.fr)", "`CSI`", "```\nCSI\n```", "![CSI](/x.png)",
                 "| CSI |\n| --- |\n| x |", "https://x.fr/CSI-bis"):  # fmt: skip
        assert "data-term" not in show(text), text


def test_the_first_of_a_run_is_marked_in_the_order_of_reading() -> None:
    html = show("`CSI` *du* CSI, **CSI**.\n\n- CSI\n- identité")
    assert re.sub(r"</?(?!span|/span)[^>]*>", "", html).split() == [
        "CSI", "du", "<span", 'data-term="csi">CSI</span>,', "CSI.", "CSI", "<span",
        'data-term="identite">identité</span>',
    ]  # fmt: skip


def test_questions_and_their_choices_are_not_marked() -> None:
    renderer = Renderer("fr", terms=marker(TERMS))
    assert renderer.block("Le CSI.") == "<p>Le CSI.</p>"
    assert renderer.inline("Le **CSI**") == "Le <strong>CSI</strong>"


@given(st.text(alphabet="CSIPM ab>:-\n«’identé", max_size=60))
@settings(max_examples=200, deadline=None)
def test_the_short_way_marks_what_the_long_way_marks(text: str) -> None:
    short = show(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose_module, "SPECIAL", re.compile(""))
        assert show(text) == short
    assert strip_marks(short) == Renderer("fr").page(text)


def test_marks_part_the_html_without_loss() -> None:
    html = '<p>a <span data-term="csi">CSI</span> b <span data-term="x-1">l&amp;u</span></p>'
    pieces = list(split_marks(html))
    assert pieces == ["<p>a ", Mark("csi", "CSI"), " b ", Mark("x-1", "l&amp;u"), "</p>"]
    assert strip_marks(html) == "<p>a CSI b l&amp;u</p>"


def test_only_the_prose_of_steps_is_marked_in_a_module() -> None:
    sheet = "\n## Fiche réflexe {#reflexe .reflexe}\n\nLe CSI.\n"
    text = module("Le CSI.\n", quiz=QUIZ.replace("Une phrase", "Le CSI. Une phrase") + sheet)
    context = Context(glossary={"fr": TERMS, "en": ()})
    files = {"module.md": text.encode(), "module.en.md": text.encode()}
    found = read_files(files, slug="essai", context=context).modules
    assert '<span data-term="csi">CSI</span>' in prose(found["fr"].steps[0])
    assert str(found["fr"]).count("data-term") == 1
    assert "data-term" not in str(found["en"])


def test_the_hash_does_not_cover_the_glossary() -> None:
    files = {"module.md": module("Le CSI.\n").encode()}
    with_terms = read_files(files, slug="essai", context=Context(glossary={"fr": TERMS}))
    assert with_terms.sha256 == read_files(files, slug="essai", context=Context()).sha256
