"""What trainers and reviewers do: by mouse or keyboard alone, with or without scripts."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from app.dialect.starter import TEMPLATE_FR
from tests.e2e import writing_desk
from tests.e2e.keys_only import answer_chooser, go_to, wait_for_file

TITLE = "Les cadeaux d'usage"
SLIPS = (
    ("niveau:", "nivau:"),
    ("### Vrai ou faux : Une affirmation", "### Vrai ou faut : Une affirmation"),
    ("points=2", "pionts=2"),
    ("{avis=exemplaire}", "{avis=exemplair}"),
    ("- [ ] d) Une autre", "- [ ] Une autre"),
)
"""What a hand gets wrong, each with one click to put it right."""
PATIENCE = 60_000
"""Milliseconds given to a page that reads a great deal."""


def write_module() -> str:
    """Give the text of a module with every type of question and a dilemma."""
    return TEMPLATE_FR["module.md"].replace("# Titre du module", f"# {TITLE}")


def make_slips(text: str) -> str:
    """Give the text as it is typed in a hurry."""
    for right, wrong in SLIPS:
        assert text.count(right) == 1, right
        text = text.replace(right, wrong)
    return text


class Hands:
    """Someone at a page who uses the mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, name: str | re.Pattern[str], role: str = "button") -> None:
        """Press a button or follow a link, and wait for the page that comes."""
        thing = self.page.get_by_role(role, name=name, exact=isinstance(name, str)).first  # type: ignore[arg-type]
        with self.page.expect_navigation(timeout=PATIENCE):
            self.activate(thing)

    def activate(self, thing: Locator) -> None:
        """Click."""
        thing.click()

    def type(self, label: str, text: str) -> None:
        """Fill a field."""
        self.page.get_by_label(label).fill(text)

    def write(self, text: str) -> None:
        """Write the whole text of a draft, in the editor or in the plain field."""
        if self.has_editor():
            writing_desk.write(self.page, text)
        else:
            self.page.locator("#texte").fill(text)

    def choose(self, field: Locator, path: str) -> None:
        """Give a field a file."""
        field.set_input_files(path)

    def stand_after(self, ending: str) -> None:
        """Bring the cursor to the end of the first line of the text that ends so."""
        writing_desk.editor(self.page).press("Control+Home")
        self.page.locator(".cm-line", has_text=ending).first.click()
        self.page.keyboard.press("End")

    def has_editor(self) -> bool:
        """Tell whether the editor stands, on a page that has loaded."""
        return self.page.locator(".cm-content").count() == 1

    def read(self) -> str:
        """Read the text of a draft on the page."""
        return self.page.locator("#texte").input_value()


class Keys(Hands):
    """Someone at a page who has a keyboard, and no mouse as `keys_only` takes it away."""

    def write(self, text: str) -> None:
        """Go to the editor, and put a text in the place of what it holds."""
        go_to(writing_desk.editor(self.page))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def choose(self, field: Locator, path: str) -> None:
        """Go to a field, and open what the browser chooses files with."""
        answer_chooser(self.page, path)
        go_to(field)
        self.page.keyboard.press("Space")
        wait_for_file(field)

    def stand_after(self, ending: str) -> None:
        """Go to the editor, and down to the line."""
        lines = self.read().splitlines()
        number = next(rank for rank, line in enumerate(lines, 1) if line.endswith(ending))
        go_to(writing_desk.editor(self.page))
        self.page.keyboard.press("Control+Alt+g")
        self.page.keyboard.type(f"{number}")
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("End")


def open_room(page: Page) -> None:
    """Open the first page of the trainers: a process that shows it first reads every module."""
    page.goto("/formateur/", timeout=PATIENCE)


def begin(hands: Hands, slug: str) -> None:
    """Begin a module."""
    open_room(hands.page)
    hands.press("Brouillons", "link")
    hands.press("Commencer un module", "link")
    hands.type("Nom court", slug)
    hands.press("Commencer")
    expect(hands.page.get_by_role("heading", name="Textes", exact=True)).to_be_visible()


def write_and_mend(hands: Hands) -> None:
    """Write the module with slips, and put each right by one press."""
    page = hands.page
    hands.press("Module", "link")
    hands.write(make_slips(write_module()))
    # With a script the button saves in place; without one it brings the page anew.
    hands.activate(page.get_by_role("button", name="Enregistrer", exact=True))
    for left in range(len(SLIPS), 0, -1):
        mendable = page.locator(".problems__one").get_by_role("button", name="Corriger")
        expect(mendable).to_have_count(left, timeout=PATIENCE)
        if hands.has_editor():
            hands.activate(mendable.first)
        else:
            hands.press(re.compile("Corriger, ligne"))
            expect(page.get_by_text("La correction est faite et enregistrée.")).to_be_visible()
    expect(page.locator(".saved")).to_contain_text("Enregistré à")
    assert hands.read().rstrip() == write_module().rstrip()


def hand_over(hands: Hands, slug: str) -> None:
    """Ask for a review."""
    hands.press(slug, "link")
    hands.press("Demander une relecture")
    expect(hands.page.get_by_text("La relecture est demandée.")).to_be_visible()


def review_and_publish(hands: Hands, slug: str) -> None:
    """Find what is asked on the first page, read it, approve it, publish it."""
    page = hands.page
    open_room(page)
    line = page.locator(".tasks__one", has_text="une relecture est demandée").get_by_role("link")
    with page.expect_navigation(timeout=PATIENCE):
        hands.activate(line.filter(has_text=slug))
    hands.press("Approuver tel quel")
    hands.press("Publier", "link")
    hands.press("Publier")
    expect(page.get_by_text("La version 1 est publiée.")).to_be_visible()
