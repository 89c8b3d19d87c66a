"""Read and check one language of a module: its main file and its banks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.dialect.checks.editorial import check_editorial
from app.dialect.checks.links import Targets
from app.dialect.checks.module import ModuleCheck
from app.dialect.checks.texts import check_text
from app.dialect.context import Context
from app.dialect.draft import Outline
from app.dialect.frontmatter import read_front
from app.dialect.items.registry import TYPES
from app.dialect.messages import WHOLE_FILE, Report
from app.dialect.metadata import FrontMatter
from app.dialect.outline import read_outline

LANGUAGES = ("fr", "en")
REFERENCE = "module.md"


@dataclass(slots=True)
class Draft:
    """One language of a module, as far as it could be read."""

    language: str
    main: Report
    front: FrontMatter
    outline: Outline
    banks: dict[str, tuple[Report, Outline]] = field(default_factory=dict)

    @property
    def reports(self) -> list[Report]:
        """List the reports about the files of this language."""
        return [self.main, *(report for report, _ in self.banks.values())]


def language_files(reports: Mapping[str, Report]) -> list[str]:
    """List the files that hold the module in one language, the reference first."""
    translations = [name for name in reports if "/" not in name and name != REFERENCE]
    return [REFERENCE, *sorted(translations)]


def read_draft(name: str, reports: Mapping[str, Report], context: Context) -> Draft:
    """Read one language of a module and its banks."""
    report = reports[name]
    suffix = "" if name == REFERENCE else name.removeprefix("module.").removesuffix(".md")
    lines = report.source.lines
    if report.unreadable:
        return Draft(suffix or "fr", report, FrontMatter(), Outline())
    front = read_front(lines, context.domain, report)
    written = front.text("langue")
    language = suffix or (written if written in LANGUAGES else "fr")
    outline = read_outline(lines[front.end :], report)
    draft = Draft(language, report, front, outline)
    ending = f".{suffix}.md" if suffix else ".md"
    for path, bank_report in reports.items():
        bank = path.removeprefix("banques/").removesuffix(ending)
        if path == f"banques/{bank}{ending}" and "." not in bank:
            bank_lines = () if bank_report.unreadable else bank_report.source.lines
            draft.banks[bank] = (bank_report, read_outline(bank_lines, bank_report, is_bank=True))
    for one, part in [(report, outline), *draft.banks.values()]:
        for item in part.items():
            if item.type in TYPES:
                TYPES[item.type].parse(item, one)
    return draft


def check_draft(
    draft: Draft, media: Collection[str], context: Context, *, reference: str = "fr"
) -> None:
    """Check one language of a module; ``reference`` is that of its first text."""
    if draft.main.unreadable:
        return
    ModuleCheck(draft.front, draft.outline, draft.banks, context).run(draft.main)
    parts = [(draft.main, draft.outline, ""), *((r, o, "banques") for r, o in draft.banks.values())]
    ids = {name for _, outline, _ in parts for name, _ in outline.ids}
    ids |= {name for _, outline, _ in parts for name in outline.anchors}
    exemplary = 0
    for report, outline, folder in parts:
        targets = Targets(media, ids, outline.scene_lines(), folder, (draft.language, reference))
        exemplary += check_text(outline.scanned, targets, context, report)
    if not exemplary:
        draft.main.add("E201", WHOLE_FILE)
    check_editorial([(report, outline) for report, outline, _ in parts], draft.language, draft.main)
