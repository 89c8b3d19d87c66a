"""The last gate: what HTML may leave the renderer."""

from __future__ import annotations

import re

import nh3

TAGS = {
    "a", "audio", "blockquote", "br", "code", "del", "details", "div", "em", "figcaption",
    "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre", "strong",
    "span", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "track", "ul", "video",
}  # fmt: skip
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"lang"},
    "a": {"href", "title", "id"},
    "audio": {"src", "controls", "preload", "aria-label"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "li": {"id"},
    "ol": {"start"},
    "span": {"data-term"},
    "sup": {"id"},
    "th": {"scope"},
    "track": {"kind", "src", "srclang", "label", "default"},
    "video": {"src", "controls", "preload", "aria-label"},
    **{tag: {"id"} for tag in HEADINGS},
}
CALLOUT_CLASSES = {"note", "tip", "important", "warning", "caution", "exemple"}
CLASSES: dict[str, set[str]] = {
    "details": {"transcript"},
    "div": {"callout", "footnote", "player", "table"}
    | {f"callout--{name}" for name in CALLOUT_CLASSES},
    "p": {"callout__title"},
    "a": {"footnote-ref", "footnote-backref"},
    "img": {"diagram"},
    "td": {"align-left", "align-center", "align-right"},
    "th": {"align-left", "align-center", "align-right"},
}
SCHEMES = {"https", "http", "mailto", "tel"}
TERM_ID = re.compile(r"[a-z0-9-]{1,80}")
HIDDEN = re.compile(r"\s*(?://|https?:(?!//[^/]))", re.IGNORECASE)
"""Addresses of another site that do not look it: a browser makes them whole."""
OWN_ID = re.compile(r"[\w:-]{1,120}")


def keep(_tag: str, attribute: str, value: str) -> str | None:
    """Filter one attribute: nothing remote but links, nothing that leaves the site unseen."""
    if attribute in ("src", "href") and ("\\" in value or HIDDEN.match(value)):
        return None
    if attribute == "src":
        local = value.startswith("/") or not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", value)
        return value if local else None
    if attribute == "data-term":
        return value if TERM_ID.fullmatch(value) else None
    if attribute == "id":
        return value if OWN_ID.fullmatch(value) else None
    return value


CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags={"script", "style"},
    attributes=ATTRIBUTES,
    attribute_filter=keep,
    allowed_classes=CLASSES,
    url_schemes=SCHEMES,
    link_rel=None,
)


def sanitise(html: str) -> str:
    """Keep only the elements, attributes and addresses that the renderer means to write."""
    return CLEANER.clean(html)
