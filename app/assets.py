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


SHEETS = ("main", "studio")
"""What every page links to, and what the pages of the trainers' room link to besides."""


@lru_cache
def stylesheet(name: str = "main") -> tuple[bytes, str]:
    """Join the stylesheets that one imports; return the text and its digest."""
    folder = STATIC / "css"
    main = (folder / f"{name}.css").read_text()
    joined = "\n".join((folder / part).read_text() for part in IMPORT.findall(main))
    # Served one folder up from the components, so their addresses are written anew.
    text = re.sub(r'url\("(?:\.\./)+images/', 'url("../static/images/', joined).encode()
    return text, digest_of(text)


@lru_cache
def compressed_stylesheet(name: str) -> bytes:
    """Compress a joined stylesheet once."""
    return gzip.compress(stylesheet(name)[0], mtime=0)


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


def stylesheet_url(name: str = "main") -> str:
    """Give the address of a joined stylesheet."""
    return make_stylesheet_url(name, request.root_path)


@lru_cache(maxsize=16)
def make_stylesheet_url(name: str, _root: str) -> str:
    """Make the address once for each path under which the application is mounted."""
    return url_for("assets.styles", digest=stylesheet(name)[1])


@bp.get("/css/<digest>.css")
@policy(public=True)
def styles(digest: str) -> Response:
    """Serve a joined stylesheet; an earlier digest is gone."""
    name = next((name for name in SHEETS if stylesheet(name)[1] == digest), None)
    if name is None:
        abort(404)
    response = Response(stylesheet(name)[0], mimetype="text/css")
    if request.accept_encodings.quality("gzip"):  # « gzip;q=0 » refuses it.
        response.set_data(compressed_stylesheet(name))
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOREVER
    return response
