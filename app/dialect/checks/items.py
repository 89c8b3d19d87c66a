"""Check what all items have: options, stem, place."""

from __future__ import annotations

import re

from app.dialect.attributes import Option, is_id
from app.dialect.draft import ItemDraft
from app.dialect.items.base import Surroundings
from app.dialect.items.registry import TYPES
from app.dialect.labels import PART_LABELS, YES_NO, nearest
from app.dialect.options import check_options
from app.dialect.source import trim

WHOLE = re.compile(r"[1-9][0-9]{0,2}")


def check_item(item: ItemDraft, around: Surroundings) -> None:
    """Check what all items have, then what the item's type asks."""
    kind = TYPES[item.type]
    report = around.report
    check_options(item.attributes, (*kind.options, "source"), report)
    for name, option in item.attributes.options.items():
        check_option(name, option, around)
    if not trim(item.stem) and kind.needs_stem:
        report.add("Q113", item.place)
    if around.graded and not kind.gradable:
        report.add("Q116", item.place, label=kind.labels[report.language == "en"])
    if around.graded and kind.scored and "voir" not in item.attributes.options:
        report.add("Q207", item.place)
    check_skills(item, around)
    kind.check(item, around)


def check_option(name: str, option: Option, around: Surroundings) -> None:
    """Check the value of an option."""
    value = option.value
    if name == "voir":
        if value not in around.step_ids:
            near = nearest(value, around.step_ids)
            key = "Q108-near" if near else "Q108-step"
            around.report.add(key, option.span, option=name, value=value, near=near)
        return
    good = True
    if name in ("points", "nombre"):
        good = WHOLE.fullmatch(value) is not None and int(value) <= 100
    elif name == "melange":
        good = value in YES_NO
    elif name == "banque":
        good = is_id(value)
    elif name == "ancien":
        good = all(is_id(one.strip()) for one in value.split(","))
    elif name == "erratum":
        good = bool(value.strip())
    if not good:
        around.report.add("Q108", option.span, option=name, value=value)


def check_skills(item: ItemDraft, around: Surroundings) -> None:
    """Report the skills that the list does not know."""
    if around.competences is None:
        return
    item_label = PART_LABELS["skills"][around.report.language == "en"]
    for line in item.parts.get("skills", ()):
        for word in re.finditer(r"[^\s,;.]+", line.text):
            if word.group() not in around.competences:
                near = nearest(word.group(), around.competences)
                code = "M104-near" if near else "M104"
                span = line.span(*word.span())
                example = f"{item_label} : discernement, probite"
                around.report.add(
                    code, span, key=item_label, value=word.group(), near=near, example=example
                )
