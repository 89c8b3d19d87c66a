"""Find where the texts of a draft use its media, and the words that stand for them there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from app.dialect.media.companions import stem
from app.dialect.media.kinds import PLAYED, kind_of

LINK = re.compile(r"!?\[((?:[^\[\]\\\n]|\\.){0,1000})\]\(\s*<?((?:\.\./)?media/[^)\s>]{1,300})")
ESCAPED = re.compile(r"\\([\\\[\]*_`<>])")


@dataclass(frozen=True, slots=True)
class Use:
    """A line that names a media."""

    path: str
    """Of the text."""
    line: int
    words: str
    """Alternative text of a picture, title of a film."""


def find_uses(texts: Mapping[str, str]) -> dict[str, list[Use]]:
    """Map the media that texts name to the lines that do."""
    uses: dict[str, list[Use]] = defaultdict(list)
    for path, text in sorted(texts.items()):
        for number, line in enumerate(text.split("\n"), 1):
            for found in LINK.finditer(line) if "media/" in line else ():
                media = unquote(re.split(r"[?#]", found[2])[0]).removeprefix("../")
                uses[media].append(Use(path, number, ESCAPED.sub(r"\1", found[1]).strip()))
    return uses


def find_played(path: str, media: Mapping[str, object]) -> str | None:
    """Find the film or the sound that captions or a transcript go with."""
    played = (one for one in media if kind_of(one) in PLAYED)
    return next((one for one in played if path.startswith(f"{stem(one)}.") and one != path), None)
