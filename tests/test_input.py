"""The edge where requests come in."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, jsonify
from flask.testing import FlaskClient

from app.access import policy
from app.extensions import csrf
from app.input import is_storable, read_json_object
from config import convert


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Add a page that gives back the JSON it is sent, and one that takes an id."""

    def echo() -> Any:
        return jsonify(read_json_object())

    def shown(number: int) -> str:
        return str(number)

    app.add_url_rule("/echo", "echo", csrf.exempt(policy(public=True)(echo)), methods=["POST"])
    app.add_url_rule("/id/<int:number>", "id", policy(public=True)(shown))
    return app.test_client()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b'"x"', b"1", b'{"a": NaN}', b'{"a": Infinity}', b"\xff",
        b'{"a": "\\ud800"}', b'{"a": "\\u0000"}', b'{"\\u0000": 1}', b'{"a": 99999999999999999999}',
        b'{"a":' * 30 + b"1" + b"}" * 30, b'{"a":' * 60_000, b'{"a": [["\\u0000"]]}',
    ],
)  # fmt: skip
def test_json_that_nothing_could_store_is_refused(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/echo", data=body, content_type="application/json")
    assert answer.status_code == 400


def test_a_reasonable_object_passes(client: FlaskClient) -> None:
    value = {"a": [1, 2.5, None, True, "é"], "b": {"c": "🦊"}}
    assert client.post("/echo", json=value).json == value


@pytest.mark.parametrize("number", ["2147483648", "99999999999999999999", "-1", "١٢٣", "1x", "%00"])
def test_an_id_that_no_row_can_have_is_no_such_page(client: FlaskClient, number: str) -> None:
    assert client.get(f"/id/{number}").status_code in {400, 404}


def test_the_largest_id_passes(client: FlaskClient) -> None:
    assert client.get("/id/2147483647").data == b"2147483647"


@pytest.mark.parametrize("where", ["/connexion?next=%00", "/connexion?%00=1", "/%00"])
def test_a_nul_in_an_address_is_refused(client: FlaskClient, where: str) -> None:
    assert client.get(where).status_code in {400, 404}


def test_a_text_is_storable_without_nul_and_surrogates() -> None:
    assert is_storable("é🦊")
    assert not is_storable("a\x00")
    assert not is_storable("\ud800")


def test_settings_are_read_in_the_type_of_their_default() -> None:
    assert convert("X", "true", False) is True
    assert convert("X", "no", True) is False
    assert convert("X", "12", 1) == 12
    assert convert("X", "12", "a") == "12"
    for text, default in (("maybe", True), ("many", 1)):
        with pytest.raises(SystemExit, match="X must be"):
            convert("X", text, default)
