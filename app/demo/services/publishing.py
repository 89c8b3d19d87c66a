"""Publish the versions that the history is about, and the paths through them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.catalogue import services, services_pages
from app.catalogue.models import LearningPath, Module, ModuleVersion
from app.demo.editions import Content, EditionPlan


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


@dataclass(frozen=True, slots=True)
class Published:
    """What stands in the catalogue."""

    versions: Mapping[str, Sequence[VersionAdded]]
    """The versions of each module, by slug; the first is number 1."""
    paths: Mapping[str, int]
    """Ids of the paths, by slug."""


def publish_content(
    session: Session, content: Content, *, author_id: int | None, now: datetime
) -> Published:
    """Publish each edition as of its day, then the paths with those of their modules held."""
    editions = content.editions
    plans = [(plan.published_at, slug) for slug, some in editions.items() for plan in some]
    ids: dict[str, list[int]] = {slug: [] for slug in editions}
    known = {slug: find_published(session, some[-1]) for slug, some in editions.items()}
    for _day, slug in sorted(plans):
        # Where the last one is published already, it stands for all.
        edition = editions[slug][len(ids[slug])]
        ids[slug].append(known[slug] or publish(session, edition, author_id))
    held = [replace(draft, module_slugs=[slug for slug in draft.module_slugs if slug in editions])
            for draft in content.paths]  # fmt: skip
    services_pages.publish_paths(session, [one for one in held if one.module_slugs], now=now)
    session.flush()  # Campaigns name the paths by their ids.
    return Published(
        {slug: [describe(session, one) for one in some] for slug, some in ids.items()},
        dict(session.execute(sa.select(LearningPath.slug, LearningPath.id)).all()),
    )


def find_published(session: Session, edition: EditionPlan) -> int | None:
    """Find the version that has the content of an edition, where there is one."""
    return session.scalar(
        sa.select(ModuleVersion.id)
        .join(Module)
        .where(
            Module.slug == edition.reading.modules["fr"].slug,
            ModuleVersion.sha256 == edition.reading.sha256,
        )
        .order_by(ModuleVersion.number.desc())
        .limit(1)
    )


def publish(session: Session, edition: EditionPlan, author_id: int | None) -> int:
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
