"""Say in a run of HTML which line of the text each of its sub-headings comes from."""

from __future__ import annotations

import re

from app.dialect.attributes import is_id
from app.dialect.draft import ProseDraft
from app.dialect.rendering.polish import heading_slug
from app.dialect.rendering.prose import Renderer

HEADING = re.compile(r'<h[1-6] id="([^"]+)"')
"""No text can look like it: the sanitiser writes its own marks and quotes as entities."""
RANK = re.compile(r"-\d+$")


def mark_lines(html: str, draft: ProseDraft, renderer: Renderer) -> str:
    """Give the HTML of a run with the line of each sub-heading; one not recognised has none."""
    expected = [
        (one.id if is_id(one.id) else heading_slug(renderer.plain(one.title.text)), number)
        for number, one in sorted(draft.subheadings.items())
    ]

    def mark(found: re.Match[str]) -> str:
        for rank, (name, number) in enumerate(expected):
            if name in (found[1], RANK.sub("", found[1])):
                del expected[: rank + 1]
                return f'{found[0]} data-line="{number}"'
        return found[0]

    return HEADING.sub(mark, html) if expected else html
