"""What an item becomes once read and rendered, one class for each type of item.

Letters, ranks in the source and scene ids are the same in every language of a module: they are
what an answer names.
"""

from __future__ import annotations

import msgspec

OPINIONS = ("exemplaire", "defendable", "discutable", "a-eviter")


class Frozen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An immutable value that msgspec reads and writes as JSON."""


class Choice(Frozen, frozen=True, kw_only=True):
    """One answer of a choice item; the letter is its key, whatever the order shown."""

    letter: str
    html: str
    credit: int = 0
    """Percent of the item's points earned by choosing it (100 for a plain right answer)."""
    feedback: str = ""
    text: str = ""
    """The plain text that a short answer is compared with; elsewhere empty."""


class Item(Frozen, tag_field="type", frozen=True, kw_only=True):
    """What every kind of item has."""

    id: str
    title: str
    stem: str = ""
    points: int = 1
    see: str | None = None
    """The step to read again after a wrong answer."""
    corps: tuple[str, ...] = ()
    shuffle: bool = True
    hints: tuple[str, ...] = ()
    explanation: str = ""
    references: str = ""
    skills: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    """Ids published once that this item takes the place of."""
    erratum: str = ""
    """Why what was published of this item was wrong, where its author says so."""
    line: int = 0
    """Of its heading, in what is read for the page beside the text; elsewhere 0."""
    is_behind: bool = False
    """Whether it translates an item of the reference that has changed since."""


class SingleChoice(Item, tag="single", frozen=True, kw_only=True):
    """One right answer among several."""

    choices: tuple[Choice, ...]


class MultipleChoice(Item, tag="multiple", frozen=True, kw_only=True):
    """Every right answer among several."""

    choices: tuple[Choice, ...]


class TrueFalse(Item, tag="true_false", frozen=True, kw_only=True):
    """A statement to judge."""

    choices: tuple[Choice, ...]


class Row(Frozen, frozen=True, kw_only=True):
    """A row of an ordering; the rows stand in the right order."""

    html: str
    feedback: str = ""


class Ordering(Item, tag="ordering", frozen=True, kw_only=True):
    """Rows to put in order; a row's key is its rank, from 1."""

    rows: tuple[Row, ...]


class Pair(Frozen, frozen=True, kw_only=True):
    """A left side and the rank, from 1, of the right side that goes with it."""

    html: str
    right: int
    feedback: str = ""


class Matching(Item, tag="matching", frozen=True, kw_only=True):
    """Left sides to bring to right sides; a right side that serves twice is a category."""

    pairs: tuple[Pair, ...]
    rights: tuple[str, ...]
    """HTML of the right sides, each once, in the order of the source, decoys included."""


class Number(Item, tag="number", frozen=True, kw_only=True):
    """A number to give, within a tolerance."""

    answer: str
    """A decimal number as Python reads it: ``48``, ``3.5``."""
    tolerance: str = "0"
    unit: str = ""
    shown: str
    """The answer as its author wrote it: ``48 ± 2 h``."""


class ShortAnswer(Item, tag="short", frozen=True, kw_only=True):
    """A word or two to type; ``choices`` are the answers expected, the wrong ones included."""

    choices: tuple[Choice, ...]


class Gap(Frozen, frozen=True, kw_only=True):
    """A hole in a text: typed, or chosen from a menu where there are decoys."""

    accepted: tuple[str, ...]
    decoys: tuple[str, ...] = ()


class Cloze(Item, tag="cloze", frozen=True, kw_only=True):
    """A text with holes; the stem is empty, its text stands in ``pieces``."""

    pieces: tuple[str, ...]
    """HTML before, between and after the gaps: one more than there are gaps; none is whole HTML."""
    gaps: tuple[Gap, ...]


class Poll(Item, tag="poll", frozen=True, kw_only=True):
    """Choices among which none is right."""

    choices: tuple[Choice, ...]


class Reflection(Item, tag="reflection", frozen=True, kw_only=True):
    """A private text; never scored, never seen by anyone else."""


class SceneChoice(Frozen, frozen=True, kw_only=True):
    """A link from a scene to the next; its position in the scene is its key."""

    html: str
    to: str
    opinion: str | None = None


class Scene(Frozen, frozen=True, kw_only=True):
    """One moment of a dilemma; without choices it is an ending."""

    id: str
    html: str = ""
    choices: tuple[SceneChoice, ...] = ()
    debrief: str = ""


class Dilemma(Item, tag="dilemma", frozen=True, kw_only=True):
    """A story that branches; ``opening`` holds the first choices, its text is the stem."""

    opening: Scene
    scenes: tuple[Scene, ...]
    debrief: str = ""

    def scene(self, scene_id: str) -> Scene | None:
        """Find a scene by id; the empty id is the opening."""
        if scene_id == "":
            return self.opening
        return next((scene for scene in self.scenes if scene.id == scene_id), None)


class Draw(Item, tag="draw", frozen=True, kw_only=True):
    """Items taken from a bank when an attempt starts."""

    bank: str
    count: int


AnyItem = (
    SingleChoice | MultipleChoice | TrueFalse | Ordering | Matching | Number | ShortAnswer | Cloze
    | Poll | Reflection | Dilemma | Draw
)  # fmt: skip
Ticked = SingleChoice | MultipleChoice | TrueFalse | Poll
"""Items answered by ticking letters."""
