"""What GitHub makes of a text, by a parser of its flavour, and how trees are compared."""

from __future__ import annotations

import re
from typing import Any

import html5lib
from markdown_it import MarkdownIt

ORACLE = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
BLOCKS = frozenset({
    "blockquote", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "table", "tbody", "td", "th", "thead", "tr", "ul", "DOCUMENT_FRAGMENT",
})  # fmt: skip
OURS = re.compile(r' (?:scope="col"|class="(?:align-\w+|language-[^"]*)"|style="text-align:\w+")')
"""Attributes that say the same, written otherwise."""
HEADING_ID = re.compile(r'<(h\d) id="[^"]*">')

Node = tuple[str, tuple[tuple[str, str], ...], tuple[Any, ...]]


def tree(html: str) -> Node:
    """Give the elements of a text, their attributes and their words, as nested tuples."""
    html = HEADING_ID.sub(r"<\1>", OURS.sub("", html))
    html = html.replace("<s>", "<del>").replace("</s>", "</del>")
    html = html.replace('<div class="table">', "").replace("</table></div>", "</table>")
    return walk(html5lib.parseFragment(html, namespaceHTMLElements=False))


def walk(element: Any) -> Node:
    """Give one element; blanks next to a block say nothing."""
    parts: list[Any] = [element.text or ""]
    for child in element:
        parts += [walk(child), child.tail or ""]
    return element.tag, tuple(sorted(element.attrib.items())), tuple(trim(element.tag, parts))


def trim(tag: str, parts: list[Any]) -> list[Any]:
    """Drop the blanks that no reader sees, but in code."""
    found = []
    for rank, part in enumerate(parts):
        if not isinstance(part, str):
            found.append(part)
            continue
        text = part if tag in ("pre", "code") else re.sub(r"\s+", " ", part)
        if tag in BLOCKS - {"pre"}:
            before, after = rank > 0 and parts[rank - 1], rank + 1 < len(parts) and parts[rank + 1]
            text = text.lstrip() if not before or before[0] in BLOCKS else text
            text = text.rstrip() if not after or after[0] in BLOCKS else text
        if text:
            found.append(text)
    return found


def shown_by_github(text: str) -> Node:
    """Give the tree that GitHub makes of a text."""
    return tree(ORACLE.render(f"{text}\n"))
