"""What a module becomes once read and rendered: frozen, and the same in JSON and in memory.

Every ``html`` or prose field holds sanitised HTML. Ids, letters and scene ids are the same in
every language of a module; a corps tuple that is empty means "everyone".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import msgspec

from app.dialect.compiled_items import (
    OPINIONS,
    AnyItem,
    Choice,
    Cloze,
    Dilemma,
    Draw,
    Frozen,
    Gap,
    Item,
    Matching,
    MultipleChoice,
    Number,
    Ordering,
    Pair,
    Poll,
    Reflection,
    Row,
    Scene,
    SceneChoice,
    ShortAnswer,
    SingleChoice,
    Ticked,
    TrueFalse,
)

__all__ = [
    "CORPS", "OPINIONS", "AnyItem", "Block", "Choice", "Cloze", "CompiledModule", "Dilemma",
    "Draw", "Frozen", "Gap", "Item", "Matching", "MultipleChoice", "Number", "Ordering", "Pair",
    "Poll", "Prose", "Question", "Reflection", "Row", "Scene", "SceneChoice", "ShortAnswer",
    "SingleChoice", "Step", "Ticked", "TrueFalse", "from_json", "sees", "to_json",
]  # fmt: skip

CORPS = ("pn", "gn", "pm", "sp", "pref")


class Prose(Frozen, tag="prose", tag_field="block", frozen=True, kw_only=True):
    """A run of rendered text."""

    html: str
    corps: tuple[str, ...] = ()
    is_behind: bool = False
    """Whether it translates a text of the reference that has changed since."""


class Question(Frozen, tag="question", tag_field="block", frozen=True, kw_only=True):
    """An item in the flow of a step; its own corps already includes its section's."""

    item: AnyItem
    corps: tuple[str, ...] = ()


Block = Prose | Question


class Step(Frozen, frozen=True, kw_only=True):
    """One page of a module (or its reflex or facilitation sheet)."""

    id: str
    title: str
    corps: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    line: int = 0
    """Of its heading, in what is read for the page beside the text; elsewhere 0."""

    def shown_to(self, corps: str) -> tuple[Block, ...]:
        """List the blocks that an agent of this corps sees."""
        return tuple(block for block in self.blocks if sees(block.corps, corps))

    def items(self) -> Iterator[AnyItem]:
        """Go through the items of the step, all corps together."""
        return (block.item for block in self.blocks if isinstance(block, Question))


class CompiledModule(Frozen, frozen=True, kw_only=True, dict=True):
    """A module in one language, ready to be shown."""

    slug: str
    language: str
    title: str
    minutes: int
    audience: tuple[str, ...]
    """Keys of corps; all five when the source says ``tous``."""
    skills: tuple[str, ...]
    level: str = ""
    pass_mark: int | None = None
    prerequisites: tuple[str, ...] = ()
    authors: str = ""
    validated_by: str = ""
    reviewed_on: str = ""
    review_on: str = ""
    source_status: str = ""
    summary: str = ""
    """Plain text of the prose before the first step, for the catalogue."""
    steps: tuple[Step, ...] = ()
    """The steps to read, in order, without the three below."""
    evaluation: Step | None = None
    reflex: Step | None = None
    facilitation: Step | None = None
    is_marked: bool = False
    """Of a translation, whether each part says which text it translates: `is_behind` tells all."""
    is_title_behind: bool = False
    """Whether the reference has another title or summary since the translation."""
    banks: dict[str, tuple[AnyItem, ...]] = msgspec.field(default_factory=dict)

    def steps_for(self, corps: str) -> tuple[Step, ...]:
        """List the steps that an agent of this corps has to read."""
        return tuple(step for step in self.steps if sees(step.corps, corps))

    def step(self, step_id: str) -> Step | None:
        """Find a step by id."""
        return next((step for step in self.steps if step.id == step_id), None)

    @cached_property
    def by_id(self) -> dict[str, AnyItem]:
        """The items of the steps, the evaluation and the banks by id; of two alike, the first."""
        return {item.id: item for item in reversed(list(self.every_item()))}

    def item(self, item_id: str) -> AnyItem | None:
        """Find an item by id, in the steps, the evaluation or a bank."""
        return self.by_id.get(item_id)

    def every_item(self) -> Iterator[AnyItem]:
        """Go through all items: steps, evaluation, banks."""
        for step in self.steps:
            yield from step.items()
        if self.evaluation is not None:
            yield from self.evaluation.items()
        for bank in self.banks.values():
            yield from bank

    def every_step(self) -> Iterator[Step]:
        """Go through the steps, the quiz and the sheets."""
        yield from self.steps
        yield from (one for one in (self.evaluation, self.reflex, self.facilitation) if one)

    def count_behind(self) -> int:
        """Count the parts of a translation whose reference has changed since."""
        texts = (block for step in self.every_step() for block in step.blocks)
        runs = sum(isinstance(block, Prose) and block.is_behind for block in texts)
        return runs + sum(item.is_behind for item in self.every_item()) + self.is_title_behind


def sees(audience: tuple[str, ...], corps: str) -> bool:
    """Tell whether something kept for ``audience`` is for this corps."""
    return not audience or corps in audience


def to_json(module: CompiledModule) -> str:
    """Write a compiled module as JSON text."""
    return msgspec.json.encode(module).decode()


def from_json(text: str | bytes) -> CompiledModule:
    """Read a compiled module back from the JSON of `to_json`."""
    return READER.decode(text)


# Made while the module is imported, by one thread: msgspec works out what a type holds the first
# time it reads one, and two threads doing that at once end the process (a segmentation fault).
READER = msgspec.json.Decoder(CompiledModule)
