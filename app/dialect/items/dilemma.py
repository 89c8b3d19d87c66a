"""Dilemme: a story that branches, never graded, debriefed at its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from app.dialect.compiled import Dilemma, Scene, SceneChoice
from app.dialect.draft import ItemDraft, SceneDraft
from app.dialect.items.base import (
    ItemType,
    Order,
    Rendering,
    Surroundings,
    Unreadable,
    common_fields,
    public_base,
)
from app.dialect.items.graph import check_graph
from app.dialect.items.scenes import read_scenes
from app.dialect.messages import Report
from app.dialect.public import (
    DilemmaDebrief,
    Feedback,
    PublicItem,
    PublicScene,
    PublicSceneChoice,
    WalkedChoice,
)


class DilemmaType(ItemType):
    """Choices that lead from scene to scene."""

    name = "dilemma"
    labels = ("Dilemme", "Dilemma")
    parts = frozenset({"debrief", "explanation", "references", "skills"})
    scored = False
    gradable = False

    def parse(self, draft: ItemDraft, report: Report) -> None:
        """Read the opening, the scenes and the debriefs."""
        read_scenes(draft, self.parts, report)

    def check(self, draft: ItemDraft, around: Surroundings) -> None:
        """Report what breaks the story."""
        check_graph(draft, around.report)

    def build(self, draft: ItemDraft, rendering: Rendering) -> Dilemma:
        """Make the compiled item."""
        opening, *scenes = (build_scene(scene, rendering) for scene in draft.scenes)
        return Dilemma(
            **common_fields(draft, rendering),
            opening=opening,
            scenes=tuple(scenes),
            debrief=rendering.block(draft.parts.get("debrief", ())),
        )

    def fields(self, _item: Any) -> tuple[str, ...]:
        """Name the scene and the position of the choice made in it."""
        return ("scene", "choix")

    def read_value(self, item: Any, raw: Sequence[str], _order: Order) -> dict[str, object]:
        """Take the scene and the position of the choice made in it."""
        scene_id, position = raw if len(raw) == 2 else ("", "")
        scene = item.scene(scene_id)
        if scene is None or not (position.isascii() and position.isdigit()) or len(position) > 3:
            raise Unreadable("choose")
        if not 1 <= int(position) <= len(scene.choices):
            raise Unreadable("choose")
        return {"scene": scene_id, "choice": int(position)}

    def public(self, item: Any, _order: Order) -> PublicItem:
        """Give the story up to its first choices, without the opinions."""
        return public_base(item, self, opening=public_scene(item, ""))

    def feedback(self, item: Any, value: object) -> Feedback:
        """Give the debrief of a path; ``value`` is an answer, or the list of those made."""
        answers = value if isinstance(value, list | tuple) else [value]
        path = [(one["scene"], one["choice"]) for one in answers if isinstance(one, dict)]
        return Feedback(numerator=0, scored=False, debrief=debrief(item, path))


def build_scene(scene: SceneDraft, rendering: Rendering) -> Scene:
    """Make the compiled form of a scene; the text of the opening is the item's stem."""
    return Scene(
        id=scene.id,
        html=rendering.block(tuple(scene.text)) if scene.id else "",
        choices=tuple(
            SceneChoice(html=rendering.inline(link.text), to=link.to, opinion=link.opinion)
            for link in scene.links
        ),
        debrief=rendering.block(scene.debrief),
    )


def public_scene(item: Dilemma, scene_id: str) -> PublicScene:
    """Give a scene as it is shown: the empty id is the opening; ValueError when unknown."""
    scene = item.scene(scene_id)
    if scene is None:
        raise ValueError(f"no scene {scene_id!r} in {item.id!r}")
    return PublicScene(
        id=scene.id,
        html=scene.html,
        choices=tuple(
            PublicSceneChoice(position=position, html=choice.html)
            for position, choice in enumerate(scene.choices, start=1)
        ),
    )


def next_scene(item: Dilemma, scene_id: str, position: int) -> PublicScene:
    """Give the scene that a choice leads to; ValueError when there is no such choice."""
    scene = item.scene(scene_id)
    if scene is None or not 1 <= position <= len(scene.choices):
        raise ValueError(f"no choice {position} in scene {scene_id!r} of {item.id!r}")
    return public_scene(item, scene.choices[position - 1].to)


def debrief(item: Dilemma, path: Iterable[tuple[str, int]]) -> DilemmaDebrief:
    """Tell the path walked from the opening, with the opinions and the debriefs met.

    Choices that do not follow from the ones before them are left out.
    """
    walked: list[WalkedChoice] = []
    scene = item.opening
    met = [scene.debrief]
    for scene_id, position in path:
        if scene_id != scene.id or not 1 <= position <= len(scene.choices):
            continue
        choice = scene.choices[position - 1]
        walked.append(
            WalkedChoice(
                scene=scene_id, position=position, html=choice.html, opinion=choice.opinion
            )
        )
        scene = item.scene(choice.to) or scene
        met.append(scene.debrief)
    return DilemmaDebrief(
        path=tuple(walked),
        debriefs=tuple(text for text in dict.fromkeys([*met, item.debrief]) if text),
        ended=not scene.choices,
        explanation=item.explanation,
        references=item.references,
    )
