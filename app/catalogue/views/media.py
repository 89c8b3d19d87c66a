"""Serve the media of the modules."""

from __future__ import annotations

import io

from flask import Response, abort, request, send_file

from app.access import policy
from app.catalogue.queries import find_media
from app.catalogue.views.blueprint import bp
from app.extensions import db


@bp.get("/media/<sha256>")
@policy()
def media(sha256: str) -> Response:
    """Give a file by its digest, which never changes, so that a browser may keep it."""
    if len(sha256) != 64 or request.if_none_match.contains(sha256):
        return keep(Response(status=304)) if len(sha256) == 64 else abort(404)
    found = find_media(db.session, sha256)
    if found is None:
        abort(404)
    content_type, content = found
    return serve(content, content_type, sha256)


def serve(content: bytes, content_type: str, digest: str) -> Response:
    """Answer with a file, or with the part of it that was asked for."""
    response = send_file(
        io.BytesIO(content), mimetype=content_type, etag=digest, conditional=True
    )  # fmt: skip
    response.headers["Content-Type"] = content_type
    return keep(response)


def keep(response: Response) -> Response:
    """Let this browser keep the file, and let it do nothing but be shown."""
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
