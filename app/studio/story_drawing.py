"""A dilemma as a drawing: where its boxes and arrows stand, in units of about a pixel.

Scenes stand in rows, the opening at the top. A choice that leads to the next row is an arrow
between the two; any other goes round by a lane at the right, so that no arrow crosses a box.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from dataclasses import dataclass

from app.dialect.story import Story, StoryScene
from app.studio.story_order import find_loops, layers_of, number_scenes

WIDTH, HEIGHT = 176, 96
GAP, ROW_GAP = 20, 72
MARGIN, TOP = 12, 30
LANE = 12
LETTERS, LINES = 24, 2
"""Of the beginning of a scene's text: what a box has room for."""
LONGEST_NAME = 16


@dataclass(frozen=True, slots=True)
class Box:
    """A scene; ``x`` and ``y`` are its upper left corner."""

    scene: StoryScene
    number: int
    x: int
    y: int
    lines: tuple[str, ...] = ()
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def name(self) -> str:
        """Give the id, cut to what a box has room for."""
        name = self.scene.id
        return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"

    @property
    def kind(self) -> str:
        """Name the shape: ``lost``, ``endless``, ``ending`` or ``plain``."""
        if not self.scene.is_reached:
            return "lost"
        if self.scene.is_endless:
            return "endless"
        return "ending" if self.scene.is_ending else "plain"


@dataclass(frozen=True, slots=True)
class Arrow:
    """A choice of a scene, by its position from 1, that leads to another."""

    source: str
    target: str
    position: int
    points: tuple[tuple[int, int], ...]
    """Where it bends, from a box to a box."""
    is_loop: bool

    @property
    def label(self) -> tuple[int, int]:
        """Give the place of its number, where it leaves the box."""
        x, y = self.points[0]
        return x, y + 10

    @property
    def path(self) -> str:
        """Write it as the ``d`` of an SVG path."""
        return "M" + " L".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Drawing:
    """The drawing of a dilemma."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


class Artist:
    """Places the boxes of a story, then the arrows between them."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.layers = layers_of(story)
        self.rows = {one: row for row, layer in enumerate(self.layers) for one in layer}
        self.loops = find_loops(story)
        self.widest = max(map(len, self.layers))
        self.room = self.widest * (WIDTH + GAP) - GAP
        """Width of the boxes, without the margins."""
        self.boxes = self.place()
        self.arriving: Counter[str] = Counter()
        self.lanes = 0

    def place(self) -> dict[str, Box]:
        """Place each scene in the middle of its row."""
        scenes = {scene.id: scene for scene in self.story.scenes}
        numbers = number_scenes(self.layers)
        boxes = {}
        for row, layer in enumerate(self.layers):
            start = MARGIN + (self.room - len(layer) * (WIDTH + GAP) + GAP) // 2
            for rank, scene_id in enumerate(layer):
                x, y = start + rank * (WIDTH + GAP), TOP + row * (HEIGHT + ROW_GAP)
                lines = wrap(scenes[scene_id].text)
                boxes[scene_id] = Box(scenes[scene_id], numbers[scene_id], x, y, lines)
        return boxes

    def draw(self) -> Drawing:
        """Give the whole drawing."""
        ways = [
            (scene.id, position, choice.to)
            for scene in self.story.scenes
            for position, choice in enumerate(scene.choices, start=1)
            if choice.to in self.boxes
        ]
        coming = Counter(target for _, _, target in ways)
        arrows = tuple(self.arrow(*way, coming[way[2]]) for way in ways)
        width = 2 * MARGIN + self.room + (self.lanes + 1) * LANE * bool(self.lanes)
        lowest = max(box.y + HEIGHT for box in self.boxes.values())
        height = MARGIN + max([lowest, *(y for arrow in arrows for _, y in arrow.points)])
        return Drawing(width, height, tuple(self.boxes.values()), arrows)

    def arrow(self, source: str, position: int, target: str, coming: int) -> Arrow:
        """Draw a choice; ``coming`` is how many arrows share the top of its target."""
        start, end = self.boxes[source], self.boxes[target]
        self.arriving[target] += 1
        x1, y1 = along(start, position, len(start.scene.choices)), start.y + HEIGHT
        x2, y2 = along(end, self.arriving[target], coming), end.y
        is_loop = (source, target) in self.loops
        points: tuple[tuple[int, int], ...]
        if self.rows[target] == self.rows[source] + 1:
            level = y1 + ROW_GAP // 2
            points = ((x1, y1), (x1, level - 10), (x2, level + 10), (x2, y2))
        else:
            self.lanes += 1
            lane = MARGIN + self.room + self.lanes * LANE
            under, over = y1 + 20 + self.lanes % 4 * 3, y2 - 12 - self.lanes % 4 * 3
            points = ((x1, y1), (x1, under), (lane, under), (lane, over), (x2, over), (x2, y2))
        return Arrow(source, target, position, points, is_loop)


def along(box: Box, rank: int, count: int) -> int:
    """Give the place of one of the arrows that share a side of a box."""
    return box.x + box.width * rank // (count + 1)


def wrap(text: str) -> tuple[str, ...]:
    """Cut the beginning of a text into the lines of a box."""
    lines = textwrap.wrap(text, LETTERS, max_lines=LINES, placeholder="…", break_on_hyphens=False)
    return tuple(re.sub(r"[.,;:…]+…$", "…", line) for line in lines)


def draw(story: Story) -> Drawing:
    """Draw a dilemma."""
    return Artist(story).draw()
