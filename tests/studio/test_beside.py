"""The page beside a text: as agents see it, as typed, answered for nobody; and its refusals."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html  # type: ignore[import-untyped]
from sqlalchemy.orm import Session

from app.access import Role
from app.people.models import Agent
from app.studio import previewing
from app.studio.previewing import PREVIEWER
from tests.catalogue.texts import ENGLISH, MODULE
from tests.factories import Factories
from tests.signing_in import sign_in
from tests.studio.conftest import Count
from tests.studio.drafting import TEXTS, Desk, post

ORDERING = """### Classement : Dans l'ordre {#ordre}
Rangez.
1. Premier-canari
2. Second-canari
3. Dernier-canari

"""
MATCHING = """### Association : À relier {#relier}
Reliez.
- Main gauche -> Main droite
- Pied gauche -> Pied droit
- -> Leurre-canari

"""
NUMBER = """### Nombre : Combien {#combien}
Combien ?

**Réponse :** 48 ± 2 h

"""
CLOZE = """### Texte à trous : Le mot {#trou}
Le mot est [[juste|exact]] et [[bon ~ leurre-canari]].

"""
SHORT = """### Réponse courte : Dites {#dites}
Dites.
- [x] a) Accepté-canari
- [50%] b) Presque-canari
  > Retour-canari

"""
POLL = """### Sondage : Votre avis {#avis}
Quel avis ?
- [ ] a) L'un
- [ ] b) L'autre

"""


@pytest.fixture
def desk(session: Session, trainer: Agent) -> Desk:
    return Desk(session, trainer.id)


def ask(client: FlaskClient, desk: Desk, text: str = MODULE, **more: Any) -> Any:
    """Ask for the page beside a text, as the script does."""
    return post(client, desk.address("/a-cote"), **{"path": "module.md", "text": text} | more)


def with_items(*items: str) -> str:
    return MODULE.replace("### Réflexion : Et vous", "".join(items) + "### Réflexion : Et vous")


def test_the_text_is_shown_as_typed_on_one_page(
    client: FlaskClient, desk: Desk, count_rows: Count
) -> None:
    before = count_rows()
    reply = ask(client, desk, MODULE.replace("dette invisible", "dette cachée"))
    assert reply.status_code == 200
    assert "frame-ancestors 'self'" in reply.headers["Content-Security-Policy"]
    page = html.fromstring(reply.text)
    assert page.xpath("//section[@data-line]/@id") == [
        "geste",
        "evaluation",
        "reflexe",
        "animation",
    ]
    assert "dette cachée" in reply.text
    assert page.xpath("//section/header/p/text()")[0] == "Étape 1 sur 1"
    assert desk.row().text == MODULE
    assert count_rows() == before


def test_blocks_carry_the_lines_that_they_come_from(client: FlaskClient, desk: Desk) -> None:
    page = html.fromstring(ask(client, desk, corps="gn").text)
    lines = MODULE.split("\n")

    def line_of(xpath: str) -> str:
        (number,) = page.xpath(f"{xpath}/@data-line")
        return lines[int(number) - 1]

    assert line_of("//section[@id='geste']") == "## Un geste banal {#geste}"
    assert line_of("//div[.//*[@id='exercice-gerant']][@data-block]").startswith("### Choix unique")
    assert line_of("//h2[@id='pour-la-gendarmerie']") == "### Pour la gendarmerie {corps=gn}"
    # A drawn item stands in another text.
    assert page.xpath("//div[.//*[@id='exercice-premier']][@data-block][not(@data-line)]")


def test_each_corps_sees_its_own_part(client: FlaskClient, desk: Desk) -> None:
    police, gendarmerie = (ask(client, desk, corps=corps).text for corps in ("pn", "gn"))
    assert "Au quartier, la brigade" in gendarmerie
    assert "Au quartier, la brigade" not in police
    assert "Réservé à la gendarmerie" in gendarmerie
    assert 'data-audience="pn gn"' in police
    assert 'data-corps="pn"' in ask(client, desk, corps="sp").text


def test_an_exercise_is_answered_and_nothing_is_recorded(
    client: FlaskClient, desk: Desk, count_rows: Count
) -> None:
    text = MODULE.replace("CANARI-RETOUR-C", "Tapé à l’instant.")
    assert "Tapé à l’instant." not in ask(client, desk, text).text
    before = count_rows()
    told = ask(client, desk, text, question="gerant", champs=[["choix", "c"]])
    assert "Tapé à l’instant." in told.text
    assert "exercice-et-vous" not in told.text
    assert "CANARI-RETOUR-A" not in told.text
    empty = ask(client, desk, text, question="gerant", champs=[])
    assert "Choisissez une réponse." in empty.text
    again = ask(client, desk, text, question="gerant")
    assert "Tapé à l’instant." not in again.text
    assert "Valider ma réponse" in again.text
    assert count_rows() == before


def test_a_dilemma_is_walked_by_its_trail(client: FlaskClient, desk: Desk) -> None:
    first = ask(client, desk, question="video", champs=[["scene", ""], ["choix", "1"]])
    assert "Il écoute, puis hésite." in first.text
    assert re.search(r"chemin=1\b", first.text)
    last = ask(
        client, desk, question="video", chemin="1", champs=[["scene", "parler"], ["choix", "1"]]
    )
    assert "CANARI-SUITE" in last.text
    assert "CANARI-TAIRE" not in last.text


def test_a_drawn_item_is_answered(client: FlaskClient, desk: Desk) -> None:
    told = ask(client, desk, question="premier", champs=[["choix", "a"]])
    assert "On remercie." in told.text


@pytest.mark.parametrize(
    ("item", "item_id", "expected"),
    [
        (ORDERING, "ordre", "Premier-canari Second-canari Dernier-canari"),
        (MATCHING, "relier", "Main gauche → Main droite Pied gauche → Pied droit Leurre-canari"),
        (NUMBER, "combien", "48 ± 2"),
        (CLOZE, "trou", "juste attendu 1. exact attendu 2. bon attendu 2. leurre-canari"),
        (SHORT, "dites", "Accepté-canari attendu b) Presque-canari 50 % des points Retour-canari"),
        (POLL, "avis", "L’un b) L’autre"),
        ("", "gerant", "CANARI-RETOUR-A b) Vous payez attendu CANARI-RETOUR-B"),
        ("", "et-vous", "Rien n’est attendu"),
        ("", "video", "CANARI-SUITE Éclairage CANARI-TAIRE"),
    ],
)
def test_a_reviewer_sees_every_key_at_once(
    client: FlaskClient, desk: Desk, item: str, item_id: str, expected: str
) -> None:
    text = with_items(item)
    assert f"corrige-{item_id}" not in ask(client, desk, text).text
    page = html.fromstring(ask(client, desk, text, vue="relecture").text)
    (key,) = page.xpath(f"//*[@aria-labelledby='corrige-{item_id}']")
    words = re.sub(r"[\s\u202f\u00a0]+", " ", key.text_content())
    for word in expected.split():
        assert word in words, words
    position = [words.find(word) for word in expected.split() if "canari" in word.lower()]
    assert position == sorted(position)


def test_a_bank_is_shown_alone(client: FlaskClient, desk: Desk) -> None:
    path = "banques/cas.md"
    reply = post(client, desk.address("/a-cote"), path=path, text=TEXTS[path])
    page = html.fromstring(reply.text)
    assert page.xpath("//section[@class='frame__page']/@id") == ["banque-cas"]
    lines = page.xpath("//div[@data-block]/@data-line")
    assert [TEXTS[path].split("\n")[int(line) - 1][:16] for line in lines] == [
        "### Choix unique"
    ] * 2
    assert "exercice-gerant" not in reply.text


def test_a_translation_is_shown_in_its_language(
    session: Session, trainer: Agent, app: Flask
) -> None:
    english = {"module.en.md": ENGLISH, "banques/cas.en.md": TEXTS["banques/cas.md"]}
    desk = Desk(session, trainer.id, TEXTS | english)
    client = sign_in(app, trainer)
    text = ENGLISH.replace("An ordinary gesture", "A gesture as typed")
    shown = post(client, desk.address("/a-cote"), path="module.en.md", text=text)
    assert "A gesture as typed" in shown.text
    assert 'data-language="en"' in shown.text
    other = post(client, desk.address("/a-cote"), path="module.en.md", text=text, langue="fr")
    assert "Un geste banal" in other.text
    broken = post(client, desk.address("/a-cote"), path="module.en.md", text="Nothing.")
    assert broken.json["here"] > 0


def test_errors_are_told_with_where_they_are(client: FlaskClient, desk: Desk) -> None:
    broken = ask(client, desk, "# Titre\n\n## Sans id\n")
    assert broken.status_code == 200
    assert broken.json["errors"] >= broken.json["here"] > 0
    desk.save("### Choix unique : Sans rien {#rien}\n", 1, path="banques/cas.md")
    elsewhere = ask(client, desk).json
    assert elsewhere["here"] == 0 < elsewhere["errors"]


def test_what_is_no_request_is_refused(client: FlaskClient, desk: Desk) -> None:
    assert ask(client, desk, "\x00").status_code in {400, 422}
    assert ask(client, desk, path="absent.md").status_code == 400
    assert ask(client, desk, question="absente").status_code == 404
    assert ask(client, desk, question="tirage", champs=[]).status_code == 404
    for fields in (1, "x", [1], [["a"]], [["a", 1]], [["a", "b", "c"]], [["a", "b"]] * 61):
        assert ask(client, desk, question="gerant", champs=fields).status_code == 400
    too_long = ask(client, desk, "é" * 300_000)
    assert (too_long.status_code, too_long.json["error"]) == (422, "text")
    assert post(client, "/formateur/brouillons/999/a-cote").status_code == 404
    assert client.get("/formateur/brouillons/999/a-cote").status_code == 404
    assert client.get("/formateur/brouillons/999/dilemmes").status_code == 404


def test_a_busy_sandbox_asks_to_come_again(
    client: FlaskClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previewing, "PLACES", 0)
    monkeypatch.setattr(PREVIEWER, "kept", type(PREVIEWER.kept)(0))
    reply = ask(client, desk)
    assert (reply.status_code, reply.json["error"]) == (503, "preview_busy")
    assert reply.headers["Retry-After"] == "2"


def test_only_the_trainers_room_has_it(
    app: Flask, session: Session, factories: Factories, desk: Desk
) -> None:
    reviewer, agent = factories.agent(Role.REVIEWER), factories.agent()
    session.commit()
    client = sign_in(app, reviewer)
    assert client.get(desk.address("/a-cote")).status_code == 200
    assert client.get(desk.address("/dilemmes")).status_code == 200
    client = sign_in(app, agent)
    assert client.get(desk.address("/a-cote")).status_code == 404
    assert client.get(desk.address("/dilemmes")).status_code == 404


def test_dilemmas_are_shown_whole_whatever_the_errors(client: FlaskClient, desk: Desk) -> None:
    page = client.get(desk.address("/dilemmes")).text
    assert "Toutes les scènes sont atteintes et mènent à une fin." in page
    text = MODULE.replace("(#parler)", "(#perdue)")
    desk.save(text.replace("- [Insister](#suite)", "- [Insister](#parler)"), 1)
    broken = html.fromstring(client.get(desk.address("/dilemmes")).text)
    words = re.sub(r"[\s\u202f\u00a0]+", " ", broken.xpath("//main")[0].text_content())
    assert "2 scènes que rien n’atteint" in words
    assert "scène absente" in words
    assert "retour à la scène" in words
    assert len(broken.xpath("//*[contains(@class, 'graph__box--lost')]")) == 2
    desk.save("# Rien\n", 2)
    assert "n’a pas de dilemme" in client.get(desk.address("/dilemmes")).text


def test_without_a_script_the_preview_has_the_reviewers_view(
    client: FlaskClient, desk: Desk
) -> None:
    address = desk.address("/apercu/geste?corps=gn&langue=fr")
    assert "CANARI-RETOUR" not in client.get(address).text
    page = client.get(f"{address}&vue=relecture").text
    for letter in "ABC":
        assert f"CANARI-RETOUR-{letter}" in page
    assert '<option value="relecture" selected>' in page
    assert "Au quartier, la brigade" in page
    assert re.search(r'action="[^"]*question=gerant[^"]*vue=relecture', page)
    quiz = client.get(desk.address("/apercu/evaluation?vue=relecture")).text
    assert "corrige-premier" in quiz
    editor = client.get(desk.address("/fichiers/module.md")).text
    assert re.search(r'<section class="beside"[^>]* hidden', editor)
    assert "Enregistrer et voir l’aperçu" in editor.replace("&#39;", "’")
