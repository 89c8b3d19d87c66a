"""Where to go after signing in: an address of this site, whatever was asked."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit


def safe_target(text: str | None) -> str | None:
    """Return an address of this site, or None where browsers could read another site in it."""
    if not text or len(text) > 2000:
        return None
    for spelling in (text, unquote(text)):
        if not spelling.startswith("/") or spelling.startswith("//") or "\\" in spelling:
            return None
        if any(ord(char) < 32 or ord(char) == 127 for char in spelling):
            return None
    parts = urlsplit(text)
    return None if parts.scheme or parts.netloc else text
