"""Stylesheets in one file and static files by their digest, so that a browser keeps them."""

from __future__ import annotations

import gzip
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, request, url_for

from app.access import policy

STATIC = Path(__file__).parent.parent / "static"
IMPORT = re.compile(r'@import url\("([^"]+)"\);')
FOREVER = "public, max-age=31536000, immutable"

bp = Blueprint("assets", __name__)


@lru_cache
def stylesheet() -> tuple[bytes, str]:
    """Join the stylesheets that ``main.css`` imports; return the text and its digest."""
    folder = STATIC / "css"
    main = (folder / "main.css").read_text()
    joined = "\n".join((folder / name).read_text() for name in IMPORT.findall(main))
    # Served one folder up from the components, so their addresses are written anew.
    text = re.sub(r'url\("(?:\.\./)+images/', 'url("../static/images/', joined).encode()
    return text, digest_of(text)


@lru_cache
def compressed_stylesheet() -> bytes:
    """Compress the joined stylesheet once."""
    return gzip.compress(stylesheet()[0], mtime=0)


def digest_of(content: bytes) -> str:
    """Shorten a digest to what an address needs."""
    return hashlib.sha256(content).hexdigest()[:16]


@lru_cache(maxsize=256)
def static_digest(filename: str) -> str:
    """Give the digest of a static file."""
    return digest_of((STATIC / filename).read_bytes())


def static_url(filename: str) -> str:
    """Give the address of a static file, changed when its content changes."""
    return make_static_url(filename, request.root_path)


def built_url(filename: str) -> str | None:
    """Give the address of a file that set-up bundled; None where set-up could not."""
    path = f"built/{filename}"
    return static_url(path) if (STATIC / path).is_file() else None


@lru_cache(maxsize=256)
def make_static_url(filename: str, _root: str) -> str:
    """Make an address once for each path under which the application is mounted."""
    return url_for("static", filename=filename, v=static_digest(filename))


def stylesheet_url() -> str:
    """Give the address of the joined stylesheet."""
    return make_stylesheet_url(request.root_path)


@lru_cache(maxsize=8)
def make_stylesheet_url(_root: str) -> str:
    """Make the address once for each path under which the application is mounted."""
    return url_for("assets.styles", digest=stylesheet()[1])


@bp.get("/css/<digest>.css")
@policy(public=True)
def styles(digest: str) -> Response:
    """Serve the joined stylesheet; an earlier digest is gone."""
    text, current = stylesheet()
    if digest != current:
        abort(404)
    response = Response(text, mimetype="text/css")
    if request.accept_encodings.quality("gzip"):  # « gzip;q=0 » refuses it.
        response.set_data(compressed_stylesheet())
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOREVER
    return response
