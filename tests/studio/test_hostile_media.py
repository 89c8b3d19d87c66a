"""Files made to harm are refused with a word, or kept harmless; the server stays as it is."""

from __future__ import annotations

import math
import os
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.catalogue.models import Media
from app.people.models import Agent
from app.studio import receiving
from app.studio.queries.drafts import list_media
from app.studio.receiving import LIMITS
from app.studio.services import media as services
from app.studio.services.media import Added, add_media
from tests.studio.conftest import Logs
from tests.studio.drafting import START, Desk, token_of
from tests.studio.hostile_media import all_media, mp4
from tests.studio.hostile_pictures import Hostile
from tests.studio.sending import send_media, sent

HOSTILE = list(all_media())
SENT = HOSTILE[:: math.ceil(len(HOSTILE) / int(os.environ.get("HOSTILE_FILES", "100")))]
"""A part of them, which reaches every kind; HOSTILE_FILES=1000 sends all."""
SAFE_NAME = re.compile(
    r"media/[a-z0-9][a-z0-9-]{0,65}(?:\.[a-z]{2})?\.(?:png|jpg|webp|mp3|mp4|webm|vtt)"
)
SERVED = {
    "image/png", "image/jpeg", "image/webp", "audio/mpeg", "video/mp4", "video/webm",
    "text/vtt; charset=utf-8",
}  # fmt: skip
MIB = 2**20


@pytest.fixture
def desk(session: Session, trainer: Agent, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Begin a draft with a film, for captions to go with; it takes more than most."""
    monkeypatch.setattr(services, "MOST_BYTES", 500_000_000)
    desk = Desk(session, trainer.id)
    film = Added(mp4(), ".mp4", "Un film", "film.mp4")
    add_media(session, desk.id, [film], agent_id=trainer.id, now=START)
    session.commit()
    return desk


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 150
    assert len({one.what for one in HOSTILE}) >= 140


@pytest.mark.one_database
@pytest.mark.timeout(300)
def test_files_made_to_harm_are_refused_or_made_harmless(
    client: FlaskClient, desk: Desk, session: Session, logs: Logs
) -> None:
    token = token_of(client, desk.address())
    before = forget_peak()
    kept = refused = 0
    for one in SENT:
        response = send(client, desk, token, one)
        assert response.status_code in (201, 400, 422), (one.what, response.status_code)
        told = response.get_json()
        if response.status_code == 201:
            kept += 1
            assert one.may_pass, one.what
            check_kept(client, one, told["path"], desk)
        else:
            refused += 1
            assert told["error"], one.what
            assert response.status_code == 400 or len(told["message"]) > 40, (one.what, told)
    assert kept >= 25
    assert refused >= 40
    # The server holds a few copies of 8 MB at most, whatever a file would have unpacked to.
    assert read_peak() - before < 150 * MIB
    peaks = [entry["peak"] // MIB for entry in logs if entry["event"].startswith("upload_")]
    assert len(peaks) > 60
    assert max(peaks) < LIMITS.memory // MIB
    session.rollback()
    for path in list_media(session, desk.id):
        assert SAFE_NAME.fullmatch(path), path


def send(client: FlaskClient, desk: Desk, token: str, one: Hostile) -> TestResponse:
    """Send a file as the script of the page does."""
    words = f"Un essai : {one.what}"
    file = sent(one.data, one.name)
    return send_media(client, desk, token=token, fichier=file, description=words)


def forget_peak() -> int:
    """Begin to measure the memory of this process; return what it holds."""
    Path("/proc/self/clear_refs").write_text("5")
    return read_peak()


def read_peak() -> int:
    """Read the bytes that this process held at most."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) * 1024


def check_kept(client: FlaskClient, one: Hostile, path: str, desk: Desk) -> None:
    """See that what is served of a file holds nothing of what it was to do."""
    assert SAFE_NAME.fullmatch(path), (one.what, path)
    sha256 = list_media(desk.session, desk.id)[path]
    desk.session.rollback()
    served = client.get(f"/media/{sha256}")
    assert served.status_code == 200
    assert served.headers["Content-Type"] in SERVED, one.what
    assert served.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    # The words of captions are kept as words: only what is marked in them goes.
    for harm in (one.payload, b"GPS", b"Exif", b"ICC_PROFILE", b"PK\x03\x04", b"<?php"):
        assert harm not in served.data, (one.what, harm)


@pytest.mark.one_database
def test_a_file_that_breaks_its_reader_is_refused(
    client: FlaskClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = next(one for one in HOSTILE if one.what == "the largest that is read")
    token = token_of(client, desk.address())
    for changes, reason in [
        ({"memory": 160 * MIB}, "memory"),
        ({"cpu": 0.3}, "time"),
        ({"wall": 0.2}, "time"),
    ]:
        limits = receiving.Limits(**({"cpu": 10.0, "wall": 20.0, "memory": 768 * MIB} | changes))
        monkeypatch.setattr(receiving, "LIMITS", limits)
        response = send(client, desk, token, picture)
        assert (response.status_code, response.get_json()["error"]) == (422, reason)


def test_nothing_of_a_refused_file_is_kept(
    client: FlaskClient, desk: Desk, session: Session
) -> None:
    known = set(session.scalars(select(Media.sha256)))
    session.rollback()
    token = token_of(client, desk.address())
    for one in [one for one in HOSTILE if not one.may_pass][::25]:
        assert send(client, desk, token, one).status_code == 422
    assert set(session.scalars(select(Media.sha256))) == known


def test_a_request_over_the_limit_gets_a_page_that_says_so(client: FlaskClient, desk: Desk) -> None:
    response = send_media(client, desk, accept="text/html", fichier=sent(bytes(9_000_000), "a.png"))
    assert response.status_code == 413
    assert "8 Mo au plus" in response.text.replace("\u00a0", " ")
