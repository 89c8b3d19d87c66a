"""What helps to write: completions, questions to start from, and one check for all doors."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.access import Role
from app.dialect.frontmatter import KEYS
from app.dialect.items.registry import TYPES
from app.dialect.rendering.callouts import TITLES
from app.people.models import Agent
from app.studio import aids
from app.studio.aids import CALL_OUTS, words_of_the_dialect
from tests.catalogue.texts import BANK, MODULE
from tests.dialect.cases import CASES
from tests.dialect.writing import CARET
from tests.factories import Factories
from tests.signing_in import sign_in
from tests.studio.drafting import SLUG, Desk, post, token_of

SKILLS = "probite:\n  fr: Probité\n  en: Integrity\nseul:\n  en: Alone\n"
ARTICLES = (
    "csi-r434-9:\n  code: CSI\n  number: R. 434-9\n  object:\n    fr: Probité\n    en: Probity\n"
    "  status: a-verifier\n"
)
GLOSSARY = "# Glossaire\n\n## Dette invisible {#dette}\nAussi : dettes\n\nCe que crée un cadeau.\n"
SEEDED = [case for case in CASES if not case.banks][:: len(CASES) // 45][:40]
"""Defects of every family, each with the code that it earns."""


@pytest.fixture
def desk(session: Session, trainer: Agent) -> Desk:
    return Desk(session, trainer.id)


@pytest.fixture
def lists(content: Path) -> Path:
    """Write the lists that a content folder may hold."""
    (content / "competences.yml").write_text(SKILLS)
    (content / "references.yml").write_text(ARTICLES)
    (content / "glossaire.md").write_text(GLOSSARY)
    (content / "modules" / "autre").mkdir()
    (content / "modules" / "autre" / "module.md").write_text("# Autre\n")
    return content


@pytest.mark.usefixtures("lists")
def test_the_editor_is_told_what_a_text_may_name(client: FlaskClient, desk: Desk) -> None:
    told = client.get(desk.address("/aides/module.md")).get_json()
    assert told["competences"] == [
        {"value": "probite", "label": "Probité"}, {"value": "seul", "label": "Alone"},
    ]  # fmt: skip
    article = {"value": "CSI R. 434-9", "label": "Probité", "status": "a-verifier"}
    assert told["articles"] == [article]
    assert told["terms"] == [{"value": "Dette invisible", "id": "dette"}]
    assert told["banks"] == ["cas"]
    assert told["modules"] == ["autre"]
    assert [one["value"] for one in told["corps"]] == ["pn", "gn", "pm", "sp", "pref"]
    in_bank = [line for line in BANK.split("\n") if line.startswith("#")]
    assert told["headings"] == {"banques/cas.md": in_bank}
    bank = client.get(desk.address("/aides/banques/cas.md")).get_json()
    assert bank["headings"]["module.md"][0].startswith("# ")
    assert not any(line for lines in bank["headings"].values() for line in lines if line[0] != "#")


@pytest.mark.usefixtures("lists")
def test_what_lists_name_is_read_once_until_they_change(
    client: FlaskClient, desk: Desk, lists: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, read = desk.address("/aides/module.md"), []
    real = aids.read_yaml
    monkeypatch.setattr(aids, "read_yaml", lambda path: read.append(path.name) or real(path))
    client.get(address)
    client.get(address)
    assert sorted(read) == ["competences.yml", "references.yml"]
    (lists / "competences.yml").write_text("nouvelle:\n  fr: Nouvelle venue\n")
    found = client.get(address).get_json()["competences"]
    assert found == [{"value": "nouvelle", "label": "Nouvelle venue"}]


def test_a_content_folder_without_lists_is_no_obstacle(client: FlaskClient, desk: Desk) -> None:
    told = client.get(desk.address("/aides/module.md")).get_json()
    assert (told["competences"], told["articles"], told["terms"]) == ([], [], [])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_words_are_those_of_the_dialect(language: str) -> None:
    words = words_of_the_dialect(language)
    rank = int(language == "en")
    assert words["labels"] == [kind.labels[rank] for kind in TYPES.values()]
    assert words["keys"] == list(KEYS)
    assert {one.lower() for one in CALL_OUTS} == set(TITLES)
    assert {"banque", "nombre"} <= set(words["options"]["Tirage"])
    assert "banque" not in words["options"]["Poll"]
    assert set(words["options"]) == {*words["labels"], *words["otherLabels"]}


def test_a_question_is_written_for_the_text_that_the_editor_holds(
    client: FlaskClient, desk: Desk
) -> None:
    text = f"{MODULE}\n## Encore {{#encore}}\n"
    sent = {"path": "module.md", "text": text, "type": "poll", "title": "Encore", "line": 10**6}
    told = post(client, desk.address("/modeles"), **sent).get_json()
    assert told["id"] == "encore-2"
    assert told["text"].startswith("\n### Sondage : Encore {#encore-2}\n")
    assert text.split("\n")[told["line"] - 2] == "## Encore {#encore}"
    assert desk.row().text == MODULE


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"type": "essay"}, 400), ({"type": None}, 400), ({"line": "3"}, 400), ({"line": -1}, 400),
        ({"line": True}, 400), ({"text": 3}, 400), ({"title": []}, 400), ({"path": None}, 400),
        ({"path": "banques/non.md"}, 404), ({"text": "\0"}, 400), ({"text": "x" * 400_001}, 422),
    ],
)  # fmt: skip
def test_what_is_no_question_is_refused(
    client: FlaskClient, desk: Desk, changed: dict[str, object], status: int
) -> None:
    sent = {"path": "module.md", "text": MODULE, "type": "poll", "title": "", "line": 1} | changed
    assert post(client, desk.address("/modeles"), **sent).status_code == status


def test_only_trainers_are_helped(
    app: Flask, session: Session, factories: Factories, desk: Desk, trainer: Agent
) -> None:
    reviewer = factories.agent(Role.REVIEWER)
    session.commit()
    address = desk.address("/aides/module.md")
    assert sign_in(app, reviewer).get(address).status_code == 404
    assert sign_in(app, trainer).get(address).status_code == 200


def insert_by_form(client: FlaskClient, desk: Desk, path: str = "module.md", **fields: str) -> str:
    """Send the plain form's button « Insérer »; give the page that follows."""
    address = desk.address(f"/fichiers/{path}")
    base = re.search(r'name="base" value="(\d+)"', client.get(address).text)
    assert base
    data = {"base": base[1], "csrf_token": token_of(client, address), "action": "inserer"} | fields
    return client.post(address, data=data, follow_redirects=True).text


def test_a_question_is_inserted_without_a_script(client: FlaskClient, desk: Desk) -> None:
    typed = f"{MODULE}\n## Encore {{#encore}}\n\nDu texte.\n"
    steps = [line for line in typed.split("\n") if line.startswith("## ")]
    page = insert_by_form(
        client, desk, texte=typed, type_question="matching", titre_question="Qui fait quoi ?",
        etape="1",
    )  # fmt: skip
    assert "qui-fait-quoi" in page
    lines = (desk.row().text or "").split("\n")
    place = lines.index("### Association : Qui fait quoi ? {#qui-fait-quoi}")
    assert place < lines.index(steps[1])
    assert "Du texte." in lines
    assert '<option value="2">' in page
    insert_by_form(client, desk, texte="Rien.", type_question="poll")
    assert (desk.row().text or "").startswith("Rien.\n\n### Sondage : Un avis {#un-avis}\n")
    insert_by_form(client, desk, "banques/cas.md", texte=BANK, type_question="single")
    assert "### Choix unique : Une bonne réponse {#une-bonne-reponse" in (
        desk.row("banques/cas.md").text or ""
    )
    refused = insert_by_form(client, desk, texte="Autre.", type_question="essay")
    assert "Insérer une question" not in refused
    assert desk.row().text == "Autre."  # What was typed is saved first.


def test_a_page_without_the_bundle_promises_nothing(
    client: FlaskClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = desk.address("/fichiers/module.md")
    monkeypatch.setattr(
        "app.studio.views.texts.built_url", lambda _name: "/static/built/editor.js?v=1"
    )
    bundled = client.get(address)
    nonce = re.search(r'data-nonce="([^"]+)"', bundled.text)
    assert nonce
    policy = bundled.headers["Content-Security-Policy"]
    assert f"style-src 'self' 'nonce-{nonce[1]}'" in policy
    assert "unsafe" not in policy
    assert nonce[1] not in client.get(address).text
    monkeypatch.setattr("app.studio.views.texts.built_url", lambda _name: None)
    bare = client.get(address)
    assert "nonce" not in bare.headers["Content-Security-Policy"] + bare.text
    assert "built/" not in bare.text
    assert "Insérer une question" in bare.text
    # What only the editor does is in the page, and hidden until the editor shows it.
    for one in re.findall(r"<(?:div|details|p)[^>]*data-with-editor[^>]*>", bare.text):
        assert one.endswith("hidden>")


@pytest.mark.usefixtures("lists")
def test_seeded_defects_are_found_the_same_by_every_door(
    app: Flask, client: FlaskClient, desk: Desk, content: Path
) -> None:
    assert len(SEEDED) >= 30
    assert len({case.code[0] for case in SEEDED}) >= 5
    folder = content / "modules" / SLUG
    (folder / "banques").mkdir(parents=True)
    (folder / "banques" / "cas.md").write_text(BANK)
    for case in SEEDED:
        text = case.text.replace(CARET, "")
        told = post(client, desk.address("/verifier"), path="module.md", text=text).get_json()
        (folder / "module.md").write_text(text)
        command = ["content", "check", str(folder), "--format", "json"]
        ran = app.test_cli_runner().invoke(args=command)
        listed = json.loads(ran.stdout)
        for one in listed:
            one["path"] = one["path"].removeprefix(f"{folder.as_posix()}/")
        assert told["problems"] == listed, case
        assert case.code in {one["code"] for one in listed}
        assert ran.exit_code == int(told["errors"] > 0)
        assert told["errors"] + told["warnings"] == len(listed)
