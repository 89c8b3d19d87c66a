"""Which counts of a partition may be shown, so that no subtraction opens a small one."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

Cell = TypeVar("Cell", bound=Hashable)


def mask(counts: Mapping[Cell, int], least: int) -> frozenset[Cell]:
    """Choose the counts that are not shown: the small ones, and enough beside to hide them.

    ``counts`` part a total that is known. What stays hidden is at least two counts that together
    are about ``least`` agents, or all of them; a count of none is nobody's and may be shown.
    """
    present = sorted((count, number) for number, count in enumerate(counts.values()) if count)
    hidden = [one for one in present if one[0] < least]
    if not hidden:
        return frozenset()
    rest = present[len(hidden) :]
    while rest and (len(hidden) < 2 or sum(count for count, _ in hidden) < least):
        hidden.append(rest.pop(0))
    names = list(counts)
    return frozenset(names[number] for _, number in hidden)


def hide_scenes(
    ways: Mapping[str, Mapping[int, str]], counts: Mapping[str, Mapping[int, int]], least: int
) -> dict[str, frozenset[int]]:
    """Choose, scene by scene, the choices of a story whose counts are not shown.

    ``ways`` maps the choices of each scene to the scene that they lead to. Whoever comes to a scene
    chose it before: where that count is hidden, all those of the scene are.
    """
    hidden = {scene: mask(counts.get(scene, {}), least) for scene in ways}
    is_closed: Collection[str] = ()
    while True:
        closed = {ways[scene][choice] for scene, chosen in hidden.items() for choice in chosen}
        for scene in closed & ways.keys():
            hidden[scene] = frozenset(ways[scene])
        if closed == is_closed:
            return hidden
        is_closed = closed
