"""Settings and contacts: kept with their types, journalled when they change."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.journal.models import JournalEntry
from app.people.models import CONTACT_KINDS, EthicsContact, Setting
from app.people.settings import NUMBERS, TEXTS, NumberKey, TextKey, get_setting
from tests.people.passwords import open_form
from tests.requests import csrf_token

PATH = "/administration/reglages"


def values(**changed: str) -> dict[str, str]:
    given = {key.value: "" for key in TEXTS}
    given |= {key.value: str(bounds.default) for key, bounds in NUMBERS.items()}
    return given | changed


def test_a_setting_is_its_default_until_it_is_changed(
    client: FlaskClient, session: Session
) -> None:
    assert get_setting(session, NumberKey.MINIMUM_GROUP) == 10
    assert get_setting(session, TextKey.SUPPORT) == ""
    session.rollback()
    page = open_form(client, PATH)
    assert page.post(PATH, values(minimum_group="12", support=" Bureau  3 ")).status_code == 302
    assert get_setting(session, NumberKey.MINIMUM_GROUP) == 12
    assert get_setting(session, TextKey.SUPPORT) == "Bureau 3"


def test_only_what_changes_is_journalled(client: FlaskClient, session: Session) -> None:
    page = open_form(client, PATH)
    page.post(PATH, values())
    page.post(PATH, values(minimum_group="11"))
    told = session.scalars(select(JournalEntry.object_id).order_by(JournalEntry.id.desc())).all()
    assert told[0] == "minimum_group"
    assert len(told) == len(NUMBERS) + len(TEXTS) + 1


def test_what_somebody_else_saved_meanwhile_is_shown_not_undone(
    client: FlaskClient, session: Session
) -> None:
    first = open_form(client, PATH)
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', client.get(PATH).text)[1]  # type: ignore[index]
    first.post(PATH, values(support="Poste 12", seen=seen))
    late = first.post(PATH, values(minimum_group="12", seen=seen))
    assert late.status_code == 409
    assert "Poste 12" in late.text
    assert 'value="12"' in late.text
    assert get_setting(session, TextKey.SUPPORT) == "Poste 12"
    session.rollback()
    again = re.search(r'name="seen"[^>]*value="(\w+)"', late.text)[1]  # type: ignore[index]
    sent = values(minimum_group="12", support="Poste 12", seen=again)
    assert first.post(PATH, sent).status_code == 302
    assert get_setting(session, NumberKey.MINIMUM_GROUP) == 12


def test_contacts_saved_meanwhile_are_shown_not_undone(
    client: FlaskClient, session: Session
) -> None:
    path = f"{PATH}/contacts/pm"
    page = open_form(client, path)
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', client.get(path).text)[1]  # type: ignore[index]
    kind, *_ = CONTACT_KINDS
    assert page.post(path, {f"{kind}_phone": "01 02", "seen": seen}).status_code == 302
    late = page.post(path, {f"{kind}_hours": "9 h", "seen": seen})
    assert late.status_code == 409
    assert "01 02" in late.text
    assert 'value="9 h"' in late.text
    assert session.scalars(select(EthicsContact.phone)).one() == "01 02"


@pytest.mark.parametrize("given", ["4", "0", "-3", "abc", "", "99999999999999999999", "1.5"])
def test_a_number_out_of_bounds_is_refused_and_kept_on_the_page(
    client: FlaskClient, session: Session, given: str
) -> None:
    response = open_form(client, PATH).post(PATH, values(minimum_group=given))
    assert response.status_code == 400
    assert f'value="{given}"' in response.text
    assert session.scalars(select(Setting)).all() == []


@pytest.mark.parametrize(("stored", "read"), [("2", 5), ("9999", 1000), ("x", 10), ("", 10)])
def test_a_value_spoilt_in_the_database_is_brought_back(
    session: Session, stored: str, read: int
) -> None:
    session.add(Setting(key=NumberKey.MINIMUM_GROUP, value=stored))
    session.flush()
    assert get_setting(session, NumberKey.MINIMUM_GROUP) == read


def test_contacts_are_kept_by_corps_and_an_empty_one_goes(
    client: FlaskClient, session: Session
) -> None:
    path = f"{PATH}/contacts/gn"
    page = open_form(client, path)
    page.post(path, {"referent_name": "Capitaine Roy", "referent_phone": "01 02 03 04 05",
                     "listening_hours": "9 h – 17 h"})  # fmt: skip
    rows = session.scalars(select(EthicsContact).order_by(EthicsContact.kind)).all()
    assert [(row.corps, row.kind, row.name) for row in rows] == [
        ("gn", "listening", ""), ("gn", "referent", "Capitaine Roy"),
    ]  # fmt: skip
    session.rollback()
    assert "Capitaine Roy" in client.get(path).text
    page.post(path, {"referent_name": "Commandant Roy", "listening_hours": ""})
    assert session.scalars(select(EthicsContact.name)).all() == ["Commandant Roy"]


def test_a_contact_too_long_is_refused(client: FlaskClient) -> None:
    path = f"{PATH}/contacts/pn"
    response = open_form(client, path).post(path, {"referent_name": "x" * 301})
    assert response.status_code == 400
    assert "300 caractères au plus." in response.text


def test_a_contact_whose_address_nobody_can_write_to_is_refused(client: FlaskClient) -> None:
    path = f"{PATH}/contacts/pn"
    response = open_form(client, path).post(path, {"referent_email": "poste 5020"})
    assert response.status_code == 400
    assert "Cette adresse est mal formée." in response.text


def test_an_unknown_corps_is_not_found(client: FlaskClient) -> None:
    assert client.get(f"{PATH}/contacts/navy").status_code == 404


def test_every_setting_has_a_name(client: FlaskClient) -> None:
    text = client.get(PATH).text
    for key in (*NUMBERS, *TEXTS):
        assert f'name="{key}"' in text


@pytest.mark.parametrize("body", [b"[" * 100_000, b"{}", b'{"organisation": 1.5}', b"x"])
def test_a_form_sent_as_json_is_refused(app: Flask, client: FlaskClient, body: bytes) -> None:
    headers = {"X-CSRFToken": csrf_token(app, client)}
    answer = client.post(PATH, data=body, content_type="application/json", headers=headers)
    assert answer.status_code == 400
