"""A diagram draws and does nothing else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.dialect.context import Context
from app.dialect.media.diagrams import check_diagram
from app.dialect.media.inspection import inspect
from app.dialect.media.sizes import Pixels
from tests.dialect.hostile_diagrams import HEAD, HOSTILE, drawn

ARROWS = """<?xml version="1.0" encoding="UTF-8"?>
<!-- Trois gestes -->
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640.5 200" role="img" aria-labelledby="t"
  xml:lang="fr">
  <title id="t">Trois gestes</title>
  <desc>Remercier, décliner, le dire.</desc>
  <defs>
    <marker id="fleche" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="6" markerHeight="6"
      orient="auto-start-reverse">
      <path d="M0 0 10 5 0 10z" fill="#1f3d7a"/>
    </marker>
  </defs>
  <g fill="none" stroke="#1f3d7a" stroke-width="2" stroke-dasharray="4 2">
    <rect x="10" y="10" width="120" height="60" rx="6"/>
    <circle cx="300" cy="40" r="30"/><ellipse cx="1" cy="2" rx="3" ry="4"/>
    <line x1="130" y1="40" x2="265" y2="40" marker-end="url(#fleche)"/>
    <polyline points="0,0 10,10 20,0"/><polygon points="0 0 10 10 20 0" fill-rule="evenodd"/>
  </g>
  <text x="70" y="44" font-family="Charter, 'DejaVu Serif', serif" font-size="16" font-weight="600"
    text-anchor="middle" fill="#1a2233" transform="translate(0, 2) rotate(-3)">Remercier
    <tspan dy="1.2em">&amp; décliner</tspan></text>
</svg>
"""


def refusals(svg: str | bytes) -> list[tuple[str, int, int]]:
    data = svg if isinstance(svg, bytes) else svg.encode()
    _, problems = check_diagram(data)
    return [(key, span.line, span.column) for key, span, _ in problems]


def test_shapes_texts_and_arrows_are_accepted() -> None:
    size, problems = check_diagram(ARROWS.encode())
    assert list(problems) == []
    assert size == Pixels(640, 200)
    assert check_diagram(b"\xef\xbb\xbf" + ARROWS.split("\n", 1)[1].encode())[0] == size


@pytest.mark.parametrize("svg", HOSTILE)
def test_what_does_more_than_draw_is_refused(svg: str) -> None:
    assert refusals(svg)
    assert inspect("media/x.svg", svg.encode(), Context(), diagrams=True).problems


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-7", "cp037"])
def test_another_encoding_is_refused(encoding: str) -> None:
    data = drawn("<script>alert(1)</script>").encode(encoding)
    assert inspect("media/x.svg", data, Context(), diagrams=True).problems


def test_a_refusal_says_where() -> None:
    svg = drawn("\n  <rect/>\n  <g><script>1</script></g>\n <a href='x'/>")
    assert refusals(svg) == [
        ("L107-element", 3, 6),
        ("L107-element", 4, 2),
        ("L107-attribute", 4, 2),
    ]


def test_refusals_do_not_go_on_for_ever() -> None:
    assert len(refusals(drawn("<script/>" * 1000))) == 20


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 300 200"', (300, 200)),
        ('viewBox="0,0,300,200" width="100%"', (300, 200)),
        ('width="60" height="40px"', (60, 40)),
        ('width="60.4" height=".2"', None),
        ('width="0.2" height="0.3"', (1, 1)),
        ('viewBox="0 0 300"', None),
        ('viewBox="0 0 1e9 1e9"', None),
    ],
)
def test_a_diagram_says_its_size(attributes: str, size: tuple[int, int] | None) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'
    assert check_diagram(svg.encode())[0] == size


def test_a_diagram_that_somebody_sends_is_refused_unread() -> None:
    seen = inspect("media/x.svg", ARROWS.encode(), Context())
    assert [key for key, _, _ in seen.problems] == ["L104-diagram"]
    assert seen.pixels is None


@pytest.mark.parametrize(
    "value",
    ["1" * 50_000, "1 " * 50_000 + "x", "rotate(1)" * 20_000 + "x",
     "rotate(1)" + " " * 50_000 + "x", "a" * 50_000, "#" * 50_000, "." * 50_000, "1." * 50_000,
     "-" * 50_000, "url(#" * 10_000],
    ids=lambda value: value[:9],
)  # fmt: skip
def test_long_values_are_judged_in_time(value: str) -> None:
    names = ["x", "width", "fill", "points", "d", "transform", "viewBox", "orient",
             "aria-labelledby", "font-family", "marker-end"]  # fmt: skip
    start = time.process_time()
    for name in names:
        check_diagram(f'{HEAD.partition(" viewBox")[0]} {name}="{value}"/>'.encode())
    assert time.process_time() - start < 2


@given(st.text(alphabet="<>/='\"& svgrectonloadhref:#()x\n", max_size=80))
@settings(max_examples=300, deadline=None)
def test_noise_is_refused_without_a_crash(noise: str) -> None:
    size, problems = check_diagram(noise.encode())
    assert list(problems)
    assert size is None
