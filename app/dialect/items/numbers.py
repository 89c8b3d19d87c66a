"""Numbers as people write them: a decimal comma or point, spaces between thousands, a unit."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from app.dialect.labels import fold

SPACES = "[ \u00a0\u202f]"
DIGITS = rf"[+\-−]?(?:\d{{1,3}}(?:{SPACES}\d{{3}})+|\d{{1,15}})(?:[.,]\d{{1,9}})?"
UNIT = r"[^\d\s±+\-−][^±\d]{0,29}?"
ANSWER = re.compile(rf"\s*({DIGITS})(?:\s*(?:±|\+/-|\+-)\s*({DIGITS}))?(?:{SPACES}*({UNIT}))?\s*")
TYPED = re.compile(rf"\s*({DIGITS})(?:{SPACES}*({UNIT}))?\s*")
AMBIGUOUS = re.compile(r"[+\-−]?[1-9]\d{0,2}[.,]\d{3}")
"""A thousand for some, a thousandth for others: « 1,500 »."""


class Expected(NamedTuple):
    """An answer as its author wrote it."""

    answer: Decimal
    tolerance: Decimal
    unit: str


def read_expected(text: str) -> Expected | None:
    """Read « 48 ± 2 h »; None when it is not that."""
    match = ANSWER.fullmatch(text)
    if match is None:
        return None
    tolerance = to_decimal(match[2]) if match[2] else Decimal(0)
    if tolerance < 0:
        return None
    return Expected(to_decimal(match[1]), tolerance, (match[3] or "").strip())


def read_typed(text: str, unit: str) -> Decimal | None:
    """Read what someone typed, with or without the unit asked for; None when it is no number."""
    match = TYPED.fullmatch(text)
    if match is None or is_ambiguous(text):
        return None
    if match[2] and fold(match[2]).rstrip(".") != fold(unit).rstrip("."):
        return None
    return to_decimal(match[1])


def is_ambiguous(text: str) -> bool:
    """Tell whether a text could be read as thousands or as thousandths."""
    match = TYPED.fullmatch(text)
    return match is not None and AMBIGUOUS.fullmatch(match[1]) is not None


def to_decimal(text: str) -> Decimal:
    """Turn digits as people write them into a number."""
    bare = re.sub(SPACES, "", text).replace(",", ".").replace("−", "-")
    return Decimal(bare)
