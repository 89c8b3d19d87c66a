"""What changed between two publications of a module, and what that makes the second one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from app.dialect import items
from app.dialect.compiled import AnyItem, CompiledModule, Dilemma, Draw, Prose, Step
from app.dialect.glossary.marking import strip_marks

T = TypeVar("T")


class Kind(StrEnum):
    """What an author says a publication is; only the last two are asked again of agents."""

    EDITORIAL = "editorial"
    SUBSTANTIAL = "substantial"
    ERRATUM = "erratum"


class Change(StrEnum):
    """What may change in a module, in the words of someone who compares two of its pages."""

    STEP_ADDED = "step_added"
    STEP_REMOVED = "step_removed"
    STEP_TEXT = "step_text"
    STEP_TITLE = "step_title"
    STEPS_MOVED = "steps_moved"
    ITEM_ADDED = "item_added"
    ITEM_REMOVED = "item_removed"
    TYPE = "type"
    STATEMENT = "statement"
    KEY = "key"
    CHOICE_ADDED = "choice_added"
    CHOICE_REMOVED = "choice_removed"
    CHOICE_TEXT = "choice_text"
    FEEDBACK = "feedback"
    BRANCH = "branch"
    SCENE_TEXT = "scene_text"
    POINTS = "points"
    AUDIENCE = "audience"
    DRAW = "draw"
    PASS_MARK = "pass_mark"  # noqa: S105
    TITLE = "title"
    SUMMARY = "summary"
    SHEET = "sheet"


SUBSTANTIAL = frozenset({
    Change.STEP_ADDED, Change.STEP_REMOVED, Change.ITEM_ADDED, Change.ITEM_REMOVED, Change.TYPE,
    Change.CHOICE_ADDED, Change.CHOICE_REMOVED, Change.BRANCH,
})  # fmt: skip
"""Changes of an id or of a branch."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: of what, and where."""

    change: Change
    id: str = ""
    """The step or item concerned; empty for the module itself."""
    title: str = ""
    detail: tuple[str, ...] = ()
    """Letters of choices, or the values before and after."""


def required_kind(differences: list[Difference]) -> Kind:
    """Give the least that a publication with these changes has to be."""
    changes = {difference.change for difference in differences}
    if Change.KEY in changes:
        return Kind.ERRATUM
    return Kind.SUBSTANTIAL if changes & SUBSTANTIAL else Kind.EDITORIAL


def compare(before: CompiledModule, after: CompiledModule) -> list[Difference]:
    """List what changed between two versions of a module in the same language."""
    return [
        *compare_module(before, after),
        *compare_steps(before, after),
        *compare_items(before, after),
    ]


def compare_module(before: CompiledModule, after: CompiledModule) -> Iterator[Difference]:
    """Compare what stands above the steps, and the sheets beside them."""
    if before.title != after.title:
        yield Difference(Change.TITLE, detail=(before.title, after.title))
    if before.summary != after.summary:
        yield Difference(Change.SUMMARY)
    if before.pass_mark != after.pass_mark:
        marks = (before.pass_mark or "", after.pass_mark or "")
        yield Difference(Change.PASS_MARK, detail=(str(marks[0]), str(marks[1])))
    if before.audience != after.audience:
        yield Difference(Change.AUDIENCE, detail=added_and_removed(before.audience, after.audience))
    for one, other in [
        (before.reflex, after.reflex),
        (before.facilitation, after.facilitation),
        (before.evaluation, after.evaluation),
    ]:
        sheet = other or one
        if sheet is not None and prose_of(one) != prose_of(other):
            yield Difference(Change.SHEET, sheet.id, sheet.title)


def compare_steps(before: CompiledModule, after: CompiledModule) -> Iterator[Difference]:
    """Compare the steps to read."""
    old = {step.id: step for step in before.steps}
    new = {step.id: step for step in after.steps}
    yield from gone_and_come(old, new, Change.STEP_REMOVED, Change.STEP_ADDED)
    common = [step_id for step_id in new if step_id in old]
    if common != [step_id for step_id in old if step_id in new]:
        yield Difference(Change.STEPS_MOVED)
    for step_id in common:
        one, other = old[step_id], new[step_id]
        if one.title != other.title:
            yield Difference(Change.STEP_TITLE, step_id, other.title, (one.title, other.title))
        if one.corps != other.corps:
            yield Difference(
                Change.AUDIENCE, step_id, other.title, added_and_removed(one.corps, other.corps)
            )
        if prose_of(one) != prose_of(other):
            yield Difference(Change.STEP_TEXT, step_id, other.title)


def compare_items(before: CompiledModule, after: CompiledModule) -> Iterator[Difference]:
    """Compare the items: of the steps, the quiz and the banks."""
    old = {item.id: item for item in before.every_item()}
    new = {item.id: item for item in after.every_item()}
    yield from gone_and_come(old, new, Change.ITEM_REMOVED, Change.ITEM_ADDED)
    for item_id, item in new.items():
        if item_id in old:
            yield from compare_item(old[item_id], item)


def compare_item(one: AnyItem, other: AnyItem) -> Iterator[Difference]:
    """Compare two states of an item."""

    def said(change: Change, *detail: str) -> Difference:
        return Difference(change, other.id, other.title, detail)

    if type(one) is not type(other):
        yield said(Change.TYPE)
        return
    if statement_of(one) != statement_of(other):
        yield said(Change.STATEMENT)
    yield from compare_choices(one, other, said)
    if isinstance(one, Dilemma) and isinstance(other, Dilemma):
        yield from compare_dilemma(one, other, said)
    if isinstance(one, Draw) and isinstance(other, Draw) and drawn(one) != drawn(other):
        yield said(Change.DRAW, drawn(one), drawn(other))
    if one.points != other.points:
        yield said(Change.POINTS, str(one.points), str(other.points))
    if one.corps != other.corps:
        yield said(Change.AUDIENCE, *added_and_removed(one.corps, other.corps))
    if reasons_of(one) != reasons_of(other):
        yield said(Change.FEEDBACK)


Say = Callable[..., Difference]


def compare_choices(one: AnyItem, other: AnyItem, said: Say) -> Iterator[Difference]:
    """Compare the choices of two states of an item, by their letters."""
    old = {choice.letter: choice for choice in getattr(one, "choices", ())}
    new = {choice.letter: choice for choice in getattr(other, "choices", ())}
    if items.key_differs(one, other):
        yield said(Change.KEY, " ".join(keys_of(old)), " ".join(keys_of(new)))
    if removed := tuple(letter for letter in old if letter not in new):
        yield said(Change.CHOICE_REMOVED, *removed)
    if added := tuple(letter for letter in new if letter not in old):
        yield said(Change.CHOICE_ADDED, *added)
    common = [letter for letter in new if letter in old]
    if changed := tuple(x for x in common if old[x].html != new[x].html):
        yield said(Change.CHOICE_TEXT, *changed)


def compare_dilemma(one: Dilemma, other: Dilemma, said: Say) -> Iterator[Difference]:
    """Compare the branches of a dilemma, then its texts."""
    if branches_of(one) != branches_of(other):
        yield said(Change.BRANCH)
    elif [one.opening, *one.scenes, one.debrief] != [other.opening, *other.scenes, other.debrief]:
        yield said(Change.SCENE_TEXT)


def gone_and_come(
    old: Mapping[str, Step] | Mapping[str, AnyItem],
    new: Mapping[str, Step] | Mapping[str, AnyItem],
    removed: Change,
    added: Change,
) -> Iterator[Difference]:
    """List what one has and the other has not."""
    for name, thing in old.items():
        if name not in new:
            yield Difference(removed, name, thing.title)
    for name, thing in new.items():
        if name not in old:
            yield Difference(added, name, thing.title)


def keys_of(choices: Mapping[str, Any]) -> dict[str, int]:
    """Map the letters that earn points to how much of them."""
    return {letter: one.credit for letter, one in sorted(choices.items()) if one.credit}


def branches_of(dilemma: Dilemma) -> dict[str, tuple[str, ...]]:
    """Map each scene to where its choices lead."""
    scenes = (dilemma.opening, *dilemma.scenes)
    return {scene.id: tuple(choice.to for choice in scene.choices) for scene in scenes}


def statement_of(item: AnyItem) -> tuple[Any, ...]:
    """Gather what an item asks."""
    rows = tuple(row.html for row in (*getattr(item, "rows", ()), *getattr(item, "pairs", ())))
    rest = tuple(getattr(item, name, ()) for name in ("rights", "pieces", "unit"))
    return item.title, item.stem, rows, rest


def reasons_of(item: AnyItem) -> tuple[Any, ...]:
    """Gather what is said about an item around its answers."""
    told = tuple((choice.letter, choice.feedback) for choice in getattr(item, "choices", ()))
    told += tuple(("", row.feedback) for row in getattr(item, "rows", getattr(item, "pairs", ())))
    return item.hints, item.explanation, item.references, item.see, told


def drawn(draw: Draw) -> str:
    """Say how many items of which bank."""
    return f"{draw.bank} × {draw.count}"


def prose_of(step: Step | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Gather the text of a step, without its items; for whom only where the step is for more.

    What the glossary marks in it and where its lines end are no change of the text.
    """
    if step is None:
        return ()
    runs: list[tuple[list[str], tuple[str, ...]]] = []
    after_item = True
    for block in step.blocks:
        if isinstance(block, Prose):
            corps = () if block.corps == step.corps else block.corps
            if after_item or runs[-1][1] != corps:
                runs.append(([], corps))
            # A translation is cut where a part of it is behind: it is one run all the same.
            runs[-1][0].extend(strip_marks(block.html).split())
        after_item = not isinstance(block, Prose)
    return tuple((" ".join(words), corps) for words, corps in runs)


def added_and_removed(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    """List the corps before and after, as two texts."""
    return " ".join(before), " ".join(after)
