"""The units of the large organisation: five corps, and four levels below each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

ROOT = "UNION"
AGENTS_PER_UNIT = 25
CORPS = {
    "pn": ("Police nationale", 18),
    "gn": ("Gendarmerie nationale", 18),
    "sp": ("Sapeurs-pompiers", 13),
    "pm": ("Polices municipales", 8),
    "pref": ("Préfectures", 8),
}
"""The name of each corps and how many zones it has: the larger ones come first."""
LEVELS = (("zone", 8), ("circonscription", 6), ("service", 6), ("brigade", 0))
"""Each level below a corps, and how many units of the next stand in each of its own."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit to make; ``above`` is the rank of its parent among them all."""

    code: str
    name: str
    kind: str
    corps: str
    above: int | None


def plan_tree(agents: int) -> list[Place]:
    """Plan as many units as so many agents need, level by level: parents come first."""
    wanted = max(agents // AGENTS_PER_UNIT, 1 + len(CORPS))
    return list(islice(grow(), wanted))


def grow() -> Iterator[Place]:
    """Give units from the root down; the last level of a small tree is cut short."""
    yield Place(ROOT, "Forces de l’Union", "union", "", None)
    level = []
    for rank, (corps, (name, zones)) in enumerate(CORPS.items(), start=1):
        yield Place(corps.upper(), name, "direction", corps, 0)
        level.append((rank, corps, zones))
    rank = len(CORPS)
    for kind, fanout in LEVELS:
        below = []
        number = 0
        # One for each parent, then a second one: a tree cut short has no empty branch.
        for turn in range(max(count for _above, _corps, count in level)):
            for above, corps, count in level:
                if turn >= count:
                    continue
                rank, number = rank + 1, number + 1
                code = f"{corps.upper()}-{kind[0].upper()}{number:05}"
                yield Place(code, f"{kind.capitalize()} {number}", kind, corps, above)
                below.append((rank, corps, fanout))
        level = below
