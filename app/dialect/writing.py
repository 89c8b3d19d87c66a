"""Write a module that was read back as its author would: the text reads as the same module.

What is structure is written in one form: labels in the language of the file, letters, options,
feedback under its answer. Prose is written as it stood, and so is what has errors, of which
something may not have been read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from app.dialect.attributes import Attributes
from app.dialect.compiled import CORPS
from app.dialect.draft import ItemDraft, Outline, ProseDraft, StepDraft, SubheadingDraft
from app.dialect.drafting import Draft
from app.dialect.frontmatter import LISTS, MISREAD
from app.dialect.messages import Report
from app.dialect.metadata import FrontMatter
from app.dialect.parsing import Parsed
from app.dialect.scanner import CLOSING_MARKS, HEADING
from app.dialect.source import Line, trim
from app.dialect.unrendered import sound_items
from app.dialect.writing_items import write_body

PLAIN = re.compile(r"(?!---)[^\W_][\w '’./()%+-]*")
"""A value of the front matter that needs no quotes."""


def write_files(parsed: Parsed) -> dict[str, str]:
    """Give the texts of a module by path: those of its languages and of their banks."""
    texts = {}
    for draft in parsed.drafts:
        suffix = "" if draft is parsed.reference else f".{draft.language}"
        if not draft.main.unreadable:
            texts[f"module{suffix}.md"] = write_main(draft)
        for name, (report, outline) in draft.banks.items():
            if not report.unreadable:
                pieces = Writer(draft.language, outline, report).blocks()
                texts[f"banques/{name}{suffix}.md"] = "\n\n".join(pieces) + "\n"
    return texts


def write_main(draft: Draft) -> str:
    """Write the main file."""
    writer = Writer(draft.language, draft.outline, draft.main)
    pieces = ["\n".join([*write_front(draft.front, draft.main), *writer.opening()])]
    for step in draft.outline.steps:
        pieces.append(write_heading(2, step.title, step.id, step.attributes))
        pieces += writer.step(step)
    return "\n\n".join(pieces) + "\n"


def write_front(front: FrontMatter, report: Report) -> Iterator[str]:
    """Write the front matter, if there is one; with errors, as it stands."""
    if any(one.is_error and one.line <= front.end for one in report.messages):
        yield from (line.text for line in report.source.lines[: front.end])
        return
    lines = []
    for key, values in front.values.items():
        texts = [write_value(value.text) for value in values]
        several = len(texts) > 1 or (key in LISTS and texts[0] != "tous" and key != "auteurs")
        lines.append(f"{key}: " + (f"[{', '.join(texts)}]" if several else "".join(texts)))
    if front.end:
        yield "\n".join(["---", *lines, "---"])


def write_value(text: str) -> str:
    """Write a value so that every YAML reader takes it for this text."""
    plain = PLAIN.fullmatch(text) and not MISREAD.fullmatch(text) and text == text.strip()
    return text if plain else json.dumps(text, ensure_ascii=False)


def write_heading(
    level: int, title: Line, name: str, attributes: Attributes, label: str = ""
) -> str:
    """Write a heading with its braces."""
    words = [f"#{name}"] if name else []
    words += [f".{one.value}" for one in attributes.classes]
    words += [write_option(key, one.value) for key, one in attributes.options.items()]
    text = f"{label}{title.text}"
    if words:
        text = f"{text} {{{' '.join(words)}}}".lstrip()
    elif CLOSING_MARKS.search(text):
        text = f"{text} #"  # The last marks of a heading are not read as its text.
    return f"{'#' * level} {text}"


def write_option(key: str, value: str) -> str:
    """Write an option; a value with spaces stands in quotes."""
    bare = value and not re.search(r"\s", value)
    return f"{key}={value}" if bare else f'{key}="{value}"'


class Writer:
    """Writes what one file holds."""

    def __init__(self, language: str, outline: Outline, report: Report) -> None:
        self.language = language
        self.outline = outline
        self.sound = {id(item) for item in sound_items(outline, report)}

    def opening(self) -> Iterator[str]:
        """Write the lines before the first step."""
        if self.outline.title is not None:
            marks = {"source": self.outline.mark} if self.outline.mark else {}
            yield write_heading(1, self.outline.title, "", Attributes(options=marks))
        preface = trim(self.outline.preface.lines)
        if preface:
            yield ""
            yield write_lines(preface)

    def blocks(self) -> Iterator[str]:
        """Write what a bank holds."""
        for step in self.outline.steps:
            yield from self.step(step)

    def step(self, step: StepDraft) -> Iterator[str]:
        """Write the texts and the items of a step."""
        after_item = False
        for block in step.blocks:
            if isinstance(block, ItemDraft):
                yield self.item(block)
                after_item = True
                continue
            lines = trim(block.lines)
            if lines and after_item and not ends_item(lines[0], block):
                yield "---"
            if lines:
                yield write_lines(lines, block)
                after_item = False

    def item(self, item: ItemDraft) -> str:
        """Write an item."""
        if id(item) not in self.sound:
            body = trim([scanned.line for scanned in item.body])
            return "\n".join(line.text for line in (item.heading, *body))
        label, lines = write_body(item, self.language)
        return "\n".join([write_heading(3, item.title, item.id, item.attributes, label), *lines])


def ends_item(line: Line, block: ProseDraft) -> bool:
    """Tell whether a line that follows an item is not read as a part of it."""
    heading = block.subheadings.get(line.number)
    if heading is not None:
        return heading.level <= 3
    match = HEADING.match(line.text)
    return match is not None and len(match[1]) <= 3


def write_lines(lines: Sequence[Line], block: ProseDraft | None = None) -> str:
    """Write prose as it stood, with its sub-headings as they were."""
    headings = block.subheadings if block else {}
    return "\n".join(
        write_subheading(headings[line.number]) if line.number in headings else line.text
        for line in lines
    )


def write_subheading(heading: SubheadingDraft) -> str:
    """Write a sub-heading."""
    words = [f"#{heading.id}"] if heading.id else []
    if heading.audience is not None:
        words.append("corps=" + ",".join(one for one in CORPS if one in heading.audience))
    if heading.mark is not None:
        words.append(write_option("source", heading.mark.value))
    text = heading.title.text
    if words:
        text = f"{text} {{{' '.join(words)}}}"
    elif CLOSING_MARKS.search(text):
        text = f"{text} #"
    return f"{'#' * heading.level} {text}"
