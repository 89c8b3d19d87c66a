"""Write the body of an item: its stem, its answers, then its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from app.dialect.draft import ChoiceDraft, ItemDraft, SceneDraft
from app.dialect.items.registry import TYPES
from app.dialect.labels import PART_LABELS
from app.dialect.source import Line

BLOCK = re.compile(r"[ \t>|]|(?:[-*+]|#{1,6}|\d{1,9}[.)])(?:\s|$)|`{3}|~{3}|[-*_= \t]*$")
"""What begins something else than a sentence: it stands on a line of its own."""
BESIDE = re.compile(r"#|[-*+] +\[|(?:-+|=+)[ \t]*$")
"""What would begin a question or an answer there, or underline its label, and stays beside it."""


def write_body(item: ItemDraft, language: str) -> tuple[str, list[str]]:
    """Give how the heading of an item begins, and the lines under it."""
    english = language == "en"
    label = TYPES[item.type].labels[english] + (": " if english else " : ")
    lines = [line.text for line in item.stem]
    lines += write_answers(item)
    lines += write_parts(item, english=english)
    for scene in item.scenes[1:]:
        lines += ["", f"#### {scene.id}", *write_scene(scene, english=english)]
    return label, lines


def write_answers(item: ItemDraft) -> Iterator[str]:
    """Write the answers, rows or first choices of an item."""
    for choice in item.choices:
        yield from write_answer(f"- [{mark_of(choice)}] {choice.letter})", choice.text, 2)
        yield from write_feedback(choice.feedback, 2)
    for rank, row in enumerate(item.rows, start=1):
        if item.type == "ordering":
            width = len(f"{rank}. ")
            yield from write_answer(f"{rank}.", row.text, width)
        else:
            width = 2
            left = f"- {row.text[0].text} ->" if row.text else "- ->"
            yield from write_answer(left, (*row.right, *row.text[1:]), width)
        yield from write_feedback(row.feedback, width)
    if item.scenes:
        yield from write_links(item.scenes[0])


def mark_of(choice: ChoiceDraft) -> str:
    """Give what stands between the brackets of a choice."""
    if choice.credit == 100:
        return "x"
    return f"{choice.credit}%" if choice.credit else " "


def write_answer(start: str, text: Sequence[Line], width: int) -> Iterator[str]:
    """Write the first line of an answer, then the rest of its text under it."""
    first, *others = text or (Line(0, 0, ""),)
    yield f"{start} {first.text}".rstrip()
    for line in others:
        yield " " * width + line.text


def write_feedback(lines: Iterable[Line], width: int) -> Iterator[str]:
    """Write what is said of an answer, quoted under it."""
    for line in lines:
        yield " " * width + (f"> {line.text}" if line.text else ">")


def write_parts(item: ItemDraft, *, english: bool) -> Iterator[str]:
    """Write the parts of an item, in the order in which they stood."""
    parts = [*(("hint", hint) for hint in item.hints), *item.parts.items()]
    for name, text in sorted((part for part in parts if part[1]), key=lambda part: part[1][0]):
        yield from write_part(name, text, english=english)


def write_part(name: str, text: Sequence[Line], *, english: bool) -> Iterator[str]:
    """Write one part, after a blank line."""
    label = PART_LABELS[name][english]
    start = f"**{label}:**" if english else f"**{label} :**"
    yield ""
    first, *others = text
    if not BESIDE.match(first.text) and (
        BLOCK.match(first.text) or first.text != first.text.strip()
    ):
        yield start
        yield first.text
    else:
        yield f"{start} {first.text}"
    for line in others:
        yield line.text


def write_scene(scene: SceneDraft, *, english: bool) -> Iterator[str]:
    """Write a scene of a dilemma, without its heading."""
    for line in scene.text:
        yield line.text
    yield from write_links(scene)
    if scene.debrief:
        yield from write_part("debrief", scene.debrief, english=english)


def write_links(scene: SceneDraft) -> Iterator[str]:
    """Write the choices of a scene."""
    for link in scene.links:
        opinion = f" {{avis={link.opinion}}}" if link.opinion else ""
        yield f"- [{link.text[0].text}](#{link.to}){opinion}"
