"""Serve the media of the modules."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, abort, request

from app.access import Role, current_agent, policy
from app.catalogue.queries import find_media, read_media
from app.catalogue.views.blueprint import bp
from app.extensions import db

LARGEST_PART = 2 * 1024 * 1024
"""Bytes given for one range, so that a film does not fill the memory; players ask for the next."""
Read = Callable[[int, int], bytes]


@bp.get("/media/<sha256>")
@policy()
def media(sha256: str) -> Response:
    """Give a file by its digest, which never changes, so that a browser may keep it.

    Those who write and review see what their drafts hold before anybody else does.
    """
    if len(sha256) != 64 or request.if_none_match.contains(sha256):
        return keep(Response(status=304)) if len(sha256) == 64 else abort(404)
    held = current_agent().has(Role.TRAINER, Role.REVIEWER)
    found = find_media(db.session, sha256, held=held)
    if found is None:
        abort(404)

    def read(start: int, stop: int) -> bytes:
        return read_media(db.session, sha256, start, stop)

    return serve(found.content_type, sha256, found.size, read)


def serve(content_type: str, digest: str, size: int, read: Read) -> Response:
    """Answer with a file, or with the part of it that was asked for."""
    part = read_range(digest, size)
    start, stop = part or (0, size)
    if start >= size > 0:
        response = Response(status=416)
        response.headers["Content-Range"] = f"bytes */{size}"
        return keep(response)
    response = Response(read(start, stop), status=206 if part else 200)
    response.headers["Content-Type"] = content_type
    response.headers["Accept-Ranges"] = "bytes"
    response.set_etag(digest)
    if part:
        response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    return keep(response)


def read_range(digest: str, size: int) -> tuple[int, int] | None:
    """Give the bytes asked for; None for all, an empty part where there are none to give."""
    asked, condition = request.range, request.if_range
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        return None
    if condition.date or condition.etag not in (None, digest):
        return None
    start, stop = asked.ranges[0]
    start = max(0, size + start) if start < 0 else min(start, size)  # The last bytes, else from.
    return start, min(size if stop is None else stop, size, start + LARGEST_PART)


def keep(response: Response) -> Response:
    """Let this browser keep the file, and let it do nothing but be shown."""
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
