"""What a saying is made of."""

from __future__ import annotations

from typing import NamedTuple


class Saying(NamedTuple):
    """A sentence and the advice that goes with it, in both languages."""

    severity: str
    fr: str
    en: str
    fix_fr: str = ""
    fix_en: str = ""


def error(fr: str, en: str, fix_fr: str = "", fix_en: str = "") -> Saying:
    """Make a saying about what an officer would see broken."""
    return Saying("error", fr, en, fix_fr, fix_en)


def warning(fr: str, en: str, fix_fr: str = "", fix_en: str = "") -> Saying:
    """Make a saying about what could be better."""
    return Saying("warning", fr, en, fix_fr, fix_en)
