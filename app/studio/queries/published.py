"""The publications of modules, as the trainers' room lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from app.catalogue.models import Module, ModuleVersion
from app.catalogue.rows import in_language
from app.people.models import Agent

REVIEWER = aliased(Agent)


@dataclass(frozen=True, slots=True)
class Published:
    """A publication of a module and who made it."""

    version_id: int
    slug: str
    number: int
    kind: str
    sha256: str
    titles: dict[str, str]
    published_at: datetime
    notes: str
    retired_at: datetime | None
    given_name: str | None
    family_name: str | None
    reviewer_id: int | None
    reviewer: str | None
    """Who approved it, where it was written in the trainers' room."""

    @property
    def author(self) -> str:
        """Name who published; empty for the command line."""
        return f"{self.given_name or ''} {self.family_name or ''}".strip()

    @property
    def is_from_studio(self) -> bool:
        """Tell whether it was written in the trainers' room rather than in files."""
        return self.reviewer_id is not None

    def title(self, language: str) -> str:
        """Give the title in a language."""
        return in_language(self.titles, language)


def select_published() -> Select[*tuple[Any, ...]]:
    """Select publications with who made them."""
    return (
        select(
            ModuleVersion.id, Module.slug, ModuleVersion.number, ModuleVersion.kind,
            ModuleVersion.sha256, ModuleVersion.titles, ModuleVersion.published_at,
            ModuleVersion.notes, Module.retired_at, Agent.given_name, Agent.family_name,
            ModuleVersion.reviewer_id, REVIEWER.given_name + " " + REVIEWER.family_name,
        )
        .join(Module, Module.id == ModuleVersion.module_id)
        .outerjoin(Agent, Agent.id == ModuleVersion.author_id)
        .outerjoin(REVIEWER, REVIEWER.id == ModuleVersion.reviewer_id)
    )  # fmt: skip


def list_latest(session: Session) -> list[Published]:
    """List the latest publication of each module, retired ones included, by slug."""
    latest = (
        select(func.max(ModuleVersion.number))
        .where(ModuleVersion.module_id == Module.id)
        .correlate(Module)
        .scalar_subquery()
    )
    statement = select_published().where(ModuleVersion.number == latest).order_by(Module.slug)
    return [Published(*row) for row in session.execute(statement)]


def list_history(session: Session, slug: str) -> list[Published]:
    """List the publications of a module, the latest first."""
    statement = select_published().where(Module.slug == slug)
    rows = session.execute(statement.order_by(ModuleVersion.number.desc()))
    return [Published(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Texts:
    """What a publication was made from."""

    number: int
    by_path: dict[str, str]

    def says(self, path: str, text: str) -> bool:
        """Tell whether it has this very text."""
        return self.by_path.get(path) == text


def find_texts(session: Session, slug: str, number: int | None = None) -> Texts | None:
    """Find the texts of a publication of a module; of the latest unless told."""
    statement = (
        select(ModuleVersion.number, ModuleVersion.sources)
        .join(Module, Module.id == ModuleVersion.module_id)
        .where(Module.slug == slug)
        .order_by(ModuleVersion.number.desc())
        .limit(1)
    )
    if number is not None:
        statement = statement.where(ModuleVersion.number == number)
    row = session.execute(statement).first()
    return Texts(*row) if row else None


def list_sources(session: Session, slug: str, *, most: int) -> list[dict[str, str]]:
    """List the texts of the latest publications of a module, by path, the newest first."""
    return list(
        session.scalars(
            select(ModuleVersion.sources)
            .join(Module, Module.id == ModuleVersion.module_id)
            .where(Module.slug == slug)
            .order_by(ModuleVersion.number.desc())
            .limit(most)
        )
    )
