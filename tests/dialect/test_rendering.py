"""Prose is shown with French spaces, call-outs, notes and addresses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.dialect.media.holdings import Holdings
from app.dialect.reading import render_prose
from app.dialect.rendering import prose
from app.dialect.rendering.prose import Renderer
from app.dialect.rendering.typography import space


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
    assert "Revenir à l’appel de note 1" in one


def test_media_get_their_address() -> None:
    html = render_prose(
        "![Un plan](media/plan.png) [pdf](../media/a.pdf)", "fr", Holdings(lambda p: f"/m/{p}")
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


def test_notes_are_numbered_as_the_text_calls_them() -> None:
    html = render_prose(
        "[^b] [^a] [^B] `[^a]` [^rien]\n\n[^a]: A.[^c]\n[^b]: B.\n[^c]: C.\n[^d]: D."
    )
    calls = re.findall(r'<sup id="fnref:(\S+)"><a[^>]*>(\d)</a></sup>', html)
    assert calls == [("1-1", "1"), ("1-2", "2"), ("1-1-2", "1"), ("1-3", "3")]
    assert re.findall(r"<li id=\"fn:(\S+)\">\n<p>(\w)", html) == [
        ("1-1", "B"),
        ("1-2", "A"),
        ("1-3", "C"),
    ]
    assert re.findall(r'href="#fnref:(\S+)" title="([^"]+)">([^<]+)<', html) == [
        ("1-1", "Revenir à l’appel de note 1", "↩︎"),
        ("1-1-2", "Revenir à l’appel de note 1-2", "↩︎2"),
        ("1-2", "Revenir à l’appel de note 2", "↩︎"),
        ("1-3", "Revenir à l’appel de note 3", "↩︎"),
    ]
    assert "<code>[^a]</code> [^rien]" in html
    assert "D." not in html


def test_a_note_that_ends_with_a_list_has_its_way_back_under_it() -> None:
    html = render_prose("Un[^1].\n\n[^1]: - a\n    - b")
    assert '</ul>\n<p><a class="footnote-backref"' in html


def test_a_note_that_nothing_calls_is_not_shown() -> None:
    assert render_prose("Un.\n\n[^1]: Note.") == "<p>Un.</p>"


def test_of_two_definitions_of_a_link_the_first_holds() -> None:
    html = render_prose(
        "[a]: https://un.fr 'Un'\n[a]: https://deux.fr\n[A]\n\n[a b]: <https://x.fr/c d>\n"
    )
    assert html == '<p><a href="https://un.fr" title="Un">A</a></p>'
