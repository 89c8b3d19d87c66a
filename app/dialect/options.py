"""Report the options, classes and stray words that braces should not hold."""

from __future__ import annotations

from collections.abc import Collection

from app.dialect.attributes import Attributes, Option
from app.dialect.labels import nearest, only_near
from app.dialect.messages import Edit, Report


def check_options(
    attributes: Attributes, known: Collection[str], report: Report, *, classes: Collection[str] = ()
) -> None:
    """Report the options, classes and stray words that a heading does not take."""
    unknown = {name: only_near(name, known) for name in attributes.options if name not in known}
    for name, near in unknown.items():
        option = attributes.options[name]
        alone = list(unknown.values()).count(near) == 1 and near not in attributes.options
        edits = (write_name(option, name, near),) if near and alone else ()
        complain(name, option, known, report, edits)
    for one in attributes.classes:
        if one.value not in classes:
            complain(f".{one.value}", one, [f".{name}" for name in classes], report)
    for stray in attributes.strays:
        name = stray.value.partition("=")[0]
        if name in attributes.options and "=" in stray.value:
            report.add("Q107-twice", stray.span, option=name)
        else:
            complain(stray.value, stray, [f".{name}" for name in classes], report)


def write_name(option: Option, old: str, new: str) -> Edit:
    """Give the edit that changes the name of an option."""
    line, column, _, _ = option.span
    return Edit(line, column, line, column + len(old), new)


def complain(
    name: str,
    option: Option,
    known: Collection[str],
    report: Report,
    edits: tuple[Edit, ...] = (),
) -> None:
    """Report an unknown option, with the nearest known one."""
    near = nearest(name, known)
    report.add("Q107-near" if near else "Q107", option.span, edits=edits, option=name, near=near)
