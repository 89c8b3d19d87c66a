"""What stops a publication, and what it changes: rules without a database."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from app.catalogue.differences import Difference, Kind, compare, required_kind
from app.catalogue.editions import reference_of
from app.catalogue.folding import text_of
from app.dialect.compiled import AnyItem, CompiledModule, Draw, Prose, Question, Step, sees
from app.dialect.items import is_scored
from app.dialect.messages import Message
from app.dialect.reading import Reading

BLOCKING_WARNINGS = frozenset({"Q208"})
"""Warnings that publication does not let through: a choice without its own letter."""

LONGEST_SUMMARY = 280
FIRST_PARAGRAPH = re.compile(r"<p>.*?</p>", re.DOTALL)


class PublicationError(Exception):
    """A publication that did not happen; nothing was changed."""


class HasErrors(PublicationError):
    """The check found what an officer would see broken."""

    def __init__(self, messages: tuple[Message, ...]) -> None:
        super().__init__("the module has errors")
        self.messages = messages


class NoGradedQuiz(PublicationError):
    """Someone among the audience would have nothing to be scored on."""

    def __init__(self, corps: str) -> None:
        super().__init__(f"no graded question for {corps}")
        self.corps = corps


class KeyChanged(PublicationError):
    """A published key changed, and the author did not call it an erratum."""

    def __init__(self, differences: tuple[Difference, ...]) -> None:
        super().__init__("a key changed")
        self.differences = differences


class NotAnErratum(PublicationError):
    """The author calls it an erratum, but no key changed."""


class NewerStudioWork(PublicationError):
    """The latest version was written in the trainers' room, and the files may not know it."""

    def __init__(self, number: int, differences: tuple[Difference, ...]) -> None:
        super().__init__(f"version {number} was written in the trainers' room")
        self.number = number
        self.differences = differences


class Retired(PublicationError):
    """The module was retired; it has to be restored first."""


def check_publishable(reading: Reading) -> CompiledModule:
    """Return the module in its reference language, or raise why it cannot be published."""
    blocking = tuple(m for m in reading.messages if m.is_error or m.code in BLOCKING_WARNINGS)
    if blocking or not reading.modules:
        raise HasErrors(blocking)
    reference = reference_of(reading.modules)
    for module in reading.modules.values():
        for corps in module.audience:
            if not has_graded_quiz(module, corps):
                raise NoGradedQuiz(corps)
    return reference


def summary_of(module: CompiledModule) -> str:
    """Give what presents a module: its own summary, else how its first step begins."""
    if module.summary or not module.steps:
        return module.summary
    prose = (one.html for one in module.steps[0].blocks if isinstance(one, Prose) and not one.corps)
    paragraph = FIRST_PARAGRAPH.search(next(prose, ""))
    text = text_of(paragraph.group()) if paragraph else ""
    if len(text) <= LONGEST_SUMMARY:
        return text
    cut = text[:LONGEST_SUMMARY]
    ends = [match.end() for match in re.finditer(r"[.?!…](?=\s)", cut)]
    return cut[: ends[-1]] if ends else cut.rpartition(" ")[0] + " …"


def has_graded_quiz(module: CompiledModule, corps: str) -> bool:
    """Tell whether an agent of this corps has at least one question that is scored."""
    return module.evaluation is not None and any(
        isinstance(item, Draw) or is_scored(item) for item in items_for(module.evaluation, corps)
    )


def items_for(step: Step, corps: str) -> list[AnyItem]:
    """List the items of a step that an agent of this corps meets."""
    return [
        block.item
        for block in step.blocks
        if isinstance(block, Question)
        and sees(block.corps, corps)
        and sees(block.item.corps, corps)
    ]


def changes_between(
    before: Mapping[str, CompiledModule], after: Mapping[str, CompiledModule]
) -> list[Difference]:
    """List what changed in any language that both have."""
    return [
        difference
        for language in after
        if language in before
        for difference in compare(before[language], after[language])
    ]


def settle_kind(
    differences: list[Difference], stated: Kind | None, *, corrected: Collection[str] = ()
) -> Kind:
    """Give the kind of a publication: what its author states, or more where changes force it.

    A changed key has to be called an erratum by someone, for the whole publication or in the
    source of the items ``corrected``: it is never settled in silence.
    """
    required = required_kind(differences)
    if required is Kind.ERRATUM and stated is not Kind.ERRATUM:
        silent = tuple(d for d in differences if d.change == "key" and d.id not in corrected)
        if silent:
            raise KeyChanged(silent)
    if stated is Kind.ERRATUM and required is not Kind.ERRATUM:
        raise NotAnErratum
    if stated is None or required is not Kind.EDITORIAL:
        return required
    return stated
