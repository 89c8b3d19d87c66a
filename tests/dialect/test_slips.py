"""A slip of the hand that changes a module is told: lines and marks lost, doubled or moved."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.dialect.compiled import (
    CompiledModule,
    Dilemma,
    MultipleChoice,
    Prose,
    SingleChoice,
    Step,
    TrueFalse,
)
from tests.dialect.cases import DILEMMA, MULTIPLE
from tests.dialect.writing import QUIZ, SINGLE, module, read

BODY = "\n".join(
    [
        "### Un sous-titre {corps=pn}\n\nPour les uns.\n\n### Un autre\n\nPour tous.\n",
        SINGLE.replace("**Exp", "**Indice :** Pensez.\n\n**Exp"),
        "---\n\nUne suite.\n",
        MULTIPLE,
        DILEMMA,
        "### Réflexion : Et vous {#vous}\nDites.\n",
    ]
)
GOOD = module(BODY, quiz=QUIZ)


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


def skeleton(found: CompiledModule) -> list[object]:
    """Give what a module is, without its words."""
    steps = [*found.steps, found.evaluation or Step(id="", title="")]
    return [(step.id, step.corps, [bones(block) for block in step.blocks]) for step in steps]


def bones(block: object) -> object:
    """Give what a block is, without its words."""
    if isinstance(block, Prose):
        return block.corps, re.findall(
            r"<(?!/)(\w+)(?: class=.callout callout--(\w+))?", block.html
        )
    item = block.item  # type: ignore[attr-defined]
    parts = (len(item.hints), bool(item.explanation), bool(item.references))
    common = (type(item).__name__, item.id, item.points, item.see, item.corps, item.stem[:4], parts)
    if isinstance(item, SingleChoice | MultipleChoice | TrueFalse):
        return *common, [(c.letter, c.credit, bool(c.feedback)) for c in item.choices]
    if isinstance(item, Dilemma):
        scenes = [item.opening, *item.scenes]
        return *common, [
            (s.id, [(c.to, c.opinion) for c in s.choices], bool(s.debrief)) for s in scenes
        ]
    return common


def test_slips_that_change_a_module_are_told() -> None:
    good = skeleton(read(GOOD).modules["fr"])
    harmful, silent = 0, []
    for text in slips(GOOD):
        reading = read(text)
        if "fr" not in reading.modules:
            harmful += 1
        elif skeleton(reading.modules["fr"]) != good:
            harmful += 1
            if not reading.messages:
                silent.append(text)
    assert harmful > 300
    assert len(silent) <= 0.05 * harmful
