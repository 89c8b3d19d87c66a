"""The module that a trainer starts from: small, complete, and explained by its own text."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "template"
TEXTS = {
    path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(FOLDER.rglob("*.md"))
}

TEMPLATE_FR: dict[str, str] = {
    path: text for path, text in TEXTS.items() if not path.endswith(".en.md")
}
"""The starter's texts, by path in the module's folder."""

TEMPLATE_EN: dict[str, str] = {
    path: text for path, text in TEXTS.items() if path.endswith(".en.md")
}
"""Their translation: same ids, letters and keys."""
