"""The scenes of a dilemma in the order in which one comes to them, and its loops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.dialect.story import Story

Layers = list[list[str]]


def layers_of(story: Story) -> Layers:
    """List the scenes by the fewest choices that lead to them; last those that nothing reaches.

    Every scene stands in one layer; the first holds the opening alone.
    """
    ways = story.ways()
    # Of a story that is cut, what led to a scene may be left out.
    first = [scene.id for scene in story.scenes[:1]]
    starts = [*first, *(scene.id for scene in story.scenes if scene.is_reached)]
    starts += [scene.id for scene in story.scenes if not scene.is_reached]
    placed: set[str] = set()
    layers: Layers = []
    for start in starts:
        layer = [] if start in placed else [start]
        while layer:
            placed.update(layer)
            layers.append(layer)
            layer = next_layer(layer, ways, placed)
    return layers


def next_layer(
    layer: Sequence[str], ways: Mapping[str, Sequence[str]], placed: set[str]
) -> list[str]:
    """List the scenes that a layer leads to and that stand nowhere yet."""
    targets = (target for scene_id in layer for target in ways[scene_id])
    return [one for one in dict.fromkeys(targets) if one in ways and one not in placed]


def number_scenes(layers: Layers) -> dict[str, int]:
    """Number the scenes from 1, layer by layer."""
    ids = (scene_id for layer in layers for scene_id in layer)
    return {scene_id: number for number, scene_id in enumerate(ids, start=1)}


def find_loops(story: Story) -> set[tuple[str, str]]:
    """Find the ways (from, to) that lead to a scene from which one may come back."""
    known = story.ways()
    ways = {one: [to for to in targets if to in known] for one, targets in known.items()}
    rounds = find_rounds(ways)
    joined = ((source, target) for source, targets in ways.items() for target in targets)
    return {way for way in joined if rounds[way[0]] == rounds[way[1]]}


def find_rounds(ways: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Give for each scene one that stands for all those with which it goes in circles.

    S. R. Kosaraju's way, in time that grows with the choices: the scenes in the order in which
    they are done with, then backwards from the last.
    """
    back: dict[str, list[str]] = {scene_id: [] for scene_id in ways}
    for source, targets in ways.items():
        for target in targets:
            back[target].append(source)
    seen: set[str] = set()
    done = [one for start in ways for one in walk(start, ways, seen)]
    rounds: dict[str, str] = {}
    seen = set()
    for start in reversed(done):
        rounds |= dict.fromkeys(walk(start, back, seen), start)
    return rounds


def walk(start: str, ways: Mapping[str, Sequence[str]], seen: set[str]) -> Iterator[str]:
    """Go through the scenes not seen yet that one leads to, each once all that follow are done."""
    if start in seen:
        return
    seen.add(start)
    waiting = [(start, iter(ways[start]))]
    while waiting:
        scene_id, targets = waiting[-1]
        fresh = next((one for one in targets if one not in seen), None)
        if fresh is None:
            waiting.pop()
            yield scene_id
        else:
            seen.add(fresh)
            waiting.append((fresh, iter(ways[fresh])))
