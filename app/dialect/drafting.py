"""Read and check one language of a module: its main file and its banks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.dialect.checks.editorial import check_editorial
from app.dialect.checks.examples import check_examples
from app.dialect.checks.labels import check_labels
from app.dialect.checks.letters import check_passed_letters
from app.dialect.checks.links import Targets
from app.dialect.checks.module import ModuleCheck
from app.dialect.checks.naming import check_names
from app.dialect.checks.sections import check_sections
from app.dialect.checks.texts import check_text
from app.dialect.context import Context
from app.dialect.draft import Outline
from app.dialect.frontmatter import read_front
from app.dialect.items.registry import TYPES
from app.dialect.messages import Report
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
    def parts(self) -> list[tuple[Report, Outline]]:
        """List the files of this language, the main one first."""
        return [(self.main, self.outline), *self.banks.values()]

    @property
    def names(self) -> set[str]:
        """List the ids of the steps, sub-headings, items and scenes."""
        items = [item for _, outline in self.parts for item in outline.items()]
        names = {name for _, outline in self.parts for name, _ in outline.ids}
        return names | {scene.id for item in items for scene in item.scenes if scene.id}

    def lost(self, published: Collection[str]) -> set[str]:
        """List the published ids that no item bears, and that none says it replaces."""
        found: set[str] = set()
        for _, outline in self.parts:
            for item in outline.items():
                replaced = item.attributes.value("ancien") or ""
                found |= {item.id, *map(str.strip, replaced.split(","))}
        return set(published) - found


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
    for one, part in draft.parts:
        for item in part.items():
            if item.type in TYPES:
                TYPES[item.type].parse(item, one)
    return draft


def check_draft(
    draft: Draft,
    media: Collection[str],
    context: Context,
    *,
    reference: str = "",
    published: Collection[str] = (),
) -> None:
    """Check one language of a module; ``reference`` is that which a translation follows."""
    if draft.main.unreadable:
        return
    ModuleCheck(draft.front, draft.outline, draft.banks, context).run(draft.main)
    for report, outline in draft.parts:
        check_labels(outline, report)
    check_names(draft.parts, draft.names, draft.lost(published), follows=bool(reference))
    ids = {name for _, outline in draft.parts for name, _ in outline.ids}
    ids |= {name for _, outline in draft.parts for name in outline.anchors}
    languages = (draft.language, reference or draft.language)
    cases: list[str] = []
    for report, outline in draft.parts:
        folder = "" if report is draft.main else "banques"
        targets = Targets(media, ids, outline.scene_lines(), folder, languages)
        cases += check_text(outline, targets, context, report)
    check_sections(draft.outline, draft.front.audience, draft.main)
    if not reference:
        check_passed_letters(draft.parts, published)
    check_examples(cases, [outline for _, outline in draft.parts], draft.main)
    check_editorial(draft.parts, draft.language, draft.main)
