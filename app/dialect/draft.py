"""A module as its author wrote it: structure and places, nothing rendered, mistakes included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.dialect.attributes import Attributes
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

    @property
    def place(self) -> Span:
        """Give the place of the heading, where messages about the whole item stand."""
        return self.heading.visible()


@dataclass(slots=True)
class ProseDraft:
    """A run of text for one audience; headings in it are already at the level of the page."""

    audience: Audience
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class StepDraft:
    """A step, the quiz, one of the two sheets, or the content of a bank."""

    id: str
    title: Line
    heading: Line
    kind: str = "step"
    """``step``, ``evaluation``, ``reflexe``, ``animation`` or ``bank``."""
    audience: Audience = EVERYONE
    blocks: list[ProseDraft | ItemDraft] = field(default_factory=list)

    def items(self) -> Iterator[ItemDraft]:
        """Go through the items."""
        return (block for block in self.blocks if isinstance(block, ItemDraft))


@dataclass(slots=True)
class Outline:
    """The structure of one file."""

    title: Line | None = None
    preface: ProseDraft = field(default_factory=lambda: ProseDraft(EVERYONE))
    steps: list[StepDraft] = field(default_factory=list)
    ids: list[tuple[str, Span]] = field(default_factory=list)
    """Every id of the file, in order, with its place."""
    anchors: set[str] = field(default_factory=set)
    """Names that the rendering will give to sub-headings."""
    corps: list[tuple[str, Span]] = field(default_factory=list)
    """Every corps that the file names, with its place."""
    scanned: list[Scanned] = field(default_factory=list)
    """The lines and their kinds."""

    def items(self) -> Iterator[ItemDraft]:
        """Go through the items of all the steps."""
        for step in self.steps:
            yield from step.items()

    def scene_lines(self) -> frozenset[int]:
        """List the lines of the dilemmas' choices."""
        return frozenset(
            link.line.number
            for item in self.items()
            for scene in item.scenes
            for link in scene.links
        )
