"""Every type is asked, refused, kept, marked and seen again, without a script and with one."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from lxml import html  # type: ignore[import-untyped]
from sqlalchemy.orm import Session

from app.dialect import items
from app.learning import personal
from app.learning.exercises import order_of
from app.learning.models import Answer, Attempt, Enrolment, PracticeAnswer
from app.people.models import Agent
from tests.learning.every_type import RIGHT, SLUG, WRONG, compiled_types, publish_types
from tests.learning.reader import Reader, count
from tests.signing_in import sign_in

HOME = f"/apprendre/{SLUG}"
STEP = f"{HOME}/etapes/essayer"
SECRET = re.compile(r"CANARI|4871")
TYPES = sorted(RIGHT)


@pytest.fixture
def reader(app: Flask, session: Session, agent: Agent) -> Reader:
    publish_types(session)
    reader = Reader(sign_in(app, agent))
    reader.see(reader.client.post(f"{HOME}/inscription"))
    return reader


@pytest.fixture
def seed(reader: Reader, session: Session) -> int:
    """Give what draws the order of the exercises: the agent's place."""
    session.commit()
    return int(session.scalars(sa.select(Enrolment.id)).one())


@pytest.fixture
def attempt(reader: Reader, session: Session) -> int:
    reader.get(STEP)
    reader.send("/etapes/essayer")
    reader.see(reader.client.post(f"{HOME}/tentatives"))
    session.commit()
    return int(session.scalars(sa.select(Attempt.id)).one())


def kept(session: Session) -> Any:
    """Give the one answer kept of the exercises."""
    session.commit()
    return session.scalars(sa.select(PracticeAnswer.value)).one()


def fields_of(item_id: str, value: Any, order: Any) -> dict[str, str]:
    """Fill the fields of an item in as a page does."""
    item = compiled_types().item(item_id)
    assert item is not None
    names = items.fields(item)
    return dict(zip(names, items.raw_of(item, value, order), strict=True))


def in_flow(name: str, value: Any, seed: int) -> dict[str, str]:
    item = compiled_types().item(f"flux-{name}")
    assert item is not None
    return fields_of(f"flux-{name}", value, order_of(item, seed))


def told(reader: Reader, name: str) -> str:
    (section,) = reader.all(f"//section[@id='exercice-flux-{name}']")
    return " ".join(section.text_content().split())


@pytest.mark.parametrize("name", TYPES)
def test_a_right_answer_in_the_flow_is_kept_and_said(
    reader: Reader, session: Session, seed: int, name: str
) -> None:
    reader.get(STEP)
    reader.send(f"/exercices/flux-{name}", **in_flow(name, RIGHT[name], seed))
    assert "C’est la réponse attendue" in told(reader, name)
    assert "CANARI-EXPLIQUE" in told(reader, name)
    assert kept(session) == RIGHT[name]


@pytest.mark.parametrize("name", TYPES)
def test_a_wrong_answer_is_shown_beside_the_expected_one(
    reader: Reader, session: Session, seed: int, name: str
) -> None:
    reader.get(STEP)
    reader.send(f"/exercices/flux-{name}", **in_flow(name, WRONG[name], seed))
    text = told(reader, name)
    assert "Ce qui aide à répondre" in text
    expected = {
        "ordre": "D'abord un regard.".replace("'", "’"), "paires": "Code commun",
        "nombre": "4871 ± 2 h", "mot": "Elle contrôle", "trous": "CANARI-TROU",
    }  # fmt: skip
    assert expected[name] in text
    assert kept(session) == WRONG[name]
    reader.get(f"{STEP}?encore=flux-{name}")
    assert "CANARI" not in told(reader, name)


def test_a_poll_is_noted_without_right_or_wrong(reader: Reader, session: Session) -> None:
    reader.get(STEP)
    reader.send("/exercices/flux-avis", choix="b")
    assert "C’est noté" in told(reader, "avis")
    assert "CANARI-AVIS" in told(reader, "avis")
    assert "Réponse attendue" not in told(reader, "avis")
    assert kept(session) == "b"


REFUSED = [
    ("ordre", {"rang-a": "1", "rang-b": "1", "rang-c": "3"}, "une place différente, de 1 à 3"),
    ("ordre", {"rang-a": "1", "rang-b": "2", "rang-c": "4"}, "une place différente"),
    ("ordre", {"rang-a": "", "rang-b": "2", "rang-c": "3"}, "une place différente"),
    ("ordre", {"rang-a": "9" * 5000, "rang-b": "2", "rang-c": "3"}, "une place différente"),
    ("ordre", {}, "Répondez avant de valider"),
    ("paires", {"paire-1": "z", "paire-2": "", "paire-3": ""}, "Répondez de nouveau"),
    ("paires", {"paire-1": "", "paire-2": "", "paire-3": ""}, "Répondez avant de valider"),
    ("nombre", {"texte": "douze"}, "Écrivez un nombre"),
    ("nombre", {"texte": "1,500"}, "deux façons"),
    ("nombre", {"texte": "12 min"}, "Écrivez un nombre"),
    ("nombre", {"texte": "  "}, "Répondez avant de valider"),
    ("mot", {"texte": "x" * 200}, "trop long"),
    ("mot", {"texte": ""}, "Répondez avant de valider"),
    ("trous", {"trou-1": "", "trou-2": "lente"}, "Répondez de nouveau"),
    ("trous", {"trou-1": "x" * 200, "trou-2": ""}, "trop long"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "sent", "said"), REFUSED)
def test_what_is_no_answer_is_said_and_what_was_typed_is_kept(
    reader: Reader, session: Session, name: str, sent: dict[str, str], said: str
) -> None:
    form = {"token": "a-token-of-a-form"} | sent
    reader.see(reader.client.post(f"{HOME}/exercices/flux-{name}", data=form), 422)
    (wrong,) = reader.all("//p[@class='field__error']")
    assert said in wrong.text_content()
    (fieldset,) = reader.all(f"//fieldset[@id='question-flux-{name}']")
    assert f"flux-{name}-erreur" in fieldset.get("aria-describedby")
    for field, text in sent.items():
        (control,) = reader.all(f"//section[@id='exercice-flux-{name}']//*[@name='{field}']")
        if control.tag == "input":
            assert control.get("value") == text
        chosen = control.xpath(".//option[@selected]")
        assert not chosen or chosen[0].get("value", chosen[0].text) == text
    assert count(session, PracticeAnswer) == 0


def test_no_page_holds_a_key_before_its_time(reader: Reader, attempt: int) -> None:
    reader.get(STEP)
    assert not SECRET.search(reader.response.text)
    for number in range(1, 6):
        reader.get(f"{HOME}/tentatives/{attempt}/questions/{number}")
        assert not SECRET.search(reader.response.text)


def test_rows_and_sides_are_named_by_the_place_where_they_are_shown(
    reader: Reader, attempt: int
) -> None:
    orders = set()
    for number in range(1, 6):
        reader.get(f"{HOME}/tentatives/{attempt}/questions/{number}")
        places = [one.get("name") for one in reader.all("//select[starts-with(@name,'rang-')]")]
        if places:
            assert places == ["rang-a", "rang-b", "rang-c"]
            orders.add(tuple(one.text_content() for one in reader.all("//*[@data-row]/span")))
        options = [one.get("value") for one in reader.all("(//select)[1]/option[@value!='']")]
        if reader.all("//select[starts-with(@name,'paire-')]"):
            assert options == ["a", "b", "c"]
    assert len(orders) == 1


def answer_all(reader: Reader, session: Session, attempt: int, values: Any, how: str) -> None:
    session.commit()
    draw = session.scalars(sa.select(Attempt.draw).where(Attempt.id == attempt)).one()
    for number, asked in enumerate(draw):
        item_id, order = asked["item"], asked["order"]
        name = item_id.removeprefix("quiz-")
        filled = fields_of(item_id, values[name], order)
        url = f"{HOME}/tentatives/{attempt}/reponses/{item_id}"
        token = f"a-token-number-{number}"
        if how == "form":
            reader.see(reader.client.post(url, data=filled | {"token": token}))
        else:
            body = {"token": token, "values": list(filled.values())}
            assert reader.client.put(url, json=body).status_code == 200


@pytest.mark.parametrize("how", ["form", "script"])
def test_the_quiz_keeps_every_type_as_the_record_says(
    reader: Reader, session: Session, attempt: int, how: str
) -> None:
    answer_all(reader, session, attempt, RIGHT, how)
    session.commit()
    saved = {row.item_id: row.value for row in session.scalars(sa.select(Answer))}
    assert saved == {f"quiz-{name}": value for name, value in RIGHT.items()}
    reader.get(f"{HOME}/tentatives/{attempt}")
    reader.send("/remise", sans_reponse=0)
    assert "Évaluation réussie" in reader.text
    assert "5 / 5" in reader.text


def test_a_saved_answer_is_there_when_one_comes_back(
    reader: Reader, session: Session, attempt: int
) -> None:
    answer_all(reader, session, attempt, RIGHT, "form")
    for number in range(1, 6):
        page = reader.get(f"{HOME}/tentatives/{attempt}/questions/{number}")
        form = next(form for form in page.forms if form.get("data-item"))
        name = form.get("data-item").removeprefix("quiz-")
        saved = json.loads(form.get("data-saved"))
        assert [form.fields[field] for field in form.get("data-fields").split()] == saved
        assert "Enregistré à" in reader.text
        if name == "ordre":
            rows = [row.text_content() for row in reader.all("//*[@data-row]/span")]
            assert rows == ["Saluer", "Écouter", "Expliquer la suite"]


def test_a_wrong_attempt_is_explained_and_seen_again_as_it_was(
    reader: Reader, session: Session, attempt: int
) -> None:
    answer_all(reader, session, attempt, WRONG, "script")
    reader.get(f"{HOME}/tentatives/{attempt}")
    reader.send("/remise", sans_reponse=0)
    for shown in ("Place attendue", "Code commun", "4871 ± 2 h", "CANARI-MOT", "CANARI-TROU"):
        assert shown in reader.text, shown
    reader.get(f"{HOME}/tentatives/{attempt}/revoir")
    assert "CANARI" not in reader.text
    for given in ("Votre réponse : 12", "Votre réponse : Inspection", "Règlement", "rapide"):
        assert given in reader.text, given
    (rows,) = [html.tostring(one, encoding="unicode") for one in reader.all("//ol[@data-ordering]")]
    assert rows.index("Expliquer la suite") < rows.index("Écouter") < rows.index("Saluer")
    assert not reader.all("//main//select")


def test_the_download_says_every_type_in_words_as_it_was_seen(
    reader: Reader, session: Session, agent: Agent, attempt: int
) -> None:
    answer_all(reader, session, attempt, WRONG, "form")
    session.commit()
    (place,) = personal.export_for(session, agent.id)
    seen = {one["item_id"].removeprefix("quiz-"): one for one in place["attempts"][0]["seen"]}
    said = {name: one["answered"] for name, one in seen.items()}
    assert said == {
        "ordre": ["Expliquer la suite", "Écouter", "Saluer"],
        "paires": ["Policier → Règlement", "Gendarme → ", "Pompière → Code commun"],
        "nombre": ["12"], "mot": ["Inspection"], "trous": ["", "rapide"],
    }  # fmt: skip
    assert seen["trous"]["question"] == "Elle est ____ et ____."
    assert seen["trous"]["offered"] == ["proportionnée / rapide / visible"]
    assert sorted(seen["ordre"]["offered"]) == sorted(said["ordre"])
    assert len(seen["paires"]["offered"]) == 3 + 3
    assert "CANARI" not in json.dumps(place)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("ordre", ["1", "1", "2"]), ("ordre", ["1", "2"]), ("ordre", []),
        ("paires", ["a", "b"]), ("paires", ["a", "b", "z"]), ("nombre", ["douze"]),
        ("nombre", ["1.500"]), ("nombre", ["1", "2"]), ("mot", ["x" * 130]), ("mot", ["a\nb"]),
        ("trous", ["a"]), ("trous", ["a", "lente"]),
    ],
)  # fmt: skip
def test_a_script_is_told_what_is_no_answer(
    reader: Reader, session: Session, attempt: int, name: str, values: list[str]
) -> None:
    url = f"{HOME}/tentatives/{attempt}/reponses/quiz-{name}"
    reply = reader.client.put(url, json={"token": "a-script-token", "values": values})
    assert (reply.status_code, reply.json["error"]) == (422, "value")
    assert reply.json["message"]
    assert count(session, Answer) == 0
