"""The theme as files: contrast of the tokens, every sheet linked, nothing inline."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CSS = ROOT / "static" / "css"
TEMPLATES = ROOT / "app" / "templates"
LISTS = {"main", "studio"}
"""The sheets that only import others: what every page links to, what the trainers' room adds."""
SHEETS = sorted(path for path in CSS.rglob("*.css") if path.stem not in LISTS)
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))

TEXTS = [
    *(
        (ink, ground)
        for ink in ("ink", "ink-soft", "blue")
        for ground in ("paper", "sheet", "blue-wash")
    ),
    *((ink, "gold-wash") for ink in ("ink", "gold-ink")),
    *((ink, "red-wash") for ink in ("ink", "red")),
    ("red", "paper"),
    ("on-blue", "blue"),
    ("on-blue", "red"),
]
PARTS = [
    *((part, ground) for part in ("edge", "blue", "gold") for ground in ("paper", "sheet")),
    ("gold", "gold-wash"),
    ("red", "red-wash"),
]


def colours() -> dict[str, tuple[str, str]]:
    """Read each colour token as its light and dark values."""
    found = re.findall(
        r"--([\w-]+): light-dark\((#\w+), (#\w+)\);", (CSS / "tokens.css").read_text()
    )
    return {name: (light, dark) for name, light, dark in found}


def luminance(colour: str) -> float:
    """Compute the relative luminance of ``#rgb`` or ``#rrggbb`` (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Compute the contrast ratio of two colours (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "ground", "least"),
    [(*pair, 7) for pair in TEXTS] + [(*pair, 3) for pair in PARTS],
)
def test_colours_stand_out_from_their_ground(
    front: str, ground: str, least: float, scheme: int
) -> None:
    values = colours()

    assert contrast(values[front][scheme], values[ground][scheme]) >= least


def imports_of(name: str) -> list[str]:
    return re.findall(r'@import url\("([^"]+)"\);', (CSS / f"{name}.css").read_text())


def test_every_sheet_is_brought_once() -> None:
    brought = [*imports_of("main"), *imports_of("studio")]

    assert sorted(brought) == sorted(path.relative_to(CSS).as_posix() for path in SHEETS)
    assert brought[:3] == ["tokens.css", "base.css", "layout.css"]


@pytest.mark.parametrize(("name", "most"), [("main", 10_000), ("studio", 3_000)])
def test_the_whole_theme_stays_light_on_a_phone(name: str, most: int) -> None:
    whole = b"".join((CSS / path).read_bytes() for path in imports_of(name))

    assert len(gzip.compress(whole)) <= most


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_a_sheet_uses_tokens_and_fetches_nothing_foreign(sheet: Path) -> None:
    text = sheet.read_text()

    assert text.count("{") == text.count("}")
    assert not re.search(r"url\(\"?(https?:|//|data:)", text)
    if sheet.name not in {"tokens.css", "print.css"}:
        # A shade over the page is the only colour a component may mix by itself.
        assert not re.search(r"(?<!light-dark\()#[0-9a-f]{3,8}\b", text.split("::backdrop")[0])


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_opens_with_its_usage_and_has_its_sheet(component: Path) -> None:
    text = component.read_text()

    assert text.startswith("{#\n")
    assert "{{ " in text[: text.index("#}")] or "{% call" in text[: text.index("#}")]
    assert (CSS / "components" / f"{component.stem}.css").is_file()


@pytest.mark.parametrize(
    "template",
    sorted(path for path in TEMPLATES.rglob("*.html") if "emails" not in path.parts),
    ids=lambda path: path.relative_to(TEMPLATES).as_posix(),
)
def test_a_template_has_no_inline_style_or_script_and_trusts_no_text(template: Path) -> None:
    text = template.read_text()

    assert not re.search(r"\bstyle=|<style|\son\w+=\"|<script(?![^>]*\bsrc=)|\|\s*safe\b", text)


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    sprite = set(
        re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/images/icons.svg").read_text())
    )
    used = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'(?:\bicon\(|icon_name=)"([\w-]+)"', path.read_text())
    }

    assert used <= sprite
