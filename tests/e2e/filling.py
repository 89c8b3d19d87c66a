"""Answer a question of any type on the screen, and read what stands there."""

from __future__ import annotations

import time
from collections.abc import Sequence
from random import Random

from playwright.sync_api import Locator, Page

from app.demo.answering import answer
from app.dialect import items
from app.dialect.compiled import AnyItem, Ordering
from app.dialect.items import Order

PATIENCE = 15.0
PLAUSIBLE = "12"
"""A text that a number and a word may both be."""


def answer_question(page: Page, item: AnyItem, value: object, order: Order) -> None:
    """Give an answer to the question of the page, as its fields want it."""
    form, raw = page.locator("form[data-answer]"), items.raw_of(item, value, order)
    names = items.fields(item)
    if not names:
        tick(form, raw)
    elif isinstance(item, Ordering):
        put_in_order(form, dict(zip(names, raw, strict=True)))
    else:
        for name, text in zip(names, raw, strict=True):
            fill(form.locator(f"[name='{name}']"), text)


def tick(form: Locator, letters: Sequence[str]) -> None:
    """Tick these choices, and no other."""
    for box in form.locator("input[name=choix]").all():
        if box.get_attribute("value") in letters:
            box.check()
        elif box.get_attribute("type") == "checkbox":
            box.uncheck()


def fill(field: Locator, text: str) -> None:
    """Choose in a list, or type."""
    if field.evaluate("one => one.matches('select')"):
        field.select_option(text)
    else:
        field.fill(text)


def put_in_order(form: Locator, places: dict[str, str]) -> None:
    """Move each row up to its place, by its button where a script gave it one."""
    for name, place in sorted(places.items(), key=lambda one: int(one[1])):
        field = form.locator(f"select[name='{name}']")
        row = form.locator("[data-row]", has=form.page.locator(f"select[name='{name}']"))
        up = row.get_by_role("button", name="Monter")
        if not up.count():
            field.select_option(place)
            continue
        while field.input_value() != place:
            up.click()


def read_given(page: Page, item: AnyItem, order: Order) -> object:
    """Read the answer that stands on the page; None where it is not one."""
    form, names = page.locator("form[data-answer]"), items.fields(item)
    if names:
        raw = [form.locator(f"[name='{name}']").input_value() for name in names]
    else:
        ticked = form.locator("input[name=choix]:checked").all()
        raw = [str(box.get_attribute("value")) for box in ticked]
    try:
        return items.read_value(item, raw, order)
    except items.Unreadable:
        return None


def wait_given(page: Page, item: AnyItem, value: object, order: Order) -> None:
    """Wait until this answer stands on the page."""
    until = time.monotonic() + PATIENCE
    while read_given(page, item, order) != value:
        assert time.monotonic() < until, (read_given(page, item, order), value)
        page.wait_for_timeout(50)


def two_answers(page: Page, item: AnyItem, order: Order) -> tuple[object, object]:
    """Give two answers, neither of which the page shows as it comes; the right one if it may be."""
    given = [read_given(page, item, order)]
    wrong = (answer(Random(seed), item, 0) for seed in range(50))
    for value in (items.right_value(item), *wrong):
        if value not in given:
            given.append(value)
    return given[1], given[2]


def try_exercise(exercise: Locator) -> None:
    """Answer a question in the flow in the first way that comes, and send it."""
    boxes = exercise.locator("input[name=choix]")
    if boxes.count():
        boxes.first.check()
    for field in exercise.locator("select, input[type=text]").all():
        if field.evaluate("one => one.matches('input')"):
            field.fill(PLAUSIBLE)
        elif field.input_value() == "":
            field.select_option(index=1)
    exercise.get_by_role("button", name="Valider ma réponse").click()
