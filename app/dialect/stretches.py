"""The stretches of a text: a heading with what stands under it, which are translated one by one.

In a translation, ``source=`` on the heading keeps the digest of the stretch that was translated:
when the reference says something else, that stretch is behind, and nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from app.dialect.attributes import Option, read_braces
from app.dialect.draft import ItemDraft, Outline, ProseDraft, StepDraft, SubheadingDraft
from app.dialect.identity import digest_of
from app.dialect.parsing import Parsed
from app.dialect.source import Line, trim

MARK = "source"
TO_TRANSLATE = "a-traduire"
"""Stands for the digest where the text of the reference was copied, and nothing translated yet."""
DIGITS = 8
LONGEST_TITLE = 120
ANSWER = re.compile(r"^\s*[-*+]\s+\[[^\]]{0,4}\]\s*(?:[a-z][.)]\s)?", re.IGNORECASE)
"""What stands before the words of an answer: whether it is right, its letter."""
BRACES = re.compile(r"\{[^{}]*\}\s*$")


class Stretch(msgspec.Struct, frozen=True):
    """What is translated at once."""

    kind: str
    """``title``, ``step``, ``section`` (a sub-heading) or ``item``."""
    step: str
    """The step in which it stands; empty for the title and in banks."""
    name: str
    """Its id; of a sub-heading without one, empty."""
    title: str
    line: int
    """Of the heading."""
    digest: str
    """Of its words: a mark, an accent, the order of letters may be mended. Empty in a translation
    that has a mark: that says what it translates, whatever its own words are."""
    mark: str
    """What ``source=`` says; empty where nothing does."""
    runs: tuple[tuple[int, int], ...]
    """Its lines, first and last: a question may stand in the middle of a section."""


class Section:
    """What stands under a heading, as it is gathered around the items."""

    def __init__(
        self, kind: str, name: str, heading: Line, title: Line, mark: Option | None
    ) -> None:
        self.kind, self.name, self.heading, self.title, self.mark = kind, name, heading, title, mark
        self.lines: list[Line] = []
        self.runs = [(heading.number, heading.number)]
        self.is_apart = False
        """Whether an item stands between its last line and the next one."""

    def add(self, line: Line) -> None:
        """Add a line; after an item it begins another run."""
        self.lines.append(line)
        first = line.number if self.is_apart else self.runs.pop()[0]
        self.runs.append((first, line.number))
        self.is_apart = False

    def stretch(self, step: str, *, is_own: bool) -> Stretch:
        """Give what is translated at once, in this step; ``is_own`` of a translation."""
        digest = "" if is_own and self.mark else digest_of(self.words())[:DIGITS]
        return Stretch(
            kind=self.kind,
            step=step,
            name=self.name,
            title=self.title.text[:LONGEST_TITLE],
            line=self.heading.number,
            digest=digest,
            mark=self.mark.value if self.mark else "",
            runs=tuple(self.runs),
        )

    def words(self) -> str:
        """Give its text; of an item, without what says which of its answers is right."""
        texts = [line.text for line in self.lines]
        if self.kind == "item":
            texts = [bare_answer(text) for text in texts]
        return "\n".join([self.title.text, *texts])


def bare_answer(text: str) -> str:
    """Give the words of an answer; any other line as it is."""
    if "[" in text:
        text = ANSWER.sub("", text)
    return BRACES.sub("", text) if "{" in text else text


def stretches_of(outline: Outline, *, is_own: bool = False) -> list[Stretch]:
    """List the stretches of a text, in order; ``is_own`` of a translation."""
    found = []
    if outline.title is not None:
        section = Section("title", "", outline.title, outline.title, outline.mark)
        for line in trim(outline.preface.lines):
            if line.number > outline.title.number:
                section.add(line)
        found.append(section.stretch("", is_own=is_own))
    for step in outline.steps:
        sections = sorted(in_step(step), key=lambda one: one.heading.number)
        found += [one.stretch(step.id, is_own=is_own) for one in sections]
    return found


def in_step(step: StepDraft) -> Iterator[Section]:
    """Go through what a step holds: its items, then its own text and its sub-headings."""
    sections: list[Section] = []
    if step.kind != "bank":
        option = step.attributes.options.get(MARK)
        sections.append(Section("step", step.id, step.heading, step.title, option))
    for block in step.blocks:
        if isinstance(block, ItemDraft):
            yield of_item(block)
            for section in sections[-1:]:
                section.is_apart = True
        elif sections:
            gather(block, sections)
    yield from sections


def gather(block: ProseDraft, sections: list[Section]) -> None:
    """Share a run of text between the headings over its lines."""
    for line in trim(block.lines):
        heading: SubheadingDraft | None = block.subheadings.get(line.number)
        if heading is not None:
            sections.append(
                Section("section", heading.id, heading.line, heading.title, heading.mark)
            )
        elif not line.is_blank:
            sections[-1].add(line)


def of_item(item: ItemDraft) -> Section:
    """Gather an item."""
    section = Section("item", item.id, item.heading, item.title, item.attributes.options.get(MARK))
    for line in trim([scanned.line for scanned in item.body]):
        section.add(line)
    return section


def path_of(language: str, bank: str = "") -> str:
    """Give the path of a text of a module; the reference has no language in its own."""
    suffix = f".{language}" if language else ""
    return f"banques/{bank}{suffix}.md" if bank else f"module{suffix}.md"


def list_stretches(parsed: Parsed) -> dict[str, tuple[Stretch, ...]]:
    """List the stretches of each text of a module, by its path."""
    found = {}
    for draft in parsed.drafts:
        is_own = draft is not parsed.reference
        language = draft.language if is_own else ""
        found[path_of(language)] = tuple(stretches_of(draft.outline, is_own=is_own))
        for name, (_, outline) in draft.banks.items():
            found[path_of(language, name)] = tuple(stretches_of(outline, is_own=is_own))
    return found


def write_mark(heading: str, digest: str) -> str:
    """Write on a heading which text it translates."""
    title, inside, _ = read_braces(Line(1, 1, heading))
    said = f"{MARK}={digest}"
    if inside is None:
        return f"{title.text.rstrip()} {{{said}}}"
    kept = [word for word in re.split(r"\s+(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", inside.text.strip())
            if word and not word.startswith(f"{MARK}=")]  # fmt: skip
    return f"{title.text.rstrip()} {{{' '.join([*kept, said])}}}"
