"""A dilemma as nested lists: scene, choice, next scene; what a screen reader reads of it."""

from __future__ import annotations

from dataclasses import dataclass

from app.dialect.story import Story, StoryChoice, StoryScene
from app.studio.story_order import find_loops, layers_of, number_scenes

DEEPEST = 4
"""How many scenes stand inside one another: what follows is told below, with its number."""


@dataclass(frozen=True, slots=True)
class Way:
    """A choice and what comes of it."""

    choice: StoryChoice
    kind: str
    """``next`` (told here), ``elsewhere`` (told under its number), ``loop`` or ``missing``."""
    number: int = 0
    """Of the scene that it leads to; 0 where there is none."""
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A scene with the choices that it offers."""

    number: int
    scene: StoryScene
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class StoryOutline:
    """All the scenes of a dilemma, each told once."""

    story: Story
    reached: tuple[Told, ...]
    """The opening, then what is too deep to be told inside it."""
    unreached: tuple[Told, ...]
    """What no choice leads to."""
    numbers: dict[str, int]

    @property
    def endings(self) -> int:
        """Count the endings that can be reached."""
        return sum(one.is_ending and one.is_reached for one in self.story.scenes)

    @property
    def endless(self) -> int:
        """Count the scenes from which no ending can be reached."""
        return sum(one.is_endless for one in self.story.scenes)

    @property
    def lost(self) -> int:
        """Count the scenes that nothing reaches."""
        return sum(not one.is_reached for one in self.story.scenes)


class Teller:
    """Tells each scene once, at the first choice that leads to it."""

    def __init__(self, story: Story) -> None:
        self.scenes = {scene.id: scene for scene in story.scenes}
        self.numbers = number_scenes(layers_of(story))
        self.loops = find_loops(story)
        self.told: set[str] = set()
        self.waiting: list[str] = []

    def tell_from(self, start: str) -> tuple[Told, ...]:
        """Tell a scene and all that follows; nothing where it is told already."""
        self.waiting = [start]
        roots = []
        while self.waiting:
            scene_id = self.waiting.pop(0)
            if scene_id not in self.told:
                roots.append(self.tell(scene_id, 1))
        return tuple(roots)

    def tell(self, scene_id: str, depth: int) -> Told:
        """Tell a scene with its choices."""
        self.told.add(scene_id)
        scene = self.scenes[scene_id]
        ways = tuple(self.way(scene_id, choice, depth) for choice in scene.choices)
        return Told(self.numbers[scene_id], scene, ways)

    def way(self, source: str, choice: StoryChoice, depth: int) -> Way:
        """Tell what comes of a choice."""
        target = choice.to
        if target not in self.scenes:
            return Way(choice, "missing")
        number = self.numbers[target]
        if target in self.told:
            kind = "loop" if (source, target) in self.loops else "elsewhere"
            return Way(choice, kind, number)
        if depth >= DEEPEST and self.scenes[target].choices:
            self.waiting.append(target)
            return Way(choice, "elsewhere", number)
        return Way(choice, "next", number, self.tell(target, depth + 1))


def outline_of(story: Story) -> StoryOutline:
    """Make the outline of a dilemma."""
    teller = Teller(story)
    in_order = sorted(story.scenes, key=lambda scene: teller.numbers[scene.id])
    reached, unreached = (
        [told for one in in_order if one.is_reached == kind for told in teller.tell_from(one.id)]
        for kind in (True, False)
    )
    return StoryOutline(story, tuple(reached), tuple(unreached), teller.numbers)
