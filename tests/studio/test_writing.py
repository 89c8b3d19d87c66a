"""The pages of drafts, without a script and by the addresses that scripts use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Role
from app.catalogue import services as catalogue
from app.database import utc_now
from app.dialect.fixes import apply_edits
from app.dialect.messages import Edit
from app.dialect.starter import TEMPLATE_FR
from app.people.models import Agent, SignInSession
from app.studio.draft_texts import LONGEST_TEXT, NEAR, reading_order
from app.studio.line_differences import compare_lines
from app.studio.models import Draft
from app.studio.queries.drafts import list_texts
from app.studio.services.drafts import begin
from tests.catalogue.texts import MODULE, read
from tests.factories import Factories
from tests.signing_in import sign_in
from tests.studio.drafting import PLACE, SLUG, START, TEXTS, Desk, post, put, token_of

LETTERLESS = MODULE.replace("- [ ] c) Vous partez", "- [ ] Vous partez")


@pytest.fixture
def desk(session: Session, trainer: Agent) -> Desk:
    return Desk(session, trainer.id)


@pytest.fixture
def other(app: Flask, session: Session, factories: Factories) -> FlaskClient:
    agent = factories.agent(Role.TRAINER, given_name="Alix", family_name="Roy")
    session.commit()
    return sign_in(app, agent)


def test_texts_are_listed_as_they_are_read() -> None:
    paths = ["banques/a.en.md", "banques/a.md", "module.en.md", "module.md"]
    ordered = ["module.md", "module.en.md", "banques/a.md", "banques/a.en.md"]
    assert sorted(paths, key=reading_order) == ordered


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("&#39;", "’")


def send(
    client: FlaskClient, desk: Desk, path: str = "module.md", **fields: str
) -> tuple[int, str]:
    """Send the plain form of a text, as its page holds it."""
    address = desk.address(f"/fichiers/{path}")
    page = client.get(address).text
    base = re.search(r'name="base" value="(\d+)"', page)
    assert base
    data = {"base": base[1], "csrf_token": token_of(client, address)} | fields
    response = client.post(address, data=data)
    return response.status_code, response.headers.get("Location", plain(response.text))


def test_a_module_is_begun_from_the_template(client: FlaskClient, session: Session) -> None:
    token = token_of(client, f"{PLACE}/nouveau")
    refused = client.post(f"{PLACE}/nouveau", data={"csrf_token": token, "slug": "Mal Nommé"})
    assert refused.status_code == 422
    assert "Des minuscules sans accent" in refused.text
    data = {"csrf_token": token, "slug": "cadeaux", "english": "y"}
    response = client.post(f"{PLACE}/nouveau", data=data)
    draft = session.scalars(select(Draft)).one()
    assert response.headers["Location"] == f"{PLACE}/{draft.id}"
    assert len(list_texts(session, draft.id)) == 2 * len(TEMPLATE_FR)
    again = client.post(f"{PLACE}/nouveau", data=data, follow_redirects=True)
    assert "a déjà un brouillon" in again.text
    assert "cadeaux" in client.get(PLACE).text


def test_a_published_module_is_opened_from_its_page(
    client: FlaskClient, session: Session, content: Path
) -> None:
    catalogue.publish(session, read(), author_id=None, now=utc_now())
    session.commit()
    page = f"/formateur/modules/{SLUG}"
    assert "Modifier dans un brouillon" in client.get(page).text
    data = {"csrf_token": token_of(client, page)}
    response = client.post(f"{page}/versions/1/brouillon", data=data, follow_redirects=True)
    assert "<h1>Le café offert</h1>" in response.text
    assert "Ouvrir le brouillon" in client.get(page).text
    assert client.post(f"{page}/versions/9/brouillon", data=data).status_code == 404


def test_a_text_is_saved_whatever_its_errors(client: FlaskClient, desk: Desk) -> None:
    status, location = send(client, desk, texte="# Un\r\n\r\n## Sans id\r\n")
    assert (status, location) == (303, desk.address("/fichiers/module.md"))
    assert desk.row().text == "# Un\n\n## Sans id\n"
    page = client.get(desk.address("/fichiers/module.md")).text
    assert "S104" in page
    assert re.search(r"Enregistré à \d\d:\d\d", plain(page))


def test_a_finding_is_put_right_by_its_button(client: FlaskClient, desk: Desk) -> None:
    line = LETTERLESS.split("\n").index("- [ ] Vous partez") + 1
    send(client, desk, texte=LETTERLESS)
    button = f'value="Q208:{line}:1"'
    assert button in client.get(desk.address("/fichiers/module.md")).text
    typed = f"{LETTERLESS}\nEncore.\n"
    send(client, desk, texte=typed, corriger=f"Q208:{line}:1")
    assert "- [ ] c) Vous partez" in (desk.row().text or "")
    assert (desk.row().text or "").endswith("Encore.\n")
    send(client, desk, texte=MODULE, corriger="Q208:1:1")
    assert "rien n’a été corrigé" in client.get(PLACE).text


def test_what_a_colleague_saved_meanwhile_is_shown_beside(
    client: FlaskClient, other: FlaskClient, desk: Desk
) -> None:
    address = desk.address("/fichiers/module.md")
    data = {"base": "1", "csrf_token": token_of(client, address)}
    assert client.post(address, data=data | {"texte": "# À moi\n"}).status_code == 303
    data["csrf_token"] = token_of(other, address)
    response = other.post(address, data=data | {"texte": "# À elle\n"})
    conflict = response.headers["Location"]
    assert "/conflits/" in conflict
    assert desk.row().text == "# À moi\n"
    page = other.get(conflict).text
    assert "<del>" in page
    assert "# À elle" in page
    merged = {"base": "2", "texte": "# À nous\n", "csrf_token": token_of(other, conflict)}
    assert other.post(conflict, data=merged).headers["Location"] == address
    assert desk.row().text == "# À nous\n"
    stale = other.post(conflict, data=merged | {"texte": "# Trop tard\n"})
    assert "/conflits/" in stale.headers["Location"]
    assert desk.row().text == "# À nous\n"
    history = client.get(desk.address("/historique/module.md")).text
    assert "Alix Roy" in history
    assert "Textes mis de côté" in history


def test_a_text_too_long_is_shown_again_with_the_reason(client: FlaskClient, desk: Desk) -> None:
    status, page = send(client, desk, texte="é" * LONGEST_TEXT)
    assert status == 422
    assert "dépasse 400 ko" in page
    assert desk.row().text == MODULE
    send(client, desk, texte="x\n" * (NEAR // 2))
    assert "Ce texte pèse 150 ko" in plain(client.get(desk.address("/fichiers/module.md")).text)


def test_a_session_that_ended_loses_nothing_of_the_plain_form(
    app: Flask, client: FlaskClient, desk: Desk, session: Session, trainer: Agent
) -> None:
    address = desk.address("/fichiers/module.md")
    data = {"base": "1", "texte": "# Tapé <longuement>\n", "csrf_token": token_of(client, address)}
    session.execute(SignInSession.__table__.update().values(ended_at=utc_now()))
    session.commit()
    response = client.post(address, data=data)
    assert response.status_code == 401
    assert "# Tapé &lt;longuement&gt;" in response.text
    assert 'name="base" value="1"' in response.text
    with client.session_transaction() as cookie:
        cookie.clear()
    sign_in(app, trainer, client=client)
    stale = client.post(address, data=data)
    assert stale.status_code == 400
    assert "# Tapé &lt;longuement&gt;" in stale.text
    assert "Enregistrez à nouveau" in stale.text
    token = re.search(r'writing.*?name="csrf_token" value="([^"]+)"', stale.text, re.DOTALL)
    assert token
    data["csrf_token"] = token[1]
    assert client.post(address, data=data).status_code == 303
    assert desk.row().text == "# Tapé <longuement>\n"


def test_texts_are_added_and_taken_out(client: FlaskClient, desk: Desk) -> None:
    page = desk.address()
    data = {"csrf_token": token_of(client, page), "kind": "bank-en", "bank": "cas"}
    response = client.post(f"{page}/textes", data=data)
    assert response.headers["Location"] == f"{page}/fichiers/banques/cas.en.md"
    assert desk.row("banques/cas.en.md").text == TEXTS["banques/cas.md"]
    assert client.post(f"{page}/textes", data=data).status_code == 422
    assert client.post(f"{page}/textes", data=data | {"bank": "../x"}).status_code == 422
    desk.save("# Une collègue\n", 1, path="banques/cas.en.md")
    away = f"{page}/retraits/banques/cas.en.md"
    shown = client.post(away, data=data | {"base": "1"}, follow_redirects=True).text
    assert "Ce texte a changé" in shown
    assert desk.row("banques/cas.en.md").text == "# Une collègue\n"
    assert client.post(away, data=data | {"base": "2"}).status_code == 302
    assert desk.row("banques/cas.en.md").text is None
    assert client.post(f"{page}/retraits/module.md", data=data).status_code == 409
    assert "retiré du module" in client.get(page).text


def test_a_withdrawn_draft_is_read_and_no_longer_written(client: FlaskClient, desk: Desk) -> None:
    page = desk.address()
    token = token_of(client, page)
    assert client.get(f"{page}/abandon").status_code == 200
    client.post(f"{page}/abandon", data={"csrf_token": token})
    data = {"base": "1", "texte": "# Après\n", "csrf_token": token}
    response = client.post(f"{page}/fichiers/module.md", data=data)
    assert response.status_code == 409
    assert "# Après" in response.text
    assert client.get(page).status_code == 200
    assert f'href="{page}"' in client.get("/formateur/brouillons").text
    assert put(client, f"{page}/fichiers/module.md", text="x", base=1).json["error"] == "closed"


def test_a_withdrawn_draft_is_reopened_from_its_page(client: FlaskClient, desk: Desk) -> None:
    page = desk.address()
    token = {"csrf_token": token_of(client, page)}
    assert "Rouvrir" not in client.get(page).text
    said = client.post(f"{page}/reprise", data=token, follow_redirects=True).text
    assert "Ce brouillon n’est pas abandonné" in said
    client.post(f"{page}/abandon", data=token)
    assert f'action="{page}/reprise"' in client.get(page).text
    said = client.post(f"{page}/reprise", data=token, follow_redirects=True).text
    assert "Le brouillon est rouvert" in said
    assert put(client, f"{page}/fichiers/module.md", text="# Un\n", base=1).status_code == 200


def test_a_withdrawn_draft_leads_to_the_one_that_took_its_place(
    client: FlaskClient, desk: Desk
) -> None:
    page = desk.address()
    token = {"csrf_token": token_of(client, page)}
    client.post(f"{page}/abandon", data=token)
    values = {"agent_id": desk.agent_id, "now": START}
    other = begin(desk.session, SLUG, TEXTS, **values)  # type: ignore[arg-type]
    desk.session.commit()
    response = client.post(f"{page}/reprise", data=token)
    assert response.headers["Location"].endswith(f"/{other}")
    assert "un autre brouillon ouvert" in client.get(response.headers["Location"]).text


def test_a_script_saves_and_is_told_of_a_conflict(client: FlaskClient, desk: Desk) -> None:
    address = desk.address("/fichiers/module.md")
    reply = put(client, address, text="# Un\n", base=1, page="a")
    assert reply.status_code == 200
    assert reply.json["revision"] == 2
    assert re.fullmatch(r"\d\d:\d\d", reply.json["shown"])
    reply = put(client, address, text="# Deux\n", base=1, page="b")
    assert reply.status_code == 409
    assert client.get(reply.json["url"]).status_code == 200
    reply = put(client, address, text="é" * LONGEST_TEXT, base=2)
    assert (reply.status_code, reply.json["error"]) == (422, "text")
    for sent in (
        {}, {"text": 1, "base": 1}, {"text": "x", "base": "1"}, {"text": "x", "base": True},
        {"text": "x", "base": 2**40}, {"text": "\x00", "base": 2},
    ):  # fmt: skip
        assert put(client, address, **sent).status_code == 400
    assert put(client, desk.address("/fichiers/absent.md"), text="", base=1).status_code == 404


def test_a_script_has_the_text_that_it_holds_checked(client: FlaskClient, desk: Desk) -> None:
    reply = post(client, desk.address("/verifier"), path="module.md", text=LETTERLESS).json
    (problem,) = [one for one in reply["problems"] if one["code"] == "Q208"]
    assert problem["path"] == "module.md"
    assert problem["fix"]["edits"]
    edits = [Edit(**edit) for edit in problem["fix"]["edits"]]
    assert "- [ ] c) Vous partez" in apply_edits(LETTERLESS.encode(), edits).decode()
    assert desk.row().text == MODULE
    saved = post(client, desk.address("/verifier")).json
    assert "Q208" not in {one["code"] for one in saved["problems"]}
    assert post(client, desk.address("/verifier"), path="x.md", text="").status_code == 400


def test_a_draft_is_previewed_as_saved_and_as_typed(client: FlaskClient, desk: Desk) -> None:
    first = client.get(desk.address("/apercu"))
    assert first.headers["Location"].startswith(desk.address("/apercu/geste?"))
    page = client.get(first.headers["Location"])
    assert "dette invisible" in page.text
    answered = client.post(
        desk.address("/apercu/geste?question=gerant"),
        data={"choix": "b", "csrf_token": token_of(client, desk.address())},
    )
    assert "CANARI-RETOUR-B" in answered.text
    typed = MODULE.replace("dette invisible", "dette cachée")
    shown = post(client, desk.address("/apercu"), path="module.md", text=typed, page="geste")
    assert "dette cachée" in shown.text
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    broken = post(client, desk.address("/apercu"), path="module.md", text="rien")
    assert (broken.status_code, broken.json["error"]) == (422, "errors")


def test_a_reviewer_reads_and_does_not_write(
    app: Flask, session: Session, factories: Factories, desk: Desk
) -> None:
    reviewer = factories.agent(Role.REVIEWER)
    session.commit()
    client = sign_in(app, reviewer)
    assert client.get(desk.address()).status_code == 200
    assert client.get(desk.address("/historique/module.md")).status_code == 200
    assert client.get(desk.address("/fichiers/module.md")).status_code == 404
    assert client.get(f"{PLACE}/nouveau").status_code == 404


def test_texts_are_compared_line_by_line() -> None:
    before = "\n".join("abcdefghij")
    changes = compare_lines(before, before.replace("e", "E"))
    assert changes is not None
    assert [(one.kind, one.text) for one in changes] == [
        ("same", "c"), ("same", "d"), ("removed", "e"), ("added", "E"), ("same", "f"),
        ("same", "g"),
    ]  # fmt: skip
    assert compare_lines("a", "a") == []
    assert compare_lines("\n" * 5_000, "\n" * 5_000) is None
