"""Take the mouse away: what clicks, ticks, fills and chooses goes through the keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

MOST_TABS = 150
IS_FOCUSED = "one => one === document.activeElement"
SHARES_FOCUS = """one => one === document.activeElement
  || one.type === "radio" && document.activeElement.name === one.name"""
"""The Tab key knows one stop for all the radio buttons of a question."""


def go_to(thing: Locator, told: str = IS_FOCUSED) -> None:
    """Press Tab until the thing has the focus."""
    expect(thing).to_be_visible()
    for _ in range(MOST_TABS):
        if thing.evaluate(told):
            return
        thing.page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {thing}")


def press(thing: Locator) -> None:
    """Go to a button or a link, and press Enter."""
    go_to(thing)
    thing.page.keyboard.press("Enter")


def tick(box: Locator) -> None:
    """Tick a box with Space, or go through the radio buttons with the arrows."""
    if box.is_checked():
        return
    go_to(box, SHARES_FOCUS)
    for _ in range(MOST_TABS):
        if box.evaluate(IS_FOCUSED):
            break
        box.page.keyboard.press("ArrowDown")
    if not box.is_checked():
        box.page.keyboard.press("Space")
    expect(box).to_be_checked()


def untick(box: Locator) -> None:
    """Take a tick away with Space."""
    if box.is_checked():
        go_to(box)
        box.page.keyboard.press("Space")


def write(field: Locator, text: str) -> None:
    """Write in a field over what it holds."""
    go_to(field)
    field.page.keyboard.press("Control+a")
    field.page.keyboard.type(text)


def choose(field: Locator, value: str | None = None, **wanted: Any) -> None:
    """Go down a list with the arrow; it must hold the choice."""
    values = field.locator("option").evaluate_all("all => all.map(one => one.value)")
    place = wanted["index"] if value is None else values.index(value)
    go_to(field)
    for _ in values:
        if field.evaluate("one => one.selectedIndex") == place:
            return
        now = field.evaluate("one => one.selectedIndex")
        field.page.keyboard.press("ArrowDown" if now < place else "ArrowUp")
    expect(field).to_have_value(values[place])


def take_the_mouse_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every act on a page done by keys until the end of the test."""
    for act, by_keys in {
        "click": press, "check": tick, "uncheck": untick, "fill": write, "select_option": choose,
    }.items():  # fmt: skip
        monkeypatch.setattr(Locator, act, by_keys)


def answer_chooser(page: Page, path: str) -> None:
    """Choose a file where the browser asks for one; said before it does, so that none is lost."""
    page.once("filechooser", lambda chooser: chooser.set_files(path))


def wait_for_file(field: Locator) -> None:
    """Wait until a field holds the file that was chosen."""
    expect(field).not_to_have_value("")
