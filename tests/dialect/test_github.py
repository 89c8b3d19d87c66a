"""Prose is shown as GitHub would show it: lists, tables, code, quotes, notes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.dialect.reading import render_prose
from app.dialect.rendering import prose
from tests.dialect.github import shown_by_github, tree
from tests.dialect.github_cases import NOTES, STRUCTURES, TEXTS

CALL = re.compile(r'<sup id="\S+"><a class="footnote-ref" href="\S+">(\d)</a></sup>')
WAY_BACK = re.compile(
    r'(?:&nbsp;|<p>)<a class="footnote-backref"[^>]*>[^<]*</a>(?:</p>(?=\n</li>))?'
)


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_shown_as_github_shows_it(text: str) -> None:
    assert tree(render_prose(text, "en")) == shown_by_github(text)


@pytest.mark.parametrize("text", TEXTS)
def test_the_long_way_shows_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prose, "SPECIAL", re.compile(""))
    assert tree(render_prose(text, "en")) == shown_by_github(text)


@pytest.mark.parametrize("text", STRUCTURES)
def test_a_structure_in_a_quote_is_shown_as_github_shows_it(text: str) -> None:
    quoted = "\n".join(f"> {line}" for line in text.split("\n"))
    assert tree(render_prose(quoted, "en")) == shown_by_github(quoted)


@pytest.mark.parametrize("text", STRUCTURES)
def test_a_structure_in_a_list_is_shown_as_github_shows_it(text: str) -> None:
    listed = "- un\n\n" + "\n".join(f"  {line}" for line in text.split("\n")) + "\n- deux"
    assert tree(render_prose(listed, "en")) == shown_by_github(listed)


@pytest.mark.parametrize("note", NOTES)
def test_a_note_holds_what_github_makes_of_its_text(note: str) -> None:
    html = render_prose(f"Un[^n].\n\n[^n]: {note}\n\nFin.", "en")
    body, _, box = html.partition('<div class="footnote">\n<hr>\n')
    assert CALL.sub(r"^\1", body).split() == ["<p>Un^1.</p>", "<p>Fin.</p>"]
    held = re.sub(r' id="\S+"', "", WAY_BACK.sub("", box.removesuffix("\n</div>"), count=1))
    inner = "\n".join(line.removeprefix("    ") for line in note.split("\n"))
    assert tree(held) == shown_by_github_in_a_list(inner)


def shown_by_github_in_a_list(text: str) -> object:
    """Give the tree of a note: GitHub shows it as the one item of a loose numbered list."""
    name, attributes, children = shown_by_github(text)
    return name, attributes, (("ol", (), (("li", (), children),)),)


WORD = st.sampled_from(["un", "deux mots", "**gras**", "`code`", "l'été"])
ITEM = st.tuples(st.integers(0, 2), st.sampled_from(["-", "1."]), WORD)


@given(st.lists(ITEM, min_size=1, max_size=6), st.booleans())
@settings(max_examples=150, deadline=None)
def test_lists_of_all_shapes_are_shown_as_github_shows_them(
    rows: list[tuple[int, str, str]], loose: bool
) -> None:
    depth, lines = 0, []
    marks: list[str] = []
    for wanted, mark, word in rows:
        depth = min(wanted, len(marks))
        del marks[depth:]
        marks.append(mark)
        lines.append("   " * depth + f"{mark} {word}")
    text = ("\n\n" if loose else "\n").join(lines)
    assert tree(render_prose(text, "en")) == shown_by_github(text)


@given(st.lists(st.lists(WORD, min_size=2, max_size=2), min_size=1, max_size=4))
@settings(max_examples=50, deadline=None)
def test_tables_of_all_shapes_are_shown_as_github_shows_them(rows: list[list[str]]) -> None:
    text = "\n".join(f"| {' | '.join(row)} |" for row in [rows[0], ["---", ":-:"], *rows[1:]])
    assert tree(render_prose(text, "en")) == shown_by_github(text)


LINE = st.sampled_from([
    "un", "deux mots", "- a", "- b", "1. c", "> d", "> - e", "- > f", "| a | b |", "| --- | --- |",
    "> | a | b |", "> | --- | --- |", "```", "> ```", "# t", "  - g", "  suite", "   h", "---", "",
])  # fmt: skip


@given(st.lists(LINE, min_size=1, max_size=6))
@settings(max_examples=400, deadline=None)
def test_no_word_is_lost_whatever_lines_stand_together(lines: list[str]) -> None:
    html = render_prose("\n".join(lines), "en")
    seen = re.findall(r"[a-z]+", re.sub(r"<[^>]*>|&gt;", " ", html))
    assert sorted(seen) == sorted(re.findall(r"[a-z]+", " ".join(lines)))
