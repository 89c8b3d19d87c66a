"""The module that a trainer starts from: small, complete, and explained by its own text."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "template"

TEMPLATE_FR: dict[str, str] = {
    path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(FOLDER.rglob("*.md"))
}
"""The starter's texts, by path in the module's folder."""
