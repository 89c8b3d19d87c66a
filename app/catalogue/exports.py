"""A publication as the files that it came from."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalogue.models import Media, Module, ModuleVersion
from app.dialect.reading import canonical_hash


class UnknownVersion(Exception):
    """No module, or no version of it, has this name and number."""


class UnnamedMedia(Exception):
    """The publication is older than the names of its media are kept."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The files of a publication, by path in the module's folder."""

    number: int
    files: dict[str, bytes]


def export(session: Session, slug: str, number: int | None = None) -> Exported:
    """Give the files of a publication, the latest unless told, byte for byte as they were."""
    statement = (
        select(
            ModuleVersion.number, ModuleVersion.sha256, ModuleVersion.sources,
            ModuleVersion.written, ModuleVersion.media,
        )
        .join(Module, Module.id == ModuleVersion.module_id)
        .where(Module.slug == slug)
    )  # fmt: skip
    if number is not None:
        statement = statement.where(ModuleVersion.number == number)
    row = session.execute(statement.order_by(ModuleVersion.number.desc()).limit(1)).first()
    if row is None:
        raise UnknownVersion
    media = row.media or {}
    if canonical_hash(row.sources, media) != row.sha256:
        raise UnnamedMedia
    written = row.sources | (row.written or {})
    texts = {path: text.encode() for path, text in written.items()}
    return Exported(row.number, texts | read_media(session, media))


def read_media(session: Session, media: dict[str, str]) -> dict[str, bytes]:
    """Read media whole, by path."""
    found = session.execute(
        select(Media.sha256, Media.content).where(Media.sha256.in_(set(media.values())))
    )
    contents = {sha256: bytes(content) for sha256, content in found}
    return {path: contents[sha256] for path, sha256 in media.items()}
