"""Report the options, classes and stray words that braces should not hold."""

from __future__ import annotations

from collections.abc import Collection

from app.dialect.attributes import Attributes, Option
from app.dialect.labels import nearest
from app.dialect.messages import Report


def check_options(
    attributes: Attributes, known: Collection[str], report: Report, *, classes: Collection[str] = ()
) -> None:
    """Report the options, classes and stray words that a heading does not take."""
    for name, option in attributes.options.items():
        if name not in known:
            complain(name, option, known, report)
    for one in attributes.classes:
        if one.value not in classes:
            complain(f".{one.value}", one, [f".{name}" for name in classes], report)
    for stray in attributes.strays:
        name = stray.value.partition("=")[0]
        if name in attributes.options and "=" in stray.value:
            report.add("Q107-twice", stray.span, option=name)
        else:
            complain(stray.value, stray, [f".{name}" for name in classes], report)


def complain(name: str, option: Option, known: Collection[str], report: Report) -> None:
    """Report an unknown option, with the nearest known one."""
    near = nearest(name, known)
    report.add("Q107-near" if near else "Q107", option.span, option=name, near=near)
