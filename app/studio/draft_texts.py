"""What a draft may hold: the names of its texts, their size, the characters that can be kept."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.dialect.attributes import is_id
from app.dialect.reading import canonical_hash, digest
from app.dialect.source import read_source
from app.input import is_storable

LONGEST_TEXT = 400_000
"""Bytes of a text that can be saved: twice what can be published."""
LARGEST_FILE = 200_000
"""Bytes of a text that can be published (R101)."""
NEAR = 150_000
"""Bytes from which a page says how much is left."""
REFERENCE_LANGUAGE = "fr"
TRANSLATIONS = ("en",)
MODULE_TEXT = re.compile(r"module(?:\.(?P<language>[a-z]{2}))?\.md")
BANK_TEXT = re.compile(r"banques/(?P<bank>[a-z0-9-]+)(?:\.(?P<language>[a-z]{2}))?\.md")


class BadText(Exception):
    """A text that cannot be kept as it is: ``size`` or ``characters``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def is_text_path(path: str) -> bool:
    """Tell whether a draft may hold a text under this path."""
    found = MODULE_TEXT.fullmatch(path) or BANK_TEXT.fullmatch(path)
    if found is None or (found["language"] or "en") not in TRANSLATIONS:
        return False
    return path.startswith("module") or is_id(found["bank"])


def language_of(path: str) -> str:
    """Give the language of a text by its name; the reference is in French unless it says."""
    found = MODULE_TEXT.fullmatch(path) or BANK_TEXT.fullmatch(path)
    return (found and found["language"]) or REFERENCE_LANGUAGE


def reading_order(path: str) -> tuple[bool, str, bool, str]:
    """Sort texts as they are read: the module before its banks, each before its translations."""
    language = language_of(path)
    own = path.removesuffix(".md").removesuffix(f".{language}")
    return path.startswith("banques/"), own, language != REFERENCE_LANGUAGE, language


def clean(text: str) -> str:
    """Give a text as it is kept: LF line ends, NFC; raise `BadText` for what no column holds."""
    if not is_storable(text):
        raise BadText("characters")
    if len(text) > LONGEST_TEXT or len(text.encode()) > LONGEST_TEXT:
        raise BadText("size")
    return read_source("", text).text


def digest_of_text(text: str | None) -> str:
    """Give the digest of a text; empty for one that was taken out."""
    return "" if text is None else digest(text.encode())


def digest_of_module(texts: Mapping[str, str], media: Mapping[str, str]) -> str:
    """Give the digest that the publication of these texts and media would have."""
    return canonical_hash(texts, media)
