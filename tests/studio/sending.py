"""Forms with files, as a page of a draft sends them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.studio.drafting import Desk, token_of

JSON = "application/json"


def sent(data: bytes, name: str) -> FileStorage:
    """Make a file that a form sends."""
    return FileStorage(BytesIO(data), name)


def send_media(
    client: FlaskClient, desk: Desk, *, accept: str = JSON, token: str = "", **fields: Any
) -> TestResponse:
    """Send the form of media, encoded here: the client would leave a file of its own open."""
    token = token or token_of(client, desk.address())
    boundary, body = encode_multipart(fields | {"csrf_token": token})
    return client.post(
        desk.address("/medias"), data=body, headers={"Accept": accept},
        content_type=f"multipart/form-data; boundary={boundary}",
    )  # fmt: skip
