"""A slip of the hand that harms is told: lines and marks lost, doubled or moved.

Every line is taken out, doubled and indented, every mark taken out and doubled, in a module that
has everything and in one that is shipped. `SLIPS` is the share of these edits that is tried: 1 for
all of them, which takes half an hour.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from app.dialect.context import Context, read_context
from app.dialect.parsing import read_bytes
from app.dialect.reading import read_files
from tests.dialect.cases import DILEMMA, MULTIPLE
from tests.dialect.cases_of_types import CLOZE, MATCHING, NUMBER, ORDERING, POLL, SHORT
from tests.dialect.harm import harms
from tests.dialect.writing import BANK, CONTEXT, QUIZ, SINGLE, module

CONTENT = Path(__file__).parents[2] / "content"
SHARE = os.environ.get("SLIPS", "")
MOST_SILENT = 0.03
UNLUCKY = 0 if SHARE == "1" else 3
"""How many more a sample may leave silent: it may hold more than its share of them."""
PROSE = """\
Un mot *important*, un **mot** fort, un [lien](https://x.fr) et `du code`.

| Situation | Réflexe |
| --- | --- |
| Un appel | Écouter |
| Un don | Rendre |

1. D'abord
2. Ensuite

- Un point
  - un détail
  - un autre
- Un second point

> [!NOTE]
> Une note
> sur deux lignes.

### Un sous-titre {corps=pn}

Pour les uns.

### Un autre

Pour tous.
"""
PARTS = "**Indice :** Pensez.\n\n**Références :** CSI R. 434-9\n\n**Exp"
REFLECTION = "### Réflexion : Et vous {#vous}\nDites.\n"
BODY = [
    PROSE, SINGLE.replace("**Exp", PARTS), "---\n\nUne suite.\n", MULTIPLE, DILEMMA, REFLECTION,
    ORDERING, MATCHING, NUMBER, SHORT, CLOZE, POLL,
]  # fmt: skip
SHEETS = (
    "\n### Tirage : Au sort {#sort banque=banque nombre=1}\n"
    "\n## Réflexe {#reflexe .reflexe}\n\nÀ garder.\n\n## Fiche {#fiche .animation}\n\nÀ dire.\n"
)


class Subject(NamedTuple):
    """A file whose slips are tried, in the module it belongs to."""

    files: dict[str, bytes]
    name: str
    context: Context
    share: float
    """How much of them is tried, unless told otherwise."""


def subjects() -> list[Subject]:
    """List the files: a module that has everything, then a shipped one."""
    everything = module("\n".join(BODY), quiz=QUIZ + SHEETS)
    files = {"module.md": everything.encode(), "banques/banque.md": BANK.encode()}
    shipped = read_bytes(CONTENT / "modules" / "probite-conflits")
    shipped = {name: data for name, data in shipped.items() if ".en." not in name}
    context = read_context(CONTENT)
    return [
        *(Subject(files, name, CONTEXT, 0.25) for name in files),
        *(Subject(shipped, name, context, 0.008) for name in shipped if name.endswith(".md")),
    ]


def slips(text: str) -> Iterator[str]:
    """Go through the texts that one slip makes."""
    lines = text.split("\n")
    for rank, line in enumerate(lines):
        before, after = lines[:rank], lines[rank + 1 :]
        versions = [
            [],
            [line, line],
            [f"  {line}"],
            [f"    {line}"],
            [f"\t{line}"],
            [line.lstrip()],
        ]
        for mark in re.finditer(r"[^\w\s,'?!.]", line):
            place = mark.start()
            versions.append([line[:place] + line[place + 1 :]])
            versions.append([line[: place + 1] + line[place:]])
        for changed in versions:
            yield "\n".join([*before, *changed, *after])


def try_slips(subject: Subject) -> tuple[int, list[str]]:
    """Count the harmful slips of a file, and list those of which nothing is said."""
    good = read_files(subject.files, slug="essai", context=subject.context, diagrams=True)
    assert good.messages == ()
    share = float(SHARE) if SHARE else subject.share
    rng = random.Random(20261125)
    harmful, silent = 0, []
    for text in slips(subject.files[subject.name].decode()):
        if rng.random() >= share:
            continue
        files = {**subject.files, subject.name: text.encode()}
        reading = read_files(files, slug="essai", context=subject.context, diagrams=True)
        broken = "fr" not in reading.modules
        if broken or harms(good.modules["fr"], reading.modules["fr"]):
            harmful += 1
            if not reading.messages:
                silent.append(text)
    return harmful, silent


@pytest.mark.timeout(0 if SHARE else 300)
def test_slips_that_harm_are_told() -> None:
    tried = [try_slips(subject) for subject in subjects()]
    harmful = sum(count for count, _ in tried)
    silent = [text for _, texts in tried for text in texts]
    print(f"{len(silent)} silent of {harmful} harmful")
    assert harmful > 250
    assert len(silent) <= MOST_SILENT * harmful + UNLUCKY
