"""Check that a dilemma can be walked: every link leads somewhere, every scene to an end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.dialect.draft import ItemDraft, SceneDraft
from app.dialect.labels import nearest
from app.dialect.messages import Report
from app.dialect.source import trim

Ways = Mapping[str, Sequence[str]]
"""For each scene, those that its choices lead to; the opening has the empty id."""


def check_graph(draft: ItemDraft, report: Report) -> None:
    """Report dead links, scenes that cannot be reached or left, and endings without debrief."""
    scenes = {scene.id: scene for scene in draft.scenes}
    opening = draft.scenes[0]
    if not opening.links:
        report.add("Q112", draft.place)
        return
    check_links(draft, scenes, report)
    ways = {scene.id: [link.to for link in scene.links] for scene in scenes.values()}
    reached, leaving = reach(ways), find_leaving(ways)
    for scene in draft.scenes[1:]:
        place = scene.heading.visible()
        if not trim(scene.text):
            report.add("Q113", place)
        if scene.id not in reached:
            report.add("D102", place, scene=scene.id)
        elif scene.id not in leaving:
            report.add("D103", place, scene=scene.id)
        if not scene.links and not trim(scene.debrief):
            report.add("D201", place)


def check_links(draft: ItemDraft, scenes: dict[str, SceneDraft], report: Report) -> None:
    """Report the links whose scene does not exist."""
    known = [scene_id for scene_id in scenes if scene_id]
    for scene in draft.scenes:
        for link in scene.links:
            if link.to in known:
                continue
            near = nearest(link.to, known)
            key = "D101-near" if near else "D101"
            report.add(key, link.line.visible(), scene=link.to, near=near)


def reach(ways: Ways) -> set[str]:
    """Find the scenes that the choices lead to from the opening, whose id is empty."""
    reached: set[str] = set()
    waiting = [""]
    while waiting:
        for target in ways.get(waiting.pop(), ()):
            if target in ways and target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached


def find_leaving(ways: Ways) -> set[str]:
    """Find the scenes from which an ending can be reached."""
    sources: dict[str, list[str]] = {}
    for scene_id, targets in ways.items():
        for target in targets:
            sources.setdefault(target, []).append(scene_id)
    leaving = {scene_id for scene_id, targets in ways.items() if not targets}
    waiting = list(leaving)
    while waiting:
        for source in sources.get(waiting.pop(), []):
            if source not in leaving:
                leaving.add(source)
                waiting.append(source)
    return leaving
