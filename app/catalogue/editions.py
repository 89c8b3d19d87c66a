"""A published version in one language, with what its pages look up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from app.catalogue.search_index import Index, make_index
from app.dialect.compiled import AnyItem, Block, CompiledModule, Step

REFERENCE_LANGUAGE = "fr"


@dataclass(frozen=True, eq=False)
class Edition:
    """One language of a version: immutable, shared by every request of the process."""

    version_id: int
    module_id: int
    slug: str
    number: int
    kind: str
    sha256: str
    published_at: datetime
    language: str
    """The language of the texts, which is the reference when the one asked for is missing."""
    module: CompiledModule
    languages: tuple[str, ...] = ()
    """Every language that the version has."""

    @property
    def title(self) -> str:
        """Give the title in the language of the texts."""
        return self.module.title

    @cached_property
    def items(self) -> Mapping[str, AnyItem]:
        """Map the items by id: steps, quiz and banks."""
        return {item.id: item for item in self.module.every_item()}

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        """Map the steps to read by id."""
        return {step.id: step for step in self.module.steps}

    @cached_property
    def step_of_item(self) -> Mapping[str, str]:
        """Map each item met in the flow to the step in which it stands."""
        return {item.id: step.id for step in self.module.steps for item in step.items()}

    @cached_property
    def by_corps(self) -> dict[str, tuple[Step, ...]]:
        """Keep the steps of each corps once asked for."""
        return {}

    @cached_property
    def blocks_by_corps(self) -> dict[tuple[str, str], tuple[Block, ...]]:
        """Keep the blocks of each step and corps once asked for."""
        return {}

    @cached_property
    def index(self) -> Index:
        """Index the texts, the first time that someone searches."""
        return make_index(self.module)

    def item(self, item_id: str) -> AnyItem | None:
        """Find an item by id."""
        return self.items.get(item_id)

    def step(self, step_id: str) -> Step | None:
        """Find a step by id."""
        return self.steps.get(step_id)

    def steps_for(self, corps: str) -> tuple[Step, ...]:
        """List the steps that an agent of this corps has to read."""
        found = self.by_corps.get(corps)
        if found is None:
            found = self.by_corps[corps] = self.module.steps_for(corps)
        return found

    def blocks_for(self, step_id: str, corps: str) -> tuple[Block, ...]:
        """List the blocks of a step that an agent of this corps sees; none for no such step."""
        found = self.blocks_by_corps.get((step_id, corps))
        if found is None:
            step = self.steps.get(step_id)
            found = step.shown_to(corps) if step is not None else ()
            self.blocks_by_corps[step_id, corps] = found
        return found
