"""One-time passwords, made to be read aloud or copied from paper."""

from __future__ import annotations

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are mistaken for one another."""


def make_one_time_password() -> str:
    """Draw five groups of four letters, about 99 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(5))
