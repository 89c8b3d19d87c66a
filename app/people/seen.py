"""What a form was filled with, so that a later change by somebody else is not undone unseen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256


class ChangedMeanwhile(Exception):
    """The values are no longer those that the form was filled with."""


def mark_of(values: Mapping[str, object]) -> str:
    """Give the mark of what a form is filled with."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def refuse_if_changed(seen: str, values: Mapping[str, object]) -> None:
    """Raise `ChangedMeanwhile` unless these are the values seen; who saw none may go on."""
    if seen and seen != mark_of(values):
        raise ChangedMeanwhile
