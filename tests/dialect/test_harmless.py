"""Nothing harmful comes out of the renderer, and nothing holds it for long."""

from __future__ import annotations

import re
import time

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.dialect.reading import render_prose
from app.dialect.rendering.blocks import TooDeepError, TooHeavyError
from app.dialect.rendering.prose import Renderer
from tests.dialect.hostile import LONG_NOISE, TOO_DEEP, TOO_HEAVY

HARMFUL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "![a](javascript:alert(1))",
    "![a](https://evil.example/x.png)",
    "![a](//evil.example/x.png)",
    "![a](\\\\evil.example/x.png)",
    "[a](//evil.example)",
    '[a](https://x.fr "x" onmouseover=alert(1))',
    "[a](<javascript:alert(1)>)",
    "<javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "`<script>`",
    "```\n<script>alert(1)</script>\n```",
    "## <img src=x onerror=alert(1)> {#x onclick=alert(1)}",
    "> [!NOTE]\n> <script>alert(1)</script>",
    "| <script>alert(1)</script> | b |\n| --- | --- |",
    "\x02wzxhzdk:0\x03 <b>",
    "\x02amp\x03lt;script\x03",
    "<style>*{}</style>",
    "<!-- --><iframe src=//x></iframe>",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    "*[x]: <script>",
    "{: onclick=alert(1) }",
    "[x]: javascript:alert(1)\n\n[x]",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<div style='background:url(//x)'>x</div>",
]
ALLOWED = {
    "a", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "img", "li", "ol", "p", "pre", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr",
    "ul", "html", "head", "body",
}  # fmt: skip


def assert_harmless(html: str) -> None:
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            raise AssertionError("a comment came through")
        assert element.tag in ALLOWED
        for name, value in element.attrib.items():
            assert name in {"href", "src", "alt", "title", "id", "class", "scope", "start"}
            if name in ("href", "src"):
                assert not value.startswith(("//", "\\"))
                scheme, colon, _ = re.split("[/?#]", value, maxsplit=1)[0].partition(":")
                assert not colon or scheme in {"https", "http", "mailto", "tel"}, value
            if name == "src":
                assert ":" not in value


@pytest.mark.parametrize("text", HARMFUL)
def test_nothing_harmful_comes_out(text: str) -> None:
    assert_harmless(render_prose(text))
    assert_harmless(Renderer().inline(text))


@given(st.text(alphabet="<>[]()!`*_\\\"'&;:#-|\nabjs/.{}=\x02\x03", max_size=80))
@settings(max_examples=300, deadline=None)
def test_nothing_harmful_comes_out_of_noise(text: str) -> None:
    assert_harmless(render_prose(text))


@pytest.mark.parametrize("text", LONG_NOISE, ids=lambda text: repr(text[:12]))
def test_long_noise_is_rendered_in_time(text: str) -> None:
    start = time.process_time()
    assert_harmless(render_prose(text))
    assert time.process_time() - start < 2


@pytest.mark.parametrize("text", TOO_HEAVY, ids=lambda text: repr(text[:12]))
def test_what_would_take_too_long_is_refused(text: str) -> None:
    with pytest.raises(TooHeavyError):
        render_prose(text)


@pytest.mark.parametrize("text", TOO_DEEP, ids=lambda text: repr(text[:12]))
def test_nesting_has_a_limit(text: str) -> None:
    with pytest.raises(TooDeepError):
        render_prose(text)
