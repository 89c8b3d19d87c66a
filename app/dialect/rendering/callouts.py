"""GitHub's five alerts, and ours for a case of exemplary conduct."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

TITLES = {
    "note": ("À noter", "Note"),
    "tip": ("Conseil", "Tip"),
    "important": ("Important", "Important"),
    "warning": ("Attention", "Warning"),
    "caution": ("Prudence", "Caution"),
    "exemple": ("Conduite exemplaire", "Exemplary conduct"),
}
MARKER = re.compile(r"\[!([A-Za-z]+)\]")


def mark_callouts(root: Element, language: str) -> None:
    """Turn quotes whose first paragraph is a known marker into call-outs."""
    for element in list(root.iter("blockquote")):
        first = element[0] if len(element) else None
        marker = MARKER.fullmatch((first.text or "").strip()) if first is not None else None
        name = marker[1].lower() if marker else ""
        if first is None or name not in TITLES or len(first):
            continue
        element.tag = "div"
        element.set("class", f"callout callout--{name}")
        first.set("class", "callout__title")
        first.text = TITLES[name][language == "en"]
