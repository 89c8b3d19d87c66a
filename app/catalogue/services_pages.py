"""Publish what stands beside the modules: learning paths, pages, labels."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalogue.models import LearningPath, Module, PublishedPage
from app.catalogue.path_file import PathDraft


class UnknownModulesError(Exception):
    """A learning path names modules that were never published."""

    def __init__(self, slugs: list[str]) -> None:
        super().__init__(", ".join(slugs))
        self.slugs = slugs


def publish_paths(session: Session, drafts: Sequence[PathDraft], *, now: datetime) -> list[str]:
    """Make the learning paths those of the file; return the slugs of those that changed.

    A path that is no longer in the file stays for the campaigns that name it, but is not offered.
    """
    published = set(session.scalars(select(Module.slug)))
    unknown = {slug for draft in drafts for slug in draft.module_slugs} - published
    if unknown:
        raise UnknownModulesError(sorted(unknown))
    rows = {
        row.slug: row
        for row in session.scalars(
            select(LearningPath).order_by(LearningPath.id).with_for_update()
        )
    }  # fmt: skip
    changed = [
        draft.slug
        for position, draft in enumerate(drafts)
        if put_path(session, rows.get(draft.slug), draft, position)
    ]
    listed = {draft.slug for draft in drafts}
    for slug, row in rows.items():
        if slug not in listed and row.retired_at is None:
            row.retired_at = now
            changed.append(slug)
    return changed


def put_path(session: Session, row: LearningPath | None, draft: PathDraft, position: int) -> bool:
    """Make a row say what its draft says; tell whether it did not already."""
    values = {
        "titles": draft.titles, "audience": draft.audience, "categories": draft.categories,
        "module_slugs": draft.module_slugs, "delay_days": draft.delay_days,
        "validity_months": draft.validity_months, "position": position, "retired_at": None,
    }  # fmt: skip
    if row is None:
        session.add(LearningPath(slug=draft.slug, **values))
        return True
    changed = False
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed


def publish_page(
    session: Session,
    slug: str,
    language: str,
    sections: Sequence[dict[str, str]],
    *,
    now: datetime,
) -> bool:
    """Make a page's sections these, rendered already; tell whether they were others."""
    listed = [dict(section) for section in sections]
    digest = hashlib.sha256(json.dumps(listed, sort_keys=True).encode()).hexdigest()
    row = session.scalars(
        select(PublishedPage)
        .where(PublishedPage.slug == slug, PublishedPage.language == language)
        .with_for_update()
    ).one_or_none()
    if row is None:
        row = PublishedPage(slug=slug, language=language)
        session.add(row)
    elif row.sha256 == digest:
        return False
    row.sha256, row.sections, row.published_at = digest, listed, now
    return True
