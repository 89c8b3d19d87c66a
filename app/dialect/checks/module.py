"""Check a module as a whole: its title, steps, ids, items and draws."""

from __future__ import annotations

from collections.abc import Mapping

from app.dialect.checks.items import check_item
from app.dialect.context import Context
from app.dialect.draft import ItemDraft, Outline, StepDraft
from app.dialect.items.base import Surroundings
from app.dialect.items.registry import TYPES
from app.dialect.messages import WHOLE_FILE, Report
from app.dialect.metadata import FrontMatter

Banks = Mapping[str, tuple[Report, Outline]]


class ModuleCheck:
    """Checks one language of a module: its main file and its banks."""

    def __init__(
        self, front: FrontMatter, outline: Outline, banks: Banks, context: Context
    ) -> None:
        self.front = front
        self.outline = outline
        self.banks = banks
        self.context = context
        self.step_ids = frozenset(s.id for s in outline.steps if s.kind == "step" and s.id)
        self.held = {
            name: None if report.unreadable else [item.audience for item in bank.items()]
            for name, (report, bank) in banks.items()
        }
        self.drawn: dict[str, dict[str, int]] = {}

    def run(self, main: Report) -> None:
        """Check everything."""
        if self.outline.title is None:
            main.add("S101", WHOLE_FILE)
        if not any(step.kind == "evaluation" for step in self.outline.steps):
            main.add("S201", WHOLE_FILE)
        parts = [(main, self.outline), *self.banks.values()]
        for report, part in parts:
            for step in part.steps:
                self.check_step(step, report)
            for name, span in part.corps:
                if name not in self.front.audience:
                    report.add("Q209", span, corps=name)
        check_ids(parts)

    def check_step(self, step: StepDraft, report: Report) -> None:
        """Check the items of a step or of a bank."""
        around = Surroundings(
            report,
            step.kind,
            self.step_ids,
            self.held,
            self.front.audience,
            self.context.competences,
            self.drawn,
        )
        for block in step.blocks:
            if isinstance(block, ItemDraft):
                if not block.audience:
                    report.add("Q209-nobody", block.place)
                if block.type in TYPES:
                    check_item(block, around)


def check_ids(parts: list[tuple[Report, Outline]]) -> None:
    """Report ids taken twice in the module and its banks; scenes count too."""
    taken: dict[str, tuple[Report, int]] = {}
    for report, part in parts:
        scenes = [
            (scene.id, scene.heading.visible())
            for item in part.items()
            for scene in item.scenes
            if scene.id
        ]
        for name, span in sorted([*part.ids, *scenes], key=lambda pair: pair[1]):
            first, line = taken.setdefault(name, (report, span.line))
            if (first, line) == (report, span.line):
                continue
            if first is report:
                report.add("S105", span, id=name, line=line)
            else:
                report.add("S105-elsewhere", span, id=name, path=first.source.path, line=line)
