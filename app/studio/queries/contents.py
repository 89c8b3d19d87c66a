"""The beginnings of media, as a reading looks into them."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import LargeBinary, func, select
from sqlalchemy.orm import Session

from app.catalogue.models import Media


class Head(NamedTuple):
    """The first bytes of a media, and how many it has."""

    start: bytes
    size: int


def read_heads(session: Session, digests: Collection[str], length: int) -> dict[str, Head]:
    """Read the first bytes of media, by digest; the database hands over no others."""
    if not digests:
        return {}
    start = func.substr(Media.content, 1, length, type_=LargeBinary)
    rows = session.execute(select(Media.sha256, start, Media.size).where(Media.sha256.in_(digests)))
    return {sha256: Head(bytes(data), size) for sha256, data, size in rows}
