"""Publish the versions that the history is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.catalogue import services
from app.catalogue.models import Module, ModuleVersion
from app.demo.duties import MODULE
from app.demo.editions import EditionPlan


@dataclass(frozen=True, slots=True)
class VersionAdded:
    """A version of the database, with what a certificate says of it."""

    id: int
    module_id: int
    slug: str
    number: int
    sha256: str
    title: str
    minutes: int


def publish_editions(
    session: Session, editions: Sequence[EditionPlan], *, author_id: int
) -> list[VersionAdded]:
    """Publish each edition; where the last one is published already, it stands for all."""
    last = editions[-1].reading
    published = sa.select(ModuleVersion.id).join(Module).where(Module.slug == MODULE)
    if session.scalar(published.where(ModuleVersion.sha256 == last.sha256)) is None:
        ids = [publish(session, edition, author_id) for edition in editions]
    else:
        latest = session.scalars(published.order_by(ModuleVersion.number.desc())).first()
        ids = [latest or 0] * len(editions)
    return [describe(session, version_id) for version_id in ids]


def publish(session: Session, edition: EditionPlan, author_id: int) -> int:
    """Publish one edition as of its day."""
    done = services.publish(
        session,
        edition.reading,
        author_id=author_id,
        now=edition.published_at,
        notes=edition.notes,
    )
    return done.version_id


def describe(session: Session, version_id: int) -> VersionAdded:
    """Read what the history needs of a version."""
    row = session.execute(
        sa.select(
            ModuleVersion.id,
            ModuleVersion.module_id,
            Module.slug,
            ModuleVersion.number,
            ModuleVersion.sha256,
            ModuleVersion.title,
            ModuleVersion.minutes,
        )
        .join(Module)
        .where(ModuleVersion.id == version_id)
    ).one()
    return VersionAdded(*row)
