"""The form in which matricules are compared."""

from __future__ import annotations

import unicodedata


def matricule_key(text: str) -> str:
    """Give the key of a matricule: NFC, case-folded, without spaces or invisible characters.

    Two spellings that look alike have the same key, so nobody can sign in as another by a space.
    """
    if text.isascii() and text.isprintable():
        return text.casefold().replace(" ", "")
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return "".join(char for char in folded if not char.isspace() and is_visible(char))


def is_visible(char: str) -> bool:
    """Tell a character that shows from a control, a format mark or an unassigned one."""
    return not unicodedata.category(char).startswith("C")
