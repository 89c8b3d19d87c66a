"""Checks of a module as a whole: its title, ids, items and draws."""

from __future__ import annotations

from collections.abc import Mapping

from app.dialect.context import Context
from app.dialect.draft import Audience, ItemDraft, Outline, StepDraft
from app.dialect.frontmatter import FrontMatter
from app.dialect.items.base import Surroundings
from app.dialect.items.registry import TYPES
from app.dialect.labels import YES_NO, nearest
from app.dialect.messages import WHOLE_FILE, Report
from app.dialect.options import check_options
from app.dialect.source import trim

Banks = Mapping[str, tuple[Report, Outline]]


def check_module(
    outline: Outline,
    front: FrontMatter,
    banks: Mapping[str, Outline],
    report: Report,
    context: Context,
) -> None:
    """Check the structure and the items of the main file."""
    if outline.title is None:
        report.add("S101", WHOLE_FILE)
    if not any(step.kind == "evaluation" for step in outline.steps):
        report.add("S201", WHOLE_FILE)
    held = {name: [item.audience for item in bank.items()] for name, bank in banks.items()}
    drawn: dict[str, dict[str, int]] = {}
    for step in outline.steps:
        check_step(step, outline, front, held, drawn, report, context)


def check_banks(outline: Outline, front: FrontMatter, banks: Banks, context: Context) -> None:
    """Check the items of the banks."""
    for report, bank in banks.values():
        for step in bank.steps:
            check_step(step, outline, front, {}, {}, report, context)


def check_step(
    step: StepDraft,
    outline: Outline,
    front: FrontMatter,
    held: dict[str, list[Audience]],
    drawn: dict[str, dict[str, int]],
    report: Report,
    context: Context,
) -> None:
    """Check the items of a step or of a bank."""
    around = Surroundings(
        report,
        step.kind,
        frozenset(one.id for one in outline.steps if one.kind == "step" and one.id),
        held,
        front.audience,
        frozenset(context.competences) if context.competences is not None else None,
        drawn,
    )
    for item in step.items():
        if item.type in TYPES:
            check_item(item, around)


def check_item(item: ItemDraft, around: Surroundings) -> None:
    """Check what all items have, then what the item's type asks."""
    kind = TYPES[item.type]
    report = around.report
    check_options(item.attributes, kind.options, report)
    check_values(item, around)
    if not trim(item.stem) and item.type != "draw":
        report.add("Q113", item.place)
    if around.graded and not kind.gradable:
        report.add("Q116", item.place, label=kind.labels[report.language == "en"])
    if around.graded and kind.scored and "voir" not in item.attributes.options:
        report.add("Q207", item.place)
    kind.check(item, around)


def check_values(item: ItemDraft, around: Surroundings) -> None:
    """Check the values of the options."""
    report = around.report
    for name, option in item.attributes.options.items():
        value = option.value
        if name in ("points", "nombre"):
            good = value.isascii() and value.isdigit() and 1 <= int(value[:4]) <= 100
        elif name == "melange":
            good = value in YES_NO
        elif name == "voir":
            if value not in around.step_ids:
                near = nearest(value, around.step_ids)
                key = "Q108-near" if near else "Q108-step"
                report.add(key, option.span, option=name, value=value, near=near)
            continue
        else:
            good = bool(value) or name == "corps"
        if not good:
            report.add("Q108", option.span, option=name, value=value)


def check_ids(main: Report, outline: Outline, banks: Banks) -> None:
    """Report ids taken twice in the module and its banks; scenes count too."""
    taken: dict[str, tuple[Report, int]] = {}
    for report, part in [(main, outline), *banks.values()]:
        scenes = [
            (scene.id, scene.heading.visible())
            for item in part.items()
            for scene in item.scenes
            if scene.id
        ]
        for name, span in sorted([*part.ids, *scenes], key=lambda pair: pair[1]):
            first = taken.setdefault(name, (report, span.line))
            if first == (report, span.line):
                continue
            if first[0] is report:
                report.add("S105", span, id=name, line=first[1])
            else:
                path = first[0].source.path
                report.add("S105-elsewhere", span, id=name, path=path, line=first[1])
