"""What the catalogue can be asked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary, Row, Select, bindparam, exists, func, select
from sqlalchemy.orm import Session

from app.catalogue.editions import REFERENCE_LANGUAGE
from app.catalogue.models import (
    HeldMedia,
    LearningPath,
    Media,
    Module,
    ModuleVersion,
    PublishedPage,
)
from app.catalogue.rows import (
    MediaFile,
    Offered,
    Page,
    Path,
    Reference,
    Section,
    Version,
)


def select_offered() -> Select[*tuple[Any, ...]]:
    """Select the latest version of each module that is not retired."""
    latest = (
        select(func.max(ModuleVersion.number))
        .where(ModuleVersion.module_id == Module.id)
        .correlate(Module)
        .scalar_subquery()
    )
    return (
        select(
            Module.id, Module.slug, ModuleVersion.id, ModuleVersion.number, ModuleVersion.kind,
            ModuleVersion.sha256, ModuleVersion.titles, ModuleVersion.summaries,
            ModuleVersion.minutes, ModuleVersion.audience, ModuleVersion.published_at,
        )
        .join(ModuleVersion, ModuleVersion.module_id == Module.id)
        .where(Module.retired_at.is_(None), ModuleVersion.number == latest)
    )  # fmt: skip


# Built once: these stand on every first page.
OFFERED = select_offered().order_by(Module.slug)
FIND_OFFERED = OFFERED.where(Module.slug == bindparam("slug"))
PATHS = (
    select(
        LearningPath.id, LearningPath.slug, LearningPath.titles, LearningPath.audience,
        LearningPath.categories, LearningPath.module_slugs, LearningPath.delay_days,
        LearningPath.validity_months,
    )
    .where(LearningPath.retired_at.is_(None))
    .order_by(LearningPath.position, LearningPath.id)
)  # fmt: skip


def find_offered(session: Session, slug: str) -> Offered | None:
    """Find a module that agents may take, by its slug."""
    row = session.execute(FIND_OFFERED, {"slug": slug}).first()
    return Offered(*row) if row else None


def list_offered(session: Session) -> list[Offered]:
    """List the modules that agents may take, by slug."""
    return [Offered(*row) for row in session.execute(OFFERED)]


def select_versions() -> Select[*tuple[Any, ...]]:
    """Select the publications of modules, without their texts."""
    return select(
        ModuleVersion.id, ModuleVersion.module_id, Module.slug, ModuleVersion.number,
        ModuleVersion.kind, ModuleVersion.sha256, ModuleVersion.titles,
        ModuleVersion.published_at, ModuleVersion.author_id, ModuleVersion.reviewer_id,
        ModuleVersion.notes,
    ).join(Module, Module.id == ModuleVersion.module_id)  # fmt: skip


def find_version(session: Session, slug: str, number: int) -> Version | None:
    """Find a publication by its number, even of a retired module."""
    statement = select_versions().where(Module.slug == slug, ModuleVersion.number == number)
    row = session.execute(statement).first()
    return Version(*row) if row else None


def find_latest(session: Session, slug: str) -> Version | None:
    """Find the last publication of a module, even retired."""
    statement = select_versions().where(Module.slug == slug)
    row = session.execute(statement.order_by(ModuleVersion.number.desc()).limit(1)).first()
    return Version(*row) if row else None


def list_compiled_before(session: Session, version_id: int) -> list[dict[str, str]]:
    """List the texts compiled of the versions of a module before one of them, newest first."""
    one = select(ModuleVersion.module_id, ModuleVersion.number).where(
        ModuleVersion.id == version_id
    ).subquery()  # fmt: skip
    statement = (
        select(ModuleVersion.compiled)
        .join(one, one.c.module_id == ModuleVersion.module_id)
        .where(ModuleVersion.number < one.c.number)
        .order_by(ModuleVersion.number.desc())
    )
    return list(session.scalars(statement))


def list_paths(session: Session) -> list[Path]:
    """List the learning paths in the order of their file."""
    return [Path(*row) for row in session.execute(PATHS)]


def find_page(session: Session, slug: str, language: str) -> Page | None:
    """Find a published page in a language, else in the reference language."""
    rows = session.execute(
        select(
            PublishedPage.slug, PublishedPage.language, PublishedPage.sections,
            PublishedPage.published_at,
        ).where(
            PublishedPage.slug == slug,
            PublishedPage.language.in_({language, REFERENCE_LANGUAGE}),
        )
    ).all()  # fmt: skip
    found = next((row for row in rows if row.language == language), None) or next(iter(rows), None)
    if found is None:
        return None
    sections = tuple(
        Section(part["id"], part["title"], part.get("html", "")) for part in found.sections
    )
    return Page(found.slug, found.language, sections, found.published_at)


def list_references(session: Session, language: str) -> list[Reference]:
    """List the articles of law in the order of their file, in a language."""
    sections = session.scalar(
        select(PublishedPage.sections).where(
            PublishedPage.slug == "references", PublishedPage.language == language
        )
    )
    return [Reference(**section) for section in sections or ()]


def find_sections(session: Session, slug: str, language: str) -> Row[Any] | None:
    """Find what a page published in this very language holds: its sections, its moment."""
    return session.execute(
        select(PublishedPage.sections, PublishedPage.published_at).where(
            PublishedPage.slug == slug, PublishedPage.language == language
        )
    ).first()


def list_labels(session: Session, language: str) -> dict[str, str]:
    """Map the ids of the skills to their labels in a language."""
    page = find_page(session, "competences", language)
    return {section.id: section.title for section in page.sections} if page else {}


def find_media(session: Session, sha256: str, *, held: bool = False) -> MediaFile | None:
    """Find a media, without its bytes; with ``held``, one that no publication has yet too."""
    query = select(Media.content_type, Media.size).where(Media.sha256 == sha256)
    if not held:
        query = query.where(~exists().where(HeldMedia.sha256 == Media.sha256))
    row = session.execute(query).first()
    return MediaFile(*row) if row else None


def read_media(session: Session, sha256: str, start: int, stop: int) -> bytes:
    """Read some bytes of a media; the database hands over no others."""
    part = func.substr(Media.content, start + 1, stop - start, type_=LargeBinary)
    return bytes(session.execute(select(part).where(Media.sha256 == sha256)).scalar_one())
