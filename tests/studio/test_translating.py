"""A translation is read, written and declared up to date beside its source, block by block."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.access import Role
from app.people.models import Agent
from app.studio.services.drafts import withdraw
from tests.catalogue.texts import BANK, ENGLISH, MODULE
from tests.factories import Factories
from tests.pages import words
from tests.signing_in import sign_in
from tests.studio.drafting import Desk

PATH = "module.en.md"
TEXTS = {
    "module.md": MODULE, "module.en.md": ENGLISH,
    "banques/cas.md": BANK, "banques/cas.en.md": BANK,
}  # fmt: skip


@pytest.fixture
def desk(session: Session, trainer: Agent) -> Desk:
    return Desk(session, trainer.id, TEXTS)


class Beside:
    """The page of a translation, and what its buttons send."""

    def __init__(self, client: FlaskClient, desk: Desk) -> None:
        self.client, self.desk = client, desk
        self.address = desk.address(f"/traduction/{PATH}")

    def read(self, block: str = "") -> str:
        """Read the page, or one of its blocks by the title of the source."""
        page = self.client.get(self.address).text
        if not block:
            return page
        found = [one for one in page.split("<section ")[1:] if f">{block}</span>" in one]
        assert len(found) == 1, block
        return found[0].split("</section>")[0]

    def state(self, block: str) -> str:
        """Read where a block stands."""
        found = re.search(
            r'class="tag[^"]*">(?:<svg.*?</svg>)?([^<]*)<', self.read(block), re.DOTALL
        )
        assert found
        return found[1]

    def send(self, block: str, action: str, **more: Any) -> Any:
        """Press a button of a block."""
        fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', self.read(block)))
        return self.client.post(self.address, data=fields | {"action": action} | more)

    def text(self) -> str:
        """Read the translation as it is kept."""
        return self.desk.row(PATH).text or ""


@pytest.fixture
def beside(client: FlaskClient, desk: Desk) -> Beside:
    return Beside(client, desk)


def change_french(desk: Desk, old: str, new: str) -> None:
    """Change the source as another trainer would."""
    row = desk.row()
    assert row.text is not None
    assert row.text.count(old) == 1
    desk.save(row.text.replace(old, new), row.number)


def settle(beside: Beside) -> None:
    """Say that all follows the source of today."""
    for block in ("Le café offert", "Un geste banal"):
        beside.send(block, "a-jour")
    beside.client.post(beside.address, data={
        "action": "reperes", "base": beside.desk.row(PATH).number,
        "csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', beside.read())[1],  # type: ignore[index]
    })  # fmt: skip
    for block in ("Pour la gendarmerie", "Le gérant"):
        beside.send(block, "a-jour")


def test_a_block_is_up_to_date_until_its_source_changes(beside: Beside) -> None:
    assert beside.state("Un geste banal") == "sans repère"
    settle(beside)
    assert beside.state("Un geste banal") == beside.state("Le gérant") == "à jour"
    change_french(beside.desk, "Au quartier, la brigade", "Au quartier, toute la brigade")
    assert beside.state("Pour la gendarmerie") == "à mettre à jour"
    assert beside.state("Un geste banal") == beside.state("Le gérant") == "à jour"
    page = beside.read("Pour la gendarmerie")
    assert "Ce qui a changé en français" in page
    assert "<ins>" in page
    assert "toute la brigade" in page
    beside.send("Pour la gendarmerie", "a-jour")
    assert beside.state("Pour la gendarmerie") == "à jour"


def test_only_marks_are_written_by_saying_so(beside: Beside) -> None:
    settle(beside)
    marked = beside.text()
    assert re.sub(r" ?\{?source=[0-9a-f]{8}\}?", "", marked).replace("}", "") == ENGLISH.replace(
        "}", ""
    )
    assert "{#geste source=" in marked


def test_a_block_is_written_in_place(beside: Beside) -> None:
    page = beside.client.get(f"{beside.address}?bloc=4").text
    typed = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert typed is not None
    assert typed[1].startswith("### Choix unique : Le gérant {#gerant}")
    written = "### Single choice: The owner {#gerant}\nHe refuses.\n- [ ] a) Accept\n- [x] b) Pay"
    beside.send("Le gérant", "ecrire", texte=written)
    text = beside.text()
    assert written in text
    assert "### Réflexion : Et vous" in text
    assert beside.state("Le gérant") == "sans repère"
    assert "T102" in beside.read("Le gérant")
    beside.send("Le gérant", "ecrire-a-jour", texte=written + "\n- [ ] c) Leave")
    assert beside.state("Le gérant") == "à jour"
    assert "T102" not in beside.read("Le gérant")


def test_a_block_written_without_saying_so_stays_behind(beside: Beside) -> None:
    settle(beside)
    change_french(beside.desk, "Il refuse que vous payiez", "Il refuse encore que vous payiez")
    beside.send("Le gérant", "ecrire", texte="### Choix unique : The owner {#gerant}\nHe refuses.")
    assert beside.state("Le gérant") == "à mettre à jour"


def test_a_missing_block_is_copied_where_it_belongs(beside: Beside) -> None:
    desk, row = beside.desk, beside.desk.row(PATH)
    start, end = ENGLISH.index("### Réflexion"), ENGLISH.index("### Dilemme")
    desk.save(ENGLISH[:start] + ENGLISH[end:], row.number, PATH)
    assert beside.state("Et vous") == "absent de la traduction"
    assert "T101" in beside.read()
    beside.send("Et vous", "copier")
    text = beside.text()
    assert text.index("#gerant") < text.index("{#et-vous source=a-traduire}") < text.index("#video")
    assert beside.state("Et vous") == "à traduire"
    assert "T101" not in beside.read()


def test_what_is_not_in_the_source_is_said(beside: Beside) -> None:
    row = beside.desk.row(PATH)
    extra = ENGLISH.replace("## Réservé", "## More {#more}\n\nMore text.\n\n## Réservé")
    beside.desk.save(extra, row.number, PATH)
    assert beside.state("More") == "absent du français"
    assert "C’est à jour" not in beside.read("More")


def test_what_somebody_saved_meanwhile_is_not_lost(beside: Beside) -> None:
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', beside.read("Le gérant")))
    row = beside.desk.row(PATH)
    other = ENGLISH.replace("An ordinary gesture", "A common gesture")
    beside.desk.save(other, row.number, PATH)
    typed = "### Choix unique : The owner {#gerant}\nMine."
    sent = beside.client.post(
        beside.address, data=fields | {"action": "ecrire-a-jour", "texte": typed}
    )
    assert "/conflits/" in sent.location
    assert beside.text() == other
    page = words(beside.client.get(sent.location))
    assert "Mine." in page


def test_a_source_that_changed_since_it_was_read_leaves_the_block_behind(beside: Beside) -> None:
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', beside.read("Le gérant")))
    change_french(beside.desk, "Il refuse que vous payiez", "Il refuse encore que vous payiez")
    beside.client.post(beside.address, data=fields | {"action": "a-jour"})
    assert beside.state("Le gérant") == "à mettre à jour"


def test_a_closed_draft_keeps_what_was_typed_on_the_page(beside: Beside, session: Session) -> None:
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', beside.read("Le gérant")))
    withdraw(session, beside.desk.id, agent_id=beside.desk.agent_id, now=beside.desk.clock)
    session.commit()
    typed = {"action": "ecrire", "texte": "### Mine {#gerant}"}
    refused = beside.client.post(beside.address, data=fields | typed)
    assert refused.status_code == 409
    assert "n’est plus ouvert" in words(refused)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"action": "effacer"}, 400),
        ({"action": "ecrire", "texte": ["un", "deux"]}, 400),
        ({"action": "a-jour", "source": "zzz"}, 400),
        ({"base": "99999"}, 400),
        ({"ligne": "999", "action": "a-jour"}, 303),
        ({"action": "copier", "source": "00000000"}, 303),
    ],
)
def test_what_the_page_does_not_offer_changes_nothing(
    beside: Beside, fields: dict[str, Any], status: int
) -> None:
    sent = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', beside.read("Le gérant")))
    assert beside.client.post(beside.address, data=sent | fields).status_code == status
    assert beside.text() == ENGLISH


@pytest.mark.parametrize("path", ["module.md", "banques/cas.md", "banques/rien.en.md"])
def test_only_a_translation_has_such_a_page(client: FlaskClient, desk: Desk, path: str) -> None:
    assert client.get(desk.address(f"/traduction/{path}")).status_code == 404


def test_a_reviewer_reads_without_writing(
    app: Flask, desk: Desk, session: Session, factories: Factories
) -> None:
    reviewer = factories.agent(Role.REVIEWER)
    session.commit()
    beside = Beside(sign_in(app, reviewer), desk)
    assert "C’est à jour" not in beside.read("Le gérant")
    sent = {"csrf_token": "x", "action": "a-jour"}
    assert beside.client.post(beside.address, data=sent).status_code in {400, 404}


def test_questions_of_a_bank_are_translated_too(client: FlaskClient, desk: Desk) -> None:
    page = words(client.get(desk.address("/traduction/banques/cas.en.md")))
    assert "Le premier cas" in page
    assert "à traduire" in page
