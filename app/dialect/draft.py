"""A module as its author wrote it: structure and places, nothing rendered, mistakes included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from app.dialect.attributes import Attributes, Option
from app.dialect.checks.runs import Run
from app.dialect.checks.runs import runs as cut_runs
from app.dialect.compiled import CORPS
from app.dialect.scanner import Scanned
from app.dialect.source import Line, Passage, Span

Audience = frozenset[str]
EVERYONE: Audience = frozenset(CORPS)


@dataclass(slots=True)
class ChoiceDraft:
    """An answer line: its letter, what stands between its brackets, its text and feedback."""

    line: Line
    mark: str
    letter: str
    text: Passage
    mark_span: Span
    credit: int = 0
    feedback: list[Line] = field(default_factory=list)
    has_letter: bool = True


@dataclass(slots=True)
class RowDraft:
    """A row of an ordering, or a pair of a matching."""

    line: Line
    text: Passage
    """Empty for a decoy of a matching."""
    right: Passage = ()
    feedback: list[Line] = field(default_factory=list)
    rank: int = 0
    """The number written before a row of an ordering."""


@dataclass(slots=True)
class LinkDraft:
    """A choice of a dilemma: a link to a scene."""

    line: Line
    text: Passage
    to: str
    opinion: str | None = None


@dataclass(slots=True)
class SceneDraft:
    """A moment of a dilemma; the opening has no id."""

    id: str
    heading: Line
    text: list[Line] = field(default_factory=list)
    links: list[LinkDraft] = field(default_factory=list)
    debrief: Passage = ()


@dataclass(slots=True)
class ItemDraft:
    """An item: its heading is read, its body is read by its type."""

    type: str
    id: str
    title: Line
    heading: Line
    attributes: Attributes
    audience: Audience = EVERYONE
    body: list[Scanned] = field(default_factory=list)
    stem: Passage = ()
    choices: list[ChoiceDraft] = field(default_factory=list)
    rows: list[RowDraft] = field(default_factory=list)
    hints: list[Passage] = field(default_factory=list)
    parts: dict[str, Passage] = field(default_factory=dict)
    scenes: list[SceneDraft] = field(default_factory=list)
    mistaken: Line | None = None
    """The word that stands for the label of a type, where there is no such type."""

    @property
    def place(self) -> Span:
        """Give the place of the heading, where messages about the whole item stand."""
        return self.heading.visible()


@dataclass(slots=True)
class SubheadingDraft:
    """A sub-heading in a run of text, as it was written."""

    line: Line
    level: int
    title: Line
    id: str
    audience: Audience | None
    """None where it keeps what stands under it for nobody in particular."""
    mark: Option | None = None
    """In a translation, the text that it translates: see `app.dialect.stretches`."""


@dataclass(slots=True)
class ProseDraft:
    """A run of text for one audience; headings in it are already at the level of the page."""

    audience: Audience
    lines: list[Line] = field(default_factory=list)
    subheadings: dict[int, SubheadingDraft] = field(default_factory=dict)
    """By the number of their line."""


@dataclass(slots=True)
class StepDraft:
    """A step, the quiz, one of the two sheets, or the content of a bank."""

    id: str
    title: Line
    heading: Line
    kind: str = "step"
    """``step``, ``evaluation``, ``reflexe``, ``animation`` or ``bank``."""
    audience: Audience = EVERYONE
    attributes: Attributes = field(default_factory=Attributes)
    blocks: list[ProseDraft | ItemDraft] = field(default_factory=list)

    @property
    def place(self) -> Span:
        """Give the place of the heading."""
        return self.heading.visible()

    def items(self) -> Iterator[ItemDraft]:
        """Go through the items."""
        return (block for block in self.blocks if isinstance(block, ItemDraft))


class Nameless(NamedTuple):
    """A heading that needs an id and has none."""

    code: str
    heading: Line
    title: Line
    inside: Line | None
    """What stands between its braces, if it has some."""


@dataclass(slots=True)
class Outline:
    """The structure of one file."""

    title: Line | None = None
    mark: Option | None = None
    """In a translation, the title and summary that it translates."""
    preface: ProseDraft = field(default_factory=lambda: ProseDraft(EVERYONE))
    steps: list[StepDraft] = field(default_factory=list)
    ids: list[tuple[str, Span]] = field(default_factory=list)
    """Every id of the file, in order, with its place."""
    nameless: list[Nameless] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    """Names that the rendering will give to sub-headings."""
    corps: list[tuple[str, Span]] = field(default_factory=list)
    """Every corps that the file names, with its place."""
    scanned: list[Scanned] = field(default_factory=list)
    """The lines and their kinds."""
    cut: list[Run] | None = None
    """The runs of the lines, once they were asked for."""

    @property
    def runs(self) -> list[Run]:
        """List the runs of lines that are read together."""
        if self.cut is None:
            self.cut = list(cut_runs(self.scanned))
        return self.cut

    def items(self) -> Iterator[ItemDraft]:
        """Go through the items of all the steps."""
        for step in self.steps:
            yield from step.items()

    def answer_lines(self) -> set[int]:
        """List the lines that begin an answer, a row, or a choice of a dilemma."""
        items = list(self.items())
        choices = {choice.line.number for item in items for choice in item.choices}
        return (
            choices
            | {row.line.number for item in items for row in item.rows}
            | (self.scene_lines())
        )

    def scene_lines(self) -> frozenset[int]:
        """List the lines of the dilemmas' choices."""
        return frozenset(
            link.line.number
            for item in self.items()
            for scene in item.scenes
            for link in scene.links
        )
