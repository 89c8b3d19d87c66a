"""What a module becomes once read and rendered: frozen, and the same in JSON and in memory.

Every ``html`` or prose field holds sanitised HTML. Ids, letters and scene ids are the same in
every language of a module; a corps tuple that is empty means "everyone".
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

CORPS = ("pn", "gn", "pm", "sp", "pref")
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


class SingleChoice(Item, tag="single", frozen=True, kw_only=True):
    """One right answer among several."""

    choices: tuple[Choice, ...]


class MultipleChoice(Item, tag="multiple", frozen=True, kw_only=True):
    """Every right answer among several."""

    choices: tuple[Choice, ...]


class TrueFalse(Item, tag="true_false", frozen=True, kw_only=True):
    """A statement to judge."""

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


AnyItem = SingleChoice | MultipleChoice | TrueFalse | Reflection | Dilemma | Draw


class Prose(Frozen, tag="prose", tag_field="block", frozen=True, kw_only=True):
    """A run of rendered text."""

    html: str
    corps: tuple[str, ...] = ()


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

    def shown_to(self, corps: str) -> tuple[Block, ...]:
        """List the blocks that an agent of this corps sees."""
        return tuple(block for block in self.blocks if sees(block.corps, corps))

    def items(self) -> Iterator[AnyItem]:
        """Go through the items of the step, all corps together."""
        return (block.item for block in self.blocks if isinstance(block, Question))


class CompiledModule(Frozen, frozen=True, kw_only=True):
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
    banks: dict[str, tuple[AnyItem, ...]] = {}

    def steps_for(self, corps: str) -> tuple[Step, ...]:
        """List the steps that an agent of this corps has to read."""
        return tuple(step for step in self.steps if sees(step.corps, corps))

    def step(self, step_id: str) -> Step | None:
        """Find a step by id."""
        return next((step for step in self.steps if step.id == step_id), None)

    def item(self, item_id: str) -> AnyItem | None:
        """Find an item by id, in the steps, the evaluation or a bank."""
        return next((item for item in self.every_item() if item.id == item_id), None)

    def every_item(self) -> Iterator[AnyItem]:
        """Go through all items: steps, evaluation, banks."""
        for step in self.steps:
            yield from step.items()
        if self.evaluation is not None:
            yield from self.evaluation.items()
        for bank in self.banks.values():
            yield from bank


def sees(audience: tuple[str, ...], corps: str) -> bool:
    """Tell whether something kept for ``audience`` is for this corps."""
    return not audience or corps in audience


def to_json(module: CompiledModule) -> str:
    """Write a compiled module as JSON text."""
    return msgspec.json.encode(module).decode()


def from_json(text: str) -> CompiledModule:
    """Read a compiled module back from the JSON of `to_json`."""
    return READER.decode(text)


# Made while the module is imported, by one thread: msgspec works out what a type holds the first
# time it reads one, and two threads doing that at once end the process (a segmentation fault).
READER = msgspec.json.Decoder(CompiledModule)
