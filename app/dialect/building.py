"""Make a compiled module of drafts without errors."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from app.dialect.checks.behind import Behind
from app.dialect.compiled import AnyItem, Block, CompiledModule, Prose, Question, Step
from app.dialect.draft import ItemDraft, Outline, ProseDraft, StepDraft
from app.dialect.glossary.marking import marker
from app.dialect.glossary.sections import Spoken
from app.dialect.items.base import Rendering, in_order
from app.dialect.items.registry import TYPES
from app.dialect.media.holdings import Holdings
from app.dialect.metadata import FrontMatter
from app.dialect.rendering.blocks import TooSlowError
from app.dialect.rendering.lines import mark_lines
from app.dialect.rendering.prose import Renderer
from app.dialect.source import Passage, join
from app.dialect.splitting import split

NOTHING = Behind()


class Builder:
    """Renders the drafts of one module in one language."""

    def __init__(
        self,
        language: str,
        holdings: Holdings,
        seconds: float,
        terms: tuple[Spoken, ...] = (),
        behind: Behind = NOTHING,
        *,
        one_page: bool = False,
    ) -> None:
        self.language = language
        self.terms = marker(terms) if terms else None
        self.holdings = holdings
        self.seconds = seconds
        self.behind = behind
        self.deadline = 0.0
        self.step_ids: list[str] = []
        self.whole = Renderer(language, holdings) if one_page else None
        """Renders all the texts where they come on one page, with their lines."""

    def renderer(self, step_ids: Iterable[str] = ()) -> Renderer:
        """Give a renderer for one page; links to other steps go from page to page."""
        if self.whole is not None:
            return self.whole
        links = {f"#{step_id}": step_id for step_id in step_ids}
        return Renderer(self.language, self.holdings, links)

    def keep_time(self) -> None:
        """Stop when the rendering takes too long."""
        if time.thread_time() > self.deadline:
            raise TooSlowError

    def build(
        self,
        slug: str,
        front: FrontMatter,
        outline: Outline,
        banks: Mapping[str, Outline],
    ) -> CompiledModule:
        """Make the compiled module; raise `TooSlowError` past the time allowed."""
        self.deadline = time.thread_time() + self.seconds
        self.step_ids = [step.id for step in outline.steps if step.kind == "step"]
        if self.whole is not None:
            self.whole.used_ids.update((step.id, 1) for step in outline.steps)
        sheets = {step.kind: self.step(step) for step in outline.steps if step.kind != "step"}
        renderer = self.renderer()
        return CompiledModule(
            slug=slug,
            language=self.language,
            title=renderer.plain(outline.title.text) if outline.title else "",
            minutes=int(front.text("duree")),
            audience=front.audience,
            skills=front.texts("competences"),
            level=front.text("niveau"),
            pass_mark=int(front.text("seuil")) if front.text("seuil") else None,
            prerequisites=front.texts("prerequis"),
            authors=front.text("auteurs"),
            validated_by=front.text("valide_par"),
            reviewed_on=front.text("revu_le"),
            review_on=front.text("a_revoir_le"),
            source_status=front.text("statut_source"),
            summary=renderer.words(join(outline.preface.lines)),
            steps=tuple(self.step(step) for step in outline.steps if step.kind == "step"),
            evaluation=sheets.get("evaluation"),
            reflex=sheets.get("reflexe"),
            facilitation=sheets.get("animation"),
            is_marked=self.behind.is_marked,
            is_title_behind=bool(outline.title and outline.title.number in self.behind.lines),
            banks={name: self.bank(bank) for name, bank in sorted(banks.items())},
        )

    def step(self, step: StepDraft) -> Step:
        """Make a step, or one of the sheets."""
        renderer = self.renderer(one for one in self.step_ids if one != step.id)
        renderer.terms = self.terms if step.kind == "step" else None
        return Step(
            id=step.id,
            title=renderer.plain(step.title.text),
            corps=in_order(step.audience),
            blocks=tuple(self.blocks(step, renderer)),
            line=step.heading.number if self.whole else 0,
        )

    def blocks(self, step: StepDraft, renderer: Renderer) -> Iterator[Block]:
        """Render what a step holds, but what nobody would see."""
        heading = step.heading.number
        for block in step.blocks:
            self.keep_time()
            corps = in_order(block.audience)
            if isinstance(block, ProseDraft):
                pieces = split(block, heading, self.behind.lines)
                heading = max(block.subheadings, default=heading)
                for piece in pieces if block.audience else ():
                    html = renderer.page(join(piece.lines))
                    if html and self.whole:
                        html = mark_lines(html, block, renderer)
                    if html:
                        yield Prose(html=html, corps=corps, is_behind=piece.is_behind)
            elif block.audience:
                yield Question(item=self.item(block, renderer), corps=corps)

    def item(self, draft: ItemDraft, renderer: Renderer) -> AnyItem:
        """Make an item."""
        self.keep_time()

        def block(passage: Passage) -> str:
            return renderer.block(join(passage))

        def inline(passage: Passage) -> str:
            return renderer.inline(join(passage))

        def plain(passage: Passage) -> str:
            return renderer.plain(join(passage))

        item = TYPES[draft.type].build(draft, Rendering(block, inline, plain))
        if item.id in self.behind.items:
            item = msgspec.structs.replace(item, is_behind=True)
        line = draft.heading.number
        return msgspec.structs.replace(item, line=line) if self.whole else item

    def bank(self, bank: Outline) -> tuple[AnyItem, ...]:
        """Make the items of a bank, but those that nobody would see."""
        renderer = self.renderer()
        return tuple(self.item(draft, renderer) for draft in bank.items() if draft.audience)
