"""Media are served whole or by the parts that players ask for, and can do nothing."""

from __future__ import annotations

import hashlib

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.catalogue import queries
from app.catalogue.models import Media
from app.catalogue.views import media as views
from tests.factories import Factories
from tests.pictures import SVG
from tests.signing_in import sign_in

CONTENT = bytes(range(256)) * 4
DIGEST = hashlib.sha256(CONTENT).hexdigest()
DRAWING = hashlib.sha256(SVG).hexdigest()


@pytest.fixture
def client(app: Flask, session: Session, factories: Factories) -> FlaskClient:
    agent = factories.agent()
    for content, kind in ((CONTENT, "video/mp4"), (SVG, "image/svg+xml; charset=utf-8")):
        digest = hashlib.sha256(content).hexdigest()
        session.add(Media(sha256=digest, content_type=kind, size=len(content), content=content))
    session.commit()
    return sign_in(app, agent)


def test_a_media_comes_whole_with_its_type_in_a_sandbox(client: FlaskClient) -> None:
    response = client.get(f"/media/{DIGEST}")
    assert (response.status_code, response.data) == (200, CONTENT)
    assert response.headers["Content-Type"] == "video/mp4"
    assert response.headers["Content-Length"] == str(len(CONTENT))
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert client.head(f"/media/{DIGEST}").headers["Content-Length"] == str(len(CONTENT))


def test_a_diagram_says_its_encoding_and_can_do_nothing(client: FlaskClient) -> None:
    response = client.get(f"/media/{DRAWING}")
    assert response.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.data == SVG


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-3", 0, 4),
        ("bytes=0-0", 0, 1),
        ("bytes=255-256", 255, 257),
        ("bytes=1000-", 1000, 1024),
        ("bytes=-24", 1000, 1024),
        ("bytes=-9999", 0, 1024),
        ("bytes=1023-9999", 1023, 1024),
    ],
)
def test_a_part_of_a_media_comes_alone(
    client: FlaskClient, asked: str, start: int, stop: int
) -> None:
    response = client.get(f"/media/{DIGEST}", headers={"Range": asked})
    assert (response.status_code, response.data) == (206, CONTENT[start:stop])
    assert response.headers["Content-Range"] == f"bytes {start}-{stop - 1}/1024"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_long_part_comes_piece_by_piece(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "LARGEST_PART", 300)
    got = b""
    while len(got) < len(CONTENT):
        response = client.get(f"/media/{DIGEST}", headers={"Range": f"bytes={len(got)}-"})
        assert response.status_code == 206
        assert len(response.data) <= 300
        got += response.data
    assert got == CONTENT


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=5000-6000"])
def test_a_part_that_is_not_there_is_refused(client: FlaskClient, asked: str) -> None:
    response = client.get(f"/media/{DIGEST}", headers={"Range": asked})
    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */1024"
    assert response.data == b""


@pytest.mark.parametrize(
    "headers",
    [
        {"Range": "bytes=0-1,5-6"},
        {"Range": "octets=0-1"},
        {"Range": "bytes=x"},
        {"Range": "bytes=5-2"},
        {"Range": "bytes=-0"},
        {"Range": "bytes=0-1", "If-Range": '"another"'},
        {"Range": "bytes=0-1", "If-Range": "Mon, 23 Nov 2026 10:00:00 GMT"},
    ],
)
def test_what_is_not_one_sound_part_gives_the_whole(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    response = client.get(f"/media/{DIGEST}", headers=headers)
    assert (response.status_code, len(response.data)) == (200, 1024)


def test_a_part_of_the_same_file_is_given(client: FlaskClient) -> None:
    headers = {"Range": "bytes=2-3", "If-Range": f'"{DIGEST}"'}
    assert client.get(f"/media/{DIGEST}", headers=headers).data == CONTENT[2:4]


def test_a_visitor_gets_no_media(app: Flask, client: FlaskClient) -> None:
    assert app.test_client().get(f"/media/{DIGEST}").status_code == 302


def test_the_bytes_of_a_media_are_read_by_parts(client: FlaskClient, session: Session) -> None:
    assert queries.read_media(session, DIGEST, 254, 258) == b"\xfe\xff\x00\x01"
    assert queries.read_media(session, DIGEST, 0, 1024) == CONTENT
