"""Prose is shown as GitHub would show it, with French spaces, and nothing harmful."""

from __future__ import annotations

import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app.dialect.reading import render_prose
from app.dialect.rendering import prose
from app.dialect.rendering.prose import Renderer
from app.dialect.rendering.typography import space

ORACLE = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HEADINGS = re.compile(r"<(h\d) [^>]*>")


def outline(html: str) -> list[object]:
    """Give the elements of a text and their words, without what the oracle writes otherwise."""
    html = HEADINGS.sub(r"<\1>", html).replace('<div class="table">', "").replace("</div>", "")
    html = re.sub(
        r' (scope="col"|class="align-\w+"|style="text-align:\w+"|class="language-[^"]*")', "", html
    )
    html = html.replace("<s>", "<del>").replace("</s>", "</del>").replace("<tbody></tbody>", "")
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    found: list[object] = []
    for element in tree.iter():
        if element.tag == "p" or not isinstance(element.tag, str):
            continue
        text = "".join(element.itertext())
        found.append((element.tag, "".join(text.split())))
    return found


SAME = [
    "Un texte.\n\nUn autre,\nsur deux lignes.",
    "Un texte :\n- glué\n- au paragraphe",
    "- un\n  - deux\n    - trois\n- quatre",
    "- un\n\n  suite\n- deux",
    "- un\n\n- deux\n\n- trois",
    "1. un\n2. deux\n   - dedans\n3. trois",
    "1. un\n\n   suite\n\n2. deux",
    "3. trois\n4. quatre",
    "1) un\n2) deux",
    "- un\n1. autre liste",
    "- a\n\n\n- b",
    "* un\n* deux\n\n+ autre\n+ liste",
    "- un\n- deux\n\ntexte après",
    "- un\nparesseux\n- deux",
    "En 1986.\n1986. Une année",
    "Le\n2. n'interrompt pas",
    "| a | b |\n| --- | --- |\n| 1 | 2 |",
    "Texte\n| a | b |\n|---|:-:|\n| 1 | 2 |\nsuite",
    "| a | b |\n| --- | --- |\n- liste",
    "a | b\n--- | ---\n1 | 2",
    "| a |\n| --- |\n| 1 |",
    "| a \\| b | c |\n| --- | --- |\n| 1 | 2 |",
    "| `a` | **b** |\n| --- | --- |\n| 1 | 2 | 3 |",
    "```python\nx = 1 < 2\n\ny\n```",
    "Texte\n```\nx\n```\nsuite",
    "- un\n  ```\n  x\n    y\n  ```\n- deux",
    "- un\n\n  ```\n  x\n  ```",
    "> cité\n> encore\n\nsuite",
    "> un\nparesseux",
    "> - un\n> - deux",
    "> un\n\n> deux",
    "- > cité\n- b",
    "> ```\n> x\n> ```",
    "    du code\n\n    encore",
    "~~~\n```\n~~~",
    "# Un\n\n## Deux\ntexte",
    "texte\n# titre\ntexte",
    "***\n\ntexte\n\n---",
    "**gras** *italique* ~~barré~~ `code`",
    "mot_avec_soulignés et _vrai_",
    "un\\\ndeux  \ntrois",
    "\\* pas \\_ de \\[ mise \\# en \\| forme \\~",
    "[lien](https://exemple.fr) <https://exemple.fr>",
    "[lien](https://exemple.fr \"titre\") [a](<https://exemple.fr/b>)",
    "[un][ref] et [ref]\n\n[ref]: https://exemple.fr",
    "[a [b] c](https://exemple.fr)",
    "`` ` `` et `[a](b)`",
    "#hashtag\n\n+plus\n\n-moins\n\n1.5 litre",
    "a < b > c & d &amp; e",
    "1. a\n   1. b\n      1. c",
    "- [ ] a\n- [x] b",
    "-\n- b",
    "  - un\n  - deux",
    "10. dix\n11. onze\n    - x",
    "- a\n  > b\n- c",
    "- a\n\n      code\n- b",
    "*un*\n    suite en retrait",
    "    du code\ntexte",
    "*Le*\n2. n'interrompt pas\n10) non plus",
    "*un*\n: deux\n= trois\n: -",
    "- un\n\n\n\n- deux\n\n\ntexte",
    "- un\n      suite\n- deux",
    "1. un\n1. deux\n\n    code",
]  # fmt: skip


@pytest.mark.parametrize("text", SAME)
def test_text_is_shown_as_github_shows_it(text: str) -> None:
    assert outline(render_prose(text, "en")) == outline(ORACLE.render(text))


@pytest.mark.parametrize("text", SAME)
def test_the_long_way_shows_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prose, "SPECIAL", re.compile(""))
    assert outline(render_prose(text, "en")) == outline(ORACLE.render(text))


WORD = st.sampled_from(["un", "deux mots", "**gras**", "`code`", "l'été"])
ITEM = st.tuples(st.integers(0, 2), st.sampled_from(["-", "1."]), WORD)


@given(st.lists(ITEM, min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_lists_of_all_shapes_are_shown_as_github_shows_them(
    rows: list[tuple[int, str, str]],
) -> None:
    depth, lines = 0, []
    marks: list[str] = []
    for wanted, mark, word in rows:
        depth = min(wanted, len(marks))
        del marks[depth:]
        marks.append(mark)
        lines.append("   " * depth + f"{mark} {word}")
    text = "\n".join(lines)
    assert outline(render_prose(text, "en")) == outline(ORACLE.render(text))


@given(st.lists(st.lists(WORD, min_size=2, max_size=2), min_size=1, max_size=4))
@settings(max_examples=50, deadline=None)
def test_tables_of_all_shapes_are_shown_as_github_shows_them(rows: list[list[str]]) -> None:
    text = "\n".join(f"| {' | '.join(row)} |" for row in [rows[0], ["---", ":-:"], *rows[1:]])
    assert outline(render_prose(text, "en")) == outline(ORACLE.render(text))


@given(st.text(alphabet="ab :;!?%«»\n-|#>.1", max_size=60), st.sampled_from(["fr", "en"]))
@settings(max_examples=300, deadline=None)
def test_the_short_way_writes_what_the_long_way_writes(text: str, language: str) -> None:
    short = Renderer(language).block(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "SPECIAL", re.compile(""))
        assert Renderer(language).block(text) == short


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Quoi ?", "Quoi\u202f?"),
        ("Quoi\u00a0?", "Quoi\u202f?"),
        ("Oui ! Non ; donc : 50 %", "Oui\u202f! Non\u202f; donc\u202f: 50\u202f%"),
        ("« non »", "«\u202fnon\u202f»"),
        ("«non»", "«\u202fnon\u202f»"),
        ("« non » ?", "«\u202fnon\u202f»\u202f?"),
        ("12:30 et https://x", "12:30 et https://x"),
        ("Rien à faire.", "Rien à faire."),
        ("Fin ?!", "Fin\u202f?!"),
        ("50%", "50%"),
        ("un »", "un\u202f»"),
    ],
)
def test_french_spaces_are_narrow(typed: str, shown: str) -> None:
    assert space(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("l'agent d'Écully", "l’agent d’Écully"),
        ("aujourd'hui", "aujourd’hui"),
        ("'mot'", "'mot'"),
        ("5' 30", "5' 30"),
    ],
)
def test_french_apostrophes_are_curved(typed: str, shown: str) -> None:
    assert space(typed) == shown
    assert render_prose(f"`{typed}`") == f"<p><code>{typed}</code></p>"
    assert space(shown) == shown


def test_an_apostrophe_before_an_emphasis_is_curved_too() -> None:
    assert render_prose("l'**usage** et `l'`*x*") == (
        "<p>l’<strong>usage</strong> et <code>l'</code><em>x</em></p>"
    )


@given(st.text(alphabet="ab ;:!?%«»\u202f\u00a0", max_size=40))
@settings(deadline=None)
def test_spacing_twice_changes_nothing_more(text: str) -> None:
    assert space(space(text)) == space(text)


def test_french_spaces_cross_bold_and_leave_code_alone() -> None:
    html = render_prose('**Gras** : `a : b` « **oui** » [x ?](https://x.fr/a?b "Quoi ?")')
    assert "<em>oui</em>\u202f»" in render_prose("«*oui*»")
    assert "</strong>\u202f: <code>a : b</code> «\u202f<strong>oui</strong>\u202f»" in html
    assert 'href="https://x.fr/a?b" title="Quoi ?">x\u202f?</a>' in html
    assert render_prose("```\na : b\n```") == "<pre><code>a : b\n</code></pre>"


def test_english_has_no_such_space() -> None:
    assert render_prose("What ?", "en") == "<p>What ?</p>"


@pytest.mark.parametrize(
    ("marker", "name", "title"),
    [
        ("NOTE", "note", "À noter"),
        ("TIP", "tip", "Conseil"),
        ("IMPORTANT", "important", "Important"),
        ("WARNING", "warning", "Attention"),
        ("CAUTION", "caution", "Prudence"),
        ("EXEMPLE", "exemple", "Conduite exemplaire"),
    ],
)
def test_markers_make_callouts(marker: str, name: str, title: str) -> None:
    html = render_prose(f"> [!{marker}]\n> Un texte.")
    assert html == (
        f'<div class="callout callout--{name}">\n<p class="callout__title">{title}</p>\n'
        "<p>Un texte.</p>\n</div>"
    )


def test_callouts_are_titled_in_the_language_of_the_text() -> None:
    assert ">Exemplary conduct</p>" in render_prose("> [!EXEMPLE]\n> A text.", "en")


def test_callouts_that_follow_each_other_stay_apart() -> None:
    html = render_prose("> [!NOTE]\n> Un.\n\n> [!TIP]\n> Deux.\n\n> Trois.")
    assert html.count('<div class="callout') == 2
    assert html.count("<blockquote>") == 1


def test_a_marker_with_text_on_its_line_stays_a_quote() -> None:
    assert "<blockquote>" in render_prose("> [!NOTE] Un texte.")
    assert "<blockquote>" in render_prose("> [!INFO]\n> Un texte.")


def test_headings_keep_their_id_or_get_one() -> None:
    html = render_prose("## Été : un {#un}\n\n## Été\n\n## Été\n\n## **!!**")
    assert '<h2 id="un">Été\u202f: un</h2>' in html
    assert '<h2 id="été">Été</h2>' in html
    assert '<h2 id="été-2">Été</h2>' in html
    assert '<h2 id="titre">' in html
    assert '<h2 id="b"><strong>Un</strong> deux</h2>' in render_prose("## **Un** deux {#b}")


def test_tables_have_a_scope_and_classes_for_alignment() -> None:
    html = render_prose("| a | b |\n| :-: | --: |\n| 1 | 2 |")
    assert '<th class="align-center" scope="col">a</th>' in html
    assert '<td class="align-right">2</td>' in html
    assert html.startswith('<div class="table"><table>')


def test_notes_of_one_page_do_not_mix() -> None:
    renderer = Renderer("fr")
    one, two = (renderer.block("Un[^1].\n\n[^1]: Note.") for _ in range(2))
    ids = [re.findall(r'id="([^"]+)"', html) for html in (one, two)]
    assert len(ids[0]) == 2
    assert not set(ids[0]) & set(ids[1])
    assert "Revenir à l'appel de note 1" in one


def test_media_get_their_address() -> None:
    html = render_prose(
        "![Un plan](media/plan.png) [pdf](../media/a.pdf)", "fr", lambda p: f"/m/{p}"
    )
    assert 'src="/m/media/plan.png"' in html
    assert 'href="/m/media/a.pdf"' in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- un tiret", "- un tiret"),
        ("1. un nombre", "1. un nombre"),
        ("# un dièse", "# un dièse"),
        ("> un chevron", "&gt; un chevron"),
        ("deux\nlignes", "deux lignes"),
        ("**gras**", "<strong>gras</strong>"),
        ("| a |", "| a |"),
        ("```", "```"),
        ("", ""),
    ],
)
def test_the_inside_of_a_line_is_no_block(text: str, html: str) -> None:
    assert Renderer().inline(text) == html


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Un *titre* : `x`", "Un titre\u202f: x"),
        ("a < b & c", "a < b & c"),
        ("Simple ?", "Simple\u202f?"),
    ],
)
def test_a_title_is_plain_text(text: str, plain: str) -> None:
    assert Renderer().plain(text) == plain
