"""Tell whether an edit of a module's text harms those who take it.

An edit is harmless when an officer meets the same steps, questions, keys, branches and audiences,
and nothing looks broken. Words are the author's: a sentence, a hint or a feedback that is taken
out leaves another text, as good as the first for all that anyone can tell. What looks broken is
told by four signs: marks that show, the same words in another shape, words that are said twice or
to others, and a call-out or a table that comes or goes.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from app.dialect.compiled import CompiledModule
from app.dialect.items.typed import bare

TEXTS = {"html", "stem", "explanation", "references", "debrief", "feedback", "shown"}
SERIES = {"rights", "pieces"}
PLAIN = {"title", "summary", "authors", "validated_by", "level", "erratum", "minutes"}
PLAIN |= {"reviewed_on", "review_on", "source_status"}
TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
CALLOUT = re.compile(r"callout--(\w+)")
CODE = re.compile(r"<(pre|code)>.*?</\1>", re.DOTALL)
MARKS = "*_#>|[]{}`~"
BLOCKS = {"table", "pre", "blockquote"}
MAY_GO = {"explanation", "references", "feedback", "debrief"}


def harms(good: CompiledModule, slip: CompiledModule) -> bool:
    """Tell whether someone who takes the second module meets another one than the first."""
    return differs(msgspec.to_builtins(good), msgspec.to_builtins(slip), "")


def differs(old: Any, new: Any, name: str) -> bool:
    """Compare two values of the same field."""
    if name in TEXTS:
        return looks_broken(old or "", new or "", may_go=name in MAY_GO)
    if name == "hints":
        return any(text not in (old or ()) for text in new or ())
    if name == "text":
        return bare(old or "") != bare(new or "")
    if name in PLAIN:
        return bool(old) != bool(new)
    if name == "blocks":
        return blocks_differ(old or [], new or [])
    if isinstance(old, dict) and isinstance(new, dict):
        return any(differs(old.get(key), new.get(key), key) for key in {*old, *new})
    if isinstance(old, list | tuple) and isinstance(new, list | tuple):
        inside = "html" if name in SERIES else ""
        return len(old) != len(new) or any(
            differs(one, other, inside) for one, other in zip(old, new, strict=True)
        )
    return bool(old != new)


def blocks_differ(old: list[Any], new: list[Any]) -> bool:
    """Compare the blocks of a step: the same questions, and the same texts between them."""
    questions = [[one for one in blocks if one["block"] == "question"] for blocks in (old, new)]
    if differs(*questions, ""):
        return True
    before, after = prose(old), prose(new)
    return any(
        looks_broken(before.get(place, ""), text, may_go=True) for place, text in after.items()
    ) or any(solids(text) for place, text in before.items() if place not in after)


def prose(blocks: list[Any]) -> dict[tuple[int, tuple[str, ...]], str]:
    """Give the texts of a step by what they follow, and by whom they are for."""
    found: dict[tuple[int, tuple[str, ...]], str] = {}
    rank = 0
    for block in blocks:
        if block["block"] == "question":
            rank += 1
        else:
            place = (rank, tuple(block.get("corps", ())))
            found[place] = found.get(place, "") + block["html"]
    return found


def looks_broken(old: str, new: str, *, may_go: bool = False) -> bool:
    """Tell whether a text shows what its author did not mean to show."""
    before, after = words(old), words(new)
    if old == new or (may_go and not after and not solids(old)):
        return False
    if solids(old) != solids(new) or shown_marks(old) != shown_marks(new):
        return True
    if not before or not after or len(after) > len(before) + 1:
        return True
    return before == after and list(shape(old)) != list(shape(new))


def solids(text: str) -> Counter[str]:
    """Count the blocks of a text that are neither sentences nor lists."""
    found: Counter[str] = Counter()
    for match in TAG.finditer(text):
        callout = CALLOUT.search(match[3])
        if not match[1] and (match[2] in BLOCKS or callout):
            found[callout[1] if callout else match[2]] += 1
    return found


def shape(text: str) -> Iterator[str]:
    """Go through the tags of a text; headings of all levels are alike, paragraphs may merge."""
    for match in TAG.finditer(text):
        if match[2] != "p":
            yield match[1] + ("h" if re.fullmatch(r"h\d", match[2]) else match[2])


def shown_marks(text: str) -> Counter[str]:
    """Count the characters that could be marks of the language, and are shown."""
    visible = html.unescape(TAG.sub(" ", CODE.sub(" ", text)))
    return Counter(character for character in visible if character in MARKS)


def words(text: str) -> list[str]:
    """List the words of a text."""
    return re.findall(r"\w+", html.unescape(TAG.sub(" ", text)))
