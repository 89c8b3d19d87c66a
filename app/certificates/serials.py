"""The public number of a certificate: 128 random bits, easy to read aloud and to type."""

from __future__ import annotations

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U."""
LENGTH = 26
# 26 characters carry 130 bits; the first one carries only the three that remain.
CANONICAL = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", " ": None, "-": None})


def make_serial() -> str:
    """Draw a serial that nobody can guess."""
    return encode(secrets.randbits(128))


def encode(number: int) -> str:
    """Write a number of 128 bits in 26 characters."""
    return "".join(ALPHABET[number >> (5 * place) & 31] for place in reversed(range(LENGTH)))


def read_serial(text: str) -> str | None:
    """Read a serial as people type it (case, spaces, hyphens, I and L for 1, O for 0)."""
    if not text.isascii():
        return None
    serial = text.upper().translate(LOOKALIKES)
    return serial if CANONICAL.fullmatch(serial) else None


def in_groups(serial: str) -> str:
    """Write a serial in groups of four, to be read."""
    return "-".join(serial[start : start + 4] for start in range(0, len(serial), 4))
