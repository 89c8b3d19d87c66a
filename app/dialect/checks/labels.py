"""Check the labels that name no type of item."""

from __future__ import annotations

from dataclasses import replace

from app.dialect.draft import ItemDraft, Outline
from app.dialect.items.base import Surroundings
from app.dialect.items.registry import LABELS, SPOKEN, TYPES
from app.dialect.labels import all_near
from app.dialect.messages import Edit, Report

FREE = ("reflection",)
"""Types whose body may be any text: it does not tell that the type is meant."""


def check_labels(outline: Outline, report: Report) -> None:
    """Report unknown labels; the nearest is written without asking where the body agrees."""
    for item in outline.items():
        if item.mistaken is None:
            continue
        word, span = item.mistaken.text, item.mistaken.span()
        found = all_near(word, SPOKEN)
        if not found:
            language = int(report.language == "en")
            types = ", ".join(kind.labels[language] for kind in TYPES.values())
            report.add("Q102", span, label=word, types=types)
            continue
        edits: tuple[Edit, ...] = ()
        if len({SPOKEN[label] for label in found}) == 1 and agrees(item, SPOKEN[found[0]], report):
            edits = (Edit(*span, LABELS[found[0]]),)
        report.add("Q102-near", span, edits=edits, label=word, near=found[0])


def agrees(item: ItemDraft, name: str, report: Report) -> bool:
    """Tell whether the body of an item is that of a type."""
    if name in FREE:
        return False
    scratch = Report(report.source, report.language)
    trial = replace(
        item, type=name, stem=(), choices=[], rows=[], hints=[], parts={}, scenes=[],
        mistaken=None,
    )  # fmt: skip
    kind = "evaluation" if name == "draw" else "step"
    banks = {item.attributes.value("banque") or "": None}
    TYPES[name].parse(trial, scratch)
    TYPES[name].check(trial, Surroundings(scratch, kind, banks=banks))
    return not scratch.has_errors
