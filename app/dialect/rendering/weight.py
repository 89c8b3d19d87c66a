"""Tell texts that surely render in time: a check need not render them to say so."""

from __future__ import annotations

import re
from collections.abc import Iterable

MARKS = "\\`*_[<&~|\n"
"""What rendering takes time for."""
LIGHT = 8_000
"""How many marks and lines the worst known pattern renders in less than half a second."""
DEEP = re.compile(r"^(?:[ >*+\-0-9.)]{20}|[ >]*\t)", re.MULTILINE)
"""How a line begins that could stand more than twenty levels deep."""


def is_light(texts: Iterable[str], seconds: float) -> bool:
    """Tell whether some texts take together less than ``seconds``, and are not too deep."""
    left = LIGHT * min(seconds, 1.0)
    for text in texts:
        left -= sum(text.count(mark) for mark in MARKS)
        if left < 0 or DEEP.search(text):
            return False
    return True
